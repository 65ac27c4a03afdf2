"""Recorded answers and their labels, as `response_gap` and `sequential` take them.

Beside each sound file lies a JSON of the same name: `{"question", "round", "end_of_speech":
seconds, "pauses": [[start, end], ...]}`. Times are seconds from the file's first sample. Without
"round" it is behavioral. Pauses that reach beyond the end of speech are left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from interviewer.errors import InterviewError
from interviewer.single import check_question
from rubrics.errors import RubricError
from rubrics.library import find

EXACT = 0.01
"""Seconds by which a label may lie beyond the file's end: it is rounded."""
MOST = 10
"""Faults that are told."""


class LabelError(Exception):
    """Something about the files is wrong; each line names the file, the key and what is wanted."""


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


class Written(BaseModel):
    """The JSON file."""

    model_config = ConfigDict(strict=True, frozen=True, allow_inf_nan=False)
    question: str = Field(min_length=1)
    round: str = "behavioral"
    end_of_speech: float = Field(gt=0)
    pauses: tuple[tuple[float, float], ...]

    def faults(self, seconds: float) -> Iterator[tuple[str, str]]:
        """The key, and what is wrong with it, beside a sound of that length."""
        try:
            check_question(find(self.round), self.question)
        except RubricError as error:
            yield "round", str(error)
        except InterviewError as error:
            yield "question", str(error)
        if self.end_of_speech > seconds + EXACT:
            yield (
                "end_of_speech",
                f"{self.end_of_speech:g} s is beyond the sound's end, {seconds:.3f} s",
            )
        for start, end in self.pauses:
            if not 0 <= start < end <= seconds + EXACT:
                yield (
                    "pauses",
                    f"[{start:g}, {end:g}] is no [start, end] in seconds, 0 to {seconds:.3f}",
                )
        for one, other in pairwise(sorted(self.pauses)):
            if other[0] < one[1]:
                yield "pauses", f"{list(one)} and {list(other)} overlap"


def read_labels(paths: Iterable[Path]) -> tuple[Label, ...]:
    """Those of all sound files; raises one `LabelError` about all that are wrong."""
    labels, faults = [], []
    for path in paths:
        try:
            labels.append(read_label(path))
        except LabelError as error:
            faults += str(error).splitlines()
    if faults:
        more = [f"and {len(faults) - MOST} more"] if len(faults) > MOST else []
        raise LabelError("\n".join([*faults[:MOST], *more]))
    return tuple(labels)


def read_label(path: Path) -> Label:
    """That of one sound file; raises `LabelError`."""
    file = path.with_suffix(".json")
    seconds, lead = _measured(path)
    written = _read(file)
    if faults := list(written.faults(seconds)):
        raise LabelError("\n".join(f"{file.name}: {key}: {what}" for key, what in faults))
    end = written.end_of_speech
    inner = sorted(pause for pause in written.pauses if pause[1] <= end)
    return Label(path, written.question, written.round, end, tuple(inner), lead)


def _read(file: Path) -> Written:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "is missing" if isinstance(error, FileNotFoundError) else f"unreadable: {error}"
        raise LabelError(f"{file.name}: the label {reason}") from error
    try:
        return Written.model_validate_json(text)
    except ValidationError as error:
        told = [(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
        lines = (f"{file.name}: {key or 'the file'}: {what}" for key, what in told)
        raise LabelError("\n".join(lines)) from error


def _measured(path: Path) -> tuple[float, float]:
    """Seconds of the sound, and those until its first sample that is not zero for 16 bits."""
    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, OSError) as error:
        raise LabelError(f"{path.name}: cannot be read: {error}") from error
    sound = np.flatnonzero(np.rint(samples * 2**15).any(axis=1))
    if not len(sound):
        raise LabelError(f"{path.name}: there is only silence in it")
    return len(samples) / rate, float(sound[0]) / rate
