"""Listens to a virtual sound card, with the times at which each sample was there."""

import subprocess
import threading
import time
from types import TracebackType
from typing import Self

import numpy as np

from tests.soundcard import SoundCard

RATE = 16_000
BLOCK = 320
"""Samples that are read at once (20 ms)."""
AUDIBLE = 0.005
"""Amplitude from which a sample is heard: -46 dBFS; the interviewer's voice peaks above -10."""


class Listener:
    """Records one source of the card; all listeners of a run share the monotonic clock."""

    def __init__(self, card: SoundCard, source: str) -> None:
        """`source` is PulseAudio's name, for example `spk.monitor`."""
        command = ["parec", "-d", source, "--raw", f"--rate={RATE}", "--channels=1"]
        command += ["--format=float32le", "--latency-msec=20"]
        self._process = subprocess.Popen(command, env=card.env, stdout=subprocess.PIPE)
        self._blocks: list[np.ndarray] = []
        self._began = float("inf")
        """When the first sample was there: no block can arrive before its last sample."""
        self._thread = threading.Thread(target=self._take, name=f"listener {source}")

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._blocks:
            time.sleep(0.01)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._thread.join()

    def _take(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        samples = 0
        while len(data := stream.read(4 * BLOCK)) == 4 * BLOCK:
            samples += BLOCK
            self._began = min(self._began, time.monotonic() - samples / RATE)
            self._blocks.append(np.frombuffer(data, np.float32))

    def first(self, after: float, amplitude: float = AUDIBLE) -> float | None:
        """When the first sample above `amplitude` was there after that time."""
        sound = np.concatenate(self._blocks)
        start = max(0, round((after - self._began) * RATE))
        loud = np.flatnonzero(np.abs(sound[start:]) > amplitude)
        return self._began + float(start + loud[0]) / RATE if len(loud) else None

    def quiet_since(self, seconds: float) -> bool:
        """Whether nothing was heard for so long."""
        blocks = self._blocks[-round(seconds * RATE / BLOCK) :]
        return float(np.abs(np.concatenate(blocks)).max()) <= AUDIBLE
