"""A person at a microphone."""

import threading
import time
from collections.abc import Callable, Iterator
from queue import Empty, Full, Queue
from typing import Any, Literal

import numpy as np

from voice import devices, portaudio
from voice.devices import Device
from voice.portaudio import DeviceError
from voice.resample import Resampler
from voice.seams import FRAME, RATE, Samples

BLOCK = 0.02
"""Seconds in a block from the sound card: less than a frame, so that frames come evenly."""
HELD = 30.0
"""Seconds kept while nobody takes frames; more is lost and counted as overflow."""
STALL = 2.0
"""Seconds without a block after which the microphone is taken to be unplugged: opening one on a
busy machine has been seen to take longer than one."""
REPLUG = 120.0
"""Seconds to wait for it to come back."""
DEAF = 0.2
"""Seconds after the interviewer's last word in which a room still holds it (its echo, and the
delay of sound cards); people take about as long before they begin."""
ANOTHER = 5.0
"""Seconds without it after which another one is taken, where none was asked for by name."""
RETRY = 0.5
"""Seconds between two attempts to find it again."""

DeviceEvent = Literal["lost", "back", "another", "gone"]
"""another: it was lost, and the microphone's `name` is now that of the one that hears in its place;
gone: it was lost and did not come back in time."""
Cleaner = Callable[[Samples, float], Samples]
"""Takes a frame and when its first sample was captured (seconds of PortAudio's clock)."""


def _told(event: DeviceEvent) -> None:
    pass


class Microphone:
    """A sound card's input; opened at the first frame and kept open until `close`.

    A `Candidate`. When it is unplugged in the middle of an answer, `frames` tells `on_device`,
    waits for it to come back and goes on: the time in between is missing from the recording. Where
    only another one is left that was not ruled out by `device`, that one hears the rest.
    """

    realtime = True

    def __init__(
        self,
        device: str | None = None,
        *,
        on_device: Callable[[DeviceEvent], None] = _told,
        clean: Cleaner | None = None,
        replug: float = REPLUG,
        deaf: float = 0.0,
    ) -> None:
        """`device`: number, name or part of it; `clean`: an echo canceller; `replug`: seconds.

        `deaf`: seconds that are dropped at the start of each answer, for open loudspeakers.
        Raises `DeviceError` where there is no such microphone.
        """
        self.name = devices.find("input", device).name
        self._wanted = device
        self._on_device = on_device
        self._clean = clean
        self._replug = replug
        self._deaf = round(deaf * RATE / FRAME)
        self._skip = 0
        """Frames that are still to be dropped."""
        self._inbox: Queue[tuple[Samples, float]] = Queue(round(HELD / BLOCK))
        self._framer = _Framer(RATE)
        self._again: list[Samples] = []
        self._stream: Any = None
        self._closing = threading.Event()
        self._listening = False
        self.overflows = 0
        """Times that input was lost while somebody listened."""

    def hear(self, said: str) -> None:
        """A person has ears."""

    def frames(self) -> Iterator[Samples]:
        """Yield frames from now on (first those that were put back), until closed.

        Raises `DeviceError` where the microphone cannot be opened, or stays away.
        """
        self._closing.clear()
        self._open()
        if not self._again:
            self.flush()
        self._listening = True
        self._skip = 0 if self._again else self._deaf
        try:
            while not self._closing.is_set():
                while self._again:
                    yield self._again.pop(0)
                fresh = self._next_frames()
                skip, self._skip = self._skip, max(0, self._skip - len(fresh))
                yield from fresh[skip:]
        finally:
            self._listening = False

    def pending(self) -> list[Samples]:
        """The frames that have arrived since frames were last taken; does not wait."""
        self._open()
        frames: list[Samples] = []
        while True:
            try:
                frames += self._framed(*self._inbox.get_nowait())
            except Empty:
                return frames

    def put_back(self, frames: list[Samples]) -> None:
        """Let the next `frames` begin with these: the words by which somebody interrupted."""
        self._again = list(frames)

    def flush(self) -> None:
        """Forget what was heard and not taken."""
        self.pending()
        self._again = []

    def resume(self) -> None:
        """Go on with an answer that the interviewer spoke into: without what was said then."""
        self.flush()
        self._skip = self._deaf

    def close(self) -> None:
        """Let go of the device; a running `frames` ends."""
        self._closing.set()
        self._shut()

    def _next_frames(self) -> list[Samples]:
        """Wait for a block and cut it into frames; deals with an unplugged microphone."""
        waited = 0.0
        while not self._closing.is_set():
            try:
                return self._framed(*self._inbox.get(timeout=0.1))
            except Empty:
                waited += 0.1
            if waited >= STALL:
                self._wait_for_device()
                waited = 0.0
        return []

    def _framed(self, block: Samples, at: float) -> list[Samples]:
        frames = self._framer.push(block, at)
        return [self._clean(frame, at) if self._clean else frame for frame, at in frames]

    def _wait_for_device(self) -> None:
        self._on_device("lost")
        lost = time.monotonic()
        while not self._closing.is_set():
            self._shut()
            portaudio.refresh()
            before, waited = self.name, time.monotonic() - lost
            if self._hears(another=waited >= ANOTHER):
                self._on_device("back" if self.name == before else "another")
                return
            if waited > self._replug:
                self._on_device("gone")
                raise DeviceError(
                    "gone",
                    f"The microphone '{self.name}' went away and did not come back within "
                    f"{self._replug:.0f} s. Connect it, or choose another one with --input-device.",
                )
            self._closing.wait(RETRY)

    def _hears(self, *, another: bool) -> bool:
        """Whether the device, or else `another`, can be opened and delivers something."""
        try:
            device = self._same() or (devices.find("input", self._wanted) if another else None)
            if device is None:
                return False
            self._open(device)
        except DeviceError:
            return False
        deadline = time.monotonic() + STALL
        while self._inbox.empty() and time.monotonic() < deadline:
            time.sleep(BLOCK)
        if self._inbox.empty():
            return False
        self.name = device.name
        return True

    def _same(self) -> Device | None:
        """The microphone that was used before, under whatever number it is now."""
        same = [one for one in devices.devices("input") if one.name == self.name]
        # Windows has each of them several times, by driver.
        meant = (one for one in same if one.default or str(one.index) == self._wanted)
        return next(meant, same[0] if same else None)

    def _open(self, device: Device | None = None) -> None:
        if self._stream is not None:
            return
        device = device or self._same() or devices.find("input", self._wanted)
        self._framer = _Framer(device.rate)
        self._stream = portaudio.opened(
            "input",
            device.name,
            device=device.index,
            samplerate=device.rate,
            channels=min(2, device.channels),
            blocksize=round(BLOCK * device.rate),
            callback=self._take,
        )

    def _shut(self) -> None:
        if self._stream is not None:
            portaudio.closed(self._stream)
            self._stream = None

    def _take(self, block: Samples, frames: int, times: Any, status: Any) -> None:  # noqa: ANN401
        """Keep a block; called from the audio thread."""
        if status.input_overflow and self._listening:
            self.overflows += 1
        item = (block.mean(axis=1, dtype=np.float32), float(times.inputBufferAdcTime))
        try:
            self._inbox.put_nowait(item)
        except Full:
            self._inbox.get_nowait()
            self._inbox.put_nowait(item)
            self.overflows += self._listening


class _Framer:
    """Cuts blocks of any rate into frames of 16 kHz, each with the time of its first sample."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._resampler = Resampler(rate, RATE)
        self._rest = np.zeros(0, np.float32)

    def push(self, block: Samples, at: float) -> list[tuple[Samples, float]]:
        until = at + len(block) / self._rate
        self._rest = np.concatenate([self._rest, self._resampler.push(block)])
        begins = until - len(self._rest) / RATE
        whole = len(self._rest) // FRAME * FRAME
        frames = [
            (self._rest[start : start + FRAME], begins + start / RATE)
            for start in range(0, whole, FRAME)
        ]
        self._rest = self._rest[whole:]
        return frames
