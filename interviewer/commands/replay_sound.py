"""What makes a replay audible, or lets its time pass in silence."""

import time
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

from voice.errors import VoiceError
from voice.resample import joined
from voice.seams import Clip, Loudspeaker

STEP = 0.04
"""Seconds between two looks at the keys."""


class Silent:
    """Lets as much time pass as playing would take."""

    def play(
        self,
        path: Path | None,
        start: float,
        seconds: float,
        speed: float,
        tick: Callable[[float], bool],
    ) -> None:
        """Wait in small steps."""
        at, last = start, time.monotonic()
        while at < seconds and not tick(at):
            time.sleep(STEP)
            now = time.monotonic()
            at += (now - last) * speed
            last = now


class Audible:
    """Plays recordings through a loudspeaker, at any speed without changing the pitch."""

    def __init__(self, loudspeaker: Loudspeaker) -> None:
        """Use that loudspeaker; the caller closes it."""
        self._loudspeaker = loudspeaker
        self._silent = Silent()

    def play(
        self,
        path: Path | None,
        start: float,
        seconds: float,
        speed: float,
        tick: Callable[[float], bool],
    ) -> None:
        """Play the rest of a recording; where there is none, let its time pass."""
        if path is None or not path.is_file():
            self._silent.play(path, start, seconds, speed, tick)
            return
        clip = stretched(read_from(path, start), speed)
        begun: float | None = None

        def stop() -> bool:
            nonlocal begun
            now = time.monotonic()
            begun = now if begun is None else begun
            return tick(start + (now - begun) * speed)

        self._loudspeaker.play(clip, stop)


def read_from(path: Path, start: float) -> Clip:
    """A recording from that second on; raises `VoiceError`."""
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            file.seek(min(file.frames, round(start * file.samplerate)))
            samples = file.read(dtype="float32", always_2d=True).mean(axis=1)
            return Clip(samples, file.samplerate)
    except (OSError, soundfile.LibsndfileError) as error:
        raise VoiceError(f"{path} cannot be played ({error}). Try --no-audio.") from error


def stretched(clip: Clip, speed: float) -> Clip:
    """The same sound, `speed` times as fast, at the same pitch (FFmpeg's atempo)."""
    if speed == 1.0 or not len(clip.samples):
        return clip
    import av
    from av.filter import Graph

    graph = Graph()
    source = graph.add_abuffer(
        sample_rate=clip.rate, format="flt", layout="mono", time_base=Fraction(1, clip.rate)
    )
    sink = graph.add("abuffersink")
    graph.link_nodes(source, graph.add("atempo", f"{speed:g}"), sink).configure()
    frame = av.AudioFrame.from_ndarray(clip.samples.reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate = clip.rate
    source.push(frame)
    source.push(None)
    pieces = []
    with suppress(av.EOFError, av.BlockingIOError):
        while isinstance(piece := sink.pull(), av.AudioFrame):
            pieces.append(piece)
    return Clip(joined(pieces), clip.rate)
