"""A session's scorecard in the terminal."""

from collections.abc import Iterable, Iterator

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from interviewer.commands.sessions import open_index
from interviewer.commands.show_attempts import print_comparison
from interviewer.commands.table import Column, print_table
from sessions.advised import improvement
from sessions.bar import against_bar, expected
from sessions.figures import give_or_take, measured, usual
from sessions.model import Advice, CriterionScore, Debrief, Quote, Session
from sessions.page import day
from sessions.related import earlier_attempt, told_before
from sessions.store import SessionStore
from sessions.timeline import (
    BESIDE_THE_POINT,
    Exchange,
    advice_on,
    beside_the_point,
    clock,
    exchanges,
    good,
    printable,
    round_title,
    shown_points,
    wait,
    where_it_went,
)

_MARKS = "Marks: + said, or a fault avoided; - missing, or a fault made; ? unclear."


def print_session(session: Session, *, timing: bool = False, sources: bool = False) -> None:
    """Print the scorecard, or what there is."""
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


def print_next(session: Session, name: str | None = None) -> None:
    """What can be done with a graded session; `name` is what the person calls it."""
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


def _print_scorecard(console: Console, session: Session, sources: bool) -> None:
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


def _print_panel(console: Console, session: Session, panel: Debrief) -> None:
    console.print(_plain(f"\nPanel: {panel.recommendation}", "bold"))
    _print_lines(console, panel.reasons)
    for vote in panel.votes:
        name = round_title(session, vote.round)
        _print_lines(console, (f"{name}: {vote.vote}. {vote.reason}",))


def _print_criterion(console: Console, session: Session, score: CriterionScore) -> None:
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


def _print_questions(console: Console, session: Session) -> None:
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


def _advised(session: Session, exchange: Exchange, advice: Advice) -> Iterator[str]:
    if advice.fix_first:
        yield "Fix first"
        yield from (f"{number}. {one}" for number, one in enumerate(advice.fix_first, 1))
    what, text = improvement(session, exchange, advice)
    if text:
        yield f"{what}: {text}"
    if advice.next_follow_up:
        yield f"Be ready for: {advice.next_follow_up}"


def _print_delivery(console: Console, session: Session, sources: bool) -> None:
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


def _print_timing(console: Console, session: Session) -> None:
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


def print_related(store: SessionStore, session: Session) -> None:
    """The attempt before this one, and stories that were told elsewhere too."""
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


def _quoted(quotes: Iterable[Quote]) -> list[str]:
    return [f"“{one.text}” (turn {one.turn + 1}, {clock(one.start)})" for one in quotes]


def _range(low: float | None, high: float | None) -> str:
    return give_or_take(low, high, "  ")


def _print_lines(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        if line:
            console.print(Padding(_plain(line), (0, 0, 0, 3)))


def _plain(text: str, style: str = "") -> Text:
    """Text that is neither markup nor terminal codes, wherever it came from."""
    return Text(printable(text), style=style)
