"""The delivery of a whole session: its answers one after the other, measured as one."""

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from sessions.model import Answer, Measure, Session
from voice import delivery
from voice.audio import read_audio
from voice.errors import VoiceError
from voice.seams import RATE, Samples
from voice.words import Word

_SHARE = "Ours: an interview in which the candidate talks less is a questionnaire."


def delivery_of(session: Session, folder: Path | None) -> tuple[Measure, ...]:
    """Measures over all answers; loudness only where every answer's audio can be read.

    `folder` holds the session's audio; the answer outside of a session names its own file.
    """
    answers = [turn.answer for turn in session.turns if turn.answer and turn.answer.words]
    heard = [answer for answer in answers if answer.seconds > 0]
    if not heard:
        return ()
    words: list[Word] = []
    offset = 0.0
    for answer in heard:
        words += [
            _later(Word(one.text, one.start, one.end, one.probability), offset)
            for one in answer.words
        ]
        offset += answer.seconds
    measured = delivery.measure(tuple(words), _samples(heard, folder))
    return (*(Measure(**asdict(one)) for one in measured), *_share(session))


def _later(word: Word, seconds: float) -> Word:
    return replace(word, start=word.start + seconds, end=word.end + seconds)


def _samples(answers: list[Answer], folder: Path | None) -> Samples | None:
    """The answers' sound, each exactly as long as its answer so that the words' times fit."""
    parts = []
    for answer in answers:
        if answer.audio is None:
            return None
        path = Path(answer.audio) if folder is None else folder / Path(answer.audio).name
        try:
            samples = read_audio(path).samples
        except VoiceError:
            # The recording was deleted since; the words are still there.
            return None
        part = np.zeros(round(answer.seconds * RATE), np.float32)
        part[: len(samples)] = samples[: len(part)]
        parts.append(part)
    return np.concatenate(parts)


def _share(session: Session) -> tuple[Measure, ...]:
    """How much of the talking the candidate did."""
    asked = sum(turn.asked.seconds for turn in session.turns)
    answered = sum(
        word.end - word.start for turn in session.turns if turn.answer for word in turn.answer.words
    )
    if not asked or not answered:
        return ()
    return (
        Measure(
            id="talk_share",
            name="Share of talking",
            value=round(100 * answered / (asked + answered), 1),
            unit="%",
            usual_low=60.0,
            usual_high=90.0,
            source=_SHARE,
        ),
    )
