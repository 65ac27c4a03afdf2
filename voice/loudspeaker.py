"""Sound goes out, can be stopped at any moment, and its end is known exactly."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from voice import devices, portaudio
from voice.portaudio import DeviceError
from voice.resample import resample
from voice.seams import Clip, Played, Samples, never

BUFFER = 0.3
"""Seconds that the sound card may hold. Plenty, because running dry once costs up to two seconds
(PortAudio on PulseAudio); it delays nothing: each clip opens a stream, whose first block sounds
within some 10 ms, and a stop throws away what the card still holds."""
ASK = 0.02
"""Seconds between two questions whether to stop."""
SOFT = 0.2
"""Gain of a lowered voice (-14 dB): still understood, and no longer in the way of another one."""
STALL = 3.0
"""Seconds beyond the clip's end after which the device is taken to be gone."""

_REMEMBERED = 500
"""Blocks: more than the buffer ever holds."""

Tap = Callable[[Samples, int, float], None]
"""Takes each block as it goes out, its rate, and when its first sample will be heard (seconds of
PortAudio's clock). Called from the audio thread: must return at once."""


class SystemLoudspeaker:
    """A sound card; it is held only while something is played."""

    realtime = True

    def __init__(self, device: str | None = None, tap: Tap | None = None) -> None:
        """`device`: number, name or part of it; raises `DeviceError` where there is none."""
        self._wanted = device
        self._tap = tap
        self.name = devices.find("output", device).name

    def play(
        self,
        clip: Clip,
        stop: Callable[[], bool] = never,
        softly: Callable[[], bool] = never,
    ) -> Played:
        """Play to the end, or until `stop()` turns true; `softly()`: with a lowered voice.

        Both are asked every 20 ms. What the card already holds (`BUFFER`) stays as loud as it is.

        Returns when the last sample has left the device. Raises `DeviceError` where the device
        cannot be opened or went away.
        """
        device = devices.find("output", self._wanted)
        playback = _Playback(resample(clip, device.rate).samples, device.rate, self._tap)
        stream = portaudio.opened(
            "output",
            device.name,
            device=device.index,
            samplerate=device.rate,
            channels=min(2, device.channels),
            latency=BUFFER,
            callback=playback.fill,
            # The first block is the clip's, not silence.
            prime_output_buffers_using_stream_callback=True,
        )
        try:
            heard = self._watch(stream, playback, clip.seconds, stop, softly)
        finally:
            portaudio.closed(stream)
        return Played(heard, finished=heard == clip.seconds)

    def close(self) -> None:
        """Nothing is held between clips."""

    def _watch(
        self,
        stream: Any,  # noqa: ANN401 - sounddevice has no types.
        playback: "_Playback",
        seconds: float,
        stop: Callable[[], bool],
        softly: Callable[[], bool],
    ) -> float:
        """Wait for the end or the stop; how much was heard by then."""
        deadline = time.monotonic() + seconds + STALL
        while (heard := playback.heard(stream.time)) < seconds:
            if stop():
                return min(playback.heard(stream.time), seconds)
            playback.gain = SOFT if softly() else 1.0
            if not stream.active or time.monotonic() > deadline:
                raise DeviceError(
                    "gone",
                    f"The loudspeaker '{self.name}' went away. Connect it again, or choose "
                    "another one with --output-device.",
                )
            time.sleep(min(ASK, seconds - heard))
        return seconds


class _Playback:
    """One clip on its way out; the audio thread moves it on."""

    def __init__(self, samples: Samples, rate: int, tap: Tap | None) -> None:
        self._samples = samples
        self._rate = rate
        self._tap = tap
        self._position = 0
        self._blocks: list[tuple[int, float]] = []
        """Of each block its first sample, and when that will be heard."""
        self.gain = 1.0
        """How loud the next block ends; it begins as loud as the last one ended."""
        self._gained = 1.0

    def fill(self, out: Samples, frames: int, times: Any, _: Any) -> None:  # noqa: ANN401
        """Hand over the next block, silence after the end; called from the audio thread."""
        block = np.zeros(frames, np.float32)
        part = self._samples[self._position : self._position + frames]
        gain = self.gain
        block[: len(part)] = part * np.linspace(self._gained, gain, len(part), dtype=np.float32)
        self._gained = gain
        out[:] = block[:, None]
        self._blocks.append((self._position, times.outputBufferDacTime))
        self._position += frames
        if self._tap is not None:
            self._tap(block, self._rate, times.outputBufferDacTime)

    def heard(self, now: float) -> float:
        """Seconds of the stream that have left the device at that time of its clock."""
        begun = [(first, at) for first, at in self._blocks[-_REMEMBERED:] if at <= now]
        if not begun:
            return 0.0
        first, at = begun[-1]
        return min(first / self._rate + now - at, self._position / self._rate)


class SilentLoudspeaker:
    """For machines without one: plays nothing, takes no time, and says how long it would be."""

    name = "silent"
    realtime = False

    def play(
        self,
        clip: Clip,
        stop: Callable[[], bool] = never,
        softly: Callable[[], bool] = never,
    ) -> Played:
        """Nothing is heard; all of it counts as heard unless `stop()` is true already."""
        return Played(0.0, False) if stop() else Played(clip.seconds, True)

    def close(self) -> None:
        """There is nothing to let go of."""
