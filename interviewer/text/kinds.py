"""What kind of thing a point asks for, and whether a sentence has that kind.

"Gives a measured result" shares no word with "it fell from nine percent to two"; the kind
bridges the two: a statement that speaks of results is matched with sentences that tell one.
"""

import re

from interviewer.text.cues import CUES
from interviewer.text.terms import plain, terms

_ASKED: dict[str, str] = {
    "results": r"result|before and after|compared|improv|measured|went from|outcome",
    "numbers": r"number|figure|how many|how much|percent|measur|size[sd]?\b|value",
    "own acts": r"themselves|personal|first person|\bown (?:part|action|decision|work|use|case)|"
    r"decided|built|the speaker did|their own\b",
    "own failure": r"wrong|mistake|failed|fails|failure|missed|did not work|surpris|differently|bug",
    "limits": r"not known|unknown|limit|unsolved|not solved|open question|admits|cannot|weak|remain",
    "safeguards": r"afterwards|in place|monitor|watched|alert|rollback|undone|release|tested|"
    r"tests?\b|checked|validated|noticed|retrain|fall ?back|live traffic|checks\b",
    "costs": r"\bcosts?\b|money|lost|harmed|stakes|price|business",
    "asks first": r"assum|asks|requirement|before (?:choosing|describing|any)|clarif|needs?\b",
    "edges": r"empty|malformed|none\b|invalid|duplicate|ties|boundary|limits of|edge",
    "reasons": r"reason|because|rather than|alternative|decided against|rejected|given up|trade|"
    r"prefer|why|instead|chosen?\b|choice",
    "times": r"episode|happened|occurred",
    "vague": r"only (?:says|lists|names)|in general|usually|general saying|without applying|several",
}
KINDS = tuple(_ASKED)
"""Names of the kinds; all are names of `CUES`."""
_ASKED_RE = {name: re.compile(pattern) for name, pattern in _ASKED.items()}


def kinds(statement: str) -> tuple[str, ...]:
    """The kinds that a statement asks for; names of `CUES`."""
    low = statement.lower()
    return tuple(name for name, pattern in _ASKED_RE.items() if pattern.search(low))


def has(sentence: str, wanted: tuple[str, ...]) -> float:
    """The share of the wanted kinds that a sentence has; 0 where none is wanted."""
    low = plain(sentence.lower())
    return sum(_tells(name, low) for name in wanted) / len(wanted) if wanted else 0.0


def _tells(kind: str, low: str) -> bool:
    if kind != FAILURE:
        return bool(CUES[kind].search(low))
    return any(not _NEGATED.search(low[: hit.start()]) for hit in CUES[kind].finditer(low))


FAILURE = "own failure"
_NEGATED = re.compile(
    r"(?:\b(?:not|never|no|nobody|cannot|without)|n't)"
    r"(?: (?!(?:know|knew|notice\w*|see|seen|saw|reali[sz]e\w*|spot\w*|expect\w*|admit\w*|until|"
    r"because|since|and|but|so|which|that|when|if|then|i|we)\b)[\w'-]+){0,4} $"
)
"""Before a failure that did not happen: "I didn't want anybody to be surprised". Who did not notice that
something was wrong tells one all the same."""


_COMMON = terms(
    """particular episode happened system project occurred harmed lost time money users safety would
    usually believes without own themselves decided did concrete action reason choice option
    against decisive step taken team somebody else part stays unclear number result before compared
    measured checked test comparison group count real cases plainly failed work cause behind
    something wrong missed differently admits given up still unsolved known put place afterwards
    happen again same kind problem noticed now whom which alert person convinced affected mattered
    other people question input states assumptions describing fault others tools data general
    saying personally built comparable speaker first live after surprised remains weak design past
    business outcome improve terms customers saved output one direction costs error user needs
    commits decision alternative rejected openly solved went tried dropped changed because case
    measurable value figure specific role solution another approach better use found monitored
    reviewed launch makes act watched signal worse release limited undone what how why"""
)
GENERAL = 0.7
"""Share of common words from which a statement is about telling, not about a subject matter."""


def general(statement: str) -> bool:
    """Whether the statement would fit any question of a round."""
    own = terms(statement)
    return bool(own) and len(own & _COMMON) / len(own) >= GENERAL
