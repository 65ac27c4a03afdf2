"""`interview retry`: a second attempt at one question."""

from typing import Any

import click

from interviewer.commands import options


@click.command(epilog="Example: interview retry last --question 2")
@click.argument("session_id", metavar="[ID]", default="last")
@click.option(
    "--question",
    "number",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Which of the session's main questions.",
)
@options.how_to_answer
def retry(session_id: str, number: int, **choices: Any) -> None:  # noqa: ANN401 - click has checked each type
    """Answer a question again, and see both attempts side by side.

    Without an ID, one of the last session.
    """
    from interviewer.choices import Choices
    from interviewer.practice import retry as again

    again(session_id, number, Choices(**choices))
