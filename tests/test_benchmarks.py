"""The benchmarks' own arithmetic, and that odd files do not break them."""

import numpy as np
import pytest

from benchmarks import attacks, grading


class OneRound(attacks.Bench):
    """A grader that gives everything level 3, and leaves nonsense unscored."""

    def __init__(self, questions: int) -> None:
        self.rows = [
            {"round": "coding", "question_id": f"coding-{n}", "question": "Why?", "level": 5}
            | {"answer": f"Answer {n}."}
            for n in range(questions)
        ]
        self.plain = np.full(questions, 3.0)

    def overall(self, row: attacks.Row, text: str, asked: str | None = None) -> float:
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
