"""Recordings answer in place of a person: the one that fits, unused ones first."""

from pathlib import Path

import numpy as np
import pytest

from voice.audio import read_audio, write_audio
from voice.errors import VoiceError
from voice.recorded import RecordedCandidate
from voice.seams import FRAME, RATE, Clip

FOLDER = Path(__file__).parent.parent / "fixtures" / "audio"
SHEET = """
recordings:
  - {file: rollback.flac, round: behavioral, question: production-failure,
     topics: [rollback, outage], text: We rolled the model back after the outage.}
  - {file: features.flac, round: ml_system_design, question: feature-store,
     topics: [features, training and serving skew], text: The features are computed once.}
  - {file: metrics.flac, round: ml_system_design, question: offline-metrics,
     topics: [metrics, evaluation], text: I would look at precision at ten.}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "candidate.yaml").write_text(SHEET, encoding="utf-8")
    for number, name in enumerate(("rollback", "features", "metrics")):
        sound = np.random.default_rng(number).normal(0, 0.1, RATE).astype(np.float32)
        write_audio(tmp_path / f"{name}.flac", Clip(sound, RATE))
    return tmp_path


def answers(candidate: RecordedCandidate, questions: list[str]) -> list[str]:
    for question in questions:
        candidate.hear(question)
        next(candidate.frames())
    return [path.stem for path in candidate.given]


def test_the_answer_fits_the_question(folder: Path) -> None:
    candidate = RecordedCandidate.from_folder(folder)
    questions = [
        "Which offline metrics would you use for evaluation?",
        "Tell me about a production failure and how you rolled back.",
        "Where do the features come from in training and in serving?",
    ]
    assert answers(candidate, questions) == ["metrics", "rollback", "features"]


def test_unused_recordings_come_first_then_the_least_used(folder: Path) -> None:
    candidate = RecordedCandidate.from_folder(folder)
    given = answers(candidate, ["What about the rollback?"] * 6)
    assert given[0] == "rollback"
    assert set(given[:3]) == set(given[3:]) == {"rollback", "features", "metrics"}


def test_a_conversation_stays_in_its_round(folder: Path) -> None:
    candidate = RecordedCandidate.from_folder(folder)
    given = answers(candidate, ["How are features computed?", "What about the model?"])
    assert given == ["features", "metrics"]


def test_the_answer_to_a_main_question_is_kept_for_it() -> None:
    candidate = RecordedCandidate.from_folder(FOLDER)
    fraud = "How would you design the system that detects fraud on card transactions?"
    shop = "How would you design real-time recommendations for the home page of a large shop?"
    given = answers(candidate, [fraud, "How do you decide the score that stops one?", shop])
    assert given[0].startswith("fraud-")
    assert given[1:] == ["class-imbalance", "recommendations"]


def test_files_answer_in_order_and_start_over(folder: Path) -> None:
    files = [folder / "metrics.flac", folder / "rollback.flac"]
    candidate = RecordedCandidate.from_files(files)
    assert answers(candidate, ["Anything"] * 3) == ["metrics", "rollback", "metrics"]


def test_frames_are_the_recording_and_then_its_silence(folder: Path) -> None:
    candidate = RecordedCandidate.from_files([folder / "metrics.flac"])
    frames = list(candidate.frames())
    assert {len(frame) for frame in frames} == {FRAME}
    heard = np.concatenate(frames)
    assert np.array_equal(heard[:RATE], read_audio(folder / "metrics.flac").samples)
    assert len(heard) / RATE > 10
    assert np.all([np.any(frame) for frame in frames]), "a room is never digitally silent"


def test_a_closed_candidate_says_no_more(folder: Path) -> None:
    candidate = RecordedCandidate.from_files([folder / "metrics.flac"])
    frames = candidate.frames()
    next(frames)
    candidate.close()
    assert list(frames) == []


def test_the_shipped_candidate_answers() -> None:
    candidate = RecordedCandidate.from_folder(FOLDER)
    questions = ["How would you deal with class imbalance?", "What about the label delay?"]
    assert answers(candidate, questions) == ["class-imbalance", "label-delay"]


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        (None, "no recorded candidate"),
        ("recordings: []", "recordings"),
        ("recordings: [{file: gone.flac, text: Hello}]", "gone.flac, which is not there"),
        ("recordings: [{file: a.flac, text: Hello, tone: kind}]", "tone"),
        ("recordings: [", "cannot be read"),
        ("name: 2026-13-45", "cannot be read"),
        ("[" * 1_200, "cannot be read"),
        ("name: " + "9" * 5_000, "cannot be read"),
        (f"recordings: [{{file: {'a' * 5_000}, text: Hello}}]", "255"),
    ],
)
def test_a_broken_folder_is_told_in_one_line(
    tmp_path: Path, sheet: str | None, message: str
) -> None:
    if sheet is not None:
        (tmp_path / "candidate.yaml").write_text(sheet, encoding="utf-8")
    with pytest.raises(VoiceError, match=message) as error:
        RecordedCandidate.from_folder(tmp_path)
    assert len(str(error.value).splitlines()) == 1


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="no sound file"):
        RecordedCandidate.from_files([tmp_path / "gone.wav"])


def test_a_file_that_is_no_sound_is_named_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "notes.wav").write_text("not a sound", encoding="utf-8")
    with pytest.raises(VoiceError, match=r"notes\.wav cannot be read as sound"):
        RecordedCandidate.from_files([tmp_path / "notes.wav"])
    sheet = "recordings: [{file: notes.wav, text: Hello}]"
    (tmp_path / "candidate.yaml").write_text(sheet, encoding="utf-8")
    with pytest.raises(VoiceError, match=r"notes\.wav cannot be read as sound"):
        RecordedCandidate.from_folder(tmp_path)
