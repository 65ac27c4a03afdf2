"""`interview show`: a session's scorecard in the terminal."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.commands.options import as_json, not_together, said, sessions_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console
    from rich.text import Text

    from sessions.model import Advice, CriterionScore, Debrief, Quote, Session
    from sessions.timeline import Exchange

_MARKS = "Marks: + said, or a fault avoided; - missing, or a fault made; ? unclear."


@click.command()
@click.argument("session_id", metavar="[ID]", default="last")
@click.option("--timing", is_flag=True, help="Where the time of each turn went.")
@click.option("--sources", is_flag=True, help="Where the usual ranges of the delivery come from.")
@click.option("--against", metavar="ID", help="Beside an earlier attempt at the same question.")
@click.option("--question", metavar="NAME", help="The question that --against compares.")
@as_json
@sessions_folder
@click.pass_context
def show(
    context: click.Context, /,
    session_id: str, timing: bool, sources: bool, against: str | None, question: str | None,
    as_json: bool, sessions: Path | None,
) -> None:  # fmt: skip
    """Show a session's scorecard; without an ID, the last one.

    What has no level says why. A second attempt is shown beside the first one. The whole
    transcript is in `interview replay --web` and `interview export`.

    \b
    Examples:
      interview show
      interview show 2026-11-24-1015 --timing
      interview show last --against 2026-11-17
      interview show last --json
    """
    from sessions.document import encoded, started
    from sessions.store import SessionStore

    if not against and said(context, "question"):
        raise click.UsageError("--question is what --against compares: name a session there.")
    for one in ("against", "timing", "sources"):
        not_together(context, "as_json", one)
    for one in ("timing", "sources"):
        not_together(context, "against", one)
    store = SessionStore(sessions)
    session = store.load(session_id)
    if as_json and not said(context, "against", "timing", "sources"):
        click.echo(encoded(session), nl=False)
        return
    if against:
        from interviewer.commands.show_attempts import print_comparison
        from sessions.attempts import compare

        both = (store.load(against), session)
        first, second = sorted(both, key=lambda one: started(one.created) or 0.0)
        print_comparison(compare(first, second, question))
        return
    print_session(session, timing=timing, sources=sources)
    _print_related(store.folder, session)
    print_next(session, session_id)


def print_session(session: "Session", *, timing: bool = False, sources: bool = False) -> None:
    """Print the scorecard, or what there is."""
    from rich.console import Console

    from sessions.page import day
    from sessions.timeline import round_title, where_it_went

    console = Console(highlight=False)
    title = f"{round_title(session)}, {session.seniority}, {day(session.created)}"
    console.print(_plain(title, "bold"))
    console.print(_plain(session.id, "dim"))
    if session.demonstration:
        console.print(
            "Demonstration: answered by the recorded candidate; it counts in no progress."
        )
    if session.ended_by not in {None, "complete"}:
        console.print(_plain(f"Ended by: {session.ended_by}"))
    _print_scorecard(console, session, sources)
    if timing:
        _print_timing(console, session)
    console.print(_plain(where_it_went(session), "dim"))


def print_next(session: "Session", name: str | None = None) -> None:
    """What can be done with a graded session; `name` is what the person calls it."""
    from rich.console import Console

    console = Console(highlight=False)
    called = name or session.id
    if session.scorecard:
        console.print(
            _plain(
                f"\nHear it with your evidence: interview replay {called} --web\n"
                f"Once more: interview retry {called}\n"
                "Over all sessions: interview progress"
            )
        )
    if session.stopped_early:
        console.print(_plain(f"Interrupted. Go on with: interview resume {session.id}", "bold"))


def _print_scorecard(console: "Console", session: "Session", sources: bool) -> None:
    from sessions.bar import against_bar, expected

    card = session.scorecard
    if card is None:
        console.print(f"Not graded yet: `interview grade {session.id}` does it.")
        return
    if card.overall is None:
        console.print(_plain(f"No overall score: {card.unscored}"))
    else:
        console.print(
            _plain(f"Overall {card.overall:.1f} of 5{_range(card.low, card.high)}", "bold")
        )
        console.print(_plain(f"{against_bar(session)} {expected(session)}".strip()))
    if session.debrief:
        _print_panel(console, session, session.debrief)
    for score in card.criteria:
        _print_criterion(console, session, score)
    _print_questions(console, session)
    _print_delivery(console, session, sources)
    console.print(
        _plain(f"\nGraded by {card.grader.name} ({card.grader.model}). {card.grader.measured_on}",
               "dim")
    )  # fmt: skip


def _print_panel(console: "Console", session: "Session", panel: "Debrief") -> None:
    from sessions.timeline import round_title

    console.print(_plain(f"\nPanel: {panel.recommendation}", "bold"))
    _print_lines(console, panel.reasons)
    for vote in panel.votes:
        name = round_title(session, vote.round)
        _print_lines(console, (f"{name}: {vote.vote}. {vote.reason}",))


def _print_criterion(console: "Console", session: "Session", score: "CriterionScore") -> None:
    from sessions.timeline import round_title

    about = "" if len(session.rubrics) == 1 else f"{round_title(session, score.round)}: "
    name = f"{about}{score.name}"
    if score.level is None:
        console.print(_plain(f"\n-  {name}", "bold") + _plain(f"  not scored: {score.unscored}"))
        return
    bar = "●" * score.level + "○" * (5 - score.level)
    console.print(_plain(f"\n{score.level}  {name}  {bar}{_range(score.low, score.high)}", "bold"))
    _print_lines(console, (score.why, *_quoted(score.quotes)))
    if score.raise_by:
        _print_lines(console, (f"To raise it: {score.raise_by}",))


def _print_questions(console: "Console", session: "Session") -> None:
    from sessions.timeline import (
        BESIDE_THE_POINT,
        advice_on,
        beside_the_point,
        exchanges,
        good,
        shown_points,
    )  # fmt: skip

    card = session.scorecard
    if card and card.points:
        console.print(_plain(f"\n{_MARKS}", "dim"))
    for exchange in exchanges(session):
        console.print(_plain(f"\n{exchange.text}", "bold"))
        points = shown_points(session, exchange)
        if beside_the_point(points):
            _print_lines(console, (BESIDE_THE_POINT,))
        for point in points:
            mark = {True: "+", False: "-", None: "?"}[good(point)]
            fault = ("avoided: " if good(point) else "fault: ") if point.negative else ""
            said = "".join(f"  {text}" for text in _quoted(point.quotes))
            _print_lines(console, (f"{mark} {fault}{point.statement}{said}",))
        for advice in advice_on(session, exchange):
            _print_lines(console, _advised(session, exchange, advice))


def _advised(session: "Session", exchange: "Exchange", advice: "Advice") -> "Iterator[str]":
    from sessions.advised import improvement

    if advice.fix_first:
        yield "Fix first"
        yield from (f"{number}. {one}" for number, one in enumerate(advice.fix_first, 1))
    what, text = improvement(session, exchange, advice)
    if text:
        yield f"{what}: {text}"
    if advice.next_follow_up:
        yield f"Be ready for: {advice.next_follow_up}"


def _print_delivery(console: "Console", session: "Session", sources: bool) -> None:
    from interviewer.commands.table import Column, print_table
    from sessions.figures import measured, usual

    card = session.scorecard
    if card is None or not card.delivery:
        return
    columns = (
        Column("delivery (no part of any score)"),
        Column("you"),
        Column("usual", before="; usual "),
        *((Column("source", before="; "),) if sources else ()),
    )
    print_table(
        console,
        columns,
        [
            (one.name, measured(one.value, one.unit), usual(one), one.source)[: len(columns)]
            for one in card.delivery
        ],
    )


def _print_timing(console: "Console", session: "Session") -> None:
    from interviewer.commands.table import Column, print_table
    from sessions.timeline import clock, wait

    columns = (
        Column("turn"),
        Column("asked", before=""),
        Column("answered", before=", answered "),
        Column("wait", before=", wait "),
        Column("spent on", before=": "),
    )
    rows = []
    for index, turn in enumerate(session.turns, 1):
        answered = clock(turn.answer.seconds) if turn.answer else ""
        stages = ", ".join(f"{one.name} {one.seconds:.2f} s" for one in turn.stages)
        waited = f"{wait(turn):.2f} s" if turn.stages else ""
        rows.append((f"{index} {turn.kind}", clock(turn.asked.seconds), answered, waited, stages))
    print_table(console, columns, rows)


def _print_related(folder: Path, session: "Session") -> None:
    """The attempt before this one, and stories that were told elsewhere too."""
    from interviewer.commands.sessions import open_index
    from interviewer.commands.show_attempts import print_comparison
    from sessions.related import earlier_attempt, told_before
    from sessions.store import SessionStore
    from sessions.timeline import printable

    store = SessionStore(folder)
    comparison = earlier_attempt(store, session)
    if comparison:
        print_comparison(comparison)
    with open_index(store) as index:
        pairs = told_before(index, session)
    for pair in pairs[:5]:
        here, there = pair.one, pair.other
        told = (
            f"You told the story of '{here.question}' {pair.when}: {there.session}, "
            f"'{there.question}' ({pair.likeness:.0%} alike)."
        )
        click.echo(printable(told))


def _quoted(quotes: "Iterable[Quote]") -> list[str]:
    from sessions.timeline import clock

    return [f"“{one.text}” (turn {one.turn + 1}, {clock(one.start)})" for one in quotes]


def _range(low: float | None, high: float | None) -> str:
    from sessions.figures import give_or_take

    return give_or_take(low, high, "  ")


def _print_lines(console: "Console", lines: "Iterable[str]") -> None:
    from rich.padding import Padding

    for line in lines:
        if line:
            console.print(Padding(_plain(line), (0, 0, 0, 3)))


def _plain(text: str, style: str = "") -> "Text":
    """Text that is neither markup nor terminal codes, wherever it came from."""
    from rich.text import Text

    from sessions.timeline import printable

    return Text(printable(text), style=style)
