"""Transcripts cut into numbered sentences, and numbers turned back into verbatim quotes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sessions.model import Quote, Word

LONGEST = 40
"""Words; a longer stretch without a full stop is cut, as recognisers drop punctuation."""
PAUSE = 0.7
"""Seconds between two words that end a clause in a long stretch."""
_END = re.compile(r"[.!?…][\"')\]]*$")
_NOT_END = re.compile(r"^(?:e\.g|i\.e|etc|vs|dr|mr|mrs|ms|prof|no|approx)\.$", re.IGNORECASE)
_OPENERS = frozenset(
    "and so but because then which when while if also although where afterwards".split()
)


@dataclass(frozen=True)
class Sentence:
    """A stretch of the answer's words."""

    index: int
    """Its number in the answer, from 0."""
    text: str
    """The words as recognised, joined by blanks."""
    first: int
    """Index of its first word in the answer's words."""
    stop: int
    """Index after its last word."""


def untimed(text: str) -> tuple[Word, ...]:
    """A plain text as words that all sit at second 0."""
    return tuple(Word(text=one, start=0.0, end=0.0, probability=1.0) for one in text.split())


def sentences(words: Sequence[Word]) -> tuple[Sentence, ...]:
    """Cut at full stops, and long stretches at pauses or before words that open a clause."""
    spans: list[tuple[int, int]] = []
    first = 0
    for index, word in enumerate(words):
        if index + 1 == len(words) or _ends(word.text, words[index + 1].text):
            spans.extend(_halves(words, first, index + 1))
            first = index + 1
    return tuple(
        Sentence(number, " ".join(word.text for word in words[a:b]), a, b)
        for number, (a, b) in enumerate(spans)
    )


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text without times."""
    return sentences(untimed(text))


def quotes(
    words: Sequence[Word], parts: Sequence[Sentence], numbers: Iterable[int], turn: int
) -> tuple[Quote, ...]:
    """The sentences of these numbers, verbatim with their times; neighbours become one quote.

    A number that is no sentence is left out: no quote can be invented.
    """
    wanted = sorted({number for number in numbers if 0 <= number < len(parts)})
    runs: list[tuple[int, int]] = []
    for number in wanted:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return tuple(_quote(words[parts[a].first : parts[b].stop], turn) for a, b in runs)


def _quote(words: Sequence[Word], turn: int) -> Quote:
    text = " ".join(word.text for word in words)
    return Quote(text=text, turn=turn, start=words[0].start, end=words[-1].end)


def _ends(word: str, following: str) -> bool:
    if not _END.search(word) or _NOT_END.match(word):
        return False
    # "1. 5 percent": a number cut in two by the recogniser is no end of a sentence.
    return not (word[:-1].isdigit() and following[:1].isdigit())


def _halves(words: Sequence[Word], a: int, b: int) -> Iterable[tuple[int, int]]:
    """The stretch itself, or its pieces of at most `LONGEST` words where it can be cut."""
    if b - a <= LONGEST:
        yield (a, b)
        return
    middle = (a + b) / 2
    inner = range(a + 5, b - 5)
    cut = max(inner, key=lambda i: (_seam(words, i), -abs(i - middle)))
    yield from _halves(words, a, cut)
    yield from _halves(words, cut, b)


def _seam(words: Sequence[Word], index: int) -> int:
    """How good a place the gap before a word is to cut."""
    if words[index].start - words[index - 1].end >= PAUSE:
        return 3
    if words[index].text.lower().strip(",.") in _OPENERS:
        return 2 if words[index - 1].text.endswith(",") else 1
    return 1 if words[index - 1].text.endswith((",", ";", ":")) else 0
