"""The level of an answer, from 1 to 5, with an interval: read from its traits."""

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.judging.linear import Linear, trained


@dataclass(frozen=True)
class Reading:
    """A level as read from an answer."""

    level: float
    """1 to 5"""
    half: float
    """Half width of the 80 % interval. It is cut off at the ends of the scale only where it is
    shown or stored: a level may still be moved, and its interval with it."""

    @property
    def low(self) -> float:
        """Lower end of the interval, at least 1."""
        return clip(self.level - self.half)

    @property
    def high(self) -> float:
        """Upper end of the interval, at most 5."""
        return clip(self.level + self.half)


@dataclass(frozen=True)
class LevelReader:
    """A ridge regression over the numbers of `traits`."""

    line: Linear
    stretch: float
    """Undoes the ridge's pull to the middle: 3 + stretch * (prediction - 3)."""
    half_width: float
    """Of the 80 % interval: that quantile of the errors on questions left out."""
    measured_on: str

    @classmethod
    def shipped(cls) -> "LevelReader":
        """That of `level.json`, made by benchmarks/train_grader.py."""
        data = trained("level")
        return cls(
            line=Linear.of(data),
            stretch=float(data["stretch"]),
            half_width=float(data["half_width"]),
            measured_on=str(data["measured_on"]),
        )

    def read(self, traits: Sequence[float]) -> Reading:
        """The level of an answer with these traits (`interviewer.judging.traits`)."""
        return self.around(3 + self.stretch * (self.line.value(traits) - 3))

    def around(self, level: float) -> Reading:
        """A level within 1 to 5 and its interval."""
        return Reading(clip(level), self.half_width)


def clip(level: float) -> float:
    """Within 1 to 5."""
    return min(max(level, 1.0), 5.0)
