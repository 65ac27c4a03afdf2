"""Interruptions, told apart from noises."""

import numpy as np
import pytest

from voice.barge_in import CANCELLED, CLEAR, BargeIn
from voice.seams import FRAME, RATE, Samples

QUIET = np.zeros(FRAME, np.float32)
VOICE = np.full(FRAME, 0.3, np.float32)


class Wire:
    """Frames that arrive one at each look."""

    def __init__(self, frames: list[Samples]) -> None:
        self.frames = [QUIET, *frames]
        self.given_back: list[Samples] = []

    def pending(self) -> list[Samples]:
        return [self.frames.pop(0)] if self.frames else []

    def put_back(self, frames: list[Samples]) -> None:
        self.given_back = frames

    def flush(self) -> None:
        self.pending()


def frames(*stretches: tuple[float, Samples]) -> list[Samples]:
    return [frame for seconds, frame in stretches for _ in range(round(seconds * RATE / FRAME))]


def is_voice(frame: Samples) -> bool:
    return bool(frame.any())


def asked(wire: Wire) -> list[bool]:
    barge_in = BargeIn(wire, is_voice)
    barge_in.arm()
    return [barge_in() for _ in range(len(wire.frames))]


def test_words_interrupt_and_are_kept_for_the_ears() -> None:
    wire = Wire(frames((1.0, QUIET), (1.0, VOICE)))
    answers = asked(wire)
    began = round(1.0 * RATE / FRAME)
    noticed = answers.index(True)
    assert 0.5 <= (noticed - began) * FRAME / RATE <= 0.65
    assert all(answers[noticed:])
    assert sum(bool(frame.any()) for frame in wire.given_back) == noticed - began + 1


@pytest.mark.parametrize(
    "noise",
    [
        frames((0.5, QUIET), (0.3, VOICE), (1.0, QUIET)),  # a cough
        frames((0.5, QUIET), (0.25, VOICE), (0.06, QUIET), (0.25, VOICE), (1.0, QUIET)),  # "mm-hm"
        frames((0.3, VOICE), (0.7, QUIET), (0.3, VOICE), (0.7, QUIET)),  # two of them
    ],
    ids=["cough", "mm-hm", "twice"],
)
def test_noises_do_not_interrupt(noise: list[Samples]) -> None:
    wire = Wire(noise)
    assert not any(asked(wire))
    assert wire.given_back == []


def test_a_new_utterance_starts_afresh() -> None:
    wire = Wire(frames((1.0, VOICE)))
    barge_in = BargeIn(wire, is_voice)
    assert any(barge_in() for _ in range(30))
    wire.frames = [QUIET] * 10
    barge_in.arm()
    assert not barge_in()


def test_at_the_first_syllable_the_voice_is_lowered_and_raised_again_after_a_cough() -> None:
    wire = Wire(frames((0.5, QUIET), (0.2, VOICE), (2.0, QUIET)))
    barge_in = BargeIn(wire, is_voice)
    barge_in.arm()
    lowered = []
    while wire.frames:
        assert not barge_in()
        lowered.append(barge_in.suspects())
    soft = [i * FRAME / RATE for i, softly in enumerate(lowered) if softly]
    assert 0.55 < soft[0] < 0.65
    assert 1.6 < soft[-1] < 1.9
    assert len(soft) == lowered.index(False, lowered.index(True)) - lowered.index(True)


def test_what_a_canceller_leaves_counts_only_once_it_has_learnt() -> None:
    wire = Wire(frames((2.0, VOICE)))
    heard: list[int] = []
    barge_in = BargeIn(wire, is_voice, trusted=lambda: len(heard) > 40)
    barge_in.arm()
    while not barge_in():
        heard.append(1)
        assert not barge_in.suspects() or len(heard) > 40
    assert 40 + 18 < len(heard) < 40 + 22


def test_words_that_a_canceller_breaks_up_still_interrupt() -> None:
    broken = [(0.2, VOICE), (0.25, QUIET), (0.25, VOICE), (1.0, QUIET)]
    for enough, noticed in ((CLEAR, False), (CANCELLED, True)):
        wire = Wire(frames((0.3, QUIET), *broken))
        barge_in = BargeIn(wire, is_voice, enough=enough)
        barge_in.arm()
        assert any(barge_in() for _ in range(60)) is noticed


def test_the_first_syllable_of_broken_up_words_is_kept_for_the_ears_too() -> None:
    broken = [(0.2, VOICE), (0.5, QUIET), (0.3, VOICE)]
    wire = Wire(frames((0.5, QUIET), *broken))
    barge_in = BargeIn(wire, is_voice, enough=CANCELLED)
    barge_in.arm()
    spoken = sum(map(is_voice, wire.frames))
    while not barge_in():
        assert wire.frames, "it was noticed"
    assert sum(map(is_voice, wire.given_back)) == spoken - sum(map(is_voice, wire.frames))


def test_nothing_of_an_earlier_utterance_is_taken_for_the_answer_or_lowers_the_voice() -> None:
    wire = Wire(frames((0.3, QUIET), (0.25, VOICE)))  # A cough right at its end.
    barge_in = BargeIn(wire, is_voice)
    barge_in.arm()
    while wire.frames:
        assert not barge_in()
    assert barge_in.suspects()
    barge_in.arm()
    assert not barge_in.suspects()
    wire.frames = frames((0.7, VOICE))
    while not barge_in():
        assert wire.frames, "it was noticed"
    assert len(wire.given_back) * FRAME / RATE < 0.7


def test_what_was_heard_before_the_echo_changed_its_way_counts_no_more() -> None:
    wire = Wire(frames((0.35, VOICE), (0.1, QUIET), (0.35, VOICE)))
    untrusted = round(0.4 * RATE / FRAME)
    looks: list[int] = []
    barge_in = BargeIn(wire, is_voice, enough=CANCELLED, trusted=lambda: len(looks) != untrusted)
    barge_in.arm()
    while wire.frames:
        looks.append(1)
        assert not barge_in()
    assert not wire.given_back
