"""Takes the interviewer's voice out of what the microphone hears (WebRTC's echo canceller)."""

import threading
from collections import deque

import numpy as np

from voice.audio import level
from voice.echo_path import HEARD, EchoPath
from voice.errors import VoiceError
from voice.resample import Resampler
from voice.seams import FRAME, RATE, Samples

LEAD = 0.02
"""Seconds by which the played sound is given to the canceller too early: it models an echo that
comes after its cause, and the clocks of two sound devices are only that exact."""
SLIP = 0.06
"""Seconds that the two clocks may drift apart before they are lined up anew. The canceller
follows slow drift by itself; each new alignment costs it about a second of learning."""
STEP = 160
"""Samples that WebRTC works on at once (10 ms). It pads what is not a multiple with zeros, which
has been seen to cost 30 dB, so frames of 512 are cut anew and come out 10 ms late."""
LEARNT = 12.0
"""dB by which the echo must have become less before the canceller is trusted."""
OVER = 2.0
"""Seconds of played sound over which that must hold. In simulated rooms the canceller took from
two to twelve seconds of speech; until then what it leaves sounds like somebody speaking."""
EVEN = 10.0
"""dB between the louder and the softer frames up to which the microphone hears a room's noise and
no echo, as with headphones: there is nothing to learn. Speech has 20 and more."""
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
        self._far: deque[_Stretch] = deque()
        self._cursor: float | None = None
        """When the next sample to give to the canceller was heard."""

        self.learnt = False
        """Whether it has taken the interviewer's voice out, or there is none to take out, so that
        what is left is the person's.
        A voice that speaks meanwhile delays it, and none undoes it. A new alignment does, and an
        echo that comes by another way: somebody pulled their headphones out."""
        self._path = EchoPath()
        self._energies: deque[tuple[float, float]] = deque(maxlen=round(OVER * RATE / FRAME))
        """Of the microphone and of what was left, for each frame with played sound."""
        self._doubted = 0
        """Frames with played sound for which a change of the echo's way still counts: it is noticed
        before there is much of the echo, and is none where the room's noise drowns it."""
        self._waiting = np.zeros((2, 0), np.float32)
        """Microphone and loudspeaker, not yet processed: less than a step."""
        self._ready = np.zeros(STEP, np.float32)
        """Processed and not yet handed out."""

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
                self._begin_anew()
            far = self._between(self._cursor, len(frame))
            self._cursor += len(frame) / RATE
            cleaned = self._processed(frame, far)
            if self._path.changed(far, frame) and self.learnt:
                self._doubted = self._energies.maxlen or 0
            if self._doubted and not self._even:
                self._begin_anew()
            if level(far) > HEARD:
                self._compare(frame, cleaned)
            return cleaned

    def _begin_anew(self) -> None:
        self.learnt = False
        self._doubted = 0
        self._energies.clear()

    def _compare(self, near: Samples, cleaned: Samples) -> None:
        self._doubted = max(0, self._doubted - 1)
        self._energies.append((float(near @ near), float(cleaned @ cleaned)))
        if len(self._energies) < (self._energies.maxlen or 0):
            return
        before, left = np.sum(self._energies, axis=0)
        taken_out = left <= before * 10 ** (-LEARNT / 10)
        self.learnt = bool(self.learnt or taken_out or self._even)

    @property
    def _even(self) -> bool:
        """Whether the microphone hears no echo, or none that stands out from the room's noise."""
        soft, loud = np.percentile([energy for energy, _ in self._energies], (10, 90))
        return bool(loud <= soft * 10 ** (EVEN / 10))

    def _processed(self, near: Samples, far: Samples) -> Samples:
        waiting = np.concatenate([self._waiting, np.stack([near, far])], axis=1)
        whole = waiting.shape[1] // STEP * STEP
        clean = self._webrtc.process(*np.ascontiguousarray(waiting[:, :whole], np.float32))
        ready = np.concatenate([self._ready, clean])
        self._waiting, self._ready = waiting[:, whole:], ready[len(near) :]
        return ready[: len(near)]

    def _take_in(self) -> None:
        while self._arrived:
            block, rate, at = self._arrived.popleft()
            if not self._far or abs(at - self._far[-1].until) > SLIP:
                # The loudspeaker began anew: the next sentence, or a gap.
                self._far.append(_Stretch(at, rate))
            self._far[-1].push(block)
        while len(self._far) > 1 and self._far[0].until < self._far[-1].until - KEPT:
            self._far.popleft()

    def _between(self, start: float, length: int) -> Samples:
        """What was played from then on; silence where nothing was."""
        out = np.zeros(length, np.float32)
        # In order: a stretch that was broken off is overwritten by the one that came instead.
        for stretch in self._far:
            stretch.put_into(out, start)
        return out


class _Stretch:
    """Sound that was played without a gap, at 16 kHz."""

    def __init__(self, at: float, rate: int) -> None:
        self._at = at
        self._resampler = Resampler(rate, RATE)
        self._sound = np.zeros(0, np.float32)

    @property
    def until(self) -> float:
        """When its last sample is heard."""
        return self._at + len(self._sound) / RATE

    def push(self, block: Samples) -> None:
        self._sound = np.concatenate([self._sound, self._resampler.push(block)])

    def put_into(self, out: Samples, start: float) -> None:
        """Fill the part of `out`, which begins at `start`, in which this was heard."""
        first = round((start - self._at) * RATE)
        begin, end = max(first, 0), min(first + len(out), len(self._sound))
        if begin < end:
            out[begin - first : end - first] = self._sound[begin:end]
