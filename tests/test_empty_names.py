"""An empty name, as of a shell variable that is not set, is no name of anything."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewer.cli import main
from sessions.store import SessionStore
from tests.example_sessions import graded_session

EMPTY = pytest.mark.parametrize("name", ["", " ", "\t"], ids=["empty", "a blank", "a tab"])


@EMPTY
@pytest.mark.parametrize("more", [(), ("answer.txt",)], ids=["alone", "beside a file"])
@pytest.mark.parametrize("round_id", [None, "behavioral"])
def test_grade_takes_an_empty_name_for_no_folder(
    name: str,
    more: tuple[str, ...],
    round_id: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "answer.txt").write_text("I rolled it back, since precision fell by nine percent.")
    monkeypatch.chdir(tmp_path)
    options = ["--round", round_id] if round_id else []
    done = CliRunner().invoke(main, ["grade", *more, name, *options])
    assert done.exit_code == 2
    assert "One of the names is empty" in done.stderr
    assert not done.stdout


@EMPTY
def test_probe_asks_for_an_answer(name: str) -> None:
    done = CliRunner().invoke(main, ["probe", name, "--round", "behavioral"])
    assert done.exit_code == 1
    assert "Give an answer" in done.stderr


@EMPTY
@pytest.mark.parametrize("there", [0, 1, 2])
@pytest.mark.parametrize(
    "command", [["show"], ["replay", "--web"], ["replay", "--no-audio"], ["forget", "--yes"]]
)
def test_no_session_is_called_by_an_empty_name(
    name: str, there: int, command: list[str], tmp_path: Path
) -> None:
    store = SessionStore(tmp_path)
    ids = [store.create(graded_session()).id for _ in range(there)]
    store.close()
    done = CliRunner().invoke(main, [*command, name, "--sessions", str(tmp_path)])
    assert done.exit_code == 1
    assert "The session's id is empty" in done.stderr
    assert set(SessionStore(tmp_path).ids()) == set(ids)


@EMPTY
@pytest.mark.parametrize(
    "command",
    [
        ["practice", "--round", "coding", "--sessions"],
        ["practice", "--round", "coding", "--candidate"],
        ["sessions", "--sessions"],
        ["grade", "answer.txt", "--round", "coding", "--out"],
        ["export", "last", "--out"],
        ["replay", "--web", "--out"],
    ],
    ids=" ".join,
)
def test_an_empty_path_is_not_the_current_folder(
    name: str, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, [*command, name])
    assert done.exit_code == 2
    assert "The name is empty" in done.stderr
    assert not list(tmp_path.iterdir())
