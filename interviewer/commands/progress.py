"""`interview progress`: what became better, and what to practise next."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from interviewer.commands.options import as_json, not_together, said, sessions_folder

if TYPE_CHECKING:
    from sessions.progress import Progress
    from sessions.store import SessionStore
    from sessions.suggestion import Practice


@click.command(short_help="Show what became better, and what to practise next.")
@click.option(
    "--round", "only_round", metavar="ROUND", help="Only this round; streak and stories are of all."
)
@click.option("--web", is_flag=True, help="Write it as a page and open that.")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@as_json
@sessions_folder
@click.pass_context
def progress(
    context: click.Context,
    /,
    only_round: str | None,
    web: bool,
    no_open: bool,
    as_json: bool,
    sessions: Path | None,
) -> None:
    """Show what became better over the sessions, and what to practise next and why.

    "Better" and "worse" are said only where the difference between the last three sessions and
    the ones before is larger than its uncertainty (80 % interval).

    \b
    Examples:
      interview progress
      interview progress --round behavioral
      interview progress --web
    """
    from datetime import datetime

    from interviewer.commands.sessions import open_index
    from interviewer.commands.show_progress import print_progress
    from rubrics import library
    from sessions.progress import progress as computed
    from sessions.progress_page import progress_page
    from sessions.store import SessionStore
    from sessions.suggestion import next_practice

    not_together(context, "as_json", "web")
    now = datetime.now().astimezone()
    titles = library.titles()
    store = SessionStore(sessions)
    with open_index(store) as index:
        found = computed(index, now.date(), only_round)
        practice = next_practice(index, titles, now, only_round)
    start = "interview practice --next" + (f" --round {only_round}" if only_round else "")
    if as_json and not said(context, "web"):
        _print_json(found, practice)
    elif web:
        path = _write_page(store, progress_page(found, practice, titles, start=start))
        click.echo(str(path))
        if not no_open:
            click.launch(path.as_uri())
    else:
        print_progress(found, practice, titles, start)


def _write_page(store: "SessionStore", page: str) -> Path:
    from sessions.forget import PAGE
    from sessions.writing import write_private

    store.make(store.folder)
    path = store.folder / PAGE
    write_private(path, page.encode())
    return path


def _print_json(found: "Progress", practice: "Practice") -> None:
    import json
    from dataclasses import asdict

    data: dict[str, Any] = asdict(found) | {"next": asdict(practice)}
    # Sets of word beginnings, only good for finding what is alike.
    for story in data["stories"]:
        for one in story:
            del one["terms"]
    click.echo(json.dumps(data, indent=1, ensure_ascii=False))
