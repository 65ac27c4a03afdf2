"""Progress in the terminal: a line for each criterion and measure, and what comes next."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from interviewer.commands.table import Column, print_table
from interviewer.plain import plain
from sessions.figures import changed, figure, practised
from sessions.progress import RECENT, Progress, Trend
from sessions.stories import Story
from sessions.suggestion import Practice

_BARS = "▁▂▃▄▅▆▇█"
_WIDTH = 24
"""Values in a terminal picture: the last ones."""


def print_progress(found: Progress, practice: Practice, titles: dict[str, str], start: str) -> None:
    """Print trends, stories, and what to practise next."""
    console = Console(highlight=False)
    streak = found.streak
    days = "day" if streak.current == 1 else "days"
    held = "1 session" if found.sessions == 1 else f"{found.sessions} sessions"
    if found.sessions or streak.longest:  # The streak is of all rounds.
        console.print(
            f"{held}, {found.graded} graded, {' '.join(practised(found.seconds))}. "
            f"Streak: {streak.current} {days} (longest {streak.longest}); "
            f"{streak.last_7_days} of the last 7 days."
        )
    else:
        console.print("No session of your own yet.")
    if found.demonstrations:
        console.print(f"Not counted: demonstrations ({found.demonstrations}).", style="dim")
    for round_id in dict.fromkeys(one.round for one in found.criteria):
        about = titles.get(round_id or "", round_id or "")
        trends = [one for one in found.criteria if one.round == round_id]
        _print_trends(console, trends, f"{about} (1 to 5)", (1.0, 5.0))
    if found.delivery:
        _print_trends(console, found.delivery, "Delivery (no part of any score)", None)
    for story in found.stories[:5]:
        places = ", ".join(f"{one.session[:10]} ({one.subject})" for one in story[:4])
        more = ", …" if len(story) > 4 else ""
        console.print(Text(plain(f"The same story {_told_in(story)}: {places}{more}.")))
    improved = [one.name for one in found.improved()]
    if improved:
        console.print(Text(plain(f"Better: {', '.join(dict.fromkeys(improved))}.")))
    console.print(Text("Next: ", style="bold") + Text(plain(practice.why), style="not bold"))
    for point in practice.points[:4]:
        console.print(Text(f"  - {plain(point)}"))
    console.print(Text(f"Start it: {start}", style="dim"))


def _told_in(story: Sequence[Story]) -> str:
    held = len({one.session for one in story})
    return f"in {held} sessions" if held > 1 else f"{len(story)} times in one session"


def _print_trends(
    console: Console, trends: Sequence[Trend], title: str, bounds: tuple[float, float] | None
) -> None:
    rows = []
    for trend in trends:
        values = [one.value for one in trend.values][-_WIDTH:]
        low, high = bounds or (min(values), max(values))
        pictured = _sparkline(values, low, high)
        last = trend.shown(trend.values[-1])
        cells = (last, _mean(trend), _change(trend), trend.change.told)
        rows.append((trend.name, pictured, *cells))
    columns = (
        Column(title),
        Column("over time", whole=True, before=""),
        Column("last", whole=True, before=" "),
        Column(f"mean of last {RECENT}", whole=True, before=", mean "),
        Column("change (80 %)", whole=True),
        Column(),
    )
    print_table(console, columns, rows)


def _mean(trend: Trend) -> str:
    of = trend.change.of
    if of == 1:
        return ""
    return figure(trend.change.now, trend.unit) + ("" if of == RECENT else f" (of {of})")


def _change(trend: Trend) -> str:
    change = trend.change
    if change.low is None or change.high is None:
        return ""
    low, high = (figure(one, trend.unit, sign=True) for one in (change.low, change.high))
    return f"{changed(change.before, change.now, trend.unit)} ({low} to {high})"


def _sparkline(values: list[float], low: float, high: float) -> str:
    """A bar for each value, from `low` to `high`."""
    top = len(_BARS) - 1
    reach = (high - low) or 1.0
    return "".join(_BARS[round(top * min(1.0, max(0.0, (one - low) / reach)))] for one in values)
