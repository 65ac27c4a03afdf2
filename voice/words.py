"""What was heard, as words with times."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """One recognised word."""

    text: str
    """As printed, with its punctuation, without surrounding blanks."""
    start: float
    """Seconds from the first sample of the recording."""
    end: float
    """Seconds from the first sample of the recording."""
    probability: float
    """The recogniser's own, 0 to 1."""


def joined(words: tuple[Word, ...]) -> str:
    """The words as one line of text."""
    return " ".join(word.text for word in words)
