"""The panel after a full loop: each round's interviewer votes, then one recommendation."""

from statistics import fmean

from rubrics.model import Seniority
from sessions.model import CriterionScore, Debrief, Session, Vote

FULL_LOOP = "full_loop"
ROUNDS = (
    "recruiter_screen",
    "coding",
    "ml_fundamentals",
    "ml_system_design",
    "llm_rag",
    "behavioral",
)
"""The order of a loop, as most companies hold it."""
BAR: dict[Seniority, float] = {"junior": 2.5, "mid": 3.0, "senior": 3.5, "staff": 4.0}
"""Mean level of a round's criteria from which its interviewer votes for hiring. Level 3 is by
the anchors what a mid-level engineer is expected to show."""
CLEAR = 0.75
"""Levels above or below the bar from which the vote is a strong one."""


def debrief(session: Session) -> Debrief:
    """Votes and recommendation from the scorecard; a round without scores casts no vote."""
    votes = tuple(_vote(rubric.id, session) for rubric in session.rubrics)
    return Debrief(votes=votes, **_decision(votes))  # type: ignore[arg-type]


def _vote(round_id: str, session: Session) -> Vote:
    card = session.scorecard
    scored = [
        one for one in (card.criteria if card else ()) if one.round == round_id and one.level
    ]
    if not scored:
        return Vote(round=round_id, vote="no vote", reason="Nothing in this round was scored.")
    mean = fmean(one.level or 0 for one in scored)
    above = mean - BAR[session.seniority]
    if above >= 0:
        vote = "strong hire" if above >= CLEAR else "hire"
    else:
        vote = "strong no hire" if above <= -CLEAR else "no hire"
    return Vote(round=round_id, vote=vote, reason=_reason(scored, mean, session.seniority))  # type: ignore[arg-type]


def _reason(scored: list[CriterionScore], mean: float, seniority: Seniority) -> str:
    best = max(scored, key=lambda one: one.level or 0)
    worst = min(scored, key=lambda one: one.level or 0)
    return (
        f"Mean level {mean:.1f}, bar for {seniority} {BAR[seniority]:.1f}; "
        f"strongest: {best.name} ({best.level}), weakest: {worst.name} ({worst.level})."
    )


def _decision(votes: tuple[Vote, ...]) -> dict[str, object]:
    """A strong no from any round stops the offer; otherwise the majority decides."""
    cast = [one for one in votes if one.vote != "no vote"]
    if not cast:
        reasons = ("No round was scored, so there is nothing to decide on.",)
        return {"recommendation": "no decision", "reasons": reasons}
    hire = [one for one in cast if one.vote in ("hire", "strong hire")]
    strong_no = [one for one in cast if one.vote == "strong no hire"]
    reasons = [f"{len(hire)} of {len(cast)} rounds vote for hiring."]
    reasons += [f"{one.round}: strong no. {one.reason}" for one in strong_no]
    missing = len(votes) - len(cast)
    if missing:
        reasons.append(f"{missing} rounds were not scored and did not vote.")
    if strong_no:
        word = "strong no hire" if len(strong_no) * 2 > len(cast) else "no hire"
    elif len(hire) * 2 <= len(cast):
        word = "no hire"
    else:
        all_strong = all(one.vote == "strong hire" for one in cast)
        word = "strong hire" if all_strong else "hire"
    return {"recommendation": word, "reasons": tuple(reasons)}
