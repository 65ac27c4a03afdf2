"""The delivery of a whole session: each answer measured by itself, then put together."""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from statistics import fmean, median

import numpy as np

from sessions.model import Answer, Measure, Session
from voice import delivery
from voice.audio import read_audio
from voice.delivery import Measured
from voice.errors import VoiceError
from voice.seams import RATE, Samples
from voice.words import Word

_SHARE = "Ours: an interview in which the candidate talks less is a questionnaire."

_Weighed = list[tuple[float, float]]
"""Values, each with the seconds of talk behind it."""
_TOGETHER: Mapping[str, Callable[[_Weighed], float]] = {
    "long_pauses": lambda found: fmean(value for value, _ in found),
    "longest_run": lambda found: max(value for value, _ in found),
    "time_to_first_word": lambda found: median(value for value, _ in found),
}
"""How the values of several answers become one; all others are averaged by the time of talk."""


def delivery_of(session: Session, folder: Path | None) -> tuple[Measure, ...]:
    """Measures over all answers; loudness only over those whose audio can be read.

    `folder` holds the session's audio; the answer outside of a session names its own file.
    """
    answers = [turn.answer for turn in session.turns if turn.answer and turn.answer.words]
    heard = [answer for answer in answers if answer.seconds > 0]
    if not heard:
        return ()
    seconds = [one.words[-1].end - one.words[0].start for one in heard]
    each = [_measured(one, folder) for one in heard]
    measures = [_together(same, seconds) for same in zip(*each, strict=True)]
    return (*(Measure(**asdict(one)) for one in measures), *_share(session))


def _measured(answer: Answer, folder: Path | None) -> tuple[Measured, ...]:
    words = tuple(Word(one.text, one.start, one.end, one.probability) for one in answer.words)
    return delivery.measure(words, _samples(answer, folder))


def _together(same: tuple[Measured, ...], seconds: list[float]) -> Measured:
    """One measure of several answers as one."""
    found = [
        (one.value, weight)
        for one, weight in zip(same, seconds, strict=True)
        if one.value is not None
    ]
    together = _TOGETHER.get(same[0].id, _mean)
    return replace(same[0], value=together(found) if found else None)


def _mean(found: _Weighed) -> float:
    weight = math.fsum(seconds for _, seconds in found)
    if weight <= 0:
        return found[0][0]
    return math.fsum(value * seconds for value, seconds in found) / weight


def _samples(answer: Answer, folder: Path | None) -> Samples | None:
    """The answer's sound, exactly as long as the answer so that the words' times fit."""
    if answer.audio is None:
        return None
    path = Path(answer.audio) if folder is None else folder / Path(answer.audio).name
    try:
        samples = read_audio(path).samples
    except VoiceError:
        # The recording was deleted since; the words are still there.
        return None
    sound = np.zeros(round(answer.seconds * RATE), np.float32)
    sound[: len(samples)] = samples[: len(sound)]
    return sound


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
