"""One answer outside of an interview: its question is found, or honestly not known."""

import csv
import io
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml
from click.testing import CliRunner

from interviewer.cli import main
from interviewer.commands.grade import grade
from interviewer.errors import InterviewError
from interviewer.judging.bank import Bank, mean_of
from interviewer.judging.embedded import EmbeddedGrader
from interviewer.judging.points import PointJudge
from interviewer.judging.relevance import Relevance
from interviewer.offline.kept import place_of
from interviewer.offline.remarks import Remarks
from interviewer.offline.result_table import show
from interviewer.offline.results import Result, result_of
from interviewer.offline.single import check_question, session_of, with_question
from interviewer.record import written_answer
from interviewer.text.embedding import KEPT, Embedder
from interviewer.text.likeness import Likeness
from interviewer.text.sentences import split
from rubrics import library
from rubrics.library import find
from rubrics.model import UNKNOWN
from sessions.document import FILE
from sessions.model import Scorecard
from sessions.store import SessionStore
from tests.example_sessions import graded_session

pytestmark = pytest.mark.slow
"""Each needs a server, a file of some size, or the whole of grading: a third of a second and more."""

FIXTURES = Path(__file__).parent.parent / "fixtures" / "audio"
STORY = (
    "In my last job I owned the model that ranked support tickets. In March I shipped a version "
    "with a text embedding, and offline it looked fine. Four days later I saw that the share of "
    "billing tickets answered within an hour had dropped from 92 to 61 percent. I rolled it back "
    "myself the same morning. It turned out that our new template put the same greeting in front "
    "of every mail. I had never evaluated it per category, that was my mistake. Since then every "
    "release has a check per segment, and a model more than three points down cannot be deployed."
)


def graded(embedder: Embedder, question: str | None) -> Scorecard:
    likeness = Likeness(embedder)
    rubric, asked = with_question(find("behavioral"), question, likeness)
    session = session_of(rubric, asked, written_answer(STORY), ())
    return EmbeddedGrader(PointJudge(embedder)).grade(session, lambda what, share: None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("unexpected_harm", "unexpected_harm"),
        ("Tell me about a model of yours that caused harm nobody had expected.", "unexpected_harm"),
        ("How would you bake a cake for a hundred guests?", "custom"),
    ],
)
def test_a_question_is_found_by_id_and_in_other_words(
    embedder: Embedder, text: str, found: str
) -> None:
    assert with_question(find("behavioral"), text, Likeness(embedder))[1].id == found


def test_without_a_question_an_answer_is_not_held_to_have_missed_it(embedder: Embedder) -> None:
    assert with_question(find("behavioral"), None, Likeness(embedder))[1].text == UNKNOWN
    card = graded(embedder, None)
    assert card.overall is not None and card.overall >= 3
    assert not any("another question" in one.why for one in card.criteria)


def test_the_bank_knows_more_than_the_criteria_alone(embedder: Embedder) -> None:
    with_bank = graded(embedder, "unexpected_harm")
    assert with_bank.overall is not None and with_bank.overall >= 3
    assert {one.question for one in with_bank.points} == {"unexpected_harm"}


@pytest.fixture(scope="module")
def relevance(embedder: Embedder) -> Relevance:
    return Relevance.shipped(embedder)


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.3, 1.0])
@pytest.mark.parametrize("number", range(20))
def test_the_recorded_candidate_is_never_said_to_answer_another_question(
    relevance: Relevance, number: int, share: float
) -> None:
    sheet = yaml.safe_load((FIXTURES / "candidate.yaml").read_text(encoding="utf-8"))
    one = sheet["recordings"][number]
    words = one["text"].split()
    told = split(" ".join(words[: max(25, int(len(words) * share))]))
    assert not relevance.elsewhere(one["round"], one["question"], told)


def test_a_recipe_does_not_answer_a_design_question(relevance: Relevance) -> None:
    told = split(
        "First I wash the potatoes and cut them into thin slices. Then I fry the onions in butter "
        "until they are golden, add the cream, and bake everything for forty minutes at two hundred "
        "degrees. My grandmother always put nutmeg on top, and we ate it on Sundays with salad."
    )
    question = "Design a system that detects fraud on a few hundred thousand card transactions."
    assert relevance.elsewhere("ml_system_design", question, told)


def test_the_kept_vectors_are_those_of_the_library(embedder: Embedder) -> None:
    asked = [one for rubric in library.shipped() for one in rubric.questions]
    with np.load(KEPT, allow_pickle=False) as file:
        kept = {row.tobytes() for row in file["vectors"].astype(np.float32)}
    wordings = embedder.vectors([text for one in asked for text in one.wordings])
    used = {row.tobytes() for side in (*Bank.of(embedder).sides, wordings) for row in side}
    assert used == kept, "run `python -m benchmarks.bank`"
    outlines = [one.outline for one in asked[::20]]
    # A full stop more: they are worked out anew. Other processors' int8 kernels round in other ways.
    fresh = embedder.vectors([f"{one}." for one in outlines])
    assert np.min(np.sum(embedder.vectors(outlines) * fresh, axis=1)) > 0.95


def test_how_people_answer_is_known_for_each_question_of_the_library(embedder: Embedder) -> None:
    weight, intercept = Bank.of(embedder).answered
    assert np.isfinite(intercept).all(), "add answers to benchmarks/labels/bank.jsonl"
    assert np.isfinite(weight).all()


def test_a_changed_library_is_worked_out_anew(
    embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = tuple(replace(one, questions=one.questions[:1]) for one in library.shipped())
    monkeypatch.setattr(library, "shipped", lambda: short)
    assert [side.shape for side in Bank.of(embedder).sides] == [(len(short), 384)] * 3


def test_an_answer_in_a_round_of_somebodys_own_is_judged_without_the_rounds(
    embedder: Embedder,
) -> None:
    relevance = Relevance.shipped(embedder)
    told = split(
        "We keep a holdout of two percent and compare the default rate on it each month. " * 4
    )
    vector = mean_of(embedder.vectors([one.text for one in told]))
    assert relevance.rounds.chances(vector, "my_company") is None
    assert not relevance.elsewhere("my_company", "How do you keep a holdout for defaults?", told)


def test_the_round_that_an_answer_was_given_in_is_the_likeliest(embedder: Embedder) -> None:
    relevance = Relevance.shipped(embedder)
    told = split(
        "I keep a pointer into t and walk along s, and each time the letters are equal the "
        "pointer moves. At the end it is true if the pointer is past the last letter. That is "
        "linear time and constant memory, and an empty string is always a subsequence."
    )
    vector = mean_of(embedder.vectors([one.text for one in told]))
    chances = {name: relevance.rounds.chances(vector, name) for name in relevance.rounds.names}
    assert [name for name, found in chances.items() if found and found[1] == 0.0] == ["coding"]


def test_a_question_is_recognised_by_its_answer(embedder: Embedder) -> None:
    rubric, likeness = find("coding"), Likeness(embedder)
    asked = "Suppose you can't use a library. Talk me through clustering points, and when it stops."
    answer = (
        "I pick k centres at random, assign each point to the nearest centroid, recompute the mean "
        "of each cluster, and iterate until the assignments do not change. An empty cluster gets a "
        "new random centre, and I restart a few times and keep the lowest inertia."
    )
    assert with_question(rubric, asked, likeness)[1].id == "custom"
    assert with_question(rubric, asked, likeness, answer)[1].id == "k_means"


def test_nobody_is_asked_about_a_scenario_of_which_they_never_heard(embedder: Embedder) -> None:
    rubric, likeness = find("llm_rag"), Likeness(embedder)
    asked = (
        "Your RAG system often doesn't find the right passage even though it's in the documents. "
        "How do you find out why, and what do you change about chunking and retrieval?"
    )
    answer = "I'd look at chunk size and overlap, at hybrid search, and at reranking the passages."
    _, found = with_question(rubric, asked, likeness, answer)
    assert found.id == "chunking"
    assert any("these manuals" in point.probe for point in rubric.question("chunking").points)
    assert not any("these manuals" in point.probe for point in found.points)


@pytest.mark.parametrize(
    ("files", "least", "code"),
    [
        (("strong.txt",), 2.5, 0),
        (("strong.txt", "weak.txt"), 2.5, 2),
        (("strong.txt", "german.txt"), 1.0, 2),
        (("weak.txt", "gone.txt"), 2.5, 1),
    ],
)
def test_the_exit_code_tells_a_script_what_was_graded(
    embedder: Embedder, tmp_path: Path, files: tuple[str, ...], least: float, code: int
) -> None:
    german = "Das war so, dass wir das Modell nicht hatten und ich dann auch die Daten nicht sah."
    for name, text in (("strong", STORY), ("weak", "It went fine."), ("german", german)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    options = ["--round", "behavioral", "--llm", "scripted", "--csv", "--fail-under", str(least)]
    done = CliRunner().invoke(grade, [*(str(tmp_path / name) for name in files), *options])
    assert done.exit_code == code, done.output
    rows = {Path(row["path"]).name: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert list(rows) == [name for name in files if name != "gone.txt"]
    for name, row in rows.items():
        overall = float(row["overall"] or 0)
        assert {"strong.txt": overall >= 3, "weak.txt": overall == 1}.get(name, overall == 0)
    told = " ".join(done.stderr.split())
    assert ("gone.txt: there is no such file" in told) == ("gone.txt" in files)


@pytest.mark.parametrize(("path", "cell"), [("=1+2.txt", "'=1+2.txt"), ("a.txt", "a.txt")])
def test_no_cell_of_a_table_is_a_formula(path: str, cell: str) -> None:
    keys = ("overall", "low", "high", "unscored")
    data = {"path": path, "words": [], "criteria": [], **dict.fromkeys(keys)}
    assert Result(data).row()["path"] == cell


def test_odd_file_names_are_printed_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    session = graded_session()
    assert session.scorecard
    names = ["[draft] a.txt", "x[/tmp].txt", os.fsdecode(b"bad\xff.txt")]
    results = [result_of(name, session, session.scorecard, Remarks()) for name in names]
    show(results)
    shown = capsys.readouterr().out
    assert "[draft] a.txt" in shown and "x[/tmp].txt" in shown
    for number, one in enumerate(results):
        path = tmp_path / f"{number}.json"
        one.write(path, "x")
        kept = Result.read(path, "x")
        assert kept and kept.line() == one.line()
    assert results[-1].data["path"] == "bad\ufffd.txt"


@pytest.mark.parametrize("lost", ["words", "criteria", "grader", "path"])
def test_what_could_not_be_shown_is_no_result(tmp_path: Path, lost: str) -> None:
    session, path = graded_session(), tmp_path / "one.json"
    assert session.scorecard
    data = result_of("a.txt", session, session.scorecard, Remarks()).data
    Result({key: value for key, value in data.items() if key != lost}).write(path, "x")
    with pytest.raises(InterviewError, match="no result of ours"):
        Result.read(path, "x")
    assert Result.read(path, "y") is None, "it is made anew"


@pytest.mark.parametrize("given", ["last", "-"])
def test_what_is_no_result_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    store = SessionStore(tmp_path / "sessions")
    session = store.create(graded_session())
    store.close()
    theirs = place_of(given, tmp_path)
    theirs.write_bytes((store.path(session.id) / FILE).read_bytes())
    before = theirs.read_bytes()
    monkeypatch.setattr("interviewer.build.Workshop.fetch", lambda shop, *names: None)
    words = [given, "--round", "behavioral", "--llm", "scripted", "--out", str(tmp_path)]
    kept = [word for word in words if given == "-" or word not in ("--round", "behavioral")]
    with pytest.raises(InterviewError, match="no result of ours"):
        CliRunner().invoke(
            grade, [*kept, "--sessions", str(store.folder)], input=STORY, catch_exceptions=False
        )
    assert theirs.read_bytes() == before
    assert store.load(session.id) == session


def test_what_no_file_can_hold_is_told(tmp_path: Path) -> None:
    with pytest.raises(InterviewError, match="cannot be written"):
        Result({"overall": None, "advice": "\udcff"}).write(tmp_path / "one.json", "x")


@pytest.mark.slow
def test_a_kept_result_counts_only_for_what_it_was_made_from(
    embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, kept = tmp_path / "answer.txt", tmp_path / "kept"

    packs = tmp_path / "packs"
    packs.mkdir()
    monkeypatch.setenv(library.FOLDER_VARIABLE, str(packs))

    def overall(text: str, round_id: str = "behavioral") -> float:
        answer.write_text(text, "utf-8")
        words = [
            str(answer),
            "--round",
            round_id,
            "--llm",
            "scripted",
            "--out",
            str(kept),
            "--json",
        ]
        done = CliRunner().invoke(grade, words, catch_exceptions=False)
        found = json.loads(done.stdout)
        assert found["round"] == round_id
        assert "made_from" not in found
        return float(found["overall"] or 0)

    weak = overall("It went fine.")
    (file,) = kept.iterdir()
    before = file.stat().st_mtime_ns
    assert overall("It went fine.") == weak
    assert file.stat().st_mtime_ns == before, "nothing was graded again"
    assert overall(STORY) > weak
    overall(STORY, "coding")
    graded = file.stat().st_mtime_ns
    pack = (library.LIBRARY / "coding.yaml").read_text("utf-8")
    (packs / "coding.yaml").write_text(pack.replace("minutes: 30", "minutes: 31"), "utf-8")
    overall(STORY, "coding")
    assert file.stat().st_mtime_ns != graded, "the round was edited"


def test_each_answer_is_kept_under_a_name_of_its_own(
    embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "here" / "x"
    place.mkdir(parents=True)
    monkeypatch.chdir(place.parent)
    answers = [place / "a.txt", Path("x/a.txt"), Path("x__a.txt"), Path("../x/a.txt")]
    for path in answers:
        path.parent.mkdir(exist_ok=True)
        path.write_text("It went fine.", "utf-8")
    options = ["--round", "behavioral", "--llm", "scripted", "--out", str(tmp_path / "kept")]
    for path in answers:  # One by one: together, two names of one file are one answer.
        CliRunner().invoke(grade, [str(path), *options], catch_exceptions=False)
    kept = [path.name for path in (tmp_path / "kept").iterdir()]
    assert len(kept) == len(answers)
    assert "x__a.txt.json" in kept


def test_a_full_loop_keeps_the_level_of_each_round() -> None:
    keys = ("path", "overall", "low", "high", "unscored")
    criteria = [
        {"id": "ownership", "round": "coding", "level": 2},
        {"id": "ownership", "round": "behavioral", "level": 4},
    ]
    row = Result({"words": [], "criteria": criteria, **dict.fromkeys(keys)}).row()
    assert (row["coding.ownership"], row["behavioral.ownership"]) == (2, 4)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "weekly_buckets",
        "weekly-buckets",
        " weekly_buckets",
        "Why?",
        "k-means: how does it start?",
        "How do you start?",
    ],
)
def test_an_id_or_a_sentence_names_a_question(text: str | None) -> None:
    check_question(find("coding"), text)


def test_a_mistyped_id_is_not_taken_for_a_question() -> None:
    with pytest.raises(InterviewError, match="Did you mean weekly_buckets"):
        check_question(find("coding"), "weekly_bukets")
    with pytest.raises(InterviewError, match="Did you mean overfitting"):
        check_question(find("ml_fundamentals"), "overfiting")


def test_nothing_is_asked_about_an_empty_answer(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("\n", "utf-8")
    done = CliRunner().invoke(main, ["probe", str(path), "--round", "coding", "--llm", "scripted"])
    assert done.exit_code == 1
    assert "no words in it" in done.output


@pytest.mark.parametrize("times", [1, 60])
def test_the_answer_itself_may_be_given_in_quotes(times: int) -> None:
    said = "I sort the stamps and I put each one into its week. " * times
    options = ["--round", "coding", "--question", "weekly_buckets", "--llm", "scripted", "--json"]
    done = CliRunner().invoke(main, ["probe", said, *options])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["follow_up"].endswith("?")


@pytest.mark.parametrize(
    "given", ["my answer.txt", "the recording of my answer.WAV", "what I said last week.md"]
)
def test_what_names_no_file_and_is_no_sentence_is_a_mistyped_name(
    whisper_folder: Path, given: str
) -> None:
    words = ["probe", given, "--round", "coding", "--llm", "scripted"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert re.search("no (such|sound) file", done.output)
