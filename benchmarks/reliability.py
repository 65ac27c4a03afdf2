"""The agreement table and the reliability plot of docs/scoring.md, written into docs/.

    python -m benchmarks.reliability --exam EXAM.jsonl ANSWERS.jsonl [MORE.jsonl ...]

All files are graded with one question left out at a time, as benchmarks/train_grader.py and
benchmarks/grading.py do it.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks import grading, train_grader
from interviewer.judging.agreement import Rows, measured
from interviewer.judging.reference import NAMES, crossed
from interviewer.models import installed
from interviewer.text.embedding import Embedder
from interviewer.text.terms import overlap, terms

Columns = dict[str, np.ndarray]
"""Levels by who said them."""
DOCS = Path(__file__).parent.parent / "docs"
START, END = "<!-- agreement: made by benchmarks/reliability.py -->", "<!-- end -->"
HEAD = "| | r | QWK | RMSE | exact | within one | r given length | order of pairs |\n|" + "---|" * 8


def told(paths: list[Path], embedder: Embedder) -> Iterator[tuple[str, Columns, Rows]]:
    """One table for each file; the grader and the baselines have seen the other questions."""
    data = train_grader.read(paths, embedder)
    shared = np.array([overlap(terms(one["question"]), terms(one["answer"])) for one in data.rows])
    said = {
        **train_grader.columns(data),
        "term overlap": train_grader.baseline(shared, data),
    }
    for number, path in enumerate(paths):
        mine = data.source == number
        found = {name: levels[mine] for name, levels in said.items()}
        if len(paths) > 1:
            found["trained on other files"] = train_grader.left_out(data, ~mine, mine)[mine]
        gold = data.level[mine]
        yield path.stem, found, Rows(gold, gold, data.length[mine], data.group[mine])


def exam(path: Path, embedder: Embedder) -> tuple[Columns, Rows]:
    plain, rows = grading.read(path, embedder)
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
        cells = [
            "-" if np.isnan(f.value) else f"{f.value:.2f} [{f.low:.2f}, {f.high:.2f}]"
            for f in figures.values()
        ]
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
    parser.add_argument("answers", type=Path, nargs="+")
    parser.add_argument("--exam", type=Path, required=True)
    options = parser.parse_args()
    embedder = Embedder.of(installed.path("minilm-int8"))
    tables = list(told(options.answers, embedder))
    parts = [
        *(
            table(f"{name}: levels by construction, not agreement with people", said, rows)
            for name, said, rows in tables
        ),
        table(
            "One person's scores of exam answers, with reference answers",
            *exam(options.exam, embedder),
        ),
    ]
    page = DOCS / "scoring.md"
    before, rest = page.read_text("utf-8").split(START)
    after = rest.split(END)[1]
    page.write_text(f"{before}{START}\n\n" + "\n\n".join(parts) + f"\n\n{END}{after}", "utf-8")
    own = np.concatenate([said["embedded grader"] for _, said, _ in tables])
    svg = plot(own, np.concatenate([rows.gold for *_, rows in tables]))
    (DOCS / "scoring-reliability.svg").write_text(svg + "\n", "utf-8")


if __name__ == "__main__":
    main()
