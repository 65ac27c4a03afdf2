"""Lines broken between words, where a terminal would break them inside of one."""

from shutil import get_terminal_size

import click

MOST = 92
"""Columns of a line that is still read with ease."""


def columns() -> int | None:
    """Those of the terminal, or of COLUMNS; None where the output goes elsewhere."""
    return get_terminal_size((0, 0)).columns or None


def wrapped(text: str, indent: str = "", *, width: int | None = None) -> str:
    """The text as lines of at most `width` columns and of `MOST`; whole where no width is known,
    since other programs may search it."""
    if width is None:
        return indent + text
    hanging = " " * len(indent)
    return click.wrap_text(text, min(MOST, width), initial_indent=indent, subsequent_indent=hanging)
