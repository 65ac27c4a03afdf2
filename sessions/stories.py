"""Is this a story that was told before? Answered by the words that are rare elsewhere."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.document import started
from sessions.model import Session
from sessions.timeline import Exchange, bank_question, exchanges

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SAME = 0.25
"""Cosine from which two answers count as one story: the four retold stories of
tests/test_progress.py have .44 to .70, different ones up to .10."""
FEWEST = 12
"""Answers with fewer distinctive words are too short to be recognised."""
_STEM = 6
"""Letters that are kept of a word: truncation is a stemmer that is good enough for English
content words (rolled, rolling, rollback stay apart; experiment and experiments meet)."""
_WORD = re.compile(r"[a-z]{4,}|\d+")
_COMMON = frozenset(
    "about actually after again also always another around back basically because been before "
    "being came could didn done down each even every everything first found from going good have "
    "having here into just kind know last like little lots made make many maybe more most much "
    "need never next only other over people pretty probably quite rather really right same should "
    "since some something still team than that their them then there these they thing things think "
    "this those thought through time took very want wanted was well went were what when where "
    "which while will with work worked working would year years your data model models".split()
)


@dataclass(frozen=True)
class Story:
    """One answer with its follow-ups, as a set of distinctive words."""

    session: str
    round: str
    question: str
    turn: int
    """Index of the main question's turn."""
    terms: frozenset[str]
    moment: float
    """When the session was begun, in seconds."""
    retry_of: str | None
    """The session that it tries again."""

    @property
    def subject(self) -> str:
        """The question's name in words."""
        return self.question.replace("_", " ")


@dataclass(frozen=True)
class Retold:
    """The same story, told twice."""

    one: Story
    other: Story
    likeness: float
    """0 to 1."""

    @property
    def when(self) -> str:
        """Whether the other one was told before or later, seen from this one."""
        return "before" if _place(self.other) < _place(self.one) else "again later"


@dataclass(frozen=True)
class Retelling:
    """All the times that a story was told before, or later, as one remark."""

    when: str
    """As in `Retold`."""
    other: Story
    """The time that is nearest to this one."""
    likeness: float
    """0 to 1."""
    more: int
    """How many times it was told besides."""


def retellings(pairs: Iterable[Retold], turn: int) -> Iterator[Retelling]:
    """What is to be said of the story that was told from this turn on."""
    told: dict[str, list[Retold]] = {}
    for pair in pairs:
        if pair.one.turn == turn:
            told.setdefault(pair.when, []).append(pair)
    for when, found in sorted(told.items(), reverse=True):  # What was before comes first.
        found.sort(key=lambda pair: _place(pair.other), reverse=when == "before")
        yield Retelling(when, found[0].other, found[0].likeness, len(found) - 1)


def stories(session: Session) -> tuple[Story, ...]:
    """What was told in a session, by main question."""
    return tuple(
        Story(
            session.id, one.round, one.question, one.turns[0], _terms(session, one),
            started(session.created) or 0.0, session.retry_of,
        )
        for one in exchanges(session)
    )  # fmt: skip


def retold(told: Sequence[Story], session: str | None = None) -> tuple[Retold, ...]:
    """Pairs that are one story, the most alike first; only those of `session` where it is given.

    Two answers to the same question of the same session, or of one and its further attempts, never
    count: they ought to be the same.
    """
    attempts = {one.session: one.retry_of for one in told}
    told = [one for one in told if len(one.terms) >= FEWEST]
    likeness = _cosines(told)
    found = []
    for first, second in _alike(likeness):
        one, other = told[first], told[second]
        if session not in {None, one.session, other.session}:
            continue
        if one.question == other.question and _further(one, other, attempts):
            continue
        found.append(Retold(one, other, round(float(likeness[first, second]), 2)))
    return tuple(sorted(found, key=lambda pair: -pair.likeness))


def told_again(pairs: Sequence[Retold]) -> tuple[tuple[Story, ...], ...]:
    """Each story with all the times that it was told, the most often told first."""
    groups: dict[Story, list[Story]] = {}
    for pair in pairs:
        one = groups.setdefault(pair.one, [pair.one])
        other = groups.setdefault(pair.other, [pair.other])
        if one is not other:
            one.extend(other)
            groups.update(dict.fromkeys(other, one))
    unique = {id(group): group for group in groups.values()}.values()
    return tuple(
        tuple(sorted(group, key=_place)) for group in sorted(unique, key=len, reverse=True)
    )


def _place(story: Story) -> tuple[float, int]:
    """Sorts stories by the time at which they were told."""
    return story.moment, story.turn


def _further(one: Story, other: Story, attempts: Mapping[str, str | None]) -> bool:
    """Whether these are attempts at the same answer, or may be: one between them may be forgotten."""
    begun = {_first(one, attempts), _first(other, attempts)}
    return len(begun) == 1 or not begun <= attempts.keys()


def _first(story: Story, attempts: Mapping[str, str | None]) -> str:
    """The session that this one is a further attempt at, over all attempts between; or itself. One
    that was deleted, or told nothing, is no key of `attempts`."""
    found, seen = story.session, set[str]()
    while (before := attempts.get(found)) and found not in seen:
        seen.add(found)  # An imported file may say that it tries itself again.
        found = before
    return found


def _terms(session: Session, exchange: Exchange) -> frozenset[str]:
    """The words of the answers less those that the question itself suggests."""
    answers = [session.turns[index].answer for index in exchange.turns]
    said = _stems(" ".join(one.text for one in answers if one and one.control is None))
    asked = " ".join(session.turns[index].asked.text for index in exchange.turns)
    question = bank_question(session, exchange)
    if question:
        asked += " ".join((question.outline, *(point.statement for point in question.points)))
    return frozenset(said - _stems(asked))


def _stems(text: str) -> set[str]:
    words = (word for word in _WORD.findall(text.lower()) if word not in _COMMON)
    return {word[:_STEM] for word in words}


def _weights(told: Sequence[Story]) -> dict[str, float]:
    """How much a word gives away: the fewer stories hold it, the more."""
    held = Counter(term for one in told for term in one.terms)
    return {term: math.log(1 + (len(told) + 1) / count) for term, count in held.items()}


def _cosines(told: Sequence[Story]) -> "npt.NDArray[np.float32]":
    """How alike each two are, shape (stories, stories)."""
    import numpy as np

    weights = _weights(told)
    column = {term: place for place, term in enumerate(weights)}
    table = np.zeros((len(told), len(column)), dtype=np.float32)
    for row, one in enumerate(told):
        for term in one.terms:
            table[row, column[term]] = weights[term]
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    return table @ table.T


def _alike(likeness: "npt.NDArray[np.float32]") -> Iterator[tuple[int, int]]:
    """Places of the pairs that are one story, each pair once."""
    import numpy as np

    for first, second in np.argwhere(np.triu(likeness, k=1) >= SAME):
        yield int(first), int(second)
