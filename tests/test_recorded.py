"""Recordings answer in place of a person: the one that fits, unused ones first."""

import re
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


STORIES = """
recordings:
  - {file: rollback.flac, opens: true, story: outage, question: Tell me about a long production outage.,
     text: We rolled the model back., round: behavioral}
  - {file: churn.flac, opens: true, story: churn, question: Name a model that did unexpected harm.,
     text: Our churn model sent discounts., round: behavioral}
  - {file: number.flac, story: churn, topics: [number, measured, percent], round: behavioral,
     text: Forty percent would have stayed.}
  - {file: alarm.flac, story: outage, text: A manager called us., round: behavioral}
  - {file: lesson.flac, text: I would start smaller., round: behavioral}
  - {file: skew.flac, text: The features are computed once., topics: [number], round: design}
"""
OUTAGE = "Tell me about a long outage in production."
HARM = "Name a model of yours that did harm which was unexpected."
NUMBER = "Which number, in percent, was measured?"


@pytest.fixture
def storied(tmp_path: Path) -> Path:
    (tmp_path / "candidate.yaml").write_text(STORIES, encoding="utf-8")
    for name in ("rollback", "churn", "number", "alarm", "lesson", "skew"):
        write_audio(tmp_path / f"{name}.flac", Clip(np.full(RATE, 0.1, np.float32), RATE))
    return tmp_path


def test_a_follow_up_gets_an_answer_of_the_story_that_is_told(storied: Path) -> None:
    given = answers(RecordedCandidate.from_folder(storied), [OUTAGE, NUMBER, NUMBER, HARM, NUMBER])
    assert given[0] == "rollback"
    assert set(given[1:3]) == {"alarm", "lesson"}, "its own, and what fits every story"
    assert given[3:] == ["churn", "number"]


def test_another_storys_answer_comes_only_where_none_of_the_own_is_left(storied: Path) -> None:
    candidate = RecordedCandidate.from_folder(storied)
    assert answers(candidate, [HARM, *[NUMBER] * 3])[:2] == ["churn", "number"]
    assert [path.stem for path in candidate.given[2:]] == ["lesson", "alarm"], "not a main answer"
    assert answers(candidate, [OUTAGE])[-1] == "rollback"


def test_answers_are_kept_for_a_story_that_may_still_be_told(storied: Path) -> None:
    sheet = STORIES.replace("{file: lesson.flac", "{file: lesson.flac, opens: true, story: other")
    (storied / "candidate.yaml").write_text(
        sheet.replace(
            "text: I would", "question: Tell me whom you disagreed with strongly., text: I would"
        ),
        encoding="utf-8",
    )
    questions = [
        HARM,
        "Tell me whom you strongly disagreed with.",
        "Who is the manager that called?",
    ]
    given = answers(RecordedCandidate.from_folder(storied), questions)
    assert given == ["churn", "lesson", "number"], "the alarm belongs to an outage, which may come"


def test_a_story_without_answers_to_follow_ups_is_asked_for_last(storied: Path) -> None:
    asked = [text.split()[-1] for text in RecordedCandidate.from_folder(storied).questions]
    assert asked == ["outage.", "harm."]
    sheet = STORIES.replace("alarm.flac, story: outage", "alarm.flac, story: churn")
    (storied / "candidate.yaml").write_text(sheet, encoding="utf-8")
    asked = [text.split()[-1] for text in RecordedCandidate.from_folder(storied).questions]
    assert asked == ["harm.", "outage."]
    (storied / "candidate.yaml").write_text(re.sub(r"story: \w+, ", "", sheet), encoding="utf-8")
    asked = [text.split()[-1] for text in RecordedCandidate.from_folder(storied).questions]
    assert asked == ["outage.", "harm."], "as in the sheet, which knows no stories"


def test_the_demonstration_tells_each_story_with_its_own_answers() -> None:
    candidate = RecordedCandidate.from_folder(FOLDER)
    harm = "Tell me about a time when a model you owned did harm that you had not expected."
    failure = "Walk me through a failure in a production system. What broke, what did you change?"
    number = "You said 94 percent: which number moved, and how was it measured?"
    mine = "Which part of the analysis did you do yourself, and what was your role?"
    given = answers(candidate, [harm, number, mine, failure, number, mine])
    assert given[0] == "negative-outcome-strong"
    assert set(given[1:3]) == {"telling-stakeholders", "do-differently"}
    assert given[3] == "production-failure"
    assert set(given[4:]) == {"how-noticed", "changed-afterwards"}


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
        ("recordings: [{file: a.flac, text: Hello, story: [a]}]", "story"),
        (
            "recordings: [{file: a.flac, text: A, opens: true, story: churn}, "
            "{file: b.flac, text: B, story: churm}]",
            "b.flac: no recording with `opens: true` has the story 'churm'",
        ),
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
