"""Does the person interrupt? Watched while the interviewer speaks."""

from collections import deque
from collections.abc import Callable
from typing import Protocol

from voice.seams import FRAME, RATE, Samples

NEEDED = 0.4
"""Seconds of speech that make an interruption: "mm-hm" and a cough have less."""
WITHIN = 0.6
"""Seconds in which they must fall: words of one breath, not two noises far apart."""
BEFORE = 0.8
"""Seconds before the interruption was noticed that belong to the answer: its first words."""


LEARNING = 3.0
"""Seconds of the interviewer's first words in which nobody can interrupt where an echo canceller
is at work: it has to hear the room before it can take it away."""


class Overheard(Protocol):
    """A microphone that can be looked into without waiting."""

    def pending(self) -> list[Samples]:
        """Frames that arrived since the last call."""

    def put_back(self, frames: list[Samples]) -> None:
        """Frames with which the next answer begins."""

    def flush(self) -> None:
        """Forget what was heard so far."""


class BargeIn:
    """The mouth's `stop` (call it) and `before` (`arm`).

    The microphone's frames must be free of the interviewer's own voice: headphones, or an echo
    canceller. Without either leave barge-in off, and the microphone is not listened to while
    the interviewer speaks.
    """

    def __init__(
        self,
        microphone: Overheard,
        is_speech: Callable[[Samples], bool],
        *,
        needed: float = NEEDED,
        within: float = WITHIN,
        learning: float = 0.0,
    ) -> None:
        """`is_speech` judges one frame after the other; seconds for the rest.

        `learning`: `LEARNING` with an echo canceller, 0 with headphones.
        """
        self._microphone = microphone
        self._is_speech = is_speech
        self._needed = needed * RATE / FRAME
        self._recent: deque[bool] = deque(maxlen=round(within * RATE / FRAME))
        self._heard: deque[Samples] = deque(maxlen=round(BEFORE * RATE / FRAME))
        self._learning = round(learning * RATE / FRAME)
        """Frames still to be let pass."""
        self._interrupted = False

    def arm(self) -> None:
        """A new utterance begins."""
        self._microphone.flush()
        self._recent.clear()
        self._heard.clear()
        self._interrupted = False

    def __call__(self) -> bool:
        """Whether the person has interrupted; their first words are put back for the ears."""
        for frame in () if self._interrupted else self._microphone.pending():
            speech = self._is_speech(frame)
            if self._learning:
                self._learning -= 1
                continue
            self._heard.append(frame)
            self._recent.append(speech)
            self._interrupted = self._interrupted or sum(self._recent) >= self._needed
        if self._interrupted and self._heard:
            self._microphone.put_back(list(self._heard))
            self._heard.clear()
        return self._interrupted
