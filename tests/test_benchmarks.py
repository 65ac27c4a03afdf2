"""The benchmarks' own arithmetic, and that odd files do not break them."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from benchmarks import attacks, follow_ups, grading, points, wer
from voice.seams import RATE, Samples


class OneRound(attacks.Bench):
    """A grader that gives everything level 3, and leaves nonsense unscored."""

    def __init__(self, questions: int) -> None:
        self.rows = [
            {"round": "coding", "question_id": f"coding-{n}", "question": "Why?", "level": 5}
            | {"answer": f"Answer {n}."}
            for n in range(questions)
        ]
        self.plain = np.full(questions, 3.0)

    def overall(self, row: attacks.Row, text: str) -> float:
        return float("nan") if text == "Answer 0." else 3.0


def test_a_file_with_one_round_has_no_answers_to_another_rounds_questions(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = OneRound(3).elsewhere(same_round=False)
    assert not len(found)
    attacks.line("elsewhere", found, "at most 2")
    assert capsys.readouterr().out.split() == ["elsewhere", "none", "at", "most", "2"]


def test_unscored_attacks_are_counted_and_are_in_no_figure(
    capsys: pytest.CaptureFixture[str],
) -> None:
    attacks.line("shift", np.array([0.1, float("nan"), 0.3]), "at most 0.2")
    assert capsys.readouterr().out.endswith("+0.20   worst  0.30   at most 0.2   1 of 3 unscored\n")
    found = OneRound(2).elsewhere(same_round=True)
    assert np.isnan(found).tolist() == [False, True]


@pytest.mark.parametrize(
    ("row", "level"),
    [
        ({"score": 1, "scale": [1, 5]}, 1.0),
        ({"score": 4, "scale": [1, 5]}, 4.0),
        ({"score": 1, "scale": [0, 2]}, 3.0),
        ({"score": 1, "max_score_observed": 2}, 3.0),
    ],
)
def test_an_exams_scale_may_begin_above_nought(row: dict[str, object], level: float) -> None:
    assert grading.level(row) == level


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    """Two recordings with words, one without, and a text without sound."""
    for name, words in (("a", "so um I did"), ("b", "we rolled it all back"), ("c", "  ")):
        soundfile.write(tmp_path / f"{name}.wav", np.zeros(1600), RATE)
        (tmp_path / f"{name}.txt").write_text(words, "utf-8")
    (tmp_path / "README.txt").write_text("About these.", "utf-8")
    return tmp_path


def test_word_errors_are_counted_over_all_words_and_odd_files_are_left_out(
    speech: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    heard = iter(("So, um, I did.", "We called it off."))
    systems: dict[str, Callable[[Samples], str]] = {"product": lambda samples: next(heard)}
    monkeypatch.setattr(wer, "systems", lambda folder: systems)
    monkeypatch.setattr(sys, "argv", ["wer", "--speech", str(speech), "--whisper", "x"])
    wer.main()
    out, told = capsys.readouterr()
    assert re.findall(r"(\w+) +product +word errors +([\d.]+) %", out) == [
        ("a", "0.0"),
        ("b", "60.0"),
        ("all", "33.3"),
    ]
    assert "fillers 1 of 1 (1 written)" in out.split("\n")[2]
    assert "README.txt has no .wav" in told
    assert "c.txt has no words" in told


def test_a_folder_without_speech_is_told_before_any_model_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(wer, "systems", pytest.fail)
    monkeypatch.setattr(sys, "argv", ["wer", "--speech", str(tmp_path)])
    with pytest.raises(SystemExit):
        wer.main()
    assert "holds no sound file" in capsys.readouterr().err


def test_the_table_of_points_is_in_the_json_of_follow_ups(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(0)
    some = [
        points.Case(
            f"q{n % 5}", "It says so.", n % 2 == 0, False, tuple(chance.normal(n % 2, 1, 3))
        )
        for n in range(120)
    ]
    monkeypatch.setattr(points, "cases", lambda rows, embedder: some)
    monkeypatch.setattr(points, "DRAWS", 20)
    embedder: Any = None
    found = follow_ups.agreement([], embedder)
    assert json.loads(json.dumps(found, allow_nan=False))["points"] == 120
    assert found["covered"] == 60
    value, low, high = found["judges"]["sentence vectors and terms"]["auc"]
    assert low <= value <= high
    told = list(follow_ups.table_of(found))
    assert told[0].startswith("120 points, 60 covered")
    assert f"{value:.3f} [{low:.3f}, {high:.3f}]" in told[2]
