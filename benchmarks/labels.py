"""Recorded answers and their labels, as `response_gap` and `sequential` take them.

Beside each sound file lies a JSON of the same name: `{"question", "round", "end_of_speech":
seconds, "pauses": [[start, end], ...]}`. Times are seconds from the file's first sample. Without
"round" it is behavioral. Pauses that reach beyond the end of speech are left out.
docs/endpointing.md has an example.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from interviewer.errors import InterviewError
from interviewer.offline.single import check_question
from rubrics.errors import RubricError
from rubrics.library import find

EXACT = 0.01
"""Seconds by which a label may lie beyond the file's end: it is rounded."""
KINDS = (".wav", ".flac")
"""Sound files, in any letter case."""
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


def from_folder(
    parser: ArgumentParser, folder: Path, limit: int | None = None
) -> tuple[Label, ...]:
    """The first answers of a folder; ends the program where anything about them is wrong."""
    if limit is not None and limit < 1:
        parser.error(f"--limit {limit}: at least one answer is needed")
    try:
        sounds, ignored = files(folder)
        if ignored:
            print(f"ignored in {folder}: {_some(ignored)}", file=sys.stderr)
        return read_labels(sounds[:limit])
    except LabelError as error:
        parser.error(f'{error}\ndocs/endpointing.md, "Running it yourself", has an example.')


def files(folder: Path) -> tuple[list[Path], list[str]]:
    """The sound files of a folder, and the names of what is neither one nor the label of one.

    Raises `LabelError` where there is no sound file, or two have one label.
    """
    if not folder.is_dir():
        raise LabelError(f"there is no folder {folder}")
    every = sorted(one for one in folder.iterdir() if not one.name.startswith("."))
    sounds = [one for one in every if one.suffix.lower() in KINDS and one.is_file()]
    kinds = " or ".join(KINDS)
    labels = [one.with_suffix(".json") for one in sounds]
    ignored = [one.name for one in every if one not in sounds and one not in labels]
    if not sounds:
        held = f"; it holds {_some(ignored)}" if ignored else ""
        raise LabelError(f"there are no sound files ({kinds}) in {folder}{held}")
    if twice := [one.name for one, other in pairwise(sorted(labels)) if one == other]:
        raise LabelError(f"two sound files have one label: {_some(twice)}")
    return sounds, ignored


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more


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
