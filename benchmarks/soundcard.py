"""A sound card without hardware: a private PulseAudio that programs under test play into.

Its loudspeaker is a null sink whose monitor records what was said; its microphone hears what is
played into a second null sink.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile

from voice.seams import Clip

PACKAGES = "pulseaudio pulseaudio-utils libasound2-plugins libportaudio2"
"""What it needs, as Debian and Ubuntu call it."""
_MICROPHONE = ("module-remap-source", "source_name=mic", "master=mic_in.monitor")


class CardError(Exception):
    """The virtual sound card fails, not the program that uses it."""


@dataclass
class SoundCard:
    """Loudspeaker `spk`, microphone `mic`; `env` is what a child process needs to find them."""

    env: dict[str, str]
    folder: Path
    _modules: dict[str, str] = field(default_factory=dict)

    def pactl(self, *words: str) -> str:
        done = subprocess.run(
            ["pactl", *words], env=self.env, capture_output=True, text=True, check=True, timeout=20
        )
        return done.stdout.strip()

    def play_into_microphone(self, path: Path, wait: bool = True) -> "subprocess.Popen[bytes]":
        """What the candidate says."""
        player = subprocess.Popen(["paplay", "-d", "mic_in", str(path)], env=self.env)
        if wait:
            assert player.wait(600) == 0
        return player

    @contextmanager
    def recorded_loudspeaker(self, rate: int = 16_000) -> Iterator[list[Clip]]:
        """What is said inside of the `with` is in the list after it."""
        path = self.folder / f"said-{time.monotonic_ns()}.raw"
        command = ["parec", "-d", "spk.monitor", "--raw", f"--rate={rate}", "--channels=1"]
        command += ["--format=float32le", "--latency-msec=20"]
        clips: list[Clip] = []
        with path.open("wb") as file:
            recorder = subprocess.Popen(command, env=self.env, stdout=file)
            try:
                _until(lambda: path.stat().st_size > 0, "the recorder started")
                yield clips
                time.sleep(0.3)
            finally:
                recorder.terminate()
                recorder.wait(10)
        clips.append(Clip(np.fromfile(path, np.float32), rate))

    def unplug(self) -> None:
        """Let the microphone fall silent as an unplugged one does: no more blocks.

        Unloading it would not do: PulseAudio moves its listeners to another source.
        """
        self.pactl("suspend-source", "mic", "1")

    def replug(self) -> None:
        """Connect it again."""
        self.pactl("suspend-source", "mic", "0")

    def echo_on(self, milliseconds: int = 60, decibels: float = -6.0) -> None:
        """Let the microphone hear the loudspeaker."""
        self._modules["echo"] = self.pactl(
            "load-module",
            "module-loopback",
            "source=spk.monitor",
            "sink=mic_in",
            f"latency_msec={milliseconds}",
        )
        index = self.pactl("list", "short", "sink-inputs").split()[0]
        self.pactl("set-sink-input-volume", index, f"{decibels}dB")
        # For its first seconds the loopback itself is late by more than a second: no room is.
        hum = write_wav(
            self.folder / "hum.wav", Clip(np.full(6 * 16_000, 1e-3, np.float32), 16_000)
        )
        subprocess.run(["paplay", "-d", "spk", str(hum)], env=self.env, check=True, timeout=60)

    def echo_off(self) -> None:
        """Put the headset on again."""
        self.pactl("unload-module", self._modules.pop("echo"))


@contextmanager
def running(folder: Path) -> Iterator[SoundCard]:
    """A sound card of one's own; nothing of the machine's own sound is touched."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PULSE_")}
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    (folder / ".asoundrc").write_text(
        "pcm.!default { type pulse }\nctl.!default { type pulse }\n", encoding="utf-8"
    )
    env |= {
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "PULSE_SERVER": f"unix:{runtime}/pulse/native",
        "JACK_NO_START_SERVER": "1",
    }
    log = folder / "pulseaudio.log"
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
    command += [
        "--load=module-native-protocol-unix auth-anonymous=1",
        "--load=module-null-sink sink_name=spk rate=48000",
        "--load=module-null-sink sink_name=mic_in rate=48000",
    ]
    server_env = {name: value for name, value in env.items() if name != "PULSE_SERVER"}
    with log.open("wb") as file:
        server = subprocess.Popen(command, env=server_env, stdout=file, stderr=file)
    card = SoundCard(env, folder)
    try:
        _until(lambda: _answers(card), "PulseAudio answered", log)
        card.pactl("set-default-sink", "spk")
        card.pactl("load-module", *_MICROPHONE)
        card.pactl("set-default-source", "mic")
        yield card
    finally:
        server.terminate()
        server.wait(10)


def _answers(card: SoundCard) -> bool:
    done = subprocess.run(["pactl", "info"], env=card.env, capture_output=True, timeout=20)
    return done.returncode == 0


def _until(true: "object", what: str, log: Path | None = None) -> None:
    deadline = time.monotonic() + 20
    while not true():  # type: ignore[operator]
        if time.monotonic() > deadline:
            raise CardError(f"not within 20 s: {what}. {log.read_text() if log else ''}")
        time.sleep(0.02)


def missing() -> list[str]:
    """The programs that a sound card needs and this machine lacks."""
    return [name for name in ("pulseaudio", "pactl", "paplay", "parec") if not shutil.which(name)]


def write_wav(path: Path, clip: Clip) -> Path:
    """The clip as a file that paplay takes."""
    soundfile.write(path, clip.samples, clip.rate)
    return path
