"""Which answers the shipped fits have seen: what they make of these is no measurement."""

import re
import unicodedata
from hashlib import sha256

from interviewer.judging.linear import trained

LEAST_WORDS = 10
"""Shorter answers are given by many, so that theirs is known only together with its question."""


def mark(question: str, answer: str) -> str:
    """64 bits of an answer, whatever its case, punctuation and spaces."""
    words = _words(answer)
    if len(words) < LEAST_WORDS:
        words = [*_words(question), "?", *words]
    return sha256(" ".join(words).encode()).hexdigest()[:16]


def seen_by(fit: str) -> frozenset[str]:
    """Marks of the answers behind "embedded" or "reference"; none for a grader without a fit."""
    return frozenset(trained("seen").get(fit, ()))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
