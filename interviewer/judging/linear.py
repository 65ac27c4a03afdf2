"""A fitted line through several numbers: what the graders' trained files hold."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Self

import numpy as np


@dataclass(frozen=True)
class Linear:
    """Weights of standardised numbers."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weight: tuple[float, ...]
    intercept: float

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """From the entries of a trained file."""
        mean, scale, weight = (tuple(data[key]) for key in ("mean", "scale", "weight"))
        return cls(mean, scale, weight, float(data["intercept"]))

    def value(self, numbers: Sequence[float]) -> float:
        """The line's value: a level, or a logit."""
        scaled = (np.asarray(numbers) - self.mean) / self.scale
        return float(scaled @ np.asarray(self.weight)) + self.intercept


def trained(name: str) -> dict[str, Any]:
    """The content of a trained file of this folder."""
    text = resources.files(__package__).joinpath(f"{name}.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
