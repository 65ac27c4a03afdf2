"""The baseline of `response_gap`: one thing after the other, with the product's own parts.

`python -m benchmarks.sequential ANSWER.wav ...` prints a line of JSON for each answer (it has a
JSON beside it, see `response_gap`): seconds by stage from the last voiced sample to the first
audible one. A silence of 1.5 s, then all is transcribed, then the answer is judged and the
model asked with nothing in its cache, then everything is rendered, then it is played. All models
are loaded before the end of speech.
"""

import json
import sys
import time
from functools import cached_property
from pathlib import Path
from statistics import median

from benchmarks.fixed_silence import SILENCE
from benchmarks.labels import Label, read_label
from interviewer import build
from interviewer.asking.brain import Brain
from interviewer.asking.director import Director
from interviewer.asking.moves import exchange
from interviewer.llm.chat import ChatModel
from interviewer.llm.engine import Engine
from interviewer.models import catalogue, installed
from interviewer.offline.single import session_of, with_question
from interviewer.record import kept_words, written_answer
from interviewer.seams import LanguageModel, Message
from rubrics.library import find
from sessions.model import Answer, ModelUsed, Session
from voice.audio import read_audio
from voice.loudspeaker import SystemLoudspeaker
from voice.seams import RATE, Clip
from voice.speaker import SystemSpeaker
from voice.words import joined


class Shop(build.Workshop):
    """The product's parts; nothing runs beside the language model here, so it stands back for
    nobody.
    """

    @cached_property
    def language_model(self) -> LanguageModel:
        name = catalogue.LANGUAGE
        engine = Engine(installed.path(name), name, nice=0)
        engine.start()
        used = ModelUsed(
            role="language",
            engine="llama.cpp on this machine",
            name=name,
            digest=catalogue.MODELS[name].digest,
            remote=False,
        )
        model = ChatModel(engine.ready, used, strong=False, embedded=True, patience=300.0)
        self._open.callback(engine.close)
        return model


def main() -> None:
    with Shop("embedded", None, catalogue.RECOGNISER) as shop:
        for name in sys.argv[1:]:
            label = read_label(Path(name))
            found = {"answer": label.name, "stages": stages(label, shop)}
            print(json.dumps(found), flush=True)


def stages(label: Label, shop: Shop) -> dict[str, float]:
    """Seconds of each stage for one answer."""
    rubric, question = with_question(find(label.round), label.question, shop.likeness)
    samples = read_audio(label.path).samples[: round((label.end + SILENCE) * RATE)]
    director = shop.director()
    shop.transcriber.transcribe(samples[round(label.lead * RATE) :][: 5 * RATE])
    warm(shop, director, session_of(rubric, question, written_answer("I trained it."), ()))
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
    move = director.probe(exchange(session))
    laps.lap("judge")
    sentences = Brain(shop.language_model).sentences(move, session)
    laps.lap("phrase")
    speaker = SystemSpeaker()
    clips = [speaker.render(one) for one in sentences]
    laps.lap("render")
    speaker.close()
    return {**laps.stages, "play": started(clips[0])}


def warm(shop: Shop, director: Director, session: Session) -> None:
    """Load what is left, with something else than the answer, so that no cache holds that."""
    director.probe(exchange(session))
    speaker = SystemSpeaker()
    speaker.render("One moment.")
    speaker.close()
    shop.language_model.complete([Message("user", "Count to three.")], max_tokens=8)


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
