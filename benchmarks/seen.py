"""Marks of the answers that a fit has seen, kept beside the weights for `interview calibrate`."""

import json
from pathlib import Path
from typing import Any

import interviewer.judging
from interviewer.judging.seen import mark

PLACE = Path(interviewer.judging.__file__).parent / "seen.json"


def keep(fit: str, rows: list[dict[str, Any]]) -> None:
    """Put these in the place of the marks of that fit; the other fits' stay."""
    body = json.loads(PLACE.read_text("utf-8")) if PLACE.exists() else {}
    body["made_by"] = "benchmarks/train_grader.py, benchmarks/grading.py"
    body[fit] = sorted({mark(one["question"], one["answer"]) for one in rows})
    PLACE.write_text(json.dumps(body) + "\n", "utf-8")
