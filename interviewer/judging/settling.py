"""Which points hold, decided once the level of the whole answer is known.

One sentence's likeness to a statement tells little: talk in general uses the same words as a case.
How good the answer is as a whole, and how rarely such a statement holds, tell the rest.
"""

from collections.abc import Sequence
from typing import Self

import numpy as np

from interviewer.judging.linear import Linear, trained
from interviewer.judging.points import COVERED, Evidence, PointVerdict, decided
from interviewer.text.embedding import WIDTH, Embedder
from interviewer.text.kinds import KINDS, general, has, kinds
from interviewer.text.sentences import Sentence
from interviewer.text.terms import phrase_in
from rubrics.model import Point

MOST_CUES = 4
"""Cues that count; more say no more."""
NAMES = (
    "cosine", "overlap", "overlap in a sentence", "a cue", "cues", "cues in a sentence",
    "kind of a subject", "kind of telling", "general", "level",
    *(f"asks for {one}" for one in KINDS), *(f"statement {number}" for number in range(WIDTH)),
)  # fmt: skip
"""What the chance is computed from. The last 384 are the statement's own vector: some are nearly
always told, and some hardly ever."""


class Settler:
    """A logistic regression over the numbers of `NAMES`, fitted on labelled points."""

    def __init__(self, embedder: Embedder, line: Linear) -> None:
        """`line` gives the logit of a statement's holding."""
        self._embedder = embedder
        self._line = line

    @classmethod
    def shipped(cls, embedder: Embedder) -> Self:
        """That of `settling.json`, made by benchmarks/settling.py."""
        return cls(embedder, Linear.of(trained("settling")))

    def settle(
        self, verdicts: Sequence[PointVerdict], sentences: Sequence[Sentence], level: float
    ) -> tuple[PointVerdict, ...]:
        """The verdicts anew, for an answer that was read at `level`; faults stay as they are.

        `sentences` are those that the verdicts were made of.
        """
        if not sentences:
            return tuple(verdicts)
        evidence = Evidence(self._embedder, sentences)
        return tuple(self._one(verdict, evidence, level) for verdict in verdicts)

    def _one(self, old: PointVerdict, evidence: Evidence, level: float) -> PointVerdict:
        if old.point.negative or old.verdict == "contradicted":
            return old
        logit = self._line.value(numbers(self._embedder, evidence, old.point, level))
        chance = float(1 / (1 + np.exp(-logit)))
        return decided(old.point, chance, evidence.best(old.point), chance >= COVERED)


def numbers(
    embedder: Embedder, evidence: Evidence, point: Point, level: float
) -> tuple[float, ...]:
    """The numbers of `NAMES` for one point of an answer that was read at `level`."""
    asked = kinds(point.statement)
    told = max((has(one.text, asked) for one in evidence.sentences), default=0.0)
    telling = float(general(point.statement))
    cues = [
        sum(phrase_in(cue, text) for cue in point.cues)
        for text in (evidence.text, *(one.text for one in evidence.sentences))
    ]
    return (
        *evidence.features(point.statement),
        float(cues[0] > 0),
        float(min(cues[0], MOST_CUES)),
        float(min(max(cues[1:]), MOST_CUES)),
        told * (1 - telling),
        told * telling,
        telling,
        level,
        *(float(one in asked) for one in KINDS),
        *embedder.vectors([point.statement])[0].tolist(),
    )
