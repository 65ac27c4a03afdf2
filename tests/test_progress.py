"""What counts as better, what to practise next, and stories that were told before."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import click
import pytest
from click.testing import CliRunner
from pydantic import RootModel

from interviewer.choices import Choices
from interviewer.cli import main
from interviewer.commands.progress import progress as command
from interviewer.commands.show_progress import print_progress
from interviewer.practice import asked_before, suggestion
from interviewer.practice import run as practise
from rubrics.library import FOLDER_VARIABLE
from rubrics.model import Rubric
from sessions.attempts import compare, heads, rows
from sessions.errors import SessionError
from sessions.forget import doomed, forget
from sessions.index import Index
from sessions.model import DEMONSTRATION, Session, Verdict
from sessions.page import session_page
from sessions.progress import Value, level_change, measure_change, progress, streak
from sessions.progress_page import progress_page
from sessions.related import told_before
from sessions.store import SessionStore
from sessions.stories import retold, stories, told_again
from sessions.suggestion import due_points, next_practice
from tests.example_sessions import example_rubric, example_turn, example_turns, graded_session
from tests.test_sessions import Studio, held

TITLES = {"behavioral": "Behavioral", "ml_coding": "ML coding"}
NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rounds of the examples, as packs that are there."""
    folder = tmp_path / "packs"
    folder.mkdir()
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    for round_id in TITLES:
        pack = RootModel[Rubric](example_rubric(round_id)).model_dump_json()
        (folder / f"{round_id}.yaml").write_text(pack, "utf-8")  # JSON is YAML, too.
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    store = SessionStore(tmp_path / "sessions")
    yield store
    store.close()


def keep(store: SessionStore, days_ago: float, level: int = 3, round_id: str = "behavioral",
         missed: tuple[str, ...] = ()) -> Session:  # fmt: skip
    created = (NOW - timedelta(days=days_ago)).isoformat()
    turns = tuple(replace(turn, round=round_id) for turn in example_turns())
    return store.create(
        graded_session(level, missed, created=created, round=round_id, turns=turns,
                       rubrics=(example_rubric(round_id),), planned=())
    )  # fmt: skip


def values(*levels: float, reach: float | None = 0.7) -> tuple[Value, ...]:
    return tuple(
        Value(str(n), "", one, *((one - reach, one + reach) if reach else (None, None)))
        for n, one in enumerate(levels)
    )


def test_better_is_said_only_where_the_difference_is_larger_than_its_uncertainty() -> None:
    assert level_change(values(2, 2, 2, 4, 4, 4)).verdict == "better"
    assert level_change(values(4, 4, 4, 2, 2, 2)).verdict == "worse"
    assert level_change(values(3, 3, 3, 3, 3, 4)).verdict == "no clear change"
    assert level_change(values(2, 4, 3, 4, 2, 4)).verdict == "no clear change"
    assert level_change(values(2, 2, 5, 5, 5)).verdict == "too few"


def test_few_values_that_agree_by_chance_are_not_taken_for_certain() -> None:
    # Without the grader's own intervals, three equal values would look free of error.
    assert level_change(values(3, 3, 3, 4, 4, 4, reach=2.0)).verdict == "no clear change"


def test_the_interval_of_a_change_is_the_textbook_one() -> None:
    change = level_change(values(1, 2, 3, 4, 5, 6, reach=None))
    # Means 5 and 2, variance 1 each: standard error sqrt(2/3), times Student's 1.5332 for 4 degrees.
    assert change.low == pytest.approx(3 - 1.5332 * (2 / 3) ** 0.5, rel=1e-3)
    assert change.high == pytest.approx(3 + 1.5332 * (2 / 3) ** 0.5, rel=1e-3)
    # The grader's own interval is known from many answers, so the normal 1.2816 belongs to it.
    change = level_change(values(2, 2, 2, 3, 3, 3, reach=1.2816))
    assert change.low == pytest.approx(1 - 1.2816 * (2 / 3) ** 0.5)


@pytest.mark.parametrize("before", [3, 5])
def test_by_chance_a_change_is_said_at_most_one_time_in_five(before: int) -> None:
    chance = Random(before)
    said = 0
    for _ in range(2000):
        found = values(*(chance.gauss(100, 10) for _ in range(before + 3)), reach=None)
        said += measure_change(found, 200, None).verdict in {"better", "worse"}
    assert 0.14 < said / 2000 < 0.21  # Welch errs on the careful side.


def test_delivery_becomes_better_towards_its_usual_range() -> None:
    faster = values(90, 91, 92, 120, 121, 122, reach=None)
    assert measure_change(faster, 110, 170).verdict == "better"
    assert measure_change(faster, 60, 95).verdict == "worse"
    assert measure_change(faster, 110, 115).verdict == "better", "120 is nearer to it than 91"


def test_a_measure_that_stays_usual_may_still_have_changed() -> None:
    faster = values(90, 91, 92, 120, 121, 122, reach=None)
    assert measure_change(faster, 60, 170).verdict == "changed, within the usual range"
    assert measure_change(faster, None, 170).verdict == "changed, within the usual range"
    assert measure_change(faster, None, None).verdict == "changed"
    assert measure_change(faster, 91 + 10, 121 - 10).verdict == "changed", (
        "as far on the other side"
    )
    steady = values(90, 120, 92, 120, 91, 122, reach=None)
    assert measure_change(steady, 60, 170).verdict == "no clear change"


def test_a_change_says_what_it_is_the_mean_of_and_what_it_still_takes() -> None:
    told = [level_change(values(*range(1, count + 1))) for count in (1, 2, 5, 6)]
    assert [one.of for one in told] == [1, 2, 3, 3]
    assert [one.told for one in told] == [
        "5 more sessions to compare", "4 more sessions to compare", "1 more session to compare",
        "better",
    ]  # fmt: skip


def test_the_last_level_stands_beside_the_mean_of_the_last_three(store: SessionStore) -> None:
    for days, level in ((9, 2), (8, 2), (7, 2), (3, 3), (2, 3), (1, 4)):
        keep(store, days, level)
    with Index(store) as index:
        found = progress(index, NOW.date())
        page = " ".join(progress_page(found, next_practice(index, TITLES, NOW), TITLES).split())
    assert "Now" not in page
    assert "Last: <strong>4</strong>" in page
    assert "Mean of the last 3: <strong>3.3</strong>, before 2.0</p>" in page
    assert 'Better:</span> <span class="small">+1.3 (80&#8239;%: +' in page
    assert "Changed, within the usual range" in page
    folder = ["--sessions", str(store.folder)]
    done = CliRunner().invoke(command, folder, env={"COLUMNS": "150"})
    said = " ".join(done.stdout.split())
    assert "over time last mean of last 3 change (80 %)" in said
    assert re.search(r"Ownership \S+ 4 3\.3 \+1\.3 \(\+\S+ to \+\S+\) better", said), said


def test_fewer_sessions_than_a_comparison_needs_are_counted(store: SessionStore) -> None:
    for days in (2, 1):
        keep(store, days)
    with Index(store) as index:
        found = progress(index, NOW.date())
        page = progress_page(found, next_practice(index, TITLES, NOW), TITLES)
    assert "Mean of the last 2: <strong>3.0</strong></p>" in page
    assert "4 more sessions to compare" in page
    done = CliRunner().invoke(command, ["--sessions", str(store.folder)], env={"COLUMNS": "150"})
    assert "3 3.0 (of 2) 4 more sessions to compare" in " ".join(done.stdout.split())


def test_streaks_count_days_and_today_is_not_over_yet() -> None:
    today = date(2026, 11, 25)
    days = [today - timedelta(days=back) for back in (1, 2, 3, 10, 11, 12, 13)]
    assert streak(days, today) == streak([*days, *days], today)
    found = streak(days, today)
    assert (found.current, found.longest, found.last_7_days) == (3, 4, 3)
    assert streak([*days, today], today).current == 4
    assert streak(days, today + timedelta(days=1)).current == 0
    assert streak([], today).longest == 0


def test_trends_are_of_one_round_and_leave_out_what_was_not_scored(store: SessionStore) -> None:
    for days, level in ((9, 2), (8, 2), (7, 2), (3, 4), (2, 4), (1, 4)):
        keep(store, days, level)
    keep(store, 0.5, 1, "ml_coding")
    with Index(store) as index:
        found = progress(index, NOW.date(), "behavioral")
        both = progress(index, NOW.date())
    assert found.sessions == found.graded == 6
    assert {trend.id for trend in found.criteria} == {"ownership", "evidence", "clarity"}
    ownership = found.criteria[0]
    assert [one.value for one in ownership.values] == [2, 2, 2, 4, 4, 4]
    assert ownership.change.verdict == "better"
    assert ownership in found.improved()
    assert both.sessions == 7
    assert {trend.round for trend in both.criteria} == {"behavioral", "ml_coding"}
    assert "answer" not in {trend.id for trend in both.delivery}


def test_trends_are_of_the_last_sessions_whatever_was_before(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.progress.WINDOW", 3)
    for days, level in ((9, 1), (8, 1), (3, 3), (2, 4), (1, 5)):
        keep(store, days, level)
    with Index(store) as index:
        found = progress(index, NOW.date())
    assert [one.value for one in found.criteria[0].values] == [3, 4, 5]


def test_a_full_loop_counts_for_its_rounds_and_for_itself(store: SessionStore) -> None:
    one = store.create(replace(graded_session(), round="full_loop"))
    store.create(replace(graded_session(), created=NOW.isoformat()))
    with Index(store) as index:
        found = progress(index, NOW.date(), "behavioral")
        assert (found.sessions, found.graded, len(found.criteria[0].values)) == (2, 2, 2)
        loops = progress(index, NOW.date(), "full_loop")
        assert (loops.sessions, len(loops.criteria)) == (1, 3)
        assert [value.session for value in loops.criteria[0].values] == [one.id]
    done = CliRunner().invoke(command, ["--round", "full_loop", "--sessions", str(store.folder)])
    assert done.exit_code == 0, done.output
    assert "1 session, 1 graded" in done.stdout


def test_a_demonstration_is_no_practice(store: SessionStore) -> None:
    keep(store, 2, 3, missed=("prevention",))
    with Index(store) as index:
        before = progress(index, NOW.date()), due_points(index, NOW), asked_before(index)
    shown = keep(store, 1, 1, "ml_coding", missed=("number",))
    shown = store.save(replace(shown, candidate=DEMONSTRATION))
    with Index(store) as index:
        found = progress(index, NOW.date())
        assert (replace(found, demonstrations=0), due_points(index, NOW)) == before[:2]
        assert asked_before(index) == before[2]
        assert found.demonstrations == 1
        assert told_before(index, shown) == ()
        never = next_practice(index, {"ml_coding": "ML coding"}, NOW)
    assert never.why == "ML coding, a round that you have not tried yet."
    assert "Not counted: demonstrations (1)" in progress_page(found, never, TITLES)
    folder = str(store.folder)
    assert "demonstrations (1)" in CliRunner().invoke(command, ["--sessions", folder]).stdout
    for words in (["sessions"], ["show", shown.id], ["export", shown.id]):
        done = CliRunner().invoke(main, [*words, "--sessions", folder])
        assert "demonstration" in done.stdout.lower(), done.output
    assert "Demonstration" in session_page(shown, {})
    assert "Demonstration" not in session_page(keep(store, 1), {})


def test_what_was_left_after_a_few_words_is_in_no_trend(store: SessionStore) -> None:
    one = keep(store, 2)
    stopped = replace(one, turns=one.turns[:1], ended_by="interrupted")
    assert stopped.scorecard
    bare = replace(stopped.scorecard, overall=None, low=None, high=None, unscored="Broken off.")
    store.save(replace(stopped, scorecard=bare))
    with Index(store) as index:
        found = progress(index, NOW.date())
        assert (found.sessions, found.criteria, found.delivery) == (1, (), ())
    store.save(stopped)
    with Index(store) as index:
        assert progress(index, NOW.date()).delivery, "what was graded counts"


def test_values_in_another_unit_are_no_part_of_a_trend(store: SessionStore) -> None:
    one = keep(store, 2)
    assert one.scorecard
    first, *others = one.scorecard.delivery
    counted = (replace(first, unit="count"), *others)
    store.save(replace(one, scorecard=replace(one.scorecard, delivery=counted)))
    keep(store, 1)
    with Index(store) as index:
        pace, *more = progress(index, NOW.date()).delivery
    assert (pace.id, pace.unit, len(pace.values)) == ("pace", "words/min", 1)
    assert all(len(trend.values) == 2 for trend in more)


def test_missed_points_come_back_and_said_ones_rest(store: SessionStore) -> None:
    keep(store, 10, missed=("prevention", "number"))
    with Index(store) as index:
        due = {one.point for one in due_points(index, NOW)}
        soon = {one.point for one in due_points(index, NOW - timedelta(days=10))}
    assert due == {"prevention", "number"}
    assert soon == set()
    keep(store, 1, missed=("number",))
    with Index(store) as index:
        # Said yesterday: prevention rests. Missed yesterday again: number is due again today.
        assert {one.point for one in due_points(index, NOW)} == {"number"}
        later = due_points(index, NOW + timedelta(days=60))
    assert {one.point for one in later} == {"prevention", "number"}
    assert [one.recall for one in later] == sorted(one.recall for one in later)


def test_what_is_next_follows_from_what_happened(store: SessionStore) -> None:
    def suggested(round_id: str | None = None) -> tuple[str, str | None, str]:
        with Index(store) as index:
            practice = next_practice(index, TITLES, NOW, round_id)
        return practice.round, practice.question, practice.why

    assert suggested() == ("behavioral", None, "Behavioral, a round that you have not tried yet.")
    keep(store, 20, 5)
    assert suggested() == ("ml_coding", None, "ML coding, a round that you have not tried yet.")
    keep(store, 30, 3, "ml_coding")
    assert suggested()[0] == "ml_coding"
    assert "weakest criterion, 3.0 of 5" in suggested()[2]
    for days in (29, 28, 27):
        keep(store, days, 5, "ml_coding")
    assert suggested()[0] == "ml_coding"
    assert "left alone longest" in suggested()[2]
    assert suggested("behavioral")[0] == "behavioral"
    keep(store, 10, 5, missed=("own_change",))
    assert suggested()[:2] == ("behavioral", "disagreement")
    assert "you missed one point" in suggested()[2]
    with pytest.raises(SessionError, match="interview rubrics list"):
        suggested("juggling")


def test_what_can_no_longer_be_asked_is_not_suggested(store: SessionStore, bank: Path) -> None:
    for days, round_id in ((40, "ml_coding"), (30, "behavioral")):
        keep(store, days, 5, round_id)
    turns = tuple(replace(turn, question="custom") for turn in example_turns())
    own = keep(store, 10, 5, missed=("number",))
    card = own.scorecard
    assert card
    points = tuple(replace(one, question="custom") for one in card.points)
    store.save(replace(own, turns=turns, scorecard=replace(card, points=points)))
    keep(store, 9, 5, missed=("own_change",))

    def suggested() -> str | None:
        with Index(store) as index:
            return next_practice(index, TITLES, NOW).question

    assert suggested() == "disagreement"
    path = bank / "behavioral.yaml"
    path.write_text(path.read_text("utf-8").replace("own_change", "another"), "utf-8")
    assert suggested() is None
    path.write_text("no pack", "utf-8")
    assert suggested() is None


def practised(store: SessionStore, questions: int, *, suggested: bool = False) -> Session:
    """The session that is held now."""
    before = set(store.ids())
    practise(Choices(sessions=store.folder, questions=questions, suggested=suggested))
    (new,) = set(store.ids()) - before
    session = store.take(new)
    moment = datetime.now(UTC) + timedelta(seconds=len(before))  # Each later than the one before.
    store.save(replace(session, created=moment.isoformat()))
    store.release(new)
    return session


def test_what_is_suggested_is_what_is_practised_next(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewer.build.Studio", Studio)
    monkeypatch.setattr("interviewer.practice.hold", held)
    for round_id in TITLES:
        session = keep(store, 0, 5, round_id, missed=("own_change",))
        store.save(replace(session, created="2020-01-02T10:00:00+00:00"))
    store.close()
    found = [practised(store, number, suggested=True).planned for number in (1, 2)]
    assert {planned[0].question for planned in found} == {"disagreement"}, "its point was missed"
    assert {planned[0].round for planned in found} == set(TITLES)
    assert [len(planned) for planned in found] == [1, 2]


def test_what_was_asked_longest_ago_is_asked_next(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewer.build.Studio", Studio)
    monkeypatch.setattr("interviewer.practice.hold", held)
    asked = [practised(store, 1).planned[0].question for _ in range(8)]
    assert asked == asked[:2] * 4 and len(set(asked)) == 2


def test_a_fault_that_was_made_is_a_missed_point(store: SessionStore) -> None:
    session = keep(store, 10)
    card = session.scorecard
    assert card
    points = tuple(replace(one, verdict="covered") if one.negative else one for one in card.points)
    store.save(replace(session, scorecard=replace(card, points=points)))
    with Index(store) as index:
        assert [one.point for one in due_points(index, NOW)] == ["blames"]


def _with_verdicts(session: Session, positive: Verdict, fault: Verdict) -> Session:
    card = session.scorecard
    assert card
    points = tuple(
        replace(one, verdict=fault if one.negative else positive, quotes=()) for one in card.points
    )
    return replace(session, scorecard=replace(card, points=points))


def test_a_fault_is_not_avoided_by_talking_of_something_else(store: SessionStore) -> None:
    store.save(_with_verdicts(keep(store, 20), "covered", "covered"))
    with Index(store) as index:
        assert {one.point for one in due_points(index, NOW)} == {"blames"}
    store.save(_with_verdicts(keep(store, 1), "missing", "missing"))
    with Index(store) as index:
        due = {one.point: one for one in due_points(index, NOW)}
    assert "blames" in due, "nothing on the matter is no review"
    assert due["blames"].missed == "2026-11-05T10:00:00+00:00"
    store.save(_with_verdicts(keep(store, 0), "unclear", "missing"))
    with Index(store) as index:
        assert "blames" not in {one.point for one in due_points(index, NOW)}


def test_what_nobody_could_decide_was_not_missed(store: SessionStore) -> None:
    session = keep(store, 10)
    card = session.scorecard
    assert card
    points = tuple(replace(one, verdict="unclear") for one in card.points)
    store.save(replace(session, scorecard=replace(card, points=points)))
    with Index(store) as index:
        assert due_points(index, NOW) == ()


def test_the_question_where_most_was_missed_comes_first(store: SessionStore) -> None:
    keep(store, 10, 5, missed=("own_change", "symptom", "number", "prevention"))
    with Index(store) as index:
        practice = next_practice(index, TITLES, NOW)
    assert practice.question == "production_failure"
    assert len(practice.points) == 3
    assert "you missed 3 points" in practice.why


def test_attempts_are_compared_point_by_point() -> None:
    before = graded_session(2, missed=("prevention", "number"), id="a")
    after = graded_session(4, missed=("number", "symptom"), id="b", retry_of="a")
    found = compare(before, after)
    outcome = {pair.statement: pair.outcome for pair in found.points}
    assert outcome["Says what was changed so that it does not recur"] == "gained"
    assert outcome["Says how the failure was noticed"] == "lost"
    assert outcome["Gives a number for the damage"] == "still missing"
    assert outcome["Puts the blame on somebody else"] == "kept"
    assert [pair.outcome for pair in found.points][:3] == ["gained", "lost", "still missing"]
    assert next((old.level, new.level) for old, new in found.criteria) == (2, 4)
    assert found.turns_after == (0, 1)
    assert compare(before, after, "disagreement").turns_after == (2, 3)
    with pytest.raises(SessionError, match="do not share"):
        compare(before, after, "nothing")
    with pytest.raises(SessionError, match="do not share"):
        compare(before, graded_session(id="c", turns=()))


def test_a_change_within_the_uncertainty_is_called_that() -> None:
    before = _with_verdicts(graded_session(3, id="a"), "unclear", "missing")
    before = replace(before, created="2026-11-24T09:05:00+01:00")
    after = graded_session(4, missed=("number",), id="b")
    found = compare(before, after)
    assert heads(found) == ("First, 09:05", "Second, 10:15")
    said = {row.name: (row.outcome, row.better) for row in rows(found)}
    assert next(iter(said)) == "Overall"
    assert said["Overall"] == said["Ownership, level"] == ("within the uncertainty", None)
    assert said["Says how the failure was noticed"] == ("clearer", True)
    assert said["Gives a number for the damage"] == ("unclear", None)
    assert said["Fault: Puts the blame on somebody else"] == ("kept", None)
    back = {row.name: (row.outcome, row.better) for row in rows(compare(after, before))}
    assert back["Says how the failure was noticed"] == ("less clear", False)


def test_a_fault_that_was_made_again_says_so() -> None:
    made = _with_verdicts(graded_session(3, id="a"), "covered", "covered")
    better = graded_session(5, id="b")
    fault = "Fault: Puts the blame on somebody else"
    found = {row.name: row for row in rows(compare(made, better))}
    assert (found[fault].before, found[fault].after) == ("made", "avoided")
    assert (found[fault].outcome, found[fault].better) == ("now avoided", True)
    assert (found["Overall"].outcome, found["Overall"].better) == ("+2.0", True)
    again = {row.name: row.outcome for row in rows(compare(made, replace(made, id="c")))}
    assert again[fault] == "still made"
    assert again["Overall"] == again["Speaking pace, words/min"] == "the same"


def test_levels_differ_by_what_is_shown() -> None:
    before, after = graded_session(2, id="a"), graded_session(4, id="b")
    assert before.scorecard and after.scorecard
    old = replace(before.scorecard, overall=2.36, low=2.2, high=2.5)
    new = replace(after.scorecard, overall=3.14, low=3.0, high=3.3)
    found = compare(replace(before, scorecard=old), replace(after, scorecard=new))
    row = next(rows(found))
    assert (row.before, row.after, row.outcome) == ("2.4 (2.2-2.5)", "3.1 (3.0-3.3)", "+0.7")


# Each story twice, in other words, as an answer to another question; facts are made up.
TOLD = (
    (
        "At the parcel company our arrival estimates went wrong in December. I owned the gradient "
        "boosted trees behind them. Holiday volumes in Rotterdam were outside of anything in "
        "training, couriers called the hotline, and refunds reached nine thousand euros a day. I "
        "put a fallback on the depot median and retrained with two earlier winters.",
        "My proudest repair was with delivery times. December volumes at the Rotterdam depot broke "
        "our estimates, refunds climbed to nine thousand euros daily and couriers were angry. So "
        "first I fell back to the median of each depot, then added earlier winters to the "
        "training set of the boosted trees.",
    ),
    (
        "We labelled skin lesions with three dermatologists in Lyon, and they agreed only two "
        "times out of three. I wrote a labelling guide with borderline photographs, held a weekly "
        "calibration meeting, and agreement rose to eighty five percent before we trained again.",
        "A time I had to convince experts: the dermatologists in Lyon labelled lesions each in "
        "their own manner. With borderline photographs I wrote a guide, and we met weekly for "
        "calibration. Agreement went from two thirds to eighty five percent.",
    ),
    (
        "Our fraud detector flagged students in Warsaw because of shared dormitory addresses. A "
        "support agent named Piotr showed me the complaints. I removed the address feature, added "
        "a fairness report for every region, and false alarms there fell by half in a month.",
        "Once a support agent, Piotr, brought me complaints: students in Warsaw dormitories were "
        "flagged as fraud since they shared an address. I dropped that feature and now each "
        "release has a fairness report by region; false alarms halved.",
    ),
    (
        "I led the move of speech recognition onto phones. The encoder took four hundred "
        "megabytes, so I quantised it to eight bits, distilled the decoder, and fought with the "
        "Android audio buffer for weeks. Battery drain went from nine to three percent an hour.",
        "The hardest engineering was on device speech. Four hundred megabytes of encoder did not "
        "fit, so we quantised to eight bits and distilled the decoder. The Android audio buffer "
        "cost me weeks. In the end battery drain was three percent an hour, down from nine.",
    ),
)


def test_a_story_is_recognised_in_other_words_and_different_stories_are_not() -> None:
    sessions = [
        graded_session(id=f"s{number}-{time}", turns=(example_turn(text, question=question),))
        for number, pair in enumerate(TOLD)
        for time, (text, question) in enumerate(
            zip(pair, ("production_failure", "disagreement"), strict=True)
        )
    ]
    told = [story for session in sessions for story in stories(session)]
    found = {frozenset((pair.one.session, pair.other.session)) for pair in retold(told)}
    assert found == {frozenset((f"s{number}-0", f"s{number}-1")) for number in range(len(TOLD))}
    assert [len(story) for story in told_again(retold(told))] == [2] * len(TOLD)


def test_a_second_attempt_is_no_story_told_twice(store: SessionStore) -> None:
    first = keep(store, 3)
    with Index(store) as index:
        assert told_before(index, first) == ()
    again = store.create(replace(graded_session(retry_of=first.id), created=NOW.isoformat()))
    other = keep(store, 0.5)
    with Index(store) as index:
        pairs = told_before(index, again)
        assert {(pair.one.session, pair.other.session) for pair in pairs} == {(again.id, other.id)}
        assert {pair.when for pair in pairs} == {"before"}
        # The first attempt is not shown the second one either, only what was told elsewhere.
        pairs = told_before(index, first)
        assert {(pair.one.session, pair.other.session) for pair in pairs} == {(first.id, other.id)}
        assert {pair.when for pair in pairs} == {"again later"}
        assert len(told_before(index, other)) == 4


def test_further_attempts_alone_are_no_story_told_twice(store: SessionStore) -> None:
    first = keep(store, 3)
    second = store.create(replace(graded_session(retry_of=first.id), created=NOW.isoformat()))
    store.create(replace(graded_session(retry_of=second.id), created=NOW.isoformat()))
    store.create(replace(graded_session(retry_of=first.id), created=NOW.isoformat()))
    with Index(store) as index:
        assert told_before(index, first) == ()
        assert progress(index, NOW.date()).stories == ()


def test_attempts_with_a_forgotten_one_between_are_no_story_told_twice(store: SessionStore) -> None:
    first = keep(store, 3)
    second = store.create(replace(graded_session(retry_of=first.id), created=NOW.isoformat()))
    third = store.create(replace(graded_session(retry_of=second.id), created=NOW.isoformat()))
    with Index(store) as index:
        forget(store, index, doomed(store, [second.id], audio_only=False), audio_only=False)
    with Index(store) as index:
        assert told_before(index, third) == ()
        assert progress(index, NOW.date()).stories == ()
    # What was told elsewhere still counts.
    other = keep(store, 0.5)
    with Index(store) as index:
        pairs = told_before(index, first)
        assert {pair.other.session for pair in pairs} == {other.id}


def test_the_page_shows_every_trend_and_what_is_next(store: SessionStore) -> None:
    for days in range(1, 9):
        keep(store, days, 1 + days % 5, missed=("number",))
    with Index(store) as index:
        found = progress(index, NOW.date())
        page = progress_page(found, next_practice(index, TITLES, NOW), TITLES)
    assert page.count('class="trend"') == len(found.criteria) + len(found.delivery) == 6
    assert "Practise next" in page
    assert "Gives a number for the damage" in page
    assert "<script" not in page


def test_a_story_says_in_how_many_sessions_it_was_told(
    store: SessionStore, capsys: pytest.CaptureFixture[str]
) -> None:
    for days in (3, 2, 1):
        keep(store, days)
    with Index(store) as index:
        found, practice = progress(index, NOW.date()), next_practice(index, TITLES, NOW)
    page = progress_page(found, practice, TITLES)
    assert "<li>The same story, in 3 sessions: 2026-11-22" in page
    first = found.stories[0][0]
    twice = replace(found, stories=((first, replace(first, turn=2)),))
    assert "<li>The same story, 2 times in one session: 20" in progress_page(
        twice, practice, TITLES
    )
    print_progress(found, practice, TITLES, "")
    print_progress(twice, practice, TITLES, "")
    printed = capsys.readouterr().out
    assert "The same story in 3 sessions: 2026-11-22" in printed
    assert "The same story 2 times in one session: 20" in printed


@pytest.mark.parametrize("quietly", [True, False])
def test_the_page_is_opened_unless_told_otherwise(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch, quietly: bool
) -> None:
    keep(store, 1)
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    more = ("--no-open",) if quietly else ()
    done = CliRunner().invoke(command, ["--web", *more, "--sessions", str(store.folder)])
    assert done.exit_code == 0, done.output
    page = Path(done.stdout.strip())
    assert "<html" in page.read_text("utf-8")
    assert opened == ([] if quietly else [page.as_uri()])


def test_the_page_of_somebody_without_sessions_is_written_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    done = CliRunner().invoke(command, ["--web", "--no-open", "--sessions", str(folder)])
    assert done.exit_code == 0, done.output
    assert Path(done.stdout.strip()).parent == folder
    page = Path(done.stdout.strip()).read_text("utf-8")
    assert "Practise next" in page
    assert "No session of your own yet." in page
    assert "days in a row" not in page


def test_only_who_never_practised_is_told_so(store: SessionStore) -> None:
    keep(store, 2)
    for options, told in (((), "1 session,"), (("--round", "coding"), "0 sessions,")):
        done = CliRunner().invoke(command, [*options, "--sessions", str(store.folder)])
        assert done.stdout.startswith(told)
    done = CliRunner().invoke(command, ["--sessions", str(store.folder / "none")])
    assert done.stdout.startswith("No session of your own yet.\n")


def test_terminal_codes_in_a_session_of_somebody_else_do_nothing(store: SessionStore) -> None:
    evil = "a\x1b]0;title\x07b"
    for days in (1, 2):
        session = keep(store, days)
        card = session.scorecard
        assert card
        criteria = tuple(replace(one, name=evil) for one in card.criteria)
        store.save(replace(session, scorecard=replace(card, criteria=criteria)))
        store.release(session.id)
    done = CliRunner().invoke(
        command, ["--sessions", str(store.folder)], env={"COLUMNS": "200"}, catch_exceptions=False
    )
    assert done.stdout.count("a]0;titleb") > 2
    assert "\x1b" not in done.stdout and "\x07" not in done.stdout


@pytest.mark.parametrize(
    ("round_id", "any_round", "begun"),
    [
        ("llm_rag", False, "llm_rag"),
        ("llm_rag", True, "coding"),
        ("full_loop", False, "recruiter_screen"),
    ],
)
def test_next_stays_in_the_round_that_was_named(
    store: SessionStore, round_id: str, any_round: bool, begun: str
) -> None:
    keep(store, 1)
    choices = Choices(round_id=round_id, any_round=any_round, suggested=True)
    with Index(store) as index:
        chosen, _ = suggestion(choices, index)
    assert chosen.round_id == begun
