"""What was asked and never heard: whoever interrupts its first words goes on with what they said."""

from dataclasses import replace

from interviewer.asking.moves import exchange
from interviewer.judging.spoken import question_of
from interviewer.requests.control import wording
from sessions.model import Answer, Control, Session, Turn

HEARD = 0.5
"""Share of a question from which people know what they are asked."""
TALKED_OVER = "Talked over before it was heard"
"""Why of a turn whose question was not heard: it stands as a reply in the question before it."""
_ABOUT_IT: frozenset[Control] = frozenset({"repeat", "back", "end", "off_topic", "steering"})
"""Controls that mean what the interviewer was about to say, and add nothing to what was said."""


def unheard(session: Session, turn: Turn) -> bool:
    """Whether most of a question was not heard; its opening or transition is no part of it."""
    if turn.kind not in ("question", "follow_up") or not turn.asked.interrupted:
        return False
    text = turn.asked.text
    own = text
    if turn.kind == "question":
        question = question_of(session.rubric(turn.round), turn.question, text).text
        own = " ".join(question.split())
    lead = max(0, len(text) - len(own))
    return len(turn.asked.spoken) - lead < HEARD * len(own)


def placed(session: Session) -> Session:
    """The session whose last answer stands where it belongs.

    Where its question was not heard, that is the question before, which it goes on with; the
    director then finds the unheard one not asked. Once in a row: who always talks over the
    interviewer would be asked for ever.
    """
    *earlier, last = session.turns
    if not earlier or not unheard(session, last) or not _goes_on(last.answer):
        return session
    before = earlier[-1]
    if before.why == TALKED_OVER or not _has_answer(replace(session, turns=tuple(earlier))):
        return session
    moved = replace(
        last,
        kind="reply",
        round=before.round,
        question=before.question,
        point=None,
        why=TALKED_OVER,
    )
    return session.with_last(moved)


def _goes_on(answer: Answer | None) -> bool:
    if answer is None or not answer.text.strip() or answer.control in _ABOUT_IT:
        return False
    return not (answer.control == "clarify" and wording(answer.text))


def _has_answer(session: Session) -> bool:
    """Whether there is something to go on with: a question that was passed over stays so."""
    answer = session.turns[-1].answer
    skipped = answer is not None and answer.control == "skip"
    return not skipped and bool(exchange(session).answers)
