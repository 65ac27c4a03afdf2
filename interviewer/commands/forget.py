"""`interview forget`: delete sessions, or only their sound."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.commands.options import sessions_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.forget import Doomed
    from sessions.index import Index

SHOWN = 20
"""Sessions that are named before the question; of more, only how many."""


@click.command(short_help="Delete sessions, or only their sound, for good.")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--older-than", metavar="AGE", help="All from before: 90d, 12w or 2026-11-24.")
@click.option("--audio-only", is_flag=True, help="Only recordings; transcripts and scores stay.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@sessions_folder
def forget(
    ids: tuple[str, ...],
    older_than: str | None,
    audio_only: bool,
    yes: bool,
    sessions: Path | None,
) -> None:
    """Delete sessions for good: files, sound, and every trace in the search index.

    Says what will be deleted, then asks.

    \b
    Examples:
      interview forget 2026-11-24-1015-behavioral-k3f2
      interview forget --older-than 90d --audio-only
      interview forget --older-than 2026-01-01 --yes
    """
    from datetime import datetime

    from interviewer.commands.sessions import open_index
    from sessions.forget import doomed, moment, older
    from sessions.forget import forget as delete
    from sessions.store import SessionStore

    if bool(ids) == bool(older_than):
        raise click.UsageError("Name sessions, or give --older-than.")
    store = SessionStore(sessions)
    with open_index(store) as index:
        chosen = [store.find(one) for one in ids]
        if older_than:
            chosen = list(older(index, moment(older_than, datetime.now().astimezone())))
        condemned = doomed(store, list(dict.fromkeys(chosen)), audio_only)
        if not condemned:
            click.echo("There is nothing to delete.", err=True)
            return
        _tell(condemned, audio_only, index)
        if not yes:
            click.confirm("Delete this for good?", abort=True, err=True)
        delete(store, index, condemned, audio_only)
    click.echo("Deleted.", err=True)


def _tell(condemned: "Sequence[Doomed]", audio_only: bool, index: "Index") -> None:
    from rubrics.library import titles
    from sessions.timeline import printable

    known = titles()
    for one in condemned[:SHOWN]:
        told = ", ".join((*_known(one, index, known), f"{one.bytes / 1e6:.1f} MB"))
        click.echo(printable(f"{one.id}: {told}"), err=True)
    if len(condemned) > SHOWN:
        click.echo(f"… and {len(condemned) - SHOWN} more sessions", err=True)
    size = sum(one.bytes for one in condemned) / 1e6
    what = "the recordings of " if audio_only else ""
    count = "1 session" if len(condemned) == 1 else f"{len(condemned)} sessions"
    click.echo(f"This deletes {what}{count}, {size:.1f} MB.", err=True)


def _known(one: "Doomed", index: "Index", titles: dict[str, str]) -> tuple[str, ...]:
    """What a person recognises the session by: round, date, score."""
    from sessions.page import day
    from sessions.timeline import titled

    query = "SELECT round, created, overall FROM sessions WHERE id = ? AND fault IS NULL"
    for row in index.rows(query, one.id):
        score = "" if row["overall"] is None else f"{row['overall']:.1f} of 5"
        told = (titled(row["round"], titles), day(row["created"]), score)
        return tuple(filter(None, told))
    return ("cannot be read",)
