"""How soon an interruption is noticed while the interviewer's own voice is in the room.

A room in virtual time: the interviewer's voice comes back 60 ms late with the room's
reverberation, the person speaks over it. Real parts: the echo canceller, the speech detector,
barge-in. The loudspeaker is imitated, with its buffer: what it holds stays as loud as it was.
Sounds that are not meant to interrupt are tried on headphones, too, without echo and canceller.
They are synthetic: the hums are 0.36 and 0.56 s long, and the cough is no speech for the detector,
so that it tests hardly more than silence does.

    python -m benchmarks.interrupting --voices fixtures/audio [--json]
"""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click
import numpy as np

from voice.activity import SpeechDetector
from voice.audio import level, read_audio
from voice.barge_in import CANCELLED, BargeIn
from voice.echo import EchoCanceller
from voice.loudspeaker import BUFFER, SOFT
from voice.seams import FRAME, RATE, Samples

STEP = FRAME / RATE
UTTERANCE = 20.0
"""Seconds for which the interviewer speaks."""
ECHO = -26.0
"""dBFS of the interviewer's voice at the microphone: a laptop's, at arm's length."""
SETTLED = 11.0
"""Seconds before anybody speaks: the canceller has heard most rooms by then."""
PATIENCE = 4.0
"""Seconds for which somebody talks over the interviewer."""
NOISE = -75.0
"""dBFS of the room."""

Kind = Literal["words", "mm-hm", "long mm-hm", "cough", "two coughs", "nobody"]


@dataclass(frozen=True)
class Trial:
    """Somebody makes a sound while the interviewer speaks."""

    kind: Kind
    louder: float
    """dB over the echo."""
    noticed: float | None
    """Seconds from its first sample to the stop, negative where it stopped before; None: never."""


class Headphones:
    """A microphone that hears the person alone; gives a frame at each look."""

    def __init__(self, person: Samples, chance: np.random.Generator) -> None:
        self._person = noisy(person, chance)
        self._at = 0

    @property
    def seconds(self) -> float:
        return self._at / RATE

    def pending(self) -> list[Samples]:
        begin, self._at = self._at, self._at + FRAME
        return [self._person[begin : self._at]]

    def put_back(self, frames: list[Samples]) -> None:
        """Nobody listens afterwards."""

    def flush(self) -> None:
        """Nothing waits."""


class Room:
    """Loudspeaker, air and microphone; gives a frame at each look."""

    def __init__(self, voice: Samples, person: Samples, chance: np.random.Generator) -> None:
        self._voice = voice
        self._person = noisy(person, chance)
        self._gain = np.ones(len(voice) + RATE, np.float32)
        self._path = air(chance)
        loud = level(np.convolve(voice[: 4 * RATE], self._path)[: 4 * RATE])
        self._path *= 10 ** ((ECHO - loud) / 20)
        self._out = np.zeros(len(self._path) - 1, np.float32)
        """What the air still holds."""
        self._echo = EchoCanceller()
        self._at = 0

    @property
    def seconds(self) -> float:
        return self._at / RATE

    @property
    def learnt(self) -> bool:
        return self._echo.learnt

    def lower(self, softly: bool) -> None:
        """The next sample that is not yet in the buffer is played like this."""
        self._gain[self._at + round(BUFFER * RATE) :] = SOFT if softly else 1.0

    def pending(self) -> list[Samples]:
        begin, self._at = self._at, self._at + FRAME
        played = (self._voice * self._gain[: len(self._voice)])[begin : self._at]
        self._echo.played(played, RATE, begin / RATE)
        self._out = np.concatenate([self._out, played])[-len(self._path) - FRAME + 1 :]
        heard = np.convolve(self._out, self._path, "valid")
        near = heard.astype(np.float32) + self._person[begin : self._at]
        return [self._echo.clean(near, begin / RATE)]

    def put_back(self, frames: list[Samples]) -> None:
        """Nobody listens afterwards."""

    def flush(self) -> None:
        """Nothing waits."""


def noisy(person: Samples, chance: np.random.Generator) -> Samples:
    """With the noise of the room."""
    noise = chance.standard_normal(len(person)).astype(np.float32)
    return person + 10 ** (NOISE / 20) * noise


def air(chance: np.random.Generator) -> Samples:
    """60 ms of air and buffers, then a tail that is 60 dB down after 0.2 to 0.5 s.

    It has from a quarter of the energy of the direct sound, as at a laptop, to three times as
    much, as with loudspeakers across the room.
    """
    tail = np.arange(round(0.3 * RATE)) / RATE
    decay = chance.standard_normal(len(tail)) * 10 ** (-3 * tail / chance.uniform(0.2, 0.5))
    decay *= 10 ** (chance.uniform(-6.0, 5.0) / 20) / np.linalg.norm(decay)
    decay[0] = 1.0
    return np.concatenate([np.zeros(round(0.06 * RATE)), decay]).astype(np.float32)


def trial(
    kind: Kind,
    voice: Samples,
    sound: Samples,
    louder: float,
    lowered: bool,
    seed: int,
) -> Trial:
    """One utterance of the interviewer, and what somebody does in it."""
    chance = np.random.default_rng(seed)
    begins = round(chance.uniform(SETTLED, SETTLED + 3.0) * RATE)
    person = np.zeros(round((UTTERANCE + 1) * RATE), np.float32)
    part = sound[: len(person) - begins]
    if len(part):
        person[begins : begins + len(part)] = part * 10 ** ((ECHO + louder - level(part)) / 20)
    room = Room(voice[: round(UTTERANCE * RATE)], person, chance)
    detector = SpeechDetector()
    barge_in = BargeIn(
        room,
        lambda frame: detector.push(frame).speech,
        enough=CANCELLED,
        trusted=lambda: room.learnt,
    )
    while room.seconds < UTTERANCE - 0.1:
        if barge_in():
            return Trial(kind, louder, room.seconds - begins / RATE)
        room.lower(lowered and barge_in.suspects())
    return Trial(kind, louder, None)


def on_headphones(kind: Kind, sound: Samples, seed: int) -> Trial:
    """The same without an echo and its canceller; the sound begins anywhere in a frame."""
    chance = np.random.default_rng(seed)
    begins = round(chance.uniform(1.0, 1.5) * RATE)
    person = np.zeros(begins + len(sound) + RATE, np.float32)
    person[begins : begins + len(sound)] = sound * 10 ** ((ECHO - level(sound)) / 20)
    microphone, detector = Headphones(person, chance), SpeechDetector()
    barge_in = BargeIn(microphone, lambda frame: detector.push(frame).speech)
    while microphone.seconds < (len(person) - FRAME) / RATE:
        if barge_in():
            return Trial(kind, 0.0, microphone.seconds - begins / RATE)
    return Trial(kind, 0.0, None)


def phrases(samples: Samples, length: float) -> list[Samples]:
    """Stretches that begin with a word and hold little silence."""
    detector = SpeechDetector()
    frames = [samples[i : i + FRAME] for i in range(0, len(samples) - FRAME, FRAME)]
    speech = np.array([detector.push(frame).speech for frame in frames])
    count, lead = round(length / STEP), round(0.2 / STEP)
    found: list[Samples] = []
    i = 0
    while i + count < len(speech):
        begins = speech[i] and not speech[max(0, i - lead) : i].any()
        if begins and speech[i : i + count].mean() > 0.8:
            found.append(samples[i * FRAME : (i + count) * FRAME])
            i += count
        i += 1
    return found


def cough(chance: np.random.Generator) -> Samples:
    """Two bursts of noise, 0.15 s each, that die away."""
    burst = np.arange(round(0.15 * RATE)) / RATE
    one = chance.standard_normal(len(burst)) * np.exp(-burst / 0.05)
    gap = np.zeros(round(0.12 * RATE))
    return np.concatenate([one, gap, 0.7 * one]).astype(np.float32)


def mm_hm(syllable: float = 0.15) -> Samples:
    """Two hummed syllables of so many seconds, the second one higher, and 0.06 s between them."""
    t = np.arange(round(syllable * RATE)) / RATE
    window = np.hanning(len(t))

    def hum(pitch: float) -> Samples:
        waves = sum(np.sin(2 * np.pi * pitch * k * t) / k**1.5 for k in range(1, 8))
        return (waves * window).astype(np.float32)

    return np.concatenate([hum(115.0), np.zeros(round(0.06 * RATE), np.float32), hum(150.0)])


def backchannels(chance: np.random.Generator) -> Iterable[tuple[Kind, Samples]]:
    """What is not meant to interrupt."""
    yield "mm-hm", mm_hm()
    yield "long mm-hm", mm_hm(0.25)
    yield "cough", cough(chance)
    gap = np.zeros(round(0.6 * RATE), np.float32)
    yield "two coughs", np.concatenate([cough(chance), gap, cough(chance)])


def trials(sounds: Path, each: int, lowered: bool, tick: Callable[[], None]) -> Iterable[Trial]:
    files = sorted(path for path in sounds.iterdir() if path.suffix in (".flac", ".wav"))
    read = [read_audio(path).samples for path in files]
    voices = [samples for samples in read if len(samples) > UTTERANCE * RATE]
    words = [part for samples in read for part in phrases(samples[: 120 * RATE], PATIENCE)]
    if not voices or not words:
        raise click.ClickException(f"{sounds} holds no recording of {UTTERANCE:.0f} s of speech.")
    for seed in range(each):
        chance = np.random.default_rng(seed)
        voice = voices[seed % len(voices)]
        for louder in (-6.0, 0.0, 6.0):
            said = words[int(chance.integers(len(words)))]
            yield trial("words", voice, said, louder, lowered, seed)
            tick()
        for kind, sound in backchannels(chance):
            yield trial(kind, voice, sound, 0.0, lowered, seed)
        tick()
        yield trial("nobody", voice, np.zeros(0, np.float32), 0.0, lowered, seed)
        tick()


def row(found: list[Trial]) -> dict[str, float | None]:
    """Share in which it was its own voice that it heard; share noticed within one and two seconds
    and at all, and the median of those, None where there are none."""
    times = [one.noticed for one in found if one.noticed is not None and one.noticed >= 0]
    return {
        "n": len(found),
        "itself": sum(one.noticed is not None and one.noticed < 0 for one in found) / len(found),
        "within_1_s": sum(t <= 1 for t in times) / len(found),
        "within_2_s": sum(t <= 2 for t in times) / len(found),
        "ever": len(times) / len(found),
        "p50": float(np.median(times)) if times else None,
    }


def by_kind(found: list[Trial]) -> dict[str, dict[str, float | None]]:
    """A row for each sound and loudness."""
    rows: dict[str, list[Trial]] = {}
    for one in found:
        rows.setdefault(f"{one.kind} {one.louder:+.0f} dB", []).append(one)
    return {kind: row(rows[kind]) for kind in sorted(rows)}


@click.command()
@click.option(
    "--voices",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder of recordings: the voices.",
)
@click.option("--each", default=40, show_default=True, help="Rooms.")
@click.option("--json", "as_json", is_flag=True)
def main(voices: Path, each: int, as_json: bool) -> None:
    """How soon an interruption is noticed, with the voice lowered at the first syllable or not,
    and what is taken for one on headphones."""
    table: dict[str, dict[str, dict[str, float | None]]] = {}
    for name, lowered in (("as loud as before", False), ("voice lowered", True)):
        with click.progressbar(length=5 * each, label=name, file=sys.stderr) as bar:
            found = list(trials(voices, each, lowered, lambda: bar.update(1)))
        table[name] = by_kind(found)
    table["headphones"] = by_kind(
        [
            on_headphones(kind, sound, seed)
            for seed in range(each)
            for kind, sound in backchannels(np.random.default_rng(seed))
        ]
    )
    if as_json:
        click.echo(json.dumps(table, indent=2))
        return
    for name, rows in table.items():
        click.echo(
            f"\n{name:22} {'n':>4} {'itself':>7} {'<= 1 s':>7} {'<= 2 s':>7} {'ever':>6} {'p50':>6}"
        )
        for kind, cells in rows.items():
            n, *shares, p50 = cells.values()
            click.echo(
                f"  {kind:20} {n:4}"
                + "".join(f"{share:8.0%}" for share in shares)
                + ("       -" if p50 is None else f"{p50:8.2f}")
            )


if __name__ == "__main__":
    main()
