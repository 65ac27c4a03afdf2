"""An answer is on disk while it is spoken, and only its owner may read it."""

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from voice.audio import read_audio
from voice.errors import VoiceError
from voice.recording import Recorder
from voice.seams import FRAME, RATE

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and modes of POSIX")

ENDLESS = """
import sys
from pathlib import Path
import numpy as np
from voice.errors import VoiceError
from voice.recording import Recorder

recorder = Recorder(Path(sys.argv[1]))
noise = np.random.default_rng(0)
try:
    for number in range(int(sys.argv[2])):
        recorder.write(noise.normal(0, 0.1, 512).astype(np.float32))
        print(number + 1, flush=True)
    sys.stdin.read()
except VoiceError as error:
    print(error, file=sys.stderr)
    sys.exit(3)
"""


def test_what_was_recorded_is_read_again(tmp_path: Path) -> None:
    sound = np.random.default_rng(0).normal(0, 0.1, 40 * FRAME).astype(np.float32)
    with Recorder(tmp_path / "a.flac") as recorder:
        for start in range(0, len(sound), FRAME):
            recorder.write(sound[start : start + FRAME])
    clip = read_audio(tmp_path / "a.flac")
    assert len(clip.samples) == len(sound)
    assert np.max(np.abs(clip.samples - sound)) < 1e-4


@posix
def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    with Recorder(tmp_path / "a.flac"):
        assert (tmp_path / "a.flac").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="cannot be recorded to"):
        Recorder(tmp_path / "gone" / "a.flac")


@posix
@pytest.mark.parametrize("frames", [70, 151, 313])
def test_a_killed_program_loses_less_than_a_second(tmp_path: Path, frames: int) -> None:
    path = tmp_path / "a.flac"
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, path, str(frames)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        while int(process.stdout.readline()) < frames:
            pass
        process.send_signal(signal.SIGKILL)
    seconds = read_audio(path).seconds
    assert frames * FRAME / RATE - 1.0 <= seconds <= frames * FRAME / RATE


@posix
def test_a_full_disk_is_told_in_one_line(tmp_path: Path) -> None:
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000));" + ENDLESS
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, tmp_path / "a.flac", "500"],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert "disk" in done.stderr
    assert len(done.stderr.splitlines()) == 1
