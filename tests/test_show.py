"""`interview show`: the scorecard in the terminal."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewer.commands.sessions import open_index
from interviewer.commands.show import show
from interviewer.judging.advice import assembled, to_fix, wanted
from interviewer.judging.points import PointVerdict
from interviewer.text.sentences import split
from rubrics.model import Seniority
from sessions.advised import improvement
from sessions.document import FILE, decoded
from sessions.errors import SessionError
from sessions.export import markdown
from sessions.model import Control, Debrief, Stage, Verdict, Vote
from sessions.page import session_page
from sessions.related import told_before
from sessions.store import SessionStore
from sessions.timeline import STAGES, exchanges, spent
from tests.example_sessions import (
    FAILURE,
    QUESTIONS,
    example_answer,
    example_rubric,
    example_session,
    example_turn,
    example_turns,
    graded_session,
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    store = SessionStore(tmp_path / "sessions")
    yield store
    store.close()


def shown(store: SessionStore, *arguments: str, columns: int = 120) -> str:
    result = CliRunner().invoke(
        show,
        [*arguments, "--sessions", str(store.folder)],
        env={"COLUMNS": str(columns)},
        catch_exceptions=False,
    )
    assert result.exit_code == 0, result.output
    return result.stdout


def test_levels_come_with_interval_reason_quote_and_time(store: SessionStore) -> None:
    store.create(graded_session(level=4, missed=("root_cause",)))
    said = " ".join(shown(store).split())
    assert "Overall 4.0 of 5 (3.2-4.8)" in said
    assert "4 Ownership ●●●●○ (3.3-4.7)" in said
    assert "“I rolled the model back” (turn 1, 0:16)" in said
    assert "- Names the root cause" in said
    assert "+ avoided: Puts the blame on somebody else" in said
    assert "Speaking pace 136 words/min 120 to 170" in said
    assert "Nothing left this machine." in said


def test_an_interrupted_session_says_how_to_go_on(store: SessionStore) -> None:
    one = store.create(graded_session(turns=example_turns()[:2], ended_by="interrupted"))
    last = "".join(shown(store, one.id).splitlines()[-2:])
    assert f"Interrupted. Go on with: interview resume {one.id}" in last
    store.create(graded_session(ended_by="interrupted", created="2026-12-01T10:00:00+01:00"))
    assert "resume" not in shown(store), "only the goodbye was cut short"


@pytest.mark.parametrize(
    ("seniority", "low", "high", "side"),
    [
        ("junior", 2.6, 3.4, "Bar for junior: 2.5; this is above it."),
        ("mid", 2.6, 3.4, "Bar for mid: 3.0; this is too near to tell."),
        ("staff", 2.6, 3.4, "Bar for staff: 4.0; this is below it."),
        ("mid", 2.96, 3.4, "Bar for mid: 3.0; this is above it."),  # shown as 3.0
        ("mid", 2.4, 3.04, "Bar for mid: 3.0; this is too near to tell."),
        ("mid", 2.4, 2.94, "Bar for mid: 3.0; this is below it."),
    ],
)
def test_the_score_stands_beside_the_bar_of_the_seniority(
    store: SessionStore, seniority: Seniority, low: float, high: float, side: str
) -> None:
    one = graded_session(seniority=seniority)
    assert one.scorecard
    card = replace(one.scorecard, overall=3.0, low=low, high=high)
    one = store.create(replace(one, scorecard=card))
    text = " ".join(shown(store).split())
    assert side in text
    assert one.rubrics[0].bar.get(seniority, "")[:40] in text
    assert side in markdown(one)
    assert side in session_page(one, {})


def test_what_has_no_level_says_why(store: SessionStore) -> None:
    session = graded_session()
    card = session.scorecard
    assert card
    none = replace(card, overall=None, low=None, high=None, unscored="Two answers were too short.")
    store.create(replace(session, scorecard=none))
    said = shown(store)
    assert "Reflection  not scored: Nothing that was said bears on it." in said
    assert "No overall score: Two answers were too short." in said


def test_timing_is_shown_when_asked_for(store: SessionStore) -> None:
    store.create(graded_session())
    assert "wait" not in shown(store)
    said = " ".join(shown(store, "--timing").split())
    assert "making sure that you were done 0.61 s, hearing the last words 0.32 s" in said
    assert "2 follow-up" in said


def test_a_stage_that_took_no_time_is_not_listed() -> None:
    stages = (Stage(name="judge", seconds=0.004), Stage(name="phrase", seconds=0.2))
    assert spent(example_turn(stages=stages)) == "wording it 0.20 s"


def test_every_stage_that_is_measured_has_words() -> None:
    format_page = Path(__file__).parents[1] / "docs" / "session-format.md"
    documented = format_page.read_text(encoding="utf-8").split("### Stage")[1].split("###")[0]
    names = re.findall(r"`(\w+)`", next(
        line for line in documented.splitlines() if line.startswith("| `name`")
    ))[1:]  # fmt: skip
    assert names == list(STAGES)


def test_the_score_and_what_to_fix_first_stand_above_the_prompt(store: SessionStore) -> None:
    fine, bad = graded_session().scorecard.advice  # type: ignore[union-attr]
    session = graded_session()
    assert session.scorecard
    panel = Debrief(votes=(), recommendation="hire", reasons=())
    card = replace(session.scorecard, advice=(replace(fine, fix_first=()), bad))
    store.create(replace(session, scorecard=card, debrief=panel))
    lines = shown(store).splitlines()
    end = lines.index(f"Fix first in question 2: {QUESTIONS[1][1]}")
    assert lines[end - 1] == "Overall 3.0 of 5  (2.2-3.8); panel: hire"
    assert lines[end + 1].strip() == f"1. {bad.fix_first[0]}"
    assert lines[-2] == "Once more: interview retry last --question 2"


def test_no_command_is_broken_in_a_narrow_window(store: SessionStore) -> None:
    session = store.create(graded_session())
    lines = shown(store, session.id, columns=40).splitlines()
    assert f"Hear it with your evidence: interview replay {session.id} --web" in lines


def test_what_a_mark_stands_for_stays_right_of_it(store: SessionStore) -> None:
    store.create(graded_session())
    lines = [line.rstrip() for line in shown(store, columns=40).splitlines()]
    at = lines.index("   + Says how the failure was noticed")
    assert lines[at + 1].startswith("     “click-through had dropped”")


def test_sources_of_the_usual_ranges_are_shown_when_asked_for(store: SessionStore) -> None:
    store.create(graded_session())
    assert "Bortfeld" not in shown(store)
    assert "Bortfeld" in shown(store, "--sources")


def test_the_last_lines_name_what_to_do_next(store: SessionStore) -> None:
    session = store.create(graded_session())
    lines = shown(store).splitlines()[-3:]
    assert "interview replay last --web" in lines[0]
    assert "interview retry last" in lines[1]
    assert f"interview retry {session.id}" in shown(store, session.id)


def test_a_question_is_headed_by_its_own_words_and_the_greeting_stands_below() -> None:
    asked = f"Hi, I'm Alex. Take your time. {QUESTIONS[0][1]}"
    turn = example_turn()
    turn = replace(turn, asked=replace(turn.asked, text=asked, spoken=asked))
    session = graded_session(id="x", turns=(turn,))
    text = markdown(session)
    assert f"## Question 1: {QUESTIONS[0][1]}" in text
    assert "**Interviewer:** Hi, I'm Alex. Take your time.\n" in text
    page = session_page(session, {})
    assert f"<span>Question 1</span> {QUESTIONS[0][1]}</h2>" in page
    assert '<p class="line">Hi, I&#39;m Alex. Take your time.</p>' in page


def _advised(said: str, stronger: str) -> tuple[str, str]:
    session = graded_session(id="x", turns=(example_turn(answer=example_answer(said)),))
    assert session.scorecard
    advice = replace(session.scorecard.advice[0], stronger=stronger)
    return improvement(session, exchanges(session)[0], advice)


def test_ones_own_answer_with_a_gap_is_shown_as_the_gap_alone() -> None:
    said = " ".join(one for one in FAILURE.split() if not one.startswith("("))
    point = example_rubric().questions[0].points[0]
    missing = to_fix([PointVerdict(point, "missing", 0.8, (), 0.1)])
    gap = "[a sentence here that says how the failure was noticed]"
    assert _advised(FAILURE, assembled(split(said), missing)) == ("Add", gap)
    assert _advised(FAILURE, f"{said} {gap}") == ("Add", gap), "as older programs kept it"
    assert _advised(FAILURE, assembled(split(said), ())) == ("", "")
    assert _advised(FAILURE, "") == ("", "")


@pytest.mark.parametrize(
    ("asked", "control"),
    [
        ("Sorry, could you please repeat the question?", "repeat"),
        ("I don't understand what you mean by failed.", "clarify"),
        ("Give me a minute to think about it, please.", "wait"),
    ],
)
def test_a_request_before_the_answer_is_no_part_of_it(asked: str, control: Control) -> None:
    request = replace(example_answer(asked), control=control)
    said = "I rolled the model back."
    turns = (example_turn(answer=request), example_turn(kind="reply", answer=example_answer(said)))
    session = graded_session(id="x", turns=turns)
    assert session.scorecard
    gap = "[a sentence here that says why]"
    advice = replace(session.scorecard.advice[0], stronger=f"{said} {gap}")
    assert improvement(session, exchanges(session)[0], advice) == ("Add", gap)


def test_a_gap_that_says_what_is_to_be_fixed_first_is_not_said_again(store: SessionStore) -> None:
    own = split(" ".join(one for one in FAILURE.split() if not one.startswith("(")))
    points = [replace(one, statement=f"{one.statement} with a number")
              for one in example_rubric().questions[0].points[:2]]  # fmt: skip
    worst = to_fix([PointVerdict(one, "missing", 0.8, (), 0.1) for one in points])
    session = graded_session(turns=(example_turn(),))
    assert session.scorecard
    text = assembled(own, worst)
    assert text.count("[a sentence here") == text.count("[your number here]") == 2
    fixes = tuple(f"Missing: {wanted(one.point)}." for one in worst)
    advice = replace(session.scorecard.advice[0], fix_first=fixes, stronger=text)
    exchange = exchanges(session)[0]
    assert improvement(session, exchange, advice) == ("", "")
    assert improvement(session, exchange, replace(advice, fix_first=fixes[:1]))[0] == "Add"
    store.create(replace(session, scorecard=replace(session.scorecard, advice=(advice,))))
    said = " ".join(shown(store).split())
    assert "Add:" not in said
    assert said.count("Fix first") == 1


def test_the_marks_of_the_points_are_explained_once(store: SessionStore) -> None:
    store.create(graded_session(missed=("root_cause",)))
    said = shown(store)
    assert said.count("Marks: + said") == 1
    assert said.index("Marks: + said") < said.index("- Names the root cause")
    bare = graded_session(created="2026-12-01T10:00:00+01:00")
    assert bare.scorecard
    store.create(replace(bare, scorecard=replace(bare.scorecard, points=())))
    assert "Marks:" not in shown(store)


def test_an_answer_that_was_changed_is_shown_whole() -> None:
    shorter = "I rolled the model back. [a sentence here that says why]"
    assert _advised(FAILURE, shorter) == ("Stronger", shorter)
    told = "I rolled it back within forty minutes."
    assert _advised("We rolled it back.", told) == ("Stronger", told)


@pytest.mark.parametrize(
    ("positive", "fault", "avoided", "beside"),
    [
        ("missing", "missing", False, 2),
        ("unclear", "missing", True, 0),
        ("covered", "missing", True, 0),
        ("contradicted", "missing", False, 0),
        ("missing", "covered", False, 1),
    ],
)
def test_a_fault_is_avoided_only_where_something_was_said_on_the_matter(
    store: SessionStore, positive: Verdict, fault: Verdict, avoided: bool, beside: int
) -> None:
    session = graded_session()
    card = session.scorecard
    assert card
    points = tuple(
        replace(one, verdict=fault if one.negative else positive, quotes=()) for one in card.points
    )
    session = store.create(replace(session, scorecard=replace(card, points=points)))
    for text, label in (
        (" ".join(shown(store).split()), "avoided: Puts the blame"),
        (markdown(session), "[x] Avoided: Puts the blame"),
        (session_page(session, {}), "Avoided: Puts the blame"),
    ):
        assert (label in text) is avoided
        # Of two questions; the second one has no fault that could be made.
        assert text.replace("&#39;", "'").count("be about the question's points") == beside


def test_json_is_the_session_as_it_is_kept(store: SessionStore) -> None:
    session = store.create(graded_session())
    said = shown(store, "last", "--json")
    assert decoded(said.encode(), "stdout") == session
    assert json.loads(said)["format"] == 1


def test_a_second_attempt_stands_beside_the_first(store: SessionStore) -> None:
    first = store.create(graded_session(2, missed=("number",), created="2026-11-01T10:00:00+00:00"))
    again = store.create(graded_session(4, missed=("root_cause",), retry_of=first.id))
    said = " ".join(shown(store, again.id).split())
    assert "Gives a number for the damage missing covered gained" in said
    assert "Names the root cause covered missing lost" in said
    assert "Ownership, level 2 (1.3-2.7) 4 (3.3-4.7) +2" in said
    assert "First, 1 Nov Second, 24 Nov change" in said
    assert "Overall 2.0 (1.2-2.8) 4.0 (3.2-4.8) +2.0" in said
    assert "Fault: Puts the blame on somebody else avoided avoided kept" in said
    against = shown(store, first.id, "--against", again.id, "--question", "production_failure")
    assert "Gives a number for the damage missing covered gained" in " ".join(against.split())


def test_attempts_are_put_in_order_whether_or_not_a_time_has_an_offset(store: SessionStore) -> None:
    first = store.create(graded_session(2, created="2026-11-01T10:00:00"))
    again = store.create(graded_session(4, created="2026-11-24T10:00:00+00:00"))
    for one, other in ((first, again), (again, first)):
        assert "First, 1 Nov" in shown(store, one.id, "--against", other.id)


def test_two_attempts_stay_readable_in_a_narrow_window(store: SessionStore) -> None:
    first = store.create(graded_session(2, created="2026-11-24T09:30:00+01:00"))
    again = store.create(graded_session(4))
    said = shown(store, again.id, "--against", first.id, columns=40)
    lines = [line.strip() for line in said.splitlines()]
    assert lines[lines.index("Overall") + 1] == "2.0 (1.2-2.8) → 4.0 (3.2-4.8): +2.0"
    assert max(map(len, said.splitlines())) <= 40


def test_one_session_is_no_two_attempts(store: SessionStore) -> None:
    session = store.create(graded_session())
    with pytest.raises(SessionError, match="needs two"):
        shown(store, session.id, "--against", "last")


@pytest.mark.parametrize("left", ["nothing", "a damaged file"])
def test_a_second_attempt_is_shown_whatever_became_of_the_first(
    store: SessionStore, left: str
) -> None:
    first = store.create(graded_session(created="2026-11-01T10:00:00+00:00"))
    again = store.create(graded_session(4, retry_of=first.id))
    store.close()
    if left == "nothing":
        shutil.rmtree(store.path(first.id))
    else:
        (store.path(first.id) / FILE).write_text("{")
    assert "Overall 4.0 of 5" in shown(store, again.id)


def test_a_story_that_was_told_before_is_named(store: SessionStore) -> None:
    first = store.create(graded_session(created="2026-11-01T10:00:00+00:00"))
    assert "You told" not in shown(store, first.id)
    second = store.create(graded_session())
    assert f"before: {first.id}" in shown(store, second.id)
    assert f"again later: {second.id}" in shown(store, first.id)


def test_a_story_that_was_told_often_is_one_remark_without_ids(store: SessionStore) -> None:
    days = [store.create(graded_session(created=f"2026-11-0{day}T10:00:00+00:00"))
            for day in range(1, 5)]  # fmt: skip
    told = f"You told the story of question 1 before: {days[2].id}, production failure (100% alike)"
    said = shown(store, days[3].id)
    assert f"{told}, and 2 more times.\n" in said
    assert said.count("You told the story of question 1") == 1
    assert "production_failure" not in said
    assert "and 2 more times" in shown(store, days[0].id), "later ones"
    with open_index(store) as index:
        page = session_page(days[3], {}, retold=told_before(index, days[3]), served=True)
    link = f'<a href="/session/{days[2].id}">{days[2].id}</a>, production failure'
    assert f"You told this story before: {link}" in page
    assert page.count("You told this story") == 2, "once a question"


def test_a_debrief_is_shown(store: SessionStore) -> None:
    vote = Vote(round="behavioral", vote="hire", reason="Owns what they did.")
    debrief = Debrief(votes=(vote,), recommendation="hire", reasons=("Clear throughout.",))
    store.create(graded_session(debrief=debrief))
    said = shown(store)
    assert "Panel: hire" in said
    assert "Behavioral: hire. Owns what they did." in said
    assert said.index("Overall") < said.index("Panel: hire") < said.index("Ownership")


def test_an_ungraded_session_says_what_to_do(store: SessionStore) -> None:
    session = store.create(example_session())
    assert f"interview grade {session.id}" in shown(store)


def test_terminal_codes_and_markup_in_a_transcript_do_nothing(store: SessionStore) -> None:
    evil = "\x1b[2J\x1b]0;title\x07 [red]bold[/red] \x9b31m"
    rubric = example_rubric()
    first, *rest = rubric.questions
    rubric = replace(rubric, questions=(replace(first, text=evil), *rest))
    store.create(graded_session(rubrics=(rubric,)))
    said = shown(store)
    assert "\x1b" not in said
    assert "\x07" not in said
    assert "\x9b" not in said
    assert "[red]bold[/red]" in said


def test_an_unknown_session_is_an_error_with_a_way_out(store: SessionStore) -> None:
    with pytest.raises(SessionError, match="interview practice"):
        shown(store, "nothing")
