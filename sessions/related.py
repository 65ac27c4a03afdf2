"""Other sessions that belong to one: the attempt before it, and where its stories were told."""

from dataclasses import replace

from sessions.attempts import Comparison, compare
from sessions.errors import SessionError
from sessions.index import Index
from sessions.model import Session
from sessions.progress import told
from sessions.store import SessionStore
from sessions.stories import Retold, retold


def earlier_attempt(store: SessionStore, session: Session) -> Comparison | None:
    """The comparison with the session that this one tries again; None where it is no second
    attempt, or the first one was forgotten."""
    if session.retry_of is None:
        return None
    try:
        return compare(store.read(session.retry_of), session)
    except SessionError:
        return None  # Forgotten or damaged: this session is worth showing all the same.


def told_before(index: Index, session: Session) -> tuple[Retold, ...]:
    """Stories of this session that were told in others too, or twice in it; `one` is its own, the
    later one of two."""
    return tuple(_seen_from(session.id, pair) for pair in retold(told(index), session.id))


def _seen_from(session_id: str, pair: Retold) -> Retold:
    turned = replace(pair, one=pair.other, other=pair.one)
    if pair.one.session == pair.other.session:
        return pair if pair.when == "before" else turned
    return pair if pair.one.session == session_id else turned
