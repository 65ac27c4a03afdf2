"""Recorded answers and their labels, as `response_gap` and `sequential` take them.

Beside each sound file lies a JSON of the same name: `{"question", "round", "end_of_speech":
seconds, "pauses": [[start, end], ...]}`. Times are seconds from the file's first sample.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile


@dataclass(frozen=True)
class Label:
    """One answer and what is known of it."""

    path: Path
    """The sound file."""
    question: str
    round: str
    end: float
    """Second of the last voiced sample."""
    pauses: tuple[tuple[float, float], ...]
    """Start and end of each pause inside of the answer, in order."""
    lead: float = 0.0
    """Seconds of digital silence that the file begins with."""

    @property
    def name(self) -> str:
        return self.path.stem


def read_label(path: Path) -> Label:
    """The label of a sound file."""
    written = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    end = float(written["end_of_speech"])
    inner = sorted((float(a), float(b)) for a, b in written["pauses"] if b <= end)
    return Label(
        path=path,
        question=written["question"],
        round=written["round"],
        end=end,
        pauses=tuple(inner),
        lead=lead_of(path),
    )


def lead_of(path: Path) -> float:
    """Seconds until the first sample that is not zero for a card of 16 bits."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return float(np.flatnonzero(np.rint(samples * 2**15).any(axis=1))[0]) / rate
