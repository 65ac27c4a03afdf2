"""`interview show`: a session's scorecard in the terminal."""

from pathlib import Path

import click

from interviewer.commands.options import as_json, not_together, said, sessions_folder


@click.command()
@click.argument("session_id", metavar="[ID]", default="last")
@click.option("--timing", is_flag=True, help="Where the time of each turn went.")
@click.option("--sources", is_flag=True, help="Where the usual ranges of the delivery come from.")
@click.option("--against", metavar="ID", help="Beside an earlier attempt at the same question.")
@click.option("--question", metavar="NAME", help="The question that --against compares.")
@as_json
@sessions_folder
@click.pass_context
def show(
    context: click.Context, /,
    session_id: str, timing: bool, sources: bool, against: str | None, question: str | None,
    as_json: bool, sessions: Path | None,
) -> None:  # fmt: skip
    """Show a session's scorecard; without an ID, the last one.

    What has no level says why. A second attempt is shown beside the first one. The whole
    transcript is in `interview replay --web` and `interview export`.

    \b
    Examples:
      interview show
      interview show 2026-11-24-1015 --timing
      interview show last --against 2026-11-17
      interview show last --json
    """
    from interviewer.commands.show_session import print_next, print_related, print_session
    from sessions.document import encoded, started
    from sessions.store import SessionStore

    if not against and said(context, "question"):
        raise click.UsageError("--question is what --against compares: name a session there.")
    for one in ("against", "timing", "sources"):
        not_together(context, "as_json", one)
    for one in ("timing", "sources"):
        not_together(context, "against", one)
    store = SessionStore(sessions)
    session = store.load(session_id)
    if as_json and not said(context, "against", "timing", "sources"):
        click.echo(encoded(session), nl=False)
        return
    if against:
        from interviewer.commands.show_attempts import print_comparison
        from sessions.attempts import compare

        both = (store.load(against), session)
        first, second = sorted(both, key=lambda one: started(one.created) or 0.0)
        print_comparison(compare(first, second, question))
        return
    print_session(session, timing=timing, sources=sources)
    print_related(store, session)
    print_next(session, session_id)
