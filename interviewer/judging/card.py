"""The scorecard from what was found about each answer, and what all graders share."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from interviewer.judging import scoring
from interviewer.judging.advice import to_fix, wanted
from interviewer.judging.level import Reading
from interviewer.judging.points import PointVerdict
from interviewer.judging.spoken import NOT_ASKED, Spoken, exchanges, single
from rubrics.model import Criterion, Question, Rubric
from sessions.model import (
    Advice,
    CriterionScore,
    GraderInfo,
    Measure,
    ModelUsed,
    PointScore,
    Quote,
    Scorecard,
    Session,
    Word,
)

QUOTES = 3
"""Most quotes for one criterion."""
LEAST_HALF = 0.5
"""Least half width of a criterion's interval: its level is shown as a whole number."""
NOTHING_HEARD = "Nothing was heard. Check the microphone: interview doctor"


Delivery = Callable[[Session], tuple[Measure, ...]]


def no_delivery(session: Session) -> tuple[Measure, ...]:
    """For texts: nothing can be measured."""
    return ()


@dataclass(frozen=True)
class Answered:
    """One main question, judged."""

    spoken: Spoken
    reason: str
    """Why it is unscored or at level 1 without a model; else empty."""
    points: tuple[PointVerdict, ...]
    judged: scoring.Judged | None
    advice: Advice | None
    failed: Mapping[str, str] = field(default_factory=dict)
    """Why a judge, or one of two, has no verdict on a criterion, by the criterion's id."""


class AnswerGrader(ABC):
    """What all graders share: a session's main questions are judged one by one."""

    def __init__(self, delivery: Delivery) -> None:
        """`delivery` measures a session's."""
        self._delivery = delivery

    @property
    @abstractmethod
    def info(self) -> GraderInfo:
        """Name, model, and on what data it was measured."""

    @property
    @abstractmethod
    def used(self) -> tuple[ModelUsed, ...]:
        """The language models that read the answers, and where they are."""

    @abstractmethod
    def _answered(self, spoken: Spoken) -> Answered:
        """The judgement of one; raises `InterviewError` where a model cannot answer."""

    def grade(self, session: Session, progress: Callable[[str, float], None]) -> Scorecard:
        """The scorecard of a session; raises `InterviewError` where a model cannot answer.

        Where no word was heard in all of it, nobody knows whether anything was said: a microphone
        that is muted says nothing of the person.
        """
        asked = exchanges(session)
        heard = any(turn.answer and turn.answer.words for turn in session.turns)
        answered = []
        for number, spoken in enumerate(asked):
            progress(f"judging question {number + 1} of {len(asked)}", number / len(asked))
            answered.append(self._answered(spoken) if heard else _unheard(spoken))
        progress("judged", 1.0)
        return replace(card(self.info, answered), delivery=self._delivery(session))

    def grade_answer(
        self, rubric: Rubric, question: Question | None, asked: str, words: Sequence[Word]
    ) -> Scorecard:
        """The scorecard of one answer; `question` is None where the bank does not have it."""
        return card(self.info, [self._answered(single(rubric, question, asked, words))])


def _unheard(spoken: Spoken) -> Answered:
    return Answered(spoken, spoken.passed_over or NOTHING_HEARD, (), None, None)


def card(grader: GraderInfo, answered: Sequence[Answered]) -> Scorecard:
    """The whole judgement, without delivery."""
    rubrics = list({one.spoken.rubric.id: one.spoken.rubric for one in answered}.values())
    scored = [one for one in answered if one.judged]
    readings = [one.judged.overall for one in scored if one.judged]
    overall = _mean(readings)
    return Scorecard(
        grader=grader,
        criteria=tuple(
            _criterion(rubric, criterion, [a for a in answered if a.spoken.rubric.id == rubric.id])
            for rubric in rubrics
            for criterion in rubric.criteria
        ),
        points=tuple(_point(one, verdict) for one in answered for verdict in one.points),
        overall=round(overall.level, 2) if overall else None,
        low=round(overall.low, 2) if overall else None,
        high=round(overall.high, 2) if overall else None,
        unscored=None if overall else _why_nothing(answered),
        delivery=(),
        advice=tuple(one.advice for one in answered if one.advice),
    )


def _why_nothing(answered: Sequence[Answered], criterion: str | None = None) -> str:
    """The reasons why there is no level, for one criterion or for the whole."""
    reasons: list[str] = []
    for one in answered:
        failed = one.failed.items()
        reasons += [one.reason, *(why for key, why in failed if criterion in (None, key))]
        if one.judged and criterion in one.spoken.unasked:
            reasons.append(NOT_ASKED)
    return " ".join(dict.fromkeys(filter(None, reasons))) or "No question was answered."


def _criterion(
    rubric: Rubric, criterion: Criterion, answered: Sequence[Answered]
) -> CriterionScore:
    found = [one for one in answered if one.judged and criterion.id in one.judged.criteria]
    if not found:
        return CriterionScore(
            round=rubric.id,
            id=criterion.id,
            name=criterion.name,
            level=None,
            unscored=_why_nothing(answered, criterion.id),
            why="",
        )
    level = sum(one.judged.criteria[criterion.id] for one in found if one.judged) / len(found)
    half = sum(one.judged.overall.half for one in found if one.judged) / len(found)
    read = Reading(level, max(half, LEAST_HALF))
    verdicts = [v for one in found for v in scoring.of_criterion(one.points, criterion.id)]
    asked = [v for one in found for v in one.points if one.spoken.asks(v.point)]
    # What a round looks for anywhere is named only where no question has a point of its own.
    fixes = to_fix(scoring.of_criterion(asked, criterion.id)) or to_fix(verdicts)
    quotes = tuple(_evidence(found, criterion.id))[:QUOTES]
    return CriterionScore(
        round=rubric.id,
        id=criterion.id,
        name=criterion.name,
        level=scoring.rounded(level),
        unscored=None,
        low=round(read.low, 2),
        high=round(read.high, 2),
        why=_why(found, verdicts, quoted=bool(quotes)) + _alone(found, criterion.id),
        quotes=quotes,
        raise_by=_raise_by(found, fixes[0], quotes) if fixes and scoring.rounded(level) < 5 else "",
    )


def _mean(readings: Sequence[Reading]) -> Reading | None:
    """The mean level, with the mean half width: several answers were never measured together."""
    if not readings:
        return None
    count = len(readings)
    level = sum(one.level for one in readings) / count
    return Reading(level, sum(one.half for one in readings) / count)


def _why(found: Sequence[Answered], verdicts: Sequence[PointVerdict], *, quoted: bool) -> str:
    """`quoted`: there is a quote that shows a point, or comes near one."""
    gated = [one.reason for one in found if one.reason]
    if len(gated) == len(found):
        return " ".join(dict.fromkeys(gated))
    held = [one for one in verdicts if one.verdict == "covered" and not one.point.negative]
    faults = [one for one in verdicts if one.verdict == "covered" and one.point.negative]
    against = [one for one in verdicts if one.verdict == "contradicted"]
    positive = [one for one in verdicts if not one.point.negative]
    text = _count(len(held), len(positive))
    if not held and not faults and not against:
        near = " What is quoted comes near a point without deciding it." if quoted else ""
        return f"{text} The level is read from the answer as a whole.{near}"
    if held:
        text += _heard(max(held, key=scoring.sureness))
    if against:
        text += f" Contradicted: {_short(against[0])}."
    if faults:
        text += f" Fault: {_short(faults[0])}."
    return text


def _count(held: int, points: int) -> str:
    if not points:
        return "There are only faults to be found in it here."
    if not held:
        return f"None of {points} points was found." if points > 1 else "Its point was not found."
    return f"{held} of {points} points {'was' if held == 1 else 'were'} found."


def _heard(best: PointVerdict) -> str:
    """What was heard is shown by a quote; the rest may be right, but nothing proves it."""
    if best.sentences:
        return f" Heard: {_short(best)}."
    return f" Read from the answer as a whole, no one sentence shows it: {_short(best)}."


def _alone(found: Sequence[Answered], criterion: str) -> str:
    """That a level rests on one of two judges."""
    failed = dict.fromkeys(one.failed[criterion] for one in found if criterion in one.failed)
    return f" One judge's opinion only: {' '.join(failed)}" if failed else ""


def _short(one: PointVerdict) -> str:
    text = one.point.statement.rstrip(".")
    return text[0].lower() + text[1:]


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def _evidence(found: Sequence[Answered], criterion: str) -> Iterator[Quote]:
    """What shows the points: those that are sure, or else those that are undecided."""
    seen: set[Quote] = set()
    for one in found:
        for number in scoring.shown(scoring.of_criterion(one.points, criterion)):
            for quote in one.spoken.quotes([number]):
                if quote not in seen:
                    seen.add(quote)
                    yield quote


def _raise_by(found: Sequence[Answered], fix: PointVerdict, quotes: Sequence[Quote]) -> str:
    """What would raise the level; nobody is asked for what stands in a quote above as if it were new."""
    near = {
        quote
        for one in found
        if fix in one.points
        for number in scoring.hinted(fix, one.points)
        for quote in one.spoken.quotes([number])
    }
    if near & set(quotes):
        return f"What is quoted comes near this; say it outright: {_short(fix)}."
    return _sentence(wanted(fix.point))


def _point(one: Answered, verdict: PointVerdict) -> PointScore:
    return PointScore(
        round=one.spoken.rubric.id,
        question=one.spoken.question.id,
        point=verdict.point.id,
        statement=verdict.point.statement,
        criterion=verdict.point.criterion,
        weight=verdict.point.weight,
        negative=verdict.point.negative,
        verdict=verdict.verdict,
        confidence=round(verdict.confidence, 3),
        # What is near an undecided point proves nothing.
        quotes=() if verdict.verdict == "unclear" else one.spoken.quotes(verdict.sentences),
    )
