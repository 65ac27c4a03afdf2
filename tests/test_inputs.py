"""What `grade` is given is graded once, whatever it is called; what nobody put there is not."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewer.cli import main
from interviewer.errors import InterviewError
from interviewer.offline.inputs import collected, is_file
from sessions.store import SessionStore
from tests.example_sessions import graded_session

TALK = ("--round", "behavioral", "--llm", "scripted", "--json")


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path / "sessions")


def files(folder: Path, *names: str) -> list[str]:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("It went fine.", "utf-8")
    return [str(path) for path in paths]


def test_a_file_that_is_named_in_several_ways_is_graded_once_and_that_is_said(
    tmp_path: Path, store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    one, other = files(tmp_path, "in/a.txt", "in/b.txt")
    notes: list[str] = []
    given = ["in/a.txt", "in/../in/a.txt", one, "-", "in", "-"]
    assert list(collected(given, store, notes.append)) == ["in/a.txt", "-", "in/b.txt"]
    (told,) = notes
    assert told.startswith("Given more than once, graded once: in/../in/a.txt, ")
    assert told.endswith(" and 1 more")
    assert list(collected([one, other], store, notes.append)) == [one, other]
    assert len(notes) == 1


def test_a_session_is_graded_once_however_it_is_named(store: SessionStore) -> None:
    one = store.create(graded_session())
    given = ["last", one.id, one.id[:-1], "2019-"]
    assert list(collected(given, store, print)) == ["last", "2019-"]


def test_the_folder_of_a_session_is_that_session_and_not_its_recordings(
    store: SessionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = store.create(graded_session())
    (store.path(one.id) / "000-interviewer.flac").write_bytes(b"sound")
    files(store.folder, "mine.txt")
    monkeypatch.chdir(store.folder)
    assert not is_file(one.id)
    assert list(collected([one.id, str(store.path(one.id))], store, lambda text: None)) == [one.id]
    assert list(collected(["."], store, print)) == ["mine.txt"]
    with pytest.raises(InterviewError, match=r"not one of those in .* --sessions "):
        list(collected([one.id], SessionStore(tmp_path / "other"), print))


@pytest.mark.skipif(os.name == "nt", reason="links need a permission there")
def test_links_that_lead_in_a_circle_are_told_in_their_turn(
    tmp_path: Path, store: SessionStore
) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    assert list(collected([str(loop)], store, print)) == [str(loop)]


def test_hidden_files_and_folders_in_a_folder_are_no_answers(
    tmp_path: Path, store: SessionStore
) -> None:
    (mine,) = files(tmp_path / "in", "a.txt")
    hidden = files(tmp_path / "in", "._a.txt", ".git/notes.md", "folder.txt/.b.txt")
    assert list(collected([str(tmp_path / "in")], store, print)) == [mine]
    assert list(collected([hidden[0]], store, print)) == [hidden[0]], "unless it is named itself"
    Path(mine).unlink()
    with pytest.raises(InterviewError, match="no recordings and no texts"):
        list(collected([str(tmp_path / "in")], store, print))


def test_an_empty_folder_is_one_failure_and_does_not_stop_the_others(
    embedder: object, tmp_path: Path
) -> None:
    (one,) = files(tmp_path, "a.txt")
    (empty := tmp_path / "none").mkdir()
    done = CliRunner().invoke(main, ["grade", one, str(empty), *TALK])
    assert done.exit_code == 1
    assert [json.loads(line)["path"] for line in done.stdout.splitlines()] == [one]
    assert "no recordings and no texts in this folder" in " ".join(done.stderr.split())
    for given, told in ((str(empty), "is a folder; name one file"), ("", "Give an answer")):
        probed = CliRunner().invoke(main, ["probe", given, *TALK])
        assert probed.exit_code == 1 and told in probed.stderr


def test_the_same_file_beside_itself_is_kept_without_a_failure(
    embedder: object, tmp_path: Path
) -> None:
    (one,) = files(tmp_path, "a.txt")
    options = ("--jobs", "4", "--out", str(tmp_path / "kept"))
    done = CliRunner().invoke(main, ["grade", *[one] * 4, *TALK, *options])
    assert done.exit_code == 0, done.stderr
    assert [json.loads(line)["path"] for line in done.stdout.splitlines()] == [one]
    assert "graded once" in done.stderr
