"""Progress as a page: a small picture for each criterion and delivery measure."""

from collections.abc import Mapping
from dataclasses import dataclass

from sessions.figures import figure
from sessions.page import policy, render
from sessions.progress import Progress, Trend
from sessions.suggestion import Practice

WIDTH, HEIGHT = 300.0, 92.0
LEFT, RIGHT, TOP, BOTTOM = 22.0, 292.0, 8.0, 76.0
"""The picture's box, and the part of it in which values are drawn."""
SHOWN = 40
"""Values in a picture: the last ones."""


@dataclass(frozen=True)
class Dot:
    """One value in a picture."""

    x: float
    y: float
    low: float | None
    high: float | None
    """Where its interval ends, in the picture."""
    note: str


@dataclass(frozen=True)
class Picture:
    """One trend, ready to draw."""

    trend: Trend
    about: str
    """The round's title; empty for delivery."""
    dots: tuple[Dot, ...]
    line: str
    """Points of an SVG polyline."""
    band: tuple[float, float] | None
    """Top and height of the usual range."""
    bottom: str
    top: str
    """What the ends of the axis stand for."""


def progress_page(
    found: Progress,
    practice: Practice,
    titles: Mapping[str, str],
    served: bool = False,
    start: str = "interview practice --next",
) -> str:
    """The page; `served` adds links to the sessions, `start` is the command that begins `practice`."""
    return render(
        "progress.html",
        found=found,
        practice=practice,
        titles=titles,
        served=served,
        start=start,
        criteria=[_picture(one, titles, (1.0, 5.0)) for one in found.criteria],
        delivery=[_picture(one, titles, None) for one in found.delivery],
        policy=policy(),
    )


def _picture(
    trend: Trend, titles: Mapping[str, str], bounds: tuple[float, float] | None
) -> Picture:
    values = trend.values[-SHOWN:]
    low, high = bounds or _bounds(trend)

    def y(value: float) -> float:
        share = (min(max(value, low), high) - low) / (high - low)
        return round(BOTTOM - share * (BOTTOM - TOP), 1)

    step = (RIGHT - LEFT) / max(1, len(values) - 1)
    dots = tuple(
        Dot(
            x=round(LEFT + place * step if len(values) > 1 else (LEFT + RIGHT) / 2, 1),
            y=y(one.value),
            low=None if one.low is None else y(one.low),
            high=None if one.high is None else y(one.high),
            note=f"{one.created[:10]}: {trend.shown(one)}",
        )
        for place, one in enumerate(values)
    )
    band = None
    if trend.usual_low is not None or trend.usual_high is not None:
        upper = y(high if trend.usual_high is None else trend.usual_high)
        lower = y(low if trend.usual_low is None else trend.usual_low)
        band = (upper, round(lower - upper, 1))
    return Picture(
        trend, titles.get(trend.round or "", trend.round or ""), dots,
        " ".join(f"{dot.x},{dot.y}" for dot in dots), band,
        *(figure(one, trend.unit).removesuffix(".0") for one in (low, high)),
    )  # fmt: skip


def _bounds(trend: Trend) -> tuple[float, float]:
    known = [one.value for one in trend.values[-SHOWN:]]
    known += [one for one in (trend.usual_low, trend.usual_high) if one is not None]
    low, high = min(known), max(known)
    margin = (high - low) * 0.08 or 1.0
    return (max(0.0, low - margin) if low >= 0 else low - margin), high + margin
