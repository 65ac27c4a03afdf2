"""Interruptions, told apart from noises."""

import numpy as np
import pytest

from voice.barge_in import BargeIn
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


def asked(wire: Wire) -> list[bool]:
    barge_in = BargeIn(wire, lambda frame: bool(frame.any()))
    barge_in.arm()
    return [barge_in() for _ in range(len(wire.frames))]


def test_words_interrupt_and_are_kept_for_the_ears() -> None:
    wire = Wire(frames((1.0, QUIET), (1.0, VOICE)))
    answers = asked(wire)
    began = round(1.0 * RATE / FRAME)
    noticed = answers.index(True)
    assert 0.3 <= (noticed - began) * FRAME / RATE <= 0.45
    assert all(answers[noticed:])
    assert sum(bool(frame.any()) for frame in wire.given_back) == noticed - began + 1


@pytest.mark.parametrize(
    "noise",
    [
        frames((0.5, QUIET), (0.3, VOICE), (1.0, QUIET)),  # a cough
        frames((0.5, QUIET), (0.15, VOICE), (0.1, QUIET), (0.2, VOICE), (1.0, QUIET)),  # "mm-hm"
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
    barge_in = BargeIn(wire, lambda frame: bool(frame.any()))
    assert any(barge_in() for _ in range(30))
    wire.frames = [QUIET] * 10
    barge_in.arm()
    assert not barge_in()
