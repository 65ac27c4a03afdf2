"""A recogniser that needs no model: it knows what will be said."""

from collections.abc import Sequence

from voice.activity import SpeechDetector
from voice.seams import FRAME, Samples, Wanted, always
from voice.timeline import Timeline
from voice.words import Word


class ScriptedTranscriber:
    """Gives the first text for the first stretch of speech, the second for the second, …

    The last text stands for all further stretches. It finds stretches by listening (gaps of
    0.25 s part them), so it is for answers short enough to be heard in one piece.
    """

    name = "scripted"
    digest = ""
    GAP = 0.25

    def __init__(self, texts: Sequence[str]) -> None:
        """At least one text."""
        self._texts = texts

    def transcribe(
        self,
        samples: Samples,
        vocabulary: tuple[str, ...] = (),
        context: str = "",
        wanted: Wanted = always,
    ) -> tuple[Word, ...]:
        """Words spread evenly over each stretch."""
        detector, timeline = SpeechDetector(), Timeline()
        for start in range(0, len(samples) - FRAME + 1, FRAME):
            timeline.push(detector.push(samples[start : start + FRAME]))
        if not timeline.spoken:
            return ()
        gaps = [gap for gap in timeline.pauses if gap[1] - gap[0] >= self.GAP]
        starts = [timeline.onset, *(end for _, end in gaps)]
        ends = [*(start for start, _ in gaps), timeline.speech_end]
        words: list[Word] = []
        for number, (begin, end) in enumerate(zip(starts, ends, strict=True)):
            texts = self._texts[min(number, len(self._texts) - 1)].split()
            step = (end - begin) / max(1, len(texts))
            words += [
                Word(text, begin + step * at, begin + step * (at + 1), 1.0)
                for at, text in enumerate(texts)
            ]
        return tuple(words)
