"""`interview probe`: the follow-up that would be asked, and why."""

import click

from interviewer.commands import options
from interviewer.commands.wrapped import columns, wrapped


@click.command(
    short_help="Print the follow-up to one answer, and what is missing.",
    epilog='Example: interview probe answer.txt --round coding --question "Top N words?" --json',
)
@click.argument("path", metavar="AUDIO|TEXT")
@options.round_of(required=True)
@click.option("--question", help="What was asked; the rubric's own words or id find its points.")
@options.as_json
@options.language_model
@options.transcriber_model
def probe(
    path: str,
    round_id: str,
    question: str | None,
    as_json: bool,
    llm: str,
    model: str | None,
    transcriber_model: str,
) -> None:
    """Print the follow-up to one recorded or written answer, and what is covered or missing.

    The answer is a recording, a text file, the answer itself in quotes, or - for a text on
    standard input.
    """
    import json

    from rich.console import Console

    from interviewer.offline.answers import STDIN, standard_input
    from interviewer.offline.follow_up import follow_up
    from rubrics.library import find
    from sessions.timeline import reason

    find(round_id)  # Nobody pastes an answer to a round that there is not.
    # What is pasted comes before the spinner, which would write over it.
    typed = standard_input() if path == STDIN else None
    with Console(stderr=True).status("starting") as status:

        def tell(what: str, share: float | None) -> None:
            status.update(what if share is None else f"{what} ({share:.0%})")

        found = follow_up(path, round_id, question, llm, model, transcriber_model, tell, typed)
    for note in found.notes:
        click.echo(note, err=True)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False))
        return
    width = columns()
    click.echo(wrapped(found.follow_up, width=width))
    click.echo("\n" + wrapped(f"Why: {reason(found.why)}", width=width))
    for label, statements in (("Covered", found.covered), ("Missing", found.missing)):
        click.echo(f"\n{label}:")
        for statement in statements or ("(nothing yet)",):
            click.echo(wrapped(statement, "  - ", width=width))
