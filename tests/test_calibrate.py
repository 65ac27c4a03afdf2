import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmarks import seen
from benchmarks.jsonl import rows_of
from interviewer.cli import COMMANDS
from interviewer.commands.calibrate import calibrate as command
from interviewer.errors import InterviewError
from interviewer.judging import calibration
from interviewer.judging.calibrate import AnswerGrader, Calibration, calibrate
from interviewer.judging.datasets import ScoredAnswer, read
from interviewer.judging.linear import trained
from interviewer.judging.seen import mark, seen_by
from interviewer.offline import measuring
from interviewer.text.embedding import Embedder
from rubrics.library import find
from rubrics.model import Question, Rubric
from sessions.model import GraderInfo, Scorecard, Word
from tests.test_gate import ANSWER, QUESTION

WEAK = (
    "So basically you know it's really important to have good monitoring and you would do things."
)


TRAINING = Path(__file__).parent.parent / "benchmarks" / "answers"
EVENTS = ("failure", "bad release", "data loss", "false alarm", "wrong forecast")


def rows(path: Path, events: Sequence[str] = EVENTS[:2], **more: object) -> Path:
    """Three answers to a question about each event."""
    lines = [
        {"question": asked, "answer": text, "score": score, "scale": [0, 2], **more}
        for asked in (QUESTION.replace("failure", event) for event in events)
        for text, score in ((ANSWER, 2), (WEAK, 0), ("fine.", 0))
    ]
    path.write_text("\n".join(json.dumps(one) for one in lines), "utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{}", "question"),
        ("nonsense", "row"),
        ('{"question": "Why?", "answer": "x", "score": 3, "scale": [0, 2]}', "does not lie"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    path = rows(tmp_path / "data.jsonl")
    path.write_text(path.read_text("utf-8") + "\n" + line, "utf-8")
    with pytest.raises(InterviewError, match="data.jsonl:7: .*" + told):
        read(path)


def test_only_a_line_feed_ends_a_row_and_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    one = {"question": "Why now?", "answer": "one\u2028two\x85three", "level": 4}
    line = json.dumps(one, ensure_ascii=False)
    path.write_bytes(f"\ufeff{line}\r\n\r\n{line}\n".encode())
    assert [row.answer for row in read(path)] == [one["answer"]] * 2
    assert [row["answer"] for row in rows_of(path)] == [one["answer"]] * 2
    with path.open("a", encoding="utf-8") as file:
        file.write("nonsense")
    with pytest.raises(InterviewError, match=r"data\.jsonl:4: row"):
        read(path)


def test_a_level_without_a_score_is_a_level_by_construction(tmp_path: Path) -> None:
    path = tmp_path / "levels.jsonl"
    one = {"question": "Why now?", "answer": "x", "level": 4}
    path.write_text(json.dumps(one) + "\n" + json.dumps(one), "utf-8")
    row = read(path)[0]
    assert (row.score, row.scale, row.scored_by) == (4, (1, 5), "construction")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(calibration.FOLDER_VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.mark.slow
def test_the_result_is_kept_and_said_on_scorecards(
    kept: Path, tmp_path: Path, embedder: Embedder
) -> None:
    path = rows(tmp_path / "data.jsonl", EVENTS, scored_by="people", round="behavioral")
    result = CliRunner().invoke(command, [str(path), "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert set(found["table"]) == {"embedded", "length", "number share", "term overlap"}
    assert found["rows"] == 15
    assert found["questions"] == 5
    assert found["not_kept"] is None
    figures = found["table"]["embedded"]
    assert figures["pairwise"]["value"] == 1, figures
    assert figures["pairwise"]["low"] <= figures["pairwise"]["value"]
    assert "Agreement with people's scores" in calibration.stated("embedded", "Shipped.")
    assert calibration.stated("embedded", "Shipped.", model="another") == "Shipped."


class ByLength:
    """A grader that counts words."""

    info = GraderInfo(name="by length", model="none", measured_on="")

    def __init__(self, info: GraderInfo = info) -> None:
        self.info = info

    def grade_answer(
        self, rubric: Rubric, question: Question | None, asked: str, words: Sequence[Word]
    ) -> Scorecard:
        overall = min(5.0, 1 + len(words) / 50)
        return Scorecard(
            grader=self.info, criteria=(), points=(), overall=overall, unscored=None, delivery=()
        )


def by_length(
    answers: Sequence[ScoredAnswer],
    progress: Callable[[str, float], None] = lambda what, share: None,
    grader: AnswerGrader | None = None,
) -> Calibration:
    """What is found about a grader that needs no model."""
    rubric = find("behavioral")
    asked = rubric, rubric.questions[0]
    return calibrate("data", answers, grader or ByLength(), lambda row: asked, None, progress)


@pytest.mark.parametrize(
    ("by", "sentence"),
    [
        ("people", "Agreement with people's scores"),
        ("construction", "not with people"),
        ("unknown", "unknown origin"),
    ],
)
def test_only_what_people_scored_is_called_agreement_with_people(
    tmp_path: Path, by: str, sentence: str
) -> None:
    answers = read(rows(tmp_path / "data.jsonl", scored_by=by))
    assert sentence in by_length(answers).sentence


def test_what_was_never_scored_cannot_be_compared(tmp_path: Path) -> None:
    class Unsure(ByLength):
        def grade_answer(self, *_: object) -> Scorecard:  # type: ignore[override]
            return Scorecard(
                grader=self.info, criteria=(), points=(), overall=None, unscored="?", delivery=()
            )

    answers = read(rows(tmp_path / "data.jsonl"))
    with pytest.raises(InterviewError, match="None of the 6 answers could be scored"):
        by_length(answers, grader=Unsure())


def test_json_has_null_for_a_figure_that_the_rows_do_not_have(tmp_path: Path) -> None:
    answers = read(rows(tmp_path / "data.jsonl"))[:1]
    found = by_length(answers)
    plain = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert plain["table"]["by length"]["pairwise"]["value"] is None
    assert "order of pairs" not in found.sentence


def test_a_damaged_result_is_told_with_what_to_do(kept: Path) -> None:
    kept.mkdir(parents=True)
    (kept / "embedded.json").write_text("{broken", "utf-8")
    with pytest.raises(InterviewError, match="is damaged"):
        calibration.stated("embedded", "Shipped.")


def test_nothing_kept_says_what_was_shipped(kept: Path) -> None:
    assert calibration.stated("judge", "Not measured.") == "Not measured."


@pytest.mark.slow
@pytest.mark.parametrize("name", ["spoken", "later", "latest"])
def test_answers_that_the_grader_was_fitted_on_are_no_measurement_of_it(name: str) -> None:
    answers = read(TRAINING / f"{name}.jsonl")
    strange = [answers[0].model_copy(update={"answer": ANSWER})]
    grader = ByLength(replace(ByLength.info, name="embedded"))
    found = by_length([*answers, *strange], grader=grader)
    assert found.seen == len(answers)
    assert found.not_kept is not None
    assert found.sentence == (
        f"{len(answers)} of {len(answers) + 1} answers were used to fit this grader: "
        "this is no measurement of it."
    )
    assert by_length(answers).seen == 0  # Another grader has not seen them.


@pytest.mark.slow
def test_a_row_with_a_reference_is_held_against_what_its_reader_was_fitted_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Reader:
        def level(self, question: str, reference: str, answer: str) -> float:
            return 3.0

    fitted = {"reference": frozenset({mark(QUESTION, ANSWER)})}
    monkeypatch.setattr(
        "interviewer.judging.calibrate.seen_by", lambda fit: fitted.get(fit, frozenset())
    )
    answers = read(rows(tmp_path / "data.jsonl", EVENTS, reference="It failed."))
    rubric = find("behavioral")
    reader: Any = Reader()
    found = calibrate(
        "data", answers, ByLength(), lambda row: (rubric, rubric.questions[0]), reader, print
    )
    assert found.seen == 5
    assert by_length(answers).seen == 0


@pytest.mark.slow
def test_what_is_no_measurement_is_said_and_not_kept(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = read(TRAINING / "latest.jsonl")
    found = by_length(answers, grader=ByLength(replace(ByLength.info, name="embedded")))
    monkeypatch.setattr(measuring, "measure", lambda *given: found)
    result = CliRunner().invoke(command, ["latest.jsonl"])
    assert "90 of 90 answers were used to fit this grader" in result.stdout
    assert "\nNot kept: " in result.stdout
    assert json.loads(CliRunner().invoke(command, ["latest.jsonl", "--json"]).stdout)["seen"] == 90
    assert not kept.exists()


@pytest.mark.parametrize(("fit", "counted"), [("embedded", "level"), ("reference", "reference")])
def test_as_many_answers_are_known_as_the_shipped_weights_were_fitted_on(
    fit: str, counted: str
) -> None:
    told = re.search(r"(\d+) (written|exam) answers", trained(counted)["measured_on"])
    assert told is not None
    # Some of an exam's answers are given twice.
    assert 0.9 * int(told[1]) <= len(seen_by(fit)) <= int(told[1])


def test_an_answer_is_known_whatever_its_case_and_points() -> None:
    said = "We rolled it back, and then\nI wrote a test for the late table."
    spoken = "we rolled it back  and then i wrote a test for the LATE table"
    assert mark("What?", said) == mark("Anything else?", spoken)
    assert mark("What?", said) != mark("What?", f"{said} It failed.")


def test_a_short_answer_is_known_only_with_its_question() -> None:
    assert mark("What is a stack?", "A list.") == mark("what is a stack", "a list")
    assert mark("What is a stack?", "A list.") != mark("What is a queue?", "A list.")


def test_a_fit_keeps_its_marks_beside_those_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen, "PLACE", tmp_path / "seen.json")
    one, other = ({"question": QUESTION, "answer": text} for text in (ANSWER, WEAK))
    seen.keep("embedded", [one])
    seen.keep("reference", [one, other, other])
    seen.keep("embedded", [other])
    kept = json.loads((tmp_path / "seen.json").read_text("utf-8"))
    assert kept["embedded"] == [mark(QUESTION, WEAK)]
    assert kept["reference"] == sorted(mark(QUESTION, text) for text in (ANSWER, WEAK))


@pytest.mark.parametrize("as_json", [True, False])
def test_fewer_than_five_questions_give_no_interval_and_nothing_is_kept(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    found = by_length(read(rows(tmp_path / "data.jsonl", EVENTS[:4], scored_by="people")))
    monkeypatch.setattr(measuring, "measure", lambda *given: found)
    result = CliRunner().invoke(command, ["data.jsonl", *(["--json"] if as_json else [])])
    assert result.exit_code == 0, result.output
    assert not kept.exists()
    assert "[" not in found.sentence
    if as_json:
        plain = json.loads(result.stdout)
        kappa = plain["table"]["by length"]["qwk"]
        assert kappa["value"] > 0
        assert kappa["low"] is kappa["high"] is None
        assert "fewer than 5 questions" in plain["not_kept"]
    else:
        assert f"{found.table['by length']['qwk'].value:.2f} —" in result.stdout
        assert "Not kept: answers to fewer than 5 questions" in result.stdout


@pytest.mark.slow
def test_from_five_questions_on_there_are_intervals(tmp_path: Path) -> None:
    found = by_length(read(rows(tmp_path / "data.jsonl", EVENTS)))
    assert found.not_kept is None
    assert "[" in found.sentence


def test_in_a_file_a_long_run_says_every_tenth_how_far_it_is(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def measured(*given: object) -> Calibration:
        progress = given[-1]
        assert callable(progress)
        for share in (0.5, 1.0):
            progress("fetching a model", share)
        return by_length(read(rows(tmp_path / "data.jsonl")) * 12, progress)

    monkeypatch.setattr(measuring, "measure", measured)
    result = CliRunner().invoke(command, [str(tmp_path / "data.jsonl")])
    assert result.exit_code == 0, result.output
    told = [line for line in result.stderr.split("\n") if " %: " in line]
    fetched, graded = told[:2], told[2:]
    assert [line.split(":")[0] for line in fetched] == ["50 %", "100 %"]
    assert [line.split(":")[0] for line in graded] == [f"{n}0 %" for n in range(1, 10)]


def test_the_command_can_be_reached() -> None:
    assert COMMANDS["calibrate"] == "calibrate:calibrate"
