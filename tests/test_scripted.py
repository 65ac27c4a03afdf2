import json
from typing import Literal

import pytest
from pydantic import BaseModel, Field, TypeAdapter

from interviewer.llm.scripted import GENERIC, ScriptedModel
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
