"""When is somebody done? In doubt wait, when sure be quick.

`wait` turns what is known in a pause into the silence to wait for; nothing here keeps state,
reads a clock or runs a model. docs/endpointing.md shows what each signal is worth.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from voice.ending import Ending


@dataclass(frozen=True)
class Evidence:
    """What is known in a pause; None where it is not known (yet)."""

    turn: float | None = None
    """Smart Turn: chance that it sounded like an end."""
    ending: Ending | None = None
    """How the words so far end; None while they are still being transcribed."""
    pauses: tuple[float, ...] = ()
    """Pauses of this person, in seconds, after which they went on."""
    voiced: float = 60.0
    """Seconds of speech in this answer."""
    patience: float = 1.0


@dataclass(frozen=True)
class Policy:
    """What each signal does to the silence that is waited for, all in seconds or factors.

    Tuned with benchmarks/endpointing.py; docs/endpointing.md holds the curves.
    """

    base: float = 2.0
    """Wait where nothing speaks for either."""
    shortest: float = 0.55
    """People leave 0.2 s between turns, and pause for 0.3-0.5 s inside of sentences."""
    longest: float = 5.0
    unknown: float = 2.5
    """Least wait while the words are not known: sound alone never ends a turn early. Nothing is
    gained by ending it before them, since the answer waits for its last words anyway."""
    turn: float = 0.15
    """Weight of Smart Turn: at 1.0, a chance of 0 multiplies by e^0.5, one of 1 divides by it.
    Little, because it hears an end in most finished sentences, and missed most real ends."""
    closing: float = 0.335
    finished: float = 0.95
    open: float = 1.44
    trailing: float = 2.16
    hold: float = 6.4
    habit: float = 0.2
    """How far the person's own long pauses stretch the wait (exponent)."""
    young: float = 25.0
    """Seconds of speech below which an answer is rarely over, unless its words close it."""
    early: float = 2.6
    """What that multiplies the wait by at its start; it fades out towards `young`."""

    def of(self, ending: Ending) -> float:
        """The factor of how the words end."""
        return {
            "closing": self.closing,
            "finished": self.finished,
            "open": self.open,
            "trailing": self.trailing,
            "hold": self.hold,
        }[ending]


DEFAULT = Policy()


def wait(evidence: Evidence, policy: Policy = DEFAULT) -> float:
    """Seconds of silence after which the turn has ended."""
    seconds = policy.base
    if evidence.turn is not None:
        seconds *= math.exp(policy.turn * (0.5 - evidence.turn))
    if evidence.ending is not None:
        seconds *= policy.of(evidence.ending)
    if evidence.ending != "closing":
        seconds *= math.pow(policy.early, max(0.0, 1 - evidence.voiced / policy.young))
    seconds *= math.pow(_habit(evidence.pauses), policy.habit)
    least = policy.unknown if evidence.ending is None else policy.shortest
    most = policy.longest * (2.0 if evidence.ending == "hold" else 1.0)
    return min(max(seconds, least), most) * evidence.patience


def _habit(pauses: Sequence[float]) -> float:
    """How long this person pauses, as a factor around 1 (their long pauses over 1 s).

    The mean of the longer half, drawn towards the usual by two pauses, so that one pause alone
    changes little.
    """
    longer = sorted(pauses)[len(pauses) // 2 :]
    usual = [1.0, 1.0]
    mean = math.fsum([*longer, *usual]) / (len(longer) + len(usual))
    return min(max(mean, 0.7), 2.0)
