"""A session as one zip file, and back. A zip that comes in is hostile until it was checked."""

import lzma
import os
import secrets
import shutil
import zipfile
import zlib
from pathlib import Path

from sessions.document import FILE, broken_off, decoded, encoded, recordings
from sessions.errors import SessionError
from sessions.model import Session
from sessions.store import LAST, SessionStore
from sessions.writing import private_file, write_private

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
)
"""What reading a zip may raise besides `OSError`."""

MOST_JSON = 64 * 1024 * 1024
"""Bytes of the largest session file that is read; a long interview has less than one million."""
MOST_AUDIO = 512 * 1024 * 1024
"""Bytes of the longest recording that is taken: more than four hours of 16 kHz sound."""
MOST = 2 * 1024 * 1024 * 1024
"""Bytes of all recordings of a session: more than sixteen hours."""
_PIECE = 1024 * 1024


def pack(store: SessionStore, session: Session, target: Path, audio: bool = True) -> None:
    """Write `ID/session.json` and the recordings into a zip; raises `SessionError`."""
    folder = store.path(session.id)
    # Not strict: a zip knows no time before 1980, and a file without a clock is of 1970.
    with (
        private_file(target) as file,
        zipfile.ZipFile(file, "w", strict_timestamps=False) as archive,
    ):
        archive.write(folder / FILE, f"{session.id}/{FILE}", zipfile.ZIP_DEFLATED)
        for name in (*recordings(session), *broken_off(session)) if audio else ():
            if (folder / name).is_file():  # FLAC is packed already.
                archive.write(folder / name, f"{session.id}/{name}", zipfile.ZIP_STORED)


def unpack(store: SessionStore, source: Path) -> Session:
    """Take in a session from a zip or a session.json; raises `SessionError`.

    Only the session file and the recordings that it names are read, and only names that this
    program chooses are written, so nothing can land outside of the session's folder.
    """
    try:
        if not zipfile.is_zipfile(source):
            content = _small(source)
            if not content.lstrip().startswith(b"{"):
                raise SessionError(
                    f"{source} is neither a zip nor a {FILE}. Give what `interview export` made."
                )
            return _take(store, decoded(content, str(source)), {}, None)
        with zipfile.ZipFile(source) as archive:
            members = _members(archive, source)
            content = _read(archive, members[FILE], MOST_JSON, source)
            return _take(store, decoded(content, f"{source}: {FILE}"), members, archive)
    except _DAMAGE as error:
        raise SessionError(f"{source} is damaged or locked ({error}). Export it again.") from error
    except OSError as error:
        raise SessionError(f"{source} cannot be taken in ({error.strerror or error}).") from error


def _members(archive: zipfile.ZipFile, source: Path) -> dict[str, zipfile.ZipInfo]:
    """The files of the one folder that holds a session.json, by their name."""
    homes = [one.filename for one in archive.infolist() if one.filename.split("/")[-1] == FILE]
    if len(homes) != 1:
        raise SessionError(
            f"{source} holds {len(homes)} session files; `interview export` makes zips with one."
        )
    home = homes[0].removesuffix(FILE)
    return {
        one.filename.removeprefix(home): one
        for one in archive.infolist()
        if one.filename.startswith(home) and not one.is_dir()
    }


def _take(
    store: SessionStore,
    session: Session,
    members: dict[str, zipfile.ZipInfo],
    archive: zipfile.ZipFile | None,
) -> Session:
    """Write everything beside the other sessions and put it in its place at once."""
    goal = store.path(session.id)
    if session.id == LAST:
        raise SessionError(
            f"A session cannot be called '{LAST}': that stands for the newest one. "
            'Give it another "id" in its file.'
        )
    if goal.exists():
        raise SessionError(
            f"The session {session.id} is there already: `interview forget {session.id}` first."
        )
    store.make(store.folder)
    folder = store.folder / f".import-{secrets.token_hex(6)}"
    folder.mkdir(mode=0o700)
    try:
        room = MOST
        for name in (*recordings(session), *broken_off(session)):
            if archive and name in members:
                room -= _copy(archive, members[name], folder / name, min(room, MOST_AUDIO))
        write_private(folder / FILE, encoded(session))
        folder.rename(goal)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return session


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, source: Path) -> bytes:
    """One file; what unpacks to more than `most` bytes is refused, whatever the zip says."""
    with archive.open(member) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise _too_large(source, member)
    return content


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, most: int) -> int:
    """Write a recording piece by piece, and say how many bytes it has; more than `most` are
    refused as soon as they come."""
    size = 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as written, archive.open(member) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > most:
                raise _too_large(Path(str(archive.filename)), member)
            written.write(piece)
    return size


def _too_large(source: Path, member: zipfile.ZipInfo) -> SessionError:
    return SessionError(f"{source}: {member.filename[:80]} is too large to be a part of it.")


def _small(source: Path) -> bytes:
    if source.stat().st_size > MOST_JSON:
        raise SessionError(f"{source} is too large to be a session file.")
    return source.read_bytes()
