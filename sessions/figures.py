"""Numbers as one reads them, the same on every screen and page."""

from typing import Protocol

_WHOLE = ("words/min", "%")
"""Units in which a decimal says nothing."""


class Ranged(Protocol):
    """Something with a usual range: a measure or a trend."""

    @property
    def usual_low(self) -> float | None:
        """Its lower end."""

    @property
    def usual_high(self) -> float | None:
        """Its upper end."""


def figure(value: float, unit: str = "", *, sign: bool = False) -> str:
    """The number without its unit: 152 (words/min), 4.9 (syllables/s); `sign` writes a plus, too."""
    whole = unit in _WHOLE or (unit == "s" and round(abs(value), 1) >= 10)
    rounded = round(value, 0 if whole else 1) or 0.0  # No minus before a nought.
    return f"{rounded:{'+' if sign and rounded else ''}.{0 if whole else 1}f}"


def measured(value: float | None, unit: str) -> str:
    """The number with its unit."""
    return "not measured" if value is None else f"{figure(value, unit)} {unit}".rstrip()


def changed(before: float | None, after: float | None, unit: str) -> str:
    """How a measure differs; empty where one of the two is not known.

    What is subtracted are the figures that stand beside it: 3.3 and 2.6 are 0.7 apart for the
    reader, whatever was rounded away.
    """
    if before is None or after is None:
        return ""
    old, new = figure(before, unit), figure(after, unit)
    if old == new:
        return "the same"
    return f"{float(new) - float(old):+.{1 if '.' in old + new else 0}f}"


def usual(one: Ranged) -> str:
    """The usual range: "120 to 190", "up to 3"; empty where there is none."""
    low = "" if one.usual_low is None else f"{one.usual_low:g}"
    high = "" if one.usual_high is None else f"{one.usual_high:g}"
    if low and high:
        return f"{low} to {high}"
    return f"up to {high}" if high else f"from {low}" if low else ""


def interval(low: float | None, high: float | None) -> str:
    """The ends of a level's interval: "3.3-5.0"; empty where it is not known."""
    return "" if low is None or high is None else f"{low:.1f}-{high:.1f}"


def give_or_take(low: float | None, high: float | None, blanks: str = " ") -> str:
    """The same in brackets, to stand behind the level: " (3.3-5.0)"."""
    between = interval(low, high)
    return f"{blanks}({between})" if between else ""


def practised(seconds: float) -> tuple[str, str]:
    """Number and unit of the time that was practised: minutes up to one hour."""
    if seconds < 3600:
        return str(min(59, round(seconds / 60)) or int(seconds > 0)), "min"
    return f"{seconds / 3600:.1f}", "hours"
