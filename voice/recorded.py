"""Recordings that answer in the place of a person."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from voice.audio import check_audio, read_audio
from voice.errors import VoiceError
from voice.seams import FRAME, RATE, Samples

SHEET = "candidate.yaml"
TAIL = 12.0
"""Seconds of silence after a recording: longer than the endpointer ever waits at patience 1."""
_COMMON = frozenset(
    "a about an and are at be been by can could did do does for from had has have how i in is it "
    "its me my of on one or so some tell that the their them then there they this time to us was "
    "we were what when where which who why will with would you your walk through let talk".split()
)


STAYS = 6.0
"""Shared terms that a recording of the same round is ahead; a main question of another round
shares more with the recordings made for it."""
MEANT = 3
"""Terms shared with its question and topics from which a recording that opens is meant."""


class Entry(BaseModel):
    """One recording in `candidate.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Annotated[str, Field(pattern=r"^[^/\\\\]+$", max_length=255)]
    """Name in the same folder."""
    text: str
    """What is said in it."""
    round: str = ""
    question: str = ""
    """Id or text of the question that it was made for."""
    topics: tuple[str, ...] = ()
    opens: bool = False
    """Whether it answers a main question; then it is kept for one that is about the same."""
    story: Annotated[str, Field(max_length=255)] = ""
    """What it tells of, in a word. What does not open is given after a recording of its own story
    that opens; without a story, it fits after each."""


class _Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = ""
    voices: dict[str, dict[str, float]] = {}
    """How the recordings were synthesised, where they were; only their maker reads it."""
    recordings: Annotated[list[Entry], Field(min_length=1)]


@dataclass(frozen=True)
class _Recording:
    path: Path
    terms: frozenset[str]
    """What it is about."""
    said: frozenset[str]
    """What is said in it."""
    question: str = ""
    round: str = ""
    opens: bool = False
    story: str = ""


class RecordedCandidate:
    """Answers with recordings: the one that fits what was asked, unused ones first.

    A follow-up gets an answer that belongs to the story being told, while there is one left. Where
    all were used, the least used ones come again. After a recording comes silence, so
    that the endpointer decides by itself, as with a person.
    """

    overflows = 0

    def __init__(
        self, name: str, recordings: Sequence[_Recording], *, in_order: bool, realtime: bool
    ) -> None:
        """Use `from_folder` or `from_files`."""
        self.name = name
        self.realtime = realtime
        self.given: tuple[Path, ...] = ()
        """The recordings that were given, in order."""
        followed = {"", *(one.story for one in recordings if not one.opens)}
        ordered = sorted(recordings, key=lambda one: one.story not in followed)
        self.questions = tuple(dict.fromkeys(one.question for one in ordered if one.question))
        """What the recordings were made for, in their order; stories that have no answer to a
        follow-up are the last ones to be asked for."""
        self._recordings = recordings
        self._in_order = in_order
        self._asked: frozenset[str] = frozenset()
        self._closed = False
        self._round = ""
        """The round of the last answer."""
        self._story = ""
        """The story of the last answer to a main question."""

    @classmethod
    def from_folder(cls, folder: Path, *, realtime: bool = False) -> Self:
        """A folder with recordings and `candidate.yaml`; raises `VoiceError`."""
        sheet = _read_sheet(folder / SHEET)
        recordings = [
            _Recording(
                folder / entry.file,
                _terms(" ".join((entry.question, entry.round, *entry.topics))),
                _terms(entry.text),
                entry.question,
                entry.round,
                entry.opens,
                entry.story,
            )
            for entry in sheet.recordings
        ]
        _check_stories(folder / SHEET, sheet.recordings)
        for recording in recordings:
            if not recording.path.is_file():
                raise VoiceError(
                    f"{folder / SHEET} names {recording.path.name}, which is not there."
                )
            check_audio(recording.path)
        name = sheet.name or f"recordings in {folder.name}"
        return cls(name, recordings, in_order=False, realtime=realtime)

    @classmethod
    def from_files(cls, paths: Sequence[Path], *, realtime: bool = False) -> Self:
        """Files that answer one after the other; raises `VoiceError` where one is missing."""
        if not paths:
            raise VoiceError("A recorded candidate needs at least one sound file.")
        for path in paths:
            check_audio(path)
        recordings = [_Recording(path, frozenset(), frozenset()) for path in paths]
        name = ", ".join(path.name for path in paths)
        return cls(name, recordings, in_order=True, realtime=realtime)

    def hear(self, said: str) -> None:
        """Remember what the interviewer said; the next recording is chosen by it."""
        self._asked = _terms(said)

    def frames(self) -> Iterator[Samples]:
        """Yield one recording and the silence after it, frame by frame."""
        path = self._choose()
        self.given = (*self.given, path)
        sound = read_audio(path).samples
        total = len(sound) + round(TAIL * RATE)
        quiet = _own_silence(sound)
        started = time.monotonic()
        for start in range(0, total - FRAME + 1, FRAME):
            if self._closed:
                return
            if self.realtime:
                time.sleep(max(0.0, started + (start + FRAME) / RATE - time.monotonic()))
            yield _frame(sound, quiet, start)

    def close(self) -> None:
        """End the answer that is being given."""
        self._closed = True

    def _choose(self) -> Path:
        if self._in_order:
            return self._recordings[len(self.given) % len(self._recordings)].path
        best = self._best()
        if best.path not in self.given:
            self._round = best.round
        if best.opens or not self._story:
            self._story = best.story
        return best.path

    def _best(self) -> _Recording:
        placed = [one for one in self._recordings if not self._misplaced(one)]
        best = max(placed, key=self._worth, default=None)
        if best and self._suits(best):
            return best
        strange = [
            one
            for one in self._recordings
            if self._misplaced(one) and not one.opens and self._unused(one)
        ]
        free = [one for one in strange if not self._may_come(one.story)]
        return max(free or strange or self._recordings, key=self._worth)

    def _misplaced(self, recording: _Recording) -> bool:
        """Whether it belongs to another story than the one that is told, or begins one in answer to
        a main question that has its answer. Without stories, nobody knows."""
        if not (recording.story and self._story):
            return False
        if recording.opens:
            return recording.question in self._answered()
        return recording.story != self._story

    def _suits(self, recording: _Recording) -> bool:
        """Whether it is better than a word from another story: a main answer that is not meant is
        none to a follow-up, nor is one from another round."""
        if recording.opens:
            return self._meant(recording) and recording.path not in self.given
        return self._unused(recording)

    def _unused(self, recording: _Recording) -> bool:
        """Whether it is left in the round so far."""
        return recording.round == self._round and recording.path not in self.given

    def _meant(self, recording: _Recording) -> bool:
        return len(self._asked & recording.terms) >= MEANT

    def _answered(self) -> set[str]:
        """The main questions that have an answer."""
        return {one.question for one in self._recordings if one.opens and one.path in self.given}

    def _may_come(self, story: str) -> bool:
        """Whether a main question that the story answers is still to be asked."""
        opening = (one for one in self._recordings if one.opens and one.story == story)
        return any(one.question not in self._answered() for one in opening)

    def _worth(self, recording: _Recording) -> tuple[int, float]:
        """Unused ones first; then terms shared with what was asked, in the round so far."""
        about = len(self._asked & recording.terms)
        said = len(self._asked & recording.said)
        kept = recording.opens and not self._meant(recording)
        stays = STAYS if recording.round == self._round and not kept else 0.0
        return -self.given.count(recording.path), 2 * about + said + stays


def _check_stories(sheet: Path, entries: Sequence[Entry]) -> None:
    """Raise `VoiceError` for a story that no recording opens: mistyped, it would never be told."""
    opened = {entry.story for entry in entries if entry.opens}
    for entry in entries:
        if entry.story and entry.story not in opened:
            raise VoiceError(
                f"{sheet}: {entry.file}: no recording with `opens: true` has the story "
                f"'{entry.story[:60]}'. Name one that has, or leave the story out."
            )


def _frame(sound: Samples, quiet: Samples, start: int) -> Samples:
    frame = sound[start : start + FRAME]
    if len(frame) == FRAME:
        return frame
    offset = (start + len(frame) - len(sound)) % (len(quiet) - FRAME)
    return np.concatenate([frame, quiet[offset : offset + FRAME - len(frame)]])


def _own_silence(sound: Samples) -> Samples:
    """Room noise for the time after the recording, so that it does not end in digital zeros.

    The quietest half second of the recording itself, back and forth; faint noise where there is
    none (a recording of a few words, or one that is itself silent).
    """
    size = RATE // 2
    starts = range(0, len(sound) - size, size // 4)
    if starts:
        power = [float(np.mean(np.square(sound[start : start + size]))) for start in starts]
        start = starts[int(np.argmin(power))]
        if min(power) > 0:
            piece = sound[start : start + size]
            return np.concatenate([piece, piece[::-1]])
    noise = np.random.default_rng(0).normal(0, 1e-4, 2 * size)
    return noise.astype(np.float32)


def _read_sheet(path: Path) -> _Sheet:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _Sheet.model_validate(data)
    except FileNotFoundError as error:
        raise VoiceError(
            f"{path.parent} is no recorded candidate: it has no {SHEET}. "
            "Give the sound files themselves, one after the other, or a folder that has one."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise VoiceError(f"{path}: {where}: {first['msg']}.") from error
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        # ValueError: a date that is none, a number of thousands of digits, no UTF-8.
        raise VoiceError(f"{path} cannot be read: {' '.join(str(error).split())}") from error


def _terms(text: str) -> frozenset[str]:
    """Words without their commonest endings, so that `deployed` meets `deploy`."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return frozenset(
        re.sub(r"(ing|ed|es|s)$", "", word) if len(word) > 4 else word
        for word in words
        if word not in _COMMON
    )
