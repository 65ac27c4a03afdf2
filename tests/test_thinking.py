"""What is thought while the person talks is there when they are done, and only where it fits."""

import threading
from collections.abc import Iterator, Sequence

import pytest

from interviewer.asking.brain import Brain, split_spoken
from interviewer.asking.director import Director
from interviewer.asking.moves import Move
from interviewer.errors import InterviewError
from interviewer.llm.language import language_model
from interviewer.llm.scripted import ScriptedModel
from interviewer.seams import Message
from interviewer.thinking import Thinking, with_answer_so_far, worth_it
from rubrics.library import find
from sessions.model import Asked, Planned, Session, Turn
from voice.words import Word

BEGINNING = (
    "I owned the churn model at a bank, and in March I shipped a version that put forty customers on "
    "the wrong list. I rolled it back myself, and the share of wrong calls went from nine percent to "
    "two."
)
MORE = " That was in the spring."


class Counting(ScriptedModel):
    """The scripted model, with a gate before each reply."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.gate.set()
        self.asked: list[str] = []

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Iterator[str]:
        self.asked.append(messages[-1].content)
        self.gate.wait()
        yield from super().stream(messages, max_tokens=max_tokens)


@pytest.fixture
def model() -> Counting:
    return Counting()


@pytest.fixture
def rendered() -> list[str]:
    return []


@pytest.fixture
def thinking(director: Director, model: Counting, rendered: list[str]) -> Iterator[Thinking]:
    thinking = Thinking(director, Brain(model), prepare=rendered.append, patience=None)
    yield thinking
    model.gate.set()
    thinking.close()


@pytest.fixture
def asked() -> Session:
    """A question that waits for its answer."""
    rubric = find("behavioral")
    question = rubric.questions[0]
    return Session(
        id="x",
        created="2026-01-01T00:00:00+00:00",
        status="live",
        round=rubric.id,
        seniority="mid",
        style="neutral",
        planned=(Planned(round=rubric.id, question=question.id),),
        rubrics=(rubric,),
        models=(),
        candidate="text",
        turns=(
            Turn(
                kind="question",
                round=rubric.id,
                question=question.id,
                asked=Asked(text=question.text, spoken=question.text, seconds=1.0),
            ),
        ),
    )


def words(text: str) -> tuple[Word, ...]:
    return tuple(Word(one, at, at + 1.0, 1.0) for at, one in enumerate(text.split()))


def answered(director: Director, session: Session, text: str) -> tuple[Move, Session]:
    """What follows when this is the whole answer."""
    session = with_answer_so_far(session, words(text))
    move = director.next_move(session)
    assert move is not None and move.kind == "follow_up"
    return move, session


def changing(director: Director, session: Session) -> str:
    """An end of the answer after which another probe is due: it gives what the first one asks."""
    first, _ = answered(director, session, BEGINNING)
    points = session.rubrics[0].questions[0].points
    for count in range(1, len(points) + 1):
        text = " ".join([BEGINNING, *(f"I would say that {p.statement}." for p in points[:count])])
        move, _ = answered(director, session, text)
        if move.text != first.text:
            return text
    raise AssertionError("no answer changes the probe")


def test_a_draft_is_kept_while_the_answer_leads_to_it(
    thinking: Thinking, director: Director, model: Counting, asked: Session, rendered: list[str]
) -> None:
    thinking.consider(asked, words(BEGINNING))
    thinking.consider(asked, words(BEGINNING + MORE))
    move, session = answered(director, asked, BEGINNING + MORE)
    said = thinking.line(move, session).sentences
    assert len(model.asked) == 1
    assert said[0] in rendered, "and its first sentence is sound already"


def test_a_draft_is_dropped_when_the_answer_leads_elsewhere(
    thinking: Thinking, director: Director, asked: Session
) -> None:
    thinking.consider(asked, words(BEGINNING))
    dropped = Brain(ScriptedModel()).sentences(*answered(director, asked, BEGINNING))
    whole = changing(director, asked)
    thinking.consider(asked, words(whole))
    move, session = answered(director, asked, whole)
    said = thinking.line(move, session).sentences
    assert said == Brain(ScriptedModel()).sentences(move, session)
    assert said != dropped


def test_nothing_is_drafted_for_a_few_words(
    thinking: Thinking, model: Counting, asked: Session, rendered: list[str]
) -> None:
    for count, drafted in ((24, False), (25, True)):
        thinking.consider(asked, words(BEGINNING)[:count])
        thinking._pool.submit(lambda: None).result()  # To drop the draft would hide it.
        assert bool(rendered) == drafted
        assert drafted or not model.asked


# With the whole of the longer patience the test would not end in time.
@pytest.mark.parametrize("patience", [0.0, 60.0])
def test_a_slow_model_or_a_draft_that_has_hardly_begun_is_not_waited_for(
    director: Director, model: Counting, asked: Session, patience: float
) -> None:
    thinking = Thinking(director, Brain(model), patience=patience)
    model.gate.clear()
    move, session = answered(director, asked, BEGINNING)
    assert thinking.line(move, session).sentences == split_spoken(move.text)
    model.gate.set()
    thinking.close()


class Failing(Counting):
    """A model whose server has died."""

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Iterator[str]:
        raise InterviewError("The model is gone.")


@pytest.mark.parametrize("ahead", [True, False])
@pytest.mark.parametrize("patience", [60.0, None])
def test_a_model_that_failed_leaves_the_written_probe_where_somebody_waits(
    director: Director, asked: Session, patience: float | None, ahead: bool
) -> None:
    notes: list[str] = []
    model = Failing()
    model.strong = True  # It phrases each question.
    brain = Brain(model)
    thinking = Thinking(director, brain, ahead=ahead, patience=patience, note=notes.append)
    move, session = answered(director, asked, BEGINNING)
    thinking.consider(asked, words(BEGINNING))
    try:
        if patience is None:
            with pytest.raises(InterviewError, match="gone"):
                thinking.line(move, session)
        else:
            # The longest wait is what the draft has taken so far: let it fail first.
            thinking._pool.submit(lambda: None).result()
            assert thinking.line(move, session).sentences == split_spoken(move.text)
            assert "The model is gone." in "".join(notes)
    finally:
        thinking.close()


class Faulty(Counting):
    """A model with a mistake of ours in it, in one of these."""

    def __init__(self, *, warming: bool) -> None:
        super().__init__()
        self._warming = warming

    def warm(self, messages: Sequence[Message]) -> None:
        if self._warming:
            raise TypeError("a fault of ours")

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Iterator[str]:
        if not self._warming:
            raise TypeError("a fault of ours")
        yield from super().stream(messages, max_tokens=max_tokens)


@pytest.mark.parametrize("warming", [True, False])
def test_a_fault_of_the_program_in_the_background_is_raised_with_the_next_line(
    director: Director, asked: Session, warming: bool
) -> None:
    thinking = Thinking(director, Brain(Faulty(warming=warming)), patience=60.0)
    thinking.consider(asked, words(BEGINNING))
    # Dropped, and nobody asks for it.
    move, session = answered(director, asked, changing(director, asked))
    thinking.consider(asked, words(changing(director, asked)))
    thinking._pool.submit(lambda: None).result()
    with pytest.raises(TypeError, match="ours"):
        thinking.line(move, session)
    if warming:
        thinking.close()  # Told once is enough.
        return
    with pytest.raises(TypeError, match="ours"):
        thinking.close()  # The other draft's.


def test_a_fault_of_the_program_in_the_background_is_raised_at_the_end_at_the_latest(
    director: Director,
) -> None:
    before = set(threading.enumerate())
    thinking = Thinking(director, Brain(Faulty(warming=True)))
    with pytest.raises(TypeError, match="ours"):
        thinking.close()
    assert set(threading.enumerate()) <= before


def test_a_fault_in_the_draft_that_is_waited_for_is_raised_once(
    director: Director, asked: Session
) -> None:
    thinking = Thinking(director, Brain(Faulty(warming=False)), patience=None)
    with pytest.raises(TypeError, match="ours"):
        thinking.line(*answered(director, asked, BEGINNING))
    thinking.close()


def test_without_thinking_ahead_the_model_is_asked_once_at_the_end(
    director: Director, model: Counting, asked: Session
) -> None:
    thinking = Thinking(director, Brain(model), ahead=False, patience=0.0)
    thinking.consider(asked, words(BEGINNING))
    assert model.asked == []
    move, session = answered(director, asked, BEGINNING)
    assert thinking.line(move, session).sentences == Brain(ScriptedModel()).sentences(move, session)
    assert len(model.asked) == 1
    thinking.close()


def test_a_remote_model_is_not_asked_ahead_unless_told() -> None:
    remote = language_model("https://models.example/v1", "large").used
    local = language_model("http://127.0.0.1:8080/v1", "small").used
    assert [worth_it(wanted, remote) for wanted in (None, True, False)] == [False, True, False]
    assert [worth_it(wanted, local) for wanted in (None, True, False)] == [True, True, False]


def test_no_thread_is_left(director: Director, asked: Session) -> None:
    before = set(threading.enumerate())
    thinking = Thinking(director, Brain(ScriptedModel()))
    thinking.consider(asked, words(BEGINNING))
    thinking.close()
    assert set(threading.enumerate()) <= before


class Choosing(Counting):
    """A strong model that takes the second follow-up offered, and has no words of its own."""

    strong = True

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Iterator[str]:
        self.asked.append(messages[-1].content)
        yield "2" if "Reply with its number" in messages[-1].content else "Really?"


@pytest.mark.parametrize("ahead", [True, False])
def test_the_turn_is_about_what_a_strong_model_chose(
    director: Director, asked: Session, ahead: bool
) -> None:
    model = Choosing()
    thinking = Thinking(director, Brain(model), ahead=ahead, patience=None)
    move, session = answered(director, asked, BEGINNING)
    line = thinking.line(move, session)
    thinking.close()
    assert line.move == move.others[0]
    assert (line.move.why, line.move.text) != (move.why, move.text)
    assert f"2. {line.move.text}" in model.asked[0]
