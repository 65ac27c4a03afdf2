"""The types of a session. docs/session-format.md explains the file that they are kept in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from rubrics.model import Rubric, Seniority

_STRICT = ConfigDict(extra="forbid", allow_inf_nan=False)

DEMONSTRATION = "the demonstration's recordings"
"""The `candidate` of a session that nobody answered: it counts in no progress."""

Status = Literal["live", "ended", "graded"]
Level = Annotated[int, Field(ge=1, le=5)]
Seconds = Annotated[float, Field(ge=-1e7, le=1e7)]
"""At most some months, so that the sum over a session is a time that can be told."""
Verdict = Literal["covered", "missing", "contradicted", "unclear"]
TurnKind = Literal["question", "follow_up", "reply", "closing"]
"""question: a main question; follow_up: a probe; reply: the interviewer's reaction to spoken
control or to a clarifying question; closing: the last words, no answer expected."""
Control = Literal[
    "repeat", "clarify", "wait", "skip", "done", "end", "back",
    "dont_know", "refusal", "off_topic", "steering",
]  # fmt: skip
"""What the candidate wanted of the interviewer, where the utterance was no answer."""
NO_ANSWER: frozenset[Control] = frozenset({"repeat", "wait", "back", "end", "done"})
"""Controls that steer the interview; what was said with them is no answer."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """One recognised word."""

    __pydantic_config__ = _STRICT
    text: str
    start: Seconds
    """Seconds from the first sample of the answer's recording."""
    end: Seconds
    probability: float


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the interviewer said."""

    __pydantic_config__ = _STRICT
    text: str
    spoken: str
    """The part that was heard; equal to `text` unless interrupted."""
    interrupted: bool = False
    seconds: Seconds
    audio: str | None = None
    """File name in the session's folder."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the candidate said."""

    __pydantic_config__ = _STRICT
    text: str
    words: tuple[Word, ...]
    seconds: Seconds
    audio: str | None
    """File name in the session's folder; None where no audio was kept."""
    ended_by: str
    """See `voice.seams.EndedBy`."""
    control: Control | None = None
    overflows: int = 0
    edited: bool = False
    """True where a person corrected the transcript."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Seconds of one stage of a turn (`endpoint` in the recording's time, the others by the clock)."""

    __pydantic_config__ = _STRICT
    name: str
    seconds: Seconds


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One utterance of the interviewer and the answer to it."""

    __pydantic_config__ = _STRICT
    kind: TurnKind
    round: str
    """The rubric's id: a full loop holds several."""
    question: str
    """The question's id; `custom` where it is not in the bank."""
    point: str | None = None
    """The point that a follow-up goes for."""
    why: str = ""
    """Why the director chose it, in one sentence."""
    asked: Asked
    answer: Answer | None = None
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ModelUsed:
    """One model that took part."""

    __pydantic_config__ = _STRICT
    role: Literal["language", "recogniser", "voice", "grader", "embedding"]
    engine: str
    name: str
    digest: str | None
    """SHA-256 of the file, where there is one."""
    remote: bool
    """True where text or sound left this machine for it."""


@dataclass(frozen=True, kw_only=True)
class Quote:
    """Words of the candidate, verbatim."""

    __pydantic_config__ = _STRICT
    text: str
    turn: Annotated[int, Field(ge=0)]
    """Index into `Session.turns`."""
    start: Seconds
    """Seconds in that answer's recording."""
    end: Seconds


@dataclass(frozen=True, kw_only=True)
class PointScore:
    """What became of one point."""

    __pydantic_config__ = _STRICT
    round: str
    question: str
    point: str
    statement: str
    criterion: str
    weight: float
    negative: bool
    verdict: Verdict
    confidence: float
    """0 to 1."""
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, kw_only=True)
class CriterionScore:
    """One criterion: a level or the reason why there is none."""

    __pydantic_config__ = _STRICT
    round: str
    id: str
    name: str
    level: Level | None
    unscored: str | None
    """The reason; None where there is a level."""
    low: float | None = None
    high: float | None = None
    """Ends of the 80 % interval on the 1-5 scale."""
    why: str
    quotes: tuple[Quote, ...] = ()
    raise_by: str = ""
    """What would have raised the level."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One delivery measure; never part of a content score."""

    __pydantic_config__ = _STRICT
    id: str
    name: str
    value: float | None
    unit: str
    usual_low: float | None
    usual_high: float | None
    source: str


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What to do about one question."""

    __pydantic_config__ = _STRICT
    round: str
    question: str
    fix_first: tuple[str, ...]
    stronger: str
    next_follow_up: str


@dataclass(frozen=True, kw_only=True)
class GraderInfo:
    """Who graded, and how far that can be trusted."""

    __pydantic_config__ = _STRICT
    name: str
    model: str
    measured_on: str
    """On what data its agreement was measured, and how well it agreed; says so where it
    was not measured."""


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """The whole judgement."""

    __pydantic_config__ = _STRICT
    grader: GraderInfo
    criteria: tuple[CriterionScore, ...]
    points: tuple[PointScore, ...]
    overall: float | None
    """1 to 5."""
    low: float | None = None
    high: float | None = None
    unscored: str | None
    """Why there is no overall; None where there is one."""
    delivery: tuple[Measure, ...]
    advice: tuple[Advice, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Vote:
    """One round's interviewer in the debrief of a full loop."""

    __pydantic_config__ = _STRICT
    round: str
    vote: Literal["strong hire", "hire", "no hire", "strong no hire", "no vote"]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Debrief:
    """The panel's recommendation after a full loop."""

    __pydantic_config__ = _STRICT
    votes: tuple[Vote, ...]
    recommendation: Literal["strong hire", "hire", "no hire", "strong no hire", "no decision"]
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One main question that is meant to be asked."""

    __pydantic_config__ = _STRICT
    round: str
    question: str


@dataclass(frozen=True, kw_only=True)
class Session:
    """One interview."""

    __pydantic_config__ = _STRICT
    format: Literal[1] = 1
    id: str
    created: str
    """ISO 8601 with offset."""
    status: Status
    ended_by: str | None = None
    """`complete`, `candidate` (they asked to end it), `interrupted` (Ctrl-C), `device` (the microphone
    stayed away), or the first line of the error."""
    round: str
    """The rubric's id, or `full_loop`."""
    seniority: Seniority
    style: Literal["warm", "neutral", "tough"]
    interviewer: str = "Alex"
    """The name that the interviewer gives."""
    minutes: float | None = None
    """The budget that was asked for; None for the rounds' own."""
    probes: int = 2
    """Most follow-ups to one question."""
    planned: tuple[Planned, ...]
    """Main questions that were meant to be asked, in their order."""
    rubrics: tuple[Rubric, ...]
    """As used, so that the file explains itself."""
    models: tuple[ModelUsed, ...]
    candidate: str
    """The microphone's name, or the recordings that answered; see `DEMONSTRATION`."""
    retry_of: str | None = None
    """The session whose question is asked again."""
    turns: tuple[Turn, ...] = ()
    scorecard: Scorecard | None = None
    debrief: Debrief | None = None

    @property
    def demonstration(self) -> bool:
        """Whether the candidate that comes with the program answered."""
        return self.candidate == DEMONSTRATION

    @property
    def stopped_early(self) -> bool:
        """Whether it ended before its end, though nobody asked to end it, and can be gone on with."""
        over = self.ended_by in (None, "complete", "candidate")
        return not over and not (self.turns and self.turns[-1].kind == "closing")

    def with_turn(self, turn: Turn) -> "Session":
        """This session with one more turn."""
        return replace(self, turns=(*self.turns, turn))

    def with_last(self, turn: Turn) -> "Session":
        """This session with its last turn replaced."""
        return replace(self, turns=(*self.turns[:-1], turn))

    def with_models(self, more: Iterable[ModelUsed]) -> "Session":
        """This session with these models as well, each once."""
        return replace(self, models=tuple(dict.fromkeys((*self.models, *more))))

    def rubric(self, identifier: str) -> Rubric:
        """The rubric of that id."""
        return next(one for one in self.rubrics if one.id == identifier)
