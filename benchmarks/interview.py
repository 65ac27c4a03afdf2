"""`interview practice` as a process of its own, and the lines that it prints."""

import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.processes import Watch
from benchmarks.soundcard import SoundCard

PROGRAM = [
    sys.executable,
    "-c",
    "import faulthandler, os; told = os.fdopen(os.dup(2), 'w'); faulthandler.enable(told); "
    "from interviewer.cli import main; main()",
]
"""`interview`, with this interpreter and the checkout that holds this file. Its threads are printed
on a copy of standard error, since the sound library's complaints are kept off the real one."""


class Interview:
    """The running program and the lines that it prints."""

    def __init__(self, card: SoundCard, words: list[str]) -> None:
        env = card.env | {"PYTHONUNBUFFERED": "1", "COLUMNS": "200"}
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [*PROGRAM, "practice", *words],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: queue.Queue[tuple[float, str] | None] = queue.Queue()
        self.seen: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def until(self, start: str, seconds: float) -> float | None:
        """When a line began so; None where none did in time, or the program ended."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                item = self._lines.get(timeout=left)
            except queue.Empty:
                return None
            if item is None:
                return None
            self.seen.append(item[1])
            if item[1].startswith(start):
                return item[0]
        return None

    def state(self) -> str:
        """Whether the program goes on; a silent death shows in its exit code."""
        code = self.process.poll()
        return "it still runs" if code is None else f"it ended with {code}"

    def stuck(self) -> str:
        """What it was doing: its last lines, and where each of its threads stands."""
        state = self.state()
        known = len(self.seen)
        # Python's fault handler prints every thread's stack on this signal.
        self.process.send_signal(signal.SIGABRT)
        self.until("\0", 5.0)
        return " / ".join((state, *self.seen[max(0, known - 9) :][:150]))

    def end(self) -> None:
        """The session is on disk; nothing is left to be done properly."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put((time.monotonic(), line.rstrip()))
        self._lines.put(None)


@contextmanager
def interviewed(card: SoundCard, words: list[str]) -> Iterator[tuple[Interview, Watch]]:
    interview = Interview(card, words)
    watch = Watch(interview.process.pid)
    try:
        yield interview, watch
    finally:
        watch.stop()
        interview.end()
