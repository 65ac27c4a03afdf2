"""A session as something to play: who speaks when, and where one can jump to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sessions.errors import SessionError
from sessions.model import Session, Word
from sessions.timeline import evidence

REWIND = 2.0
"""Seconds into a cue after which "back" means its own start, as on any player."""


@dataclass(frozen=True)
class Cue:
    """One utterance."""

    turn: int
    """Index into `Session.turns`."""
    who: str
    words: tuple[Word, ...]
    seconds: float
    audio: str | None
    """File name in the session's folder."""


@dataclass(frozen=True)
class Position:
    """A place in a replay."""

    cue: int
    at: float = 0.0
    """Seconds from the cue's start."""
    label: str = ""
    """What is proved there, where somebody jumped to evidence."""


class Player(Protocol):
    """What plays a recording, or passes the time that it would take."""

    def play(
        self,
        path: Path | None,
        start: float,
        seconds: float,
        speed: float,
        tick: Callable[[float], bool],
    ) -> None:
        """Play from `start` to `seconds`; ask `tick(position)` at least every 50 ms and stop once
        it is true. `path` is None where there is no recording."""


def cues(session: Session) -> tuple[Cue, ...]:
    """All that was said, in its order."""
    found = []
    for index, turn in enumerate(session.turns):
        asked = turn.asked
        words = _spread(asked.spoken, asked.seconds)
        found.append(Cue(index, "Interviewer", words, asked.seconds, asked.audio))
        if turn.answer:
            answer = turn.answer
            found.append(Cue(index, "You", _timed(answer.words), answer.seconds, answer.audio))
    return tuple(found)


def first(all_cues: Sequence[Cue], turn: int) -> Position:
    """Where a turn (counted from 1) begins; raises `SessionError` where there is no such turn."""
    for place, cue in enumerate(all_cues):
        if cue.turn == turn - 1:
            return Position(place)
    if not all_cues:
        raise SessionError("Nothing was said in it yet: `interview sessions` lists the others.")
    last = all_cues[-1].turn + 1
    raise SessionError(f"There is no turn {turn}: the session has turns 1 to {last}.")


def evidence_places(session: Session, all_cues: Sequence[Cue]) -> tuple[Position, ...]:
    """Where the scorecard's quotes were said, in their order."""
    answers = {cue.turn: place for place, cue in enumerate(all_cues) if cue.who == "You"}
    return tuple(
        Position(answers[one.quote.turn], one.quote.start, one.label)
        for one in evidence(session)
        if one.quote.turn in answers
    )


def back(position: Position) -> Position:
    """To the start of this cue, or of the one before where this one has just begun."""
    if position.at > REWIND or position.cue == 0:
        return Position(position.cue)
    return Position(position.cue - 1)


def ahead(position: Position, places: Sequence[Position]) -> Position | None:
    """The next of the `places` after this position; None where there is none."""
    here = (position.cue, position.at + 0.05)
    return next((one for one in places if (one.cue, one.at) > here), None)


def heard(cue: Cue, at: float) -> int:
    """How many of the cue's words have begun at that second."""
    return sum(1 for word in cue.words if word.start <= at)


def _spread(text: str, seconds: float) -> tuple[Word, ...]:
    """Words of a text whose times are not known, by their length."""
    tokens = text.split()
    letters = sum(len(token) + 1 for token in tokens) or 1
    words, now = [], 0.0
    for token in tokens:
        end = now + seconds * (len(token) + 1) / letters
        words.append(Word(text=token, start=now, end=end, probability=1.0))
        now = end
    return tuple(words)


def _timed(words: tuple[Word, ...]) -> tuple[Word, ...]:
    return tuple(sorted(words, key=lambda word: word.start))
