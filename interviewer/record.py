"""From what was said and heard to what is kept: the turns of a session."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from interviewer.control import classify
from interviewer.judging.sentences import untimed
from interviewer.moves import Move
from sessions.model import Answer, Asked, Stage, Turn, Word
from voice import words as spoken
from voice.seams import Heard, Said


def asked_turn(move: Move, said: Said, audio: Path | None, stages: Iterable[Stage]) -> Turn:
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
            audio=audio.name if audio else None,
        ),
        stages=tuple(stages),
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
