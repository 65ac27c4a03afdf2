"""`interview practice`: hold an interview."""

from pathlib import Path
from typing import Any

import click

from interviewer.commands import options


@click.command(
    epilog="Example: interview practice --round ml_system_design --questions 3 --seniority senior"
)
@options.round_of(required=False, default="behavioral")
@click.option(
    "--questions", type=click.IntRange(1, 12), default=2, show_default=True,
    help="Main questions; each has at least one follow-up.",
)  # fmt: skip
@click.option(
    "--seniority", type=click.Choice(["junior", "mid", "senior", "staff"]), default="mid",
    show_default=True, help="Changes the questions and the bar.",
)  # fmt: skip
@click.option(
    "--style", type=click.Choice(["warm", "neutral", "tough"]), default="neutral",
    show_default=True, help="The interviewer's manner.",
)  # fmt: skip
@click.option("--name", default="Alex", show_default=True, help="The interviewer's name.")
@click.option(
    "--candidate", type=click.Path(path_type=Path), multiple=True,
    help="Recordings that answer in your place: a folder with candidate.yaml, or audio files, "
    "given in their order.",
)  # fmt: skip
@click.option(
    "--patience", type=click.FloatRange(0.5, 10.0), default=1.0, show_default=True,
    help="Multiplies the silence that ends an answer; 3 suits thinking at a whiteboard.",
)  # fmt: skip
@click.option(
    "--minutes", type=click.FloatRange(1, 180),
    help="Budget of the session. [default: the round's own]",
)  # fmt: skip
@click.option("--probes", type=click.IntRange(1, 4), default=2, show_default=True,
              help="Most follow-ups to one question.")  # fmt: skip
@click.option("--no-audio", is_flag=True, help="Keep no audio, only what was recognised.")
@click.option(
    "--think-ahead/--no-think-ahead", default=None,
    help="Draft follow-ups while you talk. [default: only with a model on this machine]",
)  # fmt: skip
@click.option(
    "--next", "suggested", is_flag=True,
    help="Practise what `interview progress` suggests; the round is chosen for you.",
)  # fmt: skip
@click.argument("more", nargs=-1, type=click.Path(path_type=Path), metavar="[RECORDING…]")
@options.language_model
@options.transcriber_model
@options.devices
@options.sessions_folder
def practice(candidate: tuple[Path, ...], more: tuple[Path, ...], **choices: Any) -> None:  # noqa: ANN401 - click has checked each type
    """Hold an interview: a voice asks, you answer aloud, a scorecard is saved.

    Without a microphone, a recorded candidate answers.
    """
    from interviewer.practice import Choices, run

    if more and not candidate:
        raise click.UsageError(f"Unexpected '{more[0]}'. Recordings follow --candidate.")
    run(Choices(candidate=(*candidate, *more), **choices))
