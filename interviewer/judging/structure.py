"""How an answer is told: cues that need no model."""

import re

from interviewer.judging.terms import is_content, overlap, stem, terms, tokens

_NEGATORS = frozenset(
    """not never no don't doesn't didn't isn't aren't wasn't won't wouldn't can't cannot without
    skip skipped skipping ignore ignored ignoring unnecessary useless pointless overrated
    irrelevant nobody""".split()
)
_DISMISSAL = re.compile(
    r"\b(?:not needed|no need|don'?t (?:need|bother|care)|wouldn'?t bother|isn'?t (?:needed|worth|"
    r"important|necessary)|waste of|doesn'?t matter|is overkill|overcomplicated|not important)\b",
    re.IGNORECASE,
)
REACH = 3
"""Content words after a negator that it is taken to deny."""


def denied(text: str) -> frozenset[str]:
    """Stems of the words that stand within `REACH` content words after a negator."""
    words = tokens(text)
    found: set[str] = set()
    for index, word in enumerate(words):
        if word in _NEGATORS:
            after = [one for one in words[index + 1 :] if is_content(one)]
            found.update(stem(one) for one in after[:REACH])
    return frozenset(found)


def denies(sentence: str, statement: str) -> bool:
    """Whether the sentence says no to what the statement asserts."""
    wanted = terms(statement)
    if denied(statement) or _DISMISSAL.search(statement):
        return False
    hit = wanted & denied(sentence)
    dismissed = bool(_DISMISSAL.search(sentence)) and overlap(wanted, terms(sentence)) >= 0.3
    return len(hit) >= 2 or dismissed
