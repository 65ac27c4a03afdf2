"""How well two sets of scores agree, with intervals from drawing whole questions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
"""Shape (n,), on the 1-5 scale."""
DRAWS = 1000
"""Bootstrap samples; the ends of a 95 % interval then rest on 25 each."""
LEAST_QUESTIONS = 5
"""Fewer say nothing about other questions: drawing from one gives an interval without width."""
APART = 2.0
"""Levels between two answers whose order is counted, on the 1-5 scale."""


@dataclass(frozen=True)
class Figure:
    """One measure with its 95 % interval over questions; nan for what these rows do not have."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Rows:
    """Answers with what was given and what is predicted."""

    gold: Scores
    said: Scores
    length: Scores
    """Words of each answer."""
    question: npt.NDArray[np.int64]
    """Number of each answer's question."""

    def take(self, indices: npt.NDArray[np.int64], question: npt.NDArray[np.int64]) -> "Rows":
        """Some of the rows, their questions renumbered."""
        return Rows(self.gold[indices], self.said[indices], self.length[indices], question)


def to_five(scores: Sequence[float], low: float, high: float) -> Scores:
    """Scores of any scale on 1-5."""
    return 1 + 4 * (np.asarray(scores, float) - low) / (high - low)


def pearson(rows: Rows) -> float:
    """Pearson's r; nan where one side does not vary."""
    return _correlation(rows.gold, rows.said)


def qwk(rows: Rows) -> float:
    """Quadratic weighted kappa of the levels, rounded to 1-5."""
    gold, said = _levels(rows.gold), _levels(rows.said)
    table = np.zeros((5, 5))
    np.add.at(table, (gold - 1, said - 1), 1)
    levels = np.arange(5)
    weight = (levels[:, None] - levels[None, :]) ** 2
    chance = np.outer(table.sum(1), table.sum(0)) / table.sum()
    expected = float((weight * chance).sum())
    return 1 - float((weight * table).sum()) / expected if expected else float("nan")


def rmse(rows: Rows) -> float:
    """Root mean squared error in levels."""
    return float(np.sqrt(((rows.gold - rows.said) ** 2).mean()))


def exact(rows: Rows) -> float:
    """Share of equal rounded levels."""
    return float((_levels(rows.gold) == _levels(rows.said)).mean())


def within_one(rows: Rows) -> float:
    """Share of rounded levels that are at most one apart."""
    return float((abs(_levels(rows.gold) - _levels(rows.said)) <= 1).mean())


def partial(rows: Rows) -> float:
    """Pearson's r of what length (log words) does not explain on either side."""
    x = np.log1p(rows.length)
    a, b, c = (
        _correlation(rows.gold, rows.said),
        _correlation(rows.gold, x),
        _correlation(rows.said, x),
    )
    if not np.isfinite(b) or not np.isfinite(c):
        return a
    under = (1 - b**2) * (1 - c**2)
    return float((a - b * c) / np.sqrt(under)) if under > 0 else float("nan")


def pairwise(rows: Rows) -> float:
    """Share of pairs within a question, `APART` or more levels apart, that are in order.

    A tie counts as wrong: it does not tell the two apart. nan where there is no such pair.
    """
    right = total = 0
    for one in np.unique(rows.question):
        mine = rows.question == one
        gold, said = rows.gold[mine], rows.said[mine]
        far = gold[:, None] - gold[None, :] >= APART - 1e-9
        total += int(far.sum())
        right += int((far & (said[:, None] > said[None, :])).sum())
    return right / total if total else float("nan")


MEASURES: dict[str, Callable[[Rows], float]] = {
    "pearson": pearson,
    "qwk": qwk,
    "rmse": rmse,
    "exact": exact,
    "within_one": within_one,
    "partial_given_length": partial,
    "pairwise": pairwise,
}


def measured(rows: Rows, draws: int = DRAWS) -> dict[str, Figure]:
    """All measures; the intervals from drawing whole questions with a fixed seed.

    There are none where there are fewer than `LEAST_QUESTIONS`.
    """
    generator = np.random.default_rng(0)
    groups = [np.flatnonzero(rows.question == one) for one in np.unique(rows.question)]
    samples = []
    for _ in range(draws if len(groups) >= LEAST_QUESTIONS else 0):
        chosen = generator.integers(0, len(groups), len(groups))
        indices = np.concatenate([groups[one] for one in chosen])
        number = np.repeat(np.arange(len(chosen)), [len(groups[one]) for one in chosen])
        samples.append(rows.take(indices, number))
    found = {}
    for name, measure in MEASURES.items():
        drawn = np.array([measure(one) for one in samples])
        drawn = drawn[np.isfinite(drawn)]
        low, high = np.quantile(drawn, (0.025, 0.975)) if len(drawn) else (np.nan, np.nan)
        found[name] = Figure(measure(rows), float(low), float(high))
    return found


def _levels(scores: Scores) -> npt.NDArray[np.int64]:
    # Half a level goes up, always; numpy would round 2.5 to 2 and 3.5 to 4.
    return np.clip(np.floor(scores + 0.5), 1, 5).astype(np.int64)


def _correlation(a: Scores, b: Scores) -> float:
    a, b = a - a.mean(), b - b.mean()
    under = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / under) if under > 1e-12 else float("nan")
