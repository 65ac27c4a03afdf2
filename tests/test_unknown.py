"""Follow-ups to answers whose question the bank does not have: they take hold of what was said."""

import pytest

from interviewer.asking import fitting
from interviewer.asking.director import Director
from interviewer.asking.fitting import fits
from interviewer.asking.moves import exchange
from interviewer.asking.probing import wanted
from interviewer.asking.unknown import holds
from interviewer.judging.spoken import deepening
from interviewer.offline.single import session_of, with_question
from interviewer.reading.told import told
from interviewer.record import written_answer
from interviewer.text.likeness import Likeness
from interviewer.text.sentences import split
from rubrics.library import find, shipped


def first(round_id: str, answer: str, level: float = 3.5) -> str:
    """What is asked of the best place, with the words that it takes up."""
    said = told(tuple(one.text for one in split(answer)))
    best = max(holds(round_id, said, level), key=lambda one: one.value, default=None)
    return f"{best.handle.opening}: {best.handle.probe}" if best else ""


@pytest.mark.parametrize(
    ("round_id", "answer", "asked"),
    [
        (
            "llm_rag",
            "We rewrote the prompt and people complained less. I don't have figures on how much "
            "it reduced the wrong answers.",
            "You don't have figures on how much it reduced the wrong answers: ",
        ),
        (
            "ml_fundamentals",
            "I compared both on the same week. The model was better by 0.4 percent on that week.",
            "how do you know that this is more than chance?",
        ),
        (
            "llm_rag",
            "I read every number again in a second call. That second call catches about half of them.",
            "what happens to the rest?",
        ),
        (
            "recruiter_screen",
            "I like clear goals. I always write the plan down first.",
            "when did that last not work out?",
        ),
        (
            "behavioral",
            "I showed her the two curves side by side. My manager was convinced after ten minutes.",
            "how do you know that they really saw it that way?",
        ),
    ],
)
def test_an_answer_is_asked_about_what_it_says(round_id: str, answer: str, asked: str) -> None:
    assert asked in first(round_id, answer)


def test_a_weak_answers_claim_is_tested() -> None:
    answer = "With lists you need loops. A star is faster with a heuristic."
    assert first("coding", answer, 2.0) == (
        "You said a star is faster with a heuristic: how would you show that?"
    )


def test_a_number_that_was_compared_is_not_asked_for_its_cause() -> None:
    moved = "After the new features the error rate went from 9 to 5 percent."
    assert "nothing else" in first("ml_fundamentals", moved)
    compared = f"{moved} The control group stayed at 9."
    assert "nothing else" not in first("ml_fundamentals", compared)


def test_what_is_denied_is_not_said_back_as_if_it_were_claimed() -> None:
    assert not first("coding", "The heap isn't always faster.", 2.0)


@pytest.mark.parametrize(
    ("round_id", "said"),
    [
        ("behavioral", "I can't say who the client was."),
        ("llm_rag", "I don't log personal data."),
        ("llm_rag", "We never test on the training set."),
        ("llm_rag", "We didn't track that because of privacy rules."),
        ("behavioral", "We still managed to ship it on time."),
        ("recruiter_screen", "The reason was my mother was sick."),
        ("behavioral", "I decided to leave because my daughter was born."),
        ("behavioral", "I always wanted to work in health care."),
        ("recruiter_screen", "I moved from a corporate job to a team of five."),
        ("behavioral", "I picked up Rust last year."),
        ("llm_rag", "I used a Kalman filter for that."),
        ("ml_fundamentals", "A linear model only works for linear problems."),
        ("ml_fundamentals", "Bias goes down by one point when variance goes up."),
        ("behavioral", "My colleague died and the team accepted that I needed time."),
    ],
)
def test_what_only_sounds_like_it_is_left_alone(round_id: str, said: str) -> None:
    assert not first(round_id, said, 2.5)


def test_points_of_a_program_or_of_a_system_are_asked_of_such_questions_only() -> None:
    point = {
        one.id: one
        for round_id in ("coding", "llm_rag", "recruiter_screen")
        for one in find(round_id).general_points()
    }
    nothing = told(("I look at the tests first.",))
    empty = point["handles_empty"]
    assert fits(empty, "Write a function that returns the largest item.", nothing, 2.0)
    assert not fits(empty, "What do you check when a job gets slow?", nothing, 2.0)
    checked = told(("An empty list raises an error.",))
    assert not fits(empty, "Write a function that returns the largest item.", checked, 2.0)
    cost = point["cost_of_wrong_answer"]
    assert fits(cost, "Design an assistant for nurses.", nothing, 2.0)
    assert not fits(cost, "What is the difference between RAG and fine-tuning?", nothing, 2.0)
    assert not fits(point["before_and_after"], "What is your notice period?", nothing, 2.0)


def test_in_an_interview_the_admission_comes_before_the_rounds_general_points(
    director: Director, likeness: Likeness
) -> None:
    rubric, question = with_question(
        find("llm_rag"), "What made your assistant's answers shorter, and was that good?", likeness
    )
    answer = (
        "We cut the prompt to half and asked for three sentences at most. Support liked it. We "
        "never measured whether people had to ask again for what was left out."
    )
    one = exchange(session_of(rubric, question, written_answer(answer), ()))
    assert question.id == "custom"
    move = director.probe(one)
    assert "(unmeasured): You never measured whether" in move.why


@pytest.mark.parametrize(
    ("round_id", "asked", "first"),
    [
        ("recruiter_screen", "How many days do you want to be in the office?", "give way"),
        ("recruiter_screen", "How big is your team and who is on it?", "up to you"),
        ("recruiter_screen", "Where do you fall short?", "least sure"),
        ("behavioral", "Tell me about a risk that you took.", "least sure"),
        ("coding", "Count the distinct users of a stream.", "slow, or wrong"),
        ("ml_system_design", "Design a search for spare parts.", "fail first"),
        ("a_round_of_ones_own", "How do you plan a garden?", "least sure"),
    ],
)
def test_a_full_answer_is_taken_further_by_what_fits_its_round(
    round_id: str, asked: str, first: str
) -> None:
    assert first in deepening(round_id, asked)[0]


def test_whatever_is_asked_of_any_answer_may_be_spoken(likeness: Likeness) -> None:
    for rubric in shipped():
        own, question = with_question(rubric, "What do your neighbours think of zebras?", likeness)
        one = exchange(session_of(own, question, written_answer("They like them a lot."), ()))
        assert question.id == "custom"
        for text in deepening(rubric.id, question.text):
            assert not one.faults(text, text), text


def test_what_does_not_fit_an_unknown_question_is_not_called_missing(
    director: Director, likeness: Likeness
) -> None:
    rubric, question = with_question(find("coding"), "What is hard about code reviews?", likeness)
    answer = written_answer("I read the tests first, then I ask what could break for our users.")
    one = exchange(session_of(rubric, question, answer, ()))
    assert question.id == "custom"
    missing = {each.point.id for each in wanted(director.view(one)) if each.verdict == "missing"}
    assert missing
    assert not missing & (fitting.OF_THE_INPUT | fitting.OF_A_PROGRAM)


def test_each_point_that_is_held_back_is_one_of_a_rounds_general_points() -> None:
    known = {point.id for rubric in shipped() for point in rubric.general_points()}
    held_back = [
        *fitting.OF_THE_INPUT,
        *fitting.OF_A_PROGRAM,
        *fitting.OF_WORK,
        *fitting.OF_A_SYSTEM,
        *fitting.OF_A_SCORE,
    ]
    assert known.issuperset(held_back)
