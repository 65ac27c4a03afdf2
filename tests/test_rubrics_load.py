"""Reading rubrics: strict, with errors that a person can act on."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rubrics import starter
from rubrics.document import MAX_CHARACTERS, parse, top_level_text
from rubrics.errors import RubricError
from rubrics.load import read, read_text
from rubrics.model import Rubric

STARTER = starter.STARTER.read_text("utf-8")


def fault(text: str) -> str:
    with pytest.raises(RubricError) as error:
        read_text(text, "pack.yaml")
    return str(error.value)


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


CHANGES = [
    ("minutes: 20", 'minutes: "20"', "minutes: should be a whole number, is the text '20'"),
    ("minutes: 20", "minutes: 20.5", "minutes: should be a whole number"),
    ("minutes: 20", "minutes: 3", "minutes: must be at least 5; raise it"),
    ("minutes: 20", "minutes: 300", "minutes: must be at most 90; lower it"),
    ("minutes: 20", "minuts: 20", "minuts: is not a key here; did you mean 'minutes'?"),
    ("title: My round", "title: 7", "title: should be text, is the number 7; put it in quotes"),
    ("title: My round", "title:", "title: should be text, is empty"),
    ("title: My round", "title: ab", "title: is shorter than 3 characters"),
    ("format: 1\n", "format: 2\n", "format: the number 2 is not known here; use 1"),
    ("negative: true", "negative: 1", "negative: should be true or false, is the number 1"),
    ("topics: [project, ownership]", "topics: project", "topics: should be a list"),
    ("topics: [project, ownership]", "topics: []", "topics: needs 1 or more, has 0; add 1"),
    ("[junior, mid, senior, staff]", "[junior, lead]", "seniority.1: the text 'lead' is not known"),
    ("  mid: Makes own", "  med: Makes own", "med"),
    ("  mid: Makes own decisions and gives their reasons.\n", "", "bar: says nothing about 'mid'"),
    ("criterion: evidence", "criterion: proof", "criterion: no criterion 'proof'; use one of"),
    ("  - id: recent_project", "  - id: Recent Project", "'Recent Project' is not an id"),
    ("      - id: own_part", "      - id: purpose", "id: 'purpose' is used twice"),
    ("      - id: number\n", "      - id: says_purpose\n", "id: 'says_purpose' is used twice"),
    ("        weight: 1.5", "        weight: '1.5'", "weight: should be a number, is the text"),
    ("        weight: 1.5", "        weight: 0", "weight: must be greater than 0"),
    ("        weight: 1.5", "        weight: .nan", "weight: should be a number"),
    ("        weight: 1.5", "        weight: -1", "weight: must be greater than 0"),
    ("    name: Own part", "    nome: Own part", "did you mean 'name'?"),
    ("\nvocabulary: [precision,", "\nvocabulary: [null,", "vocabulary.0: should be text, is empty"),
    ("\nabout: >-", "\nabout: &a >-", None),
    ("\ntitle: My round", "\ntitle: My round\ntitle: Again", "the key 'title' is given twice"),
    ("title: My round", "title: *a", "aliases (*name) are not read"),
    ("title: My round", "title: !!binary aGFsbG8=", "the tag"),
    ("title: My round", "title: [My", "Check indentation and quotes"),
    ("title: My round", "\ttitle: My round", "Check indentation and quotes"),
    ("title: My round", "? [a]\n: b", "a key must be one word"),
]


@pytest.mark.parametrize(("old", "new", "said"), CHANGES)
def test_each_fault_is_named_with_its_remedy(old: str, new: str, said: str | None) -> None:
    assert old in STARTER
    text = STARTER.replace(old, new, 1)
    if said is None:
        assert isinstance(read_text(text, "pack.yaml")[0], Rubric)
    else:
        assert said in fault(text)


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("minutes: 20", 'minutes: "20"', "minutes"),
        ("        weight: 1.5\n", "        wieght: 1.5\n", "wieght"),
        ("criterion: evidence", "criterion: proof", "criterion: proof"),
        ("\nvocabulary: [", "\nvocabulary:\n  - 7\n  - [", "- 7"),
        ("title: My round", "title: My: round", "title"),
    ],
)
def test_the_line_of_the_fault_is_right(old: str, new: str, at: str) -> None:
    text = STARTER.replace(old, new, 1)
    assert fault(text).startswith(f"pack.yaml:{line_of(text, at)}: ")


def test_a_missing_key_is_shown_where_it_belongs() -> None:
    text = STARTER.replace("    name: Own part\n", "")
    message = fault(text)
    assert "criteria.1.name: is missing; add a line `name: …` here" in message
    assert message.startswith(f"pack.yaml:{line_of(text, 'id: ownership')}: ")


def test_all_faults_are_told_at_once() -> None:
    text = STARTER.replace("minutes: 20", "minutes: 2").replace("title: My round", "title: 7")
    assert len(fault(text).splitlines()) == 2


def test_a_list_where_a_mapping_is_due_is_said_in_plain_words() -> None:
    text = STARTER[: STARTER.index("\nbar:")] + "\nbar: [junior]\n"
    assert "bar: should be keys with values, is a list; write `key: value` lines" in fault(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "- a",
        "7",
        "a: {" * 3000,
        "[" * 100_000,
        "a: &a [*a]",
        "a\0b",
        "a: '\x07'",
        "--- 1\n--- 2",
    ],
)
def test_what_is_no_rubric_is_refused_with_a_line(text: str) -> None:
    assert fault(text).startswith("pack.yaml:")


def test_endless_files_are_refused() -> None:
    assert "split it" in fault("a" * (MAX_CHARACTERS + 1))


@pytest.mark.parametrize(
    "make",
    [
        lambda path: None,
        lambda path: path.mkdir(),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        lambda path: path.write_bytes(b""),
    ],
    ids=["missing", "folder", "not UTF-8", "empty"],
)
def test_a_file_that_cannot_be_read_is_named(
    make: Callable[[Path], object], tmp_path: Path
) -> None:
    path = tmp_path / "pack.yaml"
    make(path)
    with pytest.raises(RubricError, match=r"pack\.yaml"):
        read(path)[0]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_text(STARTER, encoding="utf-8-sig")
    assert read(path)[0].title == "My round"


def test_dates_and_odd_numbers_stay_text() -> None:
    data = parse("a: 2024-01-31\nb: 1:30\nc: .inf\nd: 3\ne: 0.5\nf: 'no'", "x").data
    assert data == {"a": "2024-01-31", "b": "1:30", "c": ".inf", "d": 3, "e": 0.5, "f": "no"}


def test_a_top_level_key_is_found_without_reading_on() -> None:
    text = "id: x\nbar: {title: wrong}\nlist: [title, wrong]\ntitle: Right\nbroken: ["
    assert top_level_text(text, "title") == "Right"
    assert top_level_text(text, "nothing") is None


@pytest.mark.parametrize("text", ["a: " + "[" * 100_000, "a: 1\n" * 1_000_000])
def test_what_no_rubric_can_be_is_not_looked_through_for_a_key(text: str) -> None:
    assert top_level_text(text, "title") is None


def test_no_more_faults_are_told_than_anybody_reads() -> None:
    many = "\n".join(f"unknown{number}: 1" for number in range(400))
    lines = fault(f"{STARTER}\n{many}\n").splitlines()
    assert len(lines) == 51
    assert lines[-1] == "pack.yaml: and 350 more; mend these first."


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_bytes_give_a_rubric_or_a_rubric_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pack.yaml"
    path.write_bytes(content)
    rubric_or_error(lambda: read(path)[0])


KEYS = st.sampled_from(["id", "title", "criteria", "questions", "points", "bar", "levels", "x", ""])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS | st.dates() | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | SCALARS, inner, max_size=4),
    max_leaves=15,
)


def dumped(value: object) -> str:
    return str(yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True))


@given(VALUES)
@settings(deadline=None)
def test_any_yaml_gives_a_rubric_or_a_rubric_error(value: object) -> None:
    rubric_or_error(lambda: read_text(dumped(value), "pack.yaml"))


def paths(value: object, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [here] + [path for key, one in inner for path in paths(one, (*here, key))]


VALID = parse(STARTER, "starter").data
PATHS = paths(VALID)[1:]


@given(st.sampled_from(PATHS), VALUES)
@settings(deadline=None)
def test_any_value_anywhere_in_a_good_rubric_gives_a_rubric_or_a_rubric_error(
    path: tuple[str | int, ...], value: object
) -> None:
    data: Any = deepcopy(VALID)
    here = data
    for part in path[:-1]:
        here = here[part]
    here[path[-1]] = value
    rubric_or_error(lambda: read_text(dumped(data), "pack.yaml"))


@given(st.sampled_from(PATHS))
@settings(deadline=None)
def test_whatever_is_taken_out_the_error_names_a_line_of_the_file(
    path: tuple[str | int, ...],
) -> None:
    data: Any = deepcopy(VALID)
    here = data
    for part in path[:-1]:
        here = here[part]
    del here[path[-1]]
    text = dumped(data)
    try:
        read_text(text, "pack.yaml")
    except RubricError as error:
        for line in str(error).splitlines():
            name, number, _ = line.split(":", 2)
            assert name == "pack.yaml"
            assert 1 <= int(number) <= len(text.splitlines())


def rubric_or_error(read: Callable[[], object]) -> None:
    try:
        read()
    except RubricError as error:
        assert str(error)
