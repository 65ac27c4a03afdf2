"""The level of a short answer beside a reference answer, as exams have them."""

import json
import re
from collections.abc import Sized
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from interviewer.text.embedding import Embedder
from interviewer.text.sentences import split
from interviewer.text.terms import overlap, terms, tokens

NAMES = (
    "cosine", "cosine with question", "recall", "worst recall", "share recalled", "precision",
    "best precision", "terms", "new terms", "terms precision", "pairs", "letters",
    "letters precision", "length ratio", "length", "terms added", "cosine over question",
    "reference length",
)  # fmt: skip
_CROSSED = (0, 7, 8, 11, 13)
"""Features that are multiplied with each other: overlap counts for less in a short answer."""
RECALLED = 0.5
"""Cosine from which a sentence of the reference counts as said."""
LETTERS = 4
_LIST = re.compile(r"[\n;]|(?<=\s)-\s|\b\d\.\s")


@dataclass(frozen=True)
class ReferenceReader:
    """A ridge regression over `NAMES` and the products of a few of them."""

    embedder: Embedder
    mean: npt.NDArray[np.float64]
    scale: npt.NDArray[np.float64]
    weight: npt.NDArray[np.float64]
    intercept: float
    stretch: float

    @classmethod
    def shipped(cls, embedder: Embedder) -> "ReferenceReader":
        """That of `reference.json`, made by benchmarks/grading.py."""
        text = resources.files(__package__).joinpath("reference.json").read_text("utf-8")
        data = json.loads(text)
        mean, scale, weight = (np.array(data[key]) for key in ("mean", "scale", "weight"))
        return cls(embedder, mean, scale, weight, data["intercept"], data["stretch"])

    def level(self, question: str, reference: str, answer: str) -> float:
        """1 to 5; 1 for an answer without a word."""
        if not tokens(answer):
            return 1.0
        numbers = np.array(features(self.embedder, question, reference, answer))
        plain = float((crossed(numbers) - self.mean) / self.scale @ self.weight)
        return min(max(self.intercept + self.stretch * plain, 1.0), 5.0)


def crossed(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The features and the products of those of `_CROSSED`; last axis (18,) to (33,)."""
    products = [numbers[..., i] * numbers[..., j] for i in _CROSSED for j in _CROSSED if i <= j]
    return np.concatenate([numbers, np.stack(products, axis=-1)], axis=-1)


def features(embedder: Embedder, question: str, reference: str, answer: str) -> tuple[float, ...]:
    """The numbers of `NAMES`."""
    said, wanted = embedder.vectors(_parts(answer)), embedder.vectors(_parts(reference))
    a, r, q = embedder.vectors([answer or ".", reference, question])
    between = wanted @ said.T
    recall, precision = between.max(axis=1), between.max(axis=0)
    own, gold, asked = terms(answer), terms(reference), terms(question)
    pairs, gold_pairs = _pairs(answer), _pairs(reference)
    letters, gold_letters = _letters(answer), _letters(reference)
    length, gold_length = len(answer.split()), len(reference.split())
    numbers = (
        a @ r, a @ q, recall.mean(), recall.min(), (recall > RECALLED).mean(), precision.mean(),
        precision.max(), overlap(gold, own), overlap(gold - asked, own), overlap(own, gold),
        _share(pairs & gold_pairs, gold_pairs), _share(letters & gold_letters, gold_letters),
        _share(letters & gold_letters, letters), min(length / max(gold_length, 1), 3) ** 0.5,
        np.log1p(length), len(own - asked) / max(len(gold), 1), a @ r - a @ q,
        np.log1p(gold_length),
    )  # fmt: skip
    return tuple(float(one) for one in numbers)


def _parts(text: str) -> list[str]:
    """Sentences, and the entries of lists that exams are answered with."""
    plain = re.sub(r"(?:\. ?)+", ". ", _LIST.sub(". ", text))
    return [one.text for one in split(plain)] or ["."]


def _pairs(text: str) -> set[tuple[str, str]]:
    words = tokens(text)
    return set(pairwise(words))


def _letters(text: str) -> set[str]:
    low = text.lower()
    return {low[i : i + LETTERS] for i in range(len(low) - LETTERS + 1)}


def _share(found: Sized, whole: Sized) -> float:
    return len(found) / max(len(whole), 1)
