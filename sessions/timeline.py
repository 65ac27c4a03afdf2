"""A session as one reads it: questions with their follow-ups, pauses, fillers, evidence."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from rubrics.library import FULL_LOOP
from rubrics.model import Question
from sessions.model import (
    Advice,
    CriterionScore,
    ModelUsed,
    PointScore,
    Quote,
    Session,
    Turn,
    Word,
)

FILLERS = frozenset("um uh uhm umm uhh er erm err hmm hm mm ah".split())
"""What is marked as a filler: the same words that `voice.delivery` counts (a test compares)."""
SILENCE = 1.0
"""Seconds of silence between two words from which it is marked; shorter ones are breath and commas
(Campione and Veronis 2002)."""
LONG_PAUSE = 2.0
"""Seconds above which a silence is called a long pause: where `voice.delivery` counts one (a test
compares)."""
DOUBTFUL = 0.5
"""Recogniser probability below which a word is marked as perhaps misheard."""


@dataclass(frozen=True)
class Exchange:
    """One main question with everything that belongs to it."""

    round: str
    question: str
    text: str
    """The main question as the bank has it; as it was asked where it is in none."""
    turns: tuple[int, ...]
    """Indices into `Session.turns`."""


@dataclass(frozen=True)
class Evidence:
    """A quote and what it proves."""

    label: str
    quote: Quote


def exchanges(session: Session) -> tuple[Exchange, ...]:
    """The session's turns by main question, also where somebody came back to it; the closing, and
    what was said outside of a question, are a part of the last."""
    found: dict[tuple[str, str], Exchange] = {}
    for index, turn in enumerate(session.turns):
        about = (turn.round, turn.question)
        if found and (turn.kind == "closing" or (turn.kind != "question" and about not in found)):
            about = next(reversed(found))
        one = found.get(about) or _exchange(session, turn)
        found[about] = replace(one, turns=(*one.turns, index))
    return tuple(found.values())


def _exchange(session: Session, turn: Turn) -> Exchange:
    one = Exchange(turn.round, turn.question, turn.asked.text, ())
    bank = bank_question(session, one)
    return replace(one, text=bank.text) if bank else one


def bank_question(session: Session, exchange: Exchange) -> Question | None:
    """The question of the rubric; None for one of the candidate's own."""
    for rubric in session.rubrics:
        for question in rubric.questions:
            if (rubric.id, question.id) == (exchange.round, exchange.question):
                return question
    return None


def besides(turn: Turn, exchange: Exchange) -> str:
    """What the interviewer said in a turn that is not in the question's heading: a greeting, say."""
    if turn.kind != "question":
        return turn.asked.text
    return " ".join(turn.asked.text.replace(exchange.text, " ").split())


DEEPER = "Covered: goes deeper"
ANY = "Fits any answer"
"""How the reason begins for one of the questions that a rubric keeps for a strong answer."""


def reason(why: str) -> str:
    """Why a follow-up was asked, in words for whom it was asked, without the question itself."""
    if why.startswith(DEEPER):
        # What follows is the question as it is written: the same one, if perhaps in other words.
        return "Your answer was a strong one so far, so this goes deeper."
    if why.startswith(ANY):
        return "Nothing in your answer called for a sharper question."
    return why


def round_title(session: Session, round_id: str | None = None) -> str:
    """What a round is called: the session's own where no other is named."""
    return titled(round_id or session.round, {one.id: one.title for one in session.rubrics})


def titled(round_id: str, titles: Mapping[str, str]) -> str:
    """The round's title; its id where it has none. The full loop is in no library."""
    return titles.get(round_id, "Full loop" if round_id == FULL_LOOP else round_id)


def advice_on(session: Session, exchange: Exchange) -> tuple[Advice, ...]:
    """What to do about this question."""
    return _about(exchange, session.scorecard.advice if session.scorecard else ())


Judged = TypeVar("Judged", Advice, PointScore)


def _about(exchange: Exchange, judged: Iterable[Judged]) -> tuple[Judged, ...]:
    wanted = (exchange.round, exchange.question)
    return tuple(one for one in judged if (one.round, one.question) == wanted)


REACHED = ("covered", "unclear")
"""Verdicts on a point of a question that say that the answer came to the matter."""
BESIDE_THE_POINT = "Nothing in this answer was heard to be about the question's points."


def shown_points(session: Session, exchange: Exchange) -> tuple[PointScore, ...]:
    """What became of the points, without faults that were avoided by saying nothing on the matter:
    of such a question, no point was covered or unclear."""
    found = _about(exchange, session.scorecard.points if session.scorecard else ())
    if any(not one.negative and one.verdict in REACHED for one in found):
        return found
    return tuple(one for one in found if not (one.negative and one.verdict == "missing"))


def beside_the_point(points: Iterable[PointScore]) -> bool:
    """Whether there is nothing among these shown points but what is missing."""
    found = [one.verdict for one in points]
    return bool(found) and all(one == "missing" for one in found)


def good(point: PointScore) -> bool | None:
    """Whether the point speaks for the candidate; None where that is unclear."""
    if point.verdict == "unclear":
        return None
    return (point.verdict == "covered") != point.negative


def levels(scores: Iterable[CriterionScore]) -> str:
    """The levels of a round, shortly: "levels 2 to 4", "level 1 throughout", "not scored"."""
    known = sorted(one.level for one in scores if one.level is not None)
    if not known:
        return "not scored"
    low, high = known[0], known[-1]
    return f"levels {low} to {high}" if low < high else f"level {low} throughout"


def is_filler(word: Word) -> bool:
    """Whether this is um, uh or one of their kind."""
    return re.sub(r"[^a-z]", "", word.text.lower()) in FILLERS


def plain_words(text: str) -> list[str]:
    """The words as they sound: without case and punctuation."""
    return re.findall(r"[\w']+", text.lower())


def pauses(turn: Turn) -> tuple[tuple[float, float], ...]:
    """Start and end of each silence between words that is marked, in seconds of the recording."""
    words = turn.answer.words if turn.answer else ()
    return tuple(
        (one.end, other.start) for one, other in pairwise(words) if other.start - one.end >= SILENCE
    )


def evidence(session: Session) -> Iterator[Evidence]:
    """All quotes of the scorecard, in the order in which they were said."""
    if session.scorecard is None:
        return
    found = [
        Evidence(score.name, quote)
        for score in session.scorecard.criteria
        for quote in score.quotes
    ] + [
        Evidence(score.statement, quote)
        for score in session.scorecard.points
        for quote in score.quotes
    ]
    seen: set[tuple[str, Quote]] = set()
    for one in sorted(found, key=lambda one: (one.quote.turn, one.quote.start)):
        if (one.label, one.quote) not in seen:
            seen.add((one.label, one.quote))
            yield one


def wait(turn: Turn) -> float:
    """Seconds from the end of the answer to the interviewer's next word."""
    return sum(stage.seconds for stage in turn.stages)


STAGES = {
    "endpoint": "making sure that you were done",
    "transcribe": "hearing the last words",
    "consider": "telling an answer from a request",
    "keep": "saving",
    "judge": "choosing what to ask",
    "phrase": "wording it",
    "render": "voicing it",
}
"""What the stages of a turn are called for whom waited."""
SHORTEST = 0.005
"""Seconds below which a stage would be shown as 0.00."""


def spent(turn: Turn) -> str:
    """What the wait was spent on: "wording it 0.18 s, voicing it 0.04 s"."""
    return ", ".join(
        f"{STAGES.get(one.name, one.name)} {one.seconds:.2f} s"
        for one in turn.stages
        if one.seconds >= SHORTEST
    )


def called(turn: Turn) -> str:
    """What kind of turn it is: "follow-up"."""
    return turn.kind.replace("_", "-")


def remote_models(session: Session) -> tuple[ModelUsed, ...]:
    """The models for which something left this machine."""
    return tuple(model for model in session.models if model.remote)


def where_it_went(session: Session) -> str:
    """In one sentence: what left this machine, and for whom."""
    remote = remote_models(session)
    if not remote:
        return "Nothing left this machine."
    sent = {"language": "the transcript", "grader": "the transcript", "embedding": "the transcript",
            "recogniser": "the recorded sound", "voice": "the interviewer's sentences"}  # fmt: skip
    parts = [f"{sent[model.role]} to {model.engine} ({model.name})" for model in remote]
    return f"Left this machine: {'; '.join(dict.fromkeys(parts))}."


def printable(text: str) -> str:
    """The text without control characters, which a terminal would obey."""
    return "".join(one for one in text if one == "\n" or unicodedata.category(one) != "Cc")


def clock(seconds: float) -> str:
    """Minutes and seconds as one reads them: 1:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def spoken_seconds(turns: Iterable[Turn]) -> float:
    """Length of the conversation: what was asked and what was answered."""
    return sum(turn.asked.seconds + (turn.answer.seconds if turn.answer else 0.0) for turn in turns)
