"""An interview that the candidate ended can be gone on with; one that was held to its end cannot."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.choices import Choices
from interviewer.judging.embedding import Embedder
from interviewer.live import Room, hold
from interviewer.practice import resume
from interviewer.screen import Screen
from sessions.errors import SessionError
from sessions.model import ModelUsed, Session
from sessions.store import SessionStore
from tests.program import beginning
from tests.test_live import planned, room
from voice.ears import StreamingEars
from voice.prepared import PreparedSpeaker
from voice.recorded import RecordedCandidate
from voice.scripted import ScriptedTranscriber
from voice.speaker import SystemSpeaker


class Here:
    """A studio whose candidate is recorded, whose recogniser reads, and whose model is scripted."""

    def __init__(self, embedder: Embedder, store: SessionStore) -> None:
        self._embedder = embedder
        self.store = store
        self._speaker = SystemSpeaker()

    def __enter__(self) -> "Here":
        recording = beginning("own-part.flac", 6.0, self.store.folder.parent)
        candidate = RecordedCandidate.from_files([recording])
        self._room, self._thinking = room(
            candidate, self._embedder, PreparedSpeaker(self._speaker), self.store
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


def test_an_interview_that_the_candidate_ended_is_gone_on_with(
    ended: tuple[SessionStore, Session], embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, before = ended
    store.close()
    assert [turn.kind for turn in before.turns] == ["question", "closing"]
    assert (before.status, before.ended_by) == ("graded", "candidate")
    monkeypatch.setattr("interviewer.build.Studio", lambda choices, store: Here(embedder, store))
    resume("last", Choices(sessions=store.folder))

    after = store.load(before.id)
    asked, again, *rest = after.turns
    assert (asked.asked, asked.answer) == (before.turns[0].asked, None)
    assert (again.kind, again.why) == ("reply", "Resumed")
    assert before.turns[0].asked.text in again.asked.text
    assert again.answer and again.answer.control is None
    assert [turn.kind for turn in rest] == ["follow_up", "follow_up", "closing"]
    assert (after.status, after.ended_by) == ("graded", "complete")

    with pytest.raises(SessionError, match="held to its end"):
        resume("last", Choices(sessions=store.folder))
