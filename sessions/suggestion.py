"""What to practise next, and why: missed points that are due, weak criteria, rounds left alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import Row
from statistics import fmean

from fsrs import Card, Rating, Scheduler

from rubrics.errors import RubricError
from rubrics.library import FULL_LOOP, LOOP, find
from sessions.errors import SessionError
from sessions.index import Index
from sessions.progress import OWN, RECENT, progress, recent
from sessions.timeline import REACHED

MASTERED = 4.0
"""Level from which a criterion is no reason to practise: "between three and five"."""

_scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
"""FSRS as it comes, but for days: no steps of minutes, and the same answer each time."""


@dataclass(frozen=True)
class Due:
    """A point that was missed before and is due again."""

    round: str
    question: str
    point: str
    statement: str
    criterion: str
    weight: float
    missed: str
    """When it was missed last: ISO 8601."""
    recall: float
    """FSRS's estimate that it would be said today, 0 to 1."""


@dataclass(frozen=True)
class Practice:
    """What to practise next."""

    round: str
    question: str | None
    """None for any question of the round."""
    criterion: str | None
    """The one to mind."""
    points: tuple[str, ...]
    """Statements of the points to make, the most overdue first."""
    why: str


def next_practice(
    index: Index, rounds: Mapping[str, str], now: datetime, round_id: str | None = None
) -> Practice:
    """The one thing to practise: `rounds` holds the titles of those that there are, by id;
    `round_id` is one of them, or the full loop.

    Missed points that are due come first, then a round that was never tried, then the weakest
    criterion, then the round that was left alone longest. Raises `SessionError` where there is
    no round to choose from.
    """
    within = None if round_id == FULL_LOOP else round_id
    wanted = LOOP if round_id == FULL_LOOP else rounds if within is None else (within,)
    choice = {key: rounds[key] for key in wanted if key in rounds}
    if not choice:
        raise SessionError(
            f"There is no round '{round_id}'; `interview rubrics list` shows those that there are."
        )
    due = _askable([one for one in due_points(index, now, within) if one.round in choice])
    if due:
        return _missed(due, choice)
    last = _last_practised(index)
    never = [key for key in choice if key not in last]
    if never:
        title = choice[never[0]]
        return Practice(never[0], None, None, (), f"{title}, a round that you have not tried yet.")
    weak = _weakest(index, now, choice)
    if weak:
        return weak
    oldest = min(choice, key=lambda key: last[key])
    return Practice(
        oldest, None, None, (),
        f"{choice[oldest]} is what you left alone longest: since {last[oldest][:10]}.",
    )  # fmt: skip


def due_points(index: Index, now: datetime, round_id: str | None = None) -> tuple[Due, ...]:
    """Points that were missed at some time and are due for another try, least recalled first.

    Each time that a point was judged is a review: said is "good", not said is "again". A fault that
    was avoided in an answer on something else is no review (as in `timeline.shown_points`).
    """
    rows = _reviews(index, round_id)
    cards: dict[tuple[str, str, str], Card] = {}
    missed: dict[tuple[str, str, str], str] = {}
    latest = {}
    for row in rows:
        key = (row["about"], row["question"], row["point"])
        latest[key] = row
        if not row["good"]:
            missed[key] = row["created"]
        if key in missed:  # What was never missed needs no schedule.
            when = datetime.fromisoformat(row["created"]).astimezone(UTC)
            rating = Rating.Good if row["good"] else Rating.Again
            card = cards.get(key) or Card(card_id=len(cards), due=when)
            cards[key], _ = _scheduler.review_card(card, rating, when)
    found = [
        Due(*key, row["statement"], row["criterion"], row["weight"], missed[key],
            _scheduler.get_card_retrievability(cards[key], now.astimezone(UTC)))
        for key, row in latest.items()
        if key in cards and cards[key].due <= now
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.recall))


def _reviews(index: Index, round_id: str | None) -> list[Row]:
    """The points that were decided, the oldest first."""
    rows = index.rows(
        "SELECT created, points.session AS held, points.round AS about, question, point, statement, "
        "criterion, weight, negative, verdict, (verdict = 'covered') != negative AS good "
        f"{recent('points')} "
        "AND (?1 IS NULL OR points.round = ?1) ORDER BY moment",
        round_id,
    )
    reached = {_place(row) for row in rows if not row["negative"] and row["verdict"] in REACHED}
    return [
        row
        for row in rows
        if row["verdict"] != "unclear"
        and not (row["negative"] and row["verdict"] == "missing" and _place(row) not in reached)
    ]


def _place(row: Row) -> tuple[int, str, str]:
    return row["held"], row["about"], row["question"]


def _askable(due: list[Due]) -> list[Due]:
    """Those that can be missed or made again: still in the bank.

    A question of one's own, and what was taken out of a pack, would stay due for ever.
    """
    bank = {round_id: _points(round_id) for round_id in {one.round for one in due}}
    return [one for one in due if (one.question, one.point) in bank[one.round]]


def _points(round_id: str) -> frozenset[tuple[str, str]]:
    """Question and point, for each of a round; none where its pack cannot be read."""
    try:
        rubric = find(round_id)
    except RubricError:
        return frozenset()
    return frozenset((one.id, point.id) for one in rubric.questions for point in one.points)


def _missed(due: list[Due], titles: Mapping[str, str]) -> Practice:
    """The question where most is to be gained."""
    gain: dict[tuple[str, str], float] = {}
    for one in due:
        key = (one.round, one.question)
        gain[key] = gain.get(key, 0.0) + one.weight * (1 - one.recall)
    best = max(gain, key=lambda key: gain[key])
    points = [one for one in due if (one.round, one.question) == best]
    count = "one point" if len(points) == 1 else f"{len(points)} points"
    last = max(one.missed for one in points)[:10]
    return Practice(
        best[0],
        best[1],
        points[0].criterion,
        tuple(one.statement for one in points),
        f"{titles[best[0]]}, {best[1].replace('_', ' ')}: on {last} you missed {count} of this "
        "question, due again by now.",
    )


def _last_practised(index: Index) -> dict[str, str]:
    rows = index.rows(
        "SELECT questions.round AS about, max(created) AS last FROM sessions "
        f"JOIN questions ON session = key WHERE {OWN} GROUP BY questions.round"
    )
    return {row["about"]: row["last"] for row in rows}


def _weakest(index: Index, now: datetime, titles: Mapping[str, str]) -> Practice | None:
    trends = [one for one in progress(index, now.date()).criteria if one.round in titles]
    levels = {
        (one.round or "", one.id): (fmean(value.value for value in one.values[-RECENT:]), one.name)
        for one in trends
    }
    weak = min(levels, key=lambda key: levels[key][0], default=None)
    if weak is None or levels[weak][0] >= MASTERED:
        return None
    level, name = levels[weak]
    return Practice(
        weak[0], None, weak[1], (),
        f"{titles[weak[0]]}: {name} is your weakest criterion, {level:.1f} of 5 lately.",
    )  # fmt: skip
