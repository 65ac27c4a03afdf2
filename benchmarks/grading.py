"""Short answers with reference answers, scored by people: fit the reader, say how it agrees.

    python -m benchmarks.grading EXAM.jsonl [MORE.jsonl …] [--write | --write-seen]

Rows hold qid, question, reference, answer, score and scale [lowest, highest] (or
max_score_observed, with 0 as the lowest). The first
file is fitted with one question left out at a time (`--write` keeps the fit of all of it, and in
seen.json which answers these were, `--write-seen` nothing but that); on each further file the fit
of the first is measured as it is.
"""

import argparse
import json
from pathlib import Path

import numpy as np

import interviewer.judging
from benchmarks import seen
from benchmarks.jsonl import rows_of
from interviewer.judging.agreement import Rows, measured, to_five
from interviewer.judging.reference import NAMES, crossed, features
from interviewer.models import installed
from interviewer.text.embedding import Embedder

WEIGHTS = Path(interviewer.judging.__file__).parent / "reference.json"
ALPHA = 10.0
STRETCH = 1.4
"""Undoes the ridge's pull to the mean; 1.2 to 1.8 give the same QWK within .01."""


def read(path: Path, embedder: Embedder) -> tuple[np.ndarray, Rows]:
    data = rows_of(path)
    x = np.array(
        [features(embedder, one["question"], one["reference"], one["answer"]) for one in data]
    )
    gold = np.array([level(one) for one in data])
    length = np.array([len(one["answer"].split()) for one in data], float)
    groups = np.unique([str(one["qid"]) for one in data], return_inverse=True)[1]
    return x, Rows(gold, gold, length, groups)


def level(row: dict) -> float:
    """The score on the scale of 1 to 5."""
    low, high = row["scale"] if "scale" in row else (0, row["max_score_observed"])
    return float(to_five([row["score"]], low, high)[0])


def fit(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = (x - mean) / scale
    weight = np.linalg.solve(z.T @ z + ALPHA * np.eye(z.shape[1]), z.T @ (y - y.mean()))
    return mean, scale, weight, float(y.mean())


def predicted(x: np.ndarray, fitted: tuple) -> np.ndarray:
    mean, scale, weight, intercept = fitted
    return np.clip(intercept + STRETCH * ((x - mean) / scale @ weight), 1, 5)


def left_out(x: np.ndarray, rows: Rows) -> np.ndarray:
    result = np.zeros(len(x))
    for one in np.unique(rows.question):
        test = rows.question == one
        result[test] = predicted(x[test], fit(x[~test], rows.gold[~test]))
    return result


def table(name: str, rows: Rows, said: dict[str, np.ndarray]) -> None:
    print(f"\n{name}: {len(rows.gold)} answers, {len(np.unique(rows.question))} questions")
    for grader, scores in said.items():
        figures = measured(Rows(rows.gold, scores, rows.length, rows.question), draws=400)
        cells = "  ".join(
            f"{k} {f.value:.2f} [{f.low:.2f}, {f.high:.2f}]" for k, f in figures.items()
        )
        print(f"{grader:14} {cells}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--write-seen", action="store_true")
    options = parser.parse_args()
    first, *others = options.data
    if options.write_seen:
        seen.keep("reference", rows_of(first))
        return
    embedder = Embedder.of(installed.path("minilm-int8"))
    plain, rows = read(first, embedder)
    x = crossed(plain)
    lengths, terms = plain[:, [NAMES.index("length")]], plain[:, [NAMES.index("terms")]]
    table(
        f"{first.stem}, one question left out",
        rows,
        {
            "reader": left_out(x, rows),
            "length": left_out(lengths, rows),
            "term overlap": left_out(terms, rows),
        },
    )
    fitted = fit(x, rows.gold)
    for path in others:
        more, more_rows = read(path, embedder)
        table(
            f"{path.stem}, fitted on {first.stem}",
            more_rows,
            {
                "reader": predicted(crossed(more), fitted),
                "length": predicted(more[:, [NAMES.index("length")]], fit(lengths, rows.gold)),
                "term overlap": predicted(more[:, [NAMES.index("terms")]], fit(terms, rows.gold)),
            },
        )
    if options.write:
        mean, scale, weight, intercept = fitted
        figures = measured(Rows(rows.gold, left_out(x, rows), rows.length, rows.question))
        body = {
            "made_by": "benchmarks/grading.py",
            "measured_on": (
                f"With a reference answer: agreement with one person's scores of {len(x)} exam "
                f"answers, one question left out at a time: QWK {figures['qwk'].value:.2f} "
                f"[{figures['qwk'].low:.2f}, {figures['qwk'].high:.2f}]."
            ),
            "names": NAMES,
            "mean": np.round(mean, 5).tolist(),
            "scale": np.round(scale, 5).tolist(),
            "weight": np.round(weight, 5).tolist(),
            "intercept": round(intercept, 5),
            "stretch": STRETCH,
        }
        WEIGHTS.write_text(json.dumps(body, indent=1) + "\n", "utf-8")
        seen.keep("reference", rows_of(first))


if __name__ == "__main__":
    main()
