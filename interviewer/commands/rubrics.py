"""`interview rubrics`: see, check and add rounds."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.cli import Guessing

if TYPE_CHECKING:
    from rubrics.model import Point, Question, Rubric


@click.group(cls=Guessing, no_args_is_help=False, invoke_without_command=True)
@click.pass_context
def rubrics(context: click.Context) -> None:
    """See, check and add the rounds that can be practised.

    A round is a YAML file: questions, what a strong answer holds, what is asked when it is
    missing. Without a subcommand, lists them.

    \b
    Examples:
      interview rubrics
      interview rubrics show behavioral
      interview rubrics new my_company
    """
    if context.invoked_subcommand is None:
        context.invoke(list_rounds)


@rubrics.command("list")
def list_rounds() -> None:
    """List the rounds, with where each comes from.

    \b
    Example:
      interview rubrics list
    """
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from interviewer.plain import plain
    from rubrics.check import faults
    from rubrics.library import FULL_LOOP, LIBRARY, rounds

    table = Table("round", "title", "from", box=SIMPLE)
    for one in rounds():
        own = one.path.parent != LIBRARY
        origin = str(one.path) if own else "comes with the product"
        if own and (wrong := len(faults(one.path))):
            origin += (
                f" ({wrong} {'fault' if wrong == 1 else 'faults'}: run `interview rubrics check`)"
            )
        table.add_row(one.id, Text(plain(one.title)), Text(plain(origin)))
    table.add_row(FULL_LOOP, "All six of a loop, with a debrief", "comes with the product")
    Console().print(table)


@rubrics.command(short_help="Show a round, or one question with all that belongs to it.")
@click.argument("round_id", metavar="ROUND")
@click.option("--question", metavar="ID", help="Only this question, with its points and probes.")
def show(round_id: str, question: str | None) -> None:
    """Show a round: its criteria and questions, or one question with all that belongs to it.

    Holds the strong answers: look only at questions that you don't want to practise.

    \b
    Examples:
      interview rubrics show behavioral
      interview rubrics show behavioral --question production_failure
    """
    from rubrics.library import FULL_LOOP, LOOP, find

    if round_id == FULL_LOOP:
        click.echo(f"A full loop asks questions of {', '.join(LOOP)}. Show one of these.")
        return
    rubric = find(round_id)
    if question is None:
        _show_round(rubric)
    else:
        _show_question(_question(rubric, question))


@rubrics.command()
@click.argument("paths", nargs=-1, metavar="[ROUND|PATH]...", type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Check rubrics; without a name, all rounds. Exit code 1 when something is wrong.

    Each fault is one line: file, line, key, what is wrong and what to do.

    \b
    Examples:
      interview rubrics check
      interview rubrics check my_company
      interview rubrics check drafts/my_company.yaml
    """
    from rubrics.check import faults
    from rubrics.errors import RubricError
    from rubrics.library import packs

    files = _files(paths) if paths else packs()
    if not files:
        raise RubricError(f"No .yaml file in {', '.join(map(str, paths))}. Name another folder.")
    found = [fault for path in files for fault in faults(path)]
    for fault in found:
        _say(fault)
    wrong = f"{len(found)} {'fault' if len(found) == 1 else 'faults'}" if found else "no faults"
    click.echo(f"{len(files)} {'file' if len(files) == 1 else 'files'}, {wrong}.", err=True)
    if found:
        raise click.exceptions.Exit(1)


@rubrics.command()
@click.argument("round_id", metavar="ID")
@click.option("--from", "copy_of", metavar="ROUND", help="Copy this round in place of an example.")
@click.option(
    "--yes", is_flag=True, help="Let the example take the place of a round that comes with it."
)
def new(round_id: str, copy_of: str | None, yes: bool) -> None:
    """Write a commented pack into your own folder, to be filled in. Never overwrites.

    A pack with the id of a round that comes with the product takes that round's place.

    \b
    Examples:
      interview rubrics new my_company
      interview rubrics new behavioral --from behavioral
    """
    from rubrics.errors import RubricError
    from rubrics.library import FULL_LOOP, LIBRARY, is_identifier
    from rubrics.starter import create

    known = is_identifier(round_id) and (LIBRARY / f"{round_id}.yaml").is_file()
    if known and not (copy_of or yes):
        raise RubricError(
            f"An example named {round_id} would take the place of the round that comes with the "
            f"product.\nFor a copy of that: interview rubrics new {round_id} --from {round_id}\n"
            "For the example all the same, add --yes."
        )
    if round_id == FULL_LOOP:
        raise RubricError(
            f"'{FULL_LOOP}' is all rounds of a loop, so a pack of that name would never be used. "
            "Choose another id, or the one of the round that yours shall replace."
        )
    path = create(round_id, copy_of)
    click.echo(str(path))
    click.echo(f"Edit it, then: interview rubrics check {path}", err=True)


@rubrics.command(short_help="Print the folders that are searched, in order.")
def where() -> None:
    """Print the folders that are searched, in order; the first that holds a round wins.

    \b
    Example:
      interview rubrics where
    """
    from rubrics.library import FOLDER_VARIABLE, folders

    for folder in folders():
        click.echo(str(folder) if folder.is_dir() else f"{folder} (not there yet)")
    click.echo(f"{FOLDER_VARIABLE} adds one more folder, before these.", err=True)


def _files(paths: tuple[Path, ...]) -> list[Path]:
    """Folders stand for the YAML files in them, the name of a round for its file."""
    return [
        file
        for path in paths
        for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [_file(path)])
    ]


def _file(path: Path) -> Path:
    """The path itself; where nothing is there, the file of the round that is called so.

    `new` writes into one's own folder, which is seldom the one that the next command is typed in.
    """
    from rubrics.errors import RubricError
    from rubrics.library import locate

    if path.exists() or path.name != str(path) or path.suffix not in ("", ".yaml"):
        return path
    try:
        return locate(path.stem)
    except RubricError:
        if path.suffix:
            return path
        raise


def _question(rubric: "Rubric", identifier: str) -> "Question":
    from difflib import get_close_matches

    from rubrics.errors import RubricError

    known = [one.id for one in rubric.questions]
    if identifier in known:
        return rubric.question(identifier)
    close = get_close_matches(identifier, known, n=3, cutoff=0.4) or known
    raise RubricError(
        f"Round '{rubric.id}' has no question '{identifier[:60]}'. "
        f"{'Close to it' if len(close) < len(known) else 'There are'}: {', '.join(close)}."
    )


def _show_round(rubric: "Rubric") -> None:
    _say(f"{rubric.title} ({rubric.id}), {rubric.minutes} minutes", bold=True)
    _paragraph(rubric.about)
    click.secho("\nCriteria", bold=True)
    for criterion in rubric.criteria:
        _say(f"\n{criterion.name} ({criterion.id}, weight {criterion.weight:g})")
        levels = criterion.levels
        for level, text in ((1, levels.one), (3, levels.three), (5, levels.five)):
            _paragraph(text, f"  {level}  ")
    click.secho("\nQuestions", bold=True)
    for question in rubric.questions:
        click.echo(f"\n{question.id} ({', '.join(question.seniority)})")
        _paragraph(question.text, "  ")
    click.secho("\nWhat is expected", bold=True)
    for seniority, text in rubric.bar.items():
        _paragraph(text, f"  {seniority}: ")
    _section("Red flags", rubric.red_flags)


def _show_question(question: "Question") -> None:
    click.secho(f"{question.id} ({', '.join(question.seniority)})", bold=True)
    _paragraph(question.text)
    for criterion in dict.fromkeys(point.criterion for point in question.points):
        click.secho(f"\n{criterion}", bold=True)
        for point in question.points:
            if point.criterion == criterion:
                _show_point(point)
    _section("When everything was said", question.deepening)
    _section("If asked back", [f"{one.about}: {one.answer}" for one in question.facts])
    _section("Red flags", question.red_flags)
    _section("A strong answer", [question.outline])


def _show_point(point: "Point") -> None:
    sign = "-" if point.negative else "+"
    _paragraph(f"{point.statement} ({point.id})", f"  {sign}{point.weight:g}  ")
    _paragraph(point.probe, "        asks: ")


def _section(title: str, texts: "tuple[str, ...] | list[str]") -> None:
    if texts:
        click.secho(f"\n{title}", bold=True)
    for text in texts:
        _paragraph(text, "  ")


def _paragraph(text: str, indent: str = "") -> None:
    from interviewer.commands.wrapped import MOST, columns, wrapped

    _say(wrapped(text, indent, width=columns() or MOST))


def _say(text: str, bold: bool | None = None) -> None:
    """A pack may come from somebody else: nothing in it steers the terminal."""
    from sessions.timeline import printable

    click.secho(printable(text), bold=bold)
