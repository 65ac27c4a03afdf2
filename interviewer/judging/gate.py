"""What is decided in code before any model sees the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from interviewer.judging.address import to_the_grader
from interviewer.judging.order import fluency, table
from interviewer.judging.tongue import ENGLISH, foreign, other_script
from interviewer.text.sentences import Sentence
from interviewer.text.terms import overlap, terms, tokens
from sessions.model import Word

FEWEST = 10
"""Words that an answer needs."""
CERTAIN = 0.4
"""Mean probability of the recogniser below which the words are not judged."""
RUN = 7
"""Words in a row that count as said before."""
FUNCTION_SHARE = 0.22
"""Least share of English function words; spoken answers of the development data have .35 to .6,
lists of terms less than .2."""
ORDERLY = -0.03
SPREAD = 0.5
"""Fluency below `ORDERLY - SPREAD / sqrt(words)` is no English: all of 978 written answers lie above it,
and three of 978 shufflings of them; short texts scatter more."""

FILLERS = frozenset("um uh uhm umm uhh er erm err hmm hm mm ah".split())
"""The recogniser is asked to keep them; they are in no order and form no sentence."""

SPOKEN_CODE = frozenset(
    "plus minus times equals equal less than zero one two return returns each append".split()
)
"""What holds dictated code and formulas together; prose of any language may have them, so they count
for sentences, not for English."""

Outcome = Literal["judge", "lowest", "unscored"]


@dataclass(frozen=True)
class Gate:
    """What became of the answer."""

    outcome: Outcome
    reason: str
    """In one sentence; empty where the answer is judged."""
    kept: tuple[Sentence, ...]
    """The sentences that are judged: no repetitions, no echo, no words to the grader."""


def gate(question: str, parts: Sequence[Sentence], words: Sequence[Word]) -> Gate:
    """Decide whether the answer is judged, and which of its sentences are."""
    count = len(words)
    if not count:
        return Gate("lowest", "Nothing was said.", ())
    sure = sum(word.probability for word in words) / count
    if sure < CERTAIN:
        reason = (
            f"The recogniser was too unsure of the words (mean probability {sure:.2f}): it was soft, "
            "noisy, or not in English."
        )
        return Gate("unscored", reason, ())
    # Before words are counted: some scripts set no blanks between them.
    if other_script(" ".join(word.text for word in words)):
        return Gate("unscored", "The answer is not in English.", ())
    if count < FEWEST:
        few = "1 word was" if count == 1 else f"{count} words were"
        return Gate("lowest", f"Only {few} said.", ())
    kept = cleaned(question, parts)
    said = [one for part in kept for one in tokens(part.text)]
    if len(said) < FEWEST:
        return Gate("lowest", "Little is left without repetitions and what is no answer.", kept)
    return _readable(said, kept)


def cleaned(question: str, parts: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences that are an answer and are said for the first time."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for part in parts:
        own = tokens(part.text)
        runs = [tuple(own[i : i + RUN]) for i in range(max(1, len(own) - RUN + 1))]
        again = sum(run in seen for run in runs) / len(runs)
        seen.update(runs)
        if again > 0.5 or to_the_grader(part.text) or _echo(question, part.text):
            continue
        kept.append(part)
    return tuple(kept)


def _echo(question: str, sentence: str) -> bool:
    """Whether the sentence only gives the question back."""
    said = tokens(sentence)
    asked = tokens(question)
    pairs = set(pairwise(asked))
    own = list(pairwise(said))
    if len(own) < 5:
        return False
    return sum(one in pairs for one in own) / len(own) >= 0.7 and (
        overlap(terms(sentence), terms(question)) >= 0.7
    )


def _fluent(said: list[str]) -> list[str]:
    """Without fillers and words said twice in a row; all of them where little else is said."""
    spoken = [one for one in said if one not in FILLERS]
    once = [one for before, one in pairwise(("", *spoken)) if one != before]
    return once if len(once) > len(said) / 2 else said


def _readable(said: list[str], kept: tuple[Sentence, ...]) -> Gate:
    tongue = foreign(" ".join(one.text for one in kept))
    if tongue:
        return Gate("unscored", f"The answer is not in English ({tongue}, it seems).", kept)
    said = _fluent(said)
    if sum(one in ENGLISH or one in SPOKEN_CODE for one in said) / len(said) < FUNCTION_SHARE:
        return Gate("lowest", "The words do not form sentences.", kept)
    if fluency(table(), said) < ORDERLY - SPREAD / len(said) ** 0.5:
        return Gate("lowest", "The words do not stand in an order that makes sense.", kept)
    return Gate("judge", "", kept)
