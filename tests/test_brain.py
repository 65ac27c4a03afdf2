"""The model joins a follow-up's parts; what it loses or invents is not said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from interviewer.asking.brain import Brain, joining, opened, strayed
from interviewer.asking.moves import Move
from interviewer.llm.scripted import ScriptedModel
from interviewer.offline.single import session_of
from interviewer.record import written_answer
from interviewer.seams import Message
from rubrics.library import find
from sessions.model import Session

ANSWER = "I set the gate at twice the median and it held for a year."
WRITTEN = "You set the gate at twice the median: how did you arrive at exactly that?"
JOINED = "You set the gate at twice the median, so how did you arrive at exactly that?"


class Saying(ScriptedModel):
    """A scripted model that says what it is given, in turn, and keeps what it was asked."""

    def __init__(self, *replies: str, strong: bool = False) -> None:
        super().__init__()
        self.replies = list(replies)
        self.asked: list[Sequence[Message]] = []
        self.strong = strong

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Iterator[str]:
        self.asked.append(messages)
        yield self.replies.pop(0)

    def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
    ) -> str:
        return "".join(self.stream(messages, max_tokens=max_tokens))


def session() -> Session:
    rubric = find("behavioral")
    return session_of(rubric, rubric.questions[0], written_answer(ANSWER), ())


def move(text: str = WRITTEN) -> Move:
    return Move(
        kind="follow_up",
        round="behavioral",
        question=session().turns[0].question,
        text=text,
        why="x",
    )


def test_a_sentence_that_was_joined_well_is_said() -> None:
    assert Brain(Saying(JOINED)).phrase(move(), session()) == JOINED


def test_a_small_model_that_asks_something_else_is_asked_once_more() -> None:
    model = Saying("Could you please provide more details about the failure?", JOINED)
    assert Brain(model).phrase(move(), session()) == JOINED
    assert "keep all of the words" in model.asked[1][-1].content


def test_after_two_failures_the_written_follow_up_is_said() -> None:
    model = Saying("What did you learn?", "Great, how did you set the gate at twice the median?")
    assert Brain(model).phrase(move(), session()) == WRITTEN


def test_a_draft_that_nobody_wants_any_more_is_not_asked_for_again() -> None:
    model = Saying("Fine, what", JOINED)
    Brain(model).draft(move(), session(), lambda: True)
    assert len(model.asked) == 1


def test_a_question_without_the_candidates_words_needs_no_small_model() -> None:
    model = Saying()
    bare = "Suppose the list has no elements: what comes back?"
    assert Brain(model).phrase(move(bare), session()) == bare
    assert model.asked == []


def test_a_strong_model_sees_the_conversation_and_phrases_freely() -> None:
    free = "Twice the median, you said: which data did you set that gate by?"
    model = Saying(free, strong=True)
    assert Brain(model).phrase(move(), session()) == free
    assert ANSWER in model.asked[0][1].content


def test_a_small_model_never_sees_the_answer() -> None:
    model = Saying(JOINED)
    Brain(model).phrase(move(), session())
    assert "held for a year" not in "".join(one.content for one in model.asked[0])


def test_what_the_model_is_shown_begins_the_same_each_time() -> None:
    first, second = joining(move()), joining(move("You built it: what did it cost?"))
    shared = first[1].content.partition("Probe: You set")[0]
    assert len(shared) > 500 and second[1].content.startswith(shared)


def test_words_that_nobody_said_are_noticed() -> None:
    assert strayed(JOINED, WRITTEN, ANSWER) == ()
    assert "add nothing" in strayed(
        JOINED.replace("so how", "a risky careless choice, so how"), WRITTEN, ANSWER
    )
    assert "keep the question" in strayed("You set the gate at twice the median?", WRITTEN, ANSWER)


def test_only_follow_ups_with_an_opening_count_as_opened() -> None:
    assert opened(WRITTEN) and opened("What you can't measure is tails: how would you?")
    assert not opened("Take two events one week apart: which key does each get?")


OTHER = "You said that it held for a year: what would tell you that it no longer does?"


def offered() -> Move:
    return replace(move(), others=(replace(move(OTHER), why="y"),))


def test_a_strong_model_chooses_among_what_the_director_offers() -> None:
    model = Saying("2.", strong=True)
    chosen = Brain(model).choose(offered(), session())
    assert (chosen.text, chosen.why) == (OTHER, "y")
    shown = model.asked[0][-1].content
    assert f"1. {WRITTEN}" in shown and f"2. {OTHER}" in shown


@pytest.mark.parametrize(
    "reply", ["3", "0", "-", "12", "2 or 1", "the second", "What went wrong there?", ""]
)
def test_a_choice_that_is_not_on_the_menu_leaves_the_directors(reply: str) -> None:
    one = offered()
    assert Brain(Saying(reply, strong=True)).choose(one, session()) is one


def test_a_small_model_is_not_asked_to_choose() -> None:
    model, one = Saying(), offered()
    assert Brain(model).choose(one, session()) is one
    assert model.asked == []
