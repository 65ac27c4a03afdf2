"""A grader measured on scored answers, with the models of this machine."""

from pathlib import Path

from interviewer.build import Progress, Workshop
from interviewer.judging.calibrate import Calibration, calibrate
from interviewer.judging.datasets import ScoredAnswer, read
from interviewer.judging.reference import ReferenceReader
from interviewer.models import catalogue
from interviewer.offline.single import with_question
from rubrics import library
from rubrics.model import Question, Rubric


def measure(
    data: Path,
    kind: str,
    round_id: str,
    model: tuple[str, str | None],
    second: tuple[str, str | None] | None,
    progress: Progress,
) -> Calibration:
    """Grade the rows of a file and compare; `model` and `second` are what --llm and --model say.

    Raises `InterviewError` or `RubricError`.
    """
    rows = read(data)
    rounds = {one: library.find(one) for one in {row.round or round_id for row in rows}}

    with Workshop(*model, catalogue.RECOGNISER, progress, second=second) as shop:
        shop.fetch(catalogue.EMBEDDING, *([catalogue.LANGUAGE] if kind == "judge" else []))
        grader = shop.grader(kind)
        # A judge reads the question and grades by the rubric; only the embedded grader has a
        # reader of its own for answers that come with a reference.
        reader = ReferenceReader.shipped(shop.embedder) if kind == "embedded" else None

        def asked(row: ScoredAnswer) -> tuple[Rubric, Question]:
            rubric = rounds[row.round or round_id]
            return with_question(rubric, row.question, shop.likeness, row.answer)

        return calibrate(data.name, rows, grader, asked, reader, progress)
