"""`interview sessions`: what was practised so far."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.commands.options import as_json_of, sessions_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.index import Index
    from sessions.search import Listed
    from sessions.store import SessionStore

_HEADS = ("session", "questions", "time", "overall", "state")
_PIPE = 80
"""Columns of what is no terminal: there each session keeps its one line, for other programs."""


@click.command()
@click.option("--search", metavar="WORDS", default="", help="Only those in which all were said.")
@click.option("--round", "only_round", metavar="ROUND", help="Only this round.")
@click.option("--since", "since_text", metavar="DATE", help="Only from this day on: 2026-11-24.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=30,
    show_default=True,
    help="At most so many; 0 for all.",
)
@as_json_of("One JSON array on stdout.")
@sessions_folder
def sessions(
    search: str,
    only_round: str | None,
    since_text: str | None,
    limit: int,
    as_json: bool,
    sessions: Path | None,
) -> None:
    """List the sessions, newest first.

    A session that was interrupted is listed as such: go on with `interview resume ID`, or grade
    it as it is with `interview grade ID`.

    \b
    Examples:
      interview sessions
      interview sessions --search "feature drift" --since 2026-11-01
      interview sessions --round behavioral --json
    """
    from sessions.search import listed, since
    from sessions.store import SessionStore

    day = since(since_text) if since_text else None
    store = SessionStore(sessions)
    with open_index(store) as index:
        rows, total = listed(
            index, words=search, round_id=only_round, since=day, limit=limit or None
        )
    if only_round and not rows:
        _check_round(only_round)
    if as_json:
        _print_json(rows)
        return
    _print_table(rows)
    if total > len(rows):
        click.echo(f"{total - len(rows)} older ones: --limit 0 lists all.", err=True)
    if not rows:
        asked = search or only_round or day
        none = f"No sessions in {store.folder} yet: `interview practice` starts one."
        click.echo("No session fits." if asked else none, err=True)


def open_index(store: "SessionStore") -> "Index":
    """The index, brought up to date; says so on stderr where that takes long."""
    from sessions.index import Index

    def told(done: int, total: int) -> None:
        if total >= 200:
            click.echo(f"Reading sessions: {done} of {total} …", err=True)

    return Index(store, told)


def _check_round(round_id: str) -> None:
    """Raise `RubricError` for one that does not exist; no session is of it, either."""
    from rubrics.library import FULL_LOOP, locate

    if round_id != FULL_LOOP:
        locate(round_id)


def _print_json(rows: "Sequence[Listed]") -> None:
    import json
    from dataclasses import asdict

    click.echo(json.dumps([asdict(row) for row in rows], indent=1, ensure_ascii=False))


def _print_table(rows: "Sequence[Listed]") -> None:
    from shutil import get_terminal_size

    from interviewer.commands.wrapped import columns, wrapped
    from sessions.timeline import printable

    if not rows:
        return
    table = [_HEADS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(4)]
    lines = ["  ".join((*map(str.ljust, line, widths), line[4])) for line in table]
    longest = max(map(len, lines))
    # None where it was closed: `>&-`.
    terminal = sys.stdout is not None and sys.stdout.isatty()
    needed = longest if terminal else min(_PIPE, longest)
    if get_terminal_size().columns < needed:
        _print_records(rows)
        return
    click.secho(lines[0], bold=True)
    for row, line in zip(rows, lines[1:], strict=True):
        click.echo(printable(line))
        if row.excerpt:
            said = printable(" ".join(row.excerpt.split()))
            click.secho(wrapped(said, "  ", width=columns()), dim=True)


def _print_records(rows: "Sequence[Listed]") -> None:
    from rich.console import Console

    from interviewer.commands.table import Column, print_table

    columns = (*map(Column, _HEADS), Column(before="\n"))
    cells = [(*_cells(row), row.excerpt or "") for row in rows]
    print_table(Console(highlight=False), columns, cells, records=True)


def _cells(row: "Listed") -> tuple[str, ...]:
    from sessions.figures import give_or_take
    from sessions.timeline import clock

    overall = "unscored" if row.unscored else ""
    if row.overall is not None:
        overall = f"{row.overall:.1f}{give_or_take(row.low, row.high)}"
    if row.fault:
        return (row.id, "", "", "", row.told)
    questions = f"{row.answered} of {row.planned}" if row.planned else str(row.answered)
    return (row.id, questions, clock(row.seconds), overall, row.told)
