"""Sentences are sound before they are needed; a long silence is met with a word, not with a cut."""

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from time import sleep

import numpy as np
import pytest

from tests.scripted_transcriber import ScriptedTranscriber
from voice.audio import read_audio, write_audio
from voice.ears import LONG_SILENCE, PROMPTED, THINKING, StreamingEars
from voice.later import LaterEars
from voice.prepared import LEAD, PreparedSpeaker, begun
from voice.recorded import TAIL, RecordedCandidate
from voice.seams import RATE, Clip, Heard, Listening
from voice.speaker import SystemSpeaker

SPEECH = Path(__file__).parent.parent / "fixtures" / "audio" / "label-delay.flac"
SENTENCE = "What number told you to?"


@pytest.fixture
def speaker() -> Iterator[SystemSpeaker]:
    speaker = SystemSpeaker()
    yield speaker
    speaker.close()


def test_what_was_prepared_is_what_is_rendered(speaker: SystemSpeaker) -> None:
    prepared = PreparedSpeaker(speaker)
    prepared.prepare(SENTENCE)
    assert prepared.render(f" {SENTENCE} ") is prepared.render(SENTENCE)
    fresh = PreparedSpeaker(speaker).render(SENTENCE)
    assert np.array_equal(fresh.samples, prepared.render(SENTENCE).samples)


def test_it_begins_with_its_first_sound() -> None:
    sound = np.concatenate([np.zeros(RATE), np.full(100, 0.2), np.zeros(50)]).astype(np.float32)
    assert len(begun(Clip(sound, RATE)).samples) == round(LEAD * RATE) + 150
    silence = Clip(np.zeros(10, np.float32), RATE)
    assert begun(silence) is silence


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("answers") / "answer.flac"
    write_audio(path, Clip(read_audio(SPEECH).samples[: 3 * RATE], RATE))
    return path


def silence_after(answer: Path, text: str, patience: float = 1.0) -> tuple[Heard, int]:
    """The answer that ends in this text, and how often somebody was called."""
    calls: list[None] = []
    ears = StreamingEars(
        RecordedCandidate.from_files([answer]),
        ScriptedTranscriber([text]),
        prompt=lambda: calls.append(None),
    )
    heard = ears.listen(Listening(audio=None, patience=patience), lambda words: None)
    return heard, len(calls)


def test_somebody_who_trails_off_is_called_once_and_then_given_time(answer: Path) -> None:
    heard, calls = silence_after(answer, "So I did it because")
    assert (calls, heard.ended_by) == (1, "turn")
    assert heard.seconds - heard.speech_end >= LONG_SILENCE + PROMPTED
    assert heard.seconds - heard.speech_end < TAIL


def test_somebody_who_is_done_is_not_called(answer: Path) -> None:
    assert silence_after(answer, "And that's it, thanks.")[1] == 0


@pytest.mark.parametrize(("patience", "called"), [(1.0, 1), (0.5, 1), (3.0, 0)])
def test_somebody_who_thinks_before_the_first_word_is_called_and_waited_for(
    tmp_path: Path, answer: Path, patience: float, called: int
) -> None:
    thinking = np.zeros(round(THINKING * RATE * min(2.0, patience + 0.5)), np.float32)
    noise = np.random.default_rng(1).normal(0, 1e-4, len(thinking)).astype(np.float32)
    late = np.concatenate([noise, read_audio(answer).samples])
    write_audio(tmp_path / "late.flac", Clip(late, RATE))
    heard, calls = silence_after(tmp_path / "late.flac", "And that's it, thanks.", patience)
    assert (calls, heard.ended_by) == (called, "turn")
    assert heard.words


def test_with_patience_the_call_comes_later(answer: Path) -> None:
    assert silence_after(answer, "So I did it because", patience=4.0)[1] == 0


def test_ears_that_are_made_later_hear_the_same_and_are_waited_for_in_short_steps(
    answer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = Future[StreamingEars].result

    def at_once(job: "Future[StreamingEars]", timeout: float | None = None) -> StreamingEars:
        assert timeout is not None or job.done(), "a plain wait blocks Ctrl-C on Windows"
        return result(job, timeout)

    monkeypatch.setattr(Future, "result", at_once)

    def make() -> StreamingEars:
        sleep(0.2)
        return StreamingEars(
            RecordedCandidate.from_files([answer]), ScriptedTranscriber(["That's it, thanks."])
        )

    later = LaterEars(make)
    listening = Listening(audio=None)
    heard = later.listen(listening, lambda words: None)
    assert heard.words == make().listen(listening, lambda words: None).words
    later.close()
