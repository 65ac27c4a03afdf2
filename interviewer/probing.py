"""The most valuable thing to ask next about one answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewer.claims import all_we, unmeasured_claim
from interviewer.judging.points import PointVerdict
from interviewer.moves import Exchange
from rubrics.model import Point

NEED = {"contradicted": 1.4, "missing": 1.0, "unclear": 0.5, "covered": 0.0}
"""How much a point of weight 1 is worth asking about. A false statement says more about the
candidate than a gap, and a gap more than a half-said thing."""
FAULT_NEED = {"covered": 1.5, "unclear": 0.0, "missing": 0.0, "contradicted": 0.0}
"""The same for points that describe a fault."""
SURE_FAULT = 0.7
"""Chance from which a fault is held against somebody: good answers on the same topic come out
at .4 to .6 by likeness alone."""
CLAIM_VALUE = 1.6
"""An unmeasured claim beats a usual gap (weights are around 1), not a heavy one."""
WE_VALUE = 3.0
"""Nothing else can be judged while it is unclear who did it."""
ENOUGH = 0.8
"""Share of the weight of a question's points that is signal enough to go deeper or move on."""


@dataclass(frozen=True)
class Target:
    """One thing worth asking about."""

    value: float
    probe: str
    why: str
    point: Point | None = None
    sentence: int | None = None
    """The sentence that it picks up."""


def targets(
    exchange: Exchange, verdicts: Sequence[PointVerdict], sentences: Sequence[str]
) -> list[Target]:
    """Everything worth asking, the most valuable first; covered points never."""
    probed = {turn.point for turn in exchange.follow_ups}
    spoken = {turn.asked.text for turn in exchange.follow_ups}
    found = [*_from_points(exchange, verdicts), *_from_manner(exchange, sentences)]
    fresh = [
        one
        for one in found
        if one.probe not in spoken and (one.point is None or one.point.id not in probed)
    ]
    return sorted(fresh, key=lambda one: -one.value)


def _from_points(exchange: Exchange, verdicts: Sequence[PointVerdict]) -> Iterator[Target]:
    for point, verdict in zip(exchange.question.points, verdicts, strict=True):
        if point.negative and verdict.chance < SURE_FAULT:
            continue
        need = (FAULT_NEED if point.negative else NEED)[verdict.verdict]
        if need:
            label = "Fault" if point.negative else verdict.verdict.capitalize()
            yield Target(
                # Half of the need is kept where the judge is unsure: a sure gap beats a maybe.
                point.weight * need * (0.5 + 0.5 * verdict.confidence),
                point.probe,
                f"{label}: {point.statement}",
                point,
                verdict.sentences[0] if verdict.sentences else None,
            )


def _from_manner(exchange: Exchange, sentences: Sequence[str]) -> Iterator[Target]:
    claim = unmeasured_claim(tuple(sentences))
    if claim:
        yield Target(
            CLAIM_VALUE,
            f"You said {claim.words}: by how much, measured against what?",
            f'Claim without a number: "{claim.words}"',
            sentence=claim.sentence,
        )
    if all_we(exchange.text):
        yield Target(
            WE_VALUE,
            "You speak of the team: which part of this was your own decision or work?",
            'It is all "we": the own part is unclear',
        )


def covered_share(points: Sequence[Point], verdicts: Sequence[PointVerdict]) -> float:
    """Covered weight over all weight of the points that are no faults, 0 to 1."""
    weights = [
        (point.weight, verdict.verdict == "covered")
        for point, verdict in zip(points, verdicts, strict=True)
        if not point.negative
    ]
    total = sum(weight for weight, _ in weights)
    return sum(weight for weight, covered in weights if covered) / total if total else 1.0
