"""Speech is told from noise, hum and silence, frame by frame."""

from pathlib import Path

import numpy as np
import pytest

from voice.activity import Activity, SpeechDetector
from voice.audio import read_audio
from voice.seams import FRAME, RATE, Samples
from voice.timeline import BLIP, Timeline

SPEECH = Path(__file__).parent.parent / "fixtures" / "audio" / "label-delay.flac"
TIME = np.arange(4 * RATE) / RATE
NOISE = np.random.default_rng(0).normal(0, 1, 4 * RATE)


def share_of_speech(samples: Samples) -> float:
    detector = SpeechDetector()
    frames = np.asarray(samples, np.float32)[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    return float(np.mean([detector.push(frame).speech for frame in frames]))


def test_speech_is_speech() -> None:
    assert share_of_speech(read_audio(SPEECH).samples[: 8 * RATE]) > 0.5


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(4 * RATE),
        0.001 * NOISE,
        0.1 * NOISE,
        0.2 * np.sin(2 * np.pi * 50 * TIME) + 0.1 * np.sin(2 * np.pi * 150 * TIME),
        0.2 * np.sin(2 * np.pi * 1000 * TIME),
        0.05 * NOISE * np.clip(np.sin(2 * np.pi * 0.3 * TIME), 0, 1),
    ],
    ids=["silence", "faint noise", "loud noise", "mains hum", "tone", "breathing noise"],
)
def test_what_is_no_speech_is_no_speech(sound: Samples) -> None:
    assert share_of_speech(sound) == 0


def test_speech_far_below_the_room_is_not_meant_for_us() -> None:
    speech = read_audio(SPEECH).samples[: 8 * RATE]
    assert share_of_speech(speech * 0.002) == 0


def test_frames_one_by_one_give_what_the_library_gives_for_the_whole() -> None:
    from faster_whisper.vad import get_vad_model

    speech = read_audio(SPEECH).samples[: 100 * FRAME]
    detector = SpeechDetector()
    one_by_one = [detector.push(frame).probability for frame in speech.reshape(-1, FRAME)]
    whole = get_vad_model()(speech.copy()).reshape(-1)
    # The library blanks the end of the last frame.
    assert np.allclose(one_by_one[:-1], whole[:-1], atol=1e-3)


def test_a_frame_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="512"):
        SpeechDetector().push(np.zeros(100, np.float32))


def timeline(pattern: str) -> Timeline:
    """A timeline from a picture: `#` is 0.1 s of speech, `.` 0.1 s without."""
    made = Timeline()
    for index in range(round(len(pattern) * 0.1 * RATE / FRAME)):
        speech = pattern[min(int(index * FRAME / RATE / 0.1), len(pattern) - 1)] == "#"
        made.push(Activity(speech, float(speech), -30.0))
    return made


def test_pauses_lie_between_stretches_of_speech() -> None:
    found = timeline("....#####....#####..........")
    assert [(round(start, 1), round(end, 1)) for start, end in found.pauses] == [(0.9, 1.3)]
    assert found.voiced == pytest.approx(1.0, abs=0.1)
    assert found.onset == pytest.approx(0.4, abs=0.05)
    assert found.speech_end == pytest.approx(1.8, abs=0.05)
    assert found.silence == pytest.approx(1.0, abs=0.05)


def test_a_click_is_no_speech() -> None:
    assert BLIP > 0.1
    assert not timeline("....#.......").spoken


def test_times_are_exactly_those_of_the_sound_however_long_it_is() -> None:
    made, speech = Timeline(), Activity(True, 1.0, -30.0)
    for count in range(1, 10_000):  # 320 s
        made.push(speech)
        assert made.seconds == count * FRAME / RATE
    assert made.speech_end == made.seconds
