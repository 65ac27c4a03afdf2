"""The library's questions, and how near an answer comes to what each of them asks for."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from interviewer.text.embedding import Embedder, Vectors
from interviewer.text.terms import terms
from rubrics import library
from rubrics.model import Question

ANSWERS = Path(__file__).with_name("answers.npz")
"""How people answer its questions, made by benchmarks/bank.py of benchmarks/labels/bank.jsonl."""
NEAREST = 3
"""Questions of the bank that stand for one that was asked in other words."""
SHARP = 20.0
"""How much more the nearest of them counts than the next ones."""
SIDES = (0.5, 0.25, 0.25)
"""What a question's text, its topics and its outline count when it is compared with another."""
AHEAD = (3, 2)
"""How many of the best others an answer is compared with: in the whole bank, and in the round."""


@dataclass(frozen=True)
class Bank:
    """All questions of the library as vectors and words; rows in the library's order."""

    rounds: tuple[str, ...]
    texts: dict[tuple[str, str], str]
    """What is asked, by round and id."""
    sides: tuple[Vectors, ...]
    """Texts, topics and outlines; each of shape (questions, 384)."""
    answered: tuple[Vectors, Vectors]
    """Weights (questions, 384) and intercepts: of an answer's mean vector they make how likely it is
    one to each question. NaN where no answers to it are known."""
    words: tuple[frozenset[str], ...]
    rarity: dict[str, float]
    """Inverse document frequency of a term among the questions; others are as rare as can be."""

    @classmethod
    def of(cls, embedder: Embedder) -> "Bank":
        """Takes a tenth of a second; longer where the library was changed and its vectors were not."""
        found = [(one.id, question) for one in library.shipped() for question in one.questions]
        asked = [question for _, question in found]
        often = Counter(term for one in asked for term in terms(_everything(one)))
        return cls(
            tuple(round_name for round_name, _ in found),
            {(round_name, one.id): one.text for round_name, one in found},
            tuple(embedder.vectors(side) for side in sides(asked)),
            _answered([(name, one.id) for name, one in found]),
            tuple(terms(f"{one.text} {one.outline} {' '.join(one.topics)}") for one in asked),
            {term: math.log((len(asked) + 1) / (times + 1)) for term, times in often.items()},
        )

    def likeness(self, whole: Vectors) -> Vectors:
        """How like each question is to one with this vector, -1 to 1."""
        found: Vectors = sum(
            (
                np.float32(share) * (side @ whole)
                for share, side in zip(SIDES, self.sides, strict=True)
            ),
            np.zeros(len(self.rounds), np.float32),
        )
        return found

    def covered(self, wanted: frozenset[str], said: frozenset[str]) -> float:
        """The share of the wanted terms that was said; rare ones count more."""
        rarest = math.log(len(self.rounds) + 1)
        total = sum(self.rarity.get(one, rarest) for one in wanted)
        both = sum(self.rarity.get(one, rarest) for one in wanted & said)
        return both / total if total else 0.0

    def near(self, windows: Vectors, mean: Vectors, said: frozenset[str]) -> tuple[Vectors, ...]:
        """How near an answer is to each question: by terms, by outlines, by what others answer."""
        weight, intercept = self.answered
        likely = weight @ mean + intercept
        return (
            np.array([self.covered(one, said) for one in self.words]),
            (windows @ self.sides[2].T).max(axis=0),
            np.where(np.isnan(likely), np.nanmedian(likely), likely),
        )

    def comparisons(
        self, asked: Vectors, round_name: str, near: tuple[Vectors, ...]
    ) -> tuple[float, ...]:
        """How far the answer is one to what was asked more than to anything else.

        For each side of `near`: that of what was asked, its lead over the nearest other questions,
        over those of the round, and the share of other questions that are nearer.
        """
        alike = self.likeness(asked)
        own = np.argsort(-alike)[:NEAREST]
        share = np.exp(SHARP * (alike[own] - alike[own[0]]))
        share /= share.sum()
        others = np.ones(len(self.rounds), bool)
        others[own] = False
        inside = others & np.array([one == round_name for one in self.rounds])
        if not inside.any():
            inside = others
        found: list[float] = []
        for side in near:
            mine = float(share @ side[own])
            ahead = (
                mine - float(np.sort(side[which])[-count:].mean())
                for which, count in zip((others, inside), AHEAD, strict=True)
            )
            found += [mine, *ahead, float((side[others] > mine).mean())]
        return tuple(found)


def _answered(keys: Sequence[tuple[str, str]]) -> tuple[Vectors, Vectors]:
    with np.load(ANSWERS, allow_pickle=False) as file:
        known = list(zip(file["rounds"].tolist(), file["questions"].tolist(), strict=True))
        weight, intercept = (file[name].astype(np.float32) for name in ("weight", "intercept"))
    place = {key: number for number, key in enumerate(known)}
    rows = [place.get(key, -1) for key in keys]
    unknown = np.array([row < 0 for row in rows])
    intercept = np.where(unknown, np.float32(np.nan), intercept[rows])
    return weight[rows], intercept


def sides(asked: Sequence[Question]) -> tuple[list[str], ...]:
    """What is compared: all questions' texts, all their topics, all their outlines."""
    return (
        [one.text for one in asked],
        [", ".join(one.topics) for one in asked],
        [one.outline for one in asked],
    )


def _everything(question: Question) -> str:
    points = " ".join(one.statement for one in question.points)
    return f"{question.text} {question.outline} {' '.join(question.topics)} {points}"


def mean_of(vectors: Sequence[Vectors] | Vectors) -> Vectors:
    """Their mean, of length one."""
    mean: Vectors = np.asarray(vectors, np.float32).mean(axis=0)
    return mean / np.float32(max(float(np.linalg.norm(mean)), 1e-9))
