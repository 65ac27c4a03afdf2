"""How somebody spoke: measured from words and samples, never part of a content score."""

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from voice.audio import level
from voice.seams import RATE, Samples
from voice.words import Word

FILLER = frozenset({"um", "uh", "uhm", "umm", "uhh", "er", "erm", "err", "hmm", "hm", "mm", "ah"})
HEDGES = (
    "i think", "i guess", "i suppose", "i mean", "sort of", "kind of", "maybe", "perhaps",
    "probably", "basically", "actually", "you know", "somehow", "more or less", "i believe",
)  # fmt: skip
LONG_PAUSE = 2.0
"""Seconds. Campione & Veronis (2002) call pauses over 1 s long, and find them in free speech only;
a listener of an interview begins to wonder later: 2 s is our own choice."""
BREATH_GROUP = 0.25
"""Seconds; shorter gaps are articulation, not pauses (Goldman-Eisler 1968)."""


@dataclass(frozen=True)
class Measured:
    """One measure; None where there was too little speech to tell."""

    id: str
    name: str
    value: float | None
    unit: str
    usual_low: float | None
    usual_high: float | None
    source: str


_SHORT = 3.0
"""Seconds of speech below which rates are noise."""


def measure(words: tuple[Word, ...], samples: Samples | None = None) -> tuple[Measured, ...]:
    """The delivery of one answer, whose recording begins where the question has ended.

    `words` in order; `samples` at 16 kHz for the loudness, where they were kept.
    """
    fluent = [word for word in words if not is_filler(word)]
    talk = words[-1].end - words[0].start if words else 0.0
    minutes = talk / 60 if talk >= _SHORT else None
    gaps = [after.start - before.end for before, after in pairwise(words)]
    pausing = sum(gap for gap in gaps if gap >= BREATH_GROUP)
    speaking = talk - pausing

    def rate(count: int) -> float | None:
        return None if minutes is None else count / minutes

    return (
        Measured("words_per_minute", "Speech rate", rate(len(fluent)), "words/min", 120, 190,
                 "lectures 125-160, interviews 160-210 (British English): Tauroza & Allison 1990"),
        Measured("articulation_rate", "Articulation rate",
                 sum(map(_syllables, fluent)) / speaking if minutes and speaking > 0 else None,
                 "syllables/s", 4.0, 6.0, "pauses left out: Jacewicz et al. 2009; "
                 "syllables estimated from spelling"),
        Measured("fillers_per_minute", "Fillers", rate(len(words) - len(fluent)), "per min",
                 0, 6, "about 2.6 in 100 words of conversation: Bortfeld et al. 2001"),
        Measured("cut_offs_per_minute", "Broken-off words", rate(sum(map(_broken, words))),
                 "per min", 0, 3, "about 2 restarts in 100 words: Bortfeld et al. 2001"),
        Measured("hedges_per_minute", "Hedges", rate(hedges(words)), "per min", 0, 5,
                 "what a hedge is: Lakoff 1973; word list and range our own"),
        Measured("long_pauses", f"Pauses over {LONG_PAUSE:g} s",
                 float(sum(gap > LONG_PAUSE for gap in gaps)) if words else None, "per answer",
                 0, 3, "long pauses: Campione & Veronis 2002; threshold and range our own"),
        Measured("time_to_first_word", "Time to first word",
                 max(0.0, words[0].start) if words else None, "s", 0.2, 3.0,
                 "gap of 0.2 s in conversation: Stivers et al. 2009; upper end our own"),
        Measured("longest_run", "Longest monologue", longest_run(words) if words else None, "s",
                 None, 120, "without a pause over 2 s; two-minute answers: interview coaching "
                 "convention, not research"),
        Measured("loudness_spread", "Loudness steadiness", loudness_spread(words, samples), "dB",
                 2, 6, "standard deviation over words; our own range from read and free speech"),
    )  # fmt: skip


def is_filler(word: Word) -> bool:
    """Whether the word is a filled pause."""
    return re.sub(r"[^a-z]", "", word.text.lower()) in FILLER


def hedges(words: tuple[Word, ...]) -> int:
    """How many hedging words and phrases there are."""
    text = " ".join(re.sub(r"[^a-z' ]", "", word.text.lower()) for word in words)
    return sum(len(re.findall(rf"\b{phrase}\b", text)) for phrase in HEDGES)


def longest_run(words: tuple[Word, ...]) -> float:
    """Seconds of the longest stretch without a long pause."""
    longest, start = 0.0, words[0].start
    for before, after in pairwise(words):
        longest = max(longest, before.end - start)
        if after.start - before.end > LONG_PAUSE:
            start = after.start
    return max(longest, words[-1].end - start)


def loudness_spread(words: tuple[Word, ...], samples: Samples | None) -> float | None:
    """Standard deviation of the words' levels in dB; None without sound or with few words."""
    if samples is None:
        return None
    pieces = [samples[round(word.start * RATE) : round(word.end * RATE)] for word in words]
    levels = [level(piece) for piece in pieces if len(piece) >= RATE // 20]
    return float(np.std(levels)) if len(levels) >= 10 else None


def _broken(word: Word) -> bool:
    return bool(re.search(r"\w[-–—]+$", word.text))


def _syllables(word: Word) -> int:
    """Groups of vowels, a silent final e left out: right for about nine English words in ten."""
    text = re.sub(r"[^a-z]", "", word.text.lower())
    text = re.sub(r"(?<=[^aeiouyl])e$", "", text)
    return max(1, len(re.findall(r"[aeiouy]+", text)))
