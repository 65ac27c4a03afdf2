"""Finds the fact that answers a clarifying question, and the bank's question that was meant."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from interviewer.text.embedding import Embedder, Vectors
from interviewer.text.sentences import split
from interviewer.text.terms import overlap, phrase_in, terms
from rubrics.model import Fact, Question

FACT = 0.42
"""Least likeness (cosine plus shared terms) of a clarifying question and what a fact is about.
Set on the clarifying questions of tests/test_likeness.py: those with a fact lie above .57, those
without below .38."""
SAME = 0.45
"""Least likeness from which another wording counts as the same question."""
MARGIN = 0.04
"""Least lead over the next question of the bank. With both, 22 of 24 differently worded
questions found theirs, one a near relative, and one none."""
SHARES = (0.5, 0.25, 0.25)
"""What the question's text, its topics and its outline count: wordings differ most in the text,
and the outline names what both ask for."""
SURE = 0.52
"""The same where the answer is known and does not confirm it."""
ANSWERED = ((0.8, 0.1, 0.3), (0.55, 0.1, 0.42))
"""Where the wording alone does not tell: least likeness of a question together with its answer,
least lead over the next one, and least likeness of the wording, since an answer to something
else must not choose. All set on 432 questions in interviewers' own words, each with an answer; a reader
(a language model) said for which of them the points of a question of the bank are fair. Of 81 that are
taken for one now, two thirds of the points are fair for 43, a third for 27, few or others for 11;
of 147 that were before it was 50, 56 and 41."""
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
        wording = np.array([self._question_likeness(asked, one) for one in bank])
        best, lead = _best(wording)
        if wording[best] >= (SURE if answer else SAME) and lead >= MARGIN:
            return bank[best]
        if not answer:
            return None
        both = wording + self._answers(bank, f"{text} {answer}")
        best, lead = _best(both)
        sure = any(
            both[best] >= together and lead >= margin and wording[best] >= related
            for together, margin, related in ANSWERED
        )
        return bank[best] if sure else None

    def alike(self, text: str, question: Question) -> float:
        """How like the wording is to the question, its topics and its outline, -1 to 1."""
        return self._question_likeness(self._embedder.vectors([text])[0], question)

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
        sides = (question.text, ", ".join(question.topics), question.outline)
        cosines = self._embedder.vectors(sides) @ asked
        return float(sum(share * cosine for share, cosine in zip(SHARES, cosines, strict=True)))

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
