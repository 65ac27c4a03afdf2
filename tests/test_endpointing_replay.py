"""The benchmark that replays labelled answers counts pauses and ends as the labels have them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from benchmarks.endpointing import (
    RULES,
    Activities,
    Moment,
    heard,
    measured,
    moments,
    reported,
    table,
)
from benchmarks.labels import Label
from voice.activity import Activity, SpeechDetector
from voice.answer import GrowingAnswer
from voice.captions import Captions
from voice.endpointing import Evidence
from voice.observer import Nobody
from voice.seams import FRAME, RATE, Samples, Wanted, always
from voice.words import Word

SECONDS = FRAME / RATE


class Deaf:
    """A recogniser without a model."""

    name, digest = "deaf", ""

    def transcribe(
        self,
        samples: Samples,
        vocabulary: tuple[str, ...] = (),
        context: str = "",
        wanted: Wanted = always,
    ) -> tuple[Word, ...]:
        return ()


def sound(*spans: tuple[float, float], seconds: float = 12.0) -> Activities:
    """Somebody speaks in these spans."""
    for at in np.arange(0.0, seconds, SECONDS):
        speech = any(start <= at < end for start, end in spans)
        yield np.zeros(FRAME, np.float32), Activity(speech, float(speech), -30.0)


def replayed(end: float, activities: Activities) -> list[Moment]:
    answer = GrowingAnswer(Captions(Deaf()), lambda words: None, Nobody())
    label = Label(Path("a.wav"), "Why?", "coding", end, ())
    found = list(moments(label, answer, activities))
    answer.close()
    return found


def test_a_breath_after_the_end_makes_no_pause_and_moves_no_end() -> None:
    pause, end = replayed(5.0, sound((0.0, 2.0), (3.0, 5.0), (7.0, 7.5)))
    assert pause.length == pytest.approx(1.0, abs=SECONDS)
    assert end.length is None
    assert end.lag == pytest.approx(0.0, abs=SECONDS)


def test_where_the_detector_misses_the_last_word_a_breath_is_no_pause_either() -> None:
    (end,) = replayed(5.0, sound((0.0, 4.5), (7.0, 7.5)))
    assert end.length is None
    assert end.lag == pytest.approx(-0.5, abs=SECONDS)


def test_an_answer_in_which_nothing_is_heard_has_no_end() -> None:
    assert replayed(5.0, sound()) == []


def test_a_file_that_stops_at_the_last_word_gets_room_behind_it(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.ones(2 * RATE), RATE)
    label = Label(tmp_path / "a.wav", "Why?", "coding", 2.0, ())
    assert sum(1 for _ in heard(label, SpeechDetector())) * SECONDS == pytest.approx(5.0, abs=0.1)


def ends(*lags: float) -> Iterator[Moment]:
    known = Evidence(turn=None, ending=None, pauses=(), voiced=60.0)
    yield Moment("a", known, "", 1.0)
    for lag in lags:
        yield Moment("a", known, "", None, lag)


def test_percentiles_are_taken_as_response_gap_does() -> None:
    found = measured(RULES[0], 1.0, list(ends(0.0, 1.0)), 1.2)
    assert found["p50"] == 1.5
    assert found["p95"] == pytest.approx(1.95)


def test_the_table_says_how_many_answers_had_no_end_and_what_each_rate_needs() -> None:
    report = reported(list(ends(0.0)), 1.2) | {"answers": 3, "ends": 1}
    shown = table(report)
    assert shown.startswith("2 of 3 answers had no end")
    assert " 5.0 %: " in shown
    assert " 2.0 %: " in shown
