"""Scored answers on disk, for measuring a grader."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from interviewer.errors import InterviewError


class ScoredAnswer(BaseModel):
    """One row; further keys are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    question: str = Field(min_length=3)
    answer: str
    score: float
    scale: tuple[float, float]
    """Lowest and highest score."""
    reference: str | None = None
    round: str | None = None
    """Id of the rubric; the command's option where it is missing."""
    scored_by: Literal["people", "construction", "unknown"] = "unknown"

    @model_validator(mode="before")
    @classmethod
    def _levels(cls, row: object) -> object:
        # Answers written to be at a level have that level as their score.
        if isinstance(row, dict) and "level" in row and "score" not in row:
            return {"scored_by": "construction", "scale": (1, 5), **row, "score": row["level"]}
        return row

    @model_validator(mode="after")
    def _inside(self) -> "ScoredAnswer":
        low, high = self.scale
        if not low < high or not low <= self.score <= high:
            raise ValueError(f"score {self.score} does not lie on the scale {low} to {high}")
        return self


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a JSONL file that are not empty, with their numbers; a byte order mark may be
    there.

    Only a line feed ends a line: others that Python would split at may stand inside of a text.
    Raises `InterviewError` where the file cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InterviewError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InterviewError(f"{path}: is no text in UTF-8 ({error}).") from error
    return ((number, one) for number, one in enumerate(text.split("\n"), 1) if one.strip())


def read(path: Path) -> tuple[ScoredAnswer, ...]:
    """All rows; raises `InterviewError` with the line of the first that is wrong."""
    rows = [_row(path, number, line) for number, line in lines(path)]
    if len(rows) < 2:
        raise InterviewError(f"{path}: at least two scored answers are needed, one on each line.")
    return tuple(rows)


def _row(path: Path, number: int, line: str) -> ScoredAnswer:
    try:
        return ScoredAnswer.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "row"
        raise InterviewError(
            f"{path}:{number}: {key}: {first['msg']}. A row is JSON with question, answer, score, "
            "scale [lowest, highest], and may have reference and scored_by (people, construction)."
        ) from error


def scored_by(rows: Sequence[ScoredAnswer]) -> str:
    """`people` or `construction` where all rows agree, else `unknown`."""
    found = {row.scored_by for row in rows}
    return found.pop() if len(found) == 1 else "unknown"
