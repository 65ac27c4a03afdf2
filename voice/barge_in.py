"""Does the person interrupt? Watched while the interviewer speaks."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from voice.seams import FRAME, RATE, Samples, always


@dataclass(frozen=True)
class Enough:
    """How much speech is an interruption."""

    speech: float
    """Seconds of it."""
    within: float
    """Seconds in which they must fall: words of one breath, not two noises far apart."""


CLEAR = Enough(speech=0.6, within=0.8)
"""Where the microphone hears the person alone: a drawn-out "mm-hm" has 0.5 s, and the voice is
lowered long before."""
CANCELLED = Enough(speech=0.4, within=1.0)
"""Where an echo canceller is at work: it swallows syllables, those of a "mm-hm" too."""
BEFORE = 1.2
"""Seconds before the interruption was noticed that belong to the answer: its first words, and a
little more than `CANCELLED.within`."""
HINT = 0.09
"""Seconds of speech, within the last `HINT_WITHIN`, at which somebody may have begun to."""
HINT_WITHIN = 0.32
HOLD = 1.0
"""Seconds for which that stays so without more of it."""


class Overheard(Protocol):
    """A microphone that can be looked into without waiting."""

    def pending(self) -> list[Samples]:
        """Frames that arrived since the last call."""

    def put_back(self, frames: list[Samples]) -> None:
        """Frames with which the next answer begins."""

    def flush(self) -> None:
        """Forget what was heard so far."""


class BargeIn:
    """The mouth's `stop` (call it), `softly` (`suspects`) and `before` (`arm`).

    An echo canceller suppresses whoever speaks at the same time as the interviewer, often all but
    the first syllable. So at that one the interviewer lowers its voice, as people do, and the rest
    is heard; docs/interrupting.md has the figures.

    The microphone's frames must be free of the interviewer's own voice: headphones, or an echo
    canceller. Without either leave barge-in off, and the microphone is not listened to while
    the interviewer speaks.
    """

    def __init__(
        self,
        microphone: Overheard,
        is_speech: Callable[[Samples], bool],
        *,
        enough: Enough = CLEAR,
        trusted: Callable[[], bool] = always,
    ) -> None:
        """`is_speech` judges one frame after the other.

        `trusted()`: whether the frames are free of the interviewer's voice by now; an echo
        canceller has to hear the room before it can take it away, headphones always are.
        """
        self._microphone = microphone
        self._is_speech = is_speech
        self._needed = enough.speech * RATE / FRAME
        self._recent: deque[bool] = deque(maxlen=round(enough.within * RATE / FRAME))
        self._heard: deque[Samples] = deque(maxlen=round(BEFORE * RATE / FRAME))
        self._trusted = trusted
        self._latest: deque[bool] = deque(maxlen=round(HINT_WITHIN * RATE / FRAME))
        self._held = 0
        """Frames for which a hint still counts."""
        self._interrupted = False

    def arm(self) -> None:
        """A new utterance begins."""
        self._microphone.flush()
        self._forget()
        self._interrupted = False

    def suspects(self) -> bool:
        """Whether somebody may have begun to speak: as of the last call of `stop`."""
        return self._held > 0

    def __call__(self) -> bool:
        """Whether the person has interrupted; their first words are put back for the ears."""
        for frame in () if self._interrupted else self._microphone.pending():
            speech = self._is_speech(frame)
            if not self._trusted():
                self._forget()  # What was heard just before may have been the interviewer, too.
                continue
            self._heard.append(frame)
            self._recent.append(speech)
            self._wonder(speech)
            self._interrupted = self._interrupted or sum(self._recent) >= self._needed
        if self._interrupted and self._heard:
            self._microphone.put_back(list(self._heard))
            self._heard.clear()
        return self._interrupted

    def _forget(self) -> None:
        self._recent.clear()
        self._heard.clear()
        self._latest.clear()
        self._held = 0

    def _wonder(self, speech: bool) -> None:
        self._latest.append(speech)
        begun = sum(self._latest) >= HINT * RATE / FRAME
        self._held = round(HOLD * RATE / FRAME) if begun else max(0, self._held - 1)
