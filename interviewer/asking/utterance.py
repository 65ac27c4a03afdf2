"""What may be spoken: the rules that each question of the interviewer passes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rubrics.asking import HINT, PRAISE, TWO_AT_ONCE

LONGEST = 30
"""Words in one follow-up; longer ones are lost on a listener."""
ALIKE = 0.6
"""Share of common content words from which two questions count as the same one."""

_MARKUP = re.compile(
    r"[*#`_|\"<>\[\]{}\\~^=]|https?:|\n|(^|\s)[-•–]\s|^\s*\d+[.)]\s|[\U0001F300-\U0001FAFF]"
)
_WRITTEN = re.compile(
    r"[()/;&@]|\betc\b|\b(candidate|rubric|interviewee|interviewer|the probe)\b", re.I
)
_ASKING = re.compile(
    r"\b(what|how|why|which|who|whose|whom|when|where|did|do|does|is|are|was|were|can|could|would|will"
    r"|have|has|had|should|walk|tell|describe)\b",
    re.IGNORECASE,
)
_FUNCTION_WORDS = frozenset(
    "a an and any are as at be been but by can could did do does for from had has have how i if in "
    "into is it its me my of on or our so than that the their them then there they this to up us was "
    "we were what when where which who why will with would you your yours about just more much one "
    "tell walk through describe exactly said mentioned say out not no".split()
)


@dataclass(frozen=True)
class Context:
    """What a follow-up is held against."""

    question: str
    """The main question."""
    said: tuple[str, ...] = ()
    """What the interviewer said before, in this session."""
    answer: str = ""
    """What the candidate said to this question."""
    probe: str = ""
    """The written probe; its words are allowed."""
    secrets: tuple[str, ...] = ()
    """Words of a strong answer: a hint, unless the candidate or the probe used them."""


def faults(text: str, context: Context) -> tuple[str, ...]:
    """The rules that `text` breaks, in words that a model can follow; empty where it may be said."""
    text = text.strip()
    found = [reason for reason, broken in _shape(text) if broken]
    if any(alike(text, earlier) >= ALIKE for earlier in context.said):
        found.append("it repeats what was asked before")
    if _restates(text, context.question):
        found.append("it asks the main question again")
    told = told_secrets(text, context)
    if told:
        found.append(f"it gives the answer away ({', '.join(told)})")
    return tuple(found)


def _shape(text: str) -> Iterable[tuple[str, bool]]:
    yield "it must be exactly one question", text.count("?") != 1 or not text.endswith("?")
    yield "ask one thing only", bool(TWO_AT_ONCE.search(text))
    yield f"at most {LONGEST} words", len(text.split()) > LONGEST
    yield "too short to be a question", len(text.split()) < 4 or not _ASKING.search(text)
    yield "no praise", bool(PRAISE.search(text))
    yield "no hint", bool(HINT.search(text))
    yield "no markup, no lists", bool(_MARKUP.search(text))
    yield "spoken language only, to the person", bool(_WRITTEN.search(text.replace("A/B", "AB")))
    yield "plain English letters", sum(ord(letter) > 0x2122 for letter in text) > 0


def told_secrets(text: str, context: Context) -> tuple[str, ...]:
    """Words of a strong answer that nobody has said yet."""
    allowed = stems(f"{context.question} {context.answer} {context.probe}")
    secret = stems(" ".join(context.secrets)) - allowed
    return tuple(sorted(stems(text) & secret))


def alike(one: str, other: str) -> float:
    """Common share of content words, 0 to 1, of the shorter text (overlap coefficient).

    1 where one is the other, or the other behind a few words, however short it is.
    """
    short, long = sorted((one.strip().casefold(), other.strip().casefold()), key=len)
    if short and long.endswith(short):
        return 1.0
    first, second = stems(one), stems(other)
    if not first or not second:
        return 0.0
    shared = len(first & second) / min(len(first), len(second))
    # Two words shared by two short questions prove nothing.
    return shared if min(len(first), len(second)) >= 3 else shared * 0.5


def _restates(text: str, question: str) -> bool:
    """True where most of `text` is in the question, and it holds a good part of the question."""
    asked, main = stems(text), stems(question)
    shared = len(asked & main)
    return shared >= 3 and shared >= ALIKE * len(asked) and shared >= 0.4 * len(main)


def content_words(text: str) -> list[str]:
    """Words that carry meaning, in lower case."""
    words = re.findall(r"[a-z0-9][a-z0-9'-]*", text.lower().replace("’", "'"))
    return [word for word in words if word not in _FUNCTION_WORDS]


def stems(text: str) -> set[str]:
    """Content words without their endings."""
    return {re.sub(r"(ing|ed|es|s|ly|e)$", "", word) for word in content_words(text)}
