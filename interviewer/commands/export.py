"""`interview export` and `interview import`: sessions out of and into the store."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.commands.options import NamedPath, sessions_folder

if TYPE_CHECKING:
    from sessions.model import Session

FORMATS = ("md", "json", "html", "zip", "srt")


@click.command()
@click.argument("session_id", metavar="[ID]", default="last")
@click.option(
    "--format", "kind", type=click.Choice(FORMATS), default="md", show_default=True,
    help="md to read, json as kept, html as `replay --web`, zip with the sound, srt subtitles.",
)  # fmt: skip
@click.option("--out", type=NamedPath(path_type=Path, dir_okay=False), help="Write it there.")
@click.option("--no-audio", is_flag=True, help="Leave the sound out of html and zip.")
@sessions_folder
def export(
    session_id: str, kind: str, out: Path | None, no_audio: bool, sessions: Path | None
) -> None:
    """Write a session in another form; without an ID, the last one.

    md, json and srt go to stdout unless --out names a file; html and zip go to a file named like
    the session in this folder.

    \b
    Examples:
      interview export > last.md
      interview export 2026-11-24 --format zip
      interview export last --format srt --out last.srt
    """
    from interviewer.commands.replay import write_page
    from sessions.archive import pack
    from sessions.store import SessionStore
    from sessions.writing import write_private

    store = SessionStore(sessions)
    session = store.load(session_id)
    path = out or Path(f"{session.id}.{kind}")
    if kind == "zip":
        pack(store, session, path, audio=not no_audio)
    elif kind == "html":
        write_page(store, session, path, audio=not no_audio)
    elif out:
        write_private(out, _text(session, kind).encode())
    else:
        click.echo(_text(session, kind), nl=False)
        return
    click.echo(str(path), err=True)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@sessions_folder
def import_sessions(files: tuple[Path, ...], sessions: Path | None) -> None:
    """Take in sessions that were exported as zip or json. Never overwrites one.

    \b
    Example:
      interview import 2026-11-24-1015-behavioral-k3f2.zip
    """
    from sessions.archive import unpack
    from sessions.store import SessionStore

    store = SessionStore(sessions)
    for file in files:
        click.echo(unpack(store, file).id)


def _text(session: "Session", kind: str) -> str:
    from sessions.document import encoded
    from sessions.export import markdown, srt

    if kind == "json":
        return encoded(session).decode()
    return markdown(session) if kind == "md" else srt(session)
