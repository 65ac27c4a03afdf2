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
        for side in ("terms", "outlines", "answers")
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

ELSEWHERE = -2.3
"""Logit below which an answer to a question of the bank about a subject is taken to be on something
else. Level 1 for somebody who did answer is the worse mistake: benchmarks/train_grader.py prints how
many of those it turns down, of answers that were cut short, too (Ctrl-C, an early end of turn)."""
ELSEWHERE_PERSON = -3.0
"""The same for questions about the person, many of which one story answers."""
UNKNOWN_ELSEWHERE = -3.3
"""Both for questions that the bank does not have, of which less is known."""
UNKNOWN_ELSEWHERE_PERSON = -3.5
BROAD = terms(
    "tell walk through talk describe explain pick choose share give take project projects cv resume "
    "career experience role position job work worked working machine learning ml ai data science time "
    "last latest recent recently current previous most favourite favorite interesting challenging "
    "difficult hard complex technical yourself done did built finished shipped part"
)
"""Terms of a question that leaves open what is told: "Tell me about a project." """
PERSONAL = frozenset({"behavioral", "recruiter_screen"})
"""Rounds whose questions are all about the person, also where their words don't say so ("What is your
notice period?")."""
_TELL = re.compile(r"\b(?:tell|walk|talk|take|describe|share|pick|choose)\b", re.IGNORECASE)
BEHIND = -3.5
"""How far (log chance) an answer's own round is behind the likeliest where an answer whose question
nobody knows is turned down."""
BEHIND_IN = {"coding": -2.5}
"""The same for rounds that sound like no other: no answer of theirs comes near it, however short."""
DOUBTFUL = -2.0
"""How far behind it is where the person is asked whether they meant another round."""
OF_THE_FIELD = 0.25
"""Likeness to the nearest outline of the bank below which an answer speaks of nothing that is asked
about any subject; those of 978 answers to such questions have .3 or more."""
LEAST_WORDS = 45
"""Words of an answer; somebody who was cut off in the introduction has not missed the question."""
ANOTHER_QUESTION = "It answers another question."
"""The reason for level 1."""
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
        logits = self._logits(mean)
        logs = logits - np.logaddexp.reduce(logits)
        own = float(logs[self.names.index(name)])
        return own, own - float(logs.max())

    def likeliest(self, mean: Vectors) -> str:
        """The round that an answer with this mean vector sounds most like."""
        return self.names[int(self._logits(mean).argmax())]

    def _logits(self, mean: Vectors) -> Vectors:
        found: Vectors = self.weight @ mean + self.intercept
        return found


@dataclass(frozen=True)
class Relevance:
    """Two logistic regressions over `NAMES`: is this the answer to this question?

    One for questions about a subject, one for those about the person.
    """

    embedder: Embedder
    subject: Linear
    person: Linear
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
            Linear.of(data["person"]),
            Rounds(tuple(rounds["names"]), weight, intercept),
        )

    @cached_property
    def bank(self) -> Bank:
        """Made at the first use."""
        return Bank.of(self.embedder)

    def elsewhere(
        self, round_name: str, asked: str, sentences: Sequence[Sentence], identifier: str = ""
    ) -> bool:
        """Whether the answer is about something else than the question of that round.

        `identifier` is the question's in the bank, also where it was asked in other words.
        """
        if asked == UNKNOWN or leaves_open(asked) or _too_short(sentences):
            return False
        answer = Reading.of(self.embedder, self.bank, sentences)
        subject = round_name in self.bank.rounds and not about_person(round_name, asked)
        if subject and float(answer.near[1].max()) < OF_THE_FIELD:
            return True
        known = self.bank.texts.get((round_name, identifier))
        in_bank = known is not None or asked in self.bank.texts.values()
        return all(
            self._logit(round_name, one, answer) < _least(round_name, one, in_bank)
            for one in dict.fromkeys((asked, known or asked))
        )

    def other_round(self, round_name: str, sentences: Sequence[Sentence]) -> str:
        """The round that an answer sounds like which is surely none of its own; else empty.

        For an answer whose question nobody knows.
        """
        least = BEHIND_IN.get(round_name, BEHIND)
        return self._likelier(round_name, sentences, least)

    def likelier_round(self, round_name: str, sentences: Sequence[Sentence]) -> str:
        """The round that an answer sounds more like than its own, be it not sure; else empty."""
        return self._likelier(round_name, sentences, DOUBTFUL)

    def _likelier(self, round_name: str, sentences: Sequence[Sentence], least: float) -> str:
        if _too_short(sentences):
            return ""
        mean = mean_of(self.embedder.vectors([one.text for one in sentences]))
        chances = self.rounds.chances(mean, round_name)
        return self.rounds.likeliest(mean) if chances and chances[1] < least else ""

    def _logit(self, round_name: str, asked: str, answer: "Reading") -> float:
        """Of the answer being one to the question in these words."""
        line = self.person if about_person(round_name, asked) else self.subject
        return line.value(self._numbers(line, round_name, asked, answer))

    def _numbers(
        self, line: Linear, round_name: str, asked: str, answer: "Reading"
    ) -> tuple[float, ...]:
        own = likeness(self.embedder, self.bank, round_name, asked, answer)
        chances = self.rounds.chances(mean_of(answer.sentences), round_name)
        # Of an unknown round nothing is known: what is usual stands in its place.
        return (*own, *(chances or line.mean[len(own) :]))


def unlike(round_name: str, other: str) -> str:
    """The reason for an answer that sounds like one of the `other` round, and what to do about it."""
    return (
        f"It does not sound like an answer of the round {round_name}, more like one of {other}. Say "
        f"what was asked (--question), or name another round (--round {other})."
    )


def _least(round_name: str, asked: str, in_bank: bool) -> float:
    """Logit of an answer that is still taken for one to the question."""
    if about_person(round_name, asked):
        return ELSEWHERE_PERSON if in_bank else UNKNOWN_ELSEWHERE_PERSON
    return ELSEWHERE if in_bank else UNKNOWN_ELSEWHERE


def _too_short(sentences: Sequence[Sentence]) -> bool:
    return sum(len(one.text.split()) for one in sentences) < LEAST_WORDS


def leaves_open(question: str) -> bool:
    """Whether it asks for a story and for nothing in particular, so that any of the field answers it."""
    return bool(_TELL.search(question)) and terms(question) <= BROAD


def about_person(round_name: str, question: str) -> bool:
    """Whether the question is about the person's own past or wishes, whatever the subject was."""
    return round_name in PERSONAL or bool(_STORY.search(question))


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
        return cls(each, windows, told, bank.near(windows, mean_of(each), told))


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
