"""Sentence after sentence, spoken by the system's voice into a silent loudspeaker."""

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import numpy as np
import pytest
import soundfile

from voice.errors import VoiceError
from voice.loudspeaker import SilentLoudspeaker
from voice.mouth import SpeakingMouth, heard_words
from voice.seams import Clip
from voice.speaker import SystemSpeaker

SENTENCES = ("You rolled it back.", "What number told you to?")


@pytest.fixture(scope="module")
def speaker() -> Iterator[SystemSpeaker]:
    speaker = SystemSpeaker()
    yield speaker
    speaker.close()


def after(questions: int) -> "Iterator[bool]":
    yield from [False] * questions
    while True:
        yield True


def test_everything_is_said_and_kept(speaker: SystemSpeaker, tmp_path: Path) -> None:
    path = tmp_path / "said.flac"
    said = SpeakingMouth(speaker, SilentLoudspeaker()).say(SENTENCES, path)
    assert said.text == said.spoken == " ".join(SENTENCES)
    assert not said.interrupted
    samples, rate = soundfile.read(path)
    assert len(samples) / rate == pytest.approx(said.seconds, abs=0.001)
    assert said.seconds == pytest.approx(sum(speaker.render(s).seconds for s in SENTENCES))


def test_an_interruption_leaves_what_was_spoken(speaker: SystemSpeaker) -> None:
    answers = after(1)
    said = SpeakingMouth(speaker, SilentLoudspeaker(), stop=lambda: next(answers)).say(SENTENCES)
    assert said.interrupted
    assert said.spoken == SENTENCES[0]
    assert said.text == " ".join(SENTENCES)


def test_what_was_meant_is_kept_whole_and_not_rendered_where_it_is_stopped_at_once(
    tmp_path: Path,
) -> None:
    sentences = [f"This is sentence {number}." for number in range(6)]
    rendered: list[str] = []
    stopped = threading.Event()

    class Waiting:
        name = "a voice that is slower than the person"

        def render(self, text: str) -> Clip:
            rendered.append(text)
            if len(rendered) > 1:
                stopped.wait(5)
            return Clip(np.ones(100, np.float32), 1000)

    def stop() -> bool:
        stopped.set()
        return True

    path = tmp_path / "said.flac"
    said = SpeakingMouth(Waiting(), SilentLoudspeaker(), stop=stop).say(sentences, path)
    assert (said.text, said.spoken, said.interrupted) == (" ".join(sentences), "", True)
    assert len(rendered) < len(sentences)
    assert not path.exists(), "of nothing there is no sound"


def test_sentences_that_are_still_being_made_are_not_waited_for(
    speaker: SystemSpeaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voice.mouth._REST", 0.0)

    def endless() -> Iterator[str]:
        while True:
            yield "And so on."

    said = SpeakingMouth(speaker, SilentLoudspeaker(), stop=lambda: True).say(endless())
    assert said.interrupted


def test_no_thread_is_left(speaker: SystemSpeaker) -> None:
    before = threading.active_count()
    mouth = SpeakingMouth(speaker, SilentLoudspeaker(), stop=lambda: True)
    assert mouth.say(["One."] * 20).spoken == ""
    assert threading.active_count() == before


def test_the_next_sentence_is_waited_for_in_short_steps(
    speaker: SystemSpeaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Windows(Queue[object]):
        """There a plain wait blocks Ctrl-C."""

        def get(self, block: bool = True, timeout: float | None = None) -> object:
            assert timeout is not None or not self.empty()
            return super().get(block, timeout)

    monkeypatch.setattr("voice.mouth.Queue", Windows)
    said = SpeakingMouth(speaker, SilentLoudspeaker()).say(SENTENCES)
    assert said.spoken == " ".join(SENTENCES)


def test_an_error_of_the_sentences_reaches_the_caller(speaker: SystemSpeaker) -> None:
    def broken() -> Iterator[str]:
        yield SENTENCES[0]
        raise VoiceError("the model went away")

    before = threading.active_count()
    with pytest.raises(VoiceError, match="went away"):
        SpeakingMouth(speaker, SilentLoudspeaker()).say(broken())
    assert threading.active_count() == before


def test_nothing_to_say_is_nothing_said(speaker: SystemSpeaker, tmp_path: Path) -> None:
    said = SpeakingMouth(speaker, SilentLoudspeaker()).say(["  "], tmp_path / "said.flac")
    assert (said.text, said.spoken, said.seconds, said.interrupted) == ("", "", 0.0, False)
    assert not (tmp_path / "said.flac").exists()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, ""),
        (1.9, ""),
        (2.1, "what"),
        (3.9, "what told"),
        (4.9, "what told them"),
        (6.0, "what told them when"),
    ],
)
def test_heard_words_end_at_a_word(seconds: float, words: str) -> None:
    # One second of silence, four of voice, one of silence; four words of equal length.
    samples = np.zeros(6000, np.float32)
    samples[1000:5000] = 0.5
    assert heard_words("what told them when", Clip(samples, 1000), seconds) == words
