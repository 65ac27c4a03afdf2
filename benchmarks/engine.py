"""Speed of the embedded language model, cold and with a warm prompt cache.

    python -m benchmarks.engine [--threads N] [--runs N] [--json]

Ratios (warm to cold) say more than seconds where other programs run, too.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence

from interviewer.llm.chat import ChatModel
from interviewer.llm.engine import Engine
from interviewer.models import catalogue, installed
from interviewer.seams import Message
from sessions.model import ModelUsed

SYSTEM = Message("system", "You are an interviewer. Ask one short follow-up question. " * 6)
ANSWER = (
    "We had a fraud model in production, a gradient boosted tree ensemble, that scored about two "
    "hundred transactions a second. One Friday the precision dropped, and it turned out that a "
    "feature pipeline had started to send nulls for the merchant category. I rolled it back to the "
    "version before, and then we added checks. "
)
TASK = Message("user", "Ask your next follow-up question now, at most 25 words.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()

    began = time.monotonic()
    with Engine(installed.path(catalogue.LANGUAGE), "bench", threads=asked.threads) as engine:
        engine.ready()
        figures = {"load, s": [time.monotonic() - began]}
        used = ModelUsed(role="language", engine="", name="bench", digest=None, remote=False)
        model = ChatModel(engine.ready, used, strong=False, embedded=True, patience=600.0)
        for run in range(asked.runs):
            for name, value in measure(model, run).items():
                figures.setdefault(name, []).append(value)
    report = {name: round(statistics.median(values), 2) for name, values in figures.items()}
    cold, warm = report["first piece cold, s"], report["first piece warm, s"]
    report["cold to warm, ratio"] = round(cold / max(warm, 0.01), 1)
    print(json.dumps(report) if asked.json else table(report))


def measure(model: ChatModel, run: int) -> dict[str, float]:
    """One run; `run` makes its prompts new to the cache."""
    grown = f"Candidate {run}-{time.time_ns()}: {ANSWER}"
    talk = [SYSTEM, Message("user", grown)]
    figures = {"first piece cold, s": first_piece(model, [*fresh(run), TASK])}
    figures["read the answer ahead, s"] = timed(lambda: model.warm(talk))
    longer = [SYSTEM, Message("user", f"{grown} We also wrote a runbook with the team on call.")]
    figures["read what was added, s"] = timed(lambda: model.warm(longer))
    pieces: list[float] = []
    began = time.monotonic()
    for _ in model.stream([*longer, TASK], max_tokens=40):
        pieces.append(time.monotonic())
    figures["first piece warm, s"] = pieces[0] - began
    figures["pieces a second"] = (len(pieces) - 1) / max(pieces[-1] - pieces[0], 1e-3)
    return figures


def fresh(run: int) -> list[Message]:
    """The same talk, with a first word that no cache has."""
    return [Message("system", f"{time.time_ns()} {run} {SYSTEM.content}"), Message("user", ANSWER)]


def first_piece(model: ChatModel, messages: Sequence[Message]) -> float:
    stream = iter(model.stream(messages, max_tokens=8))
    seconds = timed(lambda: next(stream))
    for _ in stream:
        pass
    return seconds


def timed(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def table(report: dict[str, float]) -> str:
    width = max(map(len, report))
    return "\n".join(f"{name:<{width}}  {value:8.2f}" for name, value in report.items())


if __name__ == "__main__":
    main()
