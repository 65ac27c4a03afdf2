"""Finds the fact that answers a clarifying question, and the bank's question that was meant."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from interviewer.text.embedding import Embedder, Vectors
from interviewer.text.sentences import split
from interviewer.text.terms import overlap, phrase_in, terms
from rubrics.model import Fact, Question

FACT = 0.42
"""Least likeness (cosine plus shared terms) of a clarifying question and what a fact is about.
Set on the clarifying questions of tests/test_likeness.py: those with a fact lie above .57, those
without below .38."""
SHARES = (0.5, 0.25, 0.25)
"""What the question in all its wordings, its topics and its outline count."""
SAME, ANSWERED = 0.6, 0.72
"""From which sum another wording counts as the same question: the cosine of the nearest of its wordings,
half of what the answer adds and half of the lead over the next; without an answer and with one. Set on
432 questions in interviewers' own words, each with an answer; a reader (a language model) said for
which of them the points of a question of the bank are fair. Of 184 that are taken for one, two thirds of
the points are fair for 93, a third for 59, few or others for 32; with half as many questions in the
bank and one wording of each it was 43, 27 and 11 of 81."""
TERM = 0.15
"""What the square root of a question's own terms in the answer counts beside cosines; a term of
several questions counts in part."""


class Likeness:
    """Compares short texts by meaning."""

    def __init__(self, embedder: Embedder) -> None:
        """`embedder` turns sentences into vectors of length 1."""
        self._embedder = embedder

    def fact(self, asked: str, facts: Sequence[Fact]) -> Fact | None:
        """The fact that answers what the candidate asks; None where none does."""
        scored = [(self._likeness(asked, fact), index) for index, fact in enumerate(facts)]
        best, index = max(scored, default=(0.0, 0))
        return facts[index] if best >= FACT else None

    def question(self, text: str, bank: Sequence[Question], answer: str = "") -> Question | None:
        """The bank's question that asks the same in other words; None where there is none.

        Where the wording does not tell, the `answer` may: people who speak of reservoirs and
        replacing slots were asked for a sample from a stream.
        """
        if not bank:
            return None
        asked = self._embedder.vectors([text])[0]
        likeness = np.array([self._question_likeness(asked, one) for one in bank])
        added = self._answers(bank, f"{text} {answer}") if answer else np.zeros(len(bank))
        best, lead = _best(likeness + added)
        nearest = float((self._wordings(bank[best]) @ asked).max())
        sure = nearest + (added[best] + lead) / 2
        return bank[best] if sure >= (ANSWERED if answer else SAME) else None

    def alike(self, text: str, question: Question) -> float:
        """How like the wording is to the question's own text, its topics and outline, -1 to 1."""
        own = replace(question, wordings=())
        return self._question_likeness(self._embedder.vectors([text])[0], own)

    def nearest(self, text: str, others: Sequence[str]) -> list[tuple[int, float]]:
        """Index and cosine of each of the others, the nearest first."""
        if not others:
            return []
        near = self._embedder.vectors(others) @ self._embedder.vectors([text])[0]
        return [(int(index), float(near[index])) for index in (-near).argsort()]

    def _answers(self, bank: Sequence[Question], text: str) -> Vectors:
        """How much more the text is an answer to each question than to all of them; mean 0."""
        mean = self._embedder.vectors([one.text for one in split(text)]).mean(axis=0)
        mean /= max(float(np.linalg.norm(mean)), 1e-9)
        near = np.array([self._question_likeness(mean, one) for one in bank])
        terms_of = [_terms(one) for one in bank]
        several = Counter(term for own in terms_of for term in own)
        said = {term for term in several if phrase_in(term, text)}
        own = np.sqrt([sum(1 / several[term] for term in one & said) for one in terms_of])
        found: Vectors = near - near.mean() + TERM * (own - own.mean())
        return found

    def _question_likeness(self, asked: Vectors, question: Question) -> float:
        wordings = self._wordings(question).mean(axis=0)
        wordings /= np.linalg.norm(wordings)
        others = self._embedder.vectors((", ".join(question.topics), question.outline))
        cosines = (wordings @ asked, *(others @ asked))
        return float(sum(share * cosine for share, cosine in zip(SHARES, cosines, strict=True)))

    def _wordings(self, question: Question) -> Vectors:
        return self._embedder.vectors((question.text, *question.wordings))

    def _likeness(self, asked: str, fact: Fact) -> float:
        """The best over what the fact is about, part by part, and its answer."""
        parts = [*(part.strip() for part in fact.about.split(",")), fact.answer]
        vectors = self._embedder.vectors([asked, *parts])
        cosine = float((vectors[1:] @ vectors[0]).max())
        return cosine + 0.3 * overlap(terms(asked), terms(fact.about))


def _best(likeness: Vectors) -> tuple[int, float]:
    """The place of the highest, and its lead over the next."""
    first, second = np.sort([*likeness, 0.0, 0.0])[::-1][:2]
    return int(likeness.argmax()), float(first - second)


def _terms(question: Question) -> frozenset[str]:
    cues = {cue for point in question.points if not point.negative for cue in point.cues}
    return frozenset(one.lower() for one in (*cues, *question.topics))
