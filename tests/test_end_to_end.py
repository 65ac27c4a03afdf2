"""The whole program as a person meets it: real models, the real command line, a sound card."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import jiwer
import pytest
import yaml

from sessions.model import Session, Turn
from sessions.store import SessionStore
from tests.conftest import fetched
from tests.program import (
    RECORDINGS,
    Done,
    environment,
    interview,
    only_session,
    running,
    text_of,
)
from tests.soundcard import SoundCard, sound_card, write_wav
from voice.audio import read_audio
from voice.resample import resample
from voice.transcriber import FasterWhisper

__all__ = ["sound_card"]

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Practised:
    """An interview that was held by a process of its own."""

    done: Done
    session: Session
    env: dict[str, str]


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Practised:
    """No sound card, no terminal: the recorded candidate, Whisper, the embedded model."""
    folder = tmp_path_factory.mktemp("practised")
    env = environment(folder)
    done = interview("practice", "--questions", 2, "--probes", 1, env=env)
    assert done.code == 0, done.err
    return Practised(done, only_session(folder), env)


def follow_ups(session: Session, question: str) -> list[Turn]:
    return [
        turn for turn in session.turns if turn.kind == "follow_up" and turn.question == question
    ]


def test_without_a_sound_card_a_recorded_candidate_is_interviewed_and_graded(
    practised: Practised,
) -> None:
    session = practised.session
    assert session.status == "graded"
    assert session.ended_by == "complete"
    questions = [turn.question for turn in session.turns if turn.kind == "question"]
    assert len(set(questions)) >= 2
    for question in questions:
        for turn in follow_ups(session, question)[:1] or [None]:
            assert turn is not None, f"{question} has no follow-up"
            assert turn.answer and turn.answer.text
            assert turn.asked.text.count("?") == 1
            assert len(turn.asked.text.split()) <= 30


def test_it_says_that_there_is_no_sound_card_and_who_answers(practised: Practised) -> None:
    told = practised.done.out + practised.done.err
    assert "A recorded candidate answers instead, as a demonstration." in told
    assert re.search(r"loudspeaker was found|PortAudio is missing", told)


def test_every_turn_has_its_audio_and_every_quote_was_said(practised: Practised) -> None:
    session = practised.session
    folder = Path(practised.env["MOCK_INTERVIEWER_SESSIONS"]) / session.id
    for turn in session.turns:
        assert turn.asked.audio and read_audio(folder / turn.asked.audio).seconds > 0.5
        if turn.answer:
            assert turn.answer.audio
            assert read_audio(folder / turn.answer.audio).seconds == pytest.approx(
                turn.answer.seconds, abs=0.1
            )
    assert session.scorecard
    for one in session.scorecard.criteria:
        assert (one.level is None) == bool(one.unscored)
        for quote in one.quotes:
            answer = session.turns[quote.turn].answer
            assert answer and quote.text in answer.text


def test_another_answer_to_the_same_question_gets_another_follow_up(
    practised: Practised, tmp_path: Path
) -> None:
    # The recorded candidate gave the strong answer to the first question; now the weak one.
    first = practised.session.turns[0]
    name = "negative-outcome-weak.flac"
    entries = yaml.safe_load((RECORDINGS / "candidate.yaml").read_text(encoding="utf-8"))
    entry = next(one for one in entries["recordings"] if one["file"] == name)
    candidate = tmp_path / "candidate"
    candidate.mkdir()
    (candidate / name).write_bytes((RECORDINGS / name).read_bytes())
    sheet = {"recordings": [entry]}
    (candidate / "candidate.yaml").write_text(yaml.safe_dump(sheet), encoding="utf-8")

    env = environment(tmp_path)
    options = ("--candidate", candidate, "--questions", 1, "--probes", 1)
    done = interview("practice", *options, env=env)

    assert done.code == 0, done.err
    again = only_session(tmp_path)
    assert again.turns[0].question == first.question
    assert again.models[0].engine != "scripted"
    one, other = (
        follow_ups(session, first.question)[0].asked.text for session in (practised.session, again)
    )
    assert one != other


KEYS = {"transcript", "words", "criteria", "overall", "delivery", "grader"}


def check_result(done: Done) -> dict[str, object]:
    """One JSON object alone on stdout, with what was promised in it."""
    assert done.code == 0, done.err
    result = json.loads(done.out)
    assert set(result) >= KEYS
    for one in result["criteria"]:
        assert {"id", "level", "why", "quotes"} <= set(one)
        for quote in one["quotes"]:
            assert quote["text"] in result["transcript"]
            assert 0 <= quote["start"] <= quote["end"]
    return dict(result)


def test_a_recording_is_graded_as_one_json_object(tmp_path: Path) -> None:
    name = "negative-outcome-weak.flac"
    done = interview(
        "grade", RECORDINGS / name, "--round", "behavioral", "--json", env=environment(tmp_path)
    )
    result = check_result(done)
    words = result["words"]
    assert isinstance(words, list)
    assert set(words[0]) >= {"text", "start", "end", "probability"}
    assert jiwer.wer(plain(text_of(name)), plain(str(result["transcript"]))) < 0.25


def test_a_text_is_graded_in_the_place_of_a_recording(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_text(text_of("negative-outcome-strong.flac"), encoding="utf-8")
    options = ("--round", "behavioral", "--json")
    check_result(interview("grade", path, *options, env=environment(tmp_path)))


def test_a_session_is_graded_by_its_id(practised: Practised) -> None:
    result = check_result(interview("grade", practised.session.id, "--json", env=practised.env))
    assert practised.session.scorecard
    assert result["overall"] == practised.session.scorecard.overall
    assert interview("show", "last", env=practised.env).code == 0


def plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


def test_it_speaks_and_listens_through_a_sound_card(sound_card: SoundCard) -> None:
    folder = sound_card.folder
    answers = ["own-part.flac", "how-noticed.flac"]
    sounds = [
        write_wav(folder / f"{number}.wav", resample(read_audio(RECORDINGS / name), 48_000))
        for number, name in enumerate(answers)
    ]
    env = environment(folder, sound_card.env)
    store = SessionStore(folder / "sessions")

    def listening_to(number: int) -> bool:
        if not store.ids():
            return False
        turns = store.load("last").turns
        return len(turns) == number + 1 and turns[number].answer is None

    options = ("--questions", 1, "--probes", 1)
    with (
        sound_card.recorded_loudspeaker() as said,
        running("practice", *options, env=env, folder=folder) as program,
    ):
        for number, sound in enumerate(sounds):
            program.until(lambda: listening_to(number), f"it listens to answer {number}")  # noqa: B023
            sound_card.play_into_microphone(sound)
        done = program.ended()

    assert done.code == 0, done.err
    session = store.load("last")
    assert session.status == "graded"
    assert "recordings" not in session.candidate
    for turn, name in zip(session.turns, answers, strict=False):
        assert turn.answer
        assert jiwer.wer(plain(text_of(name)), plain(turn.answer.text)) < 0.3
    heard = FasterWhisper(fetched("whisper-base")).transcribe(said[0].samples)
    meant = " ".join(turn.asked.text for turn in session.turns)
    assert jiwer.wer(plain(meant), plain(" ".join(word.text for word in heard))) < 0.2
