"""Old session files stay readable."""

from pathlib import Path
from typing import Any

import pytest

from sessions.document import decoded, schema
from sessions.errors import SessionError
from sessions.migrate import CURRENT, STEPS, migrated
from sessions.model import Session
from sessions.schema import text

ROOT = Path(__file__).parent.parent
FILES = ROOT / "tests" / "data" / "sessions"


@pytest.mark.parametrize("version", range(1, CURRENT + 1))
def test_a_file_of_every_version_is_read(version: int) -> None:
    path = FILES / f"format-{version}.json"
    session = decoded(path.read_bytes(), str(path))
    assert session.format == CURRENT
    assert session.scorecard is not None
    assert [turn.kind for turn in session.turns] == ["question", "follow_up", "question", "closing"]
    assert session.turns[1].answer is not None
    assert session.turns[1].answer.words[5].text == "back"


def test_every_older_version_has_a_step_and_the_types_agree_on_the_present_one() -> None:
    assert set(STEPS) == set(range(1, CURRENT))
    assert Session.format == CURRENT


def test_steps_are_taken_one_after_the_other() -> None:
    def rename(data: dict[str, Any]) -> dict[str, Any]:
        return {"name": data["title"]}

    def shout(data: dict[str, Any]) -> dict[str, Any]:
        return {"name": data["name"].upper()}

    steps = {1: rename, 2: shout}
    assert migrated({"format": 1, "title": "a"}, steps, 3) == {"format": 3, "name": "A"}
    assert migrated({"format": 2, "name": "a"}, steps, 3) == {"format": 3, "name": "A"}
    assert migrated({"format": 3, "name": "a"}, steps, 3) == {"format": 3, "name": "a"}
    with pytest.raises(SessionError, match="Update mock-interviewer"):
        migrated({"format": 4, "name": "a"}, steps, 3)


def test_the_schema_in_the_docs_is_current() -> None:
    kept = (ROOT / "docs" / "session.schema.json").read_text(encoding="utf-8")
    assert kept == text(), "run: python -m sessions.schema > docs/session.schema.json"


def test_the_docs_explain_every_field() -> None:
    explained = (ROOT / "docs" / "session-format.md").read_text(encoding="utf-8")
    definitions: dict[str, Any] = {"Session": schema(), **schema()["$defs"]}  # type: ignore[dict-item]
    rubric = {"Rubric", "Criterion", "Question", "Point", "GeneralPoint", "Levels", "Fact"}
    for name in definitions.keys() - rubric:
        assert f"### {name}" in explained, name
        section = explained.split(f"### {name}\n")[1].split("\n### ")[0]
        for field in definitions[name]["properties"]:
            assert f"| `{field}` |" in section, f"{name}.{field}"
