"""Make the embedded grader's numbers (manner.json, order.json) and say how good they are.

    python benchmarks/train_grader.py ANSWERS.jsonl [--write]

Rows hold question_id, answer and level. Everything that is printed comes from models that
have not seen the answer's question. The lists of cues were written with these answers at hand,
so that new questions, and above all new writers, must be expected to do worse.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

sys.path[0] = str(Path(__file__).parent.parent)  # This folder holds a sessions.py.

import interviewer.judging  # noqa: E402
from interviewer import models  # noqa: E402
from interviewer.judging import order, structure  # noqa: E402
from interviewer.judging.agreement import Rows, measured  # noqa: E402
from interviewer.judging.embedding import Embedder  # noqa: E402
from interviewer.judging.relevance import ELSEWHERE, asks_for_story, likeness  # noqa: E402
from interviewer.judging.sentences import split  # noqa: E402
from interviewer.judging.terms import tokens  # noqa: E402
from rubrics import library  # noqa: E402

ROUNDS = ("behavioral", "coding", "llm_rag", "ml_fundamentals", "ml_system_design",
          "recruiter_screen")  # fmt: skip
HERE = Path(interviewer.judging.__file__).parent
ALPHA = 45.0
"""Ridge penalty: about the number of cues, chosen once between 30 and 60, both as good."""
STRETCH = 1.2
COVERAGE = 0.8


def ridge(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Mean, scale, weights and intercept."""
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = (x - mean) / scale
    weight = np.linalg.solve(z.T @ z + ALPHA * np.eye(z.shape[1]), z.T @ (y - y.mean()))
    return mean, scale, weight, float(y.mean())


def predicted(x: np.ndarray, fitted: tuple) -> np.ndarray:
    mean, scale, weight, intercept = fitted
    plain = (x - mean) / scale @ weight + intercept
    return np.clip(3 + STRETCH * (plain - 3), 1, 5)


def left_out(x: np.ndarray, y: np.ndarray, groups: np.ndarray) -> np.ndarray:
    result = np.zeros(len(y))
    for one in np.unique(groups):
        test = groups == one
        result[test] = predicted(x[test], ridge(x[~test], y[~test]))
    return result


def line(name: str, rows: Rows) -> str:
    cells = "  ".join(
        f"{f.value:5.2f} [{f.low:.2f}, {f.high:.2f}]" for f in measured(rows).values()
    )
    return f"{name:14} {cells}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    data = [json.loads(one) for one in options.data.read_text("utf-8").splitlines()]
    y = np.array([one["level"] for one in data], float)
    groups = np.unique([one["question_id"] for one in data], return_inverse=True)[1]
    length = np.array([len(one["answer"].split()) for one in data], float)
    x = np.array([structure.features(structure.substance(one["answer"])) for one in data])
    said = left_out(x, y, groups)
    numbers = left_out(x[:, [structure.NAMES.index("numbers")]], y, groups)
    print(f"{'':14} r, QWK, RMSE, exact, within one, partial r given length, pairwise")
    print(line("cues", Rows(y, said, length, groups)))
    print(line("number share", Rows(y, numbers, length, groups)))
    print(line("length", Rows(y, left_out(np.log(length)[:, None], y, groups), length, groups)))
    print("mean by level", {k: round(float(said[y == k].mean()), 2) for k in range(1, 6)})
    errors = abs(said - y)
    halves = np.array([np.quantile(errors[groups != g], COVERAGE) for g in groups])
    print(f"80 % interval: covers {np.mean(errors <= halves):.3f}, half width {halves.mean():.2f}")
    print_relevance(data)
    if options.write:
        write(data, x, y, float(np.quantile(errors, COVERAGE)), Rows(y, said, length, groups))


def relevance_rows(data: list[dict]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Each answer beside each question that asks for no story; its own is the right one."""
    embedder = Embedder.of(models.path("minilm-int8"))
    asked = {one["question_id"]: one["question"] for one in data}
    asked = {key: text for key, text in asked.items() if not asks_for_story(text)}
    found = [
        (likeness(embedder, text, parts), one["question_id"] == key, key, one["question_id"])
        for one in data
        for parts in (split(one["answer"]),)
        for key, text in asked.items()
    ]
    x, own, key, home = (np.array(column) for column in zip(*found, strict=True))
    return x, own, key, home


def bank() -> list[str]:
    """All questions of the library."""
    return [q.text for one in sorted(ROUNDS) for q in library.find(one).questions]


def fit_relevance(x: np.ndarray, own: np.ndarray) -> tuple[StandardScaler, LogisticRegression]:
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=1.0, class_weight="balanced").fit(scaler.transform(x), own)
    return scaler, model


def print_relevance(data: list[dict]) -> None:
    x, own, key, home = relevance_rows(data)
    logit = np.zeros(len(own))
    for one in np.unique(key):
        test = key == one
        scaler, model = fit_relevance(x[~test & (home != one)], own[~test & (home != one)])
        logit[test] = model.decision_function(scaler.transform(x[test]))
    same = np.array(
        [a.rsplit("-", 1)[0] == b.rsplit("-", 1)[0] for a, b in zip(key, home, strict=True)]
    )
    print(
        f"relevance: AUC {roc_auc_score(own, logit):.3f}; taken as about something else: "
        f"{(logit[own] < ELSEWHERE).mean():.3f} of answers to the question, "
        f"{(logit[~own & same] < ELSEWHERE).mean():.3f} of answers to another of the round, "
        f"{(logit[~own & ~same] < ELSEWHERE).mean():.3f} of another round's"
    )


def write(data: list[dict], x: np.ndarray, y: np.ndarray, half: float, rows: Rows) -> None:
    mean, scale, weight, intercept = ridge(x, y)
    figures = measured(rows)
    kappa, pairs = figures["qwk"], figures["pairwise"]
    manner = {
        "made_by": "benchmarks/train_grader.py",
        "measured_on": (
            f"Measured on {len(y)} written answers whose levels hold by construction, one question "
            f"left out at a time: QWK {kappa.value:.2f} [{kappa.low:.2f}, {kappa.high:.2f}], order "
            f"of pairs {pairs.value:.0%}. No human scores of interviews were at hand, so this is "
            "not agreement with people."
        ),
        "names": structure.NAMES,
        "mean": np.round(mean, 5).tolist(),
        "scale": np.round(scale, 5).tolist(),
        "weight": np.round(weight, 5).tolist(),
        "intercept": round(intercept, 5),
        "stretch": STRETCH,
        "half_width": round(half, 3),
    }
    (HERE / "manner.json").write_text(json.dumps(manner, indent=1) + "\n", "utf-8")
    px, own, _, _ = relevance_rows(data)
    scaler, model = fit_relevance(px, own)
    relevance = {
        "made_by": "benchmarks/train_grader.py",
        "mean": np.round(scaler.mean_, 5).tolist(),
        "scale": np.round(scaler.scale_, 5).tolist(),
        "weight": np.round(model.coef_[0], 5).tolist(),
        "intercept": round(float(model.intercept_[0]), 5),
        "stories": [one for one in bank() if asks_for_story(one)],
        "subjects": [one for one in bank() if not asks_for_story(one)],
    }
    (HERE / "relevance.json").write_text(json.dumps(relevance, indent=1) + "\n", "utf-8")
    table = order.learn([tokens(one["answer"]) for one in data])
    body = {"made_by": "benchmarks/train_grader.py", "table": np.round(table, 3).tolist()}
    (HERE / "order.json").write_text(json.dumps(body) + "\n", "utf-8")


if __name__ == "__main__":
    main()
