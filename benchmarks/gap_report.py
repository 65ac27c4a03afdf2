"""What `response_gap` found: the figures of a whole run, and the table of them."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import mean, median, quantiles
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """What became of one answer."""

    answer: str
    seconds: float
    """Length of the answer."""
    pauses: int = 0
    """Mid-answer pauses that it was tested on: none where the interview failed."""
    cut_off: bool = False
    gap: float | None = None
    cold_start: float | None = None
    """Seconds from the command to its first audible word."""
    before: int = 0
    """Utterances after the end of speech that were no follow-up."""
    stages: dict[str, float] = field(default_factory=dict)
    memory: float | None = None
    """Megabytes at most, all processes."""
    processor: float | None = None
    """Cores in use while the answer was given and followed up, on average."""
    follow_up: str = ""
    failure: str = ""


@dataclass(frozen=True)
class Sequential:
    """What the system that does one thing after the other took for one answer."""

    answer: str
    stages: dict[str, float] = field(default_factory=dict)
    failure: str = ""

    @property
    def gap(self) -> float | None:
        """End of speech to the first audible sample; None where it failed."""
        return None if self.failure else sum(self.stages.values())


@dataclass(frozen=True)
class Rate:
    """How many turns were ended before the person was done."""

    cut_offs: int
    pauses: int
    """Pauses that were reached: those after a cut-off are not."""

    @property
    def share(self) -> float | None:
        """Cut-offs for each pause; None where there was no pause."""
        return self.cut_offs / self.pauses if self.pauses else None

    def __str__(self) -> str:
        share = "none" if self.share is None else f"{100 * self.share:.1f} %"
        return f"{self.cut_offs} in {self.pauses} pauses reached ({share})"


def rate(outcomes: list[Outcome]) -> Rate:
    """Of those that did not fail."""
    held = [one for one in outcomes if not one.failure]
    return Rate(sum(one.cut_off for one in held), sum(one.pauses for one in held))


def percentiles(values: Iterable[float | None]) -> dict[str, float | None]:
    """Of the values that there are."""
    known = [value for value in values if value is not None]
    if not known:
        return {"p50": None, "p95": None}
    p95 = quantiles(known, n=20, method="inclusive")[-1] if len(known) > 1 else known[0]
    return {"p50": median(known), "p95": p95}


def summary(outcomes: list[Outcome], slow: list[Sequential]) -> dict[str, Any]:
    """The figures of the whole run."""
    names = dict.fromkeys(name for one in outcomes for name in one.stages)
    steps = dict.fromkeys(name for one in slow for name in one.stages)
    sequential = percentiles(one.gap for one in slow)
    ours = percentiles(one.gap for one in outcomes)
    both = ours["p50"] is not None and sequential["p50"]
    cut = rate(outcomes)
    cores = [one.processor for one in outcomes if one.processor is not None]
    return {
        "answers": len(outcomes),
        "failed": sum(bool(one.failure) for one in outcomes),
        "gap": ours,
        "pauses": cut.pauses,
        "cut_offs": cut.cut_offs,
        "cut_off_rate": cut.share,
        "baseline": sequential,
        "ratio": ours["p50"] / sequential["p50"] if both else None,  # type: ignore[operator]
        "stages": {name: percentiles(one.stages.get(name) for one in outcomes) for name in names},
        "baseline_stages": {
            name: percentiles(one.stages.get(name) for one in slow) for name in steps
        },
        "cold_start": percentiles(one.cold_start for one in outcomes),
        "peak_memory_mb": max((one.memory for one in outcomes if one.memory), default=None),
        "cores": mean(cores) if cores else None,
        "load": os.getloadavg()[0],
        "failures": {one.answer: one.failure for one in outcomes if one.failure},
        "baseline_failures": {one.answer: one.failure for one in slow if one.failure},
    }


def table(found: dict[str, Any]) -> str:
    """For people."""
    cut = Rate(found["cut_offs"], found["pauses"])
    lines = [
        f"{found['failed']} of {found['answers']} answers failed, load {found['load']:.1f}",
        f"gap              {_pair(found['gap'])}",
        f"cut-offs         {cut}",
        f"baseline         {_pair(found['baseline'])}",
        f"ratio of p50     {_one(found['ratio'])}",
        f"cold start       {_pair(found['cold_start'])}",
        f"peak memory      {_one(found['peak_memory_mb'], '.0f', ' MB')}",
        f"processor        {_one(found['cores'], unit=' cores')}",
        *(f"  {name:14} {_pair(one)}" for name, one in found["stages"].items()),
        "baseline's stages:",
        *(f"  {name:14} {_pair(one)}" for name, one in found["baseline_stages"].items()),
        *(f"FAILED {name}: {why}" for name, why in found["failures"].items()),
        *(f"BASELINE FAILED {name}: {why}" for name, why in found["baseline_failures"].items()),
    ]
    return "\n".join(lines)


def _one(value: float | None, form: str = ".2f", unit: str = "") -> str:
    return "none" if value is None else f"{value:{form}}{unit}"


def _pair(one: dict[str, float | None]) -> str:
    return "  ".join(f"{k} {v:5.2f} s" for k, v in one.items() if v is not None) or "none"
