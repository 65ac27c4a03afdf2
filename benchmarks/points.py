"""How well single points are judged, beside plain term overlap; `--write` keeps the fit.

    python benchmarks/points.py ANSWERS.jsonl [--write]

Rows hold question_id, question, answer, level, `present` (what the answer has) and
`probe_topics` (what it lacks). An answer's own `present` are covered points; those of the
other answers to the same question, and its `probe_topics`, are points that it lacks. Some of
these do occur in it, so no judge can reach 1.00 here. Split by question, never by row.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import LeaveOneGroupOut
from sklearn.preprocessing import StandardScaler

sys.path[0] = str(Path(__file__).parent.parent)  # This folder holds a sessions.py.

import interviewer.judging  # noqa: E402
from benchmarks.jsonl import rows_of  # noqa: E402
from interviewer.judging.points import NAMES, Evidence  # noqa: E402
from interviewer.models import installed  # noqa: E402
from interviewer.text.embedding import Embedder  # noqa: E402
from interviewer.text.sentences import split  # noqa: E402

WEIGHTS = Path(interviewer.judging.__file__).parent / "points.json"
DRAWS = 1000


@dataclass(frozen=True)
class Case:
    question: str
    statement: str
    covered: bool
    topic: bool
    """A probe topic of the answer itself: the hard kind of a missing point."""
    features: tuple[float, ...]


def cases(rows: list[dict], embedder: Embedder) -> Iterator[Case]:
    for row in rows:
        evidence = Evidence(embedder, split(row["answer"]))
        others = [
            statement
            for other in rows
            if other["question_id"] == row["question_id"] and other is not row
            for statement in other["present"]
        ]
        topics = row["probe_topics"] if row["level"] < 5 else []
        pool = [(one, True, False) for one in row["present"]]
        pool += [(one, False, False) for one in others] + [(one, False, True) for one in topics]
        for statement, covered, topic in pool:
            yield Case(row["question_id"], statement, covered, topic, evidence.features(statement))


def fit(x: np.ndarray, y: np.ndarray) -> tuple[StandardScaler, LogisticRegression]:
    scaler = StandardScaler().fit(x)
    return scaler, LogisticRegression(C=0.3, class_weight="balanced").fit(scaler.transform(x), y)


def left_out(x: np.ndarray, y: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Chances for each question from the others' data."""
    chances = np.zeros(len(y))
    for train, test in LeaveOneGroupOut().split(x, y, groups):
        scaler, model = fit(x[train], y[train])
        chances[test] = model.predict_proba(scaler.transform(x[test]))[:, 1]
    return chances


Interval = tuple[float, float, float]
"""A figure with the ends of its 95 % interval."""


def figures(y: np.ndarray, chances: np.ndarray, groups: np.ndarray) -> tuple[Interval, Interval]:
    """AUC and balanced accuracy with a 95 % interval from drawing whole questions."""
    generator = np.random.default_rng(0)
    ids = np.unique(groups)
    drawn = []
    for draw in range(DRAWS + 1):
        chosen = ids if draw == 0 else generator.choice(ids, len(ids))
        rows = np.concatenate([np.flatnonzero(groups == one) for one in chosen])
        yes, no = chances[rows][y[rows] == 1], chances[rows][y[rows] == 0]
        balanced = ((yes > 0.5).mean() + (no <= 0.5).mean()) / 2
        drawn.append((roc_auc_score(y[rows], chances[rows]), balanced))
    table = np.array(drawn)
    ends = np.nanquantile(table[1:], (0.025, 0.975), axis=0)
    area, balanced = np.vstack([table[:1], ends]).T.tolist()
    return tuple(area), tuple(balanced)


def line(name: str, found: tuple[Interval, Interval]) -> str:
    cells = (f"{value:.3f} [{low:.3f}, {high:.3f}]" for value, low, high in found)
    return f"{name:34} " + "   ".join(cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = rows_of(options.data)
    embedder = Embedder.of(installed.path("minilm-int8"))
    all_cases = list(cases(rows, embedder))
    x = np.array([one.features for one in all_cases])
    y = np.array([one.covered for one in all_cases], int)
    groups = np.array([one.question for one in all_cases])
    topics = np.array([one.topic for one in all_cases])
    chances = left_out(x, y, groups)
    baseline = left_out(x[:, [1]], y, groups)
    print(f"{len(y)} points of {len(rows)} answers, {y.sum()} covered; one question left out")
    print(f"{'':34} {'AUC':22} {'balanced accuracy'}")
    hard = topics | (y == 1)
    for name, some, which in (
        ("term overlap", baseline, y >= 0),
        ("cosine + overlap", chances, y >= 0),
        ("overlap, against probe topics", baseline, hard),
        ("cosine + overlap, against topics", chances, hard),
    ):
        print(line(name, figures(y[which], some[which], groups[which])))
    if options.write:
        scaler, model = fit(x, y)
        weights = {
            "made_by": "benchmarks/points.py",
            "names": NAMES,
            "mean": [round(float(v), 5) for v in scaler.mean_],
            "scale": [round(float(v), 5) for v in scaler.scale_],
            "weight": [round(float(v), 5) for v in model.coef_[0]],
            "intercept": round(float(model.intercept_[0]), 5),
        }
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
