"""What the advice for a question adds to what was said."""

from sessions.model import NO_ANSWER, Advice, Answer, Session
from sessions.timeline import Exchange, advice_on, exchanges, plain_words

GAP = "[a sentence here "
"""How a gap begins that the grader appends to the person's own sentences."""
NUMBER = "[your number here]"
"""What may follow it."""
UNHEARD = 3
"""Words in a row that may be left out of an answer, and it is the same answer still: fillers, "you
know", a sentence of one or two words."""


def to_fix(session: Session) -> list[tuple[int, Exchange, tuple[str, ...]]]:
    """What to fix first, by question: its number, the question, and the fixes."""
    return [
        (number, exchange, one.fix_first)
        for number, exchange in enumerate(exchanges(session), 1)
        for one in advice_on(session, exchange)
        if one.fix_first
    ]


def improvement(session: Session, exchange: Exchange, advice: Advice) -> tuple[str, str]:
    """The title and the text of what makes the answer stronger; both empty where nothing does.

    Where the person's own answer only got a gap appended, it is the gap alone, and nothing where
    what is to be fixed first says the same.
    """
    text = advice.stronger.strip()
    version, mark, gaps = text.partition(GAP)
    answers = [session.turns[index].answer for index in exchange.turns]
    told = [one for one in answers if one and one.control not in NO_ANSWER]
    # Some of those with another control are graded, as a question about a fact.
    plain = [one for one in told if one.control is None]
    words = plain_words(version)
    if not words or any(_only_shortened(_words(said), words) for said in (told, plain)):
        missing = [one for one in gaps.split(GAP) if one and not _fixed(one, advice)]
        return ("Add", f"{mark}{gaps}") if missing else ("", "")
    return ("Stronger", text) if text else ("", "")


def _words(answers: list[Answer]) -> list[str]:
    return plain_words(" ".join(one.text for one in answers))


def _fixed(gap: str, advice: Advice) -> bool:
    """Whether a fix asks for what that gap does: "that says how it was noticed"."""
    wanted = gap.strip().removesuffix(NUMBER).strip().removesuffix("]")
    return any(wanted in fix for fix in advice.fix_first)


def _only_shortened(said: list[str], version: list[str]) -> bool:
    """Whether the words are those that were said, but for fillers and the like."""
    rest, left_out = iter(version), 0
    wanted = next(rest, None)
    for word in said:
        if word == wanted:
            wanted, left_out = next(rest, None), 0
        else:
            left_out += 1
        if left_out > UNHEARD:
            return False
    return wanted is None
