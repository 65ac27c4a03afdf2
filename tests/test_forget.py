"""What is forgotten is gone: files, sound, and words in the index."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewer.commands.forget import forget
from interviewer.commands.replay import write_page
from sessions.document import FILE, RESERVE, recordings
from sessions.errors import SessionError
from sessions.forget import moment
from sessions.index import NAME, Index
from sessions.model import Session
from sessions.search import listed, since
from sessions.store import SessionStore
from tests.example_sessions import (
    example_session,
    example_turn,
    graded_session,
    write_audio,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    store = SessionStore(tmp_path / "sessions")
    yield store
    store.close()


def keep(store: SessionStore, day: str) -> Session:
    session = store.create(graded_session(created=f"{day}T10:00:00+00:00"))
    write_audio(store.path(session.id), session)
    store.close()
    return session


def run(store: SessionStore, *arguments: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(
        forget, [*arguments, "--sessions", str(store.folder)], input=answer, catch_exceptions=False
    )


def found(store: SessionStore, words: str) -> int:
    with Index(store) as index:
        return listed(index, words=words)[1]


def test_it_says_what_it_deletes_and_asks_first(store: SessionStore) -> None:
    one = keep(store, "2026-01-05")
    result = run(store, one.id, answer="n\n")
    assert result.exit_code == 1
    known = "Behavioral, 5 January 2026, 10:00, 3.0 of 5, "
    assert f"{one.id}: {known}" in result.stderr and " MB\n" in result.stderr
    assert "1 session," in result.stderr
    assert store.load(one.id) == one
    assert run(store, one.id, answer=None).exit_code == 1
    assert store.load(one.id) == one
    loop = store.create(graded_session(round="full_loop"))
    assert f"{loop.id}: Full loop, " in run(store, loop.id, answer="n\n").stderr


def test_a_forgotten_session_leaves_nothing_behind(store: SessionStore) -> None:
    one, other = keep(store, "2026-01-05"), keep(store, "2026-02-05")
    assert found(store, "normaliser") == 2
    (store.path(one.id) / "replay.html").write_text("sound")
    assert run(store, one.id, answer="y\n").exit_code == 0
    assert store.ids() == (other.id,)
    assert not store.path(one.id).exists()
    assert one.id.encode() not in (store.folder / NAME).read_bytes()
    assert found(store, "normaliser") == 1


def test_only_sound_can_be_forgotten(store: SessionStore) -> None:
    one = keep(store, "2026-01-05")
    (store.path(one.id) / "replay.html").write_text("sound")
    result = run(store, one.id, "--audio-only", "--yes")
    assert "recordings of 1 session" in result.stderr
    names = {path.name for path in store.path(one.id).iterdir()}
    assert names <= {FILE, "session.lock"}
    left = store.load(one.id)
    assert left.scorecard == one.scorecard
    assert left.turns[0].answer and one.turns[0].answer
    assert left.turns[0].answer.text == one.turns[0].answer.text
    assert {turn.answer.audio for turn in left.turns if turn.answer} == {None}
    assert "nothing to delete" in run(store, one.id, "--audio-only", "--yes").stderr


def test_a_session_whose_sound_is_forgotten_names_none(store: SessionStore) -> None:
    asked = replace(example_turn().asked, audio="000-interviewer.flac")
    one = store.create(graded_session(turns=(example_turn(asked=asked),)))
    (store.path(one.id) / "000-interviewer.flac").write_bytes(b"sound")
    store.close()
    assert run(store, one.id, "--audio-only", "--yes").exit_code == 0
    assert recordings(store.load(one.id)) == ()


def test_the_page_of_progress_goes_with_what_it_told_of(store: SessionStore) -> None:
    one, _ = keep(store, "2026-01-05"), keep(store, "2026-02-05")
    page = store.folder / "progress.html"
    page.write_text("The story of the clipped currency, told twice.")
    assert run(store, one.id, "--yes").exit_code == 0
    assert not page.exists()


def test_the_page_of_a_second_attempt_keeps_no_word_of_the_first(store: SessionStore) -> None:
    one = keep(store, "2026-01-05")
    said = example_turn("Nobody had looked at the zymurgy dashboard.")
    again = store.create(graded_session(retry_of=one.id, turns=(said,)))
    first = store.save(replace(one, turns=(example_turn("I had pruned the quokka features."),)))
    store.close()
    page = write_page(store, again)
    assert "quokka" in page.read_text("utf-8"), "what was said, both times"
    assert run(store, first.id, "--yes").exit_code == 0
    assert not page.exists()
    assert "quokka" not in write_page(store, again).read_text("utf-8")


def test_what_is_no_sound_stays_where_only_sound_is_forgotten(store: SessionStore) -> None:
    one = keep(store, "2026-01-05")
    folder = store.path(one.id)
    stay = {"notes.md", f"{FILE}.bak"}
    for name in (*stay, "MINE.WAV", "replay.html"):
        (folder / name).write_text("x")
    assert run(store, one.id, "--audio-only", "--yes").exit_code == 0
    assert {path.name for path in folder.iterdir()} - {"session.lock"} == {FILE, *stay}


def test_room_that_a_killed_session_left_is_no_file_of_it(store: SessionStore) -> None:
    one = keep(store, "2026-01-05")
    store.reserve(one.id)
    result = run(store, one.id, answer="n\n")
    assert RESERVE not in result.stderr
    assert run(store, one.id, "--audio-only", "--yes").exit_code == 0
    assert not (store.path(one.id) / RESERVE).exists()
    store.reserve(one.id)
    assert run(store, one.id, "--yes").exit_code == 0
    assert not store.path(one.id).exists()


def test_old_sessions_go_and_new_ones_stay(store: SessionStore) -> None:
    old, new = keep(store, "2026-01-05"), keep(store, "2026-02-05")
    assert run(store, "--older-than", "2026-01-20", "--yes").exit_code == 0
    assert store.ids() == (new.id,)
    assert not store.path(old.id).exists()


def test_ages_are_days_weeks_or_dates() -> None:
    now = since("2026-03-01T12:00:00+00:00")
    assert moment("10d", now) == since("2026-02-19T12:00:00+00:00")
    assert moment("2w", now) == since("2026-02-15T12:00:00+00:00")
    assert moment("2026-01-01", now) == since("2026-01-01")
    with pytest.raises(SessionError, match="90d"):
        moment("old", now)


def test_one_says_which_or_how_old_but_not_both(store: SessionStore) -> None:
    keep(store, "2026-01-05")
    assert run(store, "--yes").exit_code == 2
    assert run(store, "2026", "--older-than", "1d", "--yes").exit_code == 2
    assert len(store.ids()) == 1


def test_a_session_that_is_being_written_stays(store: SessionStore) -> None:
    one = store.create(example_session())
    with pytest.raises(SessionError, match="another process"):
        run(SessionStore(store.folder), one.id, "--yes")
    assert store.load(one.id) == one


def test_a_damaged_session_can_be_forgotten(store: SessionStore) -> None:
    one = keep(store, "2026-01-05")
    (store.path(one.id) / FILE).write_text("{")
    done = run(store, one.id, "--yes")
    assert done.exit_code == 0
    assert f"{one.id}: cannot be read, " in done.stderr
    assert store.ids() == ()


def test_a_link_in_a_folder_is_removed_and_what_it_points_to_stays(
    store: SessionStore, tmp_path: Path
) -> None:
    one = keep(store, "2026-01-05")
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_text("keep")
    (store.path(one.id) / "link").symlink_to(precious)
    assert run(store, one.id, "--yes").exit_code == 0
    assert (precious / "file").read_text() == "keep"
