"""Whether an answer is about its question, where the question is not known or in other words."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from interviewer.cli import main
from interviewer.judging.embedded import EmbeddedGrader
from interviewer.judging.points import PointJudge
from interviewer.judging.relevance import ANOTHER_QUESTION, Relevance
from interviewer.offline.single import session_of, with_question
from interviewer.record import written_answer
from interviewer.text.embedding import Embedder
from interviewer.text.likeness import Likeness
from interviewer.text.sentences import split
from rubrics import starter
from rubrics.library import find
from sessions.model import Scorecard

STARTER = starter.STARTER.read_text("utf-8")

pytestmark = pytest.mark.slow
"""Each needs a server, a file of some size, or the whole of grading: a third of a second and more."""

FIXTURES = Path(__file__).parent.parent / "fixtures" / "audio"
INCIDENT = (
    "In my last job I owned the model that ranked support tickets. In March I shipped a version "
    "with a text embedding, and offline it looked fine. Four days later I saw that the share of "
    "billing tickets answered within an hour had dropped from 92 to 61 percent. I rolled it back "
    "myself the same morning. It turned out that our new template put the same greeting in front "
    "of every mail. I had never evaluated it per category, that was my mistake. Since then every "
    "release has a check per segment, and a model more than three points down cannot be deployed."
)
CHURN = (
    "The project I am most proud of is churn prediction at a telecom with two million customers. "
    "Marketing sent the same voucher to everybody and could not say whether it worked. I owned it "
    "from the data pulls to the monthly scoring. I found that the retention team could only call "
    "eight thousand people a month, so I framed it as ranking. I kept a random holdout of ten percent "
    "that nobody contacted. After three months churn among those contacted was 4.1 percent against "
    "5.6 in the holdout. The first version used the recharge date, which leaked, and that was my "
    "mistake. Since then I check each feature for the time at which it was known."
)
RECIPE = (
    "First I wash the potatoes and cut them into thin slices. Then I fry the onions in butter "
    "until they are golden, add the cream, and bake everything for forty minutes at two hundred "
    "degrees. My grandmother always put nutmeg on top, and we ate it on Sundays with salad."
)
CODE = (
    "I keep a pointer into t and walk along s, and each time the letters are equal the pointer "
    "moves. At the end it is true if the pointer is past the last letter. That is linear time and "
    "constant memory, and an empty string is always a subsequence of whatever the other string is."
)
LATER = Path(__file__).parent.parent / "benchmarks" / "answers" / "later.jsonl"


@pytest.fixture(scope="module")
def relevance(embedder: Embedder) -> Relevance:
    return Relevance.shipped(embedder)


def graded(embedder: Embedder, round_id: str, answer: str, question: str | None) -> Scorecard:
    rubric, asked = with_question(find(round_id), question, Likeness(embedder), answer)
    session = session_of(rubric, asked, written_answer(answer), ())
    return EmbeddedGrader(PointJudge(embedder)).grade(session, lambda what, share: None)


@pytest.mark.parametrize("answer", [INCIDENT, CHURN])
def test_a_story_is_not_scored_as_code_where_nobody_knows_the_question(
    embedder: Embedder, answer: str
) -> None:
    card = graded(embedder, "coding", answer, None)
    assert card.overall is None and card.unscored
    assert card.unscored.startswith("It does not sound like an answer of the round coding")
    assert "--question" in card.unscored and "--round" in card.unscored
    assert graded(embedder, "behavioral", answer, None).overall is not None


def test_what_is_said_too_shortly_to_tell_is_in_no_wrong_round(relevance: Relevance) -> None:
    assert relevance.other_round("coding", split(INCIDENT)) == "behavioral"
    assert not relevance.other_round("coding", split(" ".join(INCIDENT.split()[:40])))
    assert not relevance.other_round("my_company", split(INCIDENT)), "of it nothing is known"


def test_a_round_that_is_only_likelier_is_no_reason(relevance: Relevance) -> None:
    told = split(CHURN)
    assert not relevance.other_round("recruiter_screen", told)
    assert relevance.likelier_round("recruiter_screen", told) == "behavioral"
    assert not relevance.likelier_round("behavioral", told)


@pytest.mark.parametrize(
    ("answer", "question"),
    [
        (CHURN, "Walk me through the most impactful ML project on your CV."),
        (CHURN, "Walk me through your most recent role."),
        (CHURN, "Tell me about a mistake you made and what you learned."),
        (INCIDENT, "Walk me through your most recent role."),
        (INCIDENT, "What went wrong lately?"),
    ],
)
def test_who_answers_a_question_in_somebodys_own_words_has_not_missed_it(
    embedder: Embedder, answer: str, question: str
) -> None:
    overall = graded(embedder, "behavioral", answer, question).overall
    assert overall is not None and overall >= 3


def test_the_starter_packs_question_is_answered_by_a_story(relevance: Relevance) -> None:
    sheet = yaml.safe_load((FIXTURES / "candidate.yaml").read_text("utf-8"))
    (told,) = (
        one["text"] for one in sheet["recordings"] if one["file"] == "negative-outcome-strong.flac"
    )
    question = yaml.safe_load(STARTER)["questions"][0]
    assert not relevance.elsewhere("mine", question["text"], split(told), question["id"])


def test_a_recognised_question_is_held_against_in_the_banks_words_too(
    relevance: Relevance,
) -> None:
    asked = "Has anything that you shipped ever hurt users?"
    assert relevance.elsewhere("behavioral", asked, split(CODE), "unexpected_harm")
    far = "Write quicksort."
    assert relevance.elsewhere("behavioral", far, split(INCIDENT))
    assert not relevance.elsewhere("behavioral", far, split(INCIDENT), "unexpected_harm")


def test_what_has_nothing_to_do_with_the_field_misses_each_question(relevance: Relevance) -> None:
    asked = "Design a system that detects fraud on a few hundred thousand card transactions."
    assert relevance.elsewhere("ml_system_design", asked, split(RECIPE))
    cooking = "Which dish from your childhood do you cook on Sundays?"
    assert not relevance.elsewhere("kitchen", cooking, split(RECIPE)), "a round of somebody's own"


def test_questions_of_personal_rounds_are_about_the_person(relevance: Relevance) -> None:
    asked = find("recruiter_screen").question("terms").text
    rows = [json.loads(line) for line in LATER.read_text("utf-8").splitlines()]
    told = [one["answer"] for one in rows if one["question_id"] == "recruiter_screen-24"]
    assert len(told) == 5
    assert not any(
        relevance.elsewhere("recruiter_screen", asked, split(one), "terms") for one in told
    )


@pytest.mark.parametrize(
    "question",
    ["Tell me about a project.", "Walk me through your CV.", "Describe a challenging project."],
)
def test_a_question_that_leaves_open_what_is_told_has_no_special_points(
    embedder: Embedder, question: str
) -> None:
    likeness = Likeness(embedder)
    for round_id in ("behavioral", "recruiter_screen"):
        assert with_question(find(round_id), question, likeness, CHURN)[1].id == "custom"


@pytest.mark.parametrize(
    ("asked", "known", "note"),
    [
        (
            "When did one of your models backfire?",
            "unexpected_harm",
            "Taken as the bank's question",
        ),
        ("unexpected_harm", None, ""),
        ("Walk me through your CV.", None, ""),
    ],
)
def test_grade_and_probe_say_which_question_they_took_it_for(
    tmp_path: Path, asked: str, known: str | None, note: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(INCIDENT, "utf-8")
    words = ["--round", "behavioral", "--question", asked, "--llm", "scripted", "--json"]
    for command in ("grade", "probe"):
        done = CliRunner().invoke(main, [command, str(path), *words], catch_exceptions=False)
        found = json.loads(done.stdout)
        assert found["taken_as"] == known
        assert [note in one for one in found["notes"]] == ([True] if note else [])
        assert (note in " ".join(done.stderr.split())) if note else not done.stderr.strip()


@pytest.mark.parametrize(
    ("round_id", "question", "why"),
    [
        ("coding", None, "It would not be scored: It does not sound like an answer"),
        ("recruiter_screen", None, "sounds more like one of behavioral"),
        ("coding", "top_n_words", f"It would be graded 1: {ANOTHER_QUESTION}"),
        ("behavioral", "Walk me through your most recent role.", None),
    ],
)
def test_probe_says_what_grade_would_make_of_it(
    round_id: str, question: str | None, why: str | None
) -> None:
    about = ["--question", question] if question else []
    words = ["probe", CHURN, "--round", round_id, *about, "--llm", "scripted", "--json"]
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    notes = json.loads(done.stdout)["notes"]
    assert [why in one for one in notes] == [True] if why else not notes
