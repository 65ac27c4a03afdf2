"""Finds the fact that answers a clarifying question, and the bank's question that was meant."""

from collections.abc import Sequence

from interviewer.judging.embedding import Embedder, Vectors
from interviewer.judging.terms import overlap, terms
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

    def question(self, text: str, bank: Sequence[Question]) -> Question | None:
        """The bank's question that asks the same in other words; None where there is none."""
        asked = self._embedder.vectors([text])[0]
        likeness = [self._question_likeness(asked, one) for one in bank]
        first, second = sorted([*likeness, 0.0, 0.0], reverse=True)[:2]
        return bank[likeness.index(first)] if first >= max(SAME, second + MARGIN) else None

    def nearest(self, text: str, others: Sequence[str]) -> list[tuple[int, float]]:
        """Index and cosine of each of the others, the nearest first."""
        if not others:
            return []
        near = self._embedder.vectors(others) @ self._embedder.vectors([text])[0]
        return [(int(index), float(near[index])) for index in (-near).argsort()]

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
