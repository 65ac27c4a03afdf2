"""How an answer is told: cues that need no model."""

import re
from collections.abc import Sequence

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
_CLAUSE = re.compile(
    r"[;:]|,? \b(?:but|because|otherwise|instead)\b|,? \bso (?=(?:i|we|you|they|it)\b)"
    r"|, (?=(?:and |so |then )?(?:i|we|you|they|it|he|she|those|there|only|rather)\b)",
    re.IGNORECASE,
)
"""Where a clause begins that a negator before it says nothing about: "I don't cut there, I cut here"."""
_CONDITION = re.compile(
    r"\b(?:until|unless)\b"
    # Not "we never measured it before we launched".
    r"|\bbefore (?:(?:i|we|you|they|he|she|it)(?! \w+ed\b| went\b)(?:'ve|'d)?"
    r"|(?:\w+ ){1,3}(?:has|have|had|is|are|was|were))\b"
    r"|\b(?:anything|anybody|anyone|nothing|nobody)(?: \w+)? (?:outside|beyond|except|but)\b"
    # Two denials: "nothing goes out without", "never use what isn't known".
    r"|(?:\b(?:not|never|no|cannot|nothing|nobody)|n't)\b(?:(?! and )[^,;])*"
    r"\b(?:without|(?:that|which|who|what|when|where|if)\b(?: \w+){0,2}? ?(?:\w+n't|not|no)) ",
    re.IGNORECASE,
)
"""What is refused only until the rest holds, so that the rest is asserted."""
_EITHER_WAY = re.compile(r"\bwhether\b", re.IGNORECASE)
"""In a statement: who says that it was not so tells it too."""
_THREAT = re.compile(r",? \b(?:otherwise|or else) [^,;.]*", re.IGNORECASE)
"""What would follow, were it not so: "it has to win, otherwise I don't bother"."""
FEWEST_SAID = 2
SHARE_SAID = 0.25
"""Terms of a statement, and their share, that a sentence affirms beside its denial where the denial is
about something else: "I don't assign rows, I assign whole patients"."""
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
    """Stems of the words that stand in the clause of a negator, within `REACH` content words of it."""
    return frozenset().union(*(_refused(one) for one in _clauses(text)))


def denies(sentence: str, statement: str) -> bool:
    """Whether the sentence says no to what the statement asserts, and does not assert it elsewhere."""
    wanted = terms(statement)
    if denied(statement) or _DISMISSAL.search(statement) or _EITHER_WAY.search(statement):
        return False
    if _CONDITION.search(sentence):
        return False
    if len(wanted & _affirmed(sentence)) >= max(FEWEST_SAID, SHARE_SAID * len(wanted)):
        return False
    dismissed = bool(_DISMISSAL.search(sentence)) and overlap(wanted, terms(sentence)) >= 0.3
    return len(wanted & denied(sentence)) >= 2 or dismissed


def _clauses(text: str) -> list[list[str]]:
    """The words of each clause."""
    # "I divide, no, I take the remainder" corrects itself; it denies nothing.
    fluent = re.sub(r"\bno, ", "", plain(text), flags=re.IGNORECASE)
    return [tokens(one) for one in _CLAUSE.split(fluent)]


def _negators(words: Sequence[str]) -> list[int]:
    """Where the words that deny what follows stand."""
    return [
        index
        for index, word in enumerate(words)
        if word in _NEGATORS and words[index + 1 : index + 2] not in _MORE
    ]


def _refused(clause: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for index in _negators(clause):
        after = [one for one in clause[index + 1 :] if is_content(one)]
        found.update(stem(one) for one in after[:REACH])
    return frozenset(found)


def _affirmed(sentence: str) -> frozenset[str]:
    """Stems of the words that no negator of their clause, and no dismissal of the sentence, is about."""
    found: set[str] = set()
    for clause in _clauses(_THREAT.sub("", sentence)):
        if not _DISMISSAL.search(" ".join(clause)):
            said = clause[: min(_negators(clause), default=len(clause))]
            found.update(stem(one) for one in said if is_content(one))
    return frozenset(found)


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
