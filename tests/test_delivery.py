"""Delivery is counted from the words, and says where its usual ranges come from."""

import numpy as np
import pytest

from voice.delivery import Measured, measure
from voice.seams import RATE
from voice.words import Word


def spoken(text: str, start: float = 0.0, step: float = 0.4) -> tuple[Word, ...]:
    """Each word takes three quarters of a step."""
    return tuple(
        Word(word, start + step * at, start + step * (at + 0.75), 0.9)
        for at, word in enumerate(text.split())
    )


def by_id(measures: tuple[Measured, ...]) -> dict[str, float | None]:
    return {one.id: one.value for one in measures}


def test_rates_are_per_minute_of_talk() -> None:
    words = spoken("we um looked at it and uh I think it was kind of fine you know " * 10)
    minutes = (words[-1].end - words[0].start) / 60
    found = by_id(measure(words))
    assert found["fillers_per_minute"] == pytest.approx(20 / minutes)
    assert found["hedges_per_minute"] == pytest.approx(30 / minutes)
    assert found["words_per_minute"] == pytest.approx(140 / minutes)


def test_fillers_are_known_with_their_punctuation() -> None:
    found = by_id(measure(spoken("Um, so Uh... er, the hmm summer album " * 3)))
    minutes = (24 * 0.4 - 0.1) / 60
    assert found["fillers_per_minute"] == pytest.approx(12 / minutes)


def test_pauses_part_monologues() -> None:
    words = spoken("one two three four five") + spoken("six seven eight", start=6.0)
    found = by_id(measure(words))
    assert found["long_pauses"] == 1
    assert found["longest_run"] == pytest.approx(1.9)


def test_articulation_leaves_pauses_out() -> None:
    quick = spoken("model data model data")
    slow = tuple(word for word in quick[:2]) + spoken("model data", start=10.0)
    assert by_id(measure(slow))["articulation_rate"] == pytest.approx(8 / 1.4, rel=0.01)
    assert by_id(measure(slow))["words_per_minute"] == pytest.approx(4 / (10.7 / 60), rel=0.01)


def test_the_first_word_is_timed_from_the_end_of_the_question() -> None:
    found = by_id(measure(spoken("hello there", start=2.5)))
    assert found["time_to_first_word"] == pytest.approx(2.5)


def test_broken_off_words_count() -> None:
    words = spoken("we re- we retrained the mod- the model ten times then")
    assert by_id(measure(words))["cut_offs_per_minute"] == pytest.approx(2 / (4.3 / 60))


def test_steady_and_unsteady_loudness_differ() -> None:
    words = spoken("a " * 20)
    noise = np.random.default_rng(0).normal(0, 0.1, 9 * RATE).astype(np.float32)
    louder = noise * np.linspace(0.1, 1, len(noise), dtype=np.float32)
    steady, unsteady = (by_id(measure(words, s))["loudness_spread"] for s in (noise, louder))
    assert steady is not None
    assert unsteady is not None
    assert steady < 0.5 < 3 < unsteady


def test_nothing_said_has_no_values_but_every_measure() -> None:
    found = measure(())
    assert len(found) >= 8
    assert all(one.value is None for one in found)


def test_every_measure_names_its_source() -> None:
    assert all(one.source and one.unit and one.name for one in measure(()))


def test_too_little_speech_has_no_rates_and_no_steadiness() -> None:
    sound = np.random.default_rng(0).normal(0, 0.1, 4 * RATE).astype(np.float32)
    short, longer = spoken("um I think so kind of"), spoken("um I think so kind of it fell by half")
    assert all(
        one.value is None
        for one in measure(short, sound)
        if one.unit.startswith(("words", "per min", "syllables", "dB"))
    )
    assert by_id(measure(longer[:9], sound))["loudness_spread"] is None
    found = by_id(measure(longer, sound))
    assert None not in (found["words_per_minute"], found["loudness_spread"])
