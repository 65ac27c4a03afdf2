"""The follow-up to each answer of a file, and how well the points behind it are judged.

    python -m benchmarks.follow_ups --answers FILE.jsonl [--llm embedded|scripted|URL] [--json]

Rows hold round, question, answer, and for the table of points question_id, level, `present` (what
the answer has) and `probe_topics` (what it lacks). Printed are each answer's follow-up with the
reason for it, the share that passes the validator, how many open with the candidate's own words,
how many differ, and the seconds. Whether a follow-up goes for an acceptable topic is for a reader
to judge: `gap` and `probe_topics` are printed beside it. The table of points (`points` in the
JSON; null where the rows do not allow it) is that of benchmarks/points.py: agreement with `present`
and `probe_topics`, with a bootstrap interval over questions, against term overlap in the same run.
"""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.jsonl import rows_of
from interviewer.asking.brain import Brain, opened
from interviewer.asking.director import Director
from interviewer.asking.moves import exchange
from interviewer.build import Workshop
from interviewer.offline.single import session_of, with_question
from interviewer.reading.said_back import FILLERS, turned
from interviewer.record import written_answer
from interviewer.text.embedding import Embedder
from rubrics.library import find


def echoes(text: str, answer: str, least: int = 3) -> bool:
    """Whether `text` has that many words in a row from the answer, persons aside."""
    said = f" {' '.join(_folded(answer))} "
    words = _folded(text)
    runs = (words[i : i + least] for i in range(len(words) - least + 1))
    return any(f" {' '.join(run)} " in said for run in runs)


def _folded(text: str) -> list[str]:
    plain = FILLERS.sub(" ", text.lower().replace("’", "'"))
    return [turned(one) for one in re.findall(r"[a-z0-9][a-z0-9.'-]*[a-z0-9]|[a-z0-9]", plain)]


@dataclass(frozen=True)
class Asked:
    """One answer's follow-up."""

    id: str
    level: int | None
    question: str
    """Id in the bank, or "custom"."""
    follow_up: str
    written: str
    """As the director wrote it; the model may have joined its parts."""
    why: str
    valid: bool
    echoes: bool
    """Whether three words in a row are the candidate's own."""
    seconds: float
    """For deciding, without the language model."""
    gap: str
    topics: tuple[str, ...]


def asked(row: dict[str, Any], shop: Workshop, director: Director, brain: Brain) -> Asked:
    """Decide, phrase and check."""
    rubric, question = with_question(
        find(row["round"]), row["question"], shop.likeness, row["answer"]
    )
    session = session_of(rubric, question, written_answer(row["answer"]), ())
    one = exchange(session)
    began = time.perf_counter()
    move = director.probe(one)
    seconds = time.perf_counter() - began
    move = brain.choose(move, session)
    said = brain.phrase(move, session)
    return Asked(
        id=str(row.get("answer_id", "")),
        level=row.get("level"),
        question=question.id,
        follow_up=said,
        written=move.text,
        why=move.why,
        valid=not one.faults(said, move.text, move.point),
        echoes=echoes(said, one.text),
        seconds=round(seconds, 3),
        gap=row.get("gap", ""),
        topics=tuple(row.get("probe_topics", ())),
    )


def summary(found: list[Asked]) -> dict[str, Any]:
    """Figures over all answers."""
    opening = [one for one in found if opened(one.written)]
    return {
        "answers": len(found),
        "valid": sum(one.valid for one in found) / len(found),
        "different": len({one.follow_up for one in found}) / len(found),
        "own words": sum(one.echoes for one in found) / len(found),
        "phrased by the model": sum(one.follow_up != one.written for one in opening),
        "offered to the model": len(opening),
        "median seconds to decide": sorted(one.seconds for one in found)[len(found) // 2],
    }


def lines(one: Asked) -> Iterator[str]:
    """One answer for a reader."""
    yield f"{one.id} (level {one.level}, {one.question})"
    yield f"  {one.follow_up}{'' if one.valid else '  [breaks a rule]'}"
    yield f"  why: {one.why}"
    if one.gap:
        yield f"  gap: {one.gap}  topics: {'; '.join(one.topics)}"


def agreement(rows: list[dict[str, Any]], embedder: Embedder) -> dict[str, Any]:
    """How single points are judged, with questions left out, beside term overlap."""
    import numpy as np

    from benchmarks.points import cases, figures, left_out

    found = list(cases(rows, embedder))
    x = np.array([one.features for one in found])
    y = np.array([one.covered for one in found], int)
    groups = np.array([one.question for one in found])
    judges = {"term overlap": x[:, [1]], "sentence vectors and terms": x}
    table = {}
    for name, features in judges.items():
        area, balanced = figures(y, left_out(features, y, groups), groups)
        table[name] = {"auc": area, "balanced accuracy": balanced}
    return {"points": len(y), "covered": int(y.sum()), "judges": table}


def table_of(found: dict[str, Any]) -> Iterator[str]:
    """The table of points for a reader."""
    from benchmarks.points import line

    yield (
        f"{found['points']} points, {found['covered']} covered; AUC and balanced accuracy, "
        "one question left out"
    )
    for name, figures in found["judges"].items():
        yield line(name, (figures["auc"], figures["balanced accuracy"]))


@click.command()
@click.option("--answers", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--llm", default="embedded", show_default=True)
@click.option("--json", "as_json", is_flag=True)
def main(answers: Path, llm: str, as_json: bool) -> None:
    """Print the follow-ups and the table."""
    rows = rows_of(answers)
    with Workshop(llm, None, "whisper-base") as shop:
        director, brain = shop.director(), Brain(shop.language_model)
        found = []
        for row in rows:
            found.append(asked(row, shop, director, brain))
            if not as_json:
                print("\n".join(lines(found[-1])), flush=True)
        if not as_json:
            print(json.dumps(summary(found), indent=1), flush=True)
        # One question cannot be left out of itself.
        judged = all("present" in row for row in rows) and len({r["question_id"] for r in rows}) > 1
        points = agreement(rows, shop.embedder) if judged else None
        if as_json:
            table = {"follow_ups": [asdict(one) for one in found], **summary(found)}
            print(json.dumps(table | {"points": points}))
        elif points:
            print("\n".join(table_of(points)))


if __name__ == "__main__":
    main()
