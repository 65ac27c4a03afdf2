"""Writes docs/commands.md from the commands' own help: `python docs/make_commands.py`."""

from collections.abc import Iterator
from pathlib import Path

import click

from interviewer.cli import main

PLACE = Path(__file__).with_name("commands.md")
WIDTH = 96


def reference() -> str:
    """The whole page."""
    parts = [
        "# Commands\n\nGenerated from `--help` by `python docs/make_commands.py`; "
        "a test checks that it is current.\n"
    ]
    for name, text in _helps(main, "interview", None):
        parts.append(f"## {name}\n\n```\n{text.rstrip()}\n```\n")
    return "\n".join(parts)


def _helps(
    command: click.Command, name: str, parent: click.Context | None
) -> Iterator[tuple[str, str]]:
    settings = {} if parent else command.context_settings
    settings = {**settings, "max_content_width": WIDTH, "terminal_width": WIDTH}
    context = click.Context(command, info_name=name.split()[-1], parent=parent, **settings)
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            child = command.get_command(context, each)
            if child:
                yield from _helps(child, f"{name} {each}", context)


if __name__ == "__main__":
    PLACE.write_text(reference(), encoding="utf-8")
