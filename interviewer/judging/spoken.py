"""What a session holds for each main question: the question, and all that was said to it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from interviewer.judging.gate import FEWEST
from interviewer.requests.control import begun, wording
from interviewer.text.sentences import Sentence, quotes, sentences
from rubrics.model import Point, Question, Rubric
from sessions.model import NO_ANSWER, Answer, Quote, Session, Turn, Word

CUSTOM = "custom"
"""Id of a question that is not in the bank."""
MOTIVES = "motivation"
"""Criterion of the recruiter's round whose general points fit only a question about motives."""
RECRUITER = "recruiter_screen"
"""The round of facts and wishes."""
NOT_ASKED = "This question does not ask for it."
"""Why a criterion is unscored that an answer cannot show without leaving its question."""
ANYTHING = (
    "Which part of what you told me are you least sure of?",
    "What would have to change for you to do it differently?",
)
"""Asked of somebody whose answer covers everything, where no question of the bank says what else."""
_BREAKS = "Which part of that would fail first with real users?"
_OF_ROUND = {
    "coding": "For which input would that be slow, or wrong?",
    "ml_fundamentals": "When would you do the opposite of what you just said?",
    "ml_system_design": _BREAKS,
    "llm_rag": _BREAKS,
}
"""What goes before it in rounds about a subject."""
_WISHES = re.compile(
    r"\b(?:want|wish|prefer\w*|expect\w*|expectations?|looking for|salary|pay|compensation|relocat\w+"
    r"|moving|move|open to|remote|hybrid|office|notice period|travel)\b",
    re.IGNORECASE,
)
_FAULTS = re.compile(
    r"\b(?:fall short|weak\w*|fail\w*|mistakes?|regret\w*|wrong|struggl\w+|feedback|review)\b",
    re.IGNORECASE,
)
_OF_WISHES = "Where would you give way on that, and where not?"
_OF_FACTS = "What would you change about that if it were up to you?"


@dataclass(frozen=True)
class Part:
    """The answer of one turn."""

    turn: int
    answer: Answer
    sentences: tuple[Sentence, ...]
    """Numbered within the turn."""


@dataclass(frozen=True)
class Spoken:
    """A main question with its answer and the answers to its follow-ups."""

    rubric: Rubric
    question: Question
    asked: str
    """The question's words; `rubrics.model.UNKNOWN` where nobody knows what was asked."""
    parts: tuple[Part, ...]
    follow_ups: tuple[Turn, ...] = ()
    """In which more was asked about it."""

    def asked_already(self, probe: str, point: str = "") -> bool:
        """Whether a follow-up asked this, be it in other words, or was about the point of that id."""
        return any(
            (point and point == one.point)
            or probe.casefold() in f"{one.why} {one.asked.text}".casefold()
            for one in self.follow_ups
        )

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Those of all parts, numbered through."""
        flat = [one for part in self.parts for one in part.sentences]
        return tuple(replace(one, index=number) for number, one in enumerate(flat))

    @property
    def words(self) -> tuple[Word, ...]:
        """Those of all parts."""
        return tuple(word for part in self.parts for word in part.answer.words)

    @property
    def controls(self) -> frozenset[str]:
        """Skip, refusal and the like that stand in the place of an answer."""
        return frozenset(part.answer.control for part in self.parts if part.answer.control)

    @property
    def passed_over(self) -> str:
        """Why nothing can be scored; empty where there is an answer, were it a silent one."""
        if "skip" in self.controls:
            return "The question was skipped."
        return self._broken_off if self.parts else "No answer was recorded."

    @property
    def _broken_off(self) -> str:
        """That somebody left after a few words, which show nothing; else empty."""
        count = len(self.words)
        if self.parts[-1].answer.ended_by != "interrupt" or count >= FEWEST:
            return ""
        words = "1 word" if count == 1 else f"{count} words"
        return f"The answer was broken off after {words}." if count else "Nothing was said yet."

    def quotes(self, numbers: Iterable[int]) -> tuple[Quote, ...]:
        """The sentences of these numbers, verbatim with turn and times."""
        wanted = set(numbers)
        found: list[Quote] = []
        offset = 0
        for part in self.parts:
            own = [number - offset for number in wanted]
            found += quotes(part.answer.words, part.sentences, own, part.turn)
            offset += len(part.sentences)
        return tuple(found)

    def points(self) -> tuple[Point, ...]:
        """The question's points, and the general ones of criteria that none of them is for."""
        general = (one for one in self.rubric.general_points() if not self.asks(one))
        return (*self.question.points, *general)

    def asks(self, point: Point) -> bool:
        """Whether the question itself is about what the point is for, not only its round.

        The level may be read from what a round looks for anywhere, but nobody is told to mend, or
        asked for, what their question never was about.
        """
        return point.criterion in self._wanted

    @property
    def unasked(self) -> frozenset[str]:
        """Criteria that the question does not ask for, so that nothing is said on them."""
        held = {one.id for one in self.rubric.criteria}
        return frozenset({MOTIVES} & held) - self._wanted

    @property
    def _wanted(self) -> frozenset[str]:
        """Criteria of the question's own points."""
        return frozenset(point.criterion for point in self.question.points)


def exchanges(session: Session) -> tuple[Spoken, ...]:
    """One for each main question that was asked, in their order."""
    return tuple(_exchange(session, run) for run in _runs(session.turns))


def single(rubric: Rubric, question: Question | None, asked: str, words: Sequence[Word]) -> Spoken:
    """One answer outside of a session."""
    text = " ".join(word.text for word in words)
    seconds = words[-1].end if words else 0.0
    answer = Answer(
        text=text, words=tuple(words), seconds=seconds, audio=None, ended_by="recording"
    )
    part = Part(0, answer, sentences(answer.words))
    return Spoken(rubric, question or custom(rubric, CUSTOM, asked), asked, (part,))


def _runs(turns: Sequence[Turn]) -> Iterable[list[int]]:
    """Indices of the turns about each main question, also where somebody came back to it."""
    runs: dict[tuple[str, str], list[int]] = {}
    for index, turn in enumerate(turns):
        about = (turn.round, turn.question)
        if turn.kind == "question":
            runs.setdefault(about, []).append(index)
        elif about in runs:
            runs[about].append(index)
    return runs.values()


def _exchange(session: Session, run: list[int]) -> Spoken:
    first = session.turns[run[0]]
    rubric = session.rubric(first.round)
    parts = tuple(
        Part(index, answer, sentences(answer.words))
        for index in run
        if (answer := session.turns[index].answer)
        and answer.control not in NO_ANSWER
        and not (answer.control == "clarify" and wording(answer.text))
    )
    # "Sure." before the answer is no part of it, and none in the place of one that was skipped.
    meant = tuple(part for part in parts if not _began(session.turns[part.turn]))
    left = session.stopped_early and run[-1] == len(session.turns) - 1
    parts = meant if meant or left else parts
    if any(part.answer.control is None for part in parts):
        # A follow-up was skipped, not the question.
        parts = tuple(part for part in parts if part.answer.control != "skip")
    else:
        # Asking back counts for an answer, not in the place of one.
        parts = tuple(part for part in parts if part.answer.control != "clarify")
    question = question_of(rubric, first.question, first.asked.text)
    # Not the whole utterance: an opening or a transition is no part of what was asked.
    turns = (session.turns[index] for index in run)
    follow_ups = tuple(turn for turn in turns if turn.kind == "follow_up")
    return Spoken(rubric, question, question.text, parts, follow_ups)


def _began(turn: Turn) -> bool:
    return turn.kind != "follow_up" and turn.answer is not None and begun(turn.answer.text)


def question_of(rubric: Rubric, identifier: str, text: str) -> Question:
    """The bank's question, or one with the criteria's own points where the bank has none."""
    for one in rubric.questions:
        if one.id == identifier:
            return one
    return custom(rubric, identifier, text)


def deepening(round_id: str, asked: str) -> tuple[str, ...]:
    """What may be asked of a full answer to any question of the round; `asked` is the question.

    A recruiter asks for facts and wishes, of which nobody is unsure.
    """
    if round_id == RECRUITER and not _FAULTS.search(asked):
        return (_OF_WISHES if _WISHES.search(asked) else _OF_FACTS, ANYTHING[1])
    first = _OF_ROUND.get(round_id)
    return (first, *ANYTHING) if first else ANYTHING


def custom(rubric: Rubric, identifier: str, text: str) -> Question:
    """A question that the bank does not have, with the criteria's own points."""
    return Question(
        id=identifier,
        text=text,
        topics=("custom",),
        points=rubric.general_points(),
        deepening=deepening(rubric.id, text),
        outline="Not in the bank: judged by the criteria's own points.",
    )
