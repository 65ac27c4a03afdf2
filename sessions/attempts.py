"""Two attempts at the same question, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sessions.errors import SessionError
from sessions.figures import changed, figure, give_or_take
from sessions.model import CriterionScore, Measure, PointScore, Session
from sessions.timeline import Exchange, exchanges, good, shown_points

Outcome = Literal["gained", "clearer", "lost", "less clear", "still missing", "kept", "unclear"]
_OF_FAULTS: dict[Outcome, str] = {
    "gained": "now avoided", "lost": "now made", "still missing": "still made",
}  # fmt: skip
_GOOD, _BAD = ("gained", "clearer"), ("lost", "less clear")


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
    """In the order of `Outcome`."""
    criteria: tuple[tuple[CriterionScore, CriterionScore], ...]
    delivery: tuple[tuple[Measure, Measure], ...]


@dataclass(frozen=True)
class Row:
    """A line of the comparison as one reads it."""

    name: str
    before: str
    after: str
    outcome: str
    better: bool | None
    """None where it is neither better nor worse for certain."""


def heads(comparison: Comparison) -> tuple[str, str]:
    """What the two attempts are called: "First, 21:17", or by their days."""
    both = (comparison.before, comparison.after)
    first, second = (datetime.fromisoformat(one.created) for one in both)
    if first.date() == second.date():
        return f"First, {first:%H:%M}", f"Second, {second:%H:%M}"
    year = "" if first.year == second.year else " %Y"
    days = (f"{one.day} {one:{'%b' + year}}" for one in (first, second))
    return f"First, {next(days)}", f"Second, {next(days)}"


def rows(comparison: Comparison) -> Iterator[Row]:
    """Overall first, then points, levels and delivery."""
    old, new = (_overall(one) for one in (comparison.before, comparison.after))
    yield Row("Overall", _level(old), _level(new), *_difference(old, new))
    for pair in comparison.points:
        yield _point_row(pair)
    for before, after in comparison.criteria:
        old, new = ((one.level, one.low, one.high) for one in (before, after))
        yield Row(f"{after.name}, level", _level(old), _level(new), *_difference(old, new))
    for was, now in comparison.delivery:
        change = changed(was.value, now.value, now.unit)
        yield Row(f"{now.name}, {now.unit}", _value(was), _value(now), change, None)


def _point_row(pair: PointPair) -> Row:
    better = True if pair.outcome in _GOOD else False if pair.outcome in _BAD else None
    seen = pair.after or pair.before
    if seen and seen.negative:
        outcome = _OF_FAULTS.get(pair.outcome, pair.outcome)
        before, after = _fault(pair.before), _fault(pair.after)
        return Row(f"Fault: {pair.statement}", before, after, outcome, better)
    was, now = (one.verdict if one else "not judged" for one in (pair.before, pair.after))
    return Row(pair.statement, was, now, pair.outcome, better)


def _value(one: Measure) -> str:
    return "not measured" if one.value is None else figure(one.value, one.unit)


def _fault(point: PointScore | None) -> str:
    return {True: "avoided", False: "made", None: "unclear"}[good(point)] if point else "not judged"


_Level = tuple[float | None, float | None, float | None]
"""A level and the ends of its interval."""


def _overall(session: Session) -> _Level:
    card = session.scorecard
    return (card.overall, card.low, card.high) if card else (None, None, None)


def _level(one: _Level) -> str:
    level, low, high = one
    if level is None:
        return "not scored"
    shown = f"{level:.1f}" if isinstance(level, float) else f"{level}"
    return shown + give_or_take(low, high)


def _difference(old: _Level, new: _Level) -> tuple[str, bool | None]:
    """What changed, and whether for the better: neither where the intervals overlap."""
    if old[0] is None or new[0] is None:
        return "", None
    by = round(round(new[0], 1) - round(old[0], 1), 1)  # Of the levels as they are shown.
    if not by:
        return "the same", None
    if _overlap(old, new):
        return "within the uncertainty", None
    return f"{by:+.1f}" if isinstance(by, float) else f"{by:+d}", by > 0


def _overlap(old: _Level, new: _Level) -> bool:
    """Whether the intervals do; so taken where one of them is not known."""
    if old[1] is None or old[2] is None or new[1] is None or new[2] is None:
        return True
    return old[1] <= new[2] and new[1] <= old[2]


def compare(before: Session, after: Session, question: str | None = None) -> Comparison:
    """Compare two attempts at one question: the named one, or the first that both share.

    Raises `SessionError` where they share none, or are one and the same.
    """
    if before.id == after.id:
        raise SessionError(
            f"{before.id} is one attempt, and a comparison needs two. `interview sessions` lists all."
        )
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
    old = {score.point: score for score in shown_points(before, one)}
    new = {score.point: score for score in shown_points(after, other)}
    pairs = [
        PointPair(
            (new.get(key) or old[key]).statement, old.get(key), new.get(key),
            _outcome(old.get(key), new.get(key)),
        )
        for key in {**old, **new}
    ]  # fmt: skip
    order = get_args(Outcome)
    return tuple(sorted(pairs, key=lambda pair: order.index(pair.outcome)))


def _outcome(before: PointScore | None, after: PointScore | None) -> Outcome:
    """A fault that is gone counts as gained."""
    if before is None or after is None:
        return "unclear"
    was, now = good(before), good(after)
    if was is None or now is None:
        return "clearer" if now else "less clear" if was else "unclear"
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
