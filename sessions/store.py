"""Sessions on disk: one folder each, replaced whole, with one writer at a time.

docs/session-format.md says what lies in a folder.
"""

import errno
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_data_path

from sessions.document import FILE, LOCK, RESERVE, decoded, encoded, is_recording, started
from sessions.errors import SessionError
from sessions.model import Session
from sessions.writing import written_through

LAST = "last"
"""Stands for the newest session wherever an id is asked for."""

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,119}")
_HEAD = 1024
"""Bytes of a session file that hold its first keys; reading all of thousands would take long."""
_CREATED = re.compile(rb'"created": ?"([\x20-\x7e]{10,40})"')
_NO_LOCKS = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL})
"""What a disk says that knows no locks."""
_ROOM = 512 * 1024
"""Bytes of the reserve: the file of a long interview is half as large."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for one another."""


def default_folder() -> Path:
    """Where sessions are kept unless a person says otherwise."""
    return user_data_path("mock-interviewer", appauthor=False) / "sessions"


class SessionStore:
    """The sessions in one folder.

    Every method raises `SessionError` where the disk or a file does not play along; what was
    on disk before is intact then. The first write to a session locks it until `close` or the
    end of the process (kill -9 too): a second writer is told.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Use `folder`; it is made when the first session is."""
        self.folder = folder or default_folder()
        self._locks: dict[str, FileLock] = {}

    def create(self, session: Session) -> Session:
        """Keep a new session; the one that comes back has a new id (the given id is not used)."""
        self.make(self.folder)
        day = datetime.fromisoformat(session.created).strftime("%Y-%m-%d-%H%M")
        while True:
            tail = "".join(secrets.choice(_LETTERS) for _ in range(4))
            identifier = f"{day}-{session.round}-{tail}"
            if self.make(self.folder / identifier):
                break
        self.reserve(identifier)
        try:
            return self.save(replace(session, id=identifier))
        except SessionError:
            self.release(identifier)
            shutil.rmtree(self.folder / identifier, ignore_errors=True)
            raise

    def save(self, session: Session) -> Session:
        """Put the session on disk, whole or not at all."""
        self.hold(session.id)
        folder = self.path(session.id)
        content = encoded(session)
        temporary = folder / f".{FILE}.new"
        try:
            self._write(temporary, content)
            temporary.replace(folder / FILE)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            live = session.status == "live"
            then = f"go on with `interview resume {session.id}`" if live else "try again"
            raise SessionError(
                f"{folder / FILE} could not be saved ({error.strerror}); what was saved before is "
                f"intact. Free space or make the folder writable, then {then}."
            ) from error
        # It is saved: what these cannot do on some disks of a network is no reason to say otherwise.
        with suppress(OSError):
            _sync_folder(folder)
        with suppress(OSError):
            _keep_private(folder)
        return session

    def reserve(self, identifier: str) -> None:
        """Put room by for the words of a session that is held: its recordings may fill the disk."""
        with suppress(OSError):
            # Random: some disks keep zeros in no room at all.
            _write_through(self.path(identifier) / RESERVE, secrets.token_bytes(_ROOM))

    def _write(self, path: Path, content: bytes) -> None:
        try:
            _write_through(path, content)
        except OSError:
            if not _gone(path.with_name(RESERVE)):
                raise
            _write_through(path, content)

    def load(self, wanted: str) -> Session:
        """The session of that id, unique beginning of an id, or `last`."""
        return self.read(self.find(wanted))

    def take(self, wanted: str) -> Session:
        """Load a session to write it: become its one writer first, so that what another process
        saves meanwhile is not overwritten."""
        identifier = self.find(wanted)
        self.hold(identifier)
        try:
            return self.read(identifier)
        except SessionError:
            self.release(identifier)
            raise

    def read(self, identifier: str) -> Session:
        """The session of exactly that id, brought up to the present format."""
        path = self.path(identifier) / FILE
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise SessionError(f"{path} is missing: there is no such session.") from error
        except OSError as error:
            raise SessionError(
                f"{path} cannot be read ({error.strerror}). Check who owns it."
            ) from error
        session = decoded(content, str(path))
        if session.id != identifier:
            belongs = f"{path} belongs to the session '{session.id}'"
            if _ID.fullmatch(session.id) and (self.path(session.id) / FILE).exists():
                raise SessionError(f"{belongs}, which is there: move this copy of it elsewhere.")
            raise SessionError(f"{belongs}: rename its folder to that.")
        return session

    def ids(self) -> tuple[str, ...]:
        """All sessions, by their names."""
        return tuple(sorted(self.stamps()))

    def stamps(self) -> dict[str, str]:
        """All sessions, each with a text that is another one once its file was replaced."""
        try:
            with os.scandir(self.folder) as entries:
                names = [one.name for one in entries if _ID.fullmatch(one.name)]
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise SessionError(_unusable(self.folder, error)) from error
        found = {}
        for name in names:
            # Not a folder, not (or no longer) a session: none of ours.
            with suppress(FileNotFoundError, NotADirectoryError):
                stat = os.stat(f"{self.folder}/{name}/{FILE}")  # noqa: PTH116 (Path: 4 x slower)
                found[name] = f"{stat.st_mtime_ns}-{stat.st_size}-{stat.st_ino}"
        return found

    def find(self, wanted: str) -> str:
        """The one id that a person means: an id, a unique beginning of one, or `last`."""
        if not wanted.strip():
            raise SessionError(
                "The session's id is empty. Give one, its beginning, or last; `interview sessions` "
                "lists them all."
            )
        ids = self.ids()
        if wanted in ids and wanted != LAST:
            return wanted
        if not ids:
            raise SessionError(
                f"There are no sessions in {self.folder} yet. `interview practice` starts one."
            )
        if wanted == LAST:
            newest = sorted(ids, key=self._age, reverse=True)
            return next(filter(self._own, newest), newest[0])
        matches = [one for one in ids if one.startswith(wanted)]
        if len(matches) == 1:
            return matches[0]
        near = matches[-4:] or get_close_matches(wanted, ids, n=3, cutoff=0.5)
        said = f"'{wanted[:60]}' fits {len(matches)} sessions" if matches else (
            f"There is no session '{wanted[:60]}'"
        )  # fmt: skip
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise SessionError(f"{said}.{hint} `interview sessions` lists them all.")

    def _age(self, identifier: str) -> tuple[float, int]:
        """Sorts by the start, then by the last change."""
        path = self.path(identifier) / FILE
        try:
            with path.open("rb") as file:
                head = file.read(_HEAD)
            changed = path.stat().st_mtime_ns
        except OSError:
            return 0.0, 0
        # Not the id: one that came by `interview import` says nothing.
        created = found[1].decode() if (found := _CREATED.search(head)) else ""
        return started(created) or started(f"{identifier[:10]}T{identifier[11:15]}") or 0.0, changed

    def _own(self, identifier: str) -> bool:
        """Whether that folder holds the session it is called after; the copy of one does not."""
        try:
            data = json.loads((self.path(identifier) / FILE).read_bytes())
        except (OSError, ValueError, RecursionError):
            return True  # Nobody can tell, and `read` says what is wrong with it.
        return not isinstance(data, dict) or data.get("id", identifier) == identifier

    def path(self, identifier: str) -> Path:
        """The folder of a session; an id that is none never leaves the store's folder."""
        if not _ID.fullmatch(identifier):
            raise SessionError(f"'{identifier[:60]}' is no session id: see `interview sessions`.")
        return self.folder / identifier

    def audio_path(self, identifier: str, name: str) -> Path:
        """Where a recording of that session lies or shall lie."""
        if not is_recording(name):
            raise SessionError(f"'{name[:60]}' is no name for a recording in a session.")
        path = self.path(identifier) / name
        if path.is_symlink():
            raise SessionError(f"{path} is a link, not a recording: remove it.")
        return path

    def hold(self, identifier: str) -> None:
        """Become the session's one writer, or raise `SessionError` where somebody else is."""
        if identifier in self._locks:
            return
        folder = self.path(identifier)
        try:
            folder.stat()  # The lock would make the folder of a session that is gone.
            self._locks[identifier] = _locked(folder)
        except Timeout as error:
            raise SessionError(
                f"The session {identifier} is being written by another process. "
                "End that one first, or wait for it."
            ) from error
        except FileNotFoundError as error:
            raise SessionError(f"{folder} is missing: there is no such session.") from error
        except OSError as error:
            if error.errno in _NO_LOCKS:
                raise SessionError(
                    f"The disk of {folder} has no locks ({error.strerror}), so that two programs "
                    "could write one session. Name a folder on another disk with --sessions."
                ) from error
            raise SessionError(_unusable(folder, error)) from error

    def busy(self, identifier: str) -> bool:
        """Whether another process is writing this session right now."""
        if identifier in self._locks:
            return False
        try:
            _locked(self.path(identifier)).release()
        except Timeout:
            return True
        except OSError:
            return False  # Where nobody can lock, nobody writes.
        return False

    def release(self, identifier: str) -> None:
        """Let others write this session."""
        if identifier in self._locks:
            _gone(self.path(identifier) / RESERVE)
            self._locks.pop(identifier).release()

    def close(self) -> None:
        """Let others write all sessions."""
        for identifier in list(self._locks):
            self.release(identifier)

    def make(self, folder: Path) -> bool:
        """Make a folder that only its owner can enter; False where it was there."""
        try:
            folder.mkdir(mode=0o700, parents=True)
        except FileExistsError:
            if folder.is_dir():
                return False
            raise SessionError(f"{folder} is not a folder. Move it, or name another.") from None
        except OSError as error:
            raise SessionError(_unusable(folder, error)) from error
        return True


def _unusable(folder: Path, error: OSError) -> str:
    return (
        f"The sessions folder {folder} cannot be used ({error.strerror}). "
        "Make it readable and writable for you, or name another."
    )


def _locked(folder: Path) -> FileLock:
    """The session's lock, taken; the system frees it when the process ends, however it ends."""
    lock = FileLock(folder / LOCK, timeout=0, mode=0o600, thread_local=False)
    lock.acquire()
    return lock


def _write_through(path: Path, content: bytes) -> None:
    """Write so that the bytes are on the disk when this returns."""
    with written_through(path) as file:
        file.write(content)


def _gone(path: Path) -> bool:
    """Delete the file; False where there is none to delete."""
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    """Make the replacement itself last through a power cut (Windows has no such call)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _keep_private(folder: Path) -> None:
    """Recordings that others wrote into the folder become readable by the owner only."""
    for path in _files(folder):
        with suppress(FileNotFoundError):  # Gone meanwhile: the others matter all the same.
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)


def _files(folder: Path) -> Iterable[Path]:
    return (one for one in folder.iterdir() if one.is_file() and not one.is_symlink())
