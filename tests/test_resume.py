"""An interview that the candidate ended can be gone on with; one that was held to its end cannot."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from interviewer.choices import Choices
from interviewer.live import Room, hold
from interviewer.practice import resume
from interviewer.screen.lines import Screen
from interviewer.text.embedding import Embedder
from sessions.errors import SessionError
from sessions.model import DEMONSTRATION, ModelUsed, Session
from sessions.store import SessionStore
from tests.example_sessions import example_turns, graded_session
from tests.program import beginning
from tests.scripted_transcriber import ScriptedTranscriber
from tests.test_live import planned, room
from voice.ears import StreamingEars
from voice.prepared import PreparedSpeaker
from voice.recorded import RecordedCandidate
from voice.seams import RATE
from voice.speaker import SystemSpeaker


class Here:
    """A studio whose candidate is recorded, whose recogniser reads, and whose model is scripted."""

    def __init__(self, embedder: Embedder, store: SessionStore) -> None:
        self._embedder = embedder
        self.store = store
        self._speaker = SystemSpeaker()
        recording = beginning("own-part.flac", 6.0, self.store.folder.parent)
        self.candidate = RecordedCandidate.from_files([recording])

    def __enter__(self) -> "Here":
        self._room, self._thinking = room(
            self.candidate, self._embedder, PreparedSpeaker(self._speaker), self.store
        )
        return self

    def __exit__(self, *error: object) -> None:
        self._thinking.close()
        self._speaker.close()

    @property
    def screen(self) -> Screen:
        return self._room.screen

    def fetch(self) -> None:
        """Nothing is missing."""

    @property
    def transcriber(self) -> ScriptedTranscriber:
        return ScriptedTranscriber(["Let's end the interview."])

    def models_used(self) -> tuple[ModelUsed, ...]:
        return ()

    def room(self, session: Session) -> Room:
        return self._room


@pytest.fixture
def ended(embedder: Embedder, tmp_path: Path) -> Iterator[tuple[SessionStore, Session]]:
    """A session whose candidate ended it at the first question."""
    store = SessionStore(tmp_path / "sessions")
    with Here(embedder, store) as studio:
        words = ScriptedTranscriber(["Let's end the interview."])
        candidate = RecordedCandidate.from_files([beginning("own-part.flac", 1.5, tmp_path)])
        session = store.create(planned(1))
        ears = StreamingEars(candidate, words)
        there = replace(studio.room(session), candidate=candidate, ears=ears)
        yield store, hold(session, there)
    store.close()


@pytest.mark.slow
def test_an_interview_that_the_candidate_ended_is_gone_on_with(
    ended: tuple[SessionStore, Session], embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, before = ended
    store.close()
    assert [turn.kind for turn in before.turns] == ["question", "closing"]
    assert (before.status, before.ended_by) == ("graded", "candidate")
    goodbye = store.path(before.id) / "000-candidate.flac"
    soundfile.write(goodbye, np.zeros(4 * RATE), RATE)
    monkeypatch.setattr("interviewer.build.Studio", lambda choices, store: Here(embedder, store))
    resume("last", Choices(sessions=store.folder))

    after = store.load(before.id)
    asked, again, *rest = after.turns
    assert (asked.asked, asked.answer) == (before.turns[0].asked, None)
    assert (again.kind, again.why) == ("reply", "Resumed")
    own = again.asked.text.removeprefix("Back to that one. ")
    assert own.endswith("?") and before.turns[0].asked.text.endswith(own), "without the opening"
    assert again.answer and again.answer.control is None
    assert [turn.kind for turn in rest] == ["follow_up", "follow_up", "closing"]
    assert (after.status, after.ended_by) == ("graded", "complete")
    assert not goodbye.exists(), "it would be taken for an answer that a kill broke off"

    with pytest.raises(SessionError, match="held to its end"):
        resume("last", Choices(sessions=store.folder))


@pytest.mark.parametrize("mine", [True, False])
def test_a_persons_answers_and_those_of_the_demonstration_do_not_mix(
    mine: bool, embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = ("a microphone", DEMONSTRATION)
    store = SessionStore(tmp_path / "sessions")
    before = graded_session(candidate=who[not mine], ended_by="device", turns=example_turns()[:2])
    one = store.create(before)
    store.close()

    def studio(choices: Choices, store: SessionStore) -> Here:
        found = Here(embedder, store)
        found.candidate.name = who[mine]
        return found

    monkeypatch.setattr("interviewer.build.Studio", studio)
    with pytest.raises(SessionError, match="Connect the microphone" if mine else "demonstration"):
        resume(one.id, Choices(sessions=store.folder))
    assert store.load(one.id) == one, "nothing of it is lost"
