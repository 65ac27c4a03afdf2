"""Speech to words with Whisper, and the gates that keep it from inventing any."""

import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voice.activity import FAINTEST
from voice.audio import level
from voice.errors import VoiceError
from voice.one_pass import Whisper, heard
from voice.seams import FRAME, RATE, Samples, Wanted, always
from voice.words import Word

if TYPE_CHECKING:
    from faster_whisper.transcribe import Segment
    from faster_whisper.transcribe import Word as Spoken

FILLERS = ("uh", "er", "hmm", "um")
"""Whisper leaves fillers out unless its prompt shows them."""
WINDOW = 27.0
"""Seconds of speech given to Whisper in one piece: its 30 s less the margins."""
BEFORE, AFTER = 0.8, 0.4
"""Seconds of sound around speech that Whisper hears, too: Silero is late at soft fillers."""
KEPT = 2.0
"""Longest silence inside of a window that stays as it was; longer ones shrink to the margins."""
HOLE = 2.0
"""Seconds of speech without a word, after which it is heard once more by itself."""
Span = tuple[int, int]
"""First sample and the one after the last."""
TERMS = 80
"""Characters of vocabulary in the prompt. With 160, Whisper dropped fillers again (3 of 15 lost
more) and began to recite the terms over silence."""
CONTEXT = 120
"""Characters of the text before that Whisper gets to read."""
LOOPED = 2.4
"""Compression ratio from which text counts as a loop: Whisper's own threshold."""
_INVENTED = re.compile(
    r"(thank you|thanks) (so much |very much )?for (watching|listening|your attention)"
    r"|(please )?(like and )?subscribe|subtitles? by|transcri(bed|ption) by|amara\.org"
    r"|see you (in the )?next (video|time)",
    re.IGNORECASE,
)
"""What Whisper learned from the ends of videos, and says over silence."""
_SHORT_INVENTED = frozenset({"thank you", "thanks", "you", "bye", "okay", "oh", "so"})
"""Believed only where the recogniser is sure."""
_FILLER = frozenset((*FILLERS, "ah"))
_SOUNDLESS = 0.03
"""Seconds below which the aligner has found no sound for a word."""
_SHORTEST_FILLER = 0.1
"""Seconds. Those of the development recordings last .18 to 1.4; what the prompt made Whisper invent
beside them, 0 and .06."""
_LEAST_FILLER = 0.003
"""Probability below which a filler is the prompt's: those that were said had .009 and more, one that
was written for the broken-off beginning of a word .0009."""


class FasterWhisper:
    """faster-whisper on the CPU (int8).

    Each call is cut at silences into windows that Whisper takes in one piece, since only then
    its prompt (fillers, words before) holds for all of them. Greedy temperature only, so that
    the same sound gives the same words. Raises `VoiceError` where the folder is no model.
    """

    def __init__(self, folder: Path, *, digest: str | None = None, threads: int = 2) -> None:
        """Load the model in `folder`; `digest` is the SHA-256 of its model.bin, where known."""
        from tqdm import tqdm  # type: ignore[import-untyped]

        self._weights = folder / "model.bin"
        if not self._weights.is_file():
            raise VoiceError(
                f"There is no Whisper model in {folder}. Run `interview models fetch`."
            )
        self.name = folder.name
        if digest is not None:
            self.digest = digest
        # faster-whisper makes a progress bar even where none is shown, and tqdm starts a thread
        # that stays; without an interval it does not.
        tqdm.monitor_interval = 0
        try:
            self._model = Whisper(folder, threads)
        except (RuntimeError, ValueError, OSError) as error:
            raise VoiceError(
                f"The Whisper model in {folder} cannot be loaded. Run `interview models check`."
            ) from error

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the weights; read from the file only where it was not given."""
        with self._weights.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def transcribe(
        self,
        samples: Samples,
        vocabulary: tuple[str, ...] = (),
        context: str = "",
        wanted: Wanted = always,
    ) -> tuple[Word, ...]:
        """Words with times from the first sample; empty for silence and noise.

        `samples` come at 16 kHz; `context` is the text before them. Raises `Unwanted` where
        `wanted` turns false before the words are known.
        """
        words: list[Word] = []
        for window in _windows(_speech(samples)):
            before = " ".join([context, *(word.text for word in words)])
            line = f"{_tail(before)} {prompt(vocabulary)}"
            found = self._window(samples, _pieces(window, len(samples)), line, wanted)
            for hole in skipped(window, found):
                found += self._window(samples, _within(hole, found, len(samples)), line)
                found.sort(key=lambda word: word.start)
            words += found
        return without_loops(tuple(words))

    def _window(
        self, samples: Samples, pieces: list[dict[str, int]], prompt: str, wanted: Wanted = always
    ) -> list[Word]:
        from faster_whisper.vad import SpeechTimestampsMap

        sound = np.concatenate([samples[one["start"] : one["end"]] for one in pieces])
        segments = heard(self._model, sound, prompt.strip(), wanted)
        if _worst(segments) > LOOPED:
            again = heard(self._model, sound, "", slowly=True)
            segments = min(segments, again, key=_worst)
        times = SpeechTimestampsMap(pieces, RATE)
        words = []
        for word in itertools.chain.from_iterable(map(whole_words, _believed(segments))):
            # Both ends belong to one piece: a word does not span the silence cut out.
            piece = times.get_chunk_index((word.start + word.end) / 2)
            words.append(
                Word(
                    text=word.word.strip(),
                    start=float(times.get_original_time(word.start, piece)),
                    end=float(times.get_original_time(word.end, piece)),
                    probability=float(word.probability),
                )
            )
        return [word for word in words if re.search(r"\w", word.text) and not only_prompted(word)]


def only_prompted(word: Word) -> bool:
    """Whether it is a filler that nobody said: the prompt makes Whisper write a few."""
    doubtful = word.end - word.start < _SHORTEST_FILLER or word.probability < _LEAST_FILLER
    return doubtful and re.sub(r"\W", "", word.text.lower()) in _FILLER


def without_loops(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Leave one of a phrase that comes over and over again.

    People do say a word four times; a single word counts as a loop from the sixth on, a phrase
    of up to eight words from the fourth.
    """
    kept: list[Word] = []
    index = 0
    keys = [re.sub(r"\W", "", word.text.lower()) for word in words]
    while index < len(words):
        size, times = _loop_at(keys, index)
        kept += words[index : index + size]
        index += size * times
    return tuple(kept)


def _loop_at(keys: list[str], index: int) -> tuple[int, int]:
    """Length and count of the loop that starts here; (1, 1) where none does."""
    for size in range(1, 9):
        phrase = keys[index : index + size]
        times = 1
        while keys[index + size * times : index + size * (times + 1)] == phrase:
            times += 1
        if times >= (6 if size == 1 else 4):
            return size, times
    return 1, 1


def _speech(samples: Samples) -> list[Span]:
    """Stretches of speech that are loud enough to be meant, in samples."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(
        threshold=0.35,  # Lone fillers are soft; the gates on the text catch what else gets in.
        min_speech_duration_ms=100,
        max_speech_duration_s=WINDOW,
        min_silence_duration_ms=150,
        speech_pad_ms=0,
    )
    found = get_speech_timestamps(np.ascontiguousarray(samples, np.float32), options)
    spans = [(one["start"], one["end"]) for one in found]
    return [span for span in spans if _loudest(samples[slice(*span)]) > FAINTEST + 6]


def _loudest(samples: Samples) -> float:
    """dBFS of the loudest tenth of a second."""
    size = 3 * FRAME
    return max(level(samples[at : at + size]) for at in range(0, max(1, len(samples)), size))


def _windows(speech: list[Span]) -> list[list[Span]]:
    """Neighbours put together into windows that Whisper takes in one piece.

    What is too long is halved at the longest pause in its middle, so that no window is short:
    Whisper hears a short piece much worse than a long one.
    """
    if not speech:
        return []
    start, length = speech[0][0], speech[-1][1] - speech[0][0]
    if length <= WINDOW * RATE or len(speech) == 1:
        return [speech]
    middle = [
        at
        for at in range(1, len(speech))
        if 0.25 * length <= speech[at][0] - start <= 0.75 * length
    ]
    cut = max(middle or range(1, len(speech)), key=lambda at: speech[at][0] - speech[at - 1][1])
    return [*_windows(speech[:cut]), *_windows(speech[cut:])]


def _pieces(window: list[Span], total: int) -> list[dict[str, int]]:
    """What Whisper gets to hear of a window: its sound as it is, long silences cut short."""
    before, after, kept = (round(seconds * RATE) for seconds in (BEFORE, AFTER, KEPT))
    pieces: list[dict[str, int]] = []
    for start, end in window:
        if pieces and start + after - pieces[-1]["end"] <= kept:
            pieces[-1]["end"] = min(total, end + after)
        else:
            pieces.append({"start": max(0, start - before), "end": min(total, end + after)})
    return pieces


def skipped(window: list[Span], words: list[Word]) -> list[list[Span]]:
    """The speech between two words from which no word came, where it is long enough.

    Now and then Whisper jumps from the end of one sentence to the beginning of a later one.
    """
    ends = [window[0][0], *(round(word.end * RATE) for word in words)]
    starts = [*(round(word.start * RATE) for word in words), window[-1][1]]
    gaps = [
        [
            (max(start, end), min(stop, begin))
            for start, stop in window
            if start < begin and end < stop
        ]
        for end, begin in zip(ends, starts, strict=True)
        if end < begin
    ]
    return [one for one in gaps if sum(stop - start for start, stop in one) >= HOLE * RATE]


def _within(hole: list[Span], words: list[Word], total: int) -> list[dict[str, int]]:
    """What Whisper gets to hear of a hole: nothing of the words beside it."""
    pieces = _pieces(hole, total)
    before = [round(word.end * RATE) for word in words if word.end * RATE <= hole[0][0]]
    after = [round(word.start * RATE) for word in words if word.start * RATE >= hole[-1][1]]
    pieces[0]["start"] = max([pieces[0]["start"], *before])
    pieces[-1]["end"] = min([pieces[-1]["end"], *after])
    return pieces


def prompt(vocabulary: tuple[str, ...]) -> str:
    """A line of hesitant speech that holds the most important terms.

    Terms as `hotwords` beside a prompt of fillers made Whisper forget the fillers; mixed, it
    keeps both (measured: docs/endpointing.md).
    """
    text, length = "Um", 0
    fillers = itertools.cycle(FILLERS)
    for term in vocabulary:
        length += len(term)
        if length > TERMS:
            break
        text += f", {term}, {next(fillers)}"
    return f"{text}, ah." if length else "Um, uh, hmm, er, ah."


def _tail(context: str) -> str:
    """The last words of the context, whole."""
    context = context.strip()
    return context if len(context) <= CONTEXT else context[-CONTEXT:].partition(" ")[2]


def _worst(segments: "list[Segment]") -> float:
    return max((segment.compression_ratio for segment in segments), default=0.0)


def whole_words(pieces: "Iterable[Spoken]") -> "Iterator[Spoken]":
    """The aligner's pieces put together to what is written as one word.

    It gives "5.8%" in three pieces, "co-worker" in two; each but the first has no blank before it.
    """
    word: Spoken | None = None
    for piece in pieces:
        if word is None or piece.word.startswith(" "):
            if word is not None:
                yield word
            word = piece
        else:
            sure = min(word.probability, piece.probability)
            word = replace(word, word=word.word + piece.word, end=piece.end, probability=sure)
    if word is not None:
        yield word


def _believed(segments: "list[Segment]") -> "Iterable[Iterable[Spoken]]":
    return (segment.words or () for segment in segments if _believable(segment))


def _believable(segment: "Segment") -> bool:
    """False for what Whisper says where nothing was said."""
    text = segment.text.strip()
    doubtful = segment.avg_logprob < -1.0 and segment.no_speech_prob > 0.4
    if doubtful or _squeezed(segment) or _INVENTED.search(text):
        return False
    terms = re.findall(r"[a-z']+", text.lower())
    if " ".join(terms) in _SHORT_INVENTED:
        return bool(segment.avg_logprob > -0.8 and segment.no_speech_prob < 0.5)
    # The prompt read back: all of its fillers, and nothing else.
    return not (len(terms) >= 4 and set(terms) >= set(FILLERS) and set(terms) <= _FILLER)


def _squeezed(segment: "Segment") -> bool:
    """Whether there is no sound for most of its words: the aligner gives them no time at all."""
    words = segment.words or ()
    squeezed = [word for word in words if word.end - word.start < _SOUNDLESS]
    return 2 * len(squeezed) > len(words) > 2
