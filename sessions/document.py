"""The content of session.json: from bytes to types and back, with errors that name the fault."""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import datetime

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from sessions.errors import SessionError
from sessions.migrate import CURRENT, migrated
from sessions.model import Session

FILE = "session.json"
LOCK = "session.lock"
"""What a session's folder holds besides recordings."""
RESERVE = ".reserve"
"""And, while it is held, room that is given up when the disk is full."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_REMEDY = "Put a copy of it back, or remove it with `interview forget`."
_session = TypeAdapter(Session)


def schema() -> dict[str, object]:
    """The JSON schema of session.json, made from the types."""
    schema = _session.json_schema(mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Session, format {CURRENT}",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def decoded(content: bytes, source: str) -> Session:
    """The session in a file's content; raises `SessionError` that names `source`."""
    try:
        content = content.removeprefix(BOM_UTF8)  # Some editors set it before the text.
        data = json.loads(content)
        present = migrated(data)
        text = content if present is data else json.dumps(present)
        session = _session.validate_json(text, strict=True)
    except SessionError as error:
        raise SessionError(f"{source} cannot be used: {error}.") from error
    except ValidationError as error:
        raise SessionError(f"{source} is damaged: {_faults(error)}. {_REMEDY}") from error
    except (ValueError, RecursionError) as error:
        raise SessionError(f"{source} is damaged: it is not JSON ({error}). {_REMEDY}") from error
    if started(session.created) is None:
        raise SessionError(f"{source} is damaged: created: not an ISO 8601 time. {_REMEDY}")
    for what in _unexplained(session):
        raise SessionError(f"{source} is damaged: {what} is in none of its rubrics. {_REMEDY}")
    for name in recordings(session):
        if not is_recording(name):
            raise SessionError(f"{source} names '{name[:60]}', which is no recording. {_REMEDY}")
    return session


def started(created: str) -> float | None:
    """That moment in seconds; None for what is no time that can be reckoned with (lists sort by
    it, streaks count back from it)."""
    try:
        moment = datetime.fromisoformat(created)
        return moment.timestamp() if 1900 <= moment.year < 9000 else None
    except (ValueError, OverflowError, OSError):
        return None


def recordings(session: Session) -> tuple[str, ...]:
    """File names of all sound in a session, in the order in which it was heard."""
    names = []
    for turn in session.turns:
        names += [turn.asked.audio, turn.answer.audio if turn.answer else None]
    return tuple(dict.fromkeys(name for name in names if name))


def broken_off(session: Session) -> tuple[str, ...]:
    """The name that the recording of a last answer has which was never kept: a kill broke it off.

    Empty where that turn has an answer, or waits for none; the file need not be there.
    """
    last = session.turns[-1] if session.turns else None
    if last is None or last.answer or last.kind == "closing":
        return ()
    return (answer_file(session),)


def answer_file(session: Session) -> str:
    """The name of the recording of the answer to what was asked last."""
    return f"{len(session.turns) - 1:03d}-candidate.flac"


def is_recording(name: str) -> bool:
    """Whether a recording in a session's folder may have this name; none leads out of it."""
    return _NAME.fullmatch(name) is not None and name not in {FILE, LOCK}


def encoded(session: Session) -> bytes:
    """The session as JSON that is known to be readable again; raises `SessionError`."""
    try:
        content = _session.dump_json(session, indent=1, warnings="error")
        _session.validate_json(content, strict=True)
    except (ValidationError, PydanticSerializationError) as error:
        what = _faults(error) if isinstance(error, ValidationError) else str(error)
        raise SessionError(f"The session {session.id} could not be saved: {what}.") from error
    return content + b"\n"


def _unexplained(session: Session) -> Iterator[str]:
    """Rounds and questions that the file names but does not hold."""
    held = {rubric.id: {one.id for one in rubric.questions} for rubric in session.rubrics}
    for turn in session.turns:
        if turn.round not in held:
            yield f"the round '{turn.round[:60]}'"
        elif turn.question not in held[turn.round] | {"custom"}:
            yield f"the question '{turn.question[:60]}'"
    for one in session.planned:
        if one.question not in held.get(one.round, ()):
            yield f"the planned question '{one.question[:60]}'"


def _faults(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"]) or "the whole"
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{where}: {first['msg']}{more}"
