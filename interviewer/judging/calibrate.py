"""Measure a grader on scored answers, beside baselines that know nothing of the matter."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import isfinite
from typing import Any

import numpy as np

from interviewer.errors import InterviewError
from interviewer.judging.agreement import (
    LEAST_QUESTIONS,
    Figure,
    Rows,
    Scores,
    measured,
    to_five,
)
from interviewer.judging.card import AnswerGrader
from interviewer.judging.datasets import ScoredAnswer, scored_by
from interviewer.judging.reference import ReferenceReader
from interviewer.judging.seen import mark, seen_by
from interviewer.text.cues import CUES
from interviewer.text.sentences import untimed
from interviewer.text.terms import overlap, terms
from rubrics.model import Question, Rubric

FEW = f"answers to fewer than {LEAST_QUESTIONS} questions say nothing about other questions."

FITTED = "what a grader makes of answers that it was fitted on says nothing about others."


@dataclass(frozen=True)
class Calibration:
    """What was found."""

    data: str
    grader: str
    model: str
    rows: int
    unscored: int
    """Left out of the figures."""
    seen: int
    """Of the rows, those that the grader was fitted on."""
    questions: int
    scored_by: str
    sentence: str
    """What a scorecard says about it."""
    not_kept: str | None
    """Why no scorecard says it; None where they do."""
    by_reference: bool
    """Whether answers were compared with reference answers, as no interview's are."""
    table: dict[str, dict[str, Figure]]
    """Measure by grader or baseline."""

    def as_json(self) -> dict[str, Any]:
        """Plain data; None for a figure that these rows do not have."""
        table = {
            who: {name: _known(asdict(one)) for name, one in figures.items()}
            for who, figures in self.table.items()
        }
        return {**asdict(self), "table": table}


def calibrate(
    data: str,
    rows: Sequence[ScoredAnswer],
    grader: AnswerGrader,
    asked: Callable[[ScoredAnswer], tuple[Rubric, Question]],
    reader: ReferenceReader | None,
    progress: Callable[[str, float], None],
) -> Calibration:
    """Grade all rows and compare; rows with a reference go to `reader` where there is one.

    `asked` gives a row's rubric and question.

    Raises `InterviewError` where the grader does, or no answer could be scored.
    """
    said: list[float | None] = []
    for number, row in enumerate(rows):
        progress(f"grading answer {number + 1} of {len(rows)}", number / len(rows))
        said.append(_level(row, grader, asked, reader))
    known = [index for index, level in enumerate(said) if level is not None]
    if not known:
        raise InterviewError(
            f"None of the {len(rows)} answers could be scored, so there is nothing to compare. "
            "See why with `interview grade` on one of them."
        )
    kept = [rows[index] for index in known]
    levels = np.array([said[index] for index in known], float)
    gold = np.array([to_five([row.score], *row.scale)[0] for row in kept])
    group = np.unique([row.question for row in kept], return_inverse=True)[1]
    length = np.array([len(row.answer.split()) for row in kept], float)
    table = {grader.info.name: measured(Rows(gold, levels, length, group))}
    for name, values in baselines(kept).items():
        table[name] = measured(Rows(gold, fitted(values, gold, group), length, group))
    by = scored_by(rows)
    by_reference = reader is not None and any(row.reference for row in rows)
    questions = len(np.unique(group))
    seen = _seen(kept, grader.info.name, reader is not None)
    return Calibration(
        data=data,
        grader=grader.info.name,
        model=grader.info.model,
        rows=len(kept),
        unscored=len(rows) - len(kept),
        seen=seen,
        questions=questions,
        scored_by=by,
        sentence=(
            f"{seen} of {len(kept)} answers were used to fit this grader: this is no measurement of it."
            if seen
            else _sentence(data, by, len(kept), table[grader.info.name])
        ),
        not_kept=FITTED if seen else FEW if questions < LEAST_QUESTIONS else None,
        by_reference=by_reference,
        table=table,
    )


def baselines(rows: Sequence[ScoredAnswer]) -> dict[str, Scores]:
    """Length, share of number words, and terms shared with the reference or the question."""
    words = np.array([len(row.answer.split()) for row in rows], float)
    numbers = np.array([len(CUES["numbers"].findall(row.answer.lower())) for row in rows], float)
    shared = [overlap(terms(row.reference or row.question), terms(row.answer)) for row in rows]
    return {
        "length": np.log1p(words),
        "number share": numbers / np.maximum(words, 1),
        "term overlap": np.array(shared),
    }


def fitted(values: Scores, gold: Scores, question: np.ndarray) -> Scores:
    """A baseline on the 1-5 scale: a line fitted to the other questions' scores."""
    result = np.full(len(gold), gold.mean())
    for one in np.unique(question):
        test = question == one
        others = values[~test]
        if len(others) > 1 and others.std() > 0:
            slope, base = np.polyfit(others, gold[~test], 1)
            result[test] = np.clip(slope * values[test] + base, 1, 5)
    return result


def _level(
    row: ScoredAnswer,
    grader: AnswerGrader,
    asked: Callable[[ScoredAnswer], tuple[Rubric, Question]],
    reader: ReferenceReader | None,
) -> float | None:
    if row.reference and reader is not None:
        return reader.level(row.question, row.reference, row.answer)
    rubric, question = asked(row)
    return grader.grade_answer(rubric, question, row.question, untimed(row.answer)).overall


def _seen(rows: Sequence[ScoredAnswer], grader: str, reads: bool) -> int:
    """How many of the rows were used to fit what gave them their level."""
    own, reference = seen_by(grader), seen_by("reference") if reads else frozenset[str]()
    return sum(
        mark(row.question, row.answer) in (reference if reads and row.reference else own)
        for row in rows
    )


def _sentence(data: str, by: str, count: int, figures: dict[str, Figure]) -> str:
    kappa, pairs = figures["qwk"], figures["pairwise"]
    what = {
        "people": "Agreement with people's scores",
        "construction": "Agreement with levels by construction (not with people)",
        "unknown": "Agreement with scores of unknown origin (not known to be people's)",
    }[by]
    return (
        f"{what}, measured here on {date.today():%Y-%m-%d} with {count} answers of {data}: QWK "
        f"{kappa.value:.2f}"
        + (f" [{kappa.low:.2f}, {kappa.high:.2f}]" if isfinite(kappa.low) else "")
        + (f", order of pairs {pairs.value:.0%}." if isfinite(pairs.value) else ".")
    )


def _known(figure: dict[str, float]) -> dict[str, float | None]:
    """JSON has no NaN."""
    return {name: value if isfinite(value) else None for name, value in figure.items()}
