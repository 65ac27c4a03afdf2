"""`interview edit`: correct what was misheard."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.commands.options import sessions_folder

if TYPE_CHECKING:
    from sessions.model import Session
    from sessions.store import SessionStore


@click.command(short_help="Correct a transcript in your editor.")
@click.argument("session_id", metavar="[ID]", default="last")
@sessions_folder
def edit(session_id: str, sessions: Path | None) -> None:
    """Correct a transcript in your editor (EDITOR); without an ID, that of the last session.

    Words that were perhaps misheard are named. What was corrected is graded anew.

    \b
    Example:
      interview edit 2026-11-24
    """
    from sessions.store import SessionStore

    store = SessionStore(sessions)
    session = store.take(session_id)
    try:
        saved = _saved(store, session)
    finally:
        store.release(session.id)
    if not saved:
        click.echo("Nothing was changed.", err=True)
        return
    from interviewer.commands.show_session import print_next, print_session
    from interviewer.offline.regrading import regrade

    click.echo("Saved; grading the corrected words …", err=True)
    graded = regrade(store, session.id)
    print_session(graded)
    print_next(graded, session_id)


def _saved(store: "SessionStore", session: "Session") -> bool:
    """Whether a person changed something, and that is saved now."""
    from interviewer.errors import InterviewError
    from sessions.edit import editable, edited
    from sessions.errors import SessionError

    try:
        text = click.edit(editable(session), extension=".txt", require_save=True)
    except UnicodeDecodeError as error:
        raise InterviewError(
            "The editor did not save the text as UTF-8, so nothing was changed. Set it to UTF-8, or "
            f"name another one in EDITOR. {_put_by(store, session.id, error.object)}"
        ) from error
    if text is None:
        return False
    try:
        changed = _read_again(session, edited(session, text))
        if changed != session:
            store.save(changed)
    except SessionError as error:
        raise SessionError(f"{error} {_put_by(store, session.id, text.encode())}") from error
    return changed != session


def _put_by(store: "SessionStore", identifier: str, content: bytes) -> str:
    """Keep what a person wrote, since the editor's own file is gone; says where, and what for."""
    from sessions.edit import put_by

    path = put_by(store, identifier, content)
    if path is None:  # Where it can be copied from.
        click.echo(content.decode("utf-8", "replace"))
    where = f"is kept in {path}" if path else "could be kept nowhere, so it is printed above"
    return (
        f"Your text {where}. Run `interview edit {identifier}` again, and put yours in the place "
        "of the one there."
    )


def _read_again(session: "Session", changed: "Session") -> "Session":
    """What was misheard as "skip that" is an answer once it is corrected, and the other way."""
    from interviewer.requests.control import classify

    turns = tuple(
        replace(turn, answer=replace(turn.answer, control=classify(turn.answer.text)))
        if turn.answer and turn.answer != old.answer
        else turn
        for old, turn in zip(session.turns, changed.turns, strict=True)
    )
    return replace(changed, turns=turns)
