"""Starts and ends the embedded language model's server."""

import json
import os
import queue
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from interviewer.errors import InterviewError
from interviewer.llm import openmp
from interviewer.llm.server_process import NICE, Serving

_LONGEST = 300.0
"""Seconds that loading may take; 4 s on two idle cores, and a slow disk reads 1 GB in a minute."""

_APART: dict[str, Any] = (
    {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    if sys.platform == "win32"
    else {"start_new_session": True}
)

_CALM = {"OMP_WAIT_POLICY": "passive"}
"""Threads that wait for each other sleep instead of spinning. With the recogniser on the same two
cores, spinning made the model 5 to 20 times slower; on idle cores it gains nothing."""

Waiting = Callable[[float], None]
"""Takes the seconds that loading has taken so far; called a few times a second."""


@dataclass(frozen=True)
class Address:
    """Where an OpenAI-compatible server answers."""

    url: str
    """Ends in /v1 as a rule."""
    key: str


class Engine:
    """llama.cpp's server in a child process on loopback; it ends with this process.

    A context manager. `start` returns at once, so that loading overlaps with the welcome.
    """

    def __init__(
        self, model: Path, name: str, *, threads: int | None = None, nice: int = NICE
    ) -> None:
        """`model` is a GGUF file; nothing is started yet. `nice`: see `Serving`."""
        self._key = secrets.token_urlsafe(32)
        self._serving = Serving(str(model), self._key, name, threads=threads, nice=nice)
        self._process: subprocess.Popen[str] | None = None
        self._first_line: queue.Queue[str] = queue.Queue()
        # Lives as long as the engine; `close` closes it. Appended to, since reading it here moves
        # the child's place in it, too.
        self._log = tempfile.TemporaryFile("a+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._address: Address | None = None
        self._guard = threading.Lock()
        self._started = 0.0
        self._over = ""
        """Why there is no server any more; nobody gets another one from this engine."""

    def __enter__(self) -> Self:
        """Start it."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.close()

    @property
    def pid(self) -> int | None:
        """The child's process id, None before `start`."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start loading and return at once; raises `InterviewError` where no process starts.

        Call it from a thread that lives until the model is loaded.
        """
        if self._over:
            raise InterviewError(self._over)
        self._started = time.monotonic()
        # Apart, because Ctrl-C is for the interview, which then still wants its model.
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "interviewer.llm.server_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log,
                env=_CALM | os.environ | openmp.settings(),
                text=True,
                encoding="utf-8",
                **_APART,
            )
            self._process = process
            assert process.stdin and process.stdout
            process.stdin.write(self._serving.line())
            process.stdin.flush()
        except OSError as error:
            raise InterviewError(f"The language model's process did not start: {error}.") from error
        answers = process.stdout
        threading.Thread(
            target=lambda: self._first_line.put(answers.readline()), daemon=True
        ).start()

    def ready(self, waiting: Waiting = lambda seconds: None) -> Address:
        """Wait until the model is loaded, and say where it answers.

        Raises `InterviewError` where loading failed, or the server has died since.
        """
        with self._guard:
            if self._process is None:
                self.start()
            if self._address is None:
                self._address = self._wait(waiting)
            self._check_alive()
            return self._address

    def close(self) -> None:
        """End the process; whatever it is doing is dropped. May be called twice."""
        self._over = self._over or "The language model was ended."
        process, self._process = self._process, None
        self._address = None
        if process is not None:
            process.kill()
            # Closes the pipes, too.
            process.communicate()
        self._log.close()

    def _wait(self, waiting: Waiting) -> Address:
        while (seconds := time.monotonic() - self._started) < _LONGEST:
            waiting(seconds)
            try:
                line = self._first_line.get(timeout=0.2)
            except queue.Empty:
                continue
            if not line and self._over:
                raise InterviewError(self._over)
            if not line:
                # For those who ask again: there is no other line to wait for.
                self._first_line.put(line)
                self._reap()
                raise InterviewError(f"The language model could not be loaded: {self._told()}")
            return Address(json.loads(line)["url"], self._key)
        self._over = (
            f"The language model was not loaded after {_LONGEST:.0f} s. Close other programs and "
            "try again, or use a server of your own with --llm URL."
        )
        self.close()
        raise InterviewError(self._over)

    def _reap(self) -> None:
        """Let a process that closed its output finish what it writes to the log."""
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(5)

    def _check_alive(self) -> None:
        if self._process is not None and self._process.poll() is not None:
            raise InterviewError(f"The language model's process has ended: {self._told()}")

    def _told(self) -> str:
        """The first error of the log, or its last line, and what to do."""
        self._log.seek(0)
        lines = [line.strip() for line in self._log.readlines() if line.strip()]
        errors = [line.partition(" E ")[2] for line in lines if " E " in line]
        told = (errors[:1] or lines[-1:] or ["it said nothing"])[0][:300]
        if self._process is not None and self._process.poll() == -9:
            told = "the system killed it, probably for want of memory (about 2.1 GB are needed)"
        return f"{told}.\nRun: interview doctor"
