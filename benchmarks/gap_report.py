"""What `response_gap` found: the figures of a whole run, and the table of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import mean, median, quantiles
from typing import Any

from benchmarks import fixed_silence
from benchmarks.fixed_silence import SILENCE, Rate
from benchmarks.labels import Label


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
    load: tuple[float, float] | None = None
    """The machine's (see `response_gap.load`) before and after."""


@dataclass(frozen=True)
class Sequential:
    """What the system that does one thing after the other took for one answer."""

    answer: str
    stages: dict[str, float] = field(default_factory=dict)
    failure: str = ""
    load: tuple[float, float] | None = None
    """The machine's before and after."""

    @property
    def gap(self) -> float | None:
        """End of speech to the first audible sample; None where it failed."""
        return None if self.failure else sum(self.stages.values())


@dataclass(frozen=True)
class Run:
    """All that was measured."""

    labels: Sequence[Label]
    outcomes: Sequence[Outcome]
    slow: Sequence[Sequential]
    """Empty where no baseline was wanted."""

    def rate(self) -> Rate:
        """Ours, of the answers that did not fail."""
        held = [one for one in self.outcomes if not one.failure]
        return Rate(sum(one.cut_off for one in held), sum(one.pauses for one in held))

    def held(self) -> list[Label]:
        """The labels of the answers that did not fail."""
        failed = {one.answer for one in self.outcomes if one.failure}
        return [label for label in self.labels if label.name not in failed]

    def gaps(self) -> dict[str, tuple[float, float]]:
        """Ours and the baseline's, by answer, where both have one."""
        theirs = {one.answer: one.gap for one in self.slow}
        return {
            one.answer: (one.gap, other)
            for one in self.outcomes
            if one.gap is not None and (other := theirs.get(one.answer)) is not None
        }


def percentiles(values: Iterable[float | None]) -> dict[str, float | None]:
    """Of the values that there are."""
    known = [value for value in values if value is not None]
    if not known:
        return {"p50": None, "p95": None}
    p95 = quantiles(known, n=20, method="inclusive")[-1] if len(known) > 1 else known[0]
    return {"p50": median(known), "p95": p95}


def compared(gaps: Iterable[tuple[float, float]], more: float = 0.0) -> dict[str, Any]:
    """Ours beside the baseline's, had it waited `more` seconds."""
    pairs = list(gaps)
    ours = percentiles(one for one, _ in pairs)
    theirs = percentiles(other + more for _, other in pairs)
    both = ours["p50"] is not None and theirs["p50"]
    ratio = ours["p50"] / theirs["p50"] if both else None  # type: ignore[operator]
    return {"answers": len(pairs), "gap": ours, "baseline": theirs, "ratio": ratio}


def same_rate(run: Run) -> dict[str, Any] | None:
    """The baseline with a silence that cuts off no more often than the interview did."""
    share = run.rate().share
    silence = None if share is None else fixed_silence.no_worse(run.held(), share)
    if silence is None:
        return None
    rate = fixed_silence.rate(run.held(), silence)
    later = compared(run.gaps().values(), silence - SILENCE)
    return {"silence": silence, **counted(rate), **later}


def counted(rate: Rate) -> dict[str, Any]:
    return {"pauses": rate.pauses, "cut_offs": rate.cut_offs, "cut_off_rate": rate.share}


def summary(run: Run) -> dict[str, Any]:
    """The figures of the whole run."""
    outcomes, slow, gaps = run.outcomes, run.slow, run.gaps()
    cores = [one.processor for one in outcomes if one.processor is not None]
    uncut = {one.name for one in run.labels if not fixed_silence.cuts_off(one, SILENCE)}
    both = compared(gaps.values())
    return {
        "answers": len(outcomes),
        "failed": sum(bool(one.failure) for one in outcomes),
        "gap": percentiles(one.gap for one in outcomes),
        **counted(run.rate()),
        "baseline": {
            **percentiles(one.gap for one in slow),
            **counted(fixed_silence.rate(run.held(), SILENCE)),
        },
        "ratio": both["ratio"],
        "both": both,
        "neither_cut": compared(pair for name, pair in gaps.items() if name in uncut),
        "same_rate": same_rate(run),
        "stages": stages(one.stages for one in outcomes),
        "baseline_stages": stages(one.stages for one in slow),
        "cold_start": percentiles(one.cold_start for one in outcomes),
        "peak_memory_mb": max((one.memory for one in outcomes if one.memory), default=None),
        "cores": mean(cores) if cores else None,
        "load": loads(run),
        "failures": {one.answer: one.failure for one in outcomes if one.failure},
        "baseline_failures": {one.answer: one.failure for one in slow if one.failure},
    }


def loads(run: Run) -> dict[str, float | None]:
    """The machine's before all, when the load was nobody's here, and at most."""
    every = [*(one.load for one in run.outcomes), *(one.load for one in run.slow)]
    known = [one for one in every if one is not None]
    if not known:
        return {"before": None, "most": None}
    return {"before": known[0][0], "most": max(max(one) for one in known)}


def stages(rows: Iterable[dict[str, float]]) -> dict[str, dict[str, float | None]]:
    """Percentiles of each stage."""
    every = list(rows)
    names = dict.fromkeys(name for row in every for name in row)
    return {name: percentiles(row.get(name) for row in every) for name in names}


def table(found: dict[str, Any]) -> str:
    """For people."""
    lines = [
        f"{found['failed']} of {found['answers']} answers failed; load "
        f"{_one(found['load']['before'])} before, {_one(found['load']['most'])} at most",
        "interview:",
        f"  gap            {_pair(found['gap'])}",
        f"  cut-offs       {_rate(found)}",
        f"  cold start     {_pair(found['cold_start'])}",
        f"  peak memory    {_one(found['peak_memory_mb'], '.0f', ' MB')}",
        f"  processor      {_one(found['cores'], unit=' cores')}",
        *(f"  {name:14} {_pair(one)}" for name, one in found["stages"].items()),
        *(_baseline(found) if found["baseline_stages"] or found["baseline_failures"] else ()),
        *_same_rate(found["same_rate"]),
        *(f"FAILED {name}: {why}" for name, why in found["failures"].items()),
        *(f"BASELINE FAILED {name}: {why}" for name, why in found["baseline_failures"].items()),
    ]
    return "\n".join(lines)


def _baseline(found: dict[str, Any]) -> Iterator[str]:
    yield "baseline, one thing after the other:"
    yield f"  gap            {_pair(found['baseline'])}, told which silence of {SILENCE} s is the end"
    yield f"  cut-offs       {_rate(found['baseline'])}, not told"
    for name, one in found["baseline_stages"].items():
        yield f"  {name:14} {_pair(one)}"
    yield f"ratio of p50     {_ratio(found['both'], 'that have both gaps')}"
    yield f"                 {_ratio(found['neither_cut'], 'that neither cuts off')}"


def _same_rate(found: dict[str, Any] | None) -> Iterator[str]:
    if found is None:
        return
    yield "baseline with the fixed silence that cuts off no more often than the interview (worked out):"
    yield f"  silence        {found['silence']:.2f} s"
    yield f"  cut-offs       {_rate(found)}"
    if found["answers"]:
        yield f"  gap            {_pair(found['baseline'])}, told the end"
        yield f"ratio of p50     {_ratio(found, 'that have both gaps')}"


def _ratio(one: dict[str, Any], which: str) -> str:
    ours, theirs = one["gap"]["p50"], one["baseline"]["p50"]
    pair = "" if one["ratio"] is None else f" ({ours:.2f} s to {theirs:.2f} s)"
    return f"{_one(one['ratio'])}{pair}, answers {which}: {one['answers']}"


def _rate(one: dict[str, Any]) -> str:
    return str(Rate(one["cut_offs"], one["pauses"]))


def _one(value: float | None, form: str = ".2f", unit: str = "") -> str:
    return "none" if value is None else f"{value:{form}}{unit}"


def _pair(one: dict[str, float | None]) -> str:
    known = {name: one[name] for name in ("p50", "p95")}
    return "  ".join(f"{k} {v:5.2f} s" for k, v in known.items() if v is not None) or "none"
