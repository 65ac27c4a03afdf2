"""The transcript that grows while somebody talks."""

from dataclasses import dataclass

from voice.seams import RATE, Samples, Transcriber, Wanted, always
from voice.words import Word, joined

SETTLE = 22.0
"""Seconds of open sound from which its older part is settled. With 27, what Whisper takes in one
piece, a hearing took a sixth longer for as many word errors (7.8 % on synthesised answers, 11.2 % on
real ones; with 22 6.9 and 11.5 %). With 20, and 8 kept, real ones had 13.1 %; stretches of 2-5 s alone
22 % where the whole had 5 %."""
KEEP = 10.0
"""Seconds that stay open on either side of the cut, so that no words are heard without others."""


@dataclass(frozen=True)
class Sound:
    """An answer so far, cut at a pause."""

    samples: Samples
    """From its first sample on."""
    pauses: tuple[tuple[float, float], ...]
    """Where nobody spoke, in seconds."""


class Captions:
    """Hears the open end of an answer again at each pause, and settles what is far behind.

    Sound is settled at the longest pause in reach, never inside speech. The joined text is as
    good as one pass over the whole, and the work at a pause does not grow with the answer.
    """

    def __init__(self, transcriber: Transcriber, vocabulary: tuple[str, ...] = ()) -> None:
        """Start with nothing heard."""
        self._transcriber = transcriber
        self._vocabulary = vocabulary
        self._settled: tuple[Word, ...] = ()
        self._open = 0.0
        """Second from which sound is still open."""

    def hear(self, sound: Sound, wanted: Wanted = always) -> tuple[Word, ...]:
        """All words up to the end of this sound; raises `Unwanted` as the transcriber does."""
        start = round(self._open * RATE)
        words = self._transcriber.transcribe(
            sound.samples[start:], self._vocabulary, joined(self._settled[-40:]), wanted
        )
        fresh = self._once(tuple(_later(word, start / RATE) for word in words))
        boundary = self._boundary(sound)
        if boundary is not None:
            self._settled += tuple(word for word in fresh if _middle(word) < boundary)
            self._open = boundary
        return self._settled + tuple(word for word in fresh if _middle(word) >= self._open)

    def _once(self, fresh: tuple[Word, ...]) -> tuple[Word, ...]:
        """Without the first word where it is the last settled one, which reached across the cut.

        Whisper's times of words beside a pause are off by up to the pause's length.
        """
        last = self._settled[-1:]
        twice = last and last[0].end > self._open and fresh and _same(last[0], fresh[0])
        return fresh[1:] if twice else fresh

    def _boundary(self, sound: Sound) -> float | None:
        """Second up to which the sound is to be settled now, if at all."""
        end = len(sound.samples) / RATE
        if end - self._open < SETTLE:
            return None
        reach = [
            (pause[1] - pause[0], sum(pause) / 2)
            for pause in sound.pauses
            if self._open + KEEP <= pause[0] and pause[1] <= end - KEEP
        ]
        return max(reach)[1] if reach else None


def _later(word: Word, seconds: float) -> Word:
    return Word(word.text, word.start + seconds, word.end + seconds, word.probability)


def _middle(word: Word) -> float:
    return (word.start + word.end) / 2


def _same(one: Word, other: Word) -> bool:
    return one.text.strip(".,?!").casefold() == other.text.strip(".,?!").casefold()
