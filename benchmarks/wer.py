"""Word errors of the product's transcript beside plain Whisper's.

`python -m benchmarks.wer --speech DIR [--whisper FOLDER] [--json]`. DIR holds sound files, each
with its verbatim text (fillers included) in a .txt beside it. Plain is faster-whisper with beam 5
and nothing else; product is `interview grade`'s transcript, with and without a vocabulary; joined
is what the ears hear at the pauses.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import jiwer

from voice.activity import SpeechDetector
from voice.answer import HEAR_AFTER
from voice.audio import read_audio
from voice.captions import Captions, Sound
from voice.delivery import FILLER
from voice.seams import FRAME, Samples
from voice.timeline import Timeline
from voice.transcriber import FasterWhisper
from voice.words import joined

VOCABULARY = ("gradient boosted trees", "XGBoost", "precision", "recall", "feature store", "AUC")
System = Callable[[Samples], str]


def plain(text: str) -> str:
    """Lower case, without punctuation."""
    return " ".join(re.findall(r"[a-z0-9']+", text.lower().replace("-", " ")))


def systems(folder: Path) -> dict[str, System]:
    """What is compared."""
    from faster_whisper import WhisperModel

    product = FasterWhisper(folder)
    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=2)

    def without_anything(samples: Samples) -> str:
        segments, _ = model.transcribe(samples, language="en", beam_size=5)
        return " ".join(segment.text for segment in segments)

    return {
        "plain": without_anything,
        "product": lambda samples: joined(product.transcribe(samples)),
        "product, vocabulary": lambda samples: joined(product.transcribe(samples, VOCABULARY)),
        "joined at pauses": lambda samples: at_pauses(samples, product),
    }


def at_pauses(samples: Samples, transcriber: FasterWhisper) -> str:
    """What the ears end up with."""
    detector, timeline, captions = SpeechDetector(), Timeline(), Captions(transcriber)
    words = ()
    heard_until = 0.0
    for start in range(0, len(samples) - FRAME + 1, FRAME):
        timeline.push(detector.push(samples[start : start + FRAME]))
        if timeline.speech_end > heard_until and timeline.silence >= HEAR_AFTER:
            words = captions.hear(Sound(samples[: start + FRAME], tuple(timeline.pauses)))
            heard_until = timeline.seconds
    if timeline.speech_end > heard_until:
        words = captions.hear(Sound(samples, tuple(timeline.pauses)))
    return joined(words)


def fillers(reference: str, heard: str) -> dict[str, float]:
    """How many fillers were found, by count in each aligned place."""
    there = found = right = 0
    output = jiwer.process_words(reference, heard)
    pairs = zip(output.alignments, output.references, output.hypotheses, strict=True)
    for alignment, words, other in pairs:
        there += sum(Counter(words)[filler] for filler in FILLER)
        found += sum(Counter(other)[filler] for filler in FILLER)
        for chunk in alignment:
            ours = words[chunk.ref_start_idx : chunk.ref_end_idx]
            theirs = other[chunk.hyp_start_idx : chunk.hyp_end_idx]
            right += sum(a in FILLER and b in FILLER for a, b in zip(ours, theirs, strict=False))
    return {"there": there, "found": found, "right": right}


def main() -> None:
    from interviewer import models

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speech", type=Path, required=True)
    parser.add_argument("--whisper", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    compared = systems(options.whisper or models.path("whisper-base"))
    rows = []
    for text in sorted(options.speech.glob("*.txt")):
        sounds = [text.with_suffix(kind) for kind in (".wav", ".flac")]
        reference = plain(text.read_text(encoding="utf-8"))
        samples = read_audio(next(path for path in sounds if path.exists())).samples
        for name, system in compared.items():
            heard = plain(system(samples))
            row = {"file": text.stem, "system": name, "wer": jiwer.wer(reference, heard)}
            rows.append(row | fillers(reference, heard))
            if not options.json:
                print(
                    f"{text.stem:20} {name:20} word errors {100 * rows[-1]['wer']:5.1f} %, "
                    f"fillers {rows[-1]['right']} of {rows[-1]['there']} "
                    f"({rows[-1]['found']} written)",
                    flush=True,
                )
    if options.json:
        print(json.dumps(rows))


if __name__ == "__main__":
    main()
