"""What the interviewer does next, and the exchange that it follows from."""

from dataclasses import dataclass

from interviewer.asking.utterance import Context, faults
from interviewer.judging.spoken import question_of
from interviewer.requests.control import begun
from rubrics.model import Point, Question, Rubric
from sessions.model import Session, Turn, TurnKind


@dataclass(frozen=True, kw_only=True)
class Move:
    """The director's decision: what to say, and why."""

    kind: TurnKind
    round: str
    question: str
    text: str
    """Written; for a follow-up the probe that is said unless the model phrases it better."""
    why: str
    point: Point | None = None
    quote: str = ""
    """The candidate's own words that a follow-up picks up."""
    thought: float = 1.0
    """Multiplies the silence before the first word of the answer: they asked for time."""
    others: tuple["Move", ...] = ()
    """What else is worth asking, best first: a strong model may choose among these."""


@dataclass(frozen=True)
class Line:
    """What is said, and the move that it makes."""

    move: Move
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Exchange:
    """One main question and everything said about it so far."""

    rubric: Rubric
    question: Question
    turns: tuple[Turn, ...]
    said: tuple[str, ...] = ()
    """Every follow-up of the session so far."""

    @property
    def answers(self) -> tuple[str, ...]:
        """What the candidate said to the point; a clarifying question counts, "skip" doesn't.

        "Sure." counts only where it answers a follow-up.
        """
        return tuple(
            turn.answer.text
            for turn in self.turns
            if turn.answer and turn.answer.text and turn.answer.control in (None, "clarify")
            if turn.kind == "follow_up" or not begun(turn.answer.text)
        )

    @property
    def text(self) -> str:
        """All of it as one text."""
        return " ".join(self.answers)

    @property
    def follow_ups(self) -> tuple[Turn, ...]:
        """The probes so far."""
        return tuple(turn for turn in self.turns if turn.kind == "follow_up")

    def faults(self, text: str, probe: str, point: Point | None = None) -> tuple[str, ...]:
        """The rules of speech that a follow-up would break here; `probe` is the written one."""
        context = Context(
            question=self.question.text,
            said=self.said,
            answer=self.text,
            probe=probe,
            secrets=point.cues if point else (),
        )
        return faults(text, context)

    def move(self, kind: TurnKind, text: str, why: str, *, thought: float = 1.0) -> Move:
        """A move within this exchange."""
        return Move(
            kind=kind,
            round=self.rubric.id,
            question=self.question.id,
            text=text,
            why=why,
            thought=thought,
        )

    @property
    def silences(self) -> int:
        """Answers without a word. Nobody was silent where one was cut off before its first word."""
        answers = [turn.answer for turn in self.turns if turn.answer]
        cut_off = ("interrupt", "device")
        return sum(not each.text.strip() and each.ended_by not in cut_off for each in answers)


def exchange(session: Session) -> Exchange:
    """The exchange that the session's last turn belongs to."""
    last = session.turns[-1]
    rubric = session.rubric(last.round)
    turns = [
        turn
        for turn in session.turns
        if (turn.round, turn.question) == (last.round, last.question) and turn.kind != "closing"
    ]
    said = tuple(turn.asked.text for turn in session.turns if turn.kind == "follow_up")
    question = question_of(rubric, last.question, last.asked.text)
    return Exchange(rubric, question, tuple(turns), said)
