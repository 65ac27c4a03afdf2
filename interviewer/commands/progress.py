"""`interview progress`: what became better, and what to practise next."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from interviewer.commands.options import as_json, not_together, said, sessions_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from sessions.progress import Progress, Trend
    from sessions.store import SessionStore
    from sessions.stories import Story
    from sessions.suggestion import Practice

_BARS = "▁▂▃▄▅▆▇█"
_WIDTH = 24
"""Values in a terminal picture: the last ones."""


@click.command(short_help="Show what became better, and what to practise next.")
@click.option(
    "--round", "only_round", metavar="ROUND", help="Only this round; streak and stories are of all."
)
@click.option("--web", is_flag=True, help="Write it as a page and open that.")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@as_json
@sessions_folder
@click.pass_context
def progress(
    context: click.Context,
    /,
    only_round: str | None,
    web: bool,
    no_open: bool,
    as_json: bool,
    sessions: Path | None,
) -> None:
    """Show what became better over the sessions, and what to practise next and why.

    "Better" and "worse" are said only where the difference between the last three sessions and
    the ones before is larger than its uncertainty (80 % interval).

    \b
    Examples:
      interview progress
      interview progress --round behavioral
      interview progress --web
    """
    from datetime import datetime

    from interviewer.commands.sessions import open_index
    from rubrics import library
    from sessions.progress import progress as computed
    from sessions.progress_page import progress_page
    from sessions.store import SessionStore
    from sessions.suggestion import next_practice

    not_together(context, "as_json", "web")
    now = datetime.now().astimezone()
    titles = library.titles()
    store = SessionStore(sessions)
    with open_index(store) as index:
        found = computed(index, now.date(), only_round)
        practice = next_practice(index, titles, now, only_round)
    start = "interview practice --next" + (f" --round {only_round}" if only_round else "")
    if as_json and not said(context, "web"):
        _print_json(found, practice)
    elif web:
        path = _write_page(store, progress_page(found, practice, titles, start=start))
        click.echo(str(path))
        if not no_open:
            click.launch(path.as_uri())
    else:
        _print(found, practice, titles, start)


def _write_page(store: "SessionStore", page: str) -> Path:
    from sessions.writing import write_private

    store.make(store.folder)
    path = store.folder / "progress.html"
    write_private(path, page.encode())
    return path


def _print_json(found: "Progress", practice: "Practice") -> None:
    import json
    from dataclasses import asdict

    data: dict[str, Any] = asdict(found) | {"next": asdict(practice)}
    # Sets of word beginnings, only good for finding what is alike.
    for story in data["stories"]:
        for one in story:
            del one["terms"]
    click.echo(json.dumps(data, indent=1, ensure_ascii=False))


def _print(found: "Progress", practice: "Practice", titles: dict[str, str], start: str) -> None:
    from rich.console import Console
    from rich.text import Text

    from interviewer.plain import plain
    from sessions.figures import practised

    console = Console(highlight=False)
    streak = found.streak
    days = "day" if streak.current == 1 else "days"
    held = "1 session" if found.sessions == 1 else f"{found.sessions} sessions"
    console.print(
        f"{held}, {found.graded} graded, {' '.join(practised(found.seconds))}. "
        f"Streak: {streak.current} {days} (longest {streak.longest}); "
        f"{streak.last_7_days} of the last 7 days."
    )
    if found.demonstrations:
        console.print(f"Not counted: demonstrations ({found.demonstrations}).", style="dim")
    for round_id in dict.fromkeys(one.round for one in found.criteria):
        about = titles.get(round_id or "", round_id or "")
        trends = [one for one in found.criteria if one.round == round_id]
        _print_trends(console, trends, f"{about} (1 to 5)", (1.0, 5.0))
    if found.delivery:
        _print_trends(console, found.delivery, "Delivery (no part of any score)", None)
    for story in found.stories[:5]:
        places = ", ".join(f"{one.session[:10]} ({one.question})" for one in story[:4])
        more = ", …" if len(story) > 4 else ""
        console.print(Text(plain(f"The same story {_told_in(story)}: {places}{more}.")))
    improved = [one.name for one in found.improved()]
    if improved:
        console.print(Text(plain(f"Better: {', '.join(dict.fromkeys(improved))}.")))
    console.print(Text("Next: ", style="bold") + Text(plain(practice.why), style="not bold"))
    for point in practice.points[:4]:
        console.print(Text(f"  - {plain(point)}"))
    console.print(Text(f"Start it: {start}", style="dim"))


def _told_in(story: "Sequence[Story]") -> str:
    held = len({one.session for one in story})
    return f"in {held} sessions" if held > 1 else f"{len(story)} times in one session"


def _print_trends(
    console: "Console", trends: "Sequence[Trend]", title: str, bounds: tuple[float, float] | None
) -> None:
    from interviewer.commands.table import Column, print_table
    from sessions.progress import RECENT

    rows = []
    for trend in trends:
        values = [one.value for one in trend.values][-_WIDTH:]
        low, high = bounds or (min(values), max(values))
        pictured = sparkline(values, low, high)
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


def _mean(trend: "Trend") -> str:
    from sessions.figures import figure
    from sessions.progress import RECENT

    of = trend.change.of
    if of == 1:
        return ""
    return figure(trend.change.now, trend.unit) + ("" if of == RECENT else f" (of {of})")


def _change(trend: "Trend") -> str:
    from sessions.figures import changed, figure

    change = trend.change
    if change.low is None or change.high is None:
        return ""
    low, high = (figure(one, trend.unit, sign=True) for one in (change.low, change.high))
    return f"{changed(change.before, change.now, trend.unit)} ({low} to {high})"


def sparkline(values: "list[float]", low: float, high: float) -> str:
    """A bar for each value, from `low` to `high`."""
    top = len(_BARS) - 1
    reach = (high - low) or 1.0
    return "".join(_BARS[round(top * min(1.0, max(0.0, (one - low) / reach)))] for one in values)
