"""A spoken answer as one would write it down: without fillers, and punctuated all the same."""

import re
from collections.abc import Container, Sequence

from interviewer.judging.tongue import ENGLISH
from interviewer.text.sentences import Sentence
from interviewer.text.terms import tokens

_CUT = "\0"
"""Stands where a filler stood."""
_FILLERS = re.compile(
    # Not "ER diagram", "ERM", "err on the side of" or "uh-huh".
    r"(?<![\w'-])(?:[Uu]m+|[Uu]h+|[Ee]r(?:m+|r{2,})?)(?![\w'-])(?:,|(?=[.?!]))?\s*"
)
_ASIDES = re.compile(
    # Only what stands alone: "the alert lets you know which feature moved" says something.
    rf"(?:^[\s{_CUT}]*|,[\s{_CUT}]*)(?:(?:you know|i mean),[\s{_CUT}]*)+|"
    rf",[\s{_CUT}]*(?:you know|i mean)(?=\s*[.?!]*$)",
    re.IGNORECASE,
)
_SEAM = re.compile(rf"(,?)\s*{_CUT}[\s{_CUT}]*([\w']*)")
_ENDED = re.compile(r"[.!?…][\"')\]]*$")
_AFTER_COMMA = frozenset("and but so because which while although".split())
"""Words before which a comma stays where a filler went."""


def fluent(parts: Sequence[Sentence], without: Container[int] = ()) -> str:
    """The sentences but for those numbers, as one text; of a long one they are pieces."""
    said: list[str] = []
    for place, one in enumerate(parts):
        plain = "" if one.index in without else _plain(one.text)
        if not plain:
            _close(said)
            continue
        # A long sentence comes in pieces, and only the first of them begins with a capital.
        begins = not place or one.first == 0 or bool(_ENDED.search(parts[place - 1].text))
        if begins or not said or _ENDED.search(said[-1]):
            _close(said)
            plain = plain[:1].upper() + plain[1:]
        said.append(plain)
    _close(said)
    return " ".join(said)


def _close(said: list[str]) -> None:
    """What goes on after its last piece was left out ends there."""
    if said and not _ENDED.search(said[-1]):
        said[-1] = said[-1].rstrip(" ,;:") + "."


def _plain(text: str) -> str:
    """Without fillers and asides; empty where next to nothing is left."""
    cut = _ASIDES.sub(_joined, _FILLERS.sub(_CUT, text))
    plain = _SEAM.sub(_mended, cut).lstrip(" ,")
    return plain.rstrip() if len(tokens(plain)) > 2 else ""


def _joined(aside: re.Match[str]) -> str:
    return _CUT if aside.end() < len(aside.string.rstrip(" .?!")) else ""


def _mended(seam: re.Match[str]) -> str:
    """The word after a filler: recognisers set commas around that, and begin anew with a capital."""
    comma, word = seam.groups()
    if not seam.start():
        return word
    if not word:
        after = seam.string[seam.end() :][:1]
        return comma if not after else "" if after in ".?!," else " "
    before = seam.string[: seam.start()]
    if before.lower().split()[-1] == word.lower():  # "a, um, a churn model"
        return ""
    ended = _ENDED.search(before)
    if not ended and word.lower() in ENGLISH and not re.match(r"I\b", word):
        word = word.lower()
    return f"{comma if word.lower() in _AFTER_COMMA else ''} {word}"
