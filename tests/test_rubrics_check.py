"""What the check finds beyond the schema, and what the shipped content must hold."""

import re
from pathlib import Path

import pytest

from interviewer.asking.utterance import Context
from interviewer.asking.utterance import faults as spoken_faults
from rubrics import starter
from rubrics.check import content_faults, library_faults
from rubrics.library import LIBRARY
from rubrics.load import read, read_text

STARTER = starter.STARTER.read_text("utf-8")

BEHAVIORAL = (LIBRARY / "behavioral.yaml").read_text(encoding="utf-8")
PROBE = "What did not work at first?"


def found(text: str) -> list[str]:
    rubric, document = read_text(text, "pack.yaml")
    return [document.fault(where, what) for where, what in content_faults(rubric)]


@pytest.mark.parametrize(
    ("probe", "said"),
    [
        ("What did not work at first", "must be one question"),
        ("What failed? What did you do?", "must be one question"),
        ("What failed, and how did you notice?", "asks two things at once"),
        ("Great, what did not work at first?", "praises ('Great')"),
        ("What failed, for example the data?", "hints at the answer"),
        ("Did you try a canary first?", "hints at the answer ('Did you try')"),
        ("What failed, who noticed?", "asks two things at once"),
        ("That was clever: what failed?", "praises ('That was clever')"),
        ("What **failed** at first?", "cannot be spoken"),
        ("What failed (if anything)?", "cannot be spoken"),
        ("What did the candidate get wrong?", "cannot be spoken"),
        ("What " + "really " * 30 + "failed?", "has 32 words; shorten it to 30"),
    ],
)
def test_a_probe_that_cannot_be_asked_is_a_fault_with_its_line(probe: str, said: str) -> None:
    text = STARTER.replace(PROBE, f'"{probe}"')
    (line,) = {n for n, one in enumerate(text.splitlines(), 1) if probe in one}
    assert any(one.startswith(f"pack.yaml:{line}: ") and said in one for one in found(text))


@pytest.mark.parametrize(
    "probe", ["What did you try before it failed?", "What happens once it fails and is then lost?"]
)
def test_an_open_probe_is_no_fault(probe: str) -> None:
    assert found(STARTER.replace(PROBE, probe)) == found(STARTER)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("criterion: evidence", "criterion: clarity", "no question has a point for 'evidence'"),
        (
            "statement: Says what did not work",
            "statement: Is it said what did not work?",
            "question",
        ),
        ("cues: [at first, failed", "cues: [failed, failed", "'failed' is there twice"),
        ("cues: [used by, so that, customers use, in order to]", "cues: [used by]", "cues: has 1"),
        ("cues: [percent, went from,", "cues: [percent, to,", "every answer holds 'to'"),
        ("one: No result.", "one: A result without a size.", "two levels read the same"),
        ("How did you measure whether it worked?", PROBE, "is there twice"),
        ("Hi, I'm {name}. I'll", "Hi " + "there " * 40, "opening: has"),
        ("Hi, I'm {name}. I'll", "Hi, I'm {name} & I'll", "opening: cannot be spoken ('&')"),
        ("What was your part in it?", "What " + "really " * 60 + "?", "text: has"),
        ("What was your part in it?", "What was your part (roughly)?", "text: cannot be spoken"),
        ("Any project that you", "Any project/task that you", "answer: cannot be spoken ('/')"),
        ("What did you give up in order", "Great, what did you give up", "deepening.0: praises"),
        ("their own part from that", "their " + "own " * 30 + "part from", "statement: has"),
    ],
)
def test_content_that_cannot_be_used_is_a_fault(old: str, new: str, said: str) -> None:
    assert old in STARTER
    assert any(said in one for one in found(STARTER.replace(old, new, 1)))


def test_a_question_with_nothing_but_faults_is_a_fault() -> None:
    start, end = STARTER.index("\nquestions:"), STARTER.index("    # For somebody who has said")
    faults_only = re.sub(
        r"(\n        weight: .*)", r"\1\n        negative: true", STARTER[start:end]
    )
    text = STARTER[:start] + faults_only + STARTER[end:]
    assert any("points: all are negative" in one for one in found(text))


def test_an_outline_of_a_few_words_is_a_fault() -> None:
    text = STARTER[: STARTER.index("    outline:")] + "    outline: Says it all.\n"
    text += "vocabulary: [a1, b2, c3, d4, e5]\n"
    assert any("outline: has 3 words" in one for one in found(text))


def test_the_library_minimums_are_more_than_a_starter_holds() -> None:
    rubric, _ = read_text(STARTER, "pack.yaml")
    told = [what for _, what in library_faults(rubric)]
    assert "has 1; a round needs 12" in told
    assert "has 5 terms; a round needs 40" in told
    assert "has 4; a question needs 5 to 8" in told


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.yaml")), ids=lambda path: path.stem)
def test_whatever_is_written_to_be_asked_passes_the_interviewers_own_rules(path: Path) -> None:
    rubric = read(path)[0]
    for question in rubric.questions:
        written = [point.probe for point in (*question.points, *rubric.general_points())]
        for text in (*written, *question.deepening):
            assert spoken_faults(text, Context(question=question.text, probe=text)) == (), text


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_question_rewards_more_than_it_punishes_and_names_a_fault(path: Path) -> None:
    for question in read(path)[0].questions:
        good = sum(point.weight for point in question.points if not point.negative)
        bad = sum(point.weight for point in question.points if point.negative)
        assert 0 < bad < good, question.id


def test_the_topics_that_the_behavioral_round_must_have_are_there() -> None:
    rubric, _ = read_text(BEHAVIORAL, "behavioral.yaml")
    assert {
        "unexpected_harm", "explain_to_laypeople", "production_failure", "pushback_with_data",
    } <= {one.id for one in rubric.questions}  # fmt: skip
