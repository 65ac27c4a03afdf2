"""The follow-up to one answer outside of an interview, with what it goes for and why."""

from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from interviewer import build
from interviewer.asking.brain import Brain
from interviewer.asking.moves import exchange
from interviewer.asking.probing import wanted
from interviewer.errors import InterviewError
from interviewer.models import catalogue
from interviewer.offline.answers import is_sound, read_answer, written_out
from interviewer.offline.remarks import refusal, remarks
from interviewer.offline.single import check_question, session_of, with_question
from interviewer.text.sentences import split
from rubrics.library import find
from rubrics.model import Rubric
from sessions.model import Answer


@dataclass(frozen=True)
class FollowUp:
    """What `interview probe` prints."""

    follow_up: str
    point: str | None
    """Id of the point that it goes for; None for a claim, "we", or going deeper."""
    why: str
    covered: tuple[str, ...]
    missing: tuple[str, ...]
    evidence: tuple[str, ...]
    """The sentences that it picks up, verbatim."""
    taken_as: str | None
    """Id of the bank's question that was recognised in other words."""
    notes: tuple[str, ...]
    """How the question was understood, and whether the answer seems to miss it."""

    def as_json(self) -> dict[str, Any]:
        """Ready for `json.dumps`."""
        return asdict(self)


def follow_up(
    given: str,
    round_id: str,
    question: str | None,
    llm: str,
    model: str | None,
    transcriber: str,
    progress: build.Progress,
    typed: bytes | None = None,
) -> FollowUp:
    """Read the answer, decide, and phrase; raises the errors of whatever fails.

    `typed` is what came on standard input, where it was read before.
    """
    rubric = find(round_id)
    check_question(rubric, question)
    written = written_out(given)
    if written is None:
        _check_file(given)
    heard = [catalogue.RECOGNISER] if written is None and is_sound(Path(given)) else []
    with build.Workshop(llm, model, transcriber, progress) as shop:
        shop.fetch(catalogue.EMBEDDING, catalogue.LANGUAGE, *heard)
        progress("reading the answer", None)
        note = partial(click.echo, err=True)
        answer = written or read_answer(
            Path(given), lambda: shop.transcriber, rubric.vocabulary, note, typed
        )
        if not answer.text.strip():
            raise InterviewError(f"{given}: no words in it. Give an answer of a sentence or more.")
        progress("looking for what is missing", None)
        return _to_answer(shop, rubric, question, answer)


def _to_answer(
    shop: build.Workshop, whole: Rubric, question: str | None, answer: Answer
) -> FollowUp:
    """The follow-up to an answer that was read; `whole` is its round."""
    rubric, asked = with_question(whole, question, shop.likeness, answer.text)
    sentences = split(answer.text)
    understood = remarks(shop.relevance, whole, asked, sentences)
    missed = refusal(shop.relevance, whole, asked, sentences)
    session = session_of(rubric, asked, answer, ())
    one = exchange(session)
    director, brain = shop.director(), Brain(shop.language_model)
    move = brain.choose(director.probe(one), session)
    verdicts = director.verdicts(one)
    shown = next((each for each in verdicts if each.point == move.point), None)
    said = split(one.text)
    good = [each for each in verdicts if not each.point.negative]
    asked_for = [each for each in wanted(director.view(one)) if not each.point.negative]
    return FollowUp(
        follow_up=brain.phrase(move, session),
        point=move.point.id if move.point else None,
        why=move.why,
        covered=tuple(each.point.statement for each in good if each.verdict == "covered"),
        missing=tuple(
            each.point.statement
            for each in asked_for
            if each.verdict in ("missing", "contradicted")
        ),
        evidence=tuple(said[n].text for n in shown.sentences) if shown else (),
        taken_as=understood.taken_as,
        notes=(*understood.notes, *([missed] if missed else [])),
    )


def _check_file(given: str) -> None:
    """Raise `InterviewError` for what can be no answer, before a model is fetched for it."""
    if not given.strip():
        raise InterviewError("Give an answer: in words, as a file's name, or - for standard input.")
    if Path(given).is_dir():
        raise InterviewError(f"{given} is a folder; name one file.")
