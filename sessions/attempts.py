"""Two attempts at the same question, side by side."""

from dataclasses import dataclass
from typing import Literal

from sessions.errors import SessionError
from sessions.model import CriterionScore, Measure, PointScore, Session
from sessions.timeline import Exchange, exchanges, good, points_of

Outcome = Literal["gained", "lost", "kept", "still missing", "unclear"]


@dataclass(frozen=True)
class PointPair:
    """One point in both attempts."""

    statement: str
    before: PointScore | None
    after: PointScore | None
    outcome: Outcome


@dataclass(frozen=True)
class Comparison:
    """The same question, twice. Levels and delivery are those of the whole sessions."""

    question: str
    """As asked."""
    before: Session
    after: Session
    turns_before: tuple[int, ...]
    turns_after: tuple[int, ...]
    """Indices of the turns that belong to the question."""
    points: tuple[PointPair, ...]
    """Gained first, then lost, still missing, kept."""
    criteria: tuple[tuple[CriterionScore, CriterionScore], ...]
    delivery: tuple[tuple[Measure, Measure], ...]


def compare(before: Session, after: Session, question: str | None = None) -> Comparison:
    """Compare two attempts at one question: the named one, or the first that both share.

    Raises `SessionError` where they share none.
    """
    first = {(one.round, one.question): one for one in exchanges(before)}
    second = {(one.round, one.question): one for one in exchanges(after)}
    shared = [key for key in second if key in first and question in {None, key[1]}]
    if not shared:
        what = f"the question '{question}'" if question else "no question"
        raise SessionError(
            f"{before.id} and {after.id} do not share {what.removeprefix('no ')}"
            f"{'' if question else ' at all'}. `interview show ID` tells what was asked."
        )
    one, other = first[shared[0]], second[shared[0]]
    return Comparison(
        question=other.text,
        before=before,
        after=after,
        turns_before=one.turns,
        turns_after=other.turns,
        points=_points(before, one, after, other),
        criteria=_criteria(before, after, other.round),
        delivery=_delivery(before, after),
    )


def _points(
    before: Session, one: Exchange, after: Session, other: Exchange
) -> tuple[PointPair, ...]:
    old = {score.point: score for score in points_of(before, one)}
    new = {score.point: score for score in points_of(after, other)}
    pairs = [
        PointPair(
            (new.get(key) or old[key]).statement, old.get(key), new.get(key),
            _outcome(old.get(key), new.get(key)),
        )
        for key in {**old, **new}
    ]  # fmt: skip
    order = ("gained", "lost", "still missing", "kept", "unclear")
    return tuple(sorted(pairs, key=lambda pair: order.index(pair.outcome)))


def _outcome(before: PointScore | None, after: PointScore | None) -> Outcome:
    """A fault that is gone counts as gained."""
    was, now = before and good(before), after and good(after)
    if was is None or now is None:
        return "unclear"
    if now:
        return "kept" if was else "gained"
    return "lost" if was else "still missing"


def _criteria(
    before: Session, after: Session, round_id: str
) -> tuple[tuple[CriterionScore, CriterionScore], ...]:
    if not before.scorecard or not after.scorecard:
        return ()
    old = {one.id: one for one in before.scorecard.criteria if one.round == round_id}
    return tuple(
        (old[one.id], one)
        for one in after.scorecard.criteria
        if one.round == round_id and one.id in old
    )


def _delivery(before: Session, after: Session) -> tuple[tuple[Measure, Measure], ...]:
    if not before.scorecard or not after.scorecard:
        return ()
    old = {one.id: one for one in before.scorecard.delivery}
    return tuple(
        (old[one.id], one)
        for one in after.scorecard.delivery
        if one.id in old and old[one.id].unit == one.unit
    )
