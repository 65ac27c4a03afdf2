"""A full loop ends in votes and one recommendation, by a fixed rule."""

from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.asking.debrief import debrief
from interviewer.build import Workshop
from interviewer.offline.regrading import regrade
from rubrics.library import find
from sessions.errors import SessionError
from sessions.model import CriterionScore, GraderInfo, Scorecard, Session
from sessions.store import SessionStore


def session(levels: dict[str, int | None], seniority: str = "mid") -> Session:
    rubrics = tuple(find(one) for one in levels)
    criteria = tuple(
        CriterionScore(
            round=rubric.id,
            id=criterion.id,
            name=criterion.name,
            level=levels[rubric.id],
            unscored=None if levels[rubric.id] else "nothing was said",
            why="",
        )
        for rubric in rubrics
        for criterion in rubric.criteria
    )
    card = Scorecard(
        grader=GraderInfo(name="t", model="t", measured_on="t"),
        criteria=criteria,
        points=(),
        overall=None,
        unscored="t",
        delivery=(),
    )
    return Session(
        id="x",
        created="2026-01-01T00:00:00+00:00",
        status="graded",
        round="full_loop",
        seniority=seniority,  # type: ignore[arg-type]
        style="neutral",
        planned=(),
        rubrics=rubrics,
        models=(),
        candidate="t",
        scorecard=card,
    )


@pytest.mark.parametrize(
    ("levels", "recommendation"),
    [
        ({"behavioral": 5, "coding": 4, "llm_rag": 5}, "strong hire"),
        ({"behavioral": 3, "coding": 4, "llm_rag": 3}, "hire"),
        ({"behavioral": 5, "coding": 5, "llm_rag": 1}, "no hire"),
        ({"behavioral": 1, "coding": 1, "llm_rag": 3}, "strong no hire"),
        ({"behavioral": None, "coding": 4, "llm_rag": 4}, "hire"),
        ({"behavioral": None, "coding": 4}, "no decision"),
        ({"behavioral": None, "coding": None}, "no decision"),
    ],
)
def test_the_recommendation_follows_the_votes(
    levels: dict[str, int | None], recommendation: str
) -> None:
    assert debrief(session(levels)).recommendation == recommendation


@pytest.mark.parametrize(
    ("levels", "seniority", "recommendation"),
    [
        ({"behavioral": 4, "coding": 4}, "senior", "hire"),  # half a level above 3.5: not strong
        ({"behavioral": 3, "coding": 3}, "senior", "no hire"),  # half a level below: nor is this
        ({"behavioral": 4, "coding": 3}, "senior", "no hire"),  # no majority
        ({"behavioral": 1, "coding": 5}, "mid", "no hire"),  # a strong no of one in two
    ],
)
def test_votes_are_strong_where_they_are_clear_and_a_tie_is_no_offer(
    levels: dict[str, int | None], seniority: str, recommendation: str
) -> None:
    assert debrief(session(levels, seniority)).recommendation == recommendation


def test_a_round_without_scores_casts_no_vote_and_says_so() -> None:
    result = debrief(session({"behavioral": None, "coding": 4, "llm_rag": 4}))
    assert [vote.vote for vote in result.votes] == ["no vote", "strong hire", "strong hire"]
    assert any("not scored" in reason for reason in result.reasons)


def test_what_stops_the_offer_is_said_once_with_the_rounds_titles() -> None:
    result = debrief(session({"coding": 1, "ml_fundamentals": 1, "behavioral": 4}))
    assert result.reasons == (
        "1 of 3 rounds vote for hiring.",
        f"A strong no stops the offer: {find('coding').title}; {find('ml_fundamentals').title}.",
    )
    assert "Mean level 1.0" in result.votes[0].reason


def test_a_loop_of_which_little_was_held_is_not_decided() -> None:
    held: dict[str, int | None] = {"recruiter_screen": 1, "coding": None, "behavioral": None}
    result = debrief(session(held))
    assert result.recommendation == "no decision"
    assert result.reasons == (
        "Only 1 of 3 rounds was scored.",
        f"Without a vote: {find('coding').title}, {find('behavioral').title}.",
    )


def test_a_vote_that_the_uncertainty_does_not_bear_out_says_so() -> None:
    loop = session({"coding": 3})
    assert loop.scorecard
    near = tuple(replace(one, low=2.4, high=3.6) for one in loop.scorecard.criteria)
    loop = replace(loop, scorecard=replace(loop.scorecard, criteria=near))
    assert "(likely 2.4-3.6: too near to tell)" in debrief(loop).votes[0].reason
    assert "too near" not in debrief(replace(loop, seniority="staff")).votes[0].reason


def test_no_vote_that_is_too_near_to_tell_is_a_strong_one() -> None:
    loop = session({"coding": 2})
    assert loop.scorecard
    wide = tuple(replace(one, low=1.2, high=3.2) for one in loop.scorecard.criteria)
    near = replace(loop, scorecard=replace(loop.scorecard, criteria=wide))
    assert debrief(loop).votes[0].vote == "strong no hire"
    assert debrief(near).votes[0].vote == "no hire"
    assert debrief(near).reasons == ("0 of 1 rounds vote for hiring.",)


def test_the_bar_rises_with_seniority() -> None:
    levels: dict[str, int | None] = {"coding": 3}
    assert debrief(session(levels, "mid")).recommendation == "hire"
    assert debrief(replace(session(levels), seniority="staff")).recommendation != "hire"


def test_nobody_writes_a_session_while_it_is_graded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, other = SessionStore(tmp_path), SessionStore(tmp_path)
    one = store.create(session({"behavioral": 3}))
    store.release(one.id)

    class Slow:
        used = ()

        def grade(self, session: Session, progress: object) -> Scorecard | None:
            with pytest.raises(SessionError, match="another process"):
                other.save(replace(session, interviewer="Sam"))
            return session.scorecard

    monkeypatch.setattr(Workshop, "fetch", lambda self, *models: None)
    monkeypatch.setattr(Workshop, "grader", lambda self, kind, folder: Slow())
    assert regrade(store, one.id).scorecard == one.scorecard
    assert other.take(one.id).status == "graded"


@pytest.mark.slow
def test_a_loop_that_is_graded_again_is_recommended_again(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    one = store.create(session({"behavioral": 3, "coding": 4}))
    store.release(one.id)
    again = regrade(store, one.id)
    assert again.debrief is not None
    assert again.debrief.recommendation == "no decision", "nothing was answered in it"
    assert store.load(one.id).debrief == again.debrief
