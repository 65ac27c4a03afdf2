"""Results that `grade --out` keeps: the name of each, and what it was made from."""

import hashlib
import os
from functools import cache
from importlib.metadata import version
from pathlib import Path

import interviewer

FITTED = Path(interviewer.__file__).parent
"""Below it lie the files that a fit of the grader writes, and the vectors that are kept."""
_LONGEST = 200
"""Bytes of a name: most disks take 255, with what is put around it while it is written."""


def place_of(name: str, folder: Path) -> Path:
    """Where the result of that answer or session is kept."""
    path = Path(name)
    flat = "__".join(part for part in path.parts if part not in (path.anchor, ".."))
    ours = tuple(flat.split("__")) == path.parts  # Else another path may have the same name.
    short = _end_of(flat)
    if short != flat or not ours:
        short += f"-{hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:8]}"
    return folder / f"{short}.json"


def _end_of(flat: str) -> str:
    """The end of a name that is too long for a disk: it tells more than the folders before it."""
    while len(os.fsencode(flat)) > _LONGEST:
        flat = flat[1:]
    return flat


def digest_of(answer: Path, *decides: object) -> str:
    """Digest of the answer in that file, of what else `decides` its scores, and of the grader."""
    with answer.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    grader = (version("mock-interviewer"), fitted(FITTED))
    return hashlib.sha256(repr((content, grader, *decides)).encode()).hexdigest()


@cache
def fitted(folder: Path) -> str:
    """Digest of the fit: levels of one and of the next do not belong into one table."""
    files = (one for one in sorted(folder.rglob("*")) if one.suffix in (".json", ".npz"))
    digests = [
        (one.relative_to(folder).as_posix(), hashlib.sha256(one.read_bytes()).hexdigest())
        for one in files
    ]
    return hashlib.sha256(repr(digests).encode()).hexdigest()
