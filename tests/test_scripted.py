import json
from typing import Literal

import pytest
from pydantic import BaseModel, Field, TypeAdapter

from interviewer.scripted import GENERIC, ScriptedModel
from interviewer.seams import Message


class Part(BaseModel):
    word: str = Field(min_length=3, max_length=10)
    kind: Literal["a", "b"]


class Whole(BaseModel):
    parts: list[Part] = Field(min_length=2)
    level: int = Field(ge=1, le=5)
    share: float = Field(gt=0)
    note: str | None
    sure: bool
    same: Literal["yes"]


def test_it_asks_the_probe_that_was_handed_over() -> None:
    asked = [Message("user", "Probe: Not this.\nAsk now.\nProbe: What number told you to?")]
    assert "".join(ScriptedModel().stream(asked, max_tokens=60)) == "What number told you to?"
    assert ScriptedModel().complete([Message("user", "Hello")], max_tokens=60) == GENERIC


@pytest.mark.parametrize("kind", [Whole, Part])
def test_its_json_fits_the_schema(kind: type[BaseModel]) -> None:
    schema = TypeAdapter(kind).json_schema()
    reply = ScriptedModel().complete([Message("user", "?")], max_tokens=9, schema=schema)
    kind.model_validate(json.loads(reply), strict=True)


def test_a_statement_is_likelier_where_its_words_were_said() -> None:
    def chance(answer: str) -> float:
        text = f"{answer}\nStatement: Names the rollback threshold and the latency\nYes or No?"
        return ScriptedModel().chances([Message("user", text)], ("Yes", "No"))["Yes"]

    assert chance("The rollback threshold was a latency of 80 ms") > 0.6
    assert chance("We had a lovely offsite in Lisbon") < 0.2


def test_chances_add_up_to_one() -> None:
    chances = ScriptedModel().chances([Message("user", "?")], ("a", "b", "c"))
    assert sum(chances.values()) == pytest.approx(1)
