"""Rows of a JSONL file, read as the product reads them."""

import json
from pathlib import Path
from typing import Any

from interviewer.judging.datasets import lines


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Raises `InterviewError` where the file cannot be read."""
    return [json.loads(line) for _, line in lines(path)]
