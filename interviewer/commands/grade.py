"""`interview grade`: judge recordings by a round's rubric."""

from pathlib import Path
from typing import Any

import click

from interviewer.commands import options


@click.command(
    short_help="Judge recordings, texts or sessions by a round's rubric.",
    epilog="Example: interview grade answers/ --round behavioral --csv > scores.csv",
)
@click.argument("paths", nargs=-1, required=True, metavar="AUDIO|TEXT|SESSION…")
@options.round_of(required=False)
@click.option("--question", help="What was asked; the rubric's own words or id find its points.")
@options.as_json_of("One JSON object a line on stdout.")
@click.option("--csv", "as_csv", is_flag=True, help="A table with one line for each answer.")
@click.option(
    "--grader", type=click.Choice(["embedded", "judge"]), default="embedded", show_default=True,
    envvar="MOCK_INTERVIEWER_GRADER",
    help="'judge' asks the model named by --llm; measure it first with `interview calibrate`.",
)  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 16), default=1, show_default=True,
              help="Recordings graded at the same time.")  # fmt: skip
@click.option(
    "--out", type=options.NamedPath(path_type=Path, file_okay=False),
    help="Keep each result here as JSON; what is there already, from the same file and options, is "
    "not graded again.",
)  # fmt: skip
@click.option("--fail-under", type=click.FloatRange(1, 5),
              help="Exit code 2 where an overall is lower or missing.")  # fmt: skip
@options.language_model
@options.second_opinion
@options.transcriber_model
@options.sessions_folder
@click.pass_context
def grade(context: click.Context, /, **choices: Any) -> None:  # noqa: ANN401 - click has checked each type
    """Judge recordings, text files, folders of them, or saved sessions by a round's rubric.

    A - stands for a text on standard input. JSON is one object for each answer, one a line.
    Everything else goes to stderr.
    """
    from interviewer.offline.batch import Batch, run
    from interviewer.offline.inputs import is_file

    if not all(one.strip() for one in choices["paths"]):
        # A shell variable that is not set; to a path, it is the folder where one is.
        raise click.UsageError(
            "One of the names is empty. Name recordings, texts, folders or sessions; . is this folder."
        )
    by_default = not options.said(context, "grader")
    if choices["grader"] != "judge" and options.said(context, "second_llm"):
        raise click.UsageError("--second-llm is a second judge: say --grader judge as well.")
    choices |= options.not_together(context, "as_json", "as_csv")
    useless = options.said(context, "round_id", "question")
    if useless and not any(map(is_file, choices["paths"])):
        raise click.UsageError(
            f"{useless[0]} is for recordings and texts. {choices['paths'][0]} is no file, and a "
            f"saved session knows what was asked: leave {useless[0]} out."
        )
    run(Batch(by_default=by_default, **choices))
