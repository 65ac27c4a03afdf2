"""An echo that comes by another way is another one: headphones were pulled out."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import interrupting
from voice.activity import SpeechDetector
from voice.audio import level, read_audio
from voice.barge_in import CANCELLED, BargeIn
from voice.echo import EchoCanceller
from voice.echo_path import EchoPath
from voice.seams import FRAME, RATE, Samples

AUDIO = Path(__file__).parent.parent / "fixtures" / "audio"
SHIFT = 5 * RATE
OUT = 12 * RATE


@pytest.fixture(scope="module")
def long() -> Samples:
    return read_audio(AUDIO / "negative-outcome-strong.flac").samples[RATE : 26 * RATE]


@pytest.fixture(scope="module")
def voice(long: Samples) -> Samples:
    return long[: 2 * SHIFT]


@pytest.fixture(scope="module")
def person() -> Samples:
    return read_audio(AUDIO / "own-part.flac").samples[RATE : 5 * RATE]


def echo(voice: Samples, delay: float, seed: int) -> Samples:
    """The voice in a room, so many seconds late."""
    path = interrupting.air(np.random.default_rng(seed))[round(0.06 * RATE) :]
    late = np.concatenate([np.zeros(round(delay * RATE), np.float32), voice])[: len(voice)]
    heard = np.convolve(late, path)[: len(voice)].astype(np.float32)
    loud: float = 10 ** ((interrupting.ECHO - level(heard)) / 20)
    return heard * np.float32(loud)


def noise(like: Samples) -> Samples:
    return interrupting.noisy(np.zeros_like(like), np.random.default_rng(1))


def changes(voice: Samples, near: Samples) -> list[float]:
    """When the echo's way was another one than before, in seconds."""
    path = EchoPath()
    starts = range(0, len(near) - FRAME, FRAME)
    return [
        start / RATE
        for start in starts
        if path.changed(voice[start : start + FRAME], near[start : start + FRAME])
    ]


@pytest.mark.parametrize("seed", range(3))
def test_an_echo_that_comes_later_than_before_is_noticed(voice: Samples, seed: int) -> None:
    near = echo(voice, 0.06, seed)
    near[SHIFT:] = echo(voice, 0.11, seed + 10)[SHIFT:]
    first, second = changes(voice, near + noise(near))
    assert first < SHIFT / RATE < second < SHIFT / RATE + 2


@pytest.mark.parametrize("seed", range(3))
def test_an_echo_where_there_was_none_is_noticed(voice: Samples, seed: int) -> None:
    near = echo(voice, 0.06, seed)
    near[:SHIFT] = 0
    (found,) = changes(voice, near + noise(near))
    assert SHIFT / RATE < found < SHIFT / RATE + 2


def test_a_person_is_no_echo(voice: Samples, person: Samples) -> None:
    near = np.zeros_like(voice)
    near[SHIFT : SHIFT + len(person)] = person
    assert changes(voice, near + noise(near)) == []


def test_a_person_who_speaks_over_an_echo_changes_nothing_about_it(
    voice: Samples, person: Samples
) -> None:
    near = echo(voice, 0.06, 0)
    near[SHIFT : SHIFT + len(person)] += person * 10 ** ((interrupting.ECHO - level(person)) / 20)
    (first,) = changes(voice, near + noise(near))
    assert first < SHIFT / RATE


def test_headphones_that_are_pulled_out_twice_are_noticed_twice(long: Samples) -> None:
    near = echo(long, 0.06, 0)
    near[SHIFT : 3 * SHIFT] = 0
    first, second = changes(long, near + noise(near))
    assert first < SHIFT / RATE
    assert 3 * SHIFT / RATE < second < 3 * SHIFT / RATE + 2


@pytest.mark.parametrize("quiet", ["the room", "the interviewer"])
def test_an_echo_that_is_not_heard_for_a_while_is_the_same_afterwards(
    long: Samples, quiet: str
) -> None:
    """Two seconds in which the room drowns it, or ten in which nothing is played."""
    voice = long.copy()
    if quiet == "the interviewer":
        voice[SHIFT : 3 * SHIFT] = 0
    near = echo(voice, 0.06, 0)
    if quiet == "the room":
        near[SHIFT : SHIFT + 2 * RATE] = 0
    (first,) = changes(voice, near + noise(near))
    assert first < SHIFT / RATE


class Wire:
    """What the canceller leaves, one frame at each look."""

    def __init__(self) -> None:
        self.frames: list[Samples] = []

    def pending(self) -> list[Samples]:
        return [self.frames.pop()]

    def put_back(self, frames: list[Samples]) -> None:
        """Nobody listens afterwards."""

    def flush(self) -> None:
        """Nothing waits."""


def interrupted(voice: Samples, near: Samples) -> tuple[bool, list[bool]]:
    """Whether somebody interrupted, and where the canceller was trusted, frame by frame."""
    canceller, wire, detector = EchoCanceller(), Wire(), SpeechDetector()
    barge_in = BargeIn(
        wire,
        lambda frame: detector.push(frame).speech,
        enough=CANCELLED,
        trusted=lambda: canceller.learnt,
    )
    trusted = []
    for start in range(0, len(near) - FRAME, FRAME):
        canceller.played(voice[start : start + FRAME], RATE, start / RATE)
        wire.frames.append(canceller.clean(near[start : start + FRAME], start / RATE))
        trusted.append(canceller.learnt)
        if barge_in():
            return True, trusted
    return False, trusted


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 7, 8])
def test_who_pulls_the_headphones_out_hears_no_interviewer_that_interrupts_itself(
    long: Samples, seed: int
) -> None:
    pytest.importorskip("pywebrtc_audio", reason="pip install 'mock-interviewer[echo]'")
    near = echo(long, 0.06, seed)
    near[:OUT] = 0
    itself, trusted = interrupted(long, near + noise(near))
    assert not itself
    out = OUT // FRAME
    assert trusted[out - 1]
    assert not all(trusted[out:])
