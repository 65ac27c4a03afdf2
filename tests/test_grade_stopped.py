"""Ctrl-C ends `grade` at once, while somebody types an answer and while several are graded."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewer.cli import main
from interviewer.errors import InterviewError
from interviewer.offline.batch import _Work
from tests.program import INTERVIEW, environment, running

TALK = ("--round", "behavioral", "--llm", "scripted")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
@pytest.mark.parametrize("command", ["grade", "probe"])
def test_ctrl_c_at_the_prompt_ends_it_and_nothing_is_drawn_over_what_is_typed(
    tmp_path: Path, command: str
) -> None:
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [INTERVIEW, command, "-", *TALK],
        env=environment(tmp_path),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_take_terminal,
    )
    os.close(theirs)
    try:
        shown = b""
        while b"line of its own.\r\n" not in shown:
            shown += os.read(ours, 1000)
        assert shown.startswith(b"Paste the answer")
        os.write(ours, b"We rolled it\n\x03")
        assert process.wait(60) == 130
        shown = os.read(ours, 1000)
        assert b"Stopped." in shown and b"\x1b" not in shown
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _take_terminal() -> None:
    """Ctrl-C reaches those whose terminal it is typed in."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_in_the_middle_of_a_long_answer_ends_it_and_says_what_is_kept(
    tmp_path: Path, jobs: str
) -> None:
    (tmp_path / "a.txt").write_text("It went fine.")
    long = " ".join(f"I moved table {n} to the new cluster by hand." for n in range(6000))
    for name in ("b.txt", "c.txt"):
        (tmp_path / name).write_text(long)
    files = [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]
    options = ("--json", "--jobs", jobs, "--out", tmp_path / "kept")
    with running(
        "grade", *files, *TALK, *options, env=environment(tmp_path), folder=tmp_path
    ) as program:
        program.until(lambda: bool(program.told()[0]), "the first answer is graded")
        program.process.send_signal(signal.SIGINT)
        done = program.ended()
    assert done.code == 130
    assert "kept in" in done.err and done.err.rstrip().endswith("Stopped.")
    assert len(done.out.splitlines()) == len(list((tmp_path / "kept").iterdir())) == 1


@pytest.mark.parametrize(("files", "jobs"), [(3, "1"), (1, "4")])
def test_answers_that_are_graded_one_by_one_are_so_in_the_thread_that_ctrl_c_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: object, files: int, jobs: str
) -> None:
    threads: set[threading.Thread] = set()

    def one(work: _Work, name: str) -> Exception:
        threads.add(threading.current_thread())
        return InterviewError("Not today.")

    monkeypatch.setattr(_Work, "_one", one)
    names = [str(tmp_path / f"{n}.txt") for n in range(files)]
    done = CliRunner().invoke(main, ["grade", *names, *TALK, "--jobs", jobs])
    assert done.exit_code == 1
    assert threads == {threading.main_thread()}
