"""Sound goes out, can be stopped at any moment, and its end is known exactly."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from voice import devices, portaudio
from voice.portaudio import DeviceError
from voice.resample import resample
from voice.seams import Clip, Played, Samples

LATENCY = 0.06
"""Seconds that the sound card may hold back: little, so that stopping is quick; below this
PulseAudio on a busy machine starts to stutter."""
ASK = 0.02
"""Seconds between two questions whether to stop."""
STALL = 3.0
"""Seconds without a callback after which the device is taken to be gone: a starved machine, loading
a model, has been seen to need more than one."""

Tap = Callable[[Samples, int, float], None]
"""Takes each block as it goes out, its rate, and when its first sample will be heard (seconds of
PortAudio's clock). Called from the audio thread: must return at once."""


def _never() -> bool:
    return False


@dataclass
class _Playback:
    """One clip on its way out; the audio thread moves it on."""

    samples: Samples
    position: int = 0
    ends_at: float | None = None
    """When the last sample will be heard, by the stream's clock."""


class SystemLoudspeaker:
    """A sound card. Its stream stays open between clips, so that the next one starts at once."""

    realtime = True

    def __init__(self, device: str | None = None, tap: Tap | None = None) -> None:
        """`device`: number, name or part of it; raises `DeviceError` where there is none."""
        self._wanted = device
        self._tap = tap
        self._lock = threading.Lock()
        self._playback: _Playback | None = None
        self._called_at = 0.0
        self.underflows = 0
        """Times that the sound card ran dry."""
        self.name = devices.find("output", device).name
        self._rate = 0
        self._stream: Any = None

    def play(self, clip: Clip, stop: Callable[[], bool] = _never) -> Played:
        """Play to the end, or until `stop()` turns true (asked every 20 ms).

        Returns when the last sample has left the device. Raises `DeviceError` where the device
        cannot be opened or went away.
        """
        self._open()
        playback = _Playback(resample(clip, self._rate).samples)
        with self._lock:
            self._playback = playback
        try:
            finished = self._watch(playback, stop)
        finally:
            with self._lock:
                self._playback = None
        # What was handed over is heard also after a stop: it is in the sound card already.
        seconds = clip.seconds if finished else playback.position / self._rate
        return Played(min(seconds, clip.seconds), finished)

    def close(self) -> None:
        """Let go of the device."""
        if self._stream is not None:
            portaudio.closed(self._stream)
            self._stream = None

    def _watch(self, playback: _Playback, stop: Callable[[], bool]) -> bool:
        """Wait for the end; False where it was stopped."""
        while playback.ends_at is None or self._now() < playback.ends_at:
            if stop():
                return False
            if time.monotonic() - self._called_at > STALL:
                self.close()
                raise DeviceError(
                    "gone",
                    f"The loudspeaker '{self.name}' went away. Connect it again, or choose "
                    "another one with --output-device.",
                )
            time.sleep(ASK)
        return True

    def _now(self) -> float:
        return float(self._stream.time)

    def _open(self) -> None:
        if self._stream is not None and self._stream.active:
            return
        if self._stream is not None:
            self.close()
            portaudio.refresh()
        device = devices.find("output", self._wanted)
        self._rate = device.rate
        self._called_at = time.monotonic()
        self._stream = portaudio.opened(
            "output",
            device.name,
            device=device.index,
            samplerate=device.rate,
            channels=min(2, device.channels),
            latency=LATENCY,
            callback=self._fill,
        )

    def _fill(self, out: Samples, frames: int, times: Any, status: Any) -> None:  # noqa: ANN401
        """Hand over the next block; called from the audio thread."""
        block = np.zeros(frames, np.float32)
        with self._lock:
            playback = self._playback
            if playback is not None:
                part = playback.samples[playback.position : playback.position + frames]
                block[: len(part)] = part
                playback.position += len(part)
                if playback.position == len(playback.samples) and playback.ends_at is None:
                    playback.ends_at = times.outputBufferDacTime + len(part) / self._rate
        out[:] = block[:, None]
        self._called_at = time.monotonic()
        self.underflows += bool(status.output_underflow)
        if self._tap is not None:
            self._tap(block, self._rate, times.outputBufferDacTime)


class SilentLoudspeaker:
    """For machines without one: plays nothing, takes no time, and says how long it would be."""

    name = "silent"
    realtime = False

    def play(self, clip: Clip, stop: Callable[[], bool] = _never) -> Played:
        """Nothing is heard; all of it counts as heard unless `stop()` is true already."""
        return Played(0.0, False) if stop() else Played(clip.seconds, True)

    def close(self) -> None:
        """There is nothing to let go of."""
