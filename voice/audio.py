"""Sound files and rates: anything that FFmpeg reads comes in as mono float32."""

import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voice.errors import VoiceError
from voice.resample import joined
from voice.seams import RATE, Clip, Samples

if TYPE_CHECKING:
    import av

STREAMED = 0x7FFFF000
"""Bytes from which the size in a WAV header is no size."""
KINDS = "WAV, FLAC, MP3, M4A, OGG or WebM"


def read_audio(path: Path) -> Clip:
    """Read any sound file as mono at 16 kHz; an hour takes about 230 MB.

    A recording that breaks off (its program was killed) is read as far as it goes.
    Raises `VoiceError` where the file is missing, empty, no sound, or cannot be decoded.
    """
    data = bytearray()
    with _opened(Path(path), lambda: bool(data)) as container:
        for samples in _decoded(container):
            data += samples.tobytes()
    if not data:
        raise VoiceError(f"{path} holds no sound. Record it again, or give another file.")
    return Clip(np.frombuffer(data, np.float32), RATE)


def check_audio(path: Path) -> None:
    """Open a sound file without reading it through; raises `VoiceError` as `read_audio` does."""
    with _opened(Path(path)):
        pass


def announced(path: Path) -> float | None:
    """Seconds that the file says it lasts, None where it says nothing.

    Of a recording that breaks off more than it holds, where its kind says so at the beginning
    (WAV, FLAC, MP3, WebM); of Ogg FFmpeg tells only what is there.
    Raises `VoiceError` as `read_audio` does.
    """
    import av

    duration, kind = None, ""
    with _opened(Path(path)) as container:
        duration, kind = container.duration, container.format.name
    found = None if duration is None else duration / av.time_base
    return (_wave_seconds(Path(path)) or found) if kind == "wav" else found


def _wave_seconds(path: Path) -> float | None:
    """What the header of a WAV file with whole numbers says; FFmpeg looks at the file's size."""
    try:
        with wave.open(str(path)) as file:
            size = file.getnframes() * file.getnchannels() * file.getsampwidth()
            # A program that streams writes the greatest size there is, as it does not know better.
            return file.getnframes() / file.getframerate() if size < STREAMED else None
    except (wave.Error, EOFError, ZeroDivisionError):
        return None


def write_audio(path: Path, clip: Clip) -> None:
    """Write the clip as 16-bit FLAC or WAV, after the path's suffix; raises `VoiceError`."""
    import soundfile

    try:
        soundfile.write(str(path), clip.samples, clip.rate, subtype="PCM_16")
    except (soundfile.SoundFileError, OSError, AssertionError) as error:
        raise VoiceError(
            f"{path} cannot be written ({error}). Is the folder writable and the disk not full?"
        ) from error


def level(samples: Samples) -> float:
    """RMS in dB relative to full scale; -120 for digital silence."""
    power = float(np.mean(np.square(samples, dtype=np.float64))) if len(samples) else 0.0
    return 10 * float(np.log10(max(power, 1e-12)))


@contextmanager
def _opened(
    path: Path, enough: Callable[[], bool] = lambda: False
) -> Iterator["av.container.InputContainer"]:
    """The file, open; damage behind what is `enough` already ends it without an error."""
    import av

    if not path.is_file():
        raise VoiceError(f"There is no sound file {path}. Check the path.")
    if not path.stat().st_size:
        raise VoiceError(f"{path} is empty (0 bytes). Record it again, or give another file.")
    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise VoiceError(f"{path} has no audio stream. Give a {KINDS} file with sound.")
            yield container
    except PermissionError as error:
        raise VoiceError(f"{path} may not be read. Change its permissions.") from error
    except (av.FFmpegError, UnicodeError) as error:
        if not enough():
            raise VoiceError(
                f"{path} cannot be read as sound: it is damaged or of an unsupported kind. "
                f"Give a {KINDS} file."
            ) from error


def _decoded(container: "av.container.InputContainer") -> Iterator[Samples]:
    """Decode packet by packet; a damaged packet is left out, as players do."""
    import av

    # To integers: only then FFmpeg mixes stereo down so that it cannot clip.
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    for packet in container.demux(audio=0):
        try:
            frames = packet.decode()
        except av.InvalidDataError:
            continue
        for frame in frames:
            frame.pts = None  # Gaps in the time stamps are no gaps in the sound.
            yield joined(resampler.resample(frame)) / np.float32(2**15)
    yield joined(resampler.resample(None)) / np.float32(2**15)
