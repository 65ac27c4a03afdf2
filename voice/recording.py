"""An answer on disk while it is spoken."""

import os
from pathlib import Path
from typing import Self

from voice.errors import VoiceError
from voice.seams import RATE, Samples


class Recorder:
    """Streams FLAC (16 kHz, mono, 16 bit) to a file that only its owner may read.

    libFLAC hands over a block each 4,096 samples (0.26 s) and libsndfile writes it at once, so
    a killed program loses less than a second. Raises `VoiceError` where the disk refuses.
    """

    def __init__(self, path: Path) -> None:
        """Create the file, or empty the one that is there."""
        import soundfile

        self.path = path
        self._refusals = (soundfile.SoundFileError, OSError, AssertionError)
        try:
            self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
        except OSError as error:
            raise self._refused(error) from error
        try:
            self._file = soundfile.SoundFile(
                self._fd, "w", RATE, 1, subtype="PCM_16", format="FLAC", closefd=False
            )
        except self._refusals as error:
            os.close(self._fd)
            raise self._refused(error) from error

    def write(self, samples: Samples) -> None:
        """Append samples."""
        try:
            self._file.write(samples)
        except self._refusals as error:
            raise self._refused(error) from error

    def close(self) -> None:
        """Finish the file; its header then knows its length. May be called twice."""
        if self._file.closed:
            return
        try:
            self._file.close()
        except self._refusals as error:
            raise self._refused(error) from error
        finally:
            os.close(self._fd)

    def __enter__(self) -> Self:
        """Open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def _refused(self, error: BaseException) -> VoiceError:
        return VoiceError(
            f"The answer cannot be recorded to {self.path} ({error or 'the disk took no more'}). "
            "Is the folder writable and the disk not full?"
        )


_BINARY: int = getattr(os, "O_BINARY", 0)
"""Windows only: do not turn line feeds into two bytes."""
