"""Two attempts at the same question, side by side in the terminal."""

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sessions.attempts import Comparison
from sessions.figures import changed, measured
from sessions.model import CriterionScore
from sessions.timeline import printable

_STYLES = {"gained": "green", "lost": "red"}


def print_comparison(comparison: Comparison) -> None:
    """Points gained and lost, levels, delivery: first and second attempt in columns."""
    console = Console(highlight=False)
    console.print(Text(f"Two attempts: {printable(comparison.question)}", style="bold"))
    table = Table("", comparison.before.created[:10], comparison.after.created[:10], "", box=SIMPLE)
    for pair in comparison.points:
        fault = "fault: " if (pair.after or pair.before).negative else ""  # type: ignore[union-attr]
        _row(
            table, fault + pair.statement,
            pair.before.verdict if pair.before else "not judged",
            pair.after.verdict if pair.after else "not judged",
            pair.outcome,
        )  # fmt: skip
    for before, after in comparison.criteria:
        change = ""
        if before.level is not None and after.level is not None:
            change = f"{after.level - before.level:+d}"
        _row(table, f"{after.name}, level", _level(before), _level(after), change)
    for old, new in comparison.delivery:
        unit = new.unit
        values = (measured(old.value, unit), measured(new.value, unit))
        _row(table, new.name, *values, changed(old.value, new.value, unit))
    console.print(table)


def _row(table: Table, name: str, before: str, after: str, outcome: str) -> None:
    style = _STYLES.get(outcome, "")
    cells = (name, before, after, outcome)
    table.add_row(*(Text(printable(cell)) for cell in cells), style=style)


def _level(score: CriterionScore) -> str:
    if score.level is None:
        return "not scored"
    reach = ""
    if score.low is not None and score.high is not None:
        reach = f" ({score.low:.1f}-{score.high:.1f})"
    return f"{score.level}{reach}"
