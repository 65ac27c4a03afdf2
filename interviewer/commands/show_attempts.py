"""Two attempts at the same question, side by side in the terminal."""

from rich.console import Console
from rich.text import Text

from interviewer.commands.table import Column, print_table
from interviewer.plain import plain
from sessions.attempts import Comparison, heads, rows

_STYLES = {True: "green", False: "red", None: ""}


def print_comparison(comparison: Comparison) -> None:
    """Overall, points, levels and delivery: first and second attempt in columns."""
    console = Console(highlight=False)
    console.print(Text(f"\nTwo attempts: {plain(comparison.question)}", style="bold"))
    first, second = heads(comparison)
    found = list(rows(comparison))
    print_table(
        console,
        (Column(), Column(first), Column(second, before=" → "), Column("change", before=": ")),
        [(one.name, one.before, one.after, one.outcome) for one in found],
        styles=[_STYLES[one.better] for one in found],
    )
