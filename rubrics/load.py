"""Read rubrics from YAML, with errors that name file, line, key and remedy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from rubrics.errors import RubricError
from rubrics.model import Rubric

LIBRARY = Path(__file__).parent / "library"
"""The rounds that come with the product."""

_Location = tuple[str | int, ...]
_rubric = TypeAdapter(Rubric)


def load(path: Path) -> Rubric:
    """Read one rubric.

    Raises `RubricError` with one line for each fault: file, line, key, what is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RubricError(
            f"{path}: cannot be read ({error}). Check the path and its encoding (UTF-8)."
        ) from error
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise RubricError(_yaml_fault(path, error)) from error
    if node is None or not isinstance(data, dict):
        raise RubricError(
            f"{path}:1: a rubric is a mapping of keys; run `interview rubrics new` "
            "for one to start from."
        )
    try:
        rubric = _rubric.validate_python(data)
    except ValidationError as error:
        faults = [_fault(path, node, one["loc"], one["msg"]) for one in error.errors()]
        raise RubricError("\n".join(faults)) from error
    faults = [_fault(path, node, loc, message) for loc, message in _broken_references(rubric)]
    if faults:
        raise RubricError("\n".join(faults))
    return rubric


def _broken_references(rubric: Rubric) -> Iterator[tuple[_Location, str]]:
    """Faults that no single value shows: double ids, criteria that do not exist."""
    criteria = [one.id for one in rubric.criteria]
    yield from _doubles(("criteria",), criteria)
    yield from _doubles(("questions",), [one.id for one in rubric.questions])
    for q, question in enumerate(rubric.questions):
        yield from _doubles(("questions", q, "points"), [one.id for one in question.points])
        for p, point in enumerate(question.points):
            if point.criterion not in criteria:
                yield (
                    ("questions", q, "points", p, "criterion"),
                    f"no criterion '{point.criterion}'; use one of {', '.join(criteria)}",
                )


def _doubles(location: _Location, ids: list[str]) -> Iterator[tuple[_Location, str]]:
    for index, one in enumerate(ids):
        if one in ids[:index]:
            yield (*location, index, "id"), f"'{one}' is used twice; give it another id"


def _fault(path: Path, node: yaml.Node, location: _Location, message: str) -> str:
    key = ".".join(str(part) for part in location)
    return f"{path}:{_line(node, location)}: {key}: {message}"


def _line(node: yaml.Node, location: _Location) -> int:
    """The line (from 1) of the innermost node of `location` that exists."""
    line = node.start_mark.line
    for part in location:
        child = _child(node, part)
        if child is None:
            break
        node = child
        line = node.start_mark.line
    return line + 1


def _child(node: yaml.Node, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part] if part < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    return None


def _yaml_fault(path: Path, error: yaml.YAMLError) -> str:
    mark: Any = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    problem = getattr(error, "problem", None) or "not YAML"
    return f"{path}:{line}: {problem}. Check indentation and quotes near this line."
