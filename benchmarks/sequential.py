"""The baseline of `response_gap`: one thing after the other, with the product's own parts.

`python -m benchmarks.sequential ANSWER.wav ...` prints a line of JSON for each answer (it has a
JSON beside it, see `response_gap`): seconds by stage from the last voiced sample to the first
audible one. A silence of 1.5 s, then all is transcribed, then the answer is judged and the
model asked with nothing in its cache, then everything is rendered, then it is played. The
models are loaded before.
"""

import json
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.fixed_silence import SILENCE
from benchmarks.labels import read_label
from interviewer import build
from interviewer.brain import Brain
from interviewer.moves import exchange
from interviewer.record import kept_words
from interviewer.seams import Message
from interviewer.single import session_of, with_question
from rubrics.library import find
from sessions.model import Answer
from voice.audio import read_audio
from voice.loudspeaker import SystemLoudspeaker
from voice.seams import RATE, Clip
from voice.speaker import SystemSpeaker
from voice.words import joined


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]]
    with build.Workshop("embedded", None, "whisper-base") as shop:
        shop.transcriber.transcribe(read_audio(paths[0]).samples[: 5 * RATE])
        for path in paths:
            print(json.dumps({"answer": path.stem, **stages(path, shop)}), flush=True)


def stages(path: Path, shop: build.Workshop) -> dict[str, float]:
    """Seconds of each stage for one answer."""
    label = read_label(path)
    rubric, question = with_question(find(label.round), label.question, shop.likeness)
    samples = read_audio(path).samples[: round((label.end + SILENCE) * RATE)]
    # Something else, so that the cache holds nothing of use.
    shop.language_model.complete([Message("user", "Count to three.")], max_tokens=8)
    laps = Laps({"endpoint": SILENCE})
    words = shop.transcriber.transcribe(samples, rubric.vocabulary)
    laps.lap("transcribe")
    answer = Answer(
        text=joined(words),
        words=kept_words(words),
        seconds=len(samples) / RATE,
        audio=None,
        ended_by="turn",
    )
    session = session_of(rubric, question, answer, ())
    move = shop.director().probe(exchange(session))
    laps.lap("judge")
    sentences = Brain(shop.language_model).sentences(move, session)
    laps.lap("phrase")
    speaker = SystemSpeaker()
    clips = [speaker.render(one) for one in sentences]
    laps.lap("render")
    speaker.close()
    return {**laps.stages, "play": started(clips[0])}


class Laps:
    """A stopwatch."""

    def __init__(self, stages: dict[str, float]) -> None:
        self.stages = stages
        self._since = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.stages[name] = now - self._since
        self._since = now


def started(clip: Clip) -> float:
    """Seconds from the call to the first block in the sound card's hands; median of three."""
    found = []
    for _ in range(3):
        blocks: list[float] = []
        began = time.perf_counter()
        SystemLoudspeaker(tap=lambda *_: blocks.append(time.perf_counter())).play(  # noqa: B023
            Clip(clip.samples[: clip.rate // 2], clip.rate)
        )
        found.append(blocks[0] - began)
    return median(found)


if __name__ == "__main__":
    main()
