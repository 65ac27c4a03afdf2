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

WINDOW = 3
"""Sentences that are compared with the question together."""
NAMES = ("mean", "window", "question sentence", "overlap")

ELSEWHERE = -1.3
"""Logit below which an answer is taken to be about something else: 1 % of the development
answers of level 3 and more lie there, and 85 % of answers to another round's question."""
_STORY = re.compile(
    r"\b(?:a time|a failure|a situation|an example of when|a conflict|your background|your career|"
    r"you(?:'ve| have) had|you personally|you(?:r| are| were) (?:last|current|previous|leaving|most)|"
    r"why this role|why are you|why do you want|tell me about you)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Relevance:
    """A logistic regression over the numbers of `NAMES`."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weight: tuple[float, ...]
    intercept: float

    @classmethod
    def shipped(cls) -> "Relevance":
        """That of `relevance.json`, made by benchmarks/train_grader.py."""
        text = resources.files(__package__).joinpath("relevance.json").read_text("utf-8")
        data = json.loads(text)
        return cls(
            tuple(data["mean"]), tuple(data["scale"]), tuple(data["weight"]), data["intercept"]
        )

    def elsewhere(self, embedder: Embedder, asked: str, sentences: Sequence[Sentence]) -> bool:
        """Whether the answer is about something else than the question.

        Never so for questions after the person's own story: any subject may answer them.
        """
        if asks_for_story(asked) or not sentences:
            return False
        scaled = (np.asarray(likeness(embedder, asked, sentences)) - self.mean) / self.scale
        return float(scaled @ np.asarray(self.weight)) + self.intercept < ELSEWHERE


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
