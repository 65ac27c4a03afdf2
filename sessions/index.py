"""A SQLite index over the sessions, for lists, search and progress.

The folders are the truth: the index is brought up to date with them whenever it is opened, made
anew when it is damaged or of another version, and can be deleted at any time.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Self

from sessions.errors import SessionError
from sessions.leftovers import sweep
from sessions.model import Session
from sessions.store import SessionStore
from sessions.stories import stories
from sessions.timeline import exchanges, remote_models, spoken_seconds

NAME = "index.sqlite"
VERSION = 4
"""Of the tables below; another number in the file means that it is made anew."""

_TABLES = """
CREATE TABLE sessions(
  key INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, stamp TEXT NOT NULL, created TEXT,
  moment REAL, round TEXT, seniority TEXT, status TEXT, ended_by TEXT, overall REAL, low REAL,
  high REAL, unscored TEXT, answered INTEGER, planned INTEGER, seconds REAL, retry_of TEXT,
  remote INTEGER, demonstration INTEGER, stopped INTEGER, fault TEXT);
CREATE INDEX sessions_by_moment ON sessions(moment);
CREATE TABLE criteria(session INTEGER, round TEXT, id TEXT, name TEXT, level INTEGER, low REAL,
  high REAL);
CREATE TABLE measures(session INTEGER, id TEXT, name TEXT, value REAL, unit TEXT,
  usual_low REAL, usual_high REAL);
CREATE TABLE points(session INTEGER, round TEXT, question TEXT, point TEXT, statement TEXT,
  criterion TEXT, weight REAL, negative INTEGER, verdict TEXT);
CREATE TABLE questions(session INTEGER, round TEXT, question TEXT);
CREATE TABLE stories(session INTEGER, round TEXT, question TEXT, turn INTEGER, terms TEXT);
CREATE VIRTUAL TABLE words USING fts5(said, asked, judged,
  tokenize = 'porter unicode61 remove_diacritics 2');
"""
_PARTS = ("criteria", "measures", "points", "questions", "stories")

Progress = Callable[[int, int], None]
"""Is told how many of how many sessions were read."""


class Index:
    """The index of a store, up to date when it has been opened; a context manager.

    Raises `SessionError` where the folder cannot be read. Where it cannot be written, the index
    lives in memory.
    """

    def __init__(self, store: SessionStore, progress: Progress = lambda done, total: None) -> None:
        """Open, make or mend the index, and bring it up to date."""
        self.store = store
        self._progress = progress
        self._path = store.folder / NAME
        self._in_memory = False
        sweep(store.folder)
        self._open()

    def __enter__(self) -> Self:
        """Use it in a `with`, so that the file is closed."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def rows(self, query: str, *values: str | float | None) -> list[sqlite3.Row]:
        """What a SELECT finds; raises `SessionError` where the index cannot be used."""
        try:
            try:
                return self._db.execute(query, values).fetchall()
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # Damaged in a part that opening it does not read.
                self._make_again()
                return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise SessionError(
                f"{self._path} cannot be used ({error}). Delete it; it is made again from the "
                "sessions."
            ) from error

    def forget(self, identifiers: Iterable[str]) -> None:
        """Remove every trace of these sessions, also from the file's free pages.

        The file is deleted and made again where that cannot be done in it; raises `SessionError`
        where that fails, too.
        """
        if not self._in_memory:
            with suppress(sqlite3.Error):  # Damaged, full, or held by another process for long.
                with self._writing():
                    for identifier in identifiers:
                        self._remove(identifier)
                    self._merge()
                self._db.execute("VACUUM")
                return
        self._make_again()

    def _open(self) -> None:
        try:
            self._db = self._opened(str(self._path))
            self._update(self._progress)
        except (sqlite3.OperationalError, OSError):  # Read-only, full, or locked for long.
            self._db = self._opened(":memory:")
            self._update(self._progress)
        except sqlite3.DatabaseError:
            self._delete()
            self._db = self._opened(str(self._path))
            self._update(self._progress)

    def _make_again(self) -> None:
        self._db.close()
        self._delete()
        self._open()

    def _delete(self) -> None:
        """Delete the file, and the journal that would be played back into the next one."""
        try:
            for name in (NAME, f"{NAME}-journal"):
                self._path.with_name(name).unlink(missing_ok=True)
        except OSError as error:
            raise SessionError(
                f"{self._path} cannot be deleted ({error.strerror}), and may hold what was said in "
                "sessions that are gone. Delete it yourself; it is made again."
            ) from error

    def _opened(self, path: str) -> sqlite3.Connection:
        if path != ":memory:":
            if not self.store.folder.is_dir():
                path = ":memory:"
            else:
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self._in_memory = path == ":memory:"
        db = sqlite3.connect(path, timeout=20)
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA secure_delete = ON")
        db.execute("PRAGMA temp_store = MEMORY")  # What was said never goes to a shared folder.
        if db.execute("PRAGMA user_version").fetchone()[0] == VERSION:
            return db
        with db:
            db.execute("BEGIN EXCLUSIVE")
            if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                _make_anew(db)
        return db

    def _update(self, progress: Progress) -> None:
        found = self.store.stamps()
        rows = self._db.execute("SELECT id, stamp FROM sessions")
        known = {row["id"]: row["stamp"] for row in rows}
        gone = known.keys() - found.keys()
        changed = sorted(one for one in found if known.get(one) != found[one])
        if gone:
            with self._writing():
                for identifier in gone:
                    self._remove(identifier)
        for first in range(0, len(changed), 100):
            progress(first, len(changed))
            with self._writing():
                for identifier in changed[first : first + 100]:
                    self._remove(identifier)
                    self._add(identifier, found[identifier])
        if gone or known.keys() & changed:
            with self._writing():
                self._merge()

    def _merge(self) -> None:
        """FTS5 keeps the words of deleted rows until its segments are merged."""
        self._db.execute("INSERT INTO words(words) VALUES('optimize')")

    def _writing(self) -> sqlite3.Connection:
        """A transaction for a `with`. It locks at once: another process that reads the same
        sessions at the same time waits, and finds the rows then."""
        self._db.execute("BEGIN IMMEDIATE")
        return self._db

    def _remove(self, identifier: str) -> None:
        row = self._db.execute("SELECT key FROM sessions WHERE id = ?", (identifier,)).fetchone()
        if row is None:
            return
        self._db.execute("DELETE FROM sessions WHERE key = ?", (row["key"],))
        self._db.execute("DELETE FROM words WHERE rowid = ?", (row["key"],))
        for table in _PARTS:
            self._db.execute(f"DELETE FROM {table} WHERE session = ?", (row["key"],))

    def _add(self, identifier: str, stamp: str) -> None:
        try:
            session = self.store.read(identifier)
        except SessionError as error:
            self._insert("sessions", {"id": identifier, "stamp": stamp, "fault": str(error)})
            return
        key = self._insert("sessions", {"stamp": stamp, **_summary(session)})
        self._insert("words", {"rowid": key, **_texts(session)})
        for table, rows in _parts(session).items():
            for row in rows:
                self._insert(table, {"session": key, **row})

    def _insert(self, table: str, row: dict[str, Any]) -> int:
        marks = ", ".join("?" * len(row))
        done = self._db.execute(
            f"INSERT INTO {table}({', '.join(row)}) VALUES({marks})", tuple(row.values())
        )
        return done.lastrowid or 0


def _make_anew(db: sqlite3.Connection) -> None:
    for table in ("words", "sessions", *_PARTS):
        db.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _TABLES.split(";"):
        db.execute(statement)
    for table in _PARTS:
        db.execute(f"CREATE INDEX {table}_by_session ON {table}(session)")
    db.execute(f"PRAGMA user_version = {VERSION}")


def _summary(session: Session) -> dict[str, Any]:
    card = session.scorecard
    moment = datetime.fromisoformat(session.created)
    return {
        "id": session.id,
        "created": moment.isoformat(),  # Always spelled alike: its first ten letters are the day.
        "moment": moment.timestamp(),
        "round": session.round,
        "seniority": session.seniority,
        "status": session.status,
        "ended_by": session.ended_by,
        "overall": card.overall if card else None,
        "low": card.low if card else None,
        "high": card.high if card else None,
        "unscored": card.unscored if card else None,
        "answered": _answered(session),
        "planned": len(session.planned),
        "seconds": spoken_seconds(session.turns),
        "retry_of": session.retry_of,
        "remote": bool(remote_models(session)),
        "demonstration": session.demonstration,
        "stopped": session.stopped_early,
    }


def _answered(session: Session) -> int:
    """Main questions that got an answer, be it late."""
    return sum(
        any((answer := session.turns[turn].answer) and not answer.control for turn in one.turns)
        for one in exchanges(session)
    )


def _texts(session: Session) -> dict[str, str]:
    """What can be searched: the candidate's words, the interviewer's, and the judgement."""
    card = session.scorecard
    judged = [rubric.title for rubric in session.rubrics]
    if card:
        judged += [score.name for score in card.criteria]
        judged += [text for advice in card.advice for text in (*advice.fix_first, advice.stronger)]
    return {
        "said": "\n".join(turn.answer.text for turn in session.turns if turn.answer),
        "asked": "\n".join(turn.asked.text for turn in session.turns),
        "judged": "\n".join(judged),
    }


def _parts(session: Session) -> dict[str, Sequence[dict[str, Any]]]:
    parts: dict[str, Sequence[dict[str, Any]]] = {
        "questions": [_pick(one, "round question") for one in exchanges(session)],
        "stories": [
            _pick(one, "round question turn") | {"terms": " ".join(sorted(one.terms))}
            for one in stories(session)
        ],
    }
    card = session.scorecard
    if card:
        score = "round id name level low high"
        measure = "id name value unit usual_low usual_high"
        point = "round question point statement criterion weight negative verdict"
        parts["criteria"] = [_pick(one, score) for one in card.criteria]
        parts["measures"] = [_pick(one, measure) for one in card.delivery]
        parts["points"] = [_pick(one, point) for one in card.points]
    return parts


def _pick(one: object, names: str) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names.split()}
