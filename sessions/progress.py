"""Is it getting better? Trends with their uncertainty, and the practice streak."""

import math
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import fmean, variance
from typing import Literal

from sessions.figures import measured
from sessions.index import Index
from sessions.stories import Story, retold, told_again

WINDOW = 200
"""Sessions that are looked back on: more dots than that no picture can show."""
RECENT = 3
"""Values, the last ones, whose mean is compared: one session alone says little."""
BEFORE = 5
"""Values before those, whose mean it is compared with."""
Z80 = 1.2816
"""Standard normal quantile of an 80 % interval, which is what the grader gives."""

Verdict = Literal[
    "better", "worse", "changed, within the usual range", "changed", "no clear change", "too few"
]
"""A change is "changed" alone where it is as far from the usual range as before, or where there is
no such range."""


@dataclass(frozen=True)
class Value:
    """One session's value."""

    session: str
    created: str
    value: float
    low: float | None = None
    high: float | None = None
    """Ends of the 80 % interval, where there is one."""


@dataclass(frozen=True)
class Change:
    """What the last values are on average, and how that differs from the ones before."""

    now: float
    """Mean of the last `of` values."""
    before: float | None
    low: float | None
    high: float | None
    """Ends of the 80 % interval of now minus before."""
    verdict: Verdict
    of: int
    """`RECENT`, or fewer where there are fewer."""
    lacking: int
    """Values more that it takes to compare; 0 where it is compared."""

    @property
    def told(self) -> str:
        """The verdict as one reads it: where there is none yet, what it takes."""
        if not self.lacking:
            return self.verdict
        return f"{self.lacking} more {'session' if self.lacking == 1 else 'sessions'} to compare"


@dataclass(frozen=True)
class Trend:
    """One criterion or delivery measure over the sessions."""

    round: str | None
    """None for delivery, which is the same in every round."""
    id: str
    name: str
    unit: str
    usual_low: float | None
    usual_high: float | None
    values: tuple[Value, ...]
    """Oldest first."""
    change: Change

    def shown(self, one: Value) -> str:
        """One session's value with its unit; its level of a criterion is a whole number."""
        return measured(one.value, self.unit) if self.round is None else f"{one.value:g}"


@dataclass(frozen=True)
class Streak:
    """Days in a row with practice."""

    current: int
    """Up to today or yesterday."""
    longest: int
    last_7_days: int
    """Days with practice among the last seven."""


@dataclass(frozen=True)
class Progress:
    """All of it."""

    sessions: int
    graded: int
    seconds: float
    streak: Streak
    criteria: tuple[Trend, ...]
    delivery: tuple[Trend, ...]
    stories: tuple[tuple[Story, ...], ...]
    """Stories that were told more than once, with each time."""
    demonstrations: int = 0
    """Sessions that the candidate that comes with the program answered: they count in nothing."""

    def improved(self) -> tuple[Trend, ...]:
        """What became better for certain (at 80 %)."""
        return tuple(
            one for one in (*self.criteria, *self.delivery) if one.change.verdict == "better"
        )


def progress(index: Index, today: date, round_id: str | None = None) -> Progress:
    """Trends over the last `WINDOW` graded sessions, of one round where it is given; streak and
    stories are those of all rounds."""
    totals = index.rows(
        "SELECT count(*) AS sessions, count(overall) AS graded, total(seconds) AS seconds "
        f"FROM sessions WHERE {OWN} AND {_OF_ROUND}",
        round_id,
    )[0]
    shown = index.rows(
        f"SELECT count(*) AS count FROM sessions WHERE demonstration AND {_OF_ROUND}", round_id
    )[0]
    return Progress(
        sessions=totals["sessions"],
        graded=totals["graded"],
        seconds=totals["seconds"],
        streak=streak(_days(index), today),
        criteria=_criteria(index, round_id),
        delivery=_delivery(index, round_id),
        stories=told_again(retold(told(index))),
        demonstrations=shown["count"],
    )


OWN = "(sessions.fault IS NULL AND NOT sessions.demonstration)"
"""SQL for sessions that can be read and that somebody answered."""


_OF_ROUND = "(?1 IS NULL OR round = ?1 OR key IN (SELECT session FROM questions WHERE round = ?1))"
"""SQL for sessions that hold a round, be it in a full loop, and for full loops."""


def recent(table: str) -> str:
    """SQL for the rows of a table that belong to the last `WINDOW` sessions of the round ?1."""
    return (
        f"FROM sessions JOIN {table} ON {table}.session = sessions.key WHERE sessions.key IN "
        f"(SELECT key FROM sessions WHERE status = 'graded' AND {OWN} AND {_OF_ROUND} "
        # Left after a few words: they say nothing about how somebody speaks, either.
        "AND NOT (stopped AND overall IS NULL) "
        f"ORDER BY moment DESC LIMIT {WINDOW}) "
    )


def told(index: Index) -> tuple[Story, ...]:
    """What was told in the last `WINDOW` sessions, newest first."""
    rows = index.rows(
        "SELECT sessions.id AS id, moment, retry_of, stories.* FROM sessions JOIN stories "
        "ON session = key WHERE "
        f"key IN (SELECT key FROM sessions WHERE {OWN} ORDER BY moment DESC LIMIT {WINDOW})"
        " ORDER BY moment DESC, turn"
    )
    return tuple(
        Story(
            row["id"], row["round"], row["question"], row["turn"], frozenset(row["terms"].split()),
            row["moment"], row["retry_of"],
        )
        for row in rows
    )  # fmt: skip


def streak(days: Iterable[date], today: date) -> Streak:
    """Runs of days with practice; today does not break a run before it is over."""
    practised = set(days)
    ends = [day for day in practised if day + timedelta(days=1) not in practised]
    runs = [_run_up_to(day, practised) for day in ends]
    last = today if today in practised else today - timedelta(days=1)
    return Streak(
        current=_run_up_to(last, practised),
        longest=max(runs, default=0),
        last_7_days=sum(1 for back in range(7) if today - timedelta(days=back) in practised),
    )


def level_change(values: Sequence[Value]) -> Change:
    """How a level from 1 to 5 changed: higher is better."""
    change = _difference(values)
    if change.low is None or change.high is None or change.low <= 0 <= change.high:
        return change
    return replace(change, verdict="better" if change.low > 0 else "worse")


def measure_change(
    values: Sequence[Value], usual_low: float | None, usual_high: float | None
) -> Change:
    """How a delivery measure changed: nearer to its usual range is better."""
    change = _difference(values)
    if change.before is None or change.low is None or change.high is None:
        return change
    if change.low <= 0 <= change.high:
        return change
    was, now = (_outside(one, usual_low, usual_high) for one in (change.before, change.now))
    if was != now:
        return replace(change, verdict="better" if now < was else "worse")
    unusual = now > 0 or (usual_low is None and usual_high is None)
    return replace(change, verdict="changed" if unusual else "changed, within the usual range")


def _difference(values: Sequence[Value]) -> Change:
    """Mean of the last values, of those before, and the 80 % interval of their difference."""
    now, before = values[-RECENT:], values[-RECENT - BEFORE : -RECENT]
    lacking = max(0, 2 * RECENT - len(values))
    mean = fmean(one.value for one in now)
    base = fmean(one.value for one in before) if before else None
    if base is None or lacking:
        return Change(mean, base, None, None, "too few", len(now), lacking)
    reach = _reach(_squared_error(now), _squared_error(before))
    ends = (mean - base - reach, mean - base + reach)
    return Change(mean, base, *ends, "no clear change", len(now), 0)


def _squared_error(values: Sequence[Value]) -> tuple[float, float]:
    """Squared standard error of the mean, and its degrees of freedom: from the spread of the values
    or from the grader's own intervals, whichever is larger (few values can agree by chance)."""
    known = [
        ((one.high - one.low) / 2 / Z80) ** 2
        for one in values
        if one.low is not None and one.high is not None
    ]
    graders = fmean(known) if known else 0.0
    spread = variance([one.value for one in values])
    if graders >= spread:
        return graders / len(values), math.inf  # Measured on many answers.
    return spread / len(values), len(values) - 1


def _reach(*errors: tuple[float, float]) -> float:
    """Half of the 80 % interval of a difference, by Welch: a spread of three values is so uncertain
    itself that the normal quantile would call one chance difference in four a change."""
    whole = sum(squared for squared, _ in errors)
    if not whole:
        return 0.0
    uncertain = sum(squared**2 / freedom for squared, freedom in errors)
    return _t80(whole**2 / uncertain if uncertain else math.inf) * math.sqrt(whole)


def _t80(freedom: float) -> float:
    """Student's quantile of an 80 % interval: Fisher's expansion around the normal one (Abramowitz
    and Stegun 26.7.5), within 0.4 % from two degrees of freedom on."""
    z = Z80
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )


def _outside(value: float, low: float | None, high: float | None) -> float:
    if low is not None and value < low:
        return low - value
    if high is not None and value > high:
        return value - high
    return 0.0


def _run_up_to(day: date, practised: set[date]) -> int:
    length = 0
    while day - timedelta(days=length) in practised:
        length += 1
    return length


def _days(index: Index) -> list[date]:
    rows = index.rows(
        f"SELECT DISTINCT substr(created, 1, 10) AS day FROM sessions WHERE answered > 0 AND {OWN}"
    )
    return [date.fromisoformat(row["day"]) for row in rows]


def _criteria(index: Index, round_id: str | None) -> tuple[Trend, ...]:
    rows = index.rows(
        "SELECT sessions.id AS session_id, created, criteria.round AS about, criteria.id AS id, "
        f"name, level, criteria.low AS low, criteria.high AS high {recent('criteria')}"
        "AND level IS NOT NULL AND (?1 IS NULL OR ?1 IN (criteria.round, sessions.round)) "
        "ORDER BY moment",
        round_id,
    )
    trends = []
    for group in _groups(rows, "about", "id"):
        found = tuple(
            Value(one["session_id"], one["created"], one["level"], one["low"], one["high"])
            for one in group
        )
        last = group[-1]
        trends.append(
            Trend(last["about"], last["id"], last["name"], "", None, None, found,
                  level_change(found))
        )  # fmt: skip
    return tuple(trends)


def _delivery(index: Index, round_id: str | None) -> tuple[Trend, ...]:
    rows = index.rows(
        "SELECT sessions.id AS session_id, created, measures.id AS id, name, value, unit, "
        f"usual_low, usual_high {recent('measures')} AND value IS NOT NULL ORDER BY moment",
        round_id,
    )
    trends = []
    for group in _groups(rows, "id"):
        last = group[-1]
        found = tuple(
            Value(one["session_id"], one["created"], one["value"])
            for one in group
            if one["unit"] == last["unit"]  # Another one was another measure.
        )
        low, high = last["usual_low"], last["usual_high"]
        trends.append(
            Trend(None, last["id"], last["name"], last["unit"], low, high, found,
                  measure_change(found, low, high))
        )  # fmt: skip
    return tuple(trends)


def _groups(rows: Iterable[sqlite3.Row], *keys: str) -> list[list[sqlite3.Row]]:
    found: dict[tuple[object, ...], list[sqlite3.Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[key] for key in keys), []).append(row)
    return list(found.values())
