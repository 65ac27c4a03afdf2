"""Content words, for overlap between a statement and an answer."""

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_SUFFIXES = "ations ation ments ment ings ing ions ion edly ed es ly s e".split()
_AMERICAN = (
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e[ds]?|ers?|ing|ations?)$)"), "iz"),
    (re.compile(r"^(behavi|col|fav|lab|neighb)our"), r"\1or"),
    (re.compile(r"^(cancel|channel|label|level|model|signal|travel)l(?=(?:ed|ers?|ing)$)"), r"\1"),
    (re.compile(r"^centre"), "center"),
)
"""Spellings of the two sides of the Atlantic: rubrics have one, recognisers print the other."""
_STOP = frozenset(
    """a about after all also an and any are as at be because been before being both but by can
    could did do does each few for from had has have he her his how i if in into is it its just
    like me more my no not of on one only or other our out over own said same say says she so
    some such than that the their them then there these they this to too us very was we were
    what when where which while who why will with would you your um uh er yeah yes okay well
    really kind sort mean know think got get gets thing things lot actually basically speaker
    answer candidate names gives describes explains mentions states tells""".split()
)


def plain(text: str) -> str:
    """As it is spoken: straight apostrophes, and the word for "%", which recognisers print."""
    return text.replace("’", "'").replace("%", " percent")


def tokens(text: str) -> list[str]:
    """Lower-case words in order, contractions kept whole."""
    return _WORD.findall(text.lower().replace("’", "'"))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The word, in American spelling, without its longest common ending; three letters stay."""
    for british, american in _AMERICAN:
        word = british.sub(american, word)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def is_content(word: str) -> bool:
    """Whether a token says something by itself."""
    return word not in _STOP and len(word) > 1


def terms(text: str) -> frozenset[str]:
    """The content words of a text, stemmed."""
    return frozenset(stem(one) for one in tokens(text) if is_content(one))


def overlap(wanted: frozenset[str], found: frozenset[str]) -> float:
    """The share of the wanted terms that were found; 0 where none is wanted."""
    return len(wanted & found) / len(wanted) if wanted else 0.0


def phrase_in(phrase: str, text: str) -> bool:
    """Whether the phrase's words stand in the text in a row, endings aside."""
    wanted = _stems(phrase)
    return bool(wanted.strip()) and wanted in _stems(text)


@lru_cache(maxsize=2048)
def _stems(text: str) -> str:
    """The stems in their order, each between blanks. A director looks for hundreds of phrases in the
    same sentences at each pause."""
    return f" {' '.join(stem(one) for one in tokens(text))} "
