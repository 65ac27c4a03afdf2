"""Files that are written whole or not at all, readable by their owner only."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sessions.errors import SessionError


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only; raises `SessionError`."""
    with private_file(path) as file:
        file.write(content)


@contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """The same for what is written piece by piece: it takes its place at the end of the block.

    A link stays one, and what it points to is replaced. A pipe or a device gets its bytes as they
    come: put in its place, a file would reach nobody.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
        else:
            with _replacing(Path(os.path.realpath(path))) as file:
                yield file
    except OSError as error:
        raise SessionError(
            f"{path} could not be written ({error.strerror}). Free space, or name another place."
        ) from error


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    temporary = path.with_name(f".{path.name}.new")
    try:
        with written_through(temporary) as file:
            yield file
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


@contextmanager
def written_through(path: Path) -> Iterator[BinaryIO]:
    """A file whose bytes are on the disk at the end of the block."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
