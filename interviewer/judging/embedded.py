"""The grader that needs no server: gate, points by sentence vectors, level by its traits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from interviewer.judging import scoring
from interviewer.judging.advice import advice
from interviewer.judging.calibration import stated
from interviewer.judging.card import Answered, AnswerGrader, Delivery, no_delivery
from interviewer.judging.gate import Gate, gate
from interviewer.judging.level import LevelReader
from interviewer.judging.points import PointJudge, PointVerdict
from interviewer.judging.relevance import ANOTHER_QUESTION, Relevance, unlike
from interviewer.judging.settling import Settler
from interviewer.judging.spoken import Spoken
from interviewer.judging.traits import traits
from interviewer.seams import LanguageModel
from interviewer.text.cues import DENIED
from interviewer.text.sentences import Sentence
from rubrics.model import UNKNOWN
from sessions.model import GraderInfo, ModelUsed

LOWEST = 1.0
"""Level at which the points of an answer are settled that the gate turned down."""
_REFUSED = {"dont_know": "Said that they do not know.", "refusal": "Declined to answer."}


@dataclass(frozen=True)
class Verdict:
    """What the gate and the models made of one answer."""

    gate: Gate
    points: tuple[PointVerdict, ...]
    judged: scoring.Judged | None
    """None where the answer is unscored."""


class EmbeddedGrader(AnswerGrader):
    """Grades sessions without a language model; `writer` may phrase the stronger answers."""

    def __init__(
        self,
        points: PointJudge,
        writer: LanguageModel | None = None,
        delivery: Delivery = no_delivery,
        level: LevelReader | None = None,
    ) -> None:
        """`level` is the shipped reader if None."""
        super().__init__(delivery)
        self._points = points
        self._relevance = Relevance.shipped(points.embedder)
        self._settler = Settler.shipped(points.embedder)
        self._writer = writer
        self._level = level or LevelReader.shipped()

    @property
    def info(self) -> GraderInfo:
        """Name, model, and on what data it was measured."""
        return GraderInfo(
            name="embedded",
            model="sentence vectors (all-MiniLM-L6-v2 int8), points, cues of telling, ridge regression",
            measured_on=stated("embedded", self._level.measured_on),
        )

    @property
    def used(self) -> tuple[ModelUsed, ...]:
        """Who phrases the stronger answers; nobody as a rule."""
        return (replace(self._writer.used, role="grader"),) if self._writer else ()

    def verdict(self, spoken: Spoken) -> Verdict:
        """What the gate, the points and the level's reader say about one answer."""
        refused = next((_REFUSED[one] for one in sorted(spoken.controls) if one in _REFUSED), None)
        if spoken.passed_over:
            return Verdict(Gate("unscored", spoken.passed_over, ()), (), None)
        found = gate(spoken.asked, spoken.sentences, spoken.words)
        if refused and found.outcome == "lowest":
            found = replace(found, reason=refused)
        if found.outcome == "judge":
            found = self._about_it(spoken, found)
        if found.outcome == "unscored":
            return Verdict(found, (), None)
        judged = self._points.judge(spoken.points(), found.kept)
        if found.outcome == "lowest":
            points = self._settled(judged, found.kept, LOWEST)
            return Verdict(found, points, scoring.lowest(spoken.rubric, spoken.unasked))
        said = [one.text for one in found.kept]
        denied = len(DENIED.findall(" ".join(said)))
        level = self._level.read(traits(self._points.embedder, said, judged))
        points = self._settled(judged, found.kept, level.level)
        return Verdict(
            found, points, scoring.judged(spoken.rubric, points, level, denied, spoken.unasked)
        )

    def _about_it(self, spoken: Spoken, found: Gate) -> Gate:
        """What the gate let through, turned down where it is about something else."""
        round_id = spoken.rubric.id
        if spoken.asked == UNKNOWN:
            # Nobody knows whether it misses a question, so that level 1 would be a guess.
            other = self._relevance.other_round(round_id, found.kept)
            why = unlike(round_id, other)
            return replace(found, outcome="unscored", reason=why) if other else found
        if self._relevance.elsewhere(round_id, spoken.asked, found.kept, spoken.question.id):
            return replace(found, outcome="lowest", reason=ANOTHER_QUESTION)
        return found

    def _settled(
        self, judged: Sequence[PointVerdict], kept: Sequence[Sentence], level: float
    ) -> tuple[PointVerdict, ...]:
        settled = self._settler.settle(judged, kept, level)
        return tuple(_renumbered(one, kept) for one in settled)

    def _answered(self, spoken: Spoken) -> Answered:
        verdict = self.verdict(spoken)
        kept = verdict.gate.kept
        points = scoring.sparing(_asked(spoken, verdict.points))
        return Answered(
            spoken=spoken,
            reason=verdict.gate.reason,
            points=points,
            judged=verdict.judged,
            advice=advice(spoken, kept, points, self._writer) if verdict.judged else None,
        )


def _asked(spoken: Spoken, points: Sequence[PointVerdict]) -> tuple[PointVerdict, ...]:
    """Without what was never asked for, unless it is what lowered the level."""
    return tuple(
        one
        for one in points
        if one.point.criterion not in spoken.unasked or one.verdict == "contradicted"
    )


def _renumbered(one: PointVerdict, kept: Sequence[Sentence]) -> PointVerdict:
    """The judge numbers the sentences that it was given; here they get their own numbers back."""
    own, near = (tuple(kept[n].index for n in numbers) for numbers in (one.sentences, one.near))
    return replace(one, sentences=own, near=near)
