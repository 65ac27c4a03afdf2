"""The example in docs/rubrics.md is a rubric."""

import re
from pathlib import Path

import pytest

from rubrics.check import content_faults
from rubrics.errors import RubricError
from rubrics.load import read_text

DOC = Path(__file__).parent.parent / "docs" / "rubrics.md"


def example() -> str:
    found = re.search(r"```yaml\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_the_example_loads_and_passes_the_check() -> None:
    rubric, _ = read_text(example(), "docs/rubrics.md")
    assert rubric.id == "data_warehouse"
    assert list(content_faults(rubric)) == []


def test_the_faults_that_it_quotes_read_like_those_that_are_given() -> None:
    quoted = re.findall(r"^my_company\.yaml:\d+: \S+ (.*)$", DOC.read_text(encoding="utf-8"), re.M)
    with pytest.raises(RubricError) as misspelled:
        read_text(example().replace("weight: 1.5", "wieght: 1.5"), "my_company.yaml")
    rubric, _ = read_text(example().replace("repair it?", "repair it" + " again" * 25 + "?"), "x")
    (_, too_long), *_ = content_faults(rubric)
    assert len(quoted) == 2
    assert quoted[0] in str(misspelled.value)
    assert quoted[1] == too_long
