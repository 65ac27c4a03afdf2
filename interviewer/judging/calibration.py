"""What `interview calibrate` found about a grader, kept for its scorecards."""

import json
import os
from pathlib import Path

from platformdirs import user_data_path

from interviewer.errors import InterviewError

FOLDER_VARIABLE = "MOCK_INTERVIEWER_CALIBRATION"


def folder() -> Path:
    """Where the results are kept, one file for each grader."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named).expanduser()
    return user_data_path("mock-interviewer", appauthor=False) / "calibration"


def keep(grader: str, result: dict[str, object]) -> Path:
    """Put a result in the place of the grader's last one; returns the file."""
    place = folder() / f"{grader}.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(".tmp")
    fresh.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    fresh.replace(place)
    return place


def stated(grader: str, otherwise: str, model: str | None = None) -> str:
    """What the scorecard says: what the person measured themselves comes after `otherwise`.

    Where `model` is given, only what was measured with that model counts. Raises
    `InterviewError` where the file is damaged.
    """
    place = folder() / f"{grader}.json"
    if not place.exists():
        return otherwise
    try:
        kept = json.loads(place.read_text("utf-8"))
        measured_with, sentence = kept["model"], kept["sentence"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InterviewError(
            f"{place} is damaged. Delete it, or run `interview calibrate` again."
        ) from error
    if model is not None and measured_with != model:
        return otherwise
    return f"{otherwise} {sentence}".strip()
