"""Check what the schema cannot: that a rubric can be spoken, judged and probed."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from rubrics.asking import HINT, PRAISE, TWO_AT_ONCE
from rubrics.document import Location
from rubrics.errors import RubricError
from rubrics.library import FULL_LOOP, LIBRARY
from rubrics.load import read
from rubrics.model import SENIORITIES, Criterion, GeneralPoint, Question, Rubric

Fault = tuple[Location, str]

LONGEST_PROBE = 30
"""Words; longer ones are lost on a listener."""
LONGEST_QUESTION = 60
LONGEST_OPENING = 40
LEAST_QUESTIONS = 12
LEAST_TERMS = 40
LEAST_OUTLINE = 30
"""Words in which a strong answer can be sketched at all."""
POINTS = range(5, 9)
CUES = range(4, 16)
MOST_STATEMENT = 32
"""Words of one yes/no statement that a small model still decides as a whole."""

_WRITTEN = re.compile(
    r"[*#`_|<>\[\]{}\\~^=()/;&@]|https?:|\n|\betc\b|\b(candidate|rubric|interviewee)\b",
    re.IGNORECASE,
)
_EMPTY_CUES = frozenset(
    "a about after and as at because before but by down for from if in into it less more never no "
    "not now of off on only or since so still than that the then to up very we with without".split()
)
"""Single words that every answer holds: as cues they would say that every point is covered."""


def faults(path: Path) -> tuple[str, ...]:
    """Every fault of a file, a line each, with file, line and key; empty where there is none.

    The rounds of the library are held to its minimums as well (questions, points, terms).
    """
    try:
        rubric, document = read(path)
    except RubricError as error:
        return tuple(str(error).splitlines())
    found = content_faults(rubric)
    if rubric.id == FULL_LOOP:
        found = chain(
            found, [(("id",), "is all rounds of a loop, and never this pack; choose another")]
        )
    elif path.name != f"{rubric.id}.yaml":
        found = chain(found, [(("id",), f"is not the file's name; call the file {rubric.id}.yaml")])
    if path.resolve().parent == LIBRARY.resolve():
        found = chain(found, library_faults(rubric))
    placed = sorted((document.line(where), where, what) for where, what in found)
    return tuple(document.fault(where, what) for _, where, what in placed)


def content_faults(rubric: Rubric) -> Iterator[Fault]:
    """What every rubric must keep to."""
    yield from _length(("opening",), rubric.opening, LONGEST_OPENING)
    yield from _spoken(("opening",), rubric.opening.replace("{name}", "Ada"))
    for c, criterion in enumerate(rubric.criteria):
        yield from _criterion(("criteria", c), criterion)
    for q, question in enumerate(rubric.questions):
        yield from _question(("questions", q), question)
    yield from _doubles(("vocabulary",), rubric.vocabulary)
    yield from _unused_criteria(rubric)


def library_faults(rubric: Rubric) -> Iterator[Fault]:
    """What the rounds of the library must hold besides."""
    if len(rubric.questions) < LEAST_QUESTIONS:
        yield ("questions",), f"has {len(rubric.questions)}; a round needs {LEAST_QUESTIONS}"
    if len(rubric.vocabulary) < LEAST_TERMS:
        yield ("vocabulary",), f"has {len(rubric.vocabulary)} terms; a round needs {LEAST_TERMS}"
    for c, criterion in enumerate(rubric.criteria):
        if len(criterion.points) < 2:
            yield ("criteria", c, "points"), "has one point; a criterion needs 2 to 4"
    for q, question in enumerate(rubric.questions):
        where: Location = ("questions", q)
        if len(question.points) not in POINTS:
            yield (*where, "points"), f"has {len(question.points)}; a question needs 5 to 8"
        if len(question.deepening) < 2:
            yield (*where, "deepening"), "has one; write 2 or 3, so that they do not wear out"
    for seniority in SENIORITIES:
        fitting = sum(seniority in question.seniority for question in rubric.questions)
        if fitting < 5:
            yield ("questions",), f"only {fitting} are for '{seniority}'; a round needs 5"


def _criterion(where: Location, criterion: Criterion) -> Iterator[Fault]:
    levels = criterion.levels
    if len({levels.one, levels.three, levels.five}) < 3:
        yield (*where, "levels"), "two levels read the same; say what tells them apart"
    for p, point in enumerate(criterion.points):
        yield from _point((*where, "points", p), point)


def _question(where: Location, question: Question) -> Iterator[Fault]:
    yield from _length((*where, "text"), question.text, LONGEST_QUESTION)
    yield from _spoken((*where, "text"), question.text)
    yield from _doubles((*where, "wordings"), question.wordings)
    yield from _doubles((*where, "seniority"), question.seniority)
    for p, point in enumerate(question.points):
        yield from _point((*where, "points", p), point)
    yield from _doubles((*where, "points"), [point.probe for point in question.points], "probe")
    if all(point.negative for point in question.points):
        yield (*where, "points"), "all are negative; add what a good answer has"
    for d, text in enumerate(question.deepening):
        yield from _follow_up((*where, "deepening", d), text)
    for f, fact in enumerate(question.facts):
        yield from _spoken((*where, "facts", f, "answer"), fact.answer)
    words = len(question.outline.split())
    if words < LEAST_OUTLINE:
        yield (
            (*where, "outline"),
            f"has {words} words; sketch the answer in {LEAST_OUTLINE} or more",
        )


def _point(where: Location, point: GeneralPoint) -> Iterator[Fault]:
    yield from _follow_up((*where, "probe"), point.probe)
    if "?" in point.statement:
        yield (*where, "statement"), "is a question; state what the answer does"
    yield from _length((*where, "statement"), point.statement, MOST_STATEMENT)
    if len(point.cues) not in CUES:
        yield (*where, "cues"), f"has {len(point.cues)}; list {CUES.start} to {CUES.stop - 1}"
    yield from _doubles((*where, "cues"), point.cues)
    for index, cue in enumerate(point.cues):
        if cue.casefold() in _EMPTY_CUES:
            yield (*where, "cues", index), f"every answer holds '{cue}'; use a longer phrase"


def _follow_up(where: Location, text: str) -> Iterator[Fault]:
    """A question that can be asked as it is, at any moment of a conversation."""
    yield from _length(where, text, LONGEST_PROBE)
    yield from _spoken(where, text)
    if text.count("?") != 1 or not text.rstrip().endswith("?"):
        yield where, "must be one question that ends in its only question mark"
    if match := TWO_AT_ONCE.search(text):
        yield where, f"asks two things at once ('{match.group().strip()}'); keep the better one"
    if match := PRAISE.search(text):
        yield where, f"praises ('{match.group()}'); leave it out"
    if match := HINT.search(text):
        yield where, f"hints at the answer ('{match.group()}'); ask openly"


def _spoken(where: Location, text: str) -> Iterator[Fault]:
    if match := _WRITTEN.search(text):
        yield where, f"cannot be spoken ({match.group()!r}); write it as it is said"


def _length(where: Location, text: str, most: int) -> Iterator[Fault]:
    words = len(text.split())
    if words > most:
        yield where, f"has {words} words; shorten it to {most}"


def _doubles(where: Location, texts: Iterable[str], key: str | None = None) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, text in enumerate(texts):
        if text.casefold() in seen:
            place = (*where, index) if key is None else (*where, index, key)
            yield place, f"'{text}' is there twice; keep one"
        seen.add(text.casefold())


def _unused_criteria(rubric: Rubric) -> Iterator[Fault]:
    used = {point.criterion for question in rubric.questions for point in question.points}
    for c, criterion in enumerate(rubric.criteria):
        if criterion.id not in used:
            yield (
                ("criteria", c, "id"),
                f"no question has a point for '{criterion.id}'; add one or drop the criterion",
            )
