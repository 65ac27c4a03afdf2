"""Graded answers as a table for people."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interviewer.offline.results import Result
from interviewer.plain import plain
from sessions.figures import give_or_take, interval
from sessions.timeline import clock


def show(results: list[Result]) -> None:
    """Print to stdout: one answer with its reasons, several as one line each."""
    console = Console()
    if len(results) == 1:
        _one(console, results[0])
        return
    table = Table("answer", "overall", "80 %", "words")
    for one in results:
        cells = (_level(one.overall), _interval(one.data), str(len(one.data["words"])))
        table.add_row(Text(plain(one.data["path"])), *cells)  # A path is no markup.
    console.print(table)
    for one in results:
        if one.overall is None:
            why = f"{one.data['path']} is unscored: {one.data['unscored'] or 'no reason is known.'}"
            console.print(Text(plain(why)))


def _one(console: Console, result: Result) -> None:
    """What matters first, as `show` has it; the transcript, which the person knows, last."""
    data = result.data
    console.print(Text(_overall(data), style="bold"))
    for line in _fixes(data):
        console.print(Text(plain(line)))
    for one in data["criteria"]:
        _criterion(console, one)
    grader = data["grader"]
    graded = f"\nGraded by {grader['name']}: {grader['measured_on']}"
    console.print(Text(plain(graded)), style="dim")
    transcript = f"\nTranscript: {plain(data['transcript']) or '(nothing was heard)'}"
    console.print(Text(transcript), soft_wrap=True)


def _criterion(console: Console, one: dict[str, Any]) -> None:
    """The level and what it rests on, below each other: they stay readable in a narrow window."""
    spread = give_or_take(one["low"], one["high"], "  ")
    head = f"{_level(one['level'])}  {plain(_name(one))}{spread}"
    console.print(Text(f"\n{head}", style="bold"))
    quotes = (f"“{quote['text']}”{_place(quote)}" for quote in one["quotes"])
    raised = (f"To raise it: {one['raise_by']}",) if one["raise_by"] else ()
    for line in (one["unscored"] or one["why"], *quotes, *raised):
        console.print(Padding(Text(plain(line)), (0, 0, 0, 3)))


def _overall(data: dict[str, Any]) -> str:
    if data["overall"] is None:
        return f"Unscored: {plain(data['unscored'] or 'no reason is known.')}"
    spread = give_or_take(data["low"], data["high"], "  ")
    return f"Overall {data['overall']:.1f} of 5{spread}"


def _name(criterion: dict[str, Any]) -> str:
    """As people know it; results that were kept by older programs have ids only."""
    name = str(criterion.get("name", criterion["id"]))
    return f"{criterion['round']}: {name}" if "round" in criterion else name


def _fixes(data: dict[str, Any]) -> Iterator[str]:
    """What to mend first."""
    for one in data["advice"]:
        for fix in one["fix_first"]:
            yield f"Fix first: {_capital(fix.removeprefix('Missing: '))}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _level(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def _interval(data: dict[str, float | None]) -> str:
    return interval(data["low"], data["high"])


def _place(quote: dict[str, float]) -> str:
    """Where it was said; a written answer has no times."""
    return f" ({clock(quote['start'])})" if quote["end"] else ""
