"""Keep the vectors of the library's questions, and how people answer them, after either changed.

    python -m benchmarks.bank

The answers are those of benchmarks/labels/bank.jsonl: rows hold round, question (its id) and answer. A
linear discriminant over their mean vectors tells to which question an answer is.
"""

from pathlib import Path

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

from benchmarks.jsonl import rows_of
from interviewer.judging.bank import ANSWERS, mean_of, sides
from interviewer.models import catalogue, installed
from interviewer.text.embedding import Embedder, keep
from interviewer.text.sentences import split
from rubrics import library

ROWS = Path(__file__).with_name("labels") / "bank.jsonl"
SHRINKAGE = 0.8
"""Of the covariance within a question towards that of a ball: there are 3 or 4 answers to each. Of
304 other answers to the bank's questions the own one comes first in its round in 77 % (about a subject)
and 48 % (about the person); with .5 in 77 and 43, by cosine to the mean of its answers in 74 and 45."""


def main() -> None:
    """Needs the embedding model."""
    embedder = Embedder.of(installed.path(catalogue.EMBEDDING))
    asked = [one for rubric in library.shipped() for one in rubric.questions]
    wordings = [text for one in asked for text in one.wordings]
    keep([*wordings, *(text for side in sides(asked) for text in side)], embedder)
    rows = rows_of(ROWS)
    said = [embedder.vectors([part.text for part in split(one["answer"])]) for one in rows]
    keys = sorted({(one["round"], one["question"]) for one in rows})
    own = [keys.index((one["round"], one["question"])) for one in rows]
    model = LinearDiscriminantAnalysis(
        solver="lsqr", shrinkage=SHRINKAGE, priors=np.full(len(keys), 1 / len(keys))
    ).fit(np.array([mean_of(one) for one in said]), own)
    np.savez(
        ANSWERS,
        weight=model.coef_.astype(np.float16),
        intercept=model.intercept_.astype(np.float32),
        rounds=np.array([name for name, _ in keys]),
        questions=np.array([name for _, name in keys]),
    )


if __name__ == "__main__":
    main()
