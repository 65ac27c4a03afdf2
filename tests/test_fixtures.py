"""The recorded candidate that comes with the project."""

from collections import Counter
from pathlib import Path

import pytest
import soundfile
import yaml

FOLDER = Path(__file__).parent.parent / "fixtures" / "audio"
RECORDINGS = yaml.safe_load((FOLDER / "candidate.yaml").read_text(encoding="utf-8"))["recordings"]


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda recording: recording["file"])
def test_a_recording_sounds_like_a_microphone(recording: dict[str, str]) -> None:
    samples, rate = soundfile.read(FOLDER / recording["file"], dtype="int16")
    assert (rate, samples.ndim) == (16_000, 1)
    assert 15 <= len(samples) / rate <= 90
    assert abs(samples).max() < 32_000
    words_a_minute = len(recording["text"].split()) / (len(samples) / rate / 60)
    assert 80 < words_a_minute < 200
    # A room is never digitally silent for 50 ms.
    assert not any(not samples[at : at + 800].any() for at in range(0, len(samples) - 800, 800))


@pytest.mark.parametrize("kind", ["behavioral", "ml_system_design"])
def test_each_round_has_two_answers_to_one_question(kind: str) -> None:
    asked = Counter(r["question"] for r in RECORDINGS if r["round"] == kind)
    assert len(asked) >= 8
    assert max(asked.values()) >= 2


def test_every_file_is_listed_and_all_are_small() -> None:
    files = {path.name: path.stat().st_size for path in FOLDER.glob("*.flac")}
    assert files.keys() == {recording["file"] for recording in RECORDINGS}
    assert sum(files.values()) < 20_000_000


def test_everybody_says_um_and_thinks() -> None:
    for recording in RECORDINGS:
        assert "um" in recording["text"].lower()
        assert "..." in recording["text"]
