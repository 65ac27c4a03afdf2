"""Whether an answer is about the question at all.

An answer is compared with its question, with what the bank's likest questions ask for, and with what
all its others do: who answers something else is nearer to that. Also with the answers of the six
rounds: who walks through code does not tell about a conflict.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from interviewer.judging.bank import Bank, mean_of
from interviewer.judging.linear import Linear, trained
from interviewer.text.embedding import Embedder, Vectors
from interviewer.text.sentences import Sentence, split
from interviewer.text.terms import overlap, terms
from rubrics.model import UNKNOWN

WINDOW = 3
"""Sentences that are compared with a question together."""
NAMES = (
    "mean", "window", "question sentence", "overlap", "rare overlap", "best sentences", "opening",
    "others' windows", "nearest question",
    *(
        f"{side}: {what}"
        for side in ("terms", "outlines")
        for what in ("own", "lead", "lead in round", "others nearer")
    ),
    "own round", "own round beside the likeliest",
)  # fmt: skip
OTHER = 0.6
"""Cosine of two questions below which one is another question."""
BEST = 3
"""Sentences, or other questions, that are looked at together."""
OPENING = 2
"""Sentences at the start: they take up the question most often."""

ELSEWHERE = -2.5
"""Logit below which an answer is taken to be about something else. Level 1 for somebody who did
answer is the worse mistake, so it is set on answers that were cut short, too (Ctrl-C, an early end
of turn); benchmarks/train_grader.py prints what it turns down and lets through."""
ELSEWHERE_STORY = -2.9
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
    """Two logistic regressions over `NAMES`: is this the answer to this question?

    One for questions about a subject, one for those after the person's own story.
    """

    embedder: Embedder
    subject: Linear
    story: Linear
    rounds: Rounds

    @classmethod
    def shipped(cls, embedder: Embedder) -> "Relevance":
        """That of `relevance.json`, made by benchmarks/train_grader.py."""
        data = trained("relevance")
        rounds = data["rounds"]
        weight, intercept = (np.array(rounds[name], np.float32) for name in ("weight", "intercept"))
        return cls(
            embedder,
            Linear.of(data["subject"]),
            Linear.of(data["story"]),
            Rounds(tuple(rounds["names"]), weight, intercept),
        )

    @cached_property
    def bank(self) -> Bank:
        """Made at the first use."""
        return Bank.of(self.embedder)

    def elsewhere(self, round_name: str, asked: str, sentences: Sequence[Sentence]) -> bool:
        """Whether the answer is about something else than the question of that round."""
        said = sum(len(one.text.split()) for one in sentences)
        if said < LEAST_WORDS or asked == UNKNOWN:
            return False
        story = asks_for_story(asked)
        line = self.story if story else self.subject
        answer = Reading.of(self.embedder, self.bank, sentences)
        own = likeness(self.embedder, self.bank, round_name, asked, answer)
        mean = mean_of(answer.sentences)
        # Of an unknown round nothing is known: what is usual stands in its place.
        numbers = (*own, *(self.rounds.chances(mean, round_name) or line.mean[len(own) :]))
        logit = line.value(numbers)
        if story:
            return logit < ELSEWHERE_STORY
        return logit < ELSEWHERE or numbers[NAMES.index("window")] < FAR


def asks_for_story(question: str) -> bool:
    """Whether the question is about the person's own past, whatever the subject was."""
    return bool(_STORY.search(question))


@dataclass(frozen=True)
class Reading:
    """What an answer is about, before it is held against a question."""

    sentences: Vectors
    windows: Vectors
    """Some sentences in a row, as one text."""
    terms: frozenset[str]
    near: tuple[Vectors, ...]
    """How near it comes to each question of the bank."""

    @classmethod
    def of(cls, embedder: Embedder, bank: Bank, sentences: Sequence[Sentence]) -> "Reading":
        """Of an answer of at least one sentence."""
        texts = [one.text for one in sentences]
        each = embedder.vectors(texts)
        count = max(1, len(texts) - WINDOW + 1)
        windows = embedder.vectors([" ".join(texts[i : i + WINDOW]) for i in range(count)])
        told = terms(" ".join(texts))
        return cls(each, windows, told, bank.near(windows, told))


def likeness(
    embedder: Embedder, bank: Bank, round_name: str, asked: str, answer: Reading
) -> tuple[float, ...]:
    """The numbers of `NAMES` before the rounds'."""
    whole = embedder.vectors([asked])[0]
    parts = embedder.vectors([one.text for one in split(asked)])
    wanted = terms(asked)
    window = float((answer.windows @ whole).max())
    others = bank.sides[0] @ whole < OTHER
    return (
        float(mean_of(answer.sentences) @ whole),
        window,
        float((parts @ answer.windows.T).max()),
        overlap(wanted, answer.terms),
        bank.covered(wanted, answer.terms),
        _highest(answer.sentences @ whole),
        float(answer.sentences[:OPENING].mean(axis=0) @ whole),
        _highest((answer.windows @ bank.sides[0][others].T).max(axis=0)) - window,
        float(bank.likeness(whole).max()),
        *bank.comparisons(whole, round_name, answer.near),
    )


def _highest(values: Vectors) -> float:
    return float(np.sort(values)[-BEST:].mean())
