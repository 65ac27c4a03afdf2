"""An answer that a kill broke off is heard again from its recording."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from interviewer.build import Workshop
from interviewer.models import catalogue
from interviewer.offline.heard_again import heard_again, unheard
from interviewer.offline.regrading import regrade
from sessions.archive import pack, unpack
from sessions.model import Session
from sessions.store import SessionStore
from tests.example_sessions import example_session, example_turn
from tests.program import RECORDINGS, beginning, environment, interview
from voice.seams import RATE, Samples, always
from voice.words import Word

NAME = "000-candidate.flac"


class Deaf:
    """A recogniser that hears the same two words in everything, or none."""

    name = "deaf"
    digest = "0" * 64

    def __init__(self, *words: str) -> None:
        self.words = words

    def transcribe(
        self,
        samples: Samples,
        vocabulary: tuple[str, ...] = (),
        context: str = "",
        wanted: object = always,
    ) -> tuple[Word, ...]:
        return tuple(Word(one, at, at + 0.5, 0.9) for at, one in enumerate(self.words))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    store = SessionStore(tmp_path / "sessions")
    yield store
    store.close()


def killed(store: SessionStore, seconds: float = 5.0) -> Session:
    """A session as a kill in the middle of its first answer leaves it."""
    turn = replace(example_turn(), answer=None)
    session = store.create(example_session(status="live", ended_by=None, turns=(turn,)))
    sound = np.random.default_rng(0).normal(0, 0.01, round(seconds * RATE))
    soundfile.write(store.path(session.id) / NAME, sound, RATE)
    return session


def test_the_recording_becomes_the_answer_and_that_is_said(store: SessionStore) -> None:
    session, notes = killed(store), list[str]()
    after = heard_again(session, store, lambda: Deaf("I", "shipped"), notes.append)
    answer = after.turns[0].answer
    assert answer
    assert (answer.text, answer.audio, answer.ended_by) == ("I shipped", NAME, "interrupt")
    assert answer.seconds == 5.0
    assert store.load(session.id) == after
    assert notes == [
        "The answer that was broken off was heard again from its recording: 5 s, 2 words."
    ]
    assert unheard(after, store) is None


@pytest.mark.parametrize("seconds", [2.0, 5.0])
def test_what_holds_no_answer_is_asked_again(store: SessionStore, seconds: float) -> None:
    session, notes = killed(store, seconds), list[str]()
    deaf = Deaf() if seconds > 3 else Deaf("well")
    assert heard_again(session, store, lambda: deaf, notes.append) == session
    assert notes == []


def test_a_recording_that_cannot_be_read_is_told_and_asked_again(store: SessionStore) -> None:
    session, notes = killed(store), list[str]()
    (store.path(session.id) / NAME).write_bytes(b"fLaC")
    assert heard_again(session, store, lambda: Deaf("I"), notes.append) == session
    assert "cannot be heard again" in notes[0]


def test_without_a_recording_nothing_is_loaded(store: SessionStore) -> None:
    session = killed(store)
    (store.path(session.id) / NAME).unlink()

    def never() -> Deaf:
        raise AssertionError

    assert heard_again(session, store, never, print) == session


def test_a_zip_takes_it_along(store: SessionStore, tmp_path: Path) -> None:
    session = killed(store)
    pack(store, session, tmp_path / "one.zip")
    elsewhere = SessionStore(tmp_path / "elsewhere")
    assert unheard(unpack(elsewhere, tmp_path / "one.zip"), elsewhere) == NAME


def test_it_is_heard_again_too_where_the_session_is_graded_after_a_correction(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    session, fetched = killed(store), set[str]()

    class Told(Exception):
        """What the grader was given is all that matters here."""

    class Strict:
        used = ()

        def grade(self, session: Session, tell: object) -> None:
            raise Told(session.turns[0].answer and session.turns[0].answer.text)

    monkeypatch.setattr(Workshop, "fetch", lambda shop, *names: fetched.update(names))
    monkeypatch.setattr(Workshop, "transcriber", Deaf("I", "shipped"))
    monkeypatch.setattr(Workshop, "grader", lambda shop, kind, folder: Strict())
    with pytest.raises(Told, match="I shipped"):
        regrade(store, session.id)
    assert catalogue.RECOGNISER in fetched
    assert "was heard again from its recording" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("command", ["grade", "resume"])
def test_a_killed_sessions_answer_counts(tmp_path: Path, command: str) -> None:
    env = environment(tmp_path)
    first = beginning("own-part.flac", 5, tmp_path)
    talk = ("--llm", "scripted", "--questions", 1, "--probes", 1, "--candidate", first)
    assert interview("practice", *talk, env=env).code == 0
    store = SessionStore(tmp_path / "sessions")
    session = store.load("last")
    live = replace(session, status="live", ended_by=None, scorecard=None)
    live = replace(live, turns=(replace(session.turns[0], answer=None),))
    store.save(live)
    store.close()
    sound, rate = soundfile.read(RECORDINGS / "production-failure.flac", 15 * RATE)
    soundfile.write(store.path(session.id) / NAME, sound, rate)

    more = ("--llm", "scripted")
    done = interview(command, "last", *(more if command == "grade" else more + talk[-2:]), env=env)

    assert done.code == 0, done.err
    assert "was heard again from its recording: 15 s" in " ".join((done.out + done.err).split())
    after = store.load("last")
    assert after.status == "graded"
    answer = after.turns[0].answer
    assert answer and answer.audio == NAME and answer.ended_by == "interrupt"
    assert len(answer.words) > 15
    assert after.stopped_early is (command == "grade"), "a killed session is listed as interrupted"
    assert len(after.turns) > 1 if command == "resume" else len(after.turns) == 1
