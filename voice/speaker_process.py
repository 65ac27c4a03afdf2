"""Speak one sentence into a file, in a process of its own.

Run as a script by `voice.speaker`. It gets ready, reads one JSON line from standard input
({"text", "path", "voice", "rate"}), writes the sound to `path` and ends. pyttsx3 lives here and
nowhere else because its drivers keep state between utterances (a second `save_to_file` goes to
the first one's file) and may hang or take the process down with them.
"""

import ctypes
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyttsx3.engine import Engine

WAIT = 30.0
"""Seconds to wait for the synthesiser; the parent gives up earlier."""
ENGLISH = "gmw/en-us"
"""espeak-ng's American voice: its own default is a British one, which Whisper hears less well."""


def load_espeak() -> None:
    """Make the espeak-ng of the wheel the one that pyttsx3 finds; no system package needed."""
    import espeakng_loader  # A dependency on Linux only.

    os.environ["ESPEAK_DATA_PATH"] = str(Path(espeakng_loader.get_data_path()).parent)
    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)


def choose_voice(engine: "Engine", wanted: str) -> None:
    """Take the voice whose id or name is `wanted`, or the first that has it in its name."""
    voices = engine.getProperty("voices")
    exact = [v for v in voices if wanted.lower() in (v.id.lower(), v.name.lower())]
    near = [v for v in voices if wanted.lower() in f"{v.id} {v.name}".lower()]
    if not exact and not near:
        names = ", ".join(sorted(v.name for v in voices)[:8])
        sys.exit(f"there is no voice '{wanted}'; some that there are: {names}")
    engine.setProperty("voice", (exact + near)[0].id)


def settle(engine: "Engine") -> None:
    """Let espeak-ng take in its settings: runAndWait cancels those that are still queued."""
    from pyttsx3.drivers import _espeak

    engine.proxy.setBusy(False)
    _espeak.Synchronize()


def render(engine: "Engine", text: str, path: str) -> None:
    """Write the sound of `text` and return when the file is whole."""
    finished = threading.Event()
    engine.connect("finished-utterance", lambda name, completed: finished.set())
    engine.save_to_file(text, path)
    engine.runAndWait()
    # With espeak-ng runAndWait returns while the sound is still being made in another thread.
    if sys.platform == "linux" and not finished.wait(WAIT):
        sys.exit("the synthesiser did not finish")


def main() -> None:
    """Get ready, wait for the sentence, speak it."""
    # Ctrl-C goes to the whole foreground group; the parent decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        load_espeak()
    import pyttsx3

    engine = pyttsx3.init()
    line = sys.stdin.readline()
    if not line:
        return  # The parent went away, or never needed this one.
    order = json.loads(line)
    voice = order["voice"] or (ENGLISH if sys.platform == "linux" else None)
    if voice:
        choose_voice(engine, voice)
    engine.setProperty("rate", order["rate"])
    if sys.platform == "linux":
        settle(engine)
    render(engine, order["text"], order["path"])


if __name__ == "__main__":
    main()
