"""What a person should know of how their question was understood: on stderr, and in the JSON."""

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.judging.relevance import ANOTHER_QUESTION, Relevance, unlike
from interviewer.offline.single import taken_as
from interviewer.text.sentences import Sentence
from rubrics.model import UNKNOWN, Question, Rubric


@dataclass(frozen=True)
class Remarks:
    """None at all for a saved session: it knows what was asked."""

    taken_as: str | None = None
    """Id of the bank's question that was recognised in other words."""
    notes: tuple[str, ...] = ()


def remarks(
    relevance: Relevance, rubric: Rubric, question: Question, said: Sequence[Sentence]
) -> Remarks:
    """On an answer's question; `rubric` is the whole round."""
    if known := taken_as(rubric, question):
        return Remarks(known.id, (recognised(known),))
    if question.text != UNKNOWN or relevance.other_round(rubric.id, said):
        return Remarks()
    likelier = relevance.likelier_round(rubric.id, said)
    hint = (
        f"Nobody knows what was asked (--question), and the answer sounds more like one of {likelier} "
        f"than of {rubric.id}. If that is what it is: --round {likelier}"
    )
    return Remarks(notes=(hint,) if likelier else ())


def recognised(known: Question) -> str:
    """That a question in one's own words was taken for this one of the bank."""
    return f'Taken as the bank\'s question {known.id}: "{known.text}"'


def refusal(
    relevance: Relevance, rubric: Rubric, question: Question, said: Sequence[Sentence]
) -> str:
    """Why `interview grade` would turn the answer down; empty where it would not."""
    if question.text == UNKNOWN:
        other = relevance.other_round(rubric.id, said)
        return f"It would not be scored: {unlike(rubric.id, other)}" if other else ""
    if relevance.elsewhere(rubric.id, question.text, said, question.id):
        return f"It would be graded 1: {ANOTHER_QUESTION}"
    return ""
