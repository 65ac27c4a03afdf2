"""The index agrees with the folders, whatever happened to it or to them."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sessions.document import FILE
from sessions.errors import SessionError
from sessions.index import NAME, Index
from sessions.progress import progress
from sessions.search import Listed, listed, since
from sessions.store import SessionStore
from tests.example_sessions import (
    example_answer,
    example_rubric,
    example_session,
    example_turn,
    example_turns,
    graded_session,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    store = SessionStore(tmp_path / "sessions")
    yield store
    store.close()


def found(store: SessionStore, words: str = "", **filters: object) -> list[Listed]:
    with Index(store) as index:
        return list(listed(index, words=words, **filters)[0])  # type: ignore[arg-type]


def test_a_session_is_found_by_what_was_said_in_any_form(store: SessionStore) -> None:
    one = store.create(graded_session())
    store.create(example_session(turns=(example_turn("I tuned a learning rate."),)))
    assert [row.id for row in found(store, "normaliser clipped")] == [one.id]
    assert [row.id for row in found(store, "normalise clip")] == [one.id]
    assert "[clipped]" in found(store, "clipped")[0].excerpt
    assert found(store, "giraffe") == []


@pytest.mark.parametrize("words", ['"', "NEAR(", "a AND", "said:x", "*", "-", "); DROP TABLE", "'"])
def test_nothing_that_is_typed_is_syntax(store: SessionStore, words: str) -> None:
    store.create(graded_session())
    assert len(found(store, words)) <= 1
    assert len(found(store)) == 1


def test_a_pasted_text_counts_each_word_once_and_not_all_of_them(store: SessionStore) -> None:
    one = store.create(graded_session())
    assert [row.id for row in found(store, "Clipped clipped " * 5_000)] == [one.id]
    numbers = " ".join(f"clipped{number}" for number in range(5_000))
    assert found(store, f"clipped {numbers}") == []


def test_changes_to_the_folders_are_noticed(store: SessionStore) -> None:
    one = store.create(example_session())
    assert found(store)[0].answered == 0
    store.save(one.with_turn(example_turn()))
    assert found(store)[0].answered == 1
    assert [row.id for row in found(store, "clipped")] == [one.id]
    other = store.create(graded_session())
    shutil.rmtree(store.path(one.id))
    assert [row.id for row in found(store)] == [other.id]
    assert [row.id for row in found(store, "clipped")] == [other.id]


def test_a_change_of_the_same_length_in_the_same_instant_is_noticed(store: SessionStore) -> None:
    one = store.create(example_session(turns=(example_turn("The answer was giraffe."),)))
    path = store.path(one.id) / FILE
    before = path.stat()
    assert len(found(store, "giraffe")) == 1
    store.save(replace(one, turns=(example_turn("The answer was penguin."),)))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert found(store, "giraffe") == []
    assert len(found(store, "penguin")) == 1


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 500, None])
def test_a_lost_or_damaged_index_is_made_again(store: SessionStore, damage: bytes | None) -> None:
    store.create(graded_session())
    before = found(store)
    path = store.folder / NAME
    path.unlink() if damage is None else path.write_bytes(damage)
    assert found(store) == before
    assert path.stat().st_mode & 0o077 == 0


def test_an_index_of_another_version_is_made_again(store: SessionStore) -> None:
    store.create(graded_session())
    before = found(store)
    with sqlite3.connect(store.folder / NAME) as db:
        db.execute("DROP TABLE points")
        db.execute("PRAGMA user_version = 99")
    assert found(store) == before


def test_where_no_index_can_be_written_lists_still_work(store: SessionStore) -> None:
    one = store.create(graded_session())
    (store.folder / NAME).mkdir()
    assert [row.id for row in found(store, "clipped")] == [one.id]


def test_a_store_without_sessions_is_empty_and_stays_unmade(tmp_path: Path) -> None:
    store = SessionStore(tmp_path / "none")
    assert found(store) == []
    assert not store.folder.exists()


def test_states_say_what_can_be_done(store: SessionStore) -> None:
    live = store.create(example_session())
    store.create(graded_session())
    store.create(graded_session(turns=example_turns()[:2], ended_by="interrupted"))
    store.create(graded_session(ended_by="interrupted"))  # Only the goodbye was.
    store.create(example_session(status="ended", ended_by="interrupted"))
    damaged = store.create(example_session())
    (store.path(damaged.id) / FILE).write_text("{")
    store.release(damaged.id)
    other = SessionStore(store.folder)
    states = sorted(row.state for row in found(other))
    assert states == [
        "damaged", "graded", "graded", "in progress", "interrupted", "interrupted, graded"
    ]  # fmt: skip
    store.close()
    assert next(row.state for row in found(other) if row.id == live.id) == "interrupted"
    assert "not JSON" in str(next(row.fault for row in found(other) if row.id == damaged.id))


def test_lists_are_newest_first_and_can_be_cut_by_round_and_date(store: SessionStore) -> None:
    days = ["2026-01-05", "2026-03-05", "2026-02-05"]
    for day in days:
        store.create(graded_session(created=f"{day}T10:00:00+00:00"))
    rounds = replace(example_turn(), round="ml_coding")
    rubrics = (example_rubric(), example_rubric("ml_coding"))
    store.create(example_session(round="full_loop", turns=(rounds,), rubrics=rubrics))
    with Index(store) as index:
        rows, total = listed(index, limit=2)
        assert total == 4
        assert [row.created[:10] for row in rows] == ["2026-11-24", "2026-03-05"]
        assert listed(index, round_id="ml_coding")[1] == 1
        assert listed(index, round_id="behavioral")[1] == 3
        assert listed(index, since=datetime(2026, 2, 1, tzinfo=UTC))[1] == 3
        assert listed(index, words="clipped", since=since("2026-02-10"))[1] == 2
    with pytest.raises(SessionError, match="2026-11-24"):
        since("yesterday")
    with pytest.raises(SessionError, match="2026-11-24"):
        since("0001-01-01")


def test_forgetting_leaves_no_word_in_the_file(store: SessionStore) -> None:
    one = store.create(graded_session(turns=(example_turn("My zebrafinch overfitted."),)))
    store.create(graded_session())
    with Index(store) as index:
        assert b"zebrafinch" in (store.folder / NAME).read_bytes()
        shutil.rmtree(store.path(one.id))
        index.forget([one.id])
    content = b"".join(path.read_bytes() for path in store.folder.glob("index*"))
    assert b"zebrafinch" not in content
    assert one.id.encode() not in content
    assert len(found(store)) == 1


def damage(store: SessionStore, table: str) -> None:
    """Overwrite the first page of that table, which opening the index does not read."""
    with sqlite3.connect(store.folder / NAME) as db:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = db.execute(query, (table,)).fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    with (store.folder / NAME).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def test_damage_that_opening_does_not_meet_is_mended_when_it_is_met(store: SessionStore) -> None:
    store.create(graded_session())
    assert len(found(store)) == 1
    damage(store, "points")
    assert len(found(store)) == 1
    with Index(store) as index:
        assert len(index.rows("SELECT statement FROM points")) == 10
    with Index(store) as index, pytest.raises(SessionError, match="Delete it"):
        index.rows("SELECT no_such_thing FROM points")


def test_forgetting_mends_a_damaged_index(store: SessionStore) -> None:
    one, other = store.create(graded_session()), store.create(graded_session())
    assert len(found(store)) == 2
    damage(store, "points")
    with Index(store) as index:
        shutil.rmtree(store.path(one.id))
        index.forget([one.id])
    assert one.id.encode() not in (store.folder / NAME).read_bytes()
    assert [row.id for row in found(store)] == [other.id]


def test_forgetting_while_another_process_holds_the_index_leaves_no_word_either(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = store.create(graded_session(turns=(example_turn("My zebrafinch overfitted."),)))
    store.create(graded_session())
    assert len(found(store)) == 2
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, timeout: connect(path, timeout=0.01))
    with closing(connect(store.folder / NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with Index(store) as index:
            shutil.rmtree(store.path(one.id))
            index.forget([one.id])
    assert b"zebrafinch" not in (store.folder / NAME).read_bytes()
    assert len(found(store)) == 1


def test_a_corrected_word_leaves_the_file_too(store: SessionStore) -> None:
    one = store.create(example_session(turns=(example_turn("My zebrafinch overfitted."),)))
    store.create(graded_session())
    assert len(found(store, "zebrafinch")) == 1
    store.save(replace(one, turns=(example_turn("My dataset overfitted."),)))
    assert found(store, "zebrafinch") == []
    assert b"zebrafinch" not in (store.folder / NAME).read_bytes()


def test_the_progress_of_a_first_reading_is_told(store: SessionStore) -> None:
    store.create(graded_session())
    told: list[tuple[int, int]] = []
    Index(store, lambda done, total: told.append((done, total))).close()
    assert told == [(0, 1)]
    Index(store, lambda done, total: told.append((done, total))).close()
    assert len(told) == 1


def test_what_the_index_holds_is_what_the_file_holds(store: SessionStore) -> None:
    one = store.create(graded_session(level=4))
    row = found(store)[0]
    data = json.loads((store.path(one.id) / FILE).read_bytes())
    assert row.overall == data["scorecard"]["overall"] == 4.0
    assert (row.low, row.high) == (data["scorecard"]["low"], data["scorecard"]["high"])
    assert row.answered == 2
    assert row.planned == 2
    assert not row.remote


def test_a_skipped_question_is_no_answer_and_no_day_of_practice(store: SessionStore) -> None:
    skipped = replace(example_answer("Skip this one."), control="skip")
    store.create(example_session(turns=(example_turn(answer=skipped),)))
    assert (found(store)[0].answered, found(store)[0].planned) == (0, 2)
    with Index(store) as index:
        assert progress(index, date(2026, 11, 24)).streak.longest == 0


READ = """
import sys
from pathlib import Path
from sessions.index import Index
from sessions.search import listed
from sessions.store import SessionStore
sys.stdin.read()
with Index(SessionStore(Path(sys.argv[1]))) as index:
    print(listed(index, words="clipped")[1])
"""


@pytest.mark.slow
def test_processes_that_make_the_index_at_the_same_time_agree(store: SessionStore) -> None:
    for _ in range(120):
        store.create(graded_session())
    store.close()
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READ, str(store.folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    for reader in readers:
        assert reader.stdin
        reader.stdin.close()
    assert [reader.stdout.read() for reader in readers if reader.stdout] == ["120\n"] * 4
    assert [reader.wait() for reader in readers] == [0] * 4
    with sqlite3.connect(store.folder / NAME) as db:
        assert db.execute("SELECT count(*), count(DISTINCT id) FROM sessions").fetchone() == (
            120,
            120,
        )
        assert db.execute("SELECT count(*) FROM words").fetchone() == (120,)


OLD = time.time() - 2 * 24 * 3600


def left(folder: Path, *files: str, when: float = OLD) -> Path:
    """A folder with these files, as it was at that time."""
    folder.mkdir(parents=True)
    for name in files:
        (folder / name).write_bytes(b"what was said")
    os.utime(folder, (when, when))
    return folder


def test_what_a_kill_left_behind_goes_after_a_day_and_nothing_else(store: SessionStore) -> None:
    kept = store.create(graded_session())
    made, name = store.folder, "2026-01-05-1000-behavioral-ab2"
    gone = [
        left(made / f"{name}a", "session.lock", ".session.json.new", ".reserve"),
        left(made / f"{name}c"),
        left(made / ".import-0123456789ab", "answer-1.flac"),
    ]
    stays = [
        store.path(kept.id),
        left(made / f"{name}b", "session.lock", "000-candidate.flac"),
        left(made / f"{name}d", "session.lock", when=time.time()),
        left(made / f"{name}e", "session.lock", "notes.txt"),
        left(made / f"{name}f", "session.json"),
        left(made / "documents"),
        left(made / ".import-mine", "answer-1.flac"),
    ]
    os.utime(stays[0], (OLD, OLD))
    with Index(store):
        assert not any(one.exists() for one in gone)
        assert all(one.exists() for one in stays)
