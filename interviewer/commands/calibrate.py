"""`interview calibrate`: how well a grader agrees with scored answers."""

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.commands import options

if TYPE_CHECKING:
    from interviewer.build import Progress
    from interviewer.judging.agreement import Figure
    from interviewer.judging.calibrate import Calibration


@click.command(
    short_help="Measure a grader on scored answers.",
    epilog="Example: interview calibrate scored.jsonl --grader judge --json",
)
@click.argument("data", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--grader", type=click.Choice(["embedded", "judge"]), default="embedded", show_default=True,
    help="Which grader is measured; 'judge' asks the model named by --llm.",
)  # fmt: skip
@options.round_of(required=False, default="ml_fundamentals")
@options.as_json
@options.language_model
@options.second_opinion
def calibrate(
    data: Path,
    grader: str,
    round_id: str,
    as_json: bool,
    llm: str,
    model: str | None,
    second_llm: str | None,
    second_model: str | None,
) -> None:
    """Measure a grader on scored answers, beside baselines; scorecards then say the result.

    DATA has one JSON object a line: question, answer, score, scale [lowest, highest]; reference,
    round and scored_by ("people" or "construction") if known. Intervals come from drawing whole
    questions again and again. Agreement with people is only said where scored_by is "people".
    What was measured on fewer than five questions is shown without intervals and not kept; nor
    is what was measured on answers that the grader was fitted on.
    """
    import json
    import sys

    from interviewer.judging import calibration
    from interviewer.offline.measuring import measure
    from interviewer.screen.keys import at_terminal

    live = at_terminal(sys.stderr)
    second = (second_llm, second_model) if second_llm and grader == "judge" else None
    tell = _overwritten if live else _tenths()
    found = measure(data, grader, round_id, (llm, model), second, tell)
    kept = "Not kept: " + (found.not_kept or "")
    if found.not_kept is None:
        # What a reader of reference answers achieves says nothing about interviews.
        place = calibration.keep("reference" if found.by_reference else grader, found.as_json())
        kept = f"Kept in {place}"
    if live:
        click.echo("", err=True)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False))
    else:
        _print(found)
        click.echo(kept)


def _overwritten(what: str, share: float | None) -> None:
    """Progress in a terminal; padded, so that nothing of a longer line before it stays."""
    click.echo(f"\r{what:<70}", nl=False, err=True)


def _tenths() -> "Progress":
    """Progress in a file, which wants no line that is overwritten."""
    click.echo("Grading each answer …", err=True)
    tenths = 0

    def tell(what: str, share: float | None) -> None:
        nonlocal tenths
        if share is None:
            return
        before, tenths = tenths, round(share * 100) // 10
        # Where it falls, a model was fetched before.
        if tenths > before or 0 < tenths < before:
            click.echo(f"{tenths}0 %: {what}", err=True)

    return tell


def _print(found: "Calibration") -> None:
    click.echo(f"{found.rows} answers, {found.questions} questions, {found.unscored} unscored")
    names = list(next(iter(found.table.values())))
    click.echo(f"{'':14}" + "".join(f"{name.replace('_', ' '):>23}" for name in names))
    for who, figures in found.table.items():
        click.echo(f"{who:14}" + "".join(f"{_cell(one):>23}" for one in figures.values()))
    click.echo(f"\n{found.sentence}")


def _cell(figure: "Figure") -> str:
    if not isfinite(figure.value):
        return "—"
    interval = f"[{figure.low:.2f}, {figure.high:.2f}]" if isfinite(figure.low) else "—"
    return f"{figure.value:.2f} {interval}"
