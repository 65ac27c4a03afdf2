"""Whatever ends the program, what was said is kept."""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sessions.model import Session
from sessions.store import SessionStore
from tests.program import (
    INTERVIEW,
    alive,
    beginning,
    children,
    environment,
    only_session,
    running,
)
from tests.soundcard import SoundCard, sound_card
from voice.audio import read_audio

__all__ = ["sound_card"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]


def test_kill_9_in_mid_answer_costs_at_most_a_second(sound_card: SoundCard) -> None:
    folder = sound_card.folder
    recordings = [
        beginning("own-part.flac", 5, folder),
        beginning("production-failure.flac", 40, folder),
    ]
    # A loudspeaker makes the recorded candidate speak in real time.
    env = environment(folder, sound_card.env)
    store = SessionStore(folder / "sessions")
    with running("practice", "--candidate", *recordings, env=env, folder=folder) as program:
        program.until(lambda: bool(store.ids()), "it has a session")
        answer = store.path(store.ids()[0]) / "001-candidate.flac"
        program.until(answer.exists, "the second answer begins")
        began = time.monotonic()
        before = store.load("last")
        servers = children(program.process.pid)
        time.sleep(6)
        program.process.kill()
        spoken = time.monotonic() - began
        program.process.wait()
        deadline = time.monotonic() + 20
        while any(map(alive, servers)) and time.monotonic() < deadline:
            time.sleep(0.05)

    assert servers and not any(map(alive, servers))
    after = store.load("last")
    assert after == before
    assert after.status == "live"
    assert after.turns[0].answer and after.turns[0].answer.text
    assert after.turns[1].answer is None
    assert read_audio(answer).seconds > spoken - 1.0


def interrupted(number: signal.Signals, folder: Path) -> tuple[int, str, Session]:
    """A signal in the middle of the second answer: exit code, what was printed, the session."""
    first = beginning("own-part.flac", 5, folder)
    second = beginning("production-failure.flac", 40, folder)
    options = ("--candidate", first, second, "--llm", "scripted", "--questions", 1)
    deaf = number == signal.SIGTERM
    env = environment(folder)
    with running("practice", *options, env=env, folder=folder, deaf=deaf) as program:
        sessions = folder / "sessions"
        program.until(
            lambda: any(one.stat().st_size > 40_000 for one in sessions.glob("*/001-cand*.flac")),
            "it is in the middle of the second answer",
        )
        program.process.send_signal(number)
        done = program.ended()
    return done.code, done.out + done.err, only_session(folder)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_a_polite_kill_end_and_grade_what_there_is(
    number: signal.Signals, tmp_path: Path
) -> None:
    code, told, session = interrupted(number, tmp_path)
    assert code == 0
    assert "Traceback" not in told
    assert session.status == "graded"
    assert session.ended_by == "interrupted"
    assert session.turns[0].answer and session.turns[0].answer.text
    stopped = session.turns[1].answer
    assert stopped and stopped.ended_by == "interrupt" and stopped.audio
    # A breath and the pause before the next sentence are no words.
    assert stopped.words[-1].end > stopped.seconds - 2
    folder = tmp_path / "sessions" / session.id
    assert read_audio(folder / stopped.audio).seconds == pytest.approx(stopped.seconds, abs=0.1)


TALK = ("--llm", "scripted", "--questions", 1)


def talking(folder: Path) -> bool:
    """Whether the second answer is being given."""
    found = (folder / "sessions").glob("*/001-cand*.flac")
    return any(one.stat().st_size > 40_000 for one in found)


def recordings(folder: Path) -> list[Path]:
    names = (("own-part.flac", 5), ("production-failure.flac", 40))
    return [beginning(name, seconds, folder) for name, seconds in names]


@pytest.mark.parametrize("nohup", [False, True], ids=["closed", "closed under nohup"])
def test_an_answer_outlives_the_terminal_in_which_it_is_given(nohup: bool, tmp_path: Path) -> None:
    import fcntl
    import termios

    ours, theirs = os.openpty()

    def its_own_terminal() -> None:
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        # Said either way: the tests themselves may run under nohup.
        signal.signal(signal.SIGHUP, signal.SIG_IGN if nohup else signal.SIG_DFL)

    command = [INTERVIEW, "practice", "--candidate", *recordings(tmp_path), *TALK]
    process = subprocess.Popen(
        [str(one) for one in command],
        env=environment(tmp_path) | {"TERM": "xterm", "CI": ""},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        preexec_fn=its_own_terminal,
    )
    os.close(theirs)
    deadline = time.monotonic() + 300
    while not talking(tmp_path):
        assert process.poll() is None and time.monotonic() < deadline
        if select.select([ours], [], [], 0.05)[0]:
            os.read(ours, 65_536)
    os.close(ours)
    process.wait(600)
    session = only_session(tmp_path)
    assert session.status == "graded"
    assert session.ended_by == ("complete" if nohup else "interrupted")
    kept = session.turns[1].answer
    assert kept and kept.audio
    assert kept.ended_by == ("turn" if nohup else "interrupt")


def test_an_interview_outlives_the_reader_of_what_it_prints(tmp_path: Path) -> None:
    command = [INTERVIEW, "practice", "--candidate", *recordings(tmp_path), *TALK]
    with subprocess.Popen(
        [str(one) for one in command],
        env=environment(tmp_path),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read().decode()
    assert "Traceback" not in told
    session = only_session(tmp_path)
    assert (session.status, session.ended_by) == ("graded", "complete")
    assert session.turns[1].answer and session.turns[1].answer.text
