"""The most valuable thing to ask next about one answer.

Where something is wrong or missing, that is asked about; where nothing is, the interviewer goes
deeper at a place that the candidate named. Whatever was already told is not asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from interviewer.asking.anchoring import anchored, from_kinds, from_nearest
from interviewer.asking.claims import unmeasured_claim
from interviewer.asking.fitting import fits
from interviewer.asking.gaps import EPISODES, TALKED_CODE, about_motives, gaps
from interviewer.asking.handles import Handle, Kind, handles, of_kind
from interviewer.asking.moves import Exchange
from interviewer.asking.unknown import EXAMPLE, GENERAL, OTHERS, holds, speaks_of_habits
from interviewer.judging.points import PointVerdict
from interviewer.judging.spoken import CUSTOM, MOTIVES
from interviewer.reading.fallacies import fallacies
from interviewer.reading.said_back import clause_at, opening
from interviewer.reading.told import Told
from interviewer.text.likeness import Likeness
from rubrics.model import Point
from sessions.timeline import ANY, DEEPER

NEED = {"contradicted": 1.4, "missing": 1.0, "unclear": 0.3, "covered": 0.0}
"""How much a point of weight 1 is worth asking about. A false statement says more about the
candidate than a gap, and a gap more than a half-said thing."""
FAULT_NEED = {"covered": 1.5, "unclear": 0.0, "missing": 0.0, "contradicted": 0.0}
"""The same for points that describe a fault."""
SURE_FAULT = 0.7
"""Chance from which a fault is held against somebody: good answers on the same topic come out
at .4 to .6 by likeness alone."""
FALLACY_VALUE = 3.7
"""A mistake of the field beats every gap: what follows from it is worth nothing."""
FALLACY_BELOW = 3.0
"""Level from which the words of a mistake are rather a warning against it."""
CLAIM_VALUE = 1.6
"""An unmeasured claim beats a usual gap (weights are around 1), not a heavy one."""
FAULTLESS = 4.2
"""Level from which a point's fault is taken for a likeness of words; it counts in full from 2.7
downwards."""
HALF_TOLD = 0.33
"""Chance from which a missing point is asked about like an unclear one: of eight such follow-ups,
among those to 180 answers, readers (language models) called six told already, of 36 below it four."""
LIKELY_TOLD = 0.5
"""Chance of a point from which it fills a gap: of 18 questions at gaps, five asked for what was told,
three of them at .5 and more, and none of the good ones above .4."""
SHARP_GAP = 2.2
"""Value from which a gap is one that only some answers have, so that it fits any question."""
SHARPER = 1.0
"""How much more these and mistakes of the field are worth where the bank does not have the question."""
STEP_VALUE = 2.4
"""Somebody who wants work that they have not done is asked how they would get there."""
BASICS = frozenset({"steps_in_order", "names_real_system"})
BASICS_BELOW = 2.6
"""Level from which an answer has told these general points, however it was put."""
CORE, CORE_FROM, CORE_OF = 0.5, 2.5, "algorithm"
"""What a missing point of code of this weight and criterion keeps of its need, from level `BASICS_BELOW`
on: it is what was asked for, so that its probe asks the question again."""
UNSURE, UNSURE_FROM = 1.1, 2.6
"""Worth, beside halved gaps, of asking an answer to an unknown question for its least sure part, and the
level from which it has one."""
SAID_BACK = 5
"""Words of an opening that make it another one's."""
ENOUGH = 0.8
"""Share of the weight of a question's points that is signal enough to go deeper or move on."""
STRONG = 4.0
"""Level of an answer as a whole from which it may leave no gap that is worth asking about."""
SURELY_STRONG = 4.7
"""The same whatever the points say: of 36 answers read at 4.2 and more that were taken further, readers
found 19 follow-ups to go for the right thing; of 13 that were asked for a gap, four."""
STRONG_FROM = 3.8
"""The same where the answer tells its own limits."""
COVERED_FROM = 2.8
"""The same where all points are covered: a list of the right words is not yet an answer."""
WHOLE = ("own choice", "result", "own fault", "monitoring", "limit")
"""Kinds of evidence that a strong story has; with four of them, one of which is what remains
unsolved, nothing of weight is missing."""
WHOLE_FROM = 3.2
"""Level from which that counts."""
DEEP: tuple[Kind, ...] = (
    "limit", "unmeasured", "sample", "choice", "few", "reopen", "safeguard", "result", "assumed",
    "surprise",
)  # fmt: skip
"""Where to go deeper, best first: what they admit, then what they chose, then what they promise."""
HELD: dict[Kind, tuple[float, float, float]] = {
    "assumed": (2.5, 3.2, 5.0),
    "unmeasured": (2.45, 2.2, 5.0),
    "choice": (1.9, 1.8, 3.4),
    "limit": (1.8, 3.2, 5.0),
    "few": (2.3, 3.2, 5.0),
    "claim": (1.75, 1.0, 2.4),
}
"""Worth of taking hold of an answer that has gaps, and the levels between which it is worth that."""


@dataclass(frozen=True)
class View:
    """An exchange with all that was found out about its answers."""

    one: Exchange
    verdicts: tuple[PointVerdict, ...]
    told: Told
    level: float
    """As read from its traits, 1 to 5."""
    general: tuple[PointVerdict, ...] = ()
    """Of the round's general points that the question does not have: what is told needs no asking."""

    @property
    def unknown(self) -> bool:
        """Whether the bank does not have the question, so that nothing is known of its answer."""
        return self.one.question.id == CUSTOM

    @property
    def strong(self) -> bool:
        """True where going deeper is worth more than any gap."""
        covered = covered_share(self.one.question.points, self.verdicts) >= ENOUGH
        told = self.told
        code = self.one.rubric.id in TALKED_CODE
        limit = told.has("limit") or bool(of_kind(handles(told.sentences), "limit"))
        admits = limit or (self.level >= STRONG and (told.has("own fault") or code))
        whole = limit and sum(told.has(kind) for kind in WHOLE) >= 4
        return (
            (self.level >= SURELY_STRONG and not code)
            or (covered and self.level >= COVERED_FROM)
            or (admits and self.level >= STRONG_FROM)
            or (whole and self.level >= WHOLE_FROM)
        )


@dataclass(frozen=True)
class Target:
    """One thing worth asking about."""

    value: float
    probe: str
    """The question; behind an opening it begins in lower case."""
    why: str
    point: Point | None = None
    sentence: int | None = None
    """The sentence that it picks up."""
    openings: tuple[str, ...] = ()
    """The candidate's words that it can be asked behind, best first."""


def targets(view: View) -> list[Target]:
    """Everything worth asking, the most valuable first; what was told or asked already never."""
    found = [*_depths(view)] if view.strong else [*_weaknesses(view)]
    probed = {turn.point for turn in view.one.follow_ups if turn.point}
    whys = {turn.why for turn in view.one.follow_ups}
    fresh = [
        one
        for one in found
        if one.why not in whys
        and (one.point is None or one.point.id not in probed)
        and not view.one.faults(one.probe, one.probe)
    ]
    return sorted(fresh, key=lambda one: -one.value)


def wanted(view: View) -> tuple[PointVerdict, ...]:
    """The verdicts on what the question asks for: of an unknown one, on those points that fit it."""
    if not view.unknown:
        return view.verdicts
    motives = about_motives(view.one.rubric, view.one.question)
    return tuple(
        one
        for one in view.verdicts
        if (motives or one.point.criterion != MOTIVES)
        and fits(one.point, view.one.question.text, view.told, view.level)
    )


def worded(target: Target, view: View, likeness: Likeness) -> str:
    """The target as it may be spoken, behind some of the candidate's words where they fit.

    Words that a follow-up began with already are not said back again.
    """
    openings = target.openings
    if target.point:
        asked = f"{target.probe} {target.point.statement}"
        openings = (*openings, *from_nearest(view.told, likeness, asked))

    def sayable(text: str) -> bool:
        return not view.one.faults(text, target.probe, target.point)

    earlier = view.one.said
    fresh = [one for one in openings if not any(_begin_alike(one, said) for said in earlier)]
    return anchored(target.probe, fresh, sayable)


def _begin_alike(opening: str, said: str) -> bool:
    """Whether the words of an opening were said back already, be it fewer of them."""
    first = opening.split()[:SAID_BACK]
    return said.replace(":", "").split()[: len(first)] == first


def _depths(view: View) -> Iterator[Target]:
    """Where a strong answer can be taken further."""
    code = view.one.rubric.id in TALKED_CODE
    if view.unknown:
        yield from _from_holds(view, 2.0, "Goes deeper")
    elif not code:
        for rank, handle in enumerate(of_kind(handles(view.told.sentences), *DEEP)):
            yield _held(handle, 5.0 - 0.01 * rank, "Goes deeper")
    for text in view.one.question.deepening:
        yield Target(4.0, text, f"{DEEPER}: {text}")


def _weaknesses(view: View) -> Iterator[Target]:
    yield from _from_fallacies(view)
    yield from _from_claim(view)
    if view.unknown:
        yield from _of_unknown(view)
    else:
        yield from _from_gaps(view)
        yield from _from_points(view)
        yield from _from_handles(view)


def _of_unknown(view: View) -> Iterator[Target]:
    """Where the bank does not have the question: what was said goes before what is general."""
    yield from _from_holds(view, 0.0, "Takes hold")
    for target in (*_from_gaps(view), *_from_points(view)):
        sharp = target.point is None and target.value >= SHARP_GAP
        value = target.value + SHARPER if sharp else GENERAL * target.value
        yield replace(target, value=value)
    yield from _beside(view)


def _beside(view: View) -> Iterator[Target]:
    """What may be asked of any answer to an unknown question, where nothing in it calls for more."""
    if view.one.rubric.id in EPISODES and view.told.episode:
        yield Target(UNSURE, OTHERS, f"{ANY}: {OTHERS}")
    elif speaks_of_habits(view.one.rubric.id, view.told) and view.level < UNSURE_FROM:
        yield Target(UNSURE, EXAMPLE, "Gap: no example")
    elif view.level >= UNSURE_FROM and view.one.rubric.id not in TALKED_CODE:
        for text in view.one.question.deepening:
            yield Target(UNSURE, text, f"{ANY}: {text}")


def _from_holds(view: View, more: float, how: str) -> Iterator[Target]:
    """What is said in answer to a question that the bank does not have."""
    for hold in holds(view.one.rubric.id, view.told, view.level):
        yield _held(hold.handle, hold.value + more, how)


def _from_fallacies(view: View) -> Iterator[Target]:
    heard = fallacies(view.told.sentences) if view.level < FALLACY_BELOW else ()
    most = FALLACY_VALUE + (SHARPER if view.unknown else 0.0)
    for rank, one in enumerate(heard):
        clause = clause_at(view.told.sentences[one.sentence], one.heard)
        yield Target(
            most - 0.01 * rank,
            one.probe,
            f"Mistake: {one.name}",
            sentence=one.sentence,
            openings=(opening(clause),) if clause else (),
        )


def _from_gaps(view: View) -> Iterator[Target]:
    told = " ".join(
        one.point.statement
        for one in (*view.verdicts, *view.general)
        if one.chance >= LIKELY_TOLD and one.verdict != "contradicted" and not one.point.negative
    )
    for gap in gaps(view.one.rubric, view.one.question, view.level, view.told, told):
        openings = tuple(from_kinds(view.told, gap.at))
        if openings or gap.bare:
            yield Target(gap.value, gap.probe, f"Gap: {gap.name}", openings=openings)


def _from_points(view: View) -> Iterator[Target]:
    for verdict in wanted(view):
        point = verdict.point
        if point.negative and verdict.chance < SURE_FAULT:
            continue
        half = verdict.verdict == "missing" and verdict.chance >= HALF_TOLD
        need = (FAULT_NEED if point.negative else NEED)["unclear" if half else verdict.verdict]
        code = view.one.rubric.id in TALKED_CODE
        core = code and point.criterion == CORE_OF and point.weight >= CORE_FROM
        if core and view.level >= BASICS_BELOW and not point.negative:
            need *= CORE
        if point.negative and not code:
            need *= min(1.0, max(0.0, (FAULTLESS - view.level) / 1.5))
        beyond = point.id in BASICS and view.level >= BASICS_BELOW
        if need and (point.negative or not (beyond or view.told.answers(point.probe))):
            label = "Fault" if point.negative else verdict.verdict.capitalize()
            yield Target(
                # Half of the need is kept where the judge is unsure: a sure gap beats a maybe.
                point.weight * need * (0.5 + 0.5 * verdict.confidence),
                point.probe,
                f"{label}: {point.statement}",
                point,
                verdict.sentences[0] if verdict.sentences else None,
            )


def _from_handles(view: View) -> Iterator[Target]:
    if view.one.rubric.id in TALKED_CODE:
        return
    motives = about_motives(view.one.rubric, view.one.question)
    for handle in handles(view.told.sentences):
        if motives and handle.kind == "step":
            yield _held(handle, STEP_VALUE, "Takes hold")
        value, least, most = HELD.get(handle.kind, (0.0, 0.0, 0.0))
        if value and least <= view.level <= most:
            yield _held(handle, value, "Takes hold")


def _from_claim(view: View) -> Iterator[Target]:
    claim = unmeasured_claim(view.told.sentences)
    if claim:
        yield Target(
            CLAIM_VALUE,
            f"You said {claim.words}: by how much, measured against what?",
            f'Claim without a number: "{claim.words}"',
            sentence=claim.sentence,
        )


def _held(handle: Handle, value: float, how: str) -> Target:
    return Target(
        value,
        handle.probe,
        f"{how} ({handle.kind}): {handle.opening}",
        sentence=handle.sentence,
        openings=(handle.opening,),
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
