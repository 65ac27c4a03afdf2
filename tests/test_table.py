"""Tables in the terminal: whole names at any width."""

import re
import sys
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from interviewer.commands.models import models
from interviewer.commands.probe import probe
from interviewer.commands.progress import progress
from interviewer.commands.rubrics import rubrics
from interviewer.commands.sessions import sessions
from interviewer.commands.table import Column, print_table
from interviewer.offline.follow_up import FollowUp
from sessions.model import DEMONSTRATION
from sessions.store import SessionStore
from tests.example_sessions import example_turns, graded_session

COLUMNS = (Column("model"), Column("state", whole=True), Column("for", before="; "))
ROWS = (
    ("qwen2.5-coder-1.5b-instruct-q4_k_m", "ready", "language model"),
    ("minilm", "", "sentence\x1b[2J embeddings"),
)


def printed(width: int) -> str:
    file = StringIO()
    print_table(Console(file=file, width=width), COLUMNS, ROWS)
    return file.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_a_name_is_never_broken_and_no_line_is_too_long(width: int) -> None:
    text = printed(width)
    assert ROWS[0][0] in text
    assert max(map(len, text.splitlines())) <= width
    assert "\x1b" not in text


def test_a_narrow_window_gets_records_without_what_is_empty() -> None:
    lines = [line.rstrip() for line in printed(40).strip().splitlines()]
    assert lines == [
        "model",
        "   state; for",
        ROWS[0][0],
        "   ready; language model",
        "minilm",
        "   sentence[2J embeddings",
    ]
    assert "ready" in next(line for line in printed(100).splitlines() if ROWS[0][0] in line)


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_list_runs_out_of_a_narrow_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("MOCK_INTERVIEWER_MODELS", str(tmp_path / "models"))
    store = SessionStore(tmp_path / "sessions")
    for day in (20, 21, 22, 23):
        store.create(graded_session(created=f"2026-11-{day}T10:15:00+01:00"))
    store.close()
    folder = ["--sessions", str(store.folder)]
    for command, arguments, name in (
        (progress, folder, "Longest pause"),
        (sessions, [*folder, "--search", "canary"], r"2026-11-23-1015-behavioral-\w+"),
        (models, ["list"], "qwen2.5-coder-1.5b-instruct-q4_k_m"),
    ):
        result = CliRunner().invoke(
            command, arguments, env={"COLUMNS": str(width)}, catch_exceptions=False
        )
        assert result.exit_code == 0
        assert re.search(name, result.stdout)
        if width < 80 or command is not sessions:
            assert max(map(len, result.stdout.splitlines())) <= width, command.name


class Terminal(StringIO):
    """Where a person reads, as wide as COLUMNS says."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def interrupted(tmp_path: Path) -> Path:
    """Sessions of which one needs more than 80 columns."""
    store = SessionStore(tmp_path / "sessions")
    turns = example_turns()[:2]
    store.create(graded_session(ended_by="interrupted", candidate=DEMONSTRATION, turns=turns))
    store.close()
    return store.folder


@pytest.mark.parametrize("width", [80, 100, 140])
def test_a_terminal_is_not_left_to_break_the_lines_of_sessions(
    interrupted: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr("sys.stdout", terminal := Terminal())
    command = ["--search", "canary that replays", "--sessions", str(interrupted)]
    sessions.main(command, standalone_mode=False)
    lines = [line.rstrip() for line in terminal.getvalue().splitlines()]
    assert max(map(len, lines)) <= width
    assert any("interrupted, graded, demonstration" in line for line in lines)


def test_other_programs_get_a_line_for_each_session(interrupted: Path) -> None:
    done = CliRunner().invoke(sessions, ["--sessions", str(interrupted)], env={"COLUMNS": "80"})
    _, line = done.stdout.splitlines()
    assert len(line) > 80 and line.endswith("interrupted, graded, demonstration")


@pytest.mark.parametrize("width", [60, 80])
def test_a_round_is_shown_within_the_window(width: int) -> None:
    for more in ([], ["--question", "production_failure"]):
        done = CliRunner().invoke(
            rubrics, ["show", "behavioral", *more], env={"COLUMNS": str(width)}
        )
        assert width - 10 < max(map(len, done.stdout.splitlines())) <= width


def test_a_follow_up_is_broken_between_words_in_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long = "Says how the features of the stream are computed once for training and for serving"
    found = FollowUp(f"{long}?", None, long, (long,), (), (), None, ())
    monkeypatch.setattr("interviewer.offline.follow_up.follow_up", lambda *_: found)
    command = ["x.txt", "--round", "coding"]
    narrow = CliRunner().invoke(probe, command, env={"COLUMNS": "40"}).stdout
    assert max(map(len, narrow.splitlines())) <= 40
    assert set(long.split()[:-1]) <= set(narrow.split())
    monkeypatch.delenv("COLUMNS", raising=False)
    assert f"  - {long}\n" in CliRunner().invoke(probe, command).stdout


def test_without_a_standard_output_a_list_ends_well(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    SessionStore(tmp_path / "sessions").create(graded_session())
    monkeypatch.setattr(sys, "stdout", None)  # As Python has it where a shell closed it: `>&-`.
    assert not sessions.main(["--sessions", str(tmp_path / "sessions")], standalone_mode=False)
