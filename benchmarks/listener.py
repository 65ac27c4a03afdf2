"""Listens to a virtual sound card, with the times at which each sample was there."""

import subprocess
import threading
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np

from benchmarks.soundcard import CardError, SoundCard
from voice.seams import Samples

RATE = 16_000
BLOCK = 320
"""Samples that are read at once (20 ms)."""
LATEST = 10.0
"""Seconds until the first samples must be there."""
AUDIBLE = 0.005
"""Amplitude from which a sample is heard: -46 dBFS; the interviewer's voice peaks above -10."""


@dataclass(frozen=True)
class Recording:
    """What one source of the card was heard to play."""

    began: float
    """When its first sample was there, on the monotonic clock."""
    samples: Samples

    def first(self, after: float, amplitude: float = AUDIBLE) -> float | None:
        """When the first sample above `amplitude` was there after that time."""
        start = max(0, round((after - self.began) * RATE))
        loud = np.flatnonzero(np.abs(self.samples[start:]) > amplitude)
        return self.began + float(start + loud[0]) / RATE if len(loud) else None


class Listener:
    """Records one source of the card; all listeners of a run share the monotonic clock."""

    def __init__(self, card: SoundCard, source: str) -> None:
        """`source` is PulseAudio's name, for example `spk.monitor`."""
        self._source = source
        command = ["parec", "-d", source, "--raw", f"--rate={RATE}", "--channels=1"]
        command += ["--format=float32le", "--latency-msec=20"]
        self._process = subprocess.Popen(command, env=card.env, stdout=subprocess.PIPE)
        self._blocks: list[Samples] = []
        self._began = float("inf")
        """When the first sample was there: no block can arrive before its last sample."""
        self._thread = threading.Thread(target=self._take, name=f"listener {source}")

    def __enter__(self) -> Self:
        """Wait for the first samples; raises `CardError` where none come."""
        self._thread.start()
        deadline = time.monotonic() + LATEST
        while not self._blocks:
            late = time.monotonic() > deadline
            if late or self._process.poll() is not None:
                self._end()
                why = f"heard nothing for {LATEST:g} s" if late else self._ended()
                raise CardError(f"parec, which records {self._source}, {why}")
            time.sleep(0.01)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def _end(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._thread.join()

    def _ended(self) -> str:
        return f"ended with {self._process.returncode}: is the sound server there?"

    def _take(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        samples = 0
        while len(data := stream.read(4 * BLOCK)) == 4 * BLOCK:
            samples += BLOCK
            self._began = min(self._began, time.monotonic() - samples / RATE)
            self._blocks.append(np.frombuffer(data, np.float32))

    def recording(self) -> Recording:
        """What was heard so far; raises `CardError` where nothing is recorded any more."""
        if self._process.poll() is not None:
            raise CardError(f"parec, which records {self._source}, {self._ended()}")
        return Recording(self._began, np.concatenate(self._blocks))
