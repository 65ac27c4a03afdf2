"""Whether an answer is about the question at all.

An answer is compared with its question, and with what the bank's other questions ask for: who
answers something else is nearer to that. Also with the answers of the six rounds: who walks through
code does not tell about a conflict.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from interviewer.judging.embedding import Embedder, Vectors
from interviewer.judging.linear import Linear, trained
from interviewer.judging.sentences import Sentence, split
from interviewer.judging.terms import overlap, terms
from rubrics import library
from rubrics.model import UNKNOWN

WINDOW = 3
"""Sentences that are compared with a question together."""
NAMES = (
    "mean", "window", "question sentence", "overlap", "others' windows", "others' mean",
    "others' outlines", "own outlines", "own round", "own round beside the likeliest",
)  # fmt: skip
OTHER = 0.6
"""Cosine of two questions below which one is another question."""
NEAREST = 3
SHARP = 15.0
"""How much more the nearest question of the bank counts than the next ones."""

ELSEWHERE = -1.7
"""Logit below which an answer is taken to be about something else. Level 1 for somebody who did
answer is the worse mistake, so it is set on answers that were cut short, too (Ctrl-C, an early end
of turn); benchmarks/train_grader.py prints what it turns down and lets through."""
ELSEWHERE_STORY = -3.8
"""The same for questions after the person's own story, which any subject may answer."""
FAR = 0.1
"""Highest cosine of an answer that has nothing to do with a question about a subject: 99 % of the
development answers have a stretch nearer than .15."""
LEAST_WORDS = 45
"""Words of an answer; somebody who was cut off in the introduction has not missed the question."""
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
class Bank:
    """All questions of the library as vectors."""

    questions: Vectors
    outlines: Vectors

    @classmethod
    def of(cls, embedder: Embedder) -> "Bank":
        """Takes about a second."""
        asked = [one for rubric in library.shipped() for one in rubric.questions]
        return cls(
            embedder.vectors([one.text for one in asked]),
            embedder.vectors([one.outline for one in asked]),
        )


@dataclass(frozen=True)
class Rounds:
    """Which round an answer was given in: multinomial logistic regression over its mean vector."""

    names: tuple[str, ...]
    weight: Vectors
    """Shape (rounds, 384)."""
    intercept: Vectors

    def chances(self, mean: Vectors, name: str) -> tuple[float, float] | None:
        """Log chance of the round, and how far that is behind the likeliest one's.

        None for a round that the regression has not seen, such as a person's own.
        """
        if name not in self.names:
            return None
        logits = self.weight @ mean + self.intercept
        logs = logits - np.logaddexp.reduce(logits)
        own = float(logs[self.names.index(name)])
        return own, own - float(logs.max())


@dataclass(frozen=True)
class Relevance:
    """A logistic regression over `NAMES`: is this the answer to this question?"""

    embedder: Embedder
    line: Linear
    rounds: Rounds

    @classmethod
    def shipped(cls, embedder: Embedder) -> "Relevance":
        """That of `relevance.json`, made by benchmarks/train_grader.py."""
        data = trained("relevance")
        rounds = data["rounds"]
        weight, intercept = (np.array(rounds[name], np.float32) for name in ("weight", "intercept"))
        return cls(embedder, Linear.of(data), Rounds(tuple(rounds["names"]), weight, intercept))

    @cached_property
    def bank(self) -> Bank:
        """Made at the first use."""
        return Bank.of(self.embedder)

    def elsewhere(self, round_name: str, asked: str, sentences: Sequence[Sentence]) -> bool:
        """Whether the answer is about something else than the question of that round."""
        said = sum(len(one.text.split()) for one in sentences)
        if said < LEAST_WORDS or asked == UNKNOWN:
            return False
        mean = mean_vector(self.embedder, sentences)
        own = likeness(self.embedder, self.bank, asked, sentences)
        # Of an unknown round nothing is known: what is usual stands in its place.
        numbers = (*own, *(self.rounds.chances(mean, round_name) or self.line.mean[len(own) :]))
        logit = self.line.value(numbers)
        if asks_for_story(asked):
            return logit < ELSEWHERE_STORY
        return logit < ELSEWHERE or numbers[NAMES.index("window")] < FAR


def asks_for_story(question: str) -> bool:
    """Whether the question is about the person's own past, whatever the subject was."""
    return bool(_STORY.search(question))


def likeness(
    embedder: Embedder, bank: Bank, asked: str, sentences: Sequence[Sentence]
) -> tuple[float, ...]:
    """The numbers of `NAMES` before the rounds', for an answer of at least one sentence."""
    texts = [one.text for one in sentences]
    mean = mean_vector(embedder, sentences)
    count = max(1, len(texts) - WINDOW + 1)
    windows = embedder.vectors([" ".join(texts[i : i + WINDOW]) for i in range(count)])
    whole = embedder.vectors([asked])[0]
    parts = embedder.vectors([one.text for one in split(asked)])
    alike = bank.questions @ whole
    others = alike < OTHER
    near = np.argsort(-alike)[:NEAREST]
    share = np.exp(SHARP * alike[near])
    own = float(share @ (bank.outlines[near] @ mean) / share.sum())
    window = float((windows @ whole).max())
    return (
        float(mean @ whole),
        window,
        float((parts @ windows.T).max()),
        overlap(terms(asked), terms(" ".join(texts))),
        _highest((windows @ bank.questions[others].T).max(axis=0)) - window,
        _highest(bank.questions[others] @ mean) - float(mean @ whole),
        _highest(bank.outlines[others] @ mean) - own,
        own,
    )


def mean_vector(embedder: Embedder, sentences: Sequence[Sentence]) -> Vectors:
    """What an answer is about, as one vector of length one."""
    mean: Vectors = embedder.vectors([one.text for one in sentences]).mean(axis=0)
    return mean / np.float32(max(float(np.linalg.norm(mean)), 1e-9))


def _highest(values: Vectors) -> float:
    return float(np.sort(values)[-NEAREST:].mean())
