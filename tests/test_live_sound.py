"""A whole session of the command line in one room: loudspeaker and microphone hear each other."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from interviewer.models import installed
from tests.soundcard import SoundCard, sound_card, write_wav
from voice.audio import read_audio
from voice.seams import RATE, Clip

__all__ = ["sound_card"]
AUDIO = Path(__file__).parent.parent / "fixtures" / "audio"
INTERVIEW = Path(sys.executable).with_name("interview")
QUESTION = "What was the hardest part of a project that you finished, and what did you do about it?"
OWN_WORDS = {"interviewer", "ready", "hardest"}
"""Words of the interviewer's that no recording holds."""


@contextmanager
def practising(card: SoundCard, *options: str) -> Iterator["subprocess.Popen[str]"]:
    env = card.env | {"PYTHONUNBUFFERED": "1", "MOCK_INTERVIEWER_MODELS": str(installed.root())}
    words = ["practice", "--question", QUESTION, "--llm", "scripted", *options]
    words += ["--sessions", str(card.folder / "sessions")]
    process = subprocess.Popen(
        [INTERVIEW, *words],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until(process: "subprocess.Popen[str]", start: str) -> str:
    """The line that begins so; fails where the program ends without it."""
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(line)
        if line.startswith(start):
            return line
    raise AssertionError("".join(seen))


def session_of(card: SoundCard) -> dict[str, Any]:
    (file,) = (card.folder / "sessions").glob("*/session.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def answers_to(card: SoundCard, process: "subprocess.Popen[str]", names: list[str]) -> None:
    for name in names:
        until(process, "(listening")
        time.sleep(1.0)
        samples = read_audio(AUDIO / f"{name}.flac").samples
        answer = write_wav(card.folder / f"{name}.wav", Clip(samples, RATE))
        card.play_into_microphone(answer)
    until(process, "Interviewer:")


@pytest.mark.slow
@pytest.mark.parametrize("options", [("--barge-in",), ("--no-barge-in",)], ids=["aec", "half"])
def test_it_never_answers_itself(sound_card: SoundCard, options: tuple[str, ...]) -> None:
    if "--barge-in" in options:
        pytest.importorskip("pywebrtc_audio")
    sound_card.echo_on()
    with practising(sound_card, "--probes", "1", *options) as process:
        answers_to(sound_card, process, ["own-part", "the-number"])
        time.sleep(3.0)
        session = session_of(sound_card)
    assert not any(turn["asked"]["interrupted"] for turn in session["turns"])
    answers = [turn["answer"] for turn in session["turns"] if turn["answer"]]
    assert [one["ended_by"] for one in answers] == ["turn", "turn"]
    for answer in answers:
        assert len(answer["words"]) > 30
        assert not OWN_WORDS & {word["text"].lower().strip(".,?!") for word in answer["words"]}


@pytest.mark.slow
def test_a_person_who_interrupts_is_heard_and_what_was_not_said_is_known(
    sound_card: SoundCard,
) -> None:
    pytest.importorskip("pywebrtc_audio")
    sound_card.echo_on()
    samples = read_audio(AUDIO / "own-part.flac").samples
    answer = write_wav(sound_card.folder / "answer.wav", Clip(samples, RATE))
    with practising(sound_card, "--probes", "1", "--barge-in") as process:
        until(process, "Interviewer:")
        time.sleep(5.0)  # The canceller has heard the room by then, and the question goes on.
        sound_card.play_into_microphone(answer)
        until(process, "Interviewer:")
        session = session_of(sound_card)
    turn = session["turns"][0]
    assert turn["asked"]["interrupted"]
    assert turn["asked"]["text"].startswith(turn["asked"]["spoken"])
    assert len(turn["asked"]["spoken"]) < len(turn["asked"]["text"])
    assert len(turn["answer"]["words"]) > 30
