"""Who goes on after they were cut off is not scored for a question that they never heard."""

from dataclasses import replace

import pytest

from interviewer.asking.director import Director
from interviewer.asking.manner import MANNERS
from interviewer.asking.moves import Move, exchange
from interviewer.asking.unheard import TALKED_OVER, placed
from interviewer.judging.level import LevelReader
from interviewer.judging.points import PointJudge
from interviewer.judging.spoken import exchanges
from interviewer.record import written_answer
from interviewer.requests.control import classify
from interviewer.text.embedding import Embedder
from interviewer.text.likeness import Likeness
from rubrics.library import find
from sessions.model import Asked, Planned, Session, Turn

FIRST, SECOND = "production_failure", "pushback_with_data"
STORY = (
    "In March my churn model put forty customers on the wrong list. I rolled it back myself, and the "
    "share of wrong calls went from nine percent to two."
)
MORE = "And we also added an alert on the null rate, so that we would notice it within the hour."


@pytest.fixture(scope="module")
def director(embedder: Embedder) -> Director:
    return Director(PointJudge(embedder), Likeness(embedder), LevelReader.shipped(), probes=1)


def begun() -> Session:
    return Session(
        id="x",
        created="2026-01-01T00:00:00+00:00",
        status="live",
        round="behavioral",
        seniority="mid",
        style="neutral",
        planned=tuple(Planned(round="behavioral", question=one) for one in (FIRST, SECOND)),
        rubrics=(find("behavioral"),),
        models=(),
        candidate="text",
    )


def said(one: Session, move: Move, answer: str, spoken: str | None = None) -> Session:
    """The session after the move, of which `spoken` was heard, and the answer."""
    turn = Turn(
        kind=move.kind,
        round=move.round,
        question=move.question,
        point=move.point.id if move.point else None,
        why=move.why,
        asked=Asked(
            text=move.text,
            spoken=move.text if spoken is None else spoken,
            interrupted=spoken is not None,
            seconds=1.0,
        ),
        answer=replace(written_answer(answer), control=classify(answer)),
    )
    return placed(one.with_turn(turn))


def asked(director: Director, one: Session) -> Move:
    move = director.next_move(one)
    assert move is not None
    return move


@pytest.fixture
def at_second(director: Director) -> tuple[Session, Move]:
    """The first question and its follow-up were answered; the second is about to be asked."""
    one = begun()
    for _ in range(2):
        one = said(one, asked(director, one), STORY)
    move = asked(director, one)
    assert (move.kind, move.question) == ("question", SECOND)
    return one, move


@pytest.mark.parametrize(
    "heard", ["", "This is the last question.", "This is the last question. T"]
)
def test_what_is_said_over_a_question_goes_on_with_the_one_before(
    director: Director, at_second: tuple[Session, Move], heard: str
) -> None:
    one = said(*at_second, MORE, heard)
    last = one.turns[-1]
    assert (last.kind, last.question, last.why) == ("reply", FIRST, TALKED_OVER)
    assert MORE in exchange(one).text
    (scored,) = exchanges(one)
    assert MORE in " ".join(sentence.text for sentence in scored.sentences)
    again = asked(director, one)
    assert (again.kind, again.question) == ("question", SECOND)
    assert begun().rubrics[0].question(SECOND).text in again.text


@pytest.mark.parametrize("noise", ["Okay.", "That's all.", "Give me a minute."])
def test_a_word_in_between_is_no_answer_to_the_question_either(
    director: Director, at_second: tuple[Session, Move], noise: str
) -> None:
    one = said(*at_second, noise, "")
    while (move := asked(director, one)).question == FIRST:
        one = said(one, move, "I have nothing to add.")
    assert (move.kind, move.question) == ("question", SECOND)


def test_who_heard_most_of_a_question_answers_it(
    director: Director, at_second: tuple[Session, Move]
) -> None:
    one, move = at_second
    one = said(one, move, MORE, move.text[: -len(move.text) // 4])
    assert (one.turns[-1].kind, one.turns[-1].question) == ("question", SECOND)


def test_who_did_not_catch_it_hears_the_question_that_was_begun(
    director: Director, at_second: tuple[Session, Move]
) -> None:
    one = said(*at_second, "Could you repeat that?", "")
    again = asked(director, one)
    assert again.question == SECOND
    assert begun().rubrics[0].question(SECOND).text in again.text


def test_a_follow_up_that_was_not_heard_does_not_count(director: Director) -> None:
    one = said(begun(), asked(director, begun()), STORY)
    follow_up = asked(director, one)
    assert follow_up.kind == "follow_up"
    one = said(one, follow_up, MORE, "How")
    again = asked(director, one)
    assert (again.kind, again.question) == ("follow_up", FIRST), "it is their only one"


def test_a_first_question_that_was_talked_over_is_asked_before_anything_else(
    director: Director,
) -> None:
    one = said(begun(), asked(director, begun()), "Hi Alex, I can hear you well now.", "Hi,")
    again = asked(director, one)
    question = begun().rubrics[0].question(FIRST).text
    assert again.text == f"{MANNERS['neutral'].unheard} {question}"


def test_who_always_talks_over_the_interviewer_is_not_asked_for_ever(director: Director) -> None:
    one, moves = begun(), 0
    while (move := asked(director, one)).kind != "closing":
        one, moves = said(one, move, MORE, ""), moves + 1
        assert moves < 20


def test_a_question_that_was_skipped_stays_so_whatever_is_said_over_the_next(
    director: Director,
) -> None:
    one = said(begun(), asked(director, begun()), "Skip this one.")
    one = said(one, asked(director, one), "Thanks, that is kind of you.", "")
    assert one.turns[-1].question == SECOND
    question = begun().rubrics[0].question(SECOND).text
    assert asked(director, one).text == f"{MANNERS['neutral'].unheard} {question}"
