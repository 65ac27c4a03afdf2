"""Questions are planned by round, seniority, and what was asked before."""

import pytest

from interviewer.asking.plan import plan
from rubrics.library import find


def test_a_plan_has_as_many_questions_as_asked_for_without_repeating_any() -> None:
    planned = plan([find("behavioral")], "mid", 3)
    assert len({one.question for one in planned}) == 3


def test_preferred_questions_come_first_in_their_order() -> None:
    rubric = find("ml_system_design")
    wanted = [rubric.questions[3].id, rubric.questions[1].id]
    assert [one.question for one in plan([rubric], "senior", 2, prefer=wanted)] == wanted


def test_a_preferred_question_is_asked_whatever_its_seniority() -> None:
    rubric = find("behavioral")
    wanted = next(one.id for one in rubric.questions if "mid" not in one.seniority)
    planned = plan([rubric], "mid", 2, prefer=[wanted])
    assert planned[0].question == wanted
    assert "mid" in rubric.question(planned[1].question).seniority


def test_questions_asked_before_come_last() -> None:
    rubric = find("behavioral")
    fitting = [one.id for one in rubric.questions if "mid" in one.seniority]
    planned = plan([rubric], "mid", len(fitting), asked=fitting[:1])
    assert planned[-1].question == fitting[0]


def test_a_loop_gives_each_round_a_share() -> None:
    rounds = [find("behavioral"), find("ml_system_design"), find("coding")]
    planned = plan(rounds, "senior", 4)
    assert [one.round for one in planned] == [
        "behavioral", "behavioral", "ml_system_design", "coding",
    ]  # fmt: skip


@pytest.mark.parametrize("seniority", ["junior", "mid", "senior", "staff"])
def test_only_questions_for_the_seniority_are_asked(seniority: str) -> None:
    rubric = find("ml_system_design")
    for one in plan([rubric], seniority, 3):  # type: ignore[arg-type]
        assert seniority in rubric.question(one.question).seniority
