"""The level that an answer is told at, from 1 to 5, with an interval."""

import json
from dataclasses import dataclass
from importlib import resources

import numpy as np

from interviewer.judging import structure


@dataclass(frozen=True)
class Reading:
    """A level as read from how the answer is told."""

    level: float
    """1 to 5"""
    low: float
    """Lower end of the 80 % interval."""
    high: float


@dataclass(frozen=True)
class Manner:
    """A ridge regression over the cues of `structure`."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weight: tuple[float, ...]
    intercept: float
    stretch: float
    """Undoes the ridge's pull to the middle: 3 + stretch * (prediction - 3)."""
    half_width: float
    """Of the 80 % interval: that quantile of the errors on questions left out."""
    measured_on: str

    @classmethod
    def shipped(cls) -> "Manner":
        """That of `manner.json`, made by benchmarks/train_grader.py."""
        text = resources.files(__package__).joinpath("manner.json").read_text("utf-8")
        data = json.loads(text)
        return cls(
            mean=tuple(data["mean"]),
            scale=tuple(data["scale"]),
            weight=tuple(data["weight"]),
            intercept=float(data["intercept"]),
            stretch=float(data["stretch"]),
            half_width=float(data["half_width"]),
            measured_on=str(data["measured_on"]),
        )

    def read(self, text: str) -> Reading:
        """The level of a text."""
        scaled = (
            np.asarray(structure.features(structure.substance(text))) - self.mean
        ) / self.scale
        plain = float(scaled @ np.asarray(self.weight)) + self.intercept
        return self.around(3 + self.stretch * (plain - 3))

    def around(self, level: float) -> Reading:
        """A level within 1 to 5 and its interval."""
        level = min(max(level, 1.0), 5.0)
        return Reading(level, max(1.0, level - self.half_width), min(5.0, level + self.half_width))

    def pulls(self) -> dict[str, float]:
        """By how much each cue pulls the level up or down."""
        return dict(
            zip(structure.NAMES, (np.asarray(self.weight) / self.scale).tolist(), strict=True)
        )
