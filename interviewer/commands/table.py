"""Tables in the terminal that stay readable in a narrow window."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.box import SIMPLE
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interviewer.plain import plain

NARROW = 60
"""Columns below which a table's rows become records of two lines."""
NAME = 30
"""So many columns must be left for the names of the rows, or as many as the longest has."""
_BETWEEN = 3
"""Columns between two cells."""


@dataclass(frozen=True)
class Column:
    """One column; the first one names the row."""

    head: str = ""
    before: str = ", "
    """What joins the value to the one before it in a record."""
    whole: bool = False
    """Its cells are never broken."""
    right: bool = False


def print_table(
    console: Console,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    styles: Sequence[str] = (),
    records: bool = False,
) -> None:
    """Print a table, or records where the window is too narrow for one; cells may come from anybody.

    `styles` are those of the rows; `records` asks for these at any width.
    """
    cells = [tuple(plain(cell) for cell in row) for row in rows]
    kinds = tuple(styles) or ("",) * len(cells)
    fits = not records and _fits(console.width, columns, cells)
    show = _table if fits else _records
    show(console, columns, list(zip(cells, kinds, strict=True)))


def _fits(width: int, columns: Sequence[Column], rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether the names have room beside the other cells on one line each."""
    if width < NARROW or not rows:
        return width >= NARROW
    name, *others = (max(map(len, column)) for column in zip(*rows, strict=True))
    heads = (len(column.head) for column in columns[1:])
    taken = sum(map(max, others, heads)) + _BETWEEN * len(columns)
    return width - taken >= min(name, NAME)


def _table(
    console: Console, columns: Sequence[Column], rows: Iterable[tuple[tuple[str, ...], str]]
) -> None:
    table = Table(box=SIMPLE, pad_edge=False)
    for one in columns:
        side: Literal["left", "right"] = "right" if one.right else "left"
        table.add_column(one.head, no_wrap=one.whole, overflow="fold", justify=side)
    for cells, style in rows:
        table.add_row(*map(Text, cells), style=style)
    console.print(table)


def _records(
    console: Console, columns: Sequence[Column], rows: Iterable[tuple[tuple[str, ...], str]]
) -> None:
    console.print()
    # A joint that holds a word says what a head would.
    heads = [one if set(one.before) <= set(" →:,;\n") else Column(one.head) for one in columns]
    _record(console, heads, [one.head for one in columns], "bold", "bold")
    for cells, style in rows:
        _record(console, columns, cells, "", style)


def _record(
    console: Console, columns: Sequence[Column], cells: Sequence[str], name: str, style: str
) -> None:
    values = ""
    for column, cell in zip(columns[1:], cells[1:], strict=True):
        if cell:
            values += f"{column.before if values else ''}{cell}"
    if cells[0]:
        console.print(Text(cells[0], style=name))
    console.print(Padding(Text(values, style=style), (0, 0, 0, 3)))
