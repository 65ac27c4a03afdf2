"""`interview resume`: go on with a session that stopped early."""

from typing import Any

import click

from interviewer.commands import options


@click.command(
    short_help="Go on with a session that was interrupted.",
    epilog="Example: interview resume last",
)
@click.argument("session_id", metavar="[ID]", default="last")
@options.how_to_answer
def resume(session_id: str, **choices: Any) -> None:  # noqa: ANN401 - click has checked each type
    """Go on with a session at the question where it was interrupted, or where you ended it.

    Without an ID, with the last one. An answer that a kill or a power cut broke off is heard again
    from its recording.
    """
    from interviewer.choices import Choices
    from interviewer.practice import resume as go_on

    go_on(session_id, Choices(**choices))
