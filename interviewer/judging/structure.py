"""How an answer is told: cues that need no model."""

import re

from interviewer.text.cues import CUES
from interviewer.text.sentences import split
from interviewer.text.terms import is_content, overlap, plain, stem, terms, tokens

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
_HARM = re.compile(
    r"\b(?:throws? away|lose[sn]?|otherwise|breaks?|wrong|mislead\w*|too (?:slow|expensive|optimistic|"
    r"late)|leak\w*|instead of|rather than|more than (?:about )?|avoid\w*|quadratic|hides?|the trap)\b",
    re.IGNORECASE,
)
_AFTER_FAULT = re.compile(r",? \b(?:without|rather than|instead of|so that)\b")
"""What a fault's statement goes on with: what is missing, or what follows."""
_MORE = (["only"], ["just"], ["simply"], ["merely"])
"""What follows a negator that denies nothing: "not only measured" is measured."""
REACH = 3
"""Content words after a negator that it is taken to deny."""
SHRINK = 20
"""Words added to every answer's length, so that one cue in a short answer does not count
as a high rate."""
EMPTY = 6
"""Content words up to which a sentence without a fact is left out as padding."""
FEWEST = 2
"""Sentences that must stay; else nothing is left out."""
_FULL = ("numbers", "results", "times", "own acts", "own failure", "safeguards", "costs", "edges")
_FILLER = re.compile(r"\b(?:um+|uh+|you know)\b,?\s*", re.IGNORECASE)
NAMES = (*CUES, "varied words")


def features(text: str) -> tuple[float, ...]:
    """The numbers of `NAMES`: square roots of cues per 100 words, and how varied the words are.

    Punctuation and length are left out on purpose: a recogniser gets the one wrong, and the
    other is easily had.
    """
    low = plain(text.lower())
    words = tokens(low)
    rates = [(100 * len(cue.findall(low)) / (len(words) + SHRINK)) ** 0.5 for cue in CUES.values()]
    varied = len(set(words)) / max(len(words), 1) ** 0.8
    return (*rates, varied)


def substance(text: str) -> str:
    """The text without its fillers and its empty sentences, so that padding changes little."""
    fluent = [_FILLER.sub("", one.text) for one in split(text)]
    full = [one for one in fluent if not _empty(one)]
    return " ".join(full if len(full) >= FEWEST else fluent)


def _empty(sentence: str) -> bool:
    low = sentence.lower()
    return len(terms(sentence)) <= EMPTY and not any(CUES[name].search(low) for name in _FULL)


def denied(text: str) -> frozenset[str]:
    """Stems of the words that stand within `REACH` content words after a negator."""
    # "I divide, no, I take the remainder" corrects itself; it denies nothing.
    words = tokens(re.sub(r"\bno, ", "", text, flags=re.IGNORECASE))
    found: set[str] = set()
    for index, word in enumerate(words):
        if word in _NEGATORS and words[index + 1 : index + 2] not in _MORE:
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


def warns(sentence: str, fault: str) -> bool:
    """Whether the sentence speaks against a fault: says no to what it is, or names its harm.

    What the fault itself denies, or names as harm, is no warning against it.
    """
    what = _AFTER_FAULT.split(fault)[0]
    about = terms(what) & terms(sentence)
    no = (about & denied(sentence)) - denied(fault)
    harm = {one.lower() for one in _HARM.findall(sentence)}
    harm -= {one.lower() for one in _HARM.findall(fault)}
    return bool(about) and bool(no or harm) and not denied(what)
