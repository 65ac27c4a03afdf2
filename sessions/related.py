"""Other sessions that belong to one: the attempt before it."""

from sessions.attempts import Comparison, compare
from sessions.errors import SessionError
from sessions.model import Session
from sessions.store import SessionStore


def earlier_attempt(store: SessionStore, session: Session) -> Comparison | None:
    """The comparison with the session that this one tries again; None where it is no second
    attempt, or the first one was forgotten."""
    if session.retry_of is None:
        return None
    try:
        return compare(store.read(session.retry_of), session)
    except SessionError:
        return None  # Forgotten or damaged: this session is worth showing all the same.
