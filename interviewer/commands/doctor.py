"""`interview doctor`: does everything work on this machine?"""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.commands import options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console
    from rich.table import Table

    from interviewer.doctor import Finding


@click.command(
    short_help="Check what an interview needs, and say what to do next.",
    epilog='Example: interview doctor --input-device "USB Audio"',
)
@options.language_model
@options.devices
@options.sessions_folder
@options.as_json
def doctor(
    llm: str,
    model: str | None,
    input_device: str | None,
    output_device: str | None,
    sessions: Path | None,
    as_json: bool,
) -> None:
    """Check models, language model, disk, loudspeaker and microphone, and say what to do next.

    Says one sentence aloud and listens for a second and a half. Ends with exit code 1 where
    something is missing that practice by voice needs.
    """
    import json
    import sys
    from dataclasses import asdict

    from rich.console import Console

    from interviewer.doctor import Machine, diagnose, next_step

    machine = Machine(llm, model, input_device, output_device, sessions)
    with _begun(Console(stderr=True)) as begins:
        found = list(diagnose(machine, begins))
    well = all(one.state != "failed" for one in found)
    if as_json:
        checks = [asdict(one) for one in found]
        click.echo(json.dumps({"ok": well, "checks": checks, "next": next_step(found)}))
    else:
        console = Console(highlight=False)
        console.print(_table(found))
        console.print(next_step(found), markup=False)
    sys.exit(0 if well else 1)


@contextmanager
def _begun(console: "Console") -> "Iterator[Callable[[str], None]]":
    """Tells what is being checked: a terminal with the seconds, a file or a pipe line by line."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    if not console.is_terminal:
        yield lambda name: click.echo(f"... checking: {name}", err=True)
        return
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("checking", total=None)
        yield lambda name: progress.reset(task, total=None, description=f"checking: {name}")


def _table(found: "list[Finding]") -> "Table":
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    from interviewer.plain import plain

    styles = {"ok": "green", "warning": "yellow", "failed": "red"}
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("check", no_wrap=True)
    table.add_column("state", no_wrap=True)
    table.add_column("what was found, and what to do")
    for one in found:
        told = plain(f"{one.found}. {one.advice}" if one.advice else one.found)
        style = styles[one.state]
        table.add_row(one.name, f"[{style}]{one.state}[/{style}]", escape(told))
    return table
