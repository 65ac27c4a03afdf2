"""The agreement table and the reliability plot of docs/scoring.md, written into docs/.

    python benchmarks/reliability.py ANSWERS.jsonl EXAM.jsonl

Both files are graded with one question left out at a time, as benchmarks/train_grader.py and
benchmarks/grading.py do it.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path[0] = str(Path(__file__).parent.parent)  # This folder holds a sessions.py.

from benchmarks import grading, train_grader  # noqa: E402
from interviewer import models  # noqa: E402
from interviewer.judging import structure  # noqa: E402
from interviewer.judging.agreement import Rows, measured  # noqa: E402
from interviewer.judging.embedding import Embedder  # noqa: E402
from interviewer.judging.reference import NAMES, crossed  # noqa: E402
from interviewer.judging.terms import overlap, terms  # noqa: E402

DOCS = Path(__file__).parent.parent / "docs"
START, END = "<!-- agreement: made by benchmarks/reliability.py -->", "<!-- end -->"
HEAD = "| | r | QWK | RMSE | exact | within one | r given length | order of pairs |\n|" + "---|" * 8


def told(path: Path) -> tuple[dict[str, np.ndarray], Rows]:
    data = [json.loads(one) for one in path.read_text("utf-8").splitlines()]
    y = np.array([one["level"] for one in data], float)
    groups = np.unique([one["question_id"] for one in data], return_inverse=True)[1]
    length = np.array([len(one["answer"].split()) for one in data], float)
    x = np.array([structure.features(structure.substance(one["answer"])) for one in data])
    shared = np.array([overlap(terms(one["question"]), terms(one["answer"])) for one in data])
    columns = {
        "embedded grader": x,
        "number share": x[:, [structure.NAMES.index("numbers")]],
        "length": np.log1p(length)[:, None],
        "term overlap": shared[:, None],
    }
    said = {name: train_grader.left_out(one, y, groups) for name, one in columns.items()}
    return said, Rows(y, y, length, groups)


def exam(path: Path) -> tuple[dict[str, np.ndarray], Rows]:
    plain, rows = grading.read(path, Embedder.of(models.path("minilm-int8")))
    columns = {
        "with reference": crossed(plain),
        "length": plain[:, [NAMES.index("length")]],
        "term overlap": plain[:, [NAMES.index("terms")]],
    }
    return {name: grading.left_out(one, rows) for name, one in columns.items()}, rows


def table(title: str, said: dict[str, np.ndarray], rows: Rows) -> str:
    lines = [
        f"**{title}** ({len(rows.gold)} answers, {len(np.unique(rows.question))} questions)",
        "",
    ]
    lines.append(HEAD)
    for name, scores in said.items():
        figures = measured(Rows(rows.gold, scores, rows.length, rows.question))
        cells = [f"{f.value:.2f} [{f.low:.2f}, {f.high:.2f}]" for f in figures.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def plot(said: np.ndarray, gold: np.ndarray) -> str:
    """Predicted level against level: mean of each fifth of the answers, and each answer."""

    def x(value: float) -> float:
        return 50 + 75 * (value - 1)

    def y(value: float) -> float:
        return 330 - 75 * (value - 1)

    dots = [
        f'<circle cx="{x(a):.1f}" cy="{y(b + 0.16 * np.sin(17 * n)):.1f}" r="2.5" fill="#9bb"/>'
        for n, (a, b) in enumerate(zip(said, gold, strict=True))
    ]
    bins = np.array_split(np.argsort(said, kind="stable"), 6)
    means = [(x(float(said[one].mean())), y(float(gold[one].mean()))) for one in bins]
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b in means)
    marks = [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="5" fill="#046"/>' for a, b in means]
    ticks = [
        f'<text x="{x(k)}" y="352" text-anchor="middle">{k}</text>'
        f'<text x="34" y="{y(k) + 4}" text-anchor="middle">{k}</text>'
        for k in range(1, 6)
    ]
    return "\n".join(
        (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 380 390" font-family="sans-serif" '
            'font-size="12">',
            '<rect width="380" height="390" fill="white"/>',
            f'<line x1="{x(1)}" y1="{y(1)}" x2="{x(5)}" y2="{y(5)}" stroke="#bbb"/>',
            *dots,
            f'<polyline points="{path}" fill="none" stroke="#046" stroke-width="2"/>',
            *marks,
            *ticks,
            '<text x="200" y="376" text-anchor="middle">predicted level, question left out</text>',
            '<text x="12" y="180" transform="rotate(-90 12 180)" text-anchor="middle">'
            "level by construction</text>",
            "</svg>",
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("answers", type=Path)
    parser.add_argument("exam", type=Path)
    options = parser.parse_args()
    said, rows = told(options.answers)
    parts = [
        table("Levels by construction: not agreement with people", said, rows),
        table("One person's scores of exam answers, with reference answers", *exam(options.exam)),
    ]
    page = DOCS / "scoring.md"
    before, rest = page.read_text("utf-8").split(START)
    after = rest.split(END)[1]
    page.write_text(f"{before}{START}\n\n" + "\n\n".join(parts) + f"\n\n{END}{after}", "utf-8")
    svg = plot(said["embedded grader"], rows.gold)
    (DOCS / "scoring-reliability.svg").write_text(svg + "\n", "utf-8")


if __name__ == "__main__":
    main()
