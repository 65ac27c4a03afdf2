"""What a model only thinks is no part of its reply.

Servers that do not know a model's way of thinking hand it over inside of the text, between
`<think>` and `</think>`; where the tokens end first, the end is missing. Where the model's template
has opened it already, the beginning is.
"""

import re
from collections.abc import Generator, Iterable
from contextlib import closing

_NAMES = "think(?:ing)?|thought|reasoning"
_OPENS = re.compile(rf"<(?:{_NAMES})>|\[THINK\]", re.IGNORECASE)
_CLOSES = re.compile(rf"</(?:{_NAMES})>|\[/THINK\]", re.IGNORECASE)
_BEGUN = re.compile(r"[<\[]/?[a-z]{0,9}$", re.IGNORECASE)
"""What may become one of these."""
_LONGEST = len("</reasoning>")


def aloud(pieces: Generator[str, None, None]) -> Generator[str, None, bool]:
    """Yield the reply without its thoughts and the blanks before it; whether anything is left.

    A piece is held back as long as it may be the beginning of a tag.
    """
    spoke = False
    with closing(pieces):
        for part in _outside(pieces):
            part = part if spoke else part.lstrip()
            spoke = spoke or bool(part)
            if part:
                yield part
    return spoke


def whole(text: str) -> str:
    """The same of a whole reply, whose thoughts may have no beginning."""
    return _CLOSES.split("".join(_outside([text])))[-1].strip()


def unopened(text: str) -> bool:
    """Whether it holds the end of a thought that began nowhere."""
    return bool(_CLOSES.search("".join(_outside([text]))))


def _outside(pieces: Iterable[str]) -> Generator[str, None, None]:
    held, within = "", False
    for piece in pieces:
        held += piece
        while tag := (_CLOSES if within else _OPENS).search(held):
            if not within:
                yield held[: tag.start()]
            held, within = held[tag.end() :], not within
        if within:
            held = held[-_LONGEST:]
        else:
            begun = _BEGUN.search(held)
            certain = begun.start() if begun else len(held)
            yield held[:certain]
            held = held[certain:]
    if not within:
        yield held
