"""Whether an answer is about its question."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np

from interviewer.judging.embedding import Embedder
from interviewer.judging.sentences import Sentence, split
from interviewer.judging.terms import overlap, terms
from rubrics.model import UNKNOWN

WINDOW = 3
"""Sentences that are compared with the question together."""
NAMES = ("mean", "window", "question sentence", "overlap")

ELSEWHERE = -4.0
"""Logit below which an answer is taken to be about something else. Level 1 for somebody who did
answer is the worse mistake, so it is set on answers that were cut short (Ctrl-C, an early end of
turn) and on the recorded candidate's: at -1.3, 15 % and 14 % of these were turned down; here it
is 5 % and none, and half of the answers to another question are noticed (77 % at -1.3)."""
SUBJECT = 0.2
"""Cosine by which an answer to a question for a story must be nearer to the bank's other
questions; 1 % of those cut short is, and a tenth of the answers to another question."""
LEAST_WORDS = 45
"""Words of an answer; somebody who was cut off in the introduction has not missed the question."""
NEAREST = 3
_STORY = re.compile(
    r"\b(?:a time|a failure|a situation|an example of when|a conflict|an incident|an outage|"
    r"a mistake|a disagreement|a bad|a project|a decision you|a model you|a system you|"
    r"what did you (?:do|change|learn)|your background|your career|"
    r"you(?:'ve| have) had|you personally|you(?:r| are| were) (?:last|current|previous|leaving|most)|"
    r"why this role|why are you|why do you want|tell me about you|"
    r"(?:how|what|why|when|who|which|where) (?:did|have|were|was) your?|have you|did you)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Relevance:
    """A logistic regression over the numbers of `NAMES`."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weight: tuple[float, ...]
    intercept: float
    stories: tuple[str, ...]
    """Questions of the bank after the person's own story."""
    subjects: tuple[str, ...]
    """The bank's other questions."""

    @classmethod
    def shipped(cls) -> "Relevance":
        """That of `relevance.json`, made by benchmarks/train_grader.py."""
        text = resources.files(__package__).joinpath("relevance.json").read_text("utf-8")
        data = json.loads(text)
        return cls(
            tuple(data["mean"]),
            tuple(data["scale"]),
            tuple(data["weight"]),
            data["intercept"],
            tuple(data["stories"]),
            tuple(data["subjects"]),
        )

    def elsewhere(self, embedder: Embedder, asked: str, sentences: Sequence[Sentence]) -> bool:
        """Whether the answer is about something else than the question.

        Questions after the person's own story may be answered with any subject; there the
        answer only counts as something else if it is near to the bank's other questions.
        """
        said = sum(len(one.text.split()) for one in sentences)
        if said < LEAST_WORDS or asked == UNKNOWN:
            return False
        if asks_for_story(asked):
            return self._subject(embedder, sentences) > SUBJECT
        scaled = (np.asarray(likeness(embedder, asked, sentences)) - self.mean) / self.scale
        return float(scaled @ np.asarray(self.weight)) + self.intercept < ELSEWHERE

    def _subject(self, embedder: Embedder, sentences: Sequence[Sentence]) -> float:
        """How much nearer the answer is to questions about a subject than to those for a story."""
        mean = embedder.vectors([one.text for one in sentences]).mean(axis=0)
        mean /= max(float(np.linalg.norm(mean)), 1e-9)
        near = [
            np.sort(embedder.vectors(questions) @ mean)[-NEAREST:].mean()
            for questions in (self.subjects, self.stories)
        ]
        return float(near[0] - near[1])


def asks_for_story(question: str) -> bool:
    """Whether the question is about the person's own past, whatever the subject was."""
    return bool(_STORY.search(question))


def likeness(embedder: Embedder, asked: str, sentences: Sequence[Sentence]) -> tuple[float, ...]:
    """The numbers of `NAMES` for an answer of at least one sentence."""
    texts = [one.text for one in sentences]
    single = embedder.vectors(texts)
    mean = single.mean(axis=0)
    mean /= max(float(np.linalg.norm(mean)), 1e-9)
    count = max(1, len(texts) - WINDOW + 1)
    windows = embedder.vectors([" ".join(texts[i : i + WINDOW]) for i in range(count)])
    whole = embedder.vectors([asked])[0]
    parts = embedder.vectors([one.text for one in split(asked)])
    return (
        float(mean @ whole),
        float((windows @ whole).max()),
        float((parts @ windows.T).max()),
        overlap(terms(asked), terms(" ".join(texts))),
    )
