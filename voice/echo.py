"""Takes the interviewer's voice out of what the microphone hears (WebRTC's echo canceller)."""

import threading
from collections import deque

import numpy as np

from voice.errors import VoiceError
from voice.resample import Resampler
from voice.seams import RATE, Samples

LEAD = 0.02
"""Seconds by which the played sound is given to the canceller too early: it models an echo that
comes after its cause, and the clocks of two sound devices are only that exact."""
SLIP = 0.06
"""Seconds that the two clocks may drift apart before they are lined up anew. The canceller
follows slow drift by itself; each new alignment costs it about a second of learning."""
KEPT = 5.0
"""Seconds of played sound that are kept for late frames."""


class EchoCanceller:
    """Between the two: `SystemLoudspeaker(tap=echo.played)`, `Microphone(clean=echo.clean)`."""

    def __init__(self) -> None:
        """Raises `VoiceError` where the extra `echo` is not installed."""
        try:
            from pywebrtc_audio import EchoCanceller as WebRTC
        except ImportError as error:
            raise VoiceError(
                "Echo cancellation needs an extra: pip install 'mock-interviewer[echo]'. Or use "
                "headphones."
            ) from error
        self._webrtc = WebRTC(sample_rate=RATE)
        self._arrived: deque[tuple[Samples, int, float]] = deque()
        self._lock = threading.Lock()
        self._resampler: Resampler | None = None
        self._far = np.zeros(0, np.float32)
        self._far_at = 0.0
        """When the first sample of `_far` was heard."""
        self._cursor: float | None = None
        """When the next sample to give to the canceller was heard."""

    def played(self, block: Samples, rate: int, at: float) -> None:
        """Take what goes out; called from the audio thread, so it only notes it down."""
        self._arrived.append((block, rate, at))

    def clean(self, frame: Samples, at: float) -> Samples:
        """The frame (16 kHz) without the echo; `at` is when its first sample was captured."""
        with self._lock:
            self._take_in()
            wanted = at + LEAD
            if self._cursor is None or abs(self._cursor - wanted) > SLIP:
                self._cursor = wanted
            far = self._between(self._cursor, len(frame))
            self._cursor += len(frame) / RATE
            return np.asarray(self._webrtc.process(frame, far), np.float32)

    def _take_in(self) -> None:
        while self._arrived:
            block, rate, at = self._arrived.popleft()
            expected = self._far_at + len(self._far) / RATE
            if self._resampler is None or abs(at - expected) > SLIP:
                # The stream began, or was opened anew.
                self._resampler = Resampler(rate, RATE)
                self._far, self._far_at = np.zeros(0, np.float32), at
            self._far = np.concatenate([self._far, self._resampler.push(block)])
        surplus = len(self._far) - round(KEPT * RATE)
        if surplus > 0:
            self._far = self._far[surplus:]
            self._far_at += surplus / RATE

    def _between(self, start: float, length: int) -> Samples:
        """What was played from then on; silence where nothing was."""
        out = np.zeros(length, np.float32)
        first = round((start - self._far_at) * RATE)
        begin, end = max(first, 0), min(first + length, len(self._far))
        if begin < end:
            out[begin - first : end - first] = self._far[begin:end]
        return out
