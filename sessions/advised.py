"""What the advice for a question adds to what was said."""

from sessions.model import Advice, Session
from sessions.timeline import Exchange, plain_words

GAP = "[a sentence here "
"""How a gap begins that the grader appends to the person's own sentences."""
UNHEARD = 3
"""Words in a row that may be left out of an answer, and it is the same answer still: fillers, "you
know", a sentence of one or two words."""


def improvement(session: Session, exchange: Exchange, advice: Advice) -> tuple[str, str]:
    """The title and the text of what makes the answer stronger; both empty where nothing does.

    Where the person's own answer only got a gap appended, it is the gap alone.
    """
    text = advice.stronger.strip()
    version, mark, gaps = text.partition(GAP)
    if mark and not version.strip():
        return "Add", text
    answers = [session.turns[index].answer for index in exchange.turns]
    said = [answer.text for answer in answers if answer]
    if _only_shortened(plain_words(" ".join(said)), plain_words(version)):
        return ("Add", f"{mark}{gaps}") if gaps else ("", "")
    return ("Stronger", text) if text else ("", "")


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
