"""The sound card without hardware as a fixture, and what tests do with it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from benchmarks.soundcard import PACKAGES, SoundCard, missing, running, write_wav
from voice.seams import Clip

__all__ = ["SoundCard", "finish", "likeness", "run", "sound_card", "write_wav"]


@pytest.fixture
def sound_card(tmp_path: Path) -> Iterator[SoundCard]:
    """A virtual sound card, or a skip that says what would help; under CI a failure."""
    if lacking := missing():
        reason = f"no {', '.join(lacking)} for a virtual sound card; apt-get install -y {PACKAGES}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with running(tmp_path) as card:
        yield card


def run(card: SoundCard, program: str, *arguments: str) -> "subprocess.Popen[str]":
    """A Python program that has this sound card."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env=card.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: "subprocess.Popen[str]") -> list[str]:
    """The lines that it printed; fails with what it complained about."""
    out, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    return out.splitlines()


def likeness(heard: Clip, played: Clip) -> float:
    """Correlation of the two (same rate) where they fit best, 0 to 1."""
    size = 1 << (len(heard.samples) + len(played.samples)).bit_length()
    spectrum = np.fft.rfft(heard.samples, size) * np.conj(np.fft.rfft(played.samples, size))
    lag = int(np.argmax(np.fft.irfft(spectrum)[: len(heard.samples)]))
    part = heard.samples[lag : lag + len(played.samples)]
    whole = np.pad(part, (0, len(played.samples) - len(part)))
    energy = np.linalg.norm(whole) * np.linalg.norm(played.samples)
    return float(whole @ played.samples / energy) if energy else 0.0
