"""From what was said and heard to what is kept: the turns of a session."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from interviewer.asking.moves import Move
from interviewer.requests.control import classify
from interviewer.text.sentences import untimed
from sessions.model import Answer, Asked, Session, Stage, Turn, Word
from voice import words as spoken
from voice.seams import Heard, Said


class Laps:
    """Where the time goes between an answer and the next word of the interviewer."""

    def __init__(self) -> None:
        """The clock starts now."""
        self.stages: tuple[Stage, ...] = ()
        self._since = perf_counter()

    def lap(self, name: str) -> None:
        """What took the time since the last lap."""
        now = perf_counter()
        self.add(name, now - self._since)
        self._since = now

    def add(self, name: str, seconds: float) -> None:
        """What was measured elsewhere."""
        self.stages += (Stage(name=name, seconds=seconds),)


def with_wait(session: Session, laps: Laps) -> Session:
    """The session whose last turn holds these stages, too: its answer had to wait for them."""
    if not session.turns:
        return session
    last = session.turns[-1]
    return session.with_last(replace(last, stages=(*last.stages, *laps.stages)))


def asked_turn(move: Move, said: Said, audio: Path | None) -> Turn:
    """The turn that begins with this utterance of the interviewer."""
    return Turn(
        kind=move.kind,
        round=move.round,
        question=move.question,
        point=move.point.id if move.point else None,
        why=move.why,
        asked=Asked(
            text=said.text,
            spoken=said.spoken,
            interrupted=said.interrupted,
            seconds=said.seconds,
            # Where it was interrupted before its first sample, there is no file.
            audio=audio.name if audio and said.seconds > 0 else None,
        ),
    )


def answered_turn(turn: Turn, heard: Heard, audio: Path | None) -> Turn:
    """The same turn with its answer."""
    text = spoken.joined(heard.words)
    answer = Answer(
        text=text,
        words=kept_words(heard.words),
        seconds=heard.seconds,
        audio=audio.name if audio else None,
        ended_by=heard.ended_by,
        control=classify(text),
        overflows=heard.overflows,
    )
    stages = tuple(Stage(name=name, seconds=seconds) for name, seconds in heard.stages)
    return replace(turn, answer=answer, stages=(*turn.stages, *stages))


def kept_words(words: Iterable[spoken.Word]) -> tuple[Word, ...]:
    """Words as a session keeps them."""
    return tuple(
        Word(text=one.text, start=one.start, end=one.end, probability=one.probability)
        for one in words
    )


def written_answer(text: str) -> Answer:
    """An answer that came as text: its words have no times and no doubt."""
    words = untimed(text)
    return Answer(
        text=" ".join(word.text for word in words),
        words=words,
        seconds=0.0,
        audio=None,
        ended_by="recording",
    )
