"""Delete sessions, or only their sound, for good."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sessions.document import LOCK, RESERVE, broken_off, recordings
from sessions.errors import SessionError
from sessions.index import Index
from sessions.model import Session, Turn
from sessions.search import since
from sessions.store import SessionStore

PAGE = "progress.html"
"""The page that `interview progress --web` leaves in the store's folder."""
REPLAY = ("replay.html", ".replay.html.new")
"""The page that `interview replay --web` leaves in a session's folder, with the sound inside, and
what a kill in the middle of that leaves."""
SOUND = frozenset(
    ".aac .aif .aiff .caf .flac .m4a .m4b .mka .mp3 .oga .ogg .opus .wav .webm .wma".split()
)
"""Endings of files that a person may have put beside the recordings."""
_AGE = re.compile(r"(\d{1,5})([dw])")


@dataclass(frozen=True)
class Doomed:
    """What would be deleted of one session."""

    id: str
    files: tuple[str, ...]
    bytes: int


def older(index: Index, before: datetime) -> tuple[str, ...]:
    """Sessions from before that moment, oldest first."""
    rows = index.rows(
        "SELECT id FROM sessions WHERE moment < ? ORDER BY moment", before.timestamp()
    )
    return tuple(row["id"] for row in rows)


def moment(age: str, now: datetime) -> datetime:
    """`90d`, `12w` ago, or a date; raises `SessionError`."""
    found = _AGE.fullmatch(age.strip())
    if found:
        return now - timedelta(days=int(found[1]) * (7 if found[2] == "w" else 1))
    try:
        return since(age)
    except SessionError as error:
        raise SessionError(
            f"'{age[:40]}' is no age. Write it like 90d, 12w or 2026-11-24."
        ) from error


def doomed(store: SessionStore, identifiers: Sequence[str], audio_only: bool) -> list[Doomed]:
    """What `forget` would delete; sessions with nothing to delete are left out."""
    found = []
    for identifier in identifiers:
        folder = store.path(identifier)
        names = {one.name for one in folder.iterdir()} - {LOCK, RESERVE}
        if audio_only:
            names = _sound(store.read(identifier), names)
        if names:
            size = sum((folder / name).lstat().st_size for name in names)
            found.append(Doomed(identifier, tuple(sorted(names)), size))
    return found


def _sound(session: Session, names: set[str]) -> set[str]:
    """Those that hold sound: what else lies there, notes or a copy of the transcript, stays."""
    known = {*recordings(session), *broken_off(session), *REPLAY}
    return {one for one in names if one in known or Path(one).suffix.lower() in SOUND}


def forget(
    store: SessionStore, index: Index, condemned: Sequence[Doomed], audio_only: bool
) -> None:
    """Delete it. Raises `SessionError` where another process writes one of the sessions, or where
    a file cannot be deleted; those before it are gone then."""
    gone = []
    try:
        for one in condemned:
            store.hold(one.id)
            try:
                if audio_only:
                    _forget_sound(store, one)
                else:
                    _forget_files(store, one)
                    gone.append(one.id)
            finally:
                store.release(one.id)
            if not audio_only:
                _forget_folder(store.path(one.id))
    except OSError as error:
        raise SessionError(
            f"{error.filename or store.path(one.id)} cannot be deleted ({error.strerror or error}). "
            "Check who owns it."
        ) from error
    finally:
        if gone:
            index.forget(gone)
            _forget_pages(store)
    (store.folder / PAGE).unlink(missing_ok=True)


def _forget_folder(folder: Path) -> None:
    """Also one that is a link to where the session lies: on a larger disk, say."""
    shutil.rmtree(folder.resolve())
    if folder.is_symlink():
        folder.unlink()


def _forget_pages(store: SessionStore) -> None:
    """The pages of the sessions that are left: one of a second attempt says what was said in the
    first, too. `interview replay --web` makes them again."""
    for path in (store.path(one) / name for one in store.ids() for name in REPLAY):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise SessionError(
                f"{path} may hold words of what was deleted, and cannot be deleted itself "
                f"({error.strerror}). Check who owns it."
            ) from error


def _forget_files(store: SessionStore, one: Doomed) -> None:
    for name in one.files:
        path = store.path(one.id) / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _forget_sound(store: SessionStore, one: Doomed) -> None:
    """The session file first, so that it never names what is gone; unless the disk is full, and
    the sound takes the room for it."""
    silent = _silent(store.read(one.id))
    try:
        store.save(silent)
    except SessionError:
        _forget_files(store, one)
        store.save(silent)
    _forget_files(store, one)


def _silent(session: Session) -> Session:
    return replace(session, turns=tuple(_silent_turn(turn) for turn in session.turns))


def _silent_turn(turn: Turn) -> Turn:
    answer = replace(turn.answer, audio=None) if turn.answer else None
    return replace(turn, asked=replace(turn.asked, audio=None), answer=answer)
