"""Word errors of the product's transcript beside plain Whisper's.

`python -m benchmarks.wer --speech DIR [--whisper FOLDER] [--json]`. DIR holds sound files, each
with its verbatim text (fillers included) in a .txt beside it; texts without words or without sound
are left out with a note. The row "all" is over all words together. Plain is faster-whisper with beam 5
and nothing else; product is `interview grade`'s transcript, with and without a vocabulary; joined
is what the ears hear at the pauses.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def fillers(reference: str, heard: str) -> dict[str, int]:
    """How many fillers were found, by count in each aligned place."""
    there = found = right = 0
    output = jiwer.process_words(reference, heard)
    parts = zip(output.alignments, output.references, output.hypotheses, strict=True)
    for alignment, words, other in parts:
        there += sum(Counter(words)[filler] for filler in FILLER)
        found += sum(Counter(other)[filler] for filler in FILLER)
        for chunk in alignment:
            ours = words[chunk.ref_start_idx : chunk.ref_end_idx]
            theirs = other[chunk.hyp_start_idx : chunk.hyp_end_idx]
            right += sum(a in FILLER and b in FILLER for a, b in zip(ours, theirs, strict=False))
    return {"there": there, "found": found, "right": right}


@dataclass(frozen=True)
class Spoken:
    """A sound file and what is said in it."""

    sound: Path
    words: str


def pairs(folder: Path) -> list[Spoken]:
    """Sound files with words; what lacks the one or the other is named on stderr."""
    found = []
    for text in sorted(folder.glob("*.txt")):
        sounds = [text.with_suffix(kind) for kind in (".wav", ".flac")]
        sound = next((path for path in sounds if path.exists()), None)
        words = plain(text.read_text(encoding="utf-8-sig"))
        if sound and words:
            found.append(Spoken(sound, words))
        else:
            lacks = "has no words" if sound else "has no .wav or .flac beside it"
            print(f"{text.name} {lacks}: left out", file=sys.stderr)
    return found


def row(file: str, system: str, spoken: list[str], heard: list[str]) -> dict[str, Any]:
    """Word errors and fillers over all words together."""
    each = [fillers(*pair) for pair in zip(spoken, heard, strict=True)]
    sums = {name: sum(one[name] for one in each) for name in each[0]}
    return {"file": file, "system": system, "wer": jiwer.wer(spoken, heard), **sums}


def tell(one: dict[str, Any]) -> None:
    print(
        f"{one['file']:20} {one['system']:20} word errors {100 * one['wer']:5.1f} %, "
        f"fillers {one['right']} of {one['there']} ({one['found']} written)",
        flush=True,
    )


def main() -> None:
    from interviewer.models import installed

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speech", type=Path, required=True)
    parser.add_argument("--whisper", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    all_spoken = pairs(options.speech)
    if not all_spoken:
        parser.error(f"{options.speech} holds no sound file with its words in a .txt beside it")
    compared = systems(options.whisper or installed.path("whisper-base"))
    heard: dict[str, list[str]] = {name: [] for name in compared}
    rows = []
    for spoken in all_spoken:
        samples = read_audio(spoken.sound).samples
        for name, system in compared.items():
            heard[name].append(plain(system(samples)))
            rows.append(row(spoken.sound.stem, name, [spoken.words], heard[name][-1:]))
            if not options.json:
                tell(rows[-1])
    whole = [
        row("all", name, [one.words for one in all_spoken], texts) for name, texts in heard.items()
    ]
    if options.json:
        print(json.dumps(rows + whole))
        return
    for one in whole:
        tell(one)


if __name__ == "__main__":
    main()
