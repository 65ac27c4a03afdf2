"""The real command line in a process of its own, as a person starts it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import soundfile
import yaml

from interviewer.models import installed
from sessions.model import Session
from sessions.store import SessionStore

INTERVIEW = Path(sys.executable).with_name("interview")
RECORDINGS = Path(__file__).parent.parent / "fixtures" / "audio"


@dataclass(frozen=True)
class Done:
    """A program that ended."""

    code: int
    out: str
    err: str

    def complaint(self) -> str:
        """What a person is told where it failed: one to three lines, no traceback."""
        assert self.code not in (0, None), self.out
        assert "Traceback" not in self.out + self.err, self.err
        assert "Error: " in self.err, self.err
        told = self.err[self.err.index("Error: ") + 7 :].strip()
        assert 1 <= len(told.splitlines()) <= 3, told
        return told


def environment(folder: Path, sound: Mapping[str, str] | None = None) -> dict[str, str]:
    """An empty home below `folder`; the models stay where they are.

    `sound` are the settings of a sound card; without them there is none (on Linux).
    """
    if sound is None:
        alsa = folder / "alsa.conf"
        # One device, which does not exist: with none at all PortAudio aborts.
        alsa.write_text("pcm.default { type nothing }\n", encoding="utf-8")
        sound = {"ALSA_CONFIG_PATH": str(alsa)}
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MOCK_INTERVIEWER_", "OPENAI_", "XDG_", "PULSE_"))
    }
    home = {"HOME": str(folder), "MOCK_INTERVIEWER_MODELS": str(installed.root())}
    return kept | home | {"MOCK_INTERVIEWER_SESSIONS": str(folder / "sessions")} | dict(sound)


def interview(*arguments: object, env: Mapping[str, str], largest: int | None = None) -> Done:
    """Run it to its end, without a terminal; no file may become larger than `largest` bytes."""

    def limit() -> None:
        if largest is not None:
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    done = subprocess.run(
        [INTERVIEW, *map(str, arguments)],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=1200,
        preexec_fn=None if largest is None else limit,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Running:
    """A program that runs; what it prints goes to files."""

    process: "subprocess.Popen[bytes]"
    folder: Path

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait for that; a program that ended before is a failure."""
        deadline = time.monotonic() + 300
        while not true():
            assert self.process.poll() is None, f"ended before {what}: {self.told()}"
            assert time.monotonic() < deadline, f"waited in vain until {what}: {self.told()}"
            time.sleep(0.02)

    def ended(self) -> Done:
        """Wait for its end."""
        code = self.process.wait(600)
        return Done(code, *self.told())

    def told(self) -> tuple[str, str]:
        """What it printed so far, to stdout and stderr."""
        return (self.folder / "out").read_text(), (self.folder / "err").read_text()


@contextmanager
def running(
    *arguments: object, env: Mapping[str, str], folder: Path, deaf: bool = False
) -> Iterator[Running]:
    """Start it; it is killed where a test leaves it behind.

    `deaf` to Ctrl-C are the background jobs of scripts.
    """

    def ignore() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = subprocess.Popen(
            [INTERVIEW, *map(str, arguments)],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            preexec_fn=ignore if deaf else None,
        )
    try:
        yield Running(process, folder)
    finally:
        process.kill()
        process.wait()


def only_session(folder: Path) -> Session:
    """The one session below that home."""
    return SessionStore(folder / "sessions").load("last")


def beginning(name: str, seconds: float, folder: Path) -> Path:
    """The first seconds of a recording, as a file in `folder`."""
    sound = soundfile.SoundFile(RECORDINGS / name)
    path = folder / f"{seconds:g}-{name}"
    soundfile.write(path, sound.read(round(seconds * sound.samplerate)), sound.samplerate)
    return path


def text_of(name: str) -> str:
    """What is said in a recording."""
    sheet = yaml.safe_load((RECORDINGS / "candidate.yaml").read_text(encoding="utf-8"))
    return str(next(one["text"] for one in sheet["recordings"] if one["file"] == name))


def children(pid: int) -> list[int]:
    """Processes that a process started and that run."""
    path = Path(f"/proc/{pid}/task")
    return [
        int(child) for task in path.iterdir() for child in (task / "children").read_text().split()
    ]


def alive(pid: int) -> bool:
    """Whether a process runs (one that waits to be buried does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
