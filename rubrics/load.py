"""Read rubrics from YAML, with errors that name file, line, key and remedy."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rubrics.document import Document, Location, parse
from rubrics.errors import RubricError
from rubrics.model import SENIORITIES, Rubric
from rubrics.remedies import remedy

_MOST = 50
"""Faults that are told: nobody reads more, and each takes a walk through the file."""
_rubric = TypeAdapter(Rubric)


def read(path: Path) -> tuple[Rubric, Document]:
    """One rubric and its document, which knows the line of each key.

    Raises `RubricError` with one line for each fault: file, line, key, what is wrong and what
    to do about it.
    """
    return read_text(text_of(path), str(path))


def text_of(path: Path) -> str:
    """What is in the file; raises `RubricError` where that is no text, or cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RubricError(
            f"{path}: cannot be read ({error.strerror or error}). Check the path and its rights."
        ) from error
    except UnicodeDecodeError as error:
        raise RubricError(f"{path}: is not UTF-8 text. Save it in that encoding.") from error


@lru_cache(maxsize=12)
def read_text(text: str, origin: str) -> tuple[Rubric, Document]:
    """The same from a text; `origin` stands in faults in the place of the path.

    The last ones are kept: a round is looked up several times, and takes 40 ms to check.
    """
    document = parse(text, origin)
    try:
        # By way of JSON, because only there strict means "no conversions, but lists are tuples".
        rubric = _rubric.validate_json(json.dumps(document.data), strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        faults = [document.fault(one["loc"], remedy(one)) for one in details[:_MOST]]
        if len(details) > _MOST:
            faults.append(f"{origin}: and {len(details) - _MOST:,} more; mend these first.")
        raise RubricError("\n".join(faults)) from error
    faults = [document.fault(location, message) for location, message in _contradictions(rubric)]
    if faults:
        raise RubricError("\n".join(faults))
    return rubric, document


def _contradictions(rubric: Rubric) -> Iterator[tuple[Location, str]]:
    """Faults that no single value shows: double ids, criteria that do not exist."""
    criteria = [one.id for one in rubric.criteria]
    yield from _doubles(("criteria",), criteria)
    yield from _doubles(("questions",), [one.id for one in rubric.questions])
    general = [(c, p) for c, one in enumerate(rubric.criteria) for p in range(len(one.points))]
    ids: list[str] = []
    for c, p in general:
        identifier = rubric.criteria[c].points[p].id
        if identifier in ids:
            yield ("criteria", c, "points", p, "id"), _twice(identifier)
        ids.append(identifier)
    for q, question in enumerate(rubric.questions):
        yield from _doubles(("questions", q, "points"), [one.id for one in question.points])
        for p, point in enumerate(question.points):
            if point.criterion not in criteria:
                yield (
                    ("questions", q, "points", p, "criterion"),
                    f"no criterion '{point.criterion}'; use one of {', '.join(criteria)}",
                )
    for seniority in SENIORITIES:
        if seniority not in rubric.bar:
            yield ("bar",), f"says nothing about '{seniority}'; add what is expected there"


def _doubles(location: Location, ids: list[str]) -> Iterator[tuple[Location, str]]:
    for index, one in enumerate(ids):
        if one in ids[:index]:
            yield (*location, index, "id"), _twice(one)


def _twice(identifier: str) -> str:
    return f"'{identifier}' is used twice; give it another id"
