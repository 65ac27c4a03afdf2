"""Opens a follow-up with a few of the candidate's own words, where some fit."""

import re
from collections.abc import Callable, Iterator, Sequence

from interviewer.reading.said_back import clause_at, clauses, opening, usable
from interviewer.reading.told import KINDS, Told
from interviewer.text.likeness import Likeness

NEAR = 0.45
"""Least likeness (cosine) of a clause and what is asked, for a clause that is said back."""
MOST_TRIED = 4
"""Clauses that are tried before the question is asked without any."""


def anchored(probe: str, openings: Sequence[str], sayable: Callable[[str], bool]) -> str:
    """The probe behind the first opening with which it may be spoken; bare where none fits."""
    whole = not re.search(r"[:.]", probe)
    for text in openings[:MOST_TRIED] if whole else ():
        if sayable(said := f"{text}: {_joined(probe)}"):
            return said
    return probe[0].upper() + probe[1:]


def from_kinds(told: Told, kinds: Sequence[str]) -> Iterator[str]:
    """Openings from the sentences that have the first of these kinds that was told, last first.

    Where none of them can be said back, the question is better asked without: a sentence of another
    kind is about something else.
    """
    for kind in [kind for kind in kinds if told.where[kind]][:1]:
        for number in reversed(told.where[kind]):
            clause = clause_at(told.sentences[number], KINDS[kind])
            if clause:
                yield opening(clause)


def from_nearest(told: Told, likeness: Likeness, asked: str) -> Iterator[str]:
    """Openings from the clauses that are nearest in meaning to what is asked."""
    whole = [part for one in told.sentences for part in clauses(one) if usable(part)]
    order = likeness.nearest(asked, whole)
    yield from (opening(whole[index]) for index, near in order if near >= NEAR)


def _joined(probe: str) -> str:
    """Lower case behind a colon, except for "I" and names in capitals."""
    first = probe.split()[0]
    keep = (first.isupper() and len(first) > 1) or first.startswith("I'")
    return probe if keep or first == "I" else probe[0].lower() + probe[1:]
