"""How well points are judged once the level is known, beside the judgement before; `--write` keeps it.

    python -m benchmarks.settling LABELS.jsonl ANSWERS.jsonl [MORE.jsonl ...] [--write]

LABELS holds, for each answer (by question_id and answer_id), its statements with yes, part or no and
the number of the sentence that shows it. Everything that is printed comes from fits that have not
seen the question, with levels read likewise. "part" counts as no.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

import interviewer.judging
from benchmarks.jsonl import rows_of
from benchmarks.train_grader import left_out, read
from interviewer.judging.points import COVERED, MISSING, Evidence, PointJudge
from interviewer.judging.settling import NAMES, numbers
from interviewer.models import installed
from interviewer.offline.single import with_question
from interviewer.text.embedding import WIDTH, Embedder
from interviewer.text.likeness import Likeness
from interviewer.text.sentences import split
from rubrics import library

PLACE = Path(interviewer.judging.__file__).parent / "settling.json"
PENALTY = 0.01
"""Inverse strength of the ridge (scikit-learn's C)."""
STATEMENT = 0.3
"""Scale of the statement's own vector beside the other numbers: a stronger penalty for it."""
FOLDS = 10


@dataclass(frozen=True)
class Points:
    """Labelled points that describe no fault."""

    x: np.ndarray
    yes: np.ndarray
    before: np.ndarray
    """Chance before the level was known."""
    group: np.ndarray
    level: np.ndarray
    """As the answer was written."""
    right_sentence: np.ndarray
    """Whether the first sentence that would be shown is the labelled one; nan where there is none."""


def points(labels: Path, answers: list[Path], embedder: Embedder) -> Points:
    data = read(answers, embedder)
    levels = left_out(data, np.full(len(data.level), True))
    judge, likeness = PointJudge(embedder), Likeness(embedder)
    told = {(one["question_id"], one["answer_id"]): one["points"] for one in rows_of(labels)}
    found = []
    for number, row in enumerate(data.rows):
        mine = told.get((row["question_id"], row["answer_id"]), {})
        if not mine:
            continue
        rubric = library.find(row["round"])
        question = with_question(rubric, row["question"], likeness, row["answer"])[1]
        parts = split(row["answer"])
        evidence = Evidence(embedder, parts)
        asked = {one.statement: one for one in (*question.points, *rubric.general_points())}
        for verdict in judge.judge(tuple(asked.values()), parts):
            label = mine.get(verdict.point.statement)
            if label is None or verdict.point.negative:
                continue
            shown = evidence.ranked(verdict.point)[0][0]
            found.append(
                (
                    numbers(embedder, evidence, verdict.point, levels[number]),
                    label[0] == "yes",
                    verdict.chance,
                    data.group[number],
                    row["level"],
                    shown == label[1] if label[0] == "yes" else np.nan,
                )
            )
    return Points(*(np.array(one, float) for one in zip(*found, strict=True)))


def fit(x: np.ndarray, y: np.ndarray) -> dict[str, np.ndarray | float]:
    mean, scale = x.mean(0), np.maximum(x.std(0), 1e-3)
    scale[-WIDTH:] /= STATEMENT
    line = LogisticRegression(C=PENALTY, max_iter=5000).fit((x - mean) / scale, y)
    return {"mean": mean, "scale": scale, "weight": line.coef_[0], "intercept": line.intercept_[0]}


def chances(x: np.ndarray, fitted: dict) -> np.ndarray:
    logit = (x - fitted["mean"]) / fitted["scale"] @ fitted["weight"] + fitted["intercept"]
    return 1 / (1 + np.exp(-logit))


def line(name: str, data: Points, found: np.ndarray) -> None:
    covered, missing = found >= COVERED, found < MISSING
    inside = [roc_auc_score(data.yes[mine], found[mine]) for one in range(1, 6)
              if (mine := data.level == one).any()]  # fmt: skip
    print(
        f"{name:22} AUC {roc_auc_score(data.yes, found):.3f} (within a level "
        f"{min(inside):.2f}-{max(inside):.2f})   covered {covered.sum():4} of which right "
        f"{data.yes[covered].mean():.2f}, found {data.yes[covered].sum() / data.yes.sum():.2f}   "
        f"missing {missing.sum():4} of which told {data.yes[missing].mean():.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labels", type=Path)
    parser.add_argument("answers", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    embedder = Embedder.of(installed.path("minilm-int8"))
    data = points(options.labels, options.answers, embedder)
    found = np.zeros(len(data.yes))
    for train, test in GroupKFold(FOLDS).split(data.x, data.yes, data.group):
        found[test] = chances(data.x[test], fit(data.x[train], data.yes[train]))
    print(f"{len(found)} points, {data.yes.mean():.2f} of them told")
    line("before the level", data, data.before)
    line("once it is known", data, found)
    print(f"the sentence shown first is the labelled one: {np.nanmean(data.right_sentence):.2f}")
    if options.write:
        kept = fit(data.x, data.yes)
        rounded = {key: np.round(value, 5).tolist() for key, value in kept.items()}
        made = {"made_by": "benchmarks/settling.py", "names": NAMES, **rounded}
        PLACE.write_text(json.dumps(made) + "\n", "utf-8")


if __name__ == "__main__":
    main()
