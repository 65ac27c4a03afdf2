"""Whether words follow each other as in speech, by the classes of neighbours."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

CLASSES: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (name, frozenset(words.split()))
    for name, words in (
        ("article", "the a an"),
        ("possessive", "my your our their his its whose"),
        ("subject", "i we he she they i'd i've we'd we've they'd they've i'm we're they're i'll"),
        ("you", "you you'd you're you've you'll"),
        ("it", "it that this what which who there it's that's there's what's"),
        ("object", "me us him her them these those"),
        ("be", "is are was were am isn't aren't wasn't weren't be been being"),
        ("have", "has have had hasn't haven't hadn't"),
        ("do", "do does did don't doesn't didn't"),
        ("modal", "will would can could should must may might won't wouldn't can't couldn't"),
        ("to", "to"),
        ("of", "of"),
        ("preposition", "in on at from with by for into over under after before about between"),
        ("and", "and or but so because if when while since although unless than as"),
        ("not", "not never no only just also still then now even really"),
        (
            "quantity",
            "all some any each every many more most much less few both one two three four",
        ),
        ("filler", "um uh yeah okay well like mean know"),
    )
)
_ENDINGS = ("ing", "ed", "ly", "s")
COUNT = len(CLASSES) + len(_ENDINGS) + 2

Table = npt.NDArray[np.float64]
"""Shape (COUNT, COUNT): how much likelier the second class is after the first than anywhere."""


@cache
def table() -> Table:
    """The shipped one, `order.json`, made by benchmarks/train_grader.py."""
    text = resources.files(__package__).joinpath("order.json").read_text("utf-8")
    return np.array(json.loads(text)["table"])


def classes(words: Iterable[str]) -> list[int]:
    """The class of each word; digits and words of no list are the last two."""
    return [_class(word) for word in words]


def _class(word: str) -> int:
    for number, (_, members) in enumerate(CLASSES):
        if word in members:
            return number
    if word[:1].isdigit():
        return COUNT - 2
    for number, ending in enumerate(_ENDINGS):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return len(CLASSES) + number
    return COUNT - 1


def fluency(likelier: Table, words: Sequence[str]) -> float:
    """Mean of `likelier` over neighbours: about 0.3 for speech, below 0 for shuffled words."""
    found = classes(words)
    if len(found) < 2:
        return 0.0
    return float(likelier[found[:-1], found[1:]].mean())
