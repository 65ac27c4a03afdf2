"""What a seniority is expected to show, and on which side of it a session lies."""

from rubrics.model import Seniority
from sessions.model import Session

BAR: dict[Seniority, float] = {"junior": 2.5, "mid": 3.0, "senior": 3.5, "staff": 4.0}
"""Mean level from which an interviewer votes for hiring. Level 3 is by the anchors what a
mid-level engineer is expected to show."""


def against_bar(session: Session) -> str:
    """The score beside the bar of the session's seniority; empty where there is no score.

    It is of the interval as it is shown: where two cards read 3.0-5.0, both are above 3.0.
    """
    card = session.scorecard
    if card is None or card.overall is None:
        return ""
    bar = BAR[session.seniority]
    low, high = (round(one or card.overall, 1) for one in (card.low, card.high))
    if low >= bar:
        side = "above it"
    elif high < bar:
        side = "below it"
    else:
        side = "too near to tell"
    return f"Bar for {session.seniority}: {bar:.1f}; this is {side}."


def expected(session: Session) -> str:
    """What the round expects of that seniority, in words; empty in a full loop."""
    return session.rubrics[0].bar.get(session.seniority, "") if len(session.rubrics) == 1 else ""
