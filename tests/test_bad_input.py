"""Whatever goes wrong is told in a line or two, and the session so far is kept."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

from interviewer.cli import main
from interviewer.models import catalogue, installed
from interviewer.offline.answers import read_answer
from sessions.model import Answer
from sessions.store import SessionStore
from tests.bad_server import serving
from tests.conftest import fetched
from tests.program import (
    INTERVIEW,
    RECORDINGS,
    Done,
    beginning,
    environment,
    interview,
    only_session,
)
from tests.test_gate import ANSWER
from voice.audio import read_audio
from voice.resample import resample

MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
"""Runs a program, and then says how much memory it took at most."""
REMOTE = ("--model", "any", "--questions", 1)


def run(*arguments: object) -> Done:
    """In this process, which is fast."""
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Done(result.exit_code, result.stdout, result.stderr)


# --- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.wav", None, "no such file"),
        ("empty.wav", b"", "is empty (0 bytes)"),
        ("corrupt.flac", b"fLaC" + bytes(range(256)) * 9, "cannot be read as sound"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(99), "has no audio stream"),
        ("notes.pdf", b"%PDF-1.7\n" + bytes(99), "cannot be read as sound"),
        ("latin.txt", "Bjørn said it was fine.".encode("latin-1"), "Save it as UTF-8"),
    ],
)
def test_a_file_that_cannot_be_graded_is_named_with_the_reason(
    home: Path, name: str, content: bytes | None, said: str
) -> None:
    path = home / name
    if content is not None:
        path.write_bytes(content)
    done = run("grade", path, "--round", "behavioral")
    told = done.complaint()
    assert name in told and said in told
    assert not done.out


@pytest.mark.slow
def test_telephone_and_stereo_recordings_are_heard_as_well(home: Path) -> None:
    clip = read_audio(RECORDINGS / "own-part.flac")
    telephone = resample(clip, 8_000)
    soundfile.write(home / "a-telephone.wav", telephone.samples, 8_000)
    both = np.stack([clip.samples, 0.3 * clip.samples], axis=1)
    soundfile.write(home / "b-stereo.wav", both, clip.rate)
    options = ("--round", "behavioral", "--json")
    done = interview("grade", *sorted(home.glob("*.wav")), *options, env=environment(home))
    assert done.code == 0, done.err
    results = [json.loads(line) for line in done.out.splitlines()]
    assert len(results) == 2
    for result in results:
        assert len(result["words"]) > 30
        assert "colleague" in result["transcript"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory in other units")
def test_an_hour_is_graded_within_modest_memory(home: Path) -> None:
    fetched(catalogue.RECOGNISER)
    rate = 16_000
    hour = np.random.default_rng(0).normal(0, 3e-4, 3600 * rate).astype(np.float32)
    speech = read_audio(RECORDINGS / "own-part.flac").samples
    for minute in (1, 30, 58):
        hour[minute * 60 * rate :][: len(speech)] += speech
    path = home / "hour.flac"
    soundfile.write(path, hour, rate)

    command = [sys.executable, "-c", MEASURED, INTERVIEW, "grade", path]
    done = subprocess.run(
        [*map(str, command), "--round", "behavioral", "--json"],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    starts = [word["start"] for word in json.loads(done.stdout)["words"]]
    for minute in (1, 30, 58):
        assert any(minute * 60 - 1 < start < minute * 60 + 25 for start in starts)
    used = int(done.stderr.splitlines()[-1])
    assert 200_000 < used < 2_000_000, "kilobytes"


def test_a_fault_of_the_program_in_one_answer_leaves_the_others(
    home: Path, embedder: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (home / name).write_text(ANSWER, encoding="utf-8")

    def read(path: Path, *others: Any) -> Answer:  # noqa: ANN401
        if path.name == "a.txt":
            raise TypeError("a number was expected")
        return read_answer(path, *others)

    monkeypatch.setattr("interviewer.offline.batch.read_answer", read)
    options = ("--round", "behavioral", "--json", "--llm", "scripted")
    done = run("grade", home / "a.txt", home / "b.txt", *options)
    assert done.code == 1
    assert [Path(json.loads(line)["path"]).name for line in done.out.splitlines()] == ["b.txt"]
    told = " ".join(done.err.split())
    assert (
        "a.txt: a fault of this program, please report it: TypeError in test_bad_input.py" in told
    )


# --- names and folders -------------------------------------------------------------------------


def test_an_unknown_round_is_told_with_those_that_exist(home: Path) -> None:
    for command in ("practice", "grade"):
        more = ("x.txt",) if command == "grade" else ()
        told = run(command, *more, "--round", "behavioural").complaint()
        assert "No round 'behavioural'. Did you mean behavioral? There are: behavioral" in told


def test_a_saved_session_is_graded_whatever_round_is_the_default(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCK_INTERVIEWER_ROUND", "full_loop")
    told = run("grade", "last", "--sessions", home / "none").complaint()
    assert f"There are no sessions in {home / 'none'} yet" in told
    assert "belongs to one round" in run("grade", "x.txt").complaint()


def test_a_broken_pack_is_told_with_file_and_line(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "mine.yaml").write_text("id: mine\ntitle: [unclosed\n", encoding="utf-8")
    monkeypatch.setenv("MOCK_INTERVIEWER_RUBRICS", str(home))
    told = run("practice", "--round", "mine").complaint()
    assert "mine.yaml:" in told


@pytest.mark.slow
@pytest.mark.parametrize("place", ["a file", "a locked folder"])
def test_a_folder_that_takes_no_sessions_is_told(home: Path, place: str) -> None:
    folder = home / "folder"
    if place == "a file":
        folder.write_text("in the way")
    elif os.geteuid() == 0:
        folder = Path("/proc/self/sessions")  # No permission stops root elsewhere.
    else:
        folder.mkdir(mode=0o500)
    options = ("--sessions", folder, "--llm", "scripted")
    told = interview("practice", *options, env=environment(home)).complaint()
    assert str(folder) in told


@pytest.mark.slow
def test_a_disk_that_fills_up_ends_the_interview_and_keeps_it(home: Path) -> None:
    answer = RECORDINGS / "production-failure.flac"
    options = ("--candidate", answer, "--llm", "scripted", "--questions", 1)
    done = interview("practice", *options, env=environment(home), largest=600_000)
    told = done.complaint()
    assert "000-candidate.flac" in told and "disk" in told
    session = only_session(home)
    assert session.status == "ended"
    assert session.turns[0].asked.text
    heard = SessionStore(home / "sessions").path(session.id) / "000-candidate.flac"
    assert read_audio(heard).seconds > 10


# --- language models ---------------------------------------------------------------------------


@contextmanager
def nobody() -> Iterator[str]:
    """A URL that no server answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("401", "OPENAI_API_KEY"),
        ("429", "Wait a while"),
        ("500", "failed on its side"),
        ("garbage", "no JSON"),
        ("cut", "stopped in the middle"),
    ],
)
def test_a_failing_language_model_ends_the_interview_and_keeps_it(
    tmp_path: Path, way: str, said: str
) -> None:
    answer = beginning("own-part.flac", 6, tmp_path)
    env = environment(tmp_path) | {"OPENAI_API_KEY": "secret-key"}
    with serving("well", way) as server:  # It is asked once before the first question.
        llm = server.url
        done = interview("practice", "--candidate", answer, "--llm", llm, *REMOTE, env=env)
    told = done.complaint()
    assert said in told
    assert "secret-key" not in done.out + done.err
    assert f"interview resume {only_session(tmp_path).id}" in told
    session = only_session(tmp_path)
    assert session.status == "ended"
    assert session.ended_by and session.ended_by in told
    assert session.turns[0].answer and session.turns[0].answer.text
    assert interview("show", "last", env=env).code == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("down", "cannot be reached"),
        ("503", "failed on"),
        ("only thinks", "Choose a model that answers without long thinking"),
    ],
)
def test_a_language_model_that_is_not_there_is_told_before_the_first_question(
    tmp_path: Path, way: str, said: str
) -> None:
    with nobody() as url, serving(way) as server:
        llm = url if way == "down" else server.url
        done = interview("practice", "--llm", llm, *REMOTE, env=environment(tmp_path))
    assert said in done.complaint()
    assert not list(tmp_path.glob("sessions/*/session.json"))


@pytest.mark.slow
def test_a_server_that_is_only_slow_is_waited_for(tmp_path: Path) -> None:
    answer = beginning("own-part.flac", 6, tmp_path)
    with serving("slow") as server:
        options = ("--candidate", answer, "--llm", server.url, "--probes", 1, *REMOTE)
        done = interview("practice", *options, env=environment(tmp_path))
    assert done.code == 0, done.err
    assert only_session(tmp_path).status == "graded"


# --- models on this machine --------------------------------------------------------------------


@pytest.fixture
def damaged(home: Path, embedder: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of models, one of them damaged, on a machine without network."""
    here = installed.path(catalogue.EMBEDDING)
    place = home / "models" / catalogue.EMBEDDING
    place.mkdir(parents=True)
    for file in here.iterdir():
        content = file.read_bytes()
        (place / file.name).write_bytes(content[:-1] + b"!" if file.suffix == ".onnx" else content)
    monkeypatch.setenv("MOCK_INTERVIEWER_MODELS", str(home / "models"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    return place


def test_a_model_with_a_wrong_digest_is_found(damaged: Path) -> None:
    done = run("models", "check", catalogue.EMBEDDING)
    assert done.code == 1
    assert "wrong" in done.out
    assert "interview models fetch" in done.err


def test_a_model_with_a_wrong_digest_is_never_used(damaged: Path) -> None:
    told = run("probe", "x.txt", "--round", "coding", "--llm", "scripted").complaint()
    assert catalogue.EMBEDDING in told
