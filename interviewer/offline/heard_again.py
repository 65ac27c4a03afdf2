"""The recording of an answer that a kill or a power cut broke off, heard again."""

from collections.abc import Callable

from interviewer.asking.unheard import placed
from interviewer.record import answered_turn
from sessions.document import broken_off
from sessions.model import Session
from sessions.store import SessionStore
from voice.audio import read_audio
from voice.errors import VoiceError
from voice.seams import Heard, Transcriber

LEAST = 3.0
"""Seconds of a recording that are worth hearing: shorter ones hold no answer."""


def unheard(session: Session, store: SessionStore) -> str | None:
    """The name of the recording of a last answer that was never kept; None where there is none."""
    there = (one for one in broken_off(session) if store.audio_path(session.id, one).is_file())
    return next(there, None)


def heard_again(
    session: Session,
    store: SessionStore,
    transcriber: Callable[[], Transcriber],
    note: Callable[[str], None],
) -> Session:
    """The session with its last answer from the recording, saved; the same one where there is none.

    The caller holds the session. A recording that cannot be read is told, and asked for again.
    """
    name = unheard(session, store)
    if name is None:
        return session
    turn = session.turns[-1]
    path = store.audio_path(session.id, name)
    try:
        clip = read_audio(path)
        if clip.seconds < LEAST:
            return session
        words = transcriber().transcribe(clip.samples, session.rubric(turn.round).vocabulary)
    except VoiceError as error:
        note(f"The last answer's recording cannot be heard again: {error}")
        return session
    if not words:
        return session
    heard = Heard(words=words, seconds=clip.seconds, ended_by="interrupt", speech_end=words[-1].end)
    note(
        f"The answer that was broken off was heard again from its recording: {clip.seconds:.0f} s, "
        f"{len(words)} words."
    )
    return store.save(placed(session.with_last(answered_turn(turn, heard, path))))
