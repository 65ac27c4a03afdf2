"""Each command gets the models that it asks, and no others: they are large."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from interviewer.cli import main
from interviewer.errors import InterviewError
from interviewer.models import catalogue, installed
from tests.test_gate import ANSWER
from voice.audio import write_audio
from voice.seams import RATE, Clip

EMBEDDING = {catalogue.EMBEDDING}
LANGUAGE = {catalogue.LANGUAGE}
RECOGNISER = {catalogue.RECOGNISER}
SERVER = ("--llm", "http://127.0.0.1:9/v1", "--model", "any")
GRADE = ("--round", "behavioral")


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        (("grade", "answer.txt", *GRADE), EMBEDDING),
        (("grade", "answer.wav", "answer.txt", *GRADE), EMBEDDING | RECOGNISER),
        (("grade", "answer.txt", *GRADE, "--grader", "judge"), EMBEDDING | LANGUAGE),
        (("grade", "answer.txt", *GRADE, "--grader", "judge", *SERVER), EMBEDDING),
        (
            (
                "grade",
                "answer.txt",
                *GRADE,
                "--grader",
                "judge",
                *SERVER,
                "--second-llm",
                "embedded",
            ),
            EMBEDDING | LANGUAGE,
        ),
        (("grade", "0000"), EMBEDDING),
        (("calibrate", "rows.jsonl"), EMBEDDING),
        (("calibrate", "rows.jsonl", "--grader", "judge"), EMBEDDING | LANGUAGE),
        (("probe", "answer.txt", *GRADE), EMBEDDING | LANGUAGE),
        (("probe", "We rolled it back at once.", *GRADE, "--llm", "scripted"), EMBEDDING),
        (("probe", "answer.wav", *GRADE), EMBEDDING | LANGUAGE | RECOGNISER),
        (("practice", "--candidate", "answer.wav"), set(catalogue.MODELS)),
        (("practice", "--candidate", "answer.wav", *SERVER), set(catalogue.MODELS) - LANGUAGE),
    ],
    ids=lambda one: " ".join(one if isinstance(one, tuple) else sorted(one)),
)
def test_only_what_a_command_asks_is_fetched(
    command: tuple[str, ...], wanted: set[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[set[str]] = []

    def fetch(names: Sequence[str], progress: object = None) -> None:
        asked.append(set(names))
        raise InterviewError("There is no network.")

    monkeypatch.chdir(home)
    monkeypatch.setattr(installed, "fetch", fetch)
    Path("answer.txt").write_text(ANSWER, "utf-8")
    row = '{"question": "Why?", "answer": "x", "level": 4}\n'
    Path("rows.jsonl").write_text(row * 2, "utf-8")
    write_audio(Path("answer.wav"), Clip(np.zeros(RATE, np.float32), RATE))
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert "There is no network." in result.output
    assert asked == [wanted]
