"""What is decided in code before any model sees the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from interviewer.judging.address import to_the_grader
from interviewer.judging.order import fluency, table
from interviewer.judging.sentences import Sentence
from interviewer.judging.terms import overlap, terms, tokens
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
ORDERLY = -0.02
SPREAD = 0.5
"""Fluency below `ORDERLY - SPREAD / sqrt(words)` is no English: answers of the development data
have at least .05, of 360 shufflings of them none has more than -.05; short texts scatter more."""

Outcome = Literal["judge", "lowest", "unscored"]


@dataclass(frozen=True)
class Gate:
    """What became of the answer."""

    outcome: Outcome
    reason: str
    """In one sentence; empty where the answer is judged."""
    kept: tuple[Sentence, ...]
    """The sentences that are judged: no repetitions, no echo, no words to the grader."""


_FUNCTION = frozenset(
    """the a an and or but so because if when while of in on at to from for with by about into
    over after before is are was were be been am do does did have has had i you he she it we they
    me my your our us them this that these those not no there what which who how than then as
    will would could should can it's that's i'd i've i'm we're you're don't didn't just one
    up out all""".split()
)
_FOREIGN = {
    "German": frozenset("und der die das ich nicht ist ein eine mit wir auf für auch dann".split()),
    "French": frozenset("le la les et je nous est une des que pas dans pour avec sur".split()),
    "Spanish": frozenset("el la los que y en un una por con para se no es pero".split()),
    "Italian": frozenset("il che di e un una per con non sono ho abbiamo della".split()),
    "Portuguese": frozenset("o que e de um uma para com não os em do da eu".split()),
    "Dutch": frozenset("de het een en ik niet van is dat wij met op voor".split()),
}


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


def _readable(said: list[str], kept: tuple[Sentence, ...]) -> Gate:
    share = sum(one in _FUNCTION for one in said) / len(said)
    if share < FUNCTION_SHARE:
        tongue, hits = max(
            ((name, sum(one in words for one in said)) for name, words in _FOREIGN.items()),
            key=lambda pair: pair[1],
        )
        if hits / len(said) > 0.12:
            return Gate("unscored", f"The answer is not in English ({tongue}, it seems).", kept)
        return Gate("lowest", "The words do not form sentences.", kept)
    if fluency(table(), said) < ORDERLY - SPREAD / len(said) ** 0.5:
        return Gate("lowest", "The words do not stand in an order that makes sense.", kept)
    return Gate("judge", "", kept)
