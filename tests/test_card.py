"""A scorecard says no more than its quotes prove, and asks for nothing that it quotes."""

from dataclasses import replace

import pytest

from interviewer.judging import scoring
from interviewer.judging.advice import advice
from interviewer.judging.card import Answered, card
from interviewer.judging.level import Reading
from interviewer.judging.points import Evidence, PointVerdict
from interviewer.judging.spoken import NOT_ASKED, Spoken, exchanges, single
from interviewer.text.embedding import Embedder
from interviewer.text.sentences import split, untimed
from rubrics.library import find, shipped
from sessions.model import Asked, CriterionScore, GraderInfo, Verdict
from tests.example_sessions import example_turn, graded_session

SAID = (
    "Four days later I saw that billing answers had dropped from 92 to 61 percent. "
    "I rolled it back myself the same morning. "
    "Since then every release has a check per segment."
)
RUBRIC = find("behavioral")
QUESTION = RUBRIC.question("unexpected_harm")
OWNERSHIP = "ownership"
INFO = GraderInfo(name="embedded", model="", measured_on="")


def spoken() -> Spoken:
    return single(RUBRIC, QUESTION, QUESTION.text, untimed(SAID))


def found(
    says: str,
    verdict: Verdict,
    *sentences: int,
    near: tuple[int, ...] = (),
    weight: float = 1.0,
    negative: bool = False,
    chance: float | None = None,
) -> PointVerdict:
    """A verdict on a point of the criterion of own decisions."""
    usual = {"covered": 0.9, "unclear": 0.5, "missing": 0.1, "contradicted": 0.1}[verdict]
    point = next(one for one in QUESTION.points if one.criterion == OWNERSHIP)
    point = replace(point, id=says, statement=says, weight=weight, negative=negative)
    return PointVerdict(point, verdict, 0.9, sentences, usual if chance is None else chance, near)


def shown(*points: PointVerdict, level: float = 4.0) -> CriterionScore:
    judged = scoring.Judged(Reading(level, 0.5), {OWNERSHIP: level})
    whole = card(INFO, [Answered(spoken(), "", points, judged, None)])
    return next(one for one in whole.criteria if one.id == OWNERSHIP)


def test_only_what_a_sentence_shows_was_heard() -> None:
    one = shown(found("Measured it.", "covered", 0), found("Watched it.", "covered"))
    assert one.why == "2 of 2 points were found. Heard: measured it."
    one = shown(found("Measured it.", "covered"), found("Watched it.", "missing"))
    assert one.why == (
        "1 of 2 points was found. Read from the answer as a whole, no one sentence shows it: "
        "measured it."
    )
    assert one.quotes == ()


def test_where_nothing_was_found_the_card_says_what_the_level_rests_on() -> None:
    one = shown(found("Measured it.", "missing"), found("Watched it.", "missing"))
    assert one.why == "None of 2 points was found. The level is read from the answer as a whole."
    assert one.quotes == (), "how it was told says nothing on the criterion"
    one = shown(found("Measured it.", "unclear", 1))
    assert one.why.startswith("Its point was not found. The level is read")
    assert one.why.endswith("What is quoted comes near a point without deciding it.")
    assert [quote.text for quote in one.quotes] == [split(SAID)[1].text]
    one = shown(found("Blamed others.", "missing", negative=True))
    assert one.why == (
        "There are only faults to be found in it here. The level is read from the answer as a whole."
    )


@pytest.mark.parametrize(("verdict", "level"), [("covered", 5.0), ("missing", 4.0)])
def test_a_criterion_without_a_point_that_was_found_is_not_at_the_highest_level(
    verdict: Verdict, level: float
) -> None:
    judged = scoring.judged(RUBRIC, [found("Measured it.", verdict)], Reading(5.0, 0.5))
    assert judged.criteria == {OWNERSHIP: level}
    assert judged.overall.level == 5.0, "the overall is read from the whole answer"


def test_nobody_is_asked_for_what_is_quoted_as_if_it_were_new() -> None:
    quoted = found("Measured it.", "covered", 0)
    asked = shown(quoted, found("Gives the figure.", "missing", near=(0,), chance=0.3))
    assert asked.raise_by == "What is quoted comes near this; say it outright: gives the figure."
    other = shown(quoted, found("Gives the figure.", "missing", near=(2,), chance=0.3))
    assert other.raise_by == "An answer that gives the figure."


def test_what_to_fix_first_is_not_called_missing_where_it_is_quoted() -> None:
    points = (
        found("Measured it.", "covered", 0),
        found("Gives the figure.", "missing", near=(0,), weight=2.0, chance=0.3),
        found("Says why.", "missing", near=(1,)),
    )
    one, other = advice(spoken(), split(SAID), points, None).fix_first
    assert one == "Only hinted at, say it outright: gives the figure."
    assert other == "Missing: an answer that says why."


@pytest.mark.parametrize("round_id", [one.id for one in shipped()])
def test_what_to_fix_and_what_comes_next_are_what_the_question_asks(round_id: str) -> None:
    rubric = find(round_id)
    for question in rubric.questions:
        one = single(rubric, question, question.text, untimed(SAID))
        missing = [PointVerdict(point, "missing", 0.9, (), 0.1) for point in one.points()]
        said = advice(one, split(SAID), missing, None)
        statements = [point.statement.rstrip(".")[1:] for point in question.points]
        assert all(any(own in fix for own in statements) for fix in said.fix_first)
        assert said.next_follow_up in [point.probe for point in question.points]


def test_nobody_is_told_to_be_ready_for_what_they_were_asked() -> None:
    first, *others = QUESTION.deepening
    deeper = example_turn(
        kind="follow_up", why=f"Covered: goes deeper: {first}",
        asked=Asked(text=f"You rolled it back. {first}", spoken="", seconds=1.0),
    )  # fmt: skip
    assert advice(spoken(), split(SAID), (), None).next_follow_up == first
    one = replace(spoken(), follow_ups=(deeper,))
    assert advice(one, split(SAID), (), None).next_follow_up == others[0]
    missed = [PointVerdict(point, "missing", 0.9, (), 0.1) for point in QUESTION.points[:2]]
    pursued = example_turn(kind="follow_up", point=QUESTION.points[0].id, why="Not told yet")
    one = replace(spoken(), follow_ups=(pursued,))
    assert advice(one, split(SAID), missed, None).next_follow_up == QUESTION.points[1].probe
    all_asked = tuple(replace(pursued, why=text) for text in QUESTION.deepening)
    assert advice(replace(one, follow_ups=all_asked), split(SAID), (), None).next_follow_up == ""


def test_follow_ups_are_a_part_of_what_a_question_holds() -> None:
    assert [len(one.follow_ups) for one in exchanges(graded_session(id="x"))] == [1, 0]


def test_a_question_outside_of_the_bank_is_advised_by_the_general_points() -> None:
    one = single(RUBRIC, None, "What do you read?", untimed(SAID))
    missing = [PointVerdict(point, "missing", 0.9, (), 0.1) for point in one.points()]
    assert len(advice(one, split(SAID), missing, None).fix_first) == 2
    assert one.unasked == frozenset()


def test_motives_are_not_judged_where_nobody_asked_for_them() -> None:
    rubric = find("recruiter_screen")
    question = rubric.question("biggest_impact")
    one = single(rubric, question, question.text, untimed(SAID))
    verdicts = tuple(PointVerdict(point, "missing", 0.9, (), 0.1) for point in one.points())
    read = Reading(3.0, 0.5)
    judged = scoring.judged(rubric, verdicts, read, unasked=one.unasked)
    assert judged.overall == scoring.judged(rubric, verdicts, read).overall
    criteria = {c.id: c for c in card(INFO, [Answered(one, "", verdicts, judged, None)]).criteria}
    assert criteria["motivation"].level is None
    assert criteria["motivation"].unscored == NOT_ASKED
    assert all(c.level for c in criteria.values() if c.id != "motivation")
    assert "motivation" not in scoring.lowest(rubric, one.unasked).criteria


def test_no_sentence_is_the_quote_of_a_third_point() -> None:
    points = [
        found("Names it.", "unclear", 1),
        found("Measured it.", "covered", 1),
        replace(found("Watched it.", "covered", 1, 2), confidence=0.7),
        found("Denies it.", "contradicted", 1),
    ]
    shown_for = [one.sentences for one in scoring.sparing(points)]
    assert shown_for == [(), (1,), (2,), (1,)], "the surest keep it"


def test_what_may_have_been_told_is_not_called_missing() -> None:
    points = (
        found("Gives the figure.", "missing", weight=2.0, chance=0.3),
        found("Says why.", "missing", chance=0.1),
    )
    assert advice(spoken(), split(SAID), points, None).fix_first == (
        "Not clearly heard: an answer that gives the figure.",
        "Missing: an answer that says why.",
    )


def test_what_hardly_bears_on_a_point_or_shows_a_fault_is_no_hint_at_it() -> None:
    told = found("Measured it.", "covered", 0)
    unlike = found("Gives the figure.", "missing", near=(0,), chance=0.1)
    (fix,) = advice(spoken(), split(SAID), (told, unlike), None).fix_first
    assert fix == "Missing: an answer that gives the figure."
    assert shown(told, unlike).raise_by == "An answer that gives the figure."
    fault = found("Blames others.", "covered", 1, negative=True)
    near = found("Gives the figure.", "missing", near=(1,), chance=0.3, weight=3.0)
    fixes = advice(spoken(), split(SAID), (fault, near), None).fix_first
    assert fixes[0] == "Not clearly heard: an answer that gives the figure."


def test_what_was_done_at_once_is_shown_by_the_sentence_that_tells_it(embedder: Embedder) -> None:
    evidence = Evidence(embedder, split(SAID))
    (point,) = (one for one in QUESTION.points if one.id == "immediate_containment")
    assert evidence.best(point) == (1,)
