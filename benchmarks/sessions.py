"""How list, search and progress grow from 100 to 10,000 sessions.

    python benchmarks/sessions.py [--many 10000] [--repeat 5]

Makes synthetic sessions in a temporary folder, runs the commands as a person would (a process
each, start included), and prints the medians beside each other: wall time, and processor time,
which other work on the machine does not change.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[0] = str(ROOT)  # This folder holds a sessions.py, which is not the package.

from sessions.document import FILE, encoded  # noqa: E402
from sessions.store import SessionStore  # noqa: E402
from tests.example_sessions import example_rubric, graded_session  # noqa: E402

ROUNDS = ("behavioral", "ml_coding", "ml_system_design", "ml_theory")
COMMANDS = {
    "start (--help)": ("--help",),
    "list": ("sessions",),
    "list all as JSON": ("sessions", "--limit", "0", "--json"),
    "search, common word": ("sessions", "--search", "ranking model"),
    "search, rare word": ("sessions", "--search", "rare77"),
    "progress": ("progress",),
    "progress --json": ("progress", "--json"),
}
RUN = "from interviewer.cli import main; main()"


def make(folder: Path, count: int) -> None:
    """Sessions of about 400 spoken words, ten a day up to now, levels slowly rising."""
    chance = random.Random(count)
    templates = [
        encoded(graded_session(round=one, rubrics=(example_rubric(one),))) for one in ROUNDS
    ]
    vocabulary = [f"word{number}" for number in range(3000)]
    start = datetime.now(UTC) - timedelta(hours=2.4 * count)
    store = SessionStore(folder)
    for number in range(count):
        data = json.loads(templates[number % len(ROUNDS)])
        created = start + timedelta(hours=2.4 * number)
        data["id"] = f"{created:%Y-%m-%d-%H%M}-{data['round']}-{number:05}"
        data["created"] = created.isoformat()
        _vary(data, number / count, chance, vocabulary)
        path = store.path(data["id"])
        path.mkdir(parents=True)
        (path / FILE).write_text(json.dumps(data), encoding="utf-8")


def _vary(data: dict[str, Any], done: float, chance: random.Random, vocabulary: list[str]) -> None:
    for planned in data["planned"]:
        planned["round"] = data["round"]
    for turn in data["turns"]:
        turn["round"] = data["round"]
        if turn["answer"]:
            # As in speech, few words are common and most are rare.
            words = chance.choices(vocabulary, [1 / (n + 1) for n in range(3000)], k=130)
            words += ["ranking", "model", f"rare{chance.randrange(1000)}"]
            turn["answer"]["text"] = " ".join(words)
    for score in data["scorecard"]["criteria"]:
        if score["level"]:
            score["level"] = min(5, max(1, round(chance.gauss(2 + 2 * done, 0.8))))
    for measure in data["scorecard"]["delivery"]:
        if measure["value"]:
            measure["value"] *= chance.uniform(0.8, 1.2)
    for point in data["scorecard"]["points"]:
        point["verdict"] = "missing" if chance.random() < 0.4 else "covered"


def measured(folder: Path, arguments: tuple[str, ...], repeat: int) -> tuple[float, float]:
    """Medians of one command, process start included: wall seconds, seconds of processor time."""
    walls, works = [], []
    for _ in range(repeat):
        begun, before = time.perf_counter(), os.times()
        subprocess.run(
            [sys.executable, "-c", RUN, *arguments],
            env={**os.environ, "MOCK_INTERVIEWER_SESSIONS": str(folder)},
            cwd=ROOT, check=True, capture_output=True,
        )  # fmt: skip
        after = os.times()
        walls.append(time.perf_counter() - begun)
        works.append(
            after.children_user + after.children_system
            - before.children_user - before.children_system
        )  # fmt: skip
    return statistics.median(walls), statistics.median(works)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    sizes = (100, options.many)
    with tempfile.TemporaryDirectory() as outer:
        folders = {size: Path(outer) / str(size) for size in sizes}
        for size, folder in folders.items():
            make(folder, size)
        results = {
            "first time, index made": [measured(folders[size], ("sessions",), 1) for size in sizes]
        }
        for name, arguments in COMMANDS.items():
            results[name] = [measured(folders[size], arguments, options.repeat) for size in sizes]
        disk = sum(path.stat().st_size for path in folders[options.many].glob("index*"))
    print(f"{'sessions':26}{'wall, s':^22}{'processor, s':^22}")
    print(f"{'':26}" + f"{100:>7}{options.many:>8,} growth" * 2)
    for name, ((wall, work), (more_wall, more_work)) in results.items():
        print(
            f"{name:26}{wall:>7.2f}{more_wall:>8.2f}{more_wall / wall:>5.1f} x"
            f"{work:>7.2f}{more_work:>8.2f}{more_work / work:>5.1f} x"
        )
    print(f"index on disk: {disk / 1e6:.0f} MB for {options.many:,} sessions")


if __name__ == "__main__":
    main()
