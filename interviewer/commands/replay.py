"""`interview replay`: hear a session again, in the terminal or as a page."""

from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.commands.options import NamedPath, not_together, said, sessions_folder

if TYPE_CHECKING:
    from sessions.model import Session
    from sessions.replay import Player
    from sessions.store import SessionStore

PAGES = ("web", "out", "beside")
"""Options that ask for a page of one session, whatever settings say of all."""


@click.command()
@click.argument("session_id", metavar="[ID]", default="last")
@click.option("--from", "turn", type=click.IntRange(1), default=1, help="Start at this turn.")
@click.option(
    "--speed", type=click.FloatRange(0.5, 4), default=1.0, show_default=True, help="How fast."
)
@click.option("--no-audio", is_flag=True, help="Captions only; a page without the sound.")
@click.option("--web", is_flag=True, help="Write one HTML file and open it.")
@click.option("--serve", is_flag=True, help="Serve all sessions as pages on this machine.")
@click.option(
    "--out",
    type=NamedPath(path_type=Path, dir_okay=False),
    help="Write the page of --web there.",
)
@click.option("--beside", is_flag=True, help="The page of --web with its sound in files beside it.")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.option(
    "--output-device",
    envvar="MOCK_INTERVIEWER_OUTPUT_DEVICE",
    help="Loudspeaker, by name or number.",
)
@sessions_folder
@click.pass_context
def replay(
    context: click.Context, /,
    session_id: str, turn: int, speed: float, no_audio: bool, web: bool, serve: bool,
    out: Path | None, beside: bool, no_open: bool,
    output_device: str | None, sessions: Path | None,
) -> None:  # fmt: skip
    """Hear a session again; without an ID, the last one.

    In the terminal, captions run in time; the keys are shown. --web writes a page with waveform,
    transcript and scorecard that needs no network and can be kept; --serve shows all sessions.

    \b
    Examples:
      interview replay
      interview replay 2026-11-24 --from 3 --speed 1.5
      interview replay last --web
      interview replay --serve
    """
    from sessions.store import SessionStore

    _refuse_what_does_nothing(context)
    store = SessionStore(sessions)
    if serve and not said(context, *PAGES):
        _serve(store, not no_open)
        return
    session = store.load(session_id)
    if web or said(context, "out", "beside"):
        path = write_page(store, session, out, beside=beside, audio=not no_audio)
        click.echo(str(path))
        if not no_open:
            click.launch(path.as_uri())
        return
    _in_terminal(store, session, turn, speed, no_audio, output_device)


def _refuse_what_does_nothing(context: click.Context) -> None:
    """A page plays from where one clicks, and all sessions are served as they are."""
    in_time = ("turn", "speed", "output_device")
    for one in (*PAGES, *in_time, "no_audio", "session_id"):
        not_together(context, "serve", one)
    for page in PAGES:
        for one in in_time:
            not_together(context, page, one)
    not_together(context, "beside", "no_audio")
    not_together(context, "no_audio", "output_device")


def write_page(
    store: "SessionStore",
    session: "Session",
    out: Path | None = None,
    *,
    beside: bool = False,
    audio: bool = True,
) -> Path:
    """Write a session's page, readable by its owner only; by default into its folder."""
    import shutil
    from urllib.parse import quote

    from interviewer.commands.sessions import open_index
    from sessions.document import recordings
    from sessions.page import embedded, linked, session_page
    from sessions.related import earlier_attempt, told_before
    from sessions.writing import write_private

    folder = store.path(session.id)
    path = (out or folder / "replay.html").absolute()
    if not audio:
        sounds = {}
    elif not beside:
        sounds = embedded(folder, session)
    else:
        base = "" if path.parent == folder else f"{path.stem}-audio/"
        sounds = linked(folder, session, quote(f"./{base}") if base else "")
        if base:
            target = path.parent / base
            target.mkdir(mode=0o700, exist_ok=True)
            for name in recordings(session):
                if name in sounds:
                    shutil.copyfile(folder / name, target / name)
                    (target / name).chmod(0o600)
    with open_index(store) as index:
        pairs = told_before(index, session)
    page = session_page(session, sounds, comparison=earlier_attempt(store, session), retold=pairs)
    write_private(path, page.encode())
    return path


def _serve(store: "SessionStore", open_browser: bool) -> None:
    from tempfile import TemporaryDirectory

    from rubrics.library import titles
    from sessions.serve import Server, door

    with Server(store, titles()) as server, TemporaryDirectory(prefix="interview-") as folder:
        click.echo(f"All sessions, for this machine only: {server.url}", err=True)
        click.echo("Ctrl-C ends it.", err=True)
        if open_browser:
            click.echo("If the browser finds no such file, give it this address.", err=True)
            click.launch(door(Path(folder), server.url).as_uri())
        try:
            server.run()
        except KeyboardInterrupt:
            click.echo("Ended.", err=True)


def _in_terminal(
    store: "SessionStore",
    session: "Session",
    turn: int,
    speed: float,
    no_audio: bool,
    output_device: str | None,
) -> None:
    import sys

    from rich.console import Console

    from interviewer.commands.replay_keys import Keys, NoKeys, TerminalKeys
    from interviewer.commands.replay_terminal import (
        Captions,
        LiveCaptions,
        PlainCaptions,
        Replay,
        play,
    )  # fmt: skip
    from interviewer.screen.keys import at_terminal
    from sessions.replay import cues, evidence_places, first

    all_cues = cues(session)
    start = first(all_cues, turn)
    folder = None if no_audio else store.path(session.id)
    with ExitStack() as stack:
        player = _player(stack, no_audio, output_device)
        console = Console()
        keys: Keys = NoKeys()
        if at_terminal(sys.stdin):
            keys = stack.enter_context(closing(TerminalKeys()))
        captions: Captions = PlainCaptions(click.echo)
        if console.is_terminal:
            captions = stack.enter_context(LiveCaptions(console))
        parts = Replay(all_cues, evidence_places(session, all_cues), folder, player, keys, captions)
        try:
            play(parts, start, speed)
        except KeyboardInterrupt:
            return


def _player(stack: ExitStack, no_audio: bool, output_device: str | None) -> "Player":
    from interviewer.commands.replay_sound import Audible, Silent

    if no_audio:
        return Silent()
    from voice.errors import VoiceError
    from voice.loudspeaker import SystemLoudspeaker

    try:
        speaker = SystemLoudspeaker(output_device)
    except VoiceError as error:
        click.echo(f"{error} Captions run without sound.", err=True)
        return Silent()
    stack.callback(speaker.close)
    return Audible(speaker)
