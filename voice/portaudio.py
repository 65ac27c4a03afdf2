"""The door to PortAudio: imported late, its errors put into words that help."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakSet

from voice.errors import VoiceError

if TYPE_CHECKING:
    import sounddevice

Direction = Literal["input", "output"]
Reason = Literal["library", "missing", "unknown", "failed", "gone"]
"""library: PortAudio is not installed; missing: there is no such kind of device; unknown: none
of that name; failed: it exists and cannot be opened (busy, forbidden); gone: it went away while
it was used, and did not come back."""
CALLED: dict[Direction, str] = {"input": "microphone", "output": "loudspeaker"}


class DeviceError(VoiceError):
    """A sound device cannot be used; `reason` says why, for programs."""

    def __init__(self, reason: Reason, message: str) -> None:
        """`message` is for people."""
        super().__init__(message)
        self.reason = reason


_streams: WeakSet[Any] = WeakSet()
"""Every stream that `opened` made: PortAudio sees new devices only when it starts anew."""


def load() -> "sounddevice":
    """The sounddevice module; raises `DeviceError` where libportaudio is missing."""
    # PulseAudio lets this override the buffer that a program asks for. PortAudio then waits for
    # room that never comes, or runs dry, and stands still for seconds.
    os.environ.pop("PULSE_LATENCY_MSEC", None)
    try:
        with _quiet():
            import sounddevice

            _silence_alsa()
    except OSError as error:
        raise DeviceError(
            "library", f"The sound library PortAudio is missing. Install it: {_install_command()}"
        ) from error
    return sounddevice


def opened(direction: Direction, name: str, **settings: Any) -> Any:  # noqa: ANN401
    """A started stream with these sounddevice settings; raises `DeviceError`."""
    sounddevice = load()
    kind = sounddevice.InputStream if direction == "input" else sounddevice.OutputStream
    try:
        with _quiet():
            stream = kind(dtype="float32", **settings)
            _streams.add(stream)
            stream.start()
    except sounddevice.PortAudioError as error:
        option = f"--{direction}-device"
        raise DeviceError(
            "failed",
            f"The {CALLED[direction]} '{name}' cannot be opened ({_short(error)}). Close other "
            f"programs that use it, allow this terminal to use it, or choose another with {option}.",
        ) from error
    return stream


def closed(stream: Any) -> None:  # noqa: ANN401
    """Close the stream; one whose device went away has nothing left to close."""
    with _quiet():
        stream.close(ignore_errors=True)


def refresh() -> None:
    """Look for devices anew. Closes every stream: their owners open them again when needed."""
    sounddevice = load()
    for stream in list(_streams):
        closed(stream)
    with _quiet():
        sounddevice._terminate()
        sounddevice._initialize()


_ErrorHandler = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)
_ignore = _ErrorHandler(lambda *_: None)
"""ALSA says that it recovered from an underrun, of which nobody has to know."""


def _silence_alsa() -> None:
    """Keep ALSA from writing into the screen while sound is played."""
    if sys.platform != "linux":
        return
    try:
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_ignore)
    except OSError:
        return  # PortAudio was built without ALSA: nothing to silence.


def _short(error: Exception) -> str:
    return str(error).split(" [")[0].removeprefix("Error opening ")


def _install_command() -> str:
    if sys.platform == "darwin":
        return "brew install portaudio"
    if os.path.exists("/etc/fedora-release") or os.path.exists("/etc/redhat-release"):  # noqa: PTH110
        return "sudo dnf install portaudio"
    return "sudo apt-get install libportaudio2"


@contextmanager
def _quiet() -> Iterator[None]:
    """Send file descriptor 2 nowhere: ALSA and JACK print there what they tried and failed."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
