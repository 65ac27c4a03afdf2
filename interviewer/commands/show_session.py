"""A session's scorecard in the terminal."""

from collections.abc import Iterable, Iterator
from textwrap import shorten

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interviewer.commands.sessions import open_index
from interviewer.commands.show_attempts import print_comparison
from interviewer.commands.table import Column, print_table
from sessions.advised import improvement, to_fix
from sessions.bar import against_bar, expected
from sessions.figures import give_or_take, measured, usual
from sessions.model import Advice, CriterionScore, Debrief, Quote, Scorecard, Session
from sessions.page import day
from sessions.related import earlier_attempt, told_before
from sessions.store import SessionStore
from sessions.stories import retellings
from sessions.timeline import (
    BESIDE_THE_POINT,
    Exchange,
    advice_on,
    beside_the_point,
    called,
    clock,
    exchanges,
    good,
    printable,
    round_title,
    shown_points,
    spent,
    wait,
    where_it_went,
)

_MARKS = "Marks: + said, or a fault avoided; - missing, or a fault made; ? unclear."
_ASKED = 90
"""Characters of a question that is known by its number already, as on the page."""


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
    if session.scorecard:
        first = _print_in_short(console, session, session.scorecard)
        _print_what_is_next(console, name or session.id, first)
    if session.stopped_early:
        going_on = f"Interrupted. Go on with: interview resume {session.id}"
        console.print(_plain(going_on, "bold"), soft_wrap=True)


def _print_in_short(console: Console, session: Session, card: Scorecard) -> int:
    """What matters most, where the eye is: above the prompt. The number of the first question that
    has something to fix; else 1."""
    if card.overall is not None:
        panel = f"; panel: {session.debrief.recommendation}" if session.debrief else ""
        console.print(_plain(f"\n{_overall(card, card.overall)}{panel}", "bold"))
    fixes = to_fix(session)
    for number, exchange, fix_first in fixes:
        asked = shorten(exchange.text, _ASKED, placeholder=" …")
        console.print(_plain(f"Fix first in question {number}: ", "bold") + _plain(asked))
        for place, fix in enumerate(fix_first, 1):
            _print_hanging(console, f"{place}.", (fix,))
    return fixes[0][0] if fixes else 1


def _print_what_is_next(console: Console, called: str, question: int) -> None:
    """Commands are left to the terminal to break, or they could not be copied whole."""
    which = f" --question {question}" if question > 1 else ""
    console.print(
        _plain(
            f"\nHear it with your evidence: interview replay {called} --web\n"
            f"Once more: interview retry {called}{which}\n"
            "Over all sessions: interview progress"
        ),
        soft_wrap=True,
    )


def _print_scorecard(console: Console, session: Session, sources: bool) -> None:
    card = session.scorecard
    if card is None:
        console.print(f"Not graded yet: `interview grade {session.id}` does it.")
        return
    if card.overall is None:
        console.print(_plain(f"No overall score: {card.unscored}"))
    else:
        console.print(_plain(_overall(card, card.overall), "bold"))
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


def _overall(card: Scorecard, level: float) -> str:
    return f"Overall {level:.1f} of 5{_range(card.low, card.high)}"


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
    for number, exchange in enumerate(exchanges(session), 1):
        console.print(_plain(f"\nQuestion {number}: {exchange.text}", "bold"))
        points = shown_points(session, exchange)
        if beside_the_point(points):
            _print_lines(console, (BESIDE_THE_POINT,))
        for point in points:
            mark = {True: "+", False: "-", None: "?"}[good(point)]
            fault = ("avoided: " if good(point) else "fault: ") if point.negative else ""
            _print_hanging(console, mark, (f"{fault}{point.statement}", *_quoted(point.quotes)))
        for advice in advice_on(session, exchange):
            _print_lines(console, _advised(session, exchange, advice))


def _advised(session: Session, exchange: Exchange, advice: Advice) -> Iterator[str]:
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
        waited = f"{wait(turn):.2f} s" if turn.stages else ""
        rows.append(
            (f"{index} {called(turn)}", clock(turn.asked.seconds), answered, waited, spent(turn))
        )
    print_table(console, columns, rows)


def print_related(store: SessionStore, session: Session) -> None:
    """The attempt before this one, and stories that were told elsewhere too."""
    comparison = earlier_attempt(store, session)
    if comparison:
        print_comparison(comparison)
    with open_index(store) as index:
        pairs = told_before(index, session)
    for number, exchange in enumerate(exchanges(session), 1):
        for again in retellings(pairs, exchange.turns[0]):
            times = "time" if again.more == 1 else "times"
            more = f", and {again.more} more {times}" if again.more else ""
            told = (
                f"You told the story of question {number} {again.when}: {again.other.session}, "
                f"{again.other.subject} ({again.likeness:.0%} alike){more}."
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


def _print_hanging(console: Console, mark: str, lines: Iterable[str]) -> None:
    """Lines that stay right of their mark, also where they are broken."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row("  ", mark, _plain("\n".join(lines)))
    console.print(grid)


def _plain(text: str, style: str = "") -> Text:
    """Text that is neither markup nor terminal codes, wherever it came from."""
    return Text(printable(text), style=style)
