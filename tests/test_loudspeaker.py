"""What is played is what comes out, and it stops when it should."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tests.soundcard import SoundCard, finish, likeness, run, sound_card, write_wav
from voice.audio import read_audio
from voice.loudspeaker import SOFT, SilentLoudspeaker, _Playback
from voice.seams import RATE, Clip

__all__ = ["sound_card"]
OWN_PART = Path(__file__).parent.parent / "fixtures" / "audio" / "own-part.flac"

PLAY = """
import sys, time
from pathlib import Path
from voice.audio import read_audio
from voice.loudspeaker import SystemLoudspeaker
from voice.seams import Clip

clip = read_audio(Path(sys.argv[1]))
seconds, patience = float(sys.argv[2]), float(sys.argv[3])
loudspeaker = SystemLoudspeaker()
until = time.monotonic() + patience
played = loudspeaker.play(
    Clip(clip.samples[: round(seconds * clip.rate)], clip.rate), lambda: time.monotonic() > until
)
took = time.monotonic() - until + patience
time.sleep(0.5)
loudspeaker.close()
print(played.seconds, played.finished, took)
"""


def test_a_silent_loudspeaker_takes_no_time_and_knows_the_length() -> None:
    clip = Clip(np.zeros(3 * RATE, np.float32), RATE)
    played = SilentLoudspeaker().play(clip)
    assert (played.seconds, played.finished) == (3.0, True)
    assert SilentLoudspeaker().play(clip, lambda: True).seconds == 0.0


LOWERED = PLAY.replace(
    "lambda: time.monotonic() > until", "softly=lambda: time.monotonic() < until"
)


@pytest.mark.slow
def test_a_lowered_voice_is_heard_and_raised_again(sound_card: SoundCard) -> None:
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(6 * RATE) / RATE).astype(np.float32)
    path = write_wav(sound_card.folder / "tone.wav", Clip(tone, RATE))
    with sound_card.recorded_loudspeaker() as said:
        (line,) = finish(run(sound_card, LOWERED, str(path), "6", "3"))
    assert line.split()[:2] == ["6.0", "True"]
    heard = said[0].samples[np.argmax(np.abs(said[0].samples) > 0.01) :]
    seconds = heard[: 6 * RATE].reshape(6, RATE)
    loudness = np.sqrt((seconds**2).mean(1))
    assert loudness[1] == pytest.approx(SOFT * loudness[5], rel=0.1)


def test_lowering_the_voice_makes_no_click() -> None:
    level = np.full(RATE, 0.5, np.float32)
    playback = _Playback(level, RATE, None)
    times = SimpleNamespace(outputBufferDacTime=0.0)
    out = np.zeros((4, 320, 2), np.float32)
    for block, gain in zip(out, (1.0, SOFT, SOFT, 1.0), strict=True):
        playback.gain = gain
        playback.fill(block, 320, times, None)
    heard = out.reshape(-1, 2)[:, 0]
    assert heard[[0, 319, 639, 959, 1279]] == pytest.approx([0.5, 0.5, 0.1, 0.1, 0.5], abs=1e-6)
    assert np.abs(np.diff(heard)).max() < 0.005


@pytest.mark.slow
def test_what_is_played_comes_out_whole(sound_card: SoundCard) -> None:
    with sound_card.recorded_loudspeaker() as said:
        (line,) = finish(run(sound_card, PLAY, str(OWN_PART), "5", "60"))
    seconds, finished, took = line.split()
    assert finished == "True"
    assert float(seconds) == 5.0
    assert float(took) >= 4.95
    original = Clip(read_audio(OWN_PART).samples[: 5 * RATE], RATE)
    # 44.1 kHz on the way: not bit by bit the same.
    assert likeness(said[0], original) > 0.9


@pytest.mark.slow
def test_a_stop_is_heard_at_once_and_its_place_is_known(sound_card: SoundCard) -> None:
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(10 * RATE) / RATE).astype(np.float32)
    path = sound_card.folder / "tone.wav"
    import soundfile

    soundfile.write(path, tone, RATE)
    with sound_card.recorded_loudspeaker() as said:
        (line,) = finish(run(sound_card, PLAY, str(path), "10", "1.5"))
    seconds, finished, _ = line.split()
    assert finished == "False"
    heard = np.abs(said[0].samples) > 0.05
    assert heard.sum() / RATE < 1.5 + 0.3
    first, last = np.flatnonzero(heard)[[0, -1]]
    assert (last - first) / RATE == pytest.approx(float(seconds), abs=0.15)
