"""From verdicts to levels, by fixed arithmetic. docs/scoring.md explains it with an example."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from interviewer.judging.level import Reading, clip
from interviewer.judging.points import MISSING, PointVerdict
from rubrics.model import Criterion, Rubric

SPREAD = 1.5
"""Levels between a criterion whose points all hold and one whose points all fail."""
CONTRADICTION = 0.7
"""Levels that a contradicted point of usual weight costs."""
DENIED = 0.5
"""Levels that each denied claim costs ("we did not measure it")."""
MOST_LOST = 2.0
"""Most levels that contradictions cost together."""
UNPROVEN = 4.0
"""Most for a criterion none of whose points was found: of the points of those that would come out at 5
labels find .53 told, as of those at 4 (.51); where one was found it is .88 and .80."""
MOST_SHOWN = 2
"""Most points that one sentence is shown for: what a sentence is quoted for a third time, it seldom
proves."""
HINTED = 0.2
"""Chance from which a missing point may have been told after all (docs/scoring.md has how often)."""
LOWEST_HALF = 0.5
"""Half width of the interval where the gate decided: there is little to be unsure of."""


@dataclass(frozen=True)
class Judged:
    """One answer's levels, unrounded."""

    overall: Reading
    criteria: dict[str, float]
    """Level by criterion, only for criteria that have points."""


def share(verdicts: Sequence[PointVerdict]) -> float:
    """How much of the points' weight holds, 0 to 1; for a fault, how much of it is absent."""
    weight = sum(one.point.weight for one in verdicts)
    return sum(one.point.weight * _holds(one) for one in verdicts) / weight


def judged(
    rubric: Rubric,
    verdicts: Sequence[PointVerdict],
    read: Reading,
    denied: int = 0,
    unasked: frozenset[str] = frozenset(),
) -> Judged:
    """Levels of one answer: what was `read` sets the middle, the points spread the criteria.

    `denied` is how many claims the answer says to be untrue; criteria that are `unasked` get no
    level. But for the ends of the scale and `UNPROVEN`, the weighted mean of the criteria is the
    overall.
    """
    against = sum(one.point.weight for one in verdicts if one.verdict == "contradicted")
    lost = min(MOST_LOST, CONTRADICTION * against + DENIED * denied)
    middle = max(1.0, read.level - lost)
    shares = {
        criterion.id: share(own)
        for criterion in rubric.criteria
        if criterion.id not in unasked and (own := of_criterion(verdicts, criterion.id))
    }
    weights = {one.id: one.weight for one in rubric.criteria if one.id in shares}
    mean = sum(weights[one] * shares[one] for one in shares) / sum(weights.values())
    levels = {one: clip(middle + SPREAD * (shares[one] - mean)) for one in shares}
    for one in shares:
        if not _proven(of_criterion(verdicts, one)):
            levels[one] = min(levels[one], UNPROVEN)
    return Judged(Reading(middle, read.half), levels)


def lowest(rubric: Rubric, unasked: frozenset[str] = frozenset()) -> Judged:
    """Level 1 in all that was asked for: what the gate decides without a model."""
    asked = (one.id for one in rubric.criteria if one.id not in unasked)
    return Judged(Reading(1.0, LOWEST_HALF), dict.fromkeys(asked, 1.0))


def of_criterion(verdicts: Sequence[PointVerdict], identifier: str) -> tuple[PointVerdict, ...]:
    """The verdicts on a criterion's points."""
    return tuple(one for one in verdicts if one.point.criterion == identifier)


def shown(verdicts: Sequence[PointVerdict]) -> tuple[int, ...]:
    """Numbers of the sentences that show a criterion's points, the surest first: of those that are
    decided, or else of those that are not."""
    sure = [one for one in sorted(verdicts, key=sureness, reverse=True) if one.sentences]
    decided = [one for one in sure if one.verdict != "unclear"]
    return tuple(one.sentences[0] for one in decided or sure)


def sparing(verdicts: Sequence[PointVerdict]) -> tuple[PointVerdict, ...]:
    """The verdicts, in their order, with no sentence as the quote of more than `MOST_SHOWN`.

    What is near everything stands for the surest: what speaks against the answer, then what is
    covered, then what is undecided.
    """
    times: Counter[int] = Counter()
    kept: dict[int, tuple[int, ...]] = {}
    for place in sorted(range(len(verdicts)), key=lambda one: _first_to_show(verdicts[one])):
        kept[place] = tuple(n for n in verdicts[place].sentences if times[n] < MOST_SHOWN)
        times.update(kept[place])
    return tuple(replace(one, sentences=kept[place]) for place, one in enumerate(verdicts))


def _first_to_show(one: PointVerdict) -> tuple[bool, bool, float]:
    against = one.verdict == "contradicted" or (one.verdict == "covered" and one.point.negative)
    return not against, one.verdict == "unclear", -one.confidence


def hinted(one: PointVerdict, verdicts: Sequence[PointVerdict]) -> frozenset[int]:
    """Of the sentences shown for a missing point's criterion, those that hint at it.

    What stands out as nearest may still say nothing of it, and what shows a fault is no hint.
    """
    if one.chance < HINTED:
        return frozenset()
    own = of_criterion(verdicts, one.point.criterion)
    wrong = {
        number
        for other in verdicts
        if other.verdict == ("covered" if other.point.negative else "contradicted")
        for number in other.sentences
    }
    return frozenset(one.near) & frozenset(shown(own)) - wrong


def sureness(one: PointVerdict) -> tuple[bool, float]:
    """What is shown by a quote comes before what is only sure."""
    return bool(one.sentences), one.confidence


def rounded(level: float) -> int:
    """The nearest level; half a level goes up."""
    return int(min(max(level + 0.5, 1), 5.5))


def weighted(criteria: Sequence[Criterion], levels: dict[str, float]) -> float:
    """The mean of the criteria's levels by their weights."""
    known = [one for one in criteria if one.id in levels]
    return sum(one.weight * levels[one.id] for one in known) / sum(one.weight for one in known)


def _proven(verdicts: Sequence[PointVerdict]) -> bool:
    """Whether any point was found; a fault that is absent proves nothing."""
    return any(one.verdict == "covered" and not one.point.negative for one in verdicts)


def _holds(one: PointVerdict) -> float:
    if not one.point.negative:
        return one.chance
    # A fault that was not seen costs no more than one that is surely missing might.
    return 1 - (one.chance if one.verdict == "covered" else min(one.chance, MISSING))
