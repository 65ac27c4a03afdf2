"""What a place that models come from has in common with the others."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from interviewer.models.catalogue import File

Report = Callable[[int], None]
"""Takes the bytes of the file that are there by now."""


class SourceError(Exception):
    """This place could not give the file; the message is half a sentence, for a person."""


class Source(Protocol):
    """A place that files come from."""

    name: str

    def download(self, file: File, partial: Path, report: Report) -> None:
        """Complete `partial`, which may hold the file's beginning already.

        Raises `SourceError`, leaving what came so far; the caller checks the digest.
        """
