"""The panel after a full loop: each round's interviewer votes, then one recommendation."""

from statistics import fmean
from typing import Literal

from sessions.bar import BAR
from sessions.model import CriterionScore, Debrief, Session, Vote
from sessions.timeline import round_title

Recommendation = Literal["strong hire", "hire", "no hire", "strong no hire", "no decision"]

CLEAR = 0.75
"""Levels above or below the bar from which the vote is a strong one, unless the bar is within its
interval."""


def debrief(session: Session) -> Debrief:
    """Votes and recommendation from the scorecard; a round without scores casts no vote."""
    votes = tuple(_vote(rubric.id, session) for rubric in session.rubrics)
    recommendation, reasons = _decision(session, votes)
    if recommendation == "no decision":
        reasons = (*reasons, *_missing(session, votes))
    return Debrief(votes=votes, recommendation=recommendation, reasons=reasons)


def _vote(round_id: str, session: Session) -> Vote:
    card = session.scorecard
    scored = [one for one in (card.criteria if card else ()) if one.round == round_id and one.level]
    if not scored:
        return Vote(round=round_id, vote="no vote", reason="Nothing in this round was scored.")
    mean, bar = fmean(one.level or 0 for one in scored), BAR[session.seniority]
    # As they are shown, or the same numbers would lead to two verdicts.
    low = round(fmean(one.low or one.level or 0 for one in scored), 1)
    high = round(fmean(one.high or one.level or 0 for one in scored), 1)
    near = low < bar <= high
    strong = abs(mean - bar) >= CLEAR and not near
    against = f"Mean level {mean:.1f}, bar for {session.seniority} {bar:.1f}"
    if near:
        against += f" (likely {low:.1f}-{high:.1f}: too near to tell)"
    reason = _reason(scored, against)
    if mean >= bar:
        return Vote(round=round_id, vote="strong hire" if strong else "hire", reason=reason)
    return Vote(round=round_id, vote="strong no hire" if strong else "no hire", reason=reason)


def _reason(scored: list[CriterionScore], against: str) -> str:
    best = max(scored, key=lambda one: one.level or 0)
    worst = min(scored, key=lambda one: one.level or 0)
    if best.level == worst.level:
        return f"{against}; level {best.level} in every criterion that was scored."
    return (
        f"{against}; strongest: {best.name} ({best.level}), weakest: {worst.name} ({worst.level})."
    )


def _decision(session: Session, votes: tuple[Vote, ...]) -> tuple[Recommendation, tuple[str, ...]]:
    """A strong no from any round stops the offer; otherwise the majority decides. Nothing is
    decided before more than half of the rounds have voted."""
    cast = [one for one in votes if one.vote != "no vote"]
    if not cast:
        return "no decision", ("No round was scored, so there is nothing to decide on.",)
    if len(cast) * 2 <= len(votes):
        was = "was" if len(cast) == 1 else "were"
        return "no decision", (f"Only {len(cast)} of {len(votes)} rounds {was} scored.",)
    hire = [one for one in cast if one.vote in ("hire", "strong hire")]
    strong_no = [one for one in cast if one.vote == "strong no hire"]
    missing = len(votes) - len(cast)
    reasons = [f"{len(hire)} of {len(cast)} rounds vote for hiring."]
    if strong_no:
        # Why is in the votes; titles hold commas.
        names = "; ".join(round_title(session, one.round) for one in strong_no)
        reasons.append(f"A strong no stops the offer: {names}.")
    if missing:
        rounds = "1 round was" if missing == 1 else f"{missing} rounds were"
        reasons.append(f"{rounds} not scored and did not vote.")
    if strong_no:
        return ("strong no hire" if len(strong_no) * 2 > len(cast) else "no hire"), tuple(reasons)
    if len(hire) * 2 <= len(cast):
        return "no hire", tuple(reasons)
    all_strong = not missing and all(one.vote == "strong hire" for one in cast)
    return ("strong hire" if all_strong else "hire"), tuple(reasons)


def _missing(session: Session, votes: tuple[Vote, ...]) -> tuple[str, ...]:
    """The rounds without a vote, where others have one."""
    without = {one.round for one in votes if one.vote == "no vote"}
    names = [one.title for one in session.rubrics if one.id in without]
    return (f"Without a vote: {', '.join(names)}.",) if len(names) < len(votes) else ()
