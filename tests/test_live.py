"""Whole conversations in virtual time: kept whatever happens, and nothing grows or is left."""

import gc
import io
import itertools
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml
from rich.console import Console

from interviewer import build
from interviewer.asking.brain import Brain
from interviewer.asking.director import Director
from interviewer.asking.plan import plan
from interviewer.errors import InterviewError
from interviewer.judging.level import LevelReader
from interviewer.judging.points import PointJudge
from interviewer.live import Room, hold
from interviewer.llm.scripted import ScriptedModel
from interviewer.screen.lines import LineScreen, Screen
from interviewer.screen.live_screen import make as make_screen
from interviewer.text.embedding import Embedder
from interviewer.text.likeness import Likeness
from interviewer.thinking import Thinking
from rubrics.library import find
from sessions.model import Scorecard, Session, Turn
from sessions.store import SessionStore
from voice.answer import WhileHearing
from voice.audio import read_audio, write_audio
from voice.ears import AnswerBroken, AnswerInterrupted, StreamingEars
from voice.errors import VoiceError
from voice.loudspeaker import SilentLoudspeaker
from voice.mouth import SpeakingMouth
from voice.portaudio import DeviceError, Reason
from voice.prepared import PreparedSpeaker
from voice.recorded import RecordedCandidate
from voice.seams import (
    FRAME,
    RATE,
    Candidate,
    Clip,
    Heard,
    Listening,
    Said,
    Samples,
    Wanted,
    always,
)
from voice.speaker import SystemSpeaker
from voice.words import Word

AUDIO = Path(__file__).parent.parent / "fixtures" / "audio"
STORY = " ".join(
    entry["text"]
    for entry in yaml.safe_load((AUDIO / "candidate.yaml").read_text("utf-8"))["recordings"][:3]
).split()


class Reader:
    """A recogniser without a model: it reads a story, a word for each 0.4 s of sound."""

    name = "reader"
    digest = ""

    def transcribe(
        self,
        samples: Samples,
        vocabulary: tuple[str, ...] = (),
        context: str = "",
        wanted: Wanted = always,
    ) -> tuple[Word, ...]:
        at = np.arange(0, len(samples) / RATE, 0.4)
        texts = itertools.cycle(STORY)
        return tuple(Word(next(texts), float(s), float(s) + 0.4, 1.0) for s in at)


class LostMicrophone:
    """Breaks after a few words."""

    def __init__(self, reason: Reason = "gone") -> None:
        self._reason = reason

    name = "a test microphone"
    realtime = False
    overflows = 0

    def hear(self, said: str) -> None:
        """It does not care."""

    def frames(self) -> Iterator[Samples]:
        samples = read_audio(AUDIO / "own-part.flac").samples[: 8 * RATE]
        yield from samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
        raise DeviceError(self._reason, "The microphone is gone.")

    def close(self) -> None:
        """Nothing to let go of."""


@pytest.fixture
def speaker() -> Iterator[PreparedSpeaker]:
    speaker = SystemSpeaker()
    yield PreparedSpeaker(speaker)
    speaker.close()


def planned(questions: int) -> Session:
    rubric = find("behavioral")
    return Session(
        id="new",
        created="2026-01-01T10:00:00+00:00",
        status="live",
        round=rubric.id,
        seniority="mid",
        style="neutral",
        planned=plan((rubric,), "mid", questions, seed="1"),
        rubrics=(rubric,),
        models=(),
        candidate="test",
    )


def room(
    candidate: Candidate, embedder: Embedder, speaker: PreparedSpeaker, store: SessionStore
) -> tuple[Room, Thinking]:
    director = Director(
        PointJudge(embedder), Likeness(embedder), LevelReader.shipped(), minutes=120.0
    )
    thinking = Thinking(director, Brain(ScriptedModel()), prepare=speaker.prepare, patience=None)
    with build.Workshop("scripted", None, "whisper-base") as shop:
        grader = shop.grader("embedded")
    screen: Screen = make_screen(Console(), minutes=None)
    return (
        Room(
            director=director,
            thinking=thinking,
            mouth=SpeakingMouth(speaker, SilentLoudspeaker()),
            ears=StreamingEars(candidate, Reader()),
            candidate=candidate,
            grader=grader,
            store=store,
            screen=screen,
            folder=None,
            patience=build.VIRTUAL_PATIENCE,
        ),
        thinking,
    )


def test_a_microphone_that_is_lost_for_good_ends_the_session_and_keeps_it(
    embedder: Embedder, speaker: PreparedSpeaker, tmp_path: Path
) -> None:
    store = SessionStore(tmp_path)
    here, thinking = room(LostMicrophone(), embedder, speaker, store)
    session = hold(store.create(planned(2)), here)
    thinking.close()
    kept = store.load(session.id)
    assert (kept.ended_by, len(kept.turns)) == ("device", 1)
    answer = kept.turns[0].answer
    assert answer is not None and answer.ended_by == "device"
    assert answer.text, "what was said until then is kept"


def test_a_sound_card_that_breaks_is_told_and_what_was_said_is_kept(
    embedder: Embedder, speaker: PreparedSpeaker, tmp_path: Path
) -> None:
    store = SessionStore(tmp_path)
    here, thinking = room(LostMicrophone("failed"), embedder, speaker, store)
    with pytest.raises(VoiceError, match="The microphone is gone"):
        hold(store.create(planned(2)), here)
    thinking.close()
    kept = store.load("last")
    assert kept.ended_by == "The microphone is gone."
    assert kept.turns[0].answer is not None and kept.turns[0].answer.text


class CtrlC(LostMicrophone):
    """Somebody presses it while they answer."""

    def frames(self) -> Iterator[Samples]:
        try:
            yield from super().frames()
        except DeviceError:
            raise KeyboardInterrupt from None


def test_ctrl_c_while_somebody_answers_keeps_what_was_said_and_grades_it(
    embedder: Embedder, speaker: PreparedSpeaker, tmp_path: Path
) -> None:
    store = SessionStore(tmp_path)
    here, thinking = room(CtrlC(), embedder, speaker, store)
    hold(store.create(planned(2)), here)
    thinking.close()
    kept = store.load("last")
    assert (kept.ended_by, kept.status, len(kept.turns)) == ("interrupted", "graded", 1)
    answer = kept.turns[0].answer
    assert answer is not None and answer.words[-1].end == pytest.approx(answer.seconds, abs=0.5)


def test_ctrl_c_while_an_answer_is_saved_does_not_lose_it(
    embedder: Embedder, speaker: PreparedSpeaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SessionStore(tmp_path)
    here, thinking = room(LostMicrophone(), embedder, speaker, store)
    begun, save = store.create(planned(2)), store.save

    def pressed(session: Session) -> Session:
        if session.status == "live" and session.turns[-1].answer:
            raise KeyboardInterrupt
        return save(session)

    monkeypatch.setattr(store, "save", pressed)
    hold(begun, here)
    thinking.close()
    kept = store.load("last")
    assert kept.ended_by == "interrupted"
    assert kept.turns[0].answer is not None and kept.turns[0].answer.text


class Voiceless:
    """A mouth that says nothing aloud, and notes what is on the disk by then."""

    def __init__(self, store: SessionStore) -> None:
        self._store = store
        self.kept: list[tuple[Turn, ...]] = []

    def say(self, sentences: Iterable[str], audio: Path | None = None) -> Said:
        text = " ".join(sentences)
        self.kept.append(self._store.load("last").turns)
        return Said(text=text, spoken=text, interrupted=False, seconds=1.0, render_seconds=0.0)


class Reading:
    """Ears that read the answers from a list, and note how they were to listen."""

    def __init__(self, *answers: str, overflows: int = 0) -> None:
        self._answers = iter(answers)
        self._overflows = overflows
        self.told: list[Listening] = []

    def listen(self, listening: Listening, while_hearing: WhileHearing) -> Heard:
        self.told.append(listening)
        words = tuple(
            Word(text, at, at + 1.0, 1.0) for at, text in enumerate(next(self._answers).split())
        )
        return Heard(
            words=words, seconds=len(words) + 1.0, ended_by="turn", speech_end=float(len(words)),
            overflows=self._overflows,
        )  # fmt: skip


class CutShort:
    """Ears whose person pressed Ctrl-C twice, or whose recogniser failed."""

    def __init__(self, failure: str = "") -> None:
        self._failure = failure

    def listen(self, listening: Listening, while_hearing: WhileHearing) -> Heard:
        words = (Word("We", 0.0, 1.0, 1.0),)
        heard = Heard(words=words, seconds=9.0, ended_by="interrupt", speech_end=9.0)
        if self._failure:
            raise AnswerBroken(heard, VoiceError(self._failure), whole=False)
        raise AnswerInterrupted(heard, whole=False)


@pytest.mark.parametrize("failure", ["", "No memory is left."])
@pytest.mark.parametrize("recorded", [True, False])
def test_an_answer_whose_last_words_were_not_heard_is_left_to_its_recording(
    quick: tuple[Room, SessionStore], tmp_path: Path, recorded: bool, failure: str
) -> None:
    here, store = quick
    here = replace(here, ears=CutShort(failure), folder=tmp_path if recorded else None)
    with pytest.raises(VoiceError if failure else KeyboardInterrupt):
        hold(store.create(planned(1)), here)
    kept = store.load("last")
    assert (kept.status, kept.ended_by) == ("ended", failure or "interrupted")
    answer = kept.turns[0].answer
    assert answer is None if recorded else answer is not None and answer.text == "We"


def test_ctrl_c_before_the_first_word_leaves_the_question_open(
    quick: tuple[Room, SessionStore],
) -> None:
    class Nothing:
        def listen(self, listening: Listening, while_hearing: WhileHearing) -> Heard:
            heard = Heard(words=(), seconds=2.0, ended_by="interrupt", speech_end=0.0)
            raise AnswerInterrupted(heard, whole=True)

    here, store = quick
    ended = hold(store.create(planned(2)), replace(here, ears=Nothing()))
    assert (ended.ended_by, [turn.answer for turn in ended.turns]) == ("interrupted", [None])
    again = here.director.next_move(ended)
    assert again is not None and (again.kind, again.why) == ("reply", "Resumed")


def test_who_is_stopped_for_talking_too_long_is_told_so(quick: tuple[Room, SessionStore]) -> None:
    class Long(Reading):
        def listen(self, listening: Listening, while_hearing: WhileHearing) -> Heard:
            return replace(super().listen(listening, while_hearing), ended_by="limit")

    here, store = quick
    page, ears = io.StringIO(), Long(*ENOUGH)
    hold(store.create(planned(1)), replace(here, ears=ears, screen=LineScreen(Console(file=page))))
    assert "An answer has 10 minutes, so I stop you here" in page.getvalue()
    assert {one.limit for one in ears.told} == {600.0}


def test_an_utterance_that_was_stopped_before_its_first_sample_names_no_sound(
    quick: tuple[Room, SessionStore], tmp_path: Path
) -> None:
    class Stopped:
        def say(self, sentences: Iterable[str], audio: Path | None = None) -> Said:
            text = " ".join(sentences)
            return Said(text=text, spoken="", interrupted=True, seconds=0.0, render_seconds=0.0)

    here, store = quick
    here = replace(here, mouth=Stopped(), ears=Reading(*["End the interview."]), folder=tmp_path)
    session = hold(store.create(planned(1)), here)
    assert {turn.asked.audio for turn in session.turns} == {None}


ENOUGH = ("We lost a model in May, and I rolled it back.", "Let's end the interview.")


@pytest.fixture
def quick(
    embedder: Embedder, speaker: PreparedSpeaker, tmp_path: Path
) -> Iterator[tuple[Room, SessionStore]]:
    """A room without sound; its ears are the test's."""
    store = SessionStore(tmp_path)
    here, thinking = room(LostMicrophone(), embedder, speaker, store)
    yield replace(here, mouth=Voiceless(store), patience=1.5), store
    thinking.close()


def test_each_answer_is_on_the_disk_before_the_next_word_is_said(
    quick: tuple[Room, SessionStore],
) -> None:
    here, store = quick
    mouth = Voiceless(store)
    hold(store.create(planned(1)), replace(here, mouth=mouth, ears=Reading(*ENOUGH)))
    assert [len(turns) for turns in mouth.kept] == [0, 1, 2]
    assert all(turn.answer is not None for turns in mouth.kept for turn in turns)


def test_what_is_resumed_leaves_the_waits_of_earlier_turns_as_they_are(
    quick: tuple[Room, SessionStore],
) -> None:
    here, store = quick
    before = hold(store.create(planned(1)), replace(here, ears=Reading(*ENOUGH)))
    resumed = replace(before, status="live", turns=before.turns[:1])
    after = hold(resumed, replace(here, ears=Reading(*ENOUGH)))
    assert after.turns[0].stages == before.turns[0].stages
    assert after.turns[1].stages, "and those of later ones are kept"


def test_who_ends_the_interview_is_said_and_what_there_is_is_graded(
    quick: tuple[Room, SessionStore],
) -> None:
    here, store = quick
    session = hold(store.create(planned(2)), replace(here, ears=Reading(*ENOUGH)))
    assert (session.status, session.ended_by) == ("graded", "candidate")
    assert [turn.kind for turn in session.turns] == ["question", "follow_up", "closing"]
    assert store.load(session.id) == session


def test_ears_are_told_the_rounds_words_the_patience_and_who_asked_for_a_minute(
    quick: tuple[Room, SessionStore],
) -> None:
    here, store = quick
    ears = Reading("Give me a minute.", *ENOUGH)
    hold(store.create(planned(1)), replace(here, ears=ears))
    assert {one.vocabulary for one in ears.told} == {find("behavioral").vocabulary}
    assert {one.patience for one in ears.told} == {1.5}
    assert [one.thought > 1 for one in ears.told] == [False, True, False]


def test_input_that_was_lost_is_told_and_kept(quick: tuple[Room, SessionStore]) -> None:
    here, store = quick
    page = io.StringIO()
    shown = replace(here, ears=Reading(*ENOUGH, overflows=3), screen=LineScreen(Console(file=page)))
    session = hold(store.create(planned(1)), shown)
    assert page.getvalue().count("lost input 3 times; words may be missing") == 2
    assert [turn.answer.overflows for turn in session.turns if turn.answer] == [3, 3]


def test_an_interview_that_cannot_be_graded_is_kept_as_it_ended(
    quick: tuple[Room, SessionStore],
) -> None:
    class Broken:
        def grade(self, session: Session, progress: object) -> Scorecard:
            raise InterviewError("The grader is gone.")

    here, store = quick
    with pytest.raises(InterviewError, match="gone"):
        hold(store.create(planned(1)), replace(here, ears=Reading(*ENOUGH), grader=Broken()))
    kept = store.load("last")
    assert (kept.status, kept.ended_by, len(kept.turns)) == ("ended", "candidate", 3)


@pytest.mark.slow
def test_each_wait_is_stored_with_the_answer_that_had_to_wait(
    embedder: Embedder, speaker: PreparedSpeaker, tmp_path: Path
) -> None:
    store = SessionStore(tmp_path)
    candidate = RecordedCandidate.from_files([AUDIO / "own-part.flac"])
    here, thinking = room(candidate, embedder, speaker, store)
    session = hold(store.create(planned(1)), here)
    thinking.close()
    *answered, closing = session.turns
    assert closing.stages == ()
    for turn in answered:
        names = [stage.name for stage in turn.stages]
        assert names == ["endpoint", "transcribe", "consider", "keep", "judge", "phrase", "render"]


@pytest.mark.slow
def test_a_session_of_45_minutes_leaves_no_thread_and_its_memory_is_flat(
    embedder: Embedder, speaker: PreparedSpeaker, tmp_path: Path
) -> None:
    sound = np.concatenate([read_audio(path).samples for path in sorted(AUDIO.glob("*.flac"))])
    parts = [tmp_path / f"{number:02d}.flac" for number in range(7)]
    for number, path in enumerate(parts):
        write_audio(path, Clip(sound[number * 100 * RATE : (number + 1) * 100 * RATE], RATE))
    before = set(threading.enumerate())
    memory: list[float] = []
    candidate = RecordedCandidate.from_files(parts)
    store = SessionStore(tmp_path / "sessions")
    here, thinking = room(candidate, embedder, speaker, store)
    watched = replace(here, store=Watching(store, memory))
    session = hold(store.create(planned(12)), watched)
    thinking.close()
    seconds = sum(t.asked.seconds + (t.answer.seconds if t.answer else 0.0) for t in session.turns)
    assert seconds > 45 * 60
    assert set(threading.enumerate()) <= before
    # An answer of 100 s is 6 MB; what is kept of a whole session is text.
    middle = len(memory) // 3
    assert max(memory[middle:]) - min(memory[middle:]) < 40


class Watching:
    """A store that notes the memory in use (MB) at each save."""

    def __init__(self, store: SessionStore, memory: list[float]) -> None:
        self._store = store
        self._memory = memory

    def save(self, session: Session) -> Session:
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self._memory.append(pages * 4096 / 1e6)
        return self._store.save(session)
