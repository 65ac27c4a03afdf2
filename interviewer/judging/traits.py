"""The numbers that a level is read from: how the answer is told, what it covers, what it is about.

None of them is a length, and none depends on the order of the points.
"""

from collections.abc import Sequence

from interviewer.judging import structure
from interviewer.judging.points import PointVerdict
from interviewer.reading.fallacies import fallacies
from interviewer.reading.told import KINDS, told
from interviewer.text.embedding import WIDTH, Embedder

COVERS = ("share of the points", "likeliest fault", "contradicted points", "mistakes of the field")
TELLS = (*(f"tells {kind}" for kind in KINDS), "an episode", "own acts")
MOST_ACTS = 6
"""Own acts that count; more are no better."""
NAMES = (*structure.NAMES, *COVERS, *TELLS, *(f"subject {n}" for n in range(WIDTH)))
"""Names of the numbers of `traits`. The last 384 are the mean sentence vector (MiniLM)."""


def traits(
    embedder: Embedder, sentences: Sequence[str], verdicts: Sequence[PointVerdict]
) -> tuple[float, ...]:
    """The numbers of `NAMES` for an answer's sentences, at least one, and its points' verdicts."""
    text = structure.substance(" ".join(sentences))
    mean = embedder.vectors(sentences).mean(axis=0)
    mean = mean / max(float((mean @ mean) ** 0.5), 1e-9)
    return (*structure.features(text), *_covers(sentences, verdicts), *_tells(sentences), *mean)


def _covers(sentences: Sequence[str], verdicts: Sequence[PointVerdict]) -> tuple[float, ...]:
    wanted = [one for one in verdicts if not one.point.negative]
    weight = sum(one.point.weight for one in wanted)
    return (
        sum(one.point.weight * one.chance for one in wanted) / weight if weight else 0.0,
        max((one.chance for one in verdicts if one.point.negative), default=0.0),
        float(sum(one.verdict == "contradicted" for one in verdicts)),
        float(bool(fallacies(sentences))),
    )


def _tells(sentences: Sequence[str]) -> tuple[float, ...]:
    tale = told(sentences)
    return (
        *(float(tale.has(kind)) for kind in KINDS),
        float(tale.episode),
        float(min(tale.acts, MOST_ACTS)),
    )
