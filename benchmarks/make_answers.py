"""Make answers for `response_gap` and `endpointing`; they are no part of the repository.

`python -m benchmarks.make_answers --out DIR [--monologues DIR] [--recordings DIR]
[--questions JSONL --voice VOICE.onnx]`

--monologues: WAV files with a TextGrid of word times beside each. Stretches of real speech are
cut at silences and joined with 0.3-3 s of the speaker's own room noise.
--recordings: a folder with candidate.yaml (fixtures/audio is one); pauses of 0.3-3 s are put
into its own silences.
--questions: lines with question, round and answer, spoken by a Piper voice with thinking pauses
inside and between sentences.

Beside each WAV a JSON: question, round, end_of_speech, pauses (those of 0.3-3 s).
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import yaml

from benchmarks.jsonl import rows_of
from voice.activity import SpeechDetector
from voice.audio import level, read_audio
from voice.seams import FRAME, RATE, Samples
from voice.timeline import Timeline

SHORTEST, LONGEST = 0.3, 3.0
"""Seconds of the pauses that count."""
TAIL = 12.0
"""Seconds of room after the answer."""
LENGTHS = (20.0, 120.0)
"""Seconds; answers outside of these are left out."""
BLOCK = RATE // 20
"""Samples by which room noise is looked at for what is none."""
VOICELESS = 0.3
"""Chance of speech below which a frame is room. A piece of 0.3 s that the labels leave out came again
after the answer, and kept the interviewer waiting, rightly, for nine seconds."""
STANDS_OUT = 8.0
"""dB above the room's usual level from which a block is something else."""
Room = Callable[[float], Samples]


@dataclass(frozen=True)
class Part:
    """Speech, or a pause."""

    samples: Samples
    pause: bool = False


def write(folder: Path, name: str, parts: list[Part], question: str, round_id: str) -> None:
    """The answer and its label; skips one of the wrong length."""
    at, end = 0.0, 0.0
    pauses = []
    for part in parts:
        length = len(part.samples) / RATE
        if part.pause and at > 0 and SHORTEST <= length <= LONGEST:
            pauses.append([round(at, 3), round(at + length, 3)])
        at += length
        end = end if part.pause else at
    if not LENGTHS[0] <= end <= LENGTHS[1]:
        return
    label = {
        "question": question,
        "round": round_id,
        "end_of_speech": round(end, 3),
        "pauses": [pause for pause in pauses if pause[1] <= end],
    }
    samples = np.concatenate([part.samples for part in parts])
    soundfile.write(folder / f"{name}.wav", samples, RATE, subtype="PCM_16")
    (folder / f"{name}.json").write_text(json.dumps(label), encoding="utf-8")
    print(f"{name}: {end:.0f} s, {len(label['pauses'])} pauses", file=sys.stderr)


def noise(rng: np.random.Generator, source: Samples) -> Room:
    """Room noise of any length, cut at random from a speaker's own."""
    ring = np.concatenate([source, source[::-1]])

    def room(seconds: float) -> Samples:
        size = round(seconds * RATE)
        start = int(rng.integers(0, len(ring)))
        return np.tile(ring, 2 + size // len(ring))[start : start + size]

    return room


def still(room: Samples) -> Samples:
    """The room without what stands out from it: half words and clicks between the labelled words."""
    detector = SpeechDetector()
    frames = room[: len(room) // FRAME * FRAME].reshape(-1, FRAME)
    silent = [detector.push(frame).probability < VOICELESS for frame in frames]
    room = frames[np.array(silent, bool)].ravel()
    blocks = room[: len(room) // BLOCK * BLOCK].reshape(-1, BLOCK)
    loudness = np.array([level(block) for block in blocks])
    kept = blocks[loudness <= np.median(loudness) + STANDS_OUT] if len(blocks) else blocks
    return kept.ravel() if len(kept) else np.zeros(RATE, np.float32)


def thinking(rng: np.random.Generator) -> float:
    """Length of a thinking pause: most are around a second."""
    return float(np.clip(rng.lognormal(np.log(0.9), 0.6), SHORTEST, LONGEST))


def joined(stretches: list[Samples], rng: np.random.Generator, room: Room) -> list[Part]:
    """Speech with pauses between, and room around."""
    parts = [Part(room(0.5), True)]
    for stretch in stretches:
        parts += [Part(stretch), Part(room(thinking(rng)), True)]
    parts[-1] = Part(room(TAIL), True)
    return parts


def stretches_of(samples: Samples, gap: float) -> tuple[list[Samples], Samples]:
    """Speech between the silences of a recording, and what the room sounds like."""
    detector, timeline = SpeechDetector(), Timeline()
    for start in range(0, len(samples) - FRAME + 1, FRAME):
        timeline.push(detector.push(samples[start : start + FRAME]))
    gaps = [(a, b) for a, b in timeline.pauses if b - a >= gap]
    starts = [max(0.0, timeline.onset - 0.1), *(b - 0.1 for _, b in gaps)]
    ends = [*(a + 0.1 for a, _ in gaps), timeline.speech_end]
    rooms = [samples[round((a + 0.15) * RATE) : round((b - 0.15) * RATE)] for a, b in gaps]
    quiet = np.concatenate([one for one in rooms if len(one)] or [np.zeros(RATE, np.float32)])
    speech = [samples[round(a * RATE) : round(b * RATE)] for a, b in zip(starts, ends, strict=True)]
    return speech, quiet


def from_recordings(folder: Path, out: Path) -> None:
    """Each recorded answer, its silences made anew."""
    sheet = yaml.safe_load((folder / "candidate.yaml").read_text(encoding="utf-8"))
    for number, entry in enumerate(sheet["recordings"]):
        rng = np.random.default_rng(number)
        speech, quiet = stretches_of(read_audio(folder / entry["file"]).samples, 0.25)
        question = entry["question"]
        parts = joined(speech, rng, noise(rng, still(quiet)))
        write(out, f"recorded-{Path(entry['file']).stem}", parts, question, entry["round"])


def from_monologues(folder: Path, out: Path, versions: int) -> None:
    """Real speech: other stretches and other pauses in each version."""
    for path in sorted(folder.glob("*.wav")):
        grid = path.with_suffix(".TextGrid")
        if not grid.is_file():
            continue
        words = list(spoken(grid))
        samples = read_audio(path).samples
        gaps = [(a, b) for a, b, text in words if not text and b - a >= 0.25]
        quiet = np.concatenate(
            [samples[round((a + 0.1) * RATE) : round((b - 0.1) * RATE)] for a, b in gaps]
        )
        first = next(a for a, _, text in words if text)
        last = max(b for _, b, text in words if text)
        inner = [(a, b) for a, b in gaps if first < a and b < last]
        edges = [first, *(edge for gap in inner for edge in gap), last]
        speech = [
            samples[round(a * RATE) : round(b * RATE)]
            for a, b in zip(edges[::2], edges[1::2], strict=True)
        ]
        for version in range(versions):
            rng = np.random.default_rng(version)
            parts = joined(speech, rng, noise(rng, still(quiet)))
            name = f"real-{path.stem.split('_')[0]}-{version}"
            write(out, name, parts, "Tell me about your current work.", "behavioral")


def spoken(grid: Path) -> Iterator[tuple[float, float, str]]:
    """Start, end and text of each interval of the tier `words`; an empty text is silence."""
    lines = [line.strip().strip('"') for line in grid.read_text(encoding="utf-8").splitlines()]
    at = lines.index("words") + 4
    while at + 2 < len(lines) and re.fullmatch(r"[\d.]+", lines[at]):
        yield float(lines[at]), float(lines[at + 1]), lines[at + 2]
        at += 3


def from_texts(texts: Path, voice: Path, out: Path, count: int) -> None:
    """Written answers, spoken with pauses where people make them."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "fixtures" / "audio"))
    from make import Manner, Piper  # type: ignore[import-not-found]

    piper = Piper(voice)
    rows = rows_of(texts)
    rows = [row for row in rows if len(row["answer"].split()) > 70]
    for number, row in enumerate(rows[:: max(1, len(rows) // count)][:count]):
        rng = np.random.default_rng(number)
        manner = Manner(*((1.0, 1.0), (0.9, 1.06), (1.12, 1.0), (1.0, 1.15))[number % 4])
        room = noise(rng, rng.normal(0, 10 ** (-68 / 20), RATE).astype(np.float32))
        parts = [Part(room(0.5), True)]
        for clause, whole in clauses(row["answer"], rng):
            sound = piper.speak(clause, manner)
            loud = np.flatnonzero(np.abs(sound) > 0.004)
            sound = sound[loud[0] : loud[-1]]
            sound = (0.3 * sound / np.abs(sound).max()).astype(np.float32)
            long = not whole or rng.random() < 0.3
            pause = thinking(rng) if long else rng.uniform(0.15, 0.3)
            parts += [Part(sound + room(len(sound) / RATE)[: len(sound)]), Part(room(pause), True)]
        parts[-1] = Part(room(TAIL), True)
        write(out, f"spoken-{number:02d}", parts, row["question"], row["round"])


def clauses(text: str, rng: np.random.Generator) -> Iterator[tuple[str, bool]]:
    """What is said in one breath, and whether it ends a sentence."""
    for sentence in re.split(r"(?<=[.?!])\s+", text):
        kept = ""
        *inner, last = re.split(r"(?<=,)\s+|(?<=\bum)\s+|(?<=\buh)\s+|(?<=\bbecause)\s+", sentence)
        for clause in inner:
            kept = f"{kept} {clause}".strip()
            if rng.random() < 0.25 and len(kept.split()) > 1:
                yield kept, False
                kept = ""
        yield f"{kept} {last}".strip(), True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--monologues", type=Path)
    parser.add_argument("--recordings", type=Path)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--voice", type=Path)
    parser.add_argument("--count", type=int, default=20, help="answers from --questions")
    parser.add_argument("--versions", type=int, default=3, help="of each monologue")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.monologues:
        from_monologues(options.monologues, options.out, options.versions)
    if options.recordings:
        from_recordings(options.recordings, options.out)
    if options.questions and options.voice:
        from_texts(options.questions, options.voice, options.out, options.count)


if __name__ == "__main__":
    main()
