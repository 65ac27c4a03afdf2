"""Which points an answer covers, lacks or contradicts, and the sentences that show it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from interviewer.judging import structure
from interviewer.judging.linear import Linear, trained
from interviewer.judging.retracted import retracted
from interviewer.text.embedding import Embedder, Vectors
from interviewer.text.kinds import general, has, kinds
from interviewer.text.sentences import Sentence
from interviewer.text.terms import overlap, phrase_in, terms
from rubrics.model import Point
from sessions.model import Verdict

NAMES = ("cosine", "overlap", "overlap in a sentence")
"""What a point's chance is computed from, in the order of `points.json`."""
COVERED = 0.6
"""Chance from which a point counts as covered."""
FAULT = 0.7
"""The same for a fault: good answers on the same topic come out at .4 to .7 by likeness alone."""
MISSING = 0.4
"""Chance below which it counts as missing; between the two it is unclear."""
CUE = 1.4
"""Added to the logit where one of the point's cues occurs, and a quarter for each further one.
The data that the other weights are fitted on have no cues; this one is set by hand."""
BASE = 0.5
"""Added to the logit of each general point: it shares fewer words with any answer."""
KIND = 1.6
"""Added to the logit of a general point where a sentence tells that kind of thing (see `kinds`)."""
LENGTH = 0.12
"""Added to a sentence's nearness for each factor e of its words: a long one tells more."""
OPENING = 0.12
"""Taken from that of the first sentence, which often only repeats what was asked. Both, and the
weights in `Evidence.ranked`, follow from labelled sentences (benchmarks/settling.py)."""
SHARPNESS = 7.6
"""From nearness to the chance that a sentence is the one which shows the point: the logit of a
nearness of 1. Fitted on labelled sentences, as those above."""
SHOWN = 0.33
"""Chance from which a sentence is shown for a point: 59 % of those shown are then the labelled one,
where it was 31 % with all that came near the nearest (often several would do)."""


@dataclass(frozen=True)
class PointVerdict:
    """What became of one point."""

    point: Point
    verdict: Verdict
    """For a negative point `covered` means that the fault is there."""
    confidence: float
    """How sure the verdict is, 0 to 1."""
    sentences: tuple[int, ...]
    """Numbers of the sentences that show it, most telling first; empty where missing, and where no
    single sentence does."""
    chance: float
    """That the statement holds for the answer, 0 to 1."""
    near: tuple[int, ...] = ()
    """Numbers of the sentences that come nearest to a missing one, where some stand out: they don't
    show it."""


class PointJudge:
    """Judges points by sentence vectors and shared terms: well under a second for two minutes."""

    def __init__(self, embedder: Embedder) -> None:
        """The weights are those of `points.json`, made by benchmarks/points.py."""
        self.embedder = embedder
        self._line = Linear.of(trained("points"))

    def judge(
        self, points: Sequence[Point], sentences: Sequence[Sentence]
    ) -> tuple[PointVerdict, ...]:
        """One verdict for each point, in their order."""
        if not sentences:
            return tuple(PointVerdict(one, "missing", 1.0, (), 0.0) for one in points)
        evidence = Evidence(self.embedder, sentences)
        return tuple(self._one(point, evidence) for point in points)

    def _one(self, point: Point, evidence: "Evidence") -> PointVerdict:
        logit = self._line.value(evidence.features(point.statement))
        logit += evidence.told(point)
        chance = float(1 / (1 + np.exp(-logit)))
        ranked = evidence.ranked(point)
        nearest = ranked[0][0]
        if chance >= MISSING and evidence.says_no(point, nearest):
            # Surely not told, however near the two are; who warns against a fault does not have it.
            holds = min(chance, 1 - chance, MISSING / 2)
            if not point.negative:
                return PointVerdict(point, "contradicted", chance, (nearest,), holds)
            chance = holds
        least = FAULT if point.negative else COVERED
        covered = chance >= least and not evidence.unproven(point)
        return decided(point, chance, evidence.best(point), covered)


class Evidence:
    """What an answer holds, ready to be compared with statements."""

    def __init__(self, embedder: Embedder, sentences: Sequence[Sentence]) -> None:
        """Vectors and terms of the sentences, at least one."""
        self.sentences = tuple(sentences)
        self.text = " ".join(one.text for one in sentences)
        self._embedder = embedder
        self._terms = [terms(one.text) for one in sentences]
        self._all = frozenset[str]().union(*self._terms)
        self._single = embedder.vectors([one.text for one in sentences])
        pairs = [f"{a.text} {b.text}" for a, b in pairwise(sentences)]
        self._pairs = embedder.vectors(pairs)

    def features(self, statement: str) -> tuple[float, float, float]:
        """The numbers of `NAMES` for one statement."""
        vector = self._embedder.vectors([statement])[0]
        wanted = terms(statement)
        cosine = max(_highest(self._single, vector), _highest(self._pairs, vector))
        inner = max(overlap(wanted, one) for one in self._terms)
        return cosine, overlap(wanted, self._all), inner

    def told(self, point: Point) -> float:
        """What the point's cues and its kind add to the logit."""
        hits = sum(phrase_in(cue, self.text) for cue in point.cues)
        added = CUE * (1 + (hits - 1) / 4) if hits else 0.0
        wanted = _kinds(point)
        found = max((has(one.text, wanted) for one in self.sentences), default=0.0)
        if general(point.statement) and not point.negative:
            added += BASE
        return added + (KIND if found == 1 else KIND / 2 if found > 0.5 else 0.0)

    def unproven(self, point: Point) -> bool:
        """Whether a fault is only alike: its author wrote what it sounds like, and none is heard.

        Nor is what was taken back at once.
        """
        if not point.negative or not point.cues:
            return False
        told = [one.text for one in self.sentences]
        stands = " ".join(one for n, one in enumerate(told) if not retracted(told, n))
        return not any(phrase_in(cue, stands) for cue in point.cues)

    def says_no(self, point: Point, number: int) -> bool:
        """Whether the sentence of this number speaks against the point, or a fault is taken back."""
        said = self.sentences[number].text
        if not point.negative:
            return structure.denies(said, point.statement)
        told = [one.text for one in self.sentences]
        return structure.warns(said, point.statement) or retracted(told, number)

    def ranked(self, point: Point) -> tuple[tuple[int, float], ...]:
        """All sentences, best first, each with the chance that it is the one which shows the point."""
        vector = self._embedder.vectors([point.statement])[0]
        wanted = terms(point.statement)
        kind = _kinds(point)
        near = self._single @ vector
        worth = np.array([
            float(near[i])
            + 0.3 * overlap(wanted, self._terms[i])
            + 0.25 * any(phrase_in(cue, one.text) for cue in point.cues)
            + 0.2 * has(one.text, kind)
            + LENGTH * math.log(max(1, len(one.text.split())))
            - OPENING * (i == 0)
            for i, one in enumerate(self.sentences)
        ])  # fmt: skip
        chances = np.exp(SHARPNESS * (worth - worth.max()))
        chances /= chances.sum()
        return tuple((int(i), float(chances[i])) for i in np.argsort(-worth, kind="stable"))

    def best(self, point: Point) -> tuple[int, ...]:
        """Numbers of the sentences that are likely enough to show the point, best first."""
        return tuple(number for number, chance in self.ranked(point) if chance >= SHOWN)


def decided(point: Point, chance: float, shown: tuple[int, ...], covered: bool) -> PointVerdict:
    """The verdict on a point that holds with this chance; what is not `covered` is at best unclear."""
    if chance < MISSING:
        return PointVerdict(point, "missing", 1 - chance, (), chance, shown)
    if covered:
        return PointVerdict(point, "covered", chance, shown, chance)
    return PointVerdict(point, "unclear", 1 - abs(2 * chance - 1), shown, chance)


def _kinds(point: Point) -> tuple[str, ...]:
    """The kinds of a general point; of a fault only that it is vague."""
    if not general(point.statement):
        return ()
    wanted = kinds(point.statement)
    return tuple(one for one in wanted if one == "vague") if point.negative else wanted


def _highest(rows: Vectors, vector: Vectors) -> float:
    return float((rows @ vector).max()) if len(rows) else -1.0
