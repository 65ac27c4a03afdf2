"""How long what is played takes into the microphone: where that changes, the echo is another one."""

from collections import deque

import numpy as np

from voice.audio import level
from voice.seams import FRAME, RATE, Samples

HEARD = -40.0
"""dBFS of the played sound that says something about the echo."""
OVER = 1.0
"""Seconds of sound that are compared."""
EVERY = 4
"""Frames from one comparison to the next."""
LONGEST = 0.4
"""Seconds; what comes later is no echo that a canceller could take out."""
CLEAR = 0.15
"""Least peak of the correlation (0 to 1) that is an echo: in most simulated rooms it is .27 and more,
where the room is louder than the direct sound .12 to .2; .11 at the most where somebody speaks on
headphones."""
APART = 0.03
"""Seconds up to which two delays are of one echo: the clocks of two devices drift, and what the system
says about when a sound is heard is only so exact from one sentence to the next. The canceller
follows that by itself."""
GONE = 40
"""Comparisons in a row that find no echo in what is played (5 s of it), after which there is none, as
with headphones. In a room about as loud as the echo many find none, and one now and then does."""


class EchoPath:
    """Listens to both, frame by frame."""

    def __init__(self) -> None:
        """Nothing was heard yet."""
        count = round(OVER * RATE / FRAME)
        self._frames: deque[tuple[Samples, Samples]] = deque(maxlen=count)
        self._since = 0
        self._delay: float | None = None
        """Seconds; None without an echo."""
        self._latest: float | None = None
        """What the latest comparison found; one alone may be wrong, as where a sound begins."""
        self._without = 0
        """Comparisons in a row that found none."""

    def changed(self, far: Samples, near: Samples) -> bool:
        """Whether the echo of what is played comes in another time now, or where there was none."""
        self._frames.append((far, near))
        self._since += 1
        if self._since < EVERY or len(self._frames) < (self._frames.maxlen or 0):
            return False
        self._since = 0
        played, heard = (np.concatenate(each) for each in zip(*self._frames, strict=True))
        sounds = level(played) > HEARD
        found = _delay(played, heard) if sounds else None
        latest, self._latest = self._latest, found
        if found is not None:
            self._without = 0
        elif sounds:
            self._without += 1
        if self._without >= GONE:
            self._delay = None
        if found is None or not _same(found, latest):
            return False
        before, self._delay = self._delay, found
        return not _same(found, before)


def _same(delay: float, other: float | None) -> bool:
    return other is not None and abs(delay - other) <= APART


def _delay(played: Samples, heard: Samples) -> float | None:
    """Seconds from the one to the other; None where the one is not in the other.

    Every frequency counts the same (the phase transform), so that the direct sound stands out
    from the room's and one voice is not taken for another.
    """
    longest = round(LONGEST * RATE)
    size = 1 << (len(played) + longest).bit_length()
    both = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size))
    peaks = np.abs(np.fft.irfft(both / (np.abs(both) + 1e-9), size)[:longest])
    best = int(np.argmax(peaks))
    return best / RATE if peaks[best] >= CLEAR else None
