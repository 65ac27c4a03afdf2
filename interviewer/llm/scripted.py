"""The language model of `--llm scripted`: no model at all, for trying the program out.

It is instant, needs no download and always gives the same reply. It asks the probe that the
director hands over (the line `Probe: …` of the last message), and fills JSON with the least that
its schema allows. It understands nothing, and its reports say so through the model's name.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from interviewer.errors import InterviewError
from interviewer.seams import Message
from sessions.model import ModelUsed

GENERIC = "Can you give me one concrete example of that?"
"""Asked where no probe was handed over."""
_FILLER = "The scripted model has no opinion on this."


class ScriptedModel:
    """Implements `interviewer.seams.LanguageModel` without a model."""

    strong = False

    def __init__(self) -> None:
        """Nothing to load."""
        self.used = ModelUsed(
            role="language", engine="scripted", name="scripted", digest=None, remote=False
        )

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Iterator[str]:
        """Yield the probe word by word."""
        words = (_line(messages, "Probe:") or GENERIC).split()
        for index, word in enumerate(words[:max_tokens]):
            yield word if index == 0 else f" {word}"

    def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
    ) -> str:
        """The probe; or the least JSON that fits the schema."""
        if schema is None:
            return "".join(self.stream(messages, max_tokens=max_tokens))
        import json

        return json.dumps(least(schema, schema))

    def warm(self, messages: Sequence[Message]) -> None:
        """Nothing to warm."""

    def close(self) -> None:
        """Nothing to end."""


def _line(messages: Sequence[Message], label: str) -> str:
    """The rest of the last line with that label in the last message; empty where there is none."""
    lines = messages[-1].content.splitlines() if messages else []
    found = [line.removeprefix(label).strip() for line in lines if line.startswith(label)]
    return found[-1] if found else ""


def least(schema: Mapping[str, Any], root: Mapping[str, Any]) -> object:
    """The smallest value that fits a JSON schema of the kind that pydantic makes.

    Raises `InterviewError` for a schema of another kind.
    """
    if "$ref" in schema:
        return least(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return least(schema[several][-1 if several == "anyOf" else 0], root)
    return _of_type(schema, root)


def _of_type(schema: Mapping[str, Any], root: Mapping[str, Any]) -> object:
    kind = schema.get("type")
    if kind == "object":
        properties = schema.get("properties", {})
        wanted = schema.get("required", list(properties))
        return {name: least(properties.get(name, {"type": "null"}), root) for name in wanted}
    if kind == "array":
        return [least(schema["items"], root) for _ in range(schema.get("minItems", 0))]
    if kind == "string":
        text = _FILLER[: schema.get("maxLength", len(_FILLER))]
        return text.ljust(schema.get("minLength", 0), ".")
    if kind in ("integer", "number"):
        return schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
    if kind in ("boolean", "null"):
        return False if kind == "boolean" else None
    raise InterviewError(f"The scripted model cannot fill this schema: {dict(schema)}.")
