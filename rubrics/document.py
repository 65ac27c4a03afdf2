"""A YAML text as plain values that remember their lines.

Stricter than YAML: a key given twice, an alias, a tag or deep nesting is a fault, because each
of them makes a file mean something else than what it seems to say. Dates stay text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from rubrics.errors import RubricError

Location = tuple[str | int, ...]
"""Keys and list indices from the top of the document."""

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]

MAX_DEPTH = 20
"""A rubric nests seven deep; more is a mistake, and would exhaust the stack before long."""
MAX_CHARACTERS = 2_000_000
"""Twenty times the largest round of the library."""

_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Document:
    """One parsed file."""

    origin: str
    """Named in faults: the file's path."""
    root: yaml.Node
    data: dict[str, Value]

    def fault(self, location: Location, message: str) -> str:
        """One line for a person: file, line, key, what is wrong."""
        key = ".".join(str(part) for part in location)
        return f"{self.origin}:{self.line(location)}: {key or 'rubric'}: {message}"

    def line(self, location: Location) -> int:
        """The line (from 1) of the innermost part of `location` that exists."""
        node, line = self.root, self.root.start_mark.line
        for part in location:
            found = _child(node, part)
            if found is None:
                break
            line, node = found
        return line + 1


def parse(text: str, origin: str) -> Document:
    """Parse a mapping; raises `RubricError` naming file and line."""
    if len(text) > MAX_CHARACTERS:
        raise RubricError(
            f"{origin}:1: longer than {MAX_CHARACTERS:,} characters; split it into several packs."
        )
    try:
        _refuse_tricks(text, origin)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise RubricError(_yaml_fault(origin, error)) from error
    if not isinstance(root, yaml.MappingNode):
        raise RubricError(
            f"{origin}:1: a rubric is a mapping of keys; run `interview rubrics new` "
            "for one to start from."
        )
    return Document(origin, root, dict(_items(root, origin)))


def top_level_text(text: str, key: str) -> str | None:
    """The text of one key at the top, read no further than to it; None where it is not found, or
    where the text is none that `parse` would take."""
    if len(text) > MAX_CHARACTERS:
        return None
    entries = _top_level(text)
    try:
        for name, value in zip(entries, entries, strict=False):
            if isinstance(name, yaml.ScalarEvent) and name.value == key:
                return str(value.value) if isinstance(value, yaml.ScalarEvent) else None
    except (yaml.YAMLError, UnicodeEncodeError):
        return None
    return None


def _top_level(text: str) -> Iterator[yaml.NodeEvent]:
    """Key, value, key, value, … of the outermost mapping."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif depth == 1 and isinstance(event, yaml.NodeEvent):
            yield event
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        if depth > MAX_DEPTH:
            return


def _refuse_tricks(text: str, origin: str) -> None:
    """Aliases can make a small file endless, deep nesting can exhaust the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            raise RubricError(f"{origin}:{line}: aliases (*name) are not read; write it out here.")
        if depth > MAX_DEPTH:
            raise RubricError(
                f"{origin}:{line}: nested deeper than {MAX_DEPTH} levels; check the brackets."
            )


def _value(node: yaml.Node, origin: str) -> Value:
    if isinstance(node, yaml.MappingNode):
        return dict(_items(node, origin))
    if isinstance(node, yaml.SequenceNode):
        return [_value(one, origin) for one in node.value]
    return _scalar(node, origin)


def _items(node: yaml.MappingNode, origin: str) -> Iterator[tuple[str, Value]]:
    seen: set[str] = set()
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise RubricError(f"{origin}:{line}: a key must be one word; check the brackets.")
        if key.value in seen:
            raise RubricError(
                f"{origin}:{line}: the key '{key.value}' is given twice; keep one of them."
            )
        seen.add(key.value)
        yield key.value, _value(value, origin)


def _scalar(node: yaml.Node, origin: str) -> str | int | float | bool | None:
    kind, text = node.tag.removeprefix(_TAG), str(node.value)
    if kind in ("str", "timestamp", "merge", "value"):
        return text
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("yes", "true", "on")
    if kind in ("int", "float"):
        return _number(text)
    raise RubricError(
        f"{origin}:{node.start_mark.line + 1}: the tag {node.tag} is not read; leave it out."
    )


def _number(text: str) -> int | float | str:
    """Decimal numbers; YAML's other notations (1:30, 0o7, .inf) stay text."""
    for convert in (int, float):
        try:
            return convert(text)
        except ValueError:
            continue
    return text


def _child(node: yaml.Node, part: str | int) -> tuple[int, yaml.Node] | None:
    """Line (from 0) and node of a key's value or of a list's entry."""
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        if part >= len(node.value):
            return None
        return node.value[part].start_mark.line, node.value[part]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return key.start_mark.line, value
    return None


def _yaml_fault(origin: str, error: yaml.YAMLError | UnicodeEncodeError) -> str:
    mark: Any = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
    return f"{origin}:{line}: {problem}. Check indentation and quotes near this line."
