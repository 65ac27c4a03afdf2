"""`interview practice`: hold an interview."""

from pathlib import Path
from typing import Any

import click

from interviewer.commands import options


@click.command(
    short_help="Hold an interview by voice; a scorecard is saved.",
    epilog="Example: interview practice --round ml_system_design --questions 3 --seniority senior",
)
@options.round_of(required=False, default="behavioral")
@click.option(
    "--questions",
    type=click.IntRange(1, 12),
    default=2,
    show_default=True,
    help="Main questions; each has at least one follow-up.",
)
@click.option(
    "--seniority",
    type=click.Choice(["junior", "mid", "senior", "staff"]),
    default="mid",
    show_default=True,
    help="Changes the questions and the bar.",
)
@click.option(
    "--style",
    type=click.Choice(["warm", "neutral", "tough"]),
    default="neutral",
    show_default=True,
    help="The interviewer's manner.",
)
@click.option(
    "--name",
    default="Alex",
    show_default=True,
    callback=lambda _, __, name: _spoken(name),
    help="The interviewer's name.",
)
@click.option(
    "--minutes",
    type=click.FloatRange(1, 180),
    help="Budget of the session. [default: the round's own]",
)
@click.option(
    "--probes",
    type=click.IntRange(1, 4),
    default=2,
    show_default=True,
    help="Most follow-ups to one question.",
)
@click.option(
    "--question",
    help="Practise this question: your own words, judged by the round's criteria, or the id of "
    "one of the round's.",
)
@click.option(
    "--next",
    "suggested",
    is_flag=True,
    help="Practise what `interview progress` suggests, of --round only where that is given.",
)
@click.argument("more", nargs=-1, type=click.Path(path_type=Path), metavar="")
@options.how_to_answer
@click.pass_context
def practice(
    context: click.Context,
    /,
    candidate: tuple[Path, ...],
    more: tuple[Path, ...],
    **choices: Any,  # noqa: ANN401 - click has checked each type
) -> None:
    """Hold an interview: a voice asks, you answer aloud, a scorecard is saved.

    Without a microphone, a recorded candidate answers.
    """
    from interviewer.choices import Choices
    from interviewer.practice import run
    from interviewer.settings import config_file
    from rubrics.library import FULL_LOOP

    if more and not candidate:
        raise click.UsageError(f"Unexpected '{more[0]}'. Recordings follow --candidate.")
    any_round = not options.said(context, "round_id")
    choices |= options.not_together(context, "question", "suggested")
    if choices["question"] and choices["suggested"]:
        raise click.UsageError(
            f"'next' chooses the question; leave out one of 'next' and 'question' in {config_file()}."
        )
    if choices["round_id"] == FULL_LOOP and not any_round and not options.said(context, "question"):
        choices["question"] = None  # It was set for some other round.
    run(Choices(candidate=(*candidate, *more), any_round=any_round, **choices))


def _spoken(name: str) -> str:
    if not name.strip():
        raise click.BadParameter("is said at the start; it cannot be empty.")
    return name
