"""The types of a rubric. docs/rubrics.md explains them with an example."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

Seniority = Literal["junior", "mid", "senior", "staff"]
SENIORITIES: tuple[Seniority, ...] = ("junior", "mid", "senior", "staff")

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, Field(min_length=3, max_length=2000)]
Weight = Annotated[float, Field(gt=0, le=5)]

UNKNOWN = "(It is not known what was asked.)"
"""Text of the question to a recording that came without one."""

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, kw_only=True)
class GeneralPoint:
    """One thing that an answer has or lacks, decidable by yes or no; held by its criterion."""

    __pydantic_config__ = _STRICT
    id: Identifier
    statement: Text
    """A yes/no statement about the answer: "Says what each kind of error costs"."""
    weight: Weight = 1.0
    negative: bool = False
    """True where the statement describes a fault: when it holds, it costs its weight."""
    probe: Text
    """The follow-up, written out, that a sharp interviewer would ask; at most 30 words,
    one question, no praise, no hint at the answer."""
    cues: tuple[str, ...] = ()
    """Words and short phrases that answers having this point tend to use."""


@dataclass(frozen=True, kw_only=True)
class Point(GeneralPoint):
    """A point of one question."""

    criterion: Identifier
    """Which criterion it counts for."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What the interviewer answers when the candidate asks back."""

    __pydantic_config__ = _STRICT
    about: Text
    """What is asked for, with its synonyms: "traffic, requests per second, scale"."""
    answer: Text
    """Spoken in one sentence."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One main question."""

    __pydantic_config__ = _STRICT
    id: Identifier
    text: Text
    """As spoken: spoken language, one question, at most 60 words."""
    wordings: tuple[str, ...] = ()
    """As others ask the same, by which it is recognised; never spoken."""
    seniority: Annotated[tuple[Seniority, ...], Field(min_length=1)] = SENIORITIES
    topics: Annotated[tuple[str, ...], Field(min_length=1)]
    facts: tuple[Fact, ...] = ()
    points: Annotated[tuple[Point, ...], Field(min_length=3, max_length=30)]
    deepening: Annotated[tuple[str, ...], Field(min_length=1)]
    """Questions for somebody who covered everything, at most 30 words each."""
    red_flags: tuple[str, ...] = ()
    outline: Text
    """What a strong answer says, in its order."""


@dataclass(frozen=True, kw_only=True)
class Levels:
    """Behaviourally anchored texts; 2 and 4 lie between."""

    __pydantic_config__ = _STRICT
    one: Text
    three: Text
    five: Text


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One thing that is judged, 1 to 5."""

    __pydantic_config__ = _STRICT
    id: Identifier
    name: Text
    weight: Weight = 1.0
    levels: Levels
    points: Annotated[tuple[GeneralPoint, ...], Field(min_length=1, max_length=4)]


@dataclass(frozen=True, kw_only=True)
class Rubric:
    """One round."""

    __pydantic_config__ = _STRICT
    format: Literal[1]
    id: Identifier
    title: Text
    about: Text
    minutes: Annotated[int, Field(ge=5, le=90)]
    opening: Text
    """What the interviewer says first; {name} becomes their name; at most 40 words."""
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=4, max_length=6)]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    vocabulary: Annotated[tuple[str, ...], Field(min_length=5)]
    """Terms for the recogniser, the most easily misheard first."""
    red_flags: tuple[str, ...] = ()
    bar: dict[Seniority, Text]
    """What is expected at each seniority."""

    def question(self, identifier: str) -> Question:
        """The question of that id."""
        return next(one for one in self.questions if one.id == identifier)

    def general_points(self) -> tuple[Point, ...]:
        """The criteria's own points, for a question that is not in the bank."""
        return tuple(
            Point(criterion=criterion.id, **vars(point))
            for criterion in self.criteria
            for point in criterion.points
        )
