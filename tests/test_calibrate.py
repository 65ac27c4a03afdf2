import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewer.cli import COMMANDS
from interviewer.commands.calibrate import calibrate as command
from interviewer.errors import InterviewError
from interviewer.judging import calibration
from interviewer.judging.calibrate import calibrate
from interviewer.judging.datasets import read
from interviewer.judging.embedding import Embedder
from rubrics.library import find
from rubrics.model import Question, Rubric
from sessions.model import GraderInfo, Scorecard, Word
from tests.test_gate import ANSWER, QUESTION

WEAK = (
    "So basically you know it's really important to have good monitoring and you would do things."
)


def rows(path: Path, **more: object) -> Path:
    lines = [
        {"question": asked, "answer": text, "score": score, "scale": [0, 2], **more}
        for asked in (QUESTION, QUESTION.replace("failure", "bad release"))
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
    path = rows(tmp_path / "data.jsonl", scored_by="people", round="behavioral")
    result = CliRunner().invoke(command, [str(path), "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert set(found["table"]) == {"embedded", "length", "number share", "term overlap"}
    assert found["rows"] == 6
    assert found["questions"] == 2
    figures = found["table"]["embedded"]
    assert figures["pairwise"]["value"] == 1, figures
    assert figures["pairwise"]["low"] <= figures["pairwise"]["value"]
    assert "Agreement with people's scores" in calibration.stated("embedded", "Shipped.")
    assert calibration.stated("embedded", "Shipped.", model="another") == "Shipped."


class ByLength:
    """A grader that counts words."""

    info = GraderInfo(name="by length", model="none", measured_on="")

    def grade_answer(
        self, rubric: Rubric, question: Question | None, asked: str, words: Sequence[Word]
    ) -> Scorecard:
        overall = min(5.0, 1 + len(words) / 50)
        return Scorecard(
            grader=self.info, criteria=(), points=(), overall=overall, unscored=None, delivery=()
        )


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
    rubric = find("behavioral")
    asked = rubric, rubric.questions[0]
    found = calibrate(
        "data", answers, ByLength(), lambda row: asked, None, lambda what, share: None
    )
    assert sentence in found.sentence


def test_what_was_never_scored_cannot_be_compared(tmp_path: Path) -> None:
    class Unsure(ByLength):
        def grade_answer(self, *_: object) -> Scorecard:  # type: ignore[override]
            return Scorecard(
                grader=self.info, criteria=(), points=(), overall=None, unscored="?", delivery=()
            )

    answers = read(rows(tmp_path / "data.jsonl"))
    rubric = find("behavioral")
    asked = rubric, rubric.questions[0]
    with pytest.raises(InterviewError, match="None of the 6 answers could be scored"):
        calibrate("data", answers, Unsure(), lambda row: asked, None, lambda what, share: None)


def test_json_has_null_for_a_figure_that_the_rows_do_not_have(tmp_path: Path) -> None:
    answers = read(rows(tmp_path / "data.jsonl"))[:1]
    rubric = find("behavioral")
    asked = rubric, rubric.questions[0]
    found = calibrate(
        "data", answers, ByLength(), lambda row: asked, None, lambda what, share: None
    )
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


def test_the_command_can_be_reached() -> None:
    assert COMMANDS["calibrate"] == "calibrate:calibrate"
