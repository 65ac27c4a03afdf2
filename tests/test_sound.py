"""The wiring of what is heard and said, where a part of it fails."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from interviewer.build import Studio, longest_answer
from interviewer.choices import Choices
from interviewer.screen.lines import Screen
from interviewer.sound import RECORDINGS, Sound
from rubrics.library import find
from sessions.model import DEMONSTRATION
from voice.errors import VoiceError
from voice.microphone import DeviceEvent
from voice.portaudio import DeviceError
from voice.recorded import RecordedCandidate
from voice.seams import LONGEST, Clip, Played, Samples


class Person:
    """A candidate who says nothing."""

    name = "a person"
    realtime = True
    overflows = 0

    def hear(self, said: str) -> None:
        """They do not care."""

    def frames(self) -> Iterator[Samples]:
        """Silence."""
        yield from ()

    def close(self) -> None:
        """Nothing to let go of."""


class Unplugged:
    """Headphones that were pulled out."""

    name = "headphones"
    realtime = True

    def play(
        self, clip: Clip, stop: Callable[[], bool] = bool, softly: Callable[[], bool] = bool
    ) -> Played:
        """Fails."""
        raise DeviceError("gone", "The loudspeaker went away.")

    def close(self) -> None:
        """Nothing to let go of."""


class Voice:
    """Beeps."""

    name = "beep"

    def render(self, text: str) -> Clip:
        """A short one."""
        return Clip(np.ones(100, np.float32), 16_000)


class Notes:
    """A screen that keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def note(self, text: str) -> None:
        """Keep it."""
        self.told.append(text)


@pytest.fixture
def screen() -> Notes:
    return Notes()


@pytest.fixture
def sound(screen: Notes) -> Iterator[Sound]:
    with ExitStack() as opened:
        shown: Screen = screen  # type: ignore[assignment]
        made = Sound(Choices(sessions=Path()), shown, opened)
        parts = {"candidate": Person(), "loudspeaker": Unplugged(), "speaker": Voice()}
        made.__dict__.update(parts)  # In the place of the real ones, which are made when asked for.
        yield made


def test_a_prompt_that_cannot_be_heard_does_not_end_the_answer(sound: Sound, screen: Notes) -> None:
    prompt = sound.prompt("Alex", "Take your time.")
    assert prompt is not None
    prompt()
    assert screen.told == ["Alex: Take your time.", "The loudspeaker went away."]


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ("lost", "went away"),
        ("back", "is back"),
        ("another", "so a person hears you now"),
        ("gone", "did not come back"),
    ],
)
def test_what_happens_to_the_microphone_is_told(
    sound: Sound, screen: Notes, event: DeviceEvent, told: str
) -> None:
    sound._on_device(event)
    assert told in screen.told[0]


def test_only_the_candidate_of_the_program_is_a_demonstration(sound: Sound, screen: Notes) -> None:
    del sound.__dict__["candidate"]
    sound._choices = Choices(candidate=(RECORDINGS / "..",))  # No sheet in there.
    with pytest.raises(VoiceError):
        _ = sound.candidate
    sound._choices = Choices(candidate=(RECORDINGS,))
    assert sound.candidate.name == DEMONSTRATION
    assert sound.candidate.name == DEMONSTRATION
    assert [text for text in screen.told if "recorded in advance" in text] == screen.told
    assert len(screen.told) == 1
    del sound.__dict__["candidate"]
    sound._choices = Choices(candidate=(RECORDINGS / "own-part.flac",))
    assert sound.candidate.name != DEMONSTRATION


def test_a_recording_is_heard_to_its_end_and_a_person_is_stopped() -> None:
    shown = RecordedCandidate.from_folder(RECORDINGS)
    assert longest_answer(shown) > longest_answer(Person()) == LONGEST


def test_a_demonstration_says_where_it_has_no_answers(screen: Notes) -> None:
    class Unlike:
        def question(self, text: str, questions: object) -> None:
            """Nothing is alike."""

    shown = RecordedCandidate.from_folder(RECORDINGS)
    shown.name = DEMONSTRATION
    studio = SimpleNamespace(candidate=shown, likeness=Unlike(), screen=screen)
    assert Studio.answerable(studio, [find("coding")]) == ()  # type: ignore[arg-type]
    assert "no answer to this round" in screen.told[0]
    shown.name = "recordings of one's own"
    Studio.answerable(studio, [find("coding")])  # type: ignore[arg-type]
    assert len(screen.told) == 1
