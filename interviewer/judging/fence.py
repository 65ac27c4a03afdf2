"""An answer as data inside of a prompt."""

import re
import unicodedata

_DELIMITERS = re.compile(
    r"<\s*/?\s*answer\b(?:[^<>]{0,40}>)?|<\|[^|>]*\|>|```|\[/?INST\]", re.IGNORECASE
)


def fenced(answer: str) -> str:
    """The answer between its delimiters; whatever looks like a delimiter inside is taken out."""
    return f"<answer>\n{_DELIMITERS.sub(' ', _visible(answer))}\n</answer>"


def _visible(text: str) -> str:
    """Without characters that have no shape: one of them inside of a delimiter would hide it."""
    return "".join(one for one in text if unicodedata.category(one) != "Cf")
