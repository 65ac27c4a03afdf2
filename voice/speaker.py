"""The system's own voice, rendered into memory."""

import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from voice.errors import VoiceError
from voice.seams import Clip

_SCRIPT = Path(__file__).with_name("speaker_process.py")
RATE = 165
"""Words a minute; interviewers speak calmly, and pyttsx3's own 200 is hurried."""
PATIENCE = 20.0
"""Seconds for one sentence; espeak-ng takes 0.05, the voices of macOS and Windows up to 2."""


class SystemSpeaker:
    """pyttsx3: espeak-ng on Linux, the built-in voices on macOS and Windows.

    Each sentence is rendered by a process of its own. The next one is started while the
    sentence is rendered and waits ready, so that loading the voice costs no time.
    """

    def __init__(self, voice: str | None = None) -> None:
        """`voice`: id, name or part of it."""
        self.name = f"system voice{f' {voice}' if voice else ''}"
        self._voice = voice
        self._lock = threading.Lock()
        self._ready: subprocess.Popen[str] | None = _start()

    def render(self, text: str) -> Clip:
        """Speak one sentence into memory; raises `VoiceError` where the voice fails."""
        if not text.strip():
            raise VoiceError("There is nothing to say: the sentence is empty.")
        with self._lock:
            process = self._ready or _start()
            self._ready = _start()
        with tempfile.TemporaryDirectory(prefix="interview-") as folder:
            # macOS writes AIFF whatever the name says, and needs this name for it.
            path = Path(folder) / ("said.aiff" if sys.platform == "darwin" else "said.wav")
            order = {"text": text, "path": str(path), "voice": self._voice, "rate": RATE}
            _finish(process, json.dumps(order) + "\n")
            return _read(path)

    def close(self) -> None:
        """End the process that waits."""
        with self._lock:
            if self._ready is not None:
                self._ready.communicate()
                self._ready = None


def _start() -> subprocess.Popen[str]:
    # -P: the script's folder holds modules of ours that must not hide others.
    return subprocess.Popen(
        [sys.executable, "-P", str(_SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _finish(process: subprocess.Popen[str], order: str) -> None:
    try:
        _, complaint = process.communicate(order, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise VoiceError(
            f"The system's voice did not answer within {PATIENCE:.0f} s. Try again, or another "
            "voice."
        ) from None
    if process.returncode != 0:
        reason = (complaint.strip().splitlines() or ["it ended without a word"])[-1]
        raise VoiceError(f"The system's voice failed: {reason}.\n{_remedy()}")


def _remedy() -> str:
    if sys.platform == "linux":
        return "Reinstall it: pip install --force-reinstall espeakng-loader pyttsx3"
    return "Check that the system can speak (its accessibility settings), then try again."


def _read(path: Path) -> Clip:
    import soundfile

    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise VoiceError(f"The system's voice made no sound ({error}). {_remedy()}") from error
    if not len(samples):
        raise VoiceError(f"The system's voice made no sound. {_remedy()}")
    return Clip(samples.mean(axis=1), rate)
