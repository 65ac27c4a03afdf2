"""What a system that waits for a fixed silence does with labelled pauses: arithmetic, no sound.

It ends the turn in the first pause that is as long as its silence; the pauses after that are not
reached, and not counted, as in the interviews that are measured.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.labels import Label

SILENCE = 1.5
"""Seconds that such systems wait by default."""
STEP = 0.001
"""Seconds by which a silence must be longer than a pause to spare it: labels are that exact."""


@dataclass(frozen=True)
class Rate:
    """How many turns were ended before the person was done."""

    cut_offs: int
    pauses: int
    """Pauses that were reached: those after a cut-off are not."""

    @property
    def share(self) -> float | None:
        """Cut-offs for each pause; None where there was no pause."""
        return self.cut_offs / self.pauses if self.pauses else None

    def __str__(self) -> str:
        share = "none" if self.share is None else f"{100 * self.share:.1f} %"
        return f"{self.cut_offs} in {self.pauses} pauses reached ({share})"


def lengths(label: Label) -> list[float]:
    """Seconds of each pause in an answer."""
    return [end - start for start, end in label.pauses]


def cuts_off(label: Label, silence: float) -> bool:
    """Whether that silence ends the turn inside of the answer."""
    return any(length >= silence for length in lengths(label))


def rate(labels: Iterable[Label], silence: float) -> Rate:
    """How often that silence cuts off."""
    cut = reached = 0
    for label in labels:
        long = [length >= silence for length in lengths(label)]
        cut += any(long)
        reached += long.index(True) + 1 if any(long) else len(long)
    return Rate(cut, reached)


def no_worse(labels: Sequence[Label], share: float) -> float | None:
    """The smallest silence that cuts off in at most that share of the pauses it reaches.

    None where there are no pauses.
    """
    known = sorted(length for label in labels for length in lengths(label))
    for silence in (*known[:1], *(length + STEP for length in known)):
        if (rate(labels, silence).share or 0.0) <= share:
            return silence
    return None
