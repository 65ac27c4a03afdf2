"""An answer as data inside of a prompt."""

import re

_DELIMITERS = re.compile(r"</?\s*answer\s*>|<\|[^|>]*\|>|```|\[/?INST\]", re.IGNORECASE)


def fenced(answer: str) -> str:
    """The answer between its delimiters; whatever looks like a delimiter inside is taken out."""
    return f"<answer>\n{_DELIMITERS.sub(' ', answer)}\n</answer>"
