"""Finds the fact that answers a clarifying question, and the bank's question that was meant."""

from collections.abc import Sequence

from interviewer.judging.embedding import Embedder
from interviewer.judging.terms import overlap, terms
from rubrics.model import Fact, Question

FACT = 0.42
"""Least likeness (cosine plus shared terms) of a clarifying question and what a fact is about.
Set on the clarifying questions of tests/test_likeness.py: those with a fact lie above .57, those
without below .38."""
SAME = 0.55
"""Least cosine from which another wording counts as the same question."""
MARGIN = 0.10
"""Least lead over the next question of the bank. With both, 20 of 24 differently worded
questions found theirs, and none a wrong one."""


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
        vectors = self._embedder.vectors([text, *(question.text for question in bank)])
        cosines = [float(one) for one in vectors[1:] @ vectors[0]]
        first, second = sorted([*cosines, 0.0, 0.0], reverse=True)[:2]
        return bank[cosines.index(first)] if first >= max(SAME, second + MARGIN) else None

    def _likeness(self, asked: str, fact: Fact) -> float:
        """The best over what the fact is about, part by part, and its answer."""
        parts = [*(part.strip() for part in fact.about.split(",")), fact.answer]
        vectors = self._embedder.vectors([asked, *parts])
        cosine = float((vectors[1:] @ vectors[0]).max())
        return cosine + 0.3 * overlap(terms(asked), terms(fact.about))
