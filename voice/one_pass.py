"""One pass of Whisper over a piece of sound, without its own cutting into segments.

faster-whisper's `transcribe` lets the model set timestamps, and hears what comes after the last
one again: another encoder pass over some tenths of a second of silence, now and then a whole
second text. A piece that fits into Whisper's 30 s needs none of that: without timestamps word
errors were the same (7.4 % on two monologues), in 70 % of the time, and in 15 % at worst.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voice.errors import Unwanted
from voice.seams import Samples, Wanted, always

if TYPE_CHECKING:
    import numpy.typing as npt
    from ctranslate2 import StorageView  # type: ignore[import-untyped]
    from ctranslate2.models import WhisperGenerationResult  # type: ignore[import-untyped]
    from faster_whisper.transcribe import Segment, Word

    Features = npt.NDArray[np.float32]

FULL, SHORTEST, SILENCE = 3000, 800, 200
"""Frames of 10 ms: the 30 s that Whisper was trained on, and the shortest input with the silence
at its end that the encoder is given in their place. On 851 s of speech word errors were 8.0 % with
30 s and 8.3 % with these (five beams each; 8.2 % with two), and the encoder takes 0.1 to 0.4 s in
the place of 0.55. The chance of English differed by no more than .02 in German and French pieces."""
BEAM = 2
"""Texts that the decoder follows at the same time."""
LONGEST = 448
"""Tokens of prompt and text together: the model's own limit."""
_BEFORE, _AFTER = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"
"""Punctuation that is joined to the word after or before it; faster-whisper's own choice."""


FOREIGN = 0.15
"""Chance of English below which the words of a piece are no surer than that. Pieces of English
speech had .26 and more (two speakers of monologues, readers, synthesised voices, cut anywhere),
German and French ones .11 and less, with whisper-base."""
TELLING = 4.0
"""Seconds of sound below which the language is not asked for: an "um" may be of any."""


PLAIN = 0.8
"""Mean probability of the words from which it is not asked either: English answers have .9, German
heard as English .55. Asking costs a twentieth of a hearing."""


class Whisper:
    """A Whisper model whose encoder and decoder are given threads apart.

    The encoder is one large product after the other and gains from each core. The decoder makes a
    hundred small steps, and threads that wait for each other at each of them cost more than they
    do: with beam 5 on two cores 1.2 s on one thread, 1.5 s on two, and 1.1 s with the encoder
    alone on two. The weights are in memory twice (110 MB more with base).
    """

    def __init__(self, folder: Path, threads: int) -> None:
        """Load `folder` for the CPU, int8; raises what ctranslate2 raises."""
        from ctranslate2.models import Whisper as Encoder
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer

        self.decoder = WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True
        )
        self._encoder = Encoder(
            str(folder), device="cpu", compute_type="int8", intra_threads=threads
        )
        self.tokenizer = Tokenizer(
            self.decoder.hf_tokenizer,
            self.decoder.model.is_multilingual,
            task="transcribe",
            language="en",
        )

    def encode(self, features: "Features") -> "StorageView":
        """The encoder's states for one piece of 8 to 30 s."""
        from ctranslate2 import StorageView

        return self._encoder.encode(StorageView.from_array(np.ascontiguousarray(features[None])))


def heard(
    whisper: Whisper,
    sound: Samples,
    prompt: str,
    wanted: Wanted = always,
    *,
    slowly: bool = False,
) -> "list[Segment]":
    """A segment with word times for each sentence; `sound`: at most 30 s at 16 kHz.

    Greedy temperature only; `prompt` may be empty. The language is English: other speech comes out
    as English words, too, and where they are unsure (`PLAIN`) and the language is another one
    (`FOREIGN`), their probability is at most the chance that it is English.
    `slowly`: with all the silence that the model was trained on.
    The compression ratio and the chance that nobody spoke are the whole piece's.
    Raises `Unwanted` where `wanted` says so between encoder and decoder.
    """
    extractor = whisper.decoder.feature_extractor
    features = extractor(sound)
    encoded = whisper.encode(_padded(features, FULL if slowly else SHORTEST))
    if not wanted():
        raise Unwanted
    # Frames of 10 ms; the extractor adds one.
    frames = min(features.shape[-1] - 1, extractor.nb_max_frames)
    piece = _piece(whisper, encoded, _decoded(whisper, encoded, prompt), frames)
    words = piece.words or []
    ask = frames >= TELLING * 100 and _certainty(words) < PLAIN
    sure = english(whisper, encoded) if ask else 1.0
    return [_part(piece, sentence, sure) for sentence in _sentences(words)]


def _decoded(whisper: Whisper, encoded: "StorageView", prompt: str) -> "WhisperGenerationResult":
    """The text as tokens, without times."""
    from faster_whisper.transcribe import get_suppressed_tokens

    model, tokenizer = whisper.decoder, whisper.tokenizer
    before = tokenizer.encode(f" {prompt}") if prompt else []
    (result,) = model.model.generate(
        encoded,
        [model.get_prompt(tokenizer, before, without_timestamps=True)],
        beam_size=BEAM,
        max_length=LONGEST,
        return_scores=True,
        return_no_speech_prob=True,
        suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
    )
    return result


def _piece(
    whisper: Whisper, encoded: "StorageView", result: "WhisperGenerationResult", frames: int
) -> "Segment":
    """The whole text with the times of its words."""
    from faster_whisper.transcribe import Segment, Word, get_compression_ratio

    tokens = result.sequences_ids[0]
    timed = {"seek": 0, "start": 0.0, "end": frames / 100, "tokens": tokens}
    whisper.decoder.add_word_timestamps(
        [[timed]], whisper.tokenizer, encoded, frames, _BEFORE, _AFTER, 0.0
    )
    text = whisper.tokenizer.decode(tokens)
    return Segment(
        id=0,
        seek=0,
        start=0.0,
        end=frames / 100,
        text=text,
        tokens=tokens,
        avg_logprob=result.scores[0] * len(tokens) / (len(tokens) + 1),
        compression_ratio=get_compression_ratio(text),
        no_speech_prob=result.no_speech_prob,
        words=[Word(**word) for word in timed.get("words", [])],
        temperature=0.0,
    )


def _padded(features: "Features", shortest: int) -> "Features":
    """With as much silence behind it as Whisper needs to end, in the place of 30 s in all."""
    from faster_whisper.audio import pad_or_trim

    frames = max(features.shape[-1] + SILENCE, shortest)
    padded: Features = pad_or_trim(features, min(frames + frames % 2, FULL))
    return padded


def english(whisper: Whisper, encoded: "StorageView") -> float:
    """The model's chance that a piece is English; 1 where the model knows nothing else."""
    model = whisper.decoder.model
    if not model.is_multilingual:
        return 1.0
    (found,) = model.detect_language(encoded)
    return float(dict(found)["<|en|>"])


def _certainty(words: "Sequence[Word]") -> float:
    return math.fsum(word.probability for word in words) / max(1, len(words))


def _doubted(word: "Word", english: float) -> "Word":
    if english >= FOREIGN:
        return word
    return replace(word, probability=min(word.probability, english))


def _sentences(words: "Sequence[Word]") -> "Iterator[list[Word]]":
    sentence: list[Word] = []
    for word in words:
        sentence.append(word)
        if word.word.rstrip("\"'”)").endswith((".", "?", "!")):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _part(piece: "Segment", words: "list[Word]", english: float) -> "Segment":
    """One sentence, so that what is made up goes without what was said beside it."""
    sure = math.fsum(math.log(max(word.probability, 1e-6)) for word in words) / len(words)
    return replace(
        piece,
        start=words[0].start,
        end=words[-1].end,
        text="".join(word.word for word in words),
        words=[_doubted(word, english) for word in words],
        avg_logprob=sure,
    )
