"""Ears record an answer, hear it at its pauses, and know when it has ended."""

import threading
from _thread import interrupt_main
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import sleep

import numpy as np
import pytest

from tests.scripted_transcriber import ScriptedTranscriber
from voice.activity import SpeechDetector
from voice.answer import GrowingAnswer
from voice.audio import read_audio, write_audio
from voice.captions import Captions
from voice.ears import (
    BREATH,
    LONG_SILENCE,
    PROMPTED,
    AnswerBroken,
    AnswerInterrupted,
    StreamingEars,
    Wits,
)
from voice.endpointing import Policy
from voice.errors import Unwanted, VoiceError
from voice.observer import Hearing, Nobody
from voice.portaudio import DeviceError
from voice.recorded import RecordedCandidate
from voice.seams import (
    FRAME,
    RATE,
    Candidate,
    Clip,
    Heard,
    Listening,
    Samples,
    Wanted,
    always,
)
from voice.turn_model import TurnModel
from voice.words import Word, joined

SPEECH = Path(__file__).parent.parent / "fixtures" / "audio" / "label-delay.flac"
WORDS = ("I would wait for the labels.", "And then train on them.")


class Microphone:
    """Delivers given frames at once, then does something."""

    name = "a test microphone"
    realtime = True
    overflows = 0

    def __init__(self, frames: Sequence[Samples], then: BaseException | None = None) -> None:
        self._frames = frames
        self._then = then

    def hear(self, said: str) -> None:
        """A microphone does not care."""

    def frames(self) -> Iterator[Samples]:
        yield from self._frames
        self.overflows += 2
        if self._then is not None:
            raise self._then

    def close(self) -> None:
        """Nothing to let go of."""


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of speech."""
    path = tmp_path_factory.mktemp("answers") / "answer.flac"
    write_audio(path, Clip(read_audio(SPEECH).samples[: 3 * RATE], RATE))
    return path


def framed(path: Path) -> list[Samples]:
    samples = read_audio(path).samples
    return list(samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME))


def heard_from(
    candidate: Candidate, texts: Sequence[str] = WORDS, **listening: object
) -> tuple[Heard, list[str]]:
    texts_heard: list[str] = []
    ears = StreamingEars(candidate, ScriptedTranscriber(texts))
    settings = Listening(**{"audio": None, **listening})  # type: ignore[arg-type]
    heard = ears.listen(settings, lambda words: texts_heard.append(joined(words)))
    return heard, texts_heard


def test_the_answer_ends_by_itself_and_every_frame_is_recorded(
    answer: Path, tmp_path: Path
) -> None:
    heard, texts = heard_from(RecordedCandidate.from_files([answer]), audio=tmp_path / "a.flac")
    assert heard.ended_by == "turn"
    assert joined(heard.words).startswith(WORDS[0])
    assert texts[-1] == joined(heard.words)
    recorded = read_audio(tmp_path / "a.flac")
    assert recorded.seconds == pytest.approx(heard.seconds)
    assert np.max(np.abs(recorded.samples[:RATE] - read_audio(answer).samples[:RATE])) < 1e-3
    assert heard.speech_end < heard.seconds < heard.speech_end + 5


def test_the_same_recording_gives_the_same_twice(answer: Path) -> None:
    first, texts = heard_from(RecordedCandidate.from_files([answer]))
    second, again = heard_from(RecordedCandidate.from_files([answer]))
    assert (first.words, first.seconds, first.speech_end) == (
        second.words,
        second.seconds,
        second.speech_end,
    )
    assert texts == again


def test_unfinished_words_are_waited_for_longer(answer: Path) -> None:
    finished, _ = heard_from(RecordedCandidate.from_files([answer]), ["That is all."])
    trailing, _ = heard_from(RecordedCandidate.from_files([answer]), ["I did it because"])
    assert trailing.seconds - trailing.speech_end > 2 * (finished.seconds - finished.speech_end)


def test_what_seemed_to_go_on_is_heard_once_more_in_a_long_silence(answer: Path) -> None:
    class Breath(ScriptedTranscriber):
        """Takes the breath behind the last word for one, but where it stands far enough back."""

        def transcribe(
            self,
            samples: Samples,
            vocabulary: tuple[str, ...] = (),
            context: str = "",
            wanted: Wanted = always,
        ) -> tuple[Word, ...]:
            words = super().transcribe(samples)
            near = len(samples) / RATE - words[-1].end < 1.0
            return (*words, replace(words[-1], text="but")) if near else words

    def last_words(transcriber: ScriptedTranscriber) -> tuple[list[str], float]:
        texts: list[str] = []
        ears = StreamingEars(RecordedCandidate.from_files([answer]), transcriber)
        heard = ears.listen(Listening(audio=None), lambda words: texts.append(joined(words)))
        assert joined(heard.words) == texts[-1]
        return [text.split()[-1] for text in texts], heard.seconds - heard.speech_end

    mended, soon = last_words(Breath(["So that is it, thanks."]))
    assert mended[-2:] == ["but", "thanks."]
    same, late = last_words(ScriptedTranscriber(["I did it because"]))
    assert len(same) == len(mended) - 1, "what is heard as before is not told again"
    assert soon < 2.5 < late


def test_patience_waits_longer(answer: Path) -> None:
    usual, _ = heard_from(RecordedCandidate.from_files([answer]))
    patient, _ = heard_from(RecordedCandidate.from_files([answer]), patience=3.0)
    assert patient.seconds > usual.seconds + 1


def test_a_limit_ends_it_at_the_next_pause(answer: Path) -> None:
    heard, _ = heard_from(RecordedCandidate.from_files([answer]), limit=1.5)
    assert heard.ended_by == "limit"
    assert heard.seconds - heard.speech_end == pytest.approx(BREATH, abs=FRAME / RATE)
    assert heard.words, "what was said before is not lost"


def test_a_limit_counts_from_the_first_word_and_does_not_wait_for_ever(
    answer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voice.ears.GRACE", 0.5)
    noise = np.random.default_rng(0).normal(0, 1e-4, 2 * RATE // FRAME * FRAME)
    before = list(noise.astype(np.float32).reshape(-1, FRAME))
    at_once, _ = heard_from(Microphone(framed(answer)), limit=1.0)
    heard, _ = heard_from(Microphone([*before, *framed(answer)]), limit=1.0)
    assert heard.ended_by == at_once.ended_by == "limit"
    assert heard.speech_end == heard.seconds, "nobody paused"
    late = len(before) * FRAME / RATE
    assert heard.seconds - at_once.seconds == pytest.approx(late, abs=0.1)


def test_a_key_ends_it(answer: Path) -> None:
    done = threading.Event()
    done.set()
    ears = StreamingEars(
        RecordedCandidate.from_files([answer]), ScriptedTranscriber(WORDS), done=done
    )
    heard = ears.listen(Listening(audio=None), lambda words: done.set())
    assert heard.ended_by == "key", "and a key pressed before the answer does not count"
    assert heard.words


def test_silence_is_an_answer_without_words(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).normal(0, 1e-3, 20 * RATE).astype(np.float32)
    write_audio(tmp_path / "silence.wav", Clip(noise, RATE))
    heard, texts = heard_from(RecordedCandidate.from_files([tmp_path / "silence.wav"]))
    assert (heard.words, heard.ended_by, heard.speech_end, texts) == ((), "silence", 0.0, [])


def test_speech_that_is_no_words_is_silence(answer: Path) -> None:
    heard, texts = heard_from(RecordedCandidate.from_files([answer]), [""])
    assert (heard.words, heard.ended_by, texts) == ((), "silence", [])


def test_ctrl_c_keeps_what_there_is(answer: Path, tmp_path: Path) -> None:
    microphone = Microphone(framed(answer), KeyboardInterrupt())
    ears = StreamingEars(microphone, ScriptedTranscriber(WORDS))
    with pytest.raises(KeyboardInterrupt) as stop:
        ears.listen(Listening(audio=tmp_path / "a.flac"), lambda words: None)
    assert isinstance(stop.value, AnswerInterrupted)
    heard = stop.value.heard
    assert (heard.ended_by, stop.value.whole) == ("interrupt", True)
    assert read_audio(tmp_path / "a.flac").seconds == pytest.approx(heard.seconds)
    assert heard.words[-1].end == pytest.approx(heard.speech_end), "also after the last pause"


def test_ctrl_c_while_the_last_words_are_heard_does_not_lose_them(answer: Path) -> None:

    pressed: list[bool] = []

    class Pressing(ScriptedTranscriber):
        def transcribe(
            self,
            samples: Samples,
            vocabulary: tuple[str, ...] = (),
            context: str = "",
            wanted: Wanted = always,
        ) -> tuple[Word, ...]:
            if len(samples) >= RATE and not pressed:  # The last ones, not those before a pause.
                pressed.append(True)
                interrupt_main()
            return super().transcribe(samples)

    ears = StreamingEars(RecordedCandidate.from_files([answer]), Pressing(WORDS))
    with pytest.raises(AnswerInterrupted) as stop:
        ears.listen(Listening(audio=None, limit=1.0), lambda words: None)
    heard = stop.value.heard
    assert stop.value.whole
    assert heard.words[-1].end == pytest.approx(heard.speech_end)


def test_a_second_ctrl_c_leaves_at_once(answer: Path) -> None:
    class Slow(ScriptedTranscriber):
        def transcribe(
            self,
            samples: Samples,
            vocabulary: tuple[str, ...] = (),
            context: str = "",
            wanted: Wanted = always,
        ) -> tuple[Word, ...]:
            interrupt_main()
            for _ in range(1000):
                if not wanted():
                    raise Unwanted
                sleep(0.01)
            return super().transcribe(samples)

    microphone = Microphone(framed(answer)[:40], KeyboardInterrupt())
    with pytest.raises(AnswerInterrupted) as stop:
        StreamingEars(microphone, Slow(WORDS)).listen(Listening(audio=None), lambda words: None)
    assert (stop.value.whole, stop.value.heard.words) == (False, ())


def test_who_leaves_in_mid_sentence_is_told_that_it_is_still_being_heard(answer: Path) -> None:
    states: list[Hearing] = []

    class Watching(Nobody):
        def on_state(self, state: Hearing) -> None:
            states.append(state)

    microphone = Microphone(framed(answer), KeyboardInterrupt())
    ears = StreamingEars(microphone, ScriptedTranscriber(WORDS), observer=Watching())
    with pytest.raises(AnswerInterrupted):
        ears.listen(Listening(audio=None), lambda words: None)
    assert states[-1] == "broken_off"


def test_a_microphone_that_goes_away_ends_the_answer(answer: Path) -> None:
    microphone = Microphone(framed(answer), DeviceError("gone", "The microphone is gone."))
    heard, _ = heard_from(microphone)
    assert (heard.ended_by, heard.overflows) == ("device", 2)
    assert heard.words


def test_a_part_that_fails_leaves_what_was_heard(answer: Path) -> None:
    microphone = Microphone(framed(answer), DeviceError("failed", "The sound card broke."))
    with pytest.raises(VoiceError, match="The sound card broke") as broken:
        heard_from(microphone)
    assert isinstance(broken.value, AnswerBroken)
    heard = broken.value.heard
    assert broken.value.whole
    assert heard.words[-1].end == pytest.approx(heard.speech_end), "also after the last pause"


def test_a_recogniser_that_fails_is_told_once(answer: Path) -> None:
    class Broken(ScriptedTranscriber):
        calls = 0

        def transcribe(
            self,
            samples: Samples,
            vocabulary: tuple[str, ...] = (),
            context: str = "",
            wanted: Wanted = always,
        ) -> tuple[Word, ...]:
            self.calls += 1
            raise VoiceError(f"Failure {self.calls}.")

    ears = StreamingEars(RecordedCandidate.from_files([answer]), Broken(WORDS))
    with pytest.raises(VoiceError, match="Failure 1"):
        ears.listen(Listening(audio=None), lambda words: None)


def test_who_asked_for_a_minute_is_not_waited_for_after_the_answer(answer: Path) -> None:
    plain, _ = heard_from(RecordedCandidate.from_files([answer]))
    thinking, _ = heard_from(RecordedCandidate.from_files([answer]), thought=4.0)
    assert thinking == replace(plain, stages=thinking.stages)


@pytest.mark.slow
def test_who_asked_for_a_minute_gets_it_before_the_first_word() -> None:
    room = np.random.default_rng(1).normal(0, 1e-3, FRAME).astype(np.float32)
    silence = [room] * round(100 * RATE / FRAME)
    asked, _ = heard_from(Microphone(silence), thought=2.0)
    plain, _ = heard_from(Microphone(silence))
    assert asked.seconds == pytest.approx(2 * plain.seconds, abs=0.1)


def test_what_fails_while_hearing_is_raised(answer: Path) -> None:
    def fail(words: tuple[Word, ...]) -> None:
        raise VoiceError("the model is gone")

    ears = StreamingEars(RecordedCandidate.from_files([answer]), ScriptedTranscriber(WORDS))
    with pytest.raises(VoiceError, match="the model is gone"):
        ears.listen(Listening(audio=None), fail)


def test_no_thread_is_left(answer: Path) -> None:
    before = set(threading.enumerate())
    heard_from(RecordedCandidate.from_files([answer]))
    assert set(threading.enumerate()) == before


def test_slow_thinking_does_not_hold_up_the_frames(answer: Path) -> None:
    taken = threading.Event()

    class Counting(Microphone):
        def frames(self) -> Iterator[Samples]:
            yield from framed(answer)
            quiet = np.random.default_rng(0).normal(0, 1e-4, (200, FRAME)).astype(np.float32)
            yield from quiet[:20]
            taken.set()
            yield from quiet[20:]

    ears = StreamingEars(Counting(()), ScriptedTranscriber(["because"]))
    in_time: list[bool] = []
    # Frames go on being taken while it waits for a later one of them.
    heard = ears.listen(Listening(audio=None), lambda words: in_time.append(taken.wait(60)))
    assert heard.words
    assert all(in_time)


def test_words_that_the_person_talks_over_are_given_up_halfway(answer: Path) -> None:
    halfway, go_on = threading.Event(), threading.Event()

    class Slow(ScriptedTranscriber):
        def transcribe(
            self,
            samples: Samples,
            vocabulary: tuple[str, ...] = (),
            context: str = "",
            wanted: Wanted = always,
        ) -> tuple[Word, ...]:
            halfway.set()
            go_on.wait(60)
            if not wanted():
                raise Unwanted
            return super().transcribe(samples, vocabulary, context)

    quiet = [np.zeros(FRAME, np.float32)] * 10
    detector, speech = SpeechDetector(), framed(answer)

    def take(growing: GrowingAnswer, frames: Sequence[Samples]) -> None:
        for frame in frames:
            growing.push(frame, detector.push(frame))

    told: list[str] = []
    captions = Captions(Slow(["It works."]))
    growing = GrowingAnswer(captions, lambda words: told.append(joined(words)), Nobody())
    with closing(growing):
        take(growing, speech + quiet)
        growing.hear()
        halfway.wait(60)
        take(growing, speech)
        go_on.set()
        growing.drain()
        assert (growing.words, told) == ((), [])
        take(growing, quiet)
        assert growing.due()
        growing.hear()
        growing.drain()
        assert told == [joined(growing.words)]
        assert growing.words[-1].end > 5


def test_a_microphone_of_exact_zeros_is_told(tmp_path: Path) -> None:
    zeros = [np.zeros(FRAME, np.float32)] * 400
    ears = StreamingEars(Microphone(zeros), ScriptedTranscriber(WORDS))
    with pytest.raises(VoiceError, match=r"macOS.*Bluetooth"):
        ears.listen(Listening(audio=None), lambda words: None)


def test_a_place_that_cannot_be_written_is_told(answer: Path, tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="cannot be recorded"):
        heard_from(RecordedCandidate.from_files([answer]), audio=tmp_path / "no" / "a.flac")


@pytest.mark.parametrize(
    ("texts", "base", "prompts"),
    [
        (("I would wait for the labels, and so",), 1.6, 1),  # as unsure as can be
        (("I would wait for the labels.",), 1.9, 0),  # over after 4.4 s: no prompt before that
    ],
)
def test_a_prompt_breaks_a_long_silence_only_where_nothing_speaks_for_an_end(
    answer: Path, texts: tuple[str, ...], base: float, prompts: int
) -> None:
    called: list[None] = []
    ears = StreamingEars(
        RecordedCandidate.from_files([answer]),
        ScriptedTranscriber(texts),
        Wits(policy=Policy(base=base)),
        prompt=lambda: called.append(None),
    )
    heard = ears.listen(Listening(audio=None), lambda words: None)
    assert (heard.ended_by, len(called)) == ("turn", prompts)
    silence = heard.seconds - heard.speech_end
    assert silence > LONG_SILENCE + PROMPTED if prompts else LONG_SILENCE < silence < 5


def room(seconds: float) -> list[Samples]:
    """Nobody speaks."""
    noise = np.random.default_rng(2).normal(0, 1e-4, FRAME).astype(np.float32)
    return [noise] * round(seconds * RATE / FRAME)


class Turns(Microphone):
    """Delivers the next of these at each answer, and loses input twice in each."""

    realtime = False

    def __init__(self, *answers: Sequence[Samples]) -> None:
        super().__init__(())
        self._answers = iter(answers)

    def frames(self) -> Iterator[Samples]:
        self._frames = next(self._answers)
        yield from super().frames()


@pytest.mark.slow
def test_who_pauses_long_is_waited_for_longer_in_the_next_answers_too(answer: Path) -> None:
    said, short = framed(answer), [*framed(answer), *room(12.0)]
    halting = [*said, *room(2.0), *said, *room(2.0), *said, *room(12.0)]

    def silences(*answers: list[Samples]) -> list[float]:
        ears = StreamingEars(Turns(*answers), ScriptedTranscriber(["I did it because"]),
                             Wits(policy=Policy(base=1.6, early=1.0)))  # fmt: skip
        heard = [ears.listen(Listening(audio=None), lambda words: None) for _ in answers]
        return [one.seconds - one.speech_end for one in heard]

    (fresh,) = silences(short)
    halted, after = silences(halting, short)
    assert halted > fresh + 0.2, "pauses of the answer itself count"
    assert after > fresh + 0.2, "and those of the one before"


def test_what_was_lost_and_who_was_called_is_counted_for_each_answer_by_itself() -> None:
    called: list[None] = []
    ears = StreamingEars(
        Turns(room(16.0), room(16.0)),
        ScriptedTranscriber(WORDS),
        prompt=lambda: called.append(None),
    )
    for number in (1, 2):
        heard = ears.listen(Listening(audio=None), lambda words: None)
        assert (heard.overflows, len(called)) == (2, number)


def test_each_long_silence_of_an_answer_is_broken_once(answer: Path) -> None:
    said = framed(answer)
    called: list[None] = []
    ears = StreamingEars(
        Turns([*said, *room(4.5), *said, *room(12.0)]),
        ScriptedTranscriber(["I did it because"]),
        prompt=lambda: called.append(None),
    )
    heard = ears.listen(Listening(audio=None), lambda words: None)
    assert (heard.ended_by, len(called)) == ("turn", 2)


class Sure(TurnModel):
    """A turn model that is always as sure."""

    def __init__(self, chance: float) -> None:
        self._chance = chance

    def probability(self, samples: Samples) -> float:
        return self._chance


def test_what_the_sound_of_the_end_says_is_heeded(answer: Path) -> None:
    def silence(wits: Wits) -> float:
        ears = StreamingEars(
            RecordedCandidate.from_files([answer]), ScriptedTranscriber(["It works"]), wits
        )
        heard = ears.listen(Listening(audio=None), lambda words: None)
        return heard.seconds - heard.speech_end

    policy = Policy(early=1.0)
    assert silence(Wits(Sure(1.0), policy=policy)) < silence(Wits(Sure(0.0), policy=policy)) - 0.3


def test_what_was_known_at_an_earlier_pause_is_not_held_against_who_went_on(answer: Path) -> None:
    detector, speech, quiet = SpeechDetector(), framed(answer), room(0.5)
    captions = Captions(ScriptedTranscriber(["It works."]))
    growing = GrowingAnswer(captions, lambda words: None, Nobody(), turn_model=Sure(0.9))

    def take_in_speech() -> None:
        for frame in (*speech, *quiet):
            growing.push(frame, detector.push(frame))

    def known() -> tuple[object, ...]:
        found = growing.evidence((), 1.0)
        return found.ending, found.turn

    with closing(growing):
        take_in_speech()
        growing.hear()
        growing.drain()
        assert known() == ("finished", 0.9)
        take_in_speech()
        assert known() == (None, None)


def test_words_are_heard_up_to_the_moment_of_the_end(
    answer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voice.ears.GRACE", 0.0)
    heard, _ = heard_from(RecordedCandidate.from_files([answer]), limit=1.6)
    assert heard.speech_end == heard.seconds, "it ends in mid-sentence"
    assert heard.words[-1].end == pytest.approx(heard.seconds, abs=FRAME / RATE)


def test_the_recogniser_is_told_the_words_of_the_trade_and_the_observer_what_it_heard(
    answer: Path,
) -> None:
    class Trade(ScriptedTranscriber):
        def transcribe(
            self,
            samples: Samples,
            vocabulary: tuple[str, ...] = (),
            context: str = "",
            wanted: Wanted = always,
        ) -> tuple[Word, ...]:
            return super().transcribe(samples) if vocabulary == ("recall",) else ()

    class Watching(Nobody):
        def __init__(self) -> None:
            self.texts: list[str] = []
            self.levels: list[float] = []

        def on_words(self, words: tuple[Word, ...]) -> None:
            self.texts.append(joined(words))

        def on_level(self, dbfs: float) -> None:
            self.levels.append(dbfs)

    watching = Watching()
    ears = StreamingEars(RecordedCandidate.from_files([answer]), Trade(WORDS), observer=watching)
    heard = ears.listen(Listening(audio=None, vocabulary=("recall",)), lambda words: None)
    assert heard.words and watching.texts[-1] == joined(heard.words)
    assert len(watching.levels) == round(heard.seconds * RATE / FRAME)
