"""The system's voice, rendered for real."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from voice.errors import VoiceError
from voice.speaker import SystemSpeaker

QUESTION = "What number told you to roll the model back?"


@pytest.fixture(scope="module")
def speaker() -> Iterator[SystemSpeaker]:
    speaker = SystemSpeaker()
    yield speaker
    speaker.close()


def test_a_sentence_becomes_sound(speaker: SystemSpeaker) -> None:
    clip = speaker.render(QUESTION)
    assert 1.5 < clip.seconds < 6
    assert 0.1 < np.abs(clip.samples).max() <= 1
    assert clip.samples.dtype == np.float32


def test_the_same_sentence_sounds_the_same_each_time(speaker: SystemSpeaker) -> None:
    first, second = speaker.render(QUESTION), speaker.render(QUESTION)
    assert np.array_equal(first.samples, second.samples)


def test_numbers_and_signs_are_spoken(speaker: SystemSpeaker) -> None:
    assert speaker.render("300,000").seconds > speaker.render("3").seconds
    assert speaker.render("F1 & AUC at 35%?").seconds > 1


def test_two_threads_may_speak_at_once(speaker: SystemSpeaker) -> None:
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(speaker.render, (QUESTION, "Why?"))
    assert one.seconds > other.seconds


def test_an_unknown_voice_is_named_with_others_that_exist() -> None:
    speaker = SystemSpeaker("Nobody In Particular")
    try:
        with pytest.raises(VoiceError, match="no voice 'Nobody In Particular'; some that there"):
            speaker.render(QUESTION)
    finally:
        speaker.close()


def test_an_empty_sentence_is_refused(speaker: SystemSpeaker) -> None:
    with pytest.raises(VoiceError, match="nothing to say"):
        speaker.render("  ")
