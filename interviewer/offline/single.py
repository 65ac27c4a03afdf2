"""One answer outside of an interview, as a session with a single question."""

import re
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches

from interviewer.errors import InterviewError
from interviewer.judging.relevance import leaves_open
from interviewer.judging.spoken import CUSTOM, custom, deepening
from interviewer.text.likeness import Likeness
from interviewer.text.terms import terms
from rubrics.model import UNKNOWN, Question, Rubric
from sessions.model import Answer, Asked, ModelUsed, Planned, Session, Turn

SCENARIO = 0.5
"""Likeness of the wording from which a question of the bank has the same scenario, too."""
SHORTEST, LONGEST = 3, 2000
"""Letters that a question has, as in a rubric."""
SAID_GENERALLY = 0.35
"""Likeness (cosine) of two statements from which the general one's probe asks for the other, too."""


def with_question(
    rubric: Rubric, text: str | None, likeness: Likeness, answer: str = ""
) -> tuple[Rubric, Question]:
    """The rubric and the question of that text or id.

    A question that the bank has in other words keeps its own words and gets the bank's points;
    any other, also one that leaves open what is told, gets the criteria's own. The `answer`, where
    there is one, helps to recognise it.
    """
    wanted = _plain(text or "")
    for question in rubric.questions:
        if wanted in (_plain(question.text), _plain(question.id)):
            return replace(rubric, questions=(question,)), question
    special = text and not leaves_open(text)
    meant = likeness.question(text, rubric.questions, answer) if text and special else None
    if meant and text:
        if likeness.alike(text, meant) < SCENARIO:
            meant = _asked_generally(meant, f"{text} {answer}", rubric, likeness)
        meant = replace(meant, text=text)
        return replace(rubric, questions=(meant,)), meant
    own = custom(rubric, CUSTOM, text or UNKNOWN)
    return replace(rubric, questions=(own,)), own


def taken_as(rubric: Rubric, asked: Question) -> Question | None:
    """The question of the whole round that was recognised in other words; None where it was not."""
    known = next((one for one in rubric.questions if one.id == asked.id), None)
    return known if known and _plain(known.text) != _plain(asked.text) else None


def check_question(rubric: Rubric, text: str | None) -> None:
    """Raise `InterviewError` for what is no question, or was meant as an id and is none."""
    if text is not None and not SHORTEST <= len(text.strip()) <= LONGEST:
        raise InterviewError(
            f"{text[:40]!r} is no question. --question takes one in your own words, or the id of one of "
            f"the round's (`interview rubrics show {rubric.id}`)."
        )
    known = [one.id for one in rubric.questions]
    wanted = (text or "").strip().lower()
    if not wanted or _plain(wanted) in {_plain(one) for one in known}:
        return
    near = get_close_matches(wanted, known, 3, 0.6)
    several = re.fullmatch(r"[a-z0-9]+([_-][a-z0-9]+)+", wanted)
    if not several and not (near and re.fullmatch(r"\w+", wanted)):
        return
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    raise InterviewError(
        f"The round {rubric.id} has no question {text!r}.{meant} `interview rubrics show "
        f"{rubric.id}` lists them; a question of your own is a sentence."
    )


def _asked_generally(meant: Question, told: str, rubric: Rubric, likeness: Likeness) -> Question:
    """The bank's question without what it asks about its own scenario, where that was not `told`.

    Who has never heard of manuals is not asked for "the right size for these manuals", but what the
    general point that says nearly the same asks; where none does, the point belongs to the scenario.
    """
    foreign = terms(meant.text) - terms(told)
    general = rubric.general_points()
    statements = [one.statement for one in general]
    points = []
    for point in meant.points:
        if _presumes(point.probe, foreign):
            index, near = next(iter(likeness.nearest(point.statement, statements)), (0, 0.0))
            if near < SAID_GENERALLY:
                continue
            point = replace(point, probe=general[index].probe)
        points.append(point)
    deeper = tuple(one for one in meant.deepening if not _presumes(one, foreign))
    deeper = deeper or deepening(rubric.id, meant.text)
    return replace(meant, points=tuple(points) or general, deepening=deeper)


def _presumes(asked: str, foreign: frozenset[str]) -> bool:
    """Whether it speaks of something foreign as known: "these manuals", not "an early event"."""
    pointed = re.findall(r"\b(?:the|these|this|those|every|each|your) (?:\w+ )?\w+", asked.lower())
    return any(foreign & terms(one) for one in pointed)


def session_of(
    rubric: Rubric, question: Question, answer: Answer, models: tuple[ModelUsed, ...]
) -> Session:
    """An ended session that holds this one answer; it is not on disk."""
    turn = Turn(
        kind="question",
        round=rubric.id,
        question=question.id,
        asked=Asked(text=question.text, spoken=question.text, seconds=0.0),
        answer=answer,
    )
    return Session(
        id="single",
        created=datetime.now().astimezone().isoformat(timespec="seconds"),
        status="ended",
        ended_by="complete",
        round=rubric.id,
        seniority="mid",
        style="neutral",
        planned=(Planned(round=rubric.id, question=question.id),),
        rubrics=(rubric,),
        models=models,
        candidate="recording",
        turns=(turn,),
    )


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
