"""Where parts are swapped: the shapes that a microphone, a recogniser or a loudspeaker must have.

Audio inside of the program is always mono float32 in [-1, 1]; speech that is heard comes
at 16,000 Hz (`RATE`), in frames of 512 samples (32 ms, what the Silero model takes).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from voice.words import Word

RATE = 16_000
"""Hertz; what Whisper, Silero and Smart Turn were trained on."""
FRAME = 512
"""Samples in a frame; what the Silero model takes at 16 kHz."""

LONGEST = 600.0
"""Seconds of the longest answer: most take up to five minutes, those at a whiteboard longer."""

Samples = npt.NDArray[np.float32]
"""Mono, shape (n,), in [-1, 1]."""

EndedBy = Literal["turn", "key", "recording", "limit", "silence", "interrupt", "device"]
"""turn: the endpointer was sure; key: Enter; recording: the recorded candidate's file ended;
limit: the longest answer, at its next pause; silence: nothing was said; interrupt: Ctrl-C, or a
part failed; device: the microphone went away for good."""


@dataclass(frozen=True)
class Clip:
    """Sound in memory."""

    samples: Samples
    rate: int
    """Hertz"""

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate


class Candidate(Protocol):
    """Who answers: a microphone, or recordings that stand in for a person."""

    name: str
    """What `interview doctor` and the session call it."""
    realtime: bool
    """False where frames come as fast as they are taken (time is counted in samples)."""
    overflows: int
    """Times so far that the sound card lost input."""

    def hear(self, said: str) -> None:
        """Tell the candidate what the interviewer just said (a microphone ignores it)."""

    def frames(self) -> Iterator[Samples]:
        """Yield frames of `FRAME` samples at `RATE` until closed or the answer's file ends."""

    def close(self) -> None:
        """Let go of the device."""


Wanted = Callable[[], bool]
"""Whether somebody still waits for what is being worked out."""


def always() -> bool:
    """What is asked where nothing else decides: whether to go on."""
    return True


def never() -> bool:
    """What is asked where nothing else decides: whether to stop, say."""
    return False


class Transcriber(Protocol):
    """Speech to words."""

    name: str

    @property
    def digest(self) -> str:
        """SHA-256 of the model's weights."""

    def transcribe(
        self,
        samples: Samples,
        vocabulary: tuple[str, ...] = (),
        context: str = "",
        wanted: Wanted = always,
    ) -> tuple[Word, ...]:
        """Words with times from the first sample; empty for silence and noise.

        Where it takes long, `wanted` is asked halfway: may raise `Unwanted`.
        """


class Speaker(Protocol):
    """Text to sound."""

    name: str

    def render(self, text: str) -> Clip:
        """Speak one sentence into memory."""


@dataclass(frozen=True)
class Played:
    """What became of one clip."""

    seconds: float
    """How much of it was heard."""
    finished: bool


class Loudspeaker(Protocol):
    """Where sound goes."""

    name: str
    realtime: bool

    def play(
        self, clip: Clip, stop: Callable[[], bool] = ..., softly: Callable[[], bool] = ...
    ) -> Played:
        """Play to the end, or until `stop()` turns true; with a lowered voice while `softly()`.

        Both are asked at least every 50 ms.
        """

    def close(self) -> None:
        """Let go of the device."""


@dataclass(frozen=True)
class Said:
    """One utterance of the interviewer."""

    text: str
    """What was meant to be said."""
    spoken: str
    """The part that was heard; equal to `text` unless interrupted."""
    interrupted: bool
    seconds: float
    """From first to last sample."""
    render_seconds: float
    """Wall time until the first sentence was sound."""


@dataclass(frozen=True)
class Listening:
    """What the ears should know before they listen."""

    audio: Path | None
    """Where the answer is streamed while it is spoken (FLAC, 16 kHz mono); None keeps none."""
    vocabulary: tuple[str, ...] = ()
    """Words of the trade for the recogniser, most important first."""
    patience: float = 1.0
    """Multiplies every silence that the endpointer waits for."""
    thought: float = 1.0
    """Multiplies the silence before the first word once more: somebody asked for a minute."""
    limit: float = LONGEST
    """Seconds from the first word after which the answer ends at its next pause."""


@dataclass(frozen=True)
class Heard:
    """One utterance of the candidate."""

    words: tuple[Word, ...]
    seconds: float
    """Length of the recording, silence included."""
    ended_by: EndedBy
    speech_end: float
    """Second of the last voiced sample, 0 where nothing was said."""
    overflows: int = 0
    """Times that the sound card lost input."""
    stages: tuple[tuple[str, float], ...] = ()
    """Wall seconds by stage after the end of speech: endpoint, transcribe, consider (waiting for
    `while_hearing`)."""


class Ears(Protocol):
    """Listens to one answer."""

    def listen(
        self, listening: Listening, while_hearing: Callable[[tuple[Word, ...]], None]
    ) -> Heard:
        """Return when the answer has ended; hand over the growing transcript at each pause."""


class Mouth(Protocol):
    """Says one utterance."""

    def say(self, sentences: Iterable[str], audio: Path | None = None) -> Said:
        """Speak sentence after sentence; the first plays while the next is being made.

        What was heard is kept in `audio` (FLAC) where a path is given; no file is made where
        nothing was.
        """
