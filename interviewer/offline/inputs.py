"""What `interview grade` was given: recordings, texts, folders of them, and saved sessions."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from interviewer.errors import InterviewError
from interviewer.offline.answers import AUDIO, STDIN, TEXT
from sessions.document import FILE
from sessions.errors import SessionError
from sessions.store import SessionStore

_SHOWN = 3
"""Names in a note; the others are counted."""


def is_file(name: str) -> bool:
    """Whether it is meant as a file or a folder, not as a session."""
    path = Path(name)
    if is_session(path):
        return False
    return name == STDIN or path.exists() or bool(path.suffix) or len(path.parts) > 1


def is_session(folder: Path) -> bool:
    """Whether it is the folder of a session: the recordings in it are the interviewer's, too."""
    try:
        return (folder / FILE).is_file()
    except OSError:  # Too long for a name, or a folder that nobody may enter.
        return False


def collected(
    given: Iterable[str], store: SessionStore, note: Callable[[str], None]
) -> Iterator[str]:
    """Files, the files of folders in their order, and session ids, each once.

    What was given twice would be written twice at the same time; `note` is told. A folder with
    nothing to grade stands for itself; raises `InterviewError` where there is nothing else, and for
    a session of another place.
    """
    seen: set[str] = set()
    again: dict[str, None] = {}
    inside = [(one, [*_unfolded(one, store)]) for one in given]
    if inside and not any(names for _, names in inside):
        raise nothing_in(inside[0][0])
    for name in (each for one, names in inside for each in names or [one]):
        what = _meant(name, store)
        if what in seen:
            again[name] = None
            continue
        seen.add(what)
        yield name
    if again:
        more = f" and {len(again) - _SHOWN} more" if len(again) > _SHOWN else ""
        note(f"Given more than once, graded once: {', '.join([*again][:_SHOWN])}{more}")


def _unfolded(name: str, store: SessionStore) -> Iterator[str]:
    """The name itself, the files of that folder, or the session whose folder it is."""
    folder = Path(name)
    if is_session(folder):
        yield _own(folder, store)
        return
    if not folder.is_dir():
        yield name
        return
    yield from (str(one) for one in sorted(folder.rglob("*")) if _wanted(one, folder))


def nothing_in(folder: str) -> InterviewError:
    """What a person is told about a folder that holds nothing to grade."""
    return InterviewError(f"{folder}: no recordings and no texts in this folder.")


def _own(folder: Path, store: SessionStore) -> str:
    """The id of the session in that folder; raises `InterviewError` where the store has it not."""
    for one in store.ids():  # Whatever links lead there.
        if store.path(one).samefile(folder):
            return one
    raise InterviewError(
        f"{folder} holds a session that is not one of those in {store.folder}. Say --sessions "
        f"{folder.absolute().parent}, or name the recordings in it one by one."
    )


def _wanted(path: Path, folder: Path) -> bool:
    """Whether a person put it there to be graded; macOS puts a ._a.txt beside a.txt on some disks."""
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    fits = not hidden and path.suffix.lower() in AUDIO | TEXT and not path.is_dir()
    return fits and not is_session(path.parent)


def _meant(name: str, store: SessionStore) -> str:
    """The same for two names of the same file or session."""
    if name == STDIN:
        return name
    if is_file(name):
        return os.path.realpath(name)  # Path.resolve raises where links lead in a circle.
    try:
        return store.find(name)
    except SessionError:  # Is told when its turn comes.
        return name
