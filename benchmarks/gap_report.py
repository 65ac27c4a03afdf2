"""What `response_gap` found: the figures of a whole run, and the table of them."""

import os
from dataclasses import dataclass, field
from statistics import mean, median, quantiles
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """What became of one answer."""

    answer: str
    seconds: float
    """Length of the answer."""
    pauses: int
    """Mid-answer pauses that it was tested on."""
    cut_off: bool = False
    gap: float | None = None
    cold_start: float | None = None
    """Seconds from the command to its first audible word."""
    before: int = 0
    """Utterances after the end of speech that were no follow-up."""
    stages: dict[str, float] = field(default_factory=dict)
    memory: float = 0.0
    """Megabytes at most, all processes."""
    processor: float = 0.0
    """Cores in use while the answer was given and followed up, on average."""
    follow_up: str = ""
    failure: str = ""


def percentiles(values: list[float]) -> dict[str, float | None]:
    if not values:
        return {"p50": None, "p95": None}
    p95 = quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
    return {"p50": median(values), "p95": p95}


def summary(outcomes: list[Outcome], slow: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of the whole run."""
    gaps = [one.gap for one in outcomes if one.gap is not None]
    pauses = sum(one.pauses for one in outcomes)
    cut = sum(one.cut_off for one in outcomes)
    names = dict.fromkeys(name for one in outcomes for name in one.stages)
    sequential = percentiles([row["gap"] for row in slow])
    ours = percentiles(gaps)
    both = ours["p50"] is not None and sequential["p50"]
    colds = [one.cold_start for one in outcomes if one.cold_start is not None]
    return {
        "answers": len(outcomes),
        "gap": ours,
        "pauses": pauses,
        "cut_offs": cut,
        "cut_off_rate": cut / pauses if pauses else None,
        "baseline": sequential,
        "ratio": ours["p50"] / sequential["p50"] if both else None,  # type: ignore[operator]
        "stages": {
            name: percentiles([one.stages[name] for one in outcomes if name in one.stages])
            for name in names
        },
        "baseline_stages": {
            name: percentiles([row[name] for row in slow])
            for name in (slow[0] if slow else {})
            if name not in ("answer", "gap")
        },
        "cold_start": percentiles(colds),
        "peak_memory_mb": max((one.memory for one in outcomes), default=0.0),
        "cores": mean([one.processor for one in outcomes]) if outcomes else None,
        "load": os.getloadavg()[0],
        "failures": {one.answer: one.failure for one in outcomes if one.failure},
    }


def table(found: dict[str, Any]) -> str:
    """For people."""

    def pair(one: dict[str, float | None]) -> str:
        return "  ".join(f"{k} {v:5.2f} s" for k, v in one.items() if v is not None) or "none"

    lines = [
        f"{found['answers']} answers, {found['pauses']} pauses, load {found['load']:.1f}",
        f"gap              {pair(found['gap'])}",
        f"cut-offs         {found['cut_offs']} ({100 * (found['cut_off_rate'] or 0):.1f} % of pauses)",
        f"baseline         {pair(found['baseline'])}",
        f"ratio of p50     {found['ratio']:.2f}" if found["ratio"] else "ratio of p50     none",
        f"cold start       {pair(found['cold_start'])}",
        f"peak memory      {found['peak_memory_mb']:.0f} MB",
        f"processor        {found['cores']:.2f} cores",
        *(f"  {name:14} {pair(one)}" for name, one in found["stages"].items()),
        "baseline's stages:",
        *(f"  {name:14} {pair(one)}" for name, one in found["baseline_stages"].items()),
        *(f"FAILED {name}: {why}" for name, why in found["failures"].items()),
    ]
    return "\n".join(lines)
