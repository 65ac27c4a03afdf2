"""One answer outside of an interview: its question is found, or honestly not known."""

import pytest

from interviewer.judging.embedded import EmbeddedGrader
from interviewer.judging.embedding import Embedder
from interviewer.judging.points import PointJudge
from interviewer.likeness import Likeness
from interviewer.record import written_answer
from interviewer.single import session_of, with_question
from rubrics.library import find
from rubrics.model import UNKNOWN
from sessions.model import Scorecard

STORY = (
    "In my last job I owned the model that ranked support tickets. In March I shipped a version "
    "with a text embedding, and offline it looked fine. Four days later I saw that the share of "
    "billing tickets answered within an hour had dropped from 92 to 61 percent. I rolled it back "
    "myself the same morning. It turned out that our new template put the same greeting in front "
    "of every mail. I had never evaluated it per category, that was my mistake. Since then every "
    "release has a check per segment, and a model more than three points down cannot be deployed."
)


def graded(embedder: Embedder, question: str | None) -> Scorecard:
    likeness = Likeness(embedder)
    rubric, asked = with_question(find("behavioral"), question, likeness)
    session = session_of(rubric, asked, written_answer(STORY), ())
    return EmbeddedGrader(PointJudge(embedder)).grade(session, lambda what, share: None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("unexpected_harm", "unexpected_harm"),
        ("Tell me about a model of yours that caused harm nobody had expected.", "unexpected_harm"),
        ("How would you bake a cake for a hundred guests?", "custom"),
    ],
)
def test_a_question_is_found_by_id_and_in_other_words(
    embedder: Embedder, text: str, found: str
) -> None:
    assert with_question(find("behavioral"), text, Likeness(embedder))[1].id == found


def test_without_a_question_an_answer_is_not_held_to_have_missed_it(embedder: Embedder) -> None:
    assert with_question(find("behavioral"), None, Likeness(embedder))[1].text == UNKNOWN
    card = graded(embedder, None)
    assert card.overall is not None and card.overall >= 3
    assert not any("another question" in one.why for one in card.criteria)


def test_the_bank_knows_more_than_the_criteria_alone(embedder: Embedder) -> None:
    with_bank = graded(embedder, "unexpected_harm")
    assert with_bank.overall is not None and with_bank.overall >= 3
    assert {one.question for one in with_bank.points} == {"unexpected_harm"}
