"""Whisper's words, and the gates that keep it from inventing any."""

import hashlib
import re
from itertools import pairwise
from pathlib import Path

import jiwer
import numpy as np
import pytest
import yaml
from faster_whisper.transcribe import Word as Spoken

from voice.audio import read_audio, write_audio
from voice.captions import Captions, Sound
from voice.errors import VoiceError
from voice.seams import FRAME, RATE, Samples, Wanted, always
from voice.speaker import SystemSpeaker
from voice.timeline import Timeline
from voice.transcriber import (
    FasterWhisper,
    only_prompted,
    prompt,
    skipped,
    whole_words,
    without_loops,
)
from voice.words import Word, joined

FOLDER = Path(__file__).parent.parent / "fixtures" / "audio"
TERMS = ("precision", "recall", "feature store", "retraining", "AUC")
TIME = np.arange(8 * RATE) / RATE
NOISE = np.random.default_rng(0).normal(0, 1, 8 * RATE)


def said(text: str) -> tuple[Word, ...]:
    return tuple(Word(word, at, at + 0.5, 0.9) for at, word in enumerate(text.split()))


def plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", text.lower().replace("-", " ")))


def test_loops_are_cut_and_emphasis_is_kept() -> None:
    assert joined(without_loops(said("so " + "thank you very much " * 7))) == (
        "so thank you very much"
    )
    assert joined(without_loops(said("here is " + "uh " * 30 + "well"))) == "here is uh well"
    natural = "some more words words words words and that was very very good"
    assert joined(without_loops(said(natural))) == natural


def test_pieces_of_a_number_are_one_word() -> None:
    pieces = (" from", " 5", ".8", "%", " to", " case", "-sensitive", ".")
    spoken = [
        Spoken(start=n / 10, end=n / 10 + 0.1, word=one, probability=1 - n / 100)
        for n, one in enumerate(pieces)
    ]
    found = list(whole_words(spoken))
    assert [one.word for one in found] == [" from", " 5.8%", " to", " case-sensitive."]
    assert (found[1].start, found[1].end) == (0.1, pytest.approx(0.4))
    assert found[1].probability == 0.97


@pytest.mark.parametrize(
    ("word", "left_out"),
    [
        (Word("Er.", 10.04, 10.04, 0.19), True),
        (Word("Er.", 8.46, 9.78, 0.54), False),
        (Word("um,", 3.82, 4.68, 0.0009), True),
        (Word("Uh,", 0.96, 1.36, 0.009), False),
        (Word("liner", 3.82, 4.68, 0.0009), False),
        (Word("a", 10.04, 10.04, 0.19), False),
    ],
)
def test_a_filler_without_time_or_any_certainty_was_not_said(word: Word, left_out: bool) -> None:
    assert only_prompted(word) == left_out


def test_the_prompt_mixes_terms_with_fillers_and_stays_short() -> None:
    line = prompt(TERMS)
    assert line.startswith("Um, precision, uh, recall, er,")
    assert len(prompt(("a long term of the trade",) * 50)) < 150
    assert "um" in prompt(()).lower()


def test_a_missing_model_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="interview models fetch"):
        FasterWhisper(tmp_path)


def test_a_damaged_model_says_so(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"no model")
    with pytest.raises(VoiceError, match="interview models check"):
        FasterWhisper(tmp_path)


@pytest.fixture(scope="module")
def whisper(whisper_folder: Path) -> FasterWhisper:
    return FasterWhisper(whisper_folder)


@pytest.mark.slow
@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(0),
        np.zeros(8 * RATE),
        0.001 * NOISE,
        0.1 * NOISE,
        0.2 * np.sin(2 * np.pi * 50 * TIME) + 0.1 * np.sin(2 * np.pi * 150 * TIME),
        0.05 * NOISE * np.clip(np.sin(2 * np.pi * 0.3 * TIME), 0, 1),
    ],
    ids=["nothing", "silence", "faint noise", "loud noise", "mains hum", "breathing noise"],
)
def test_what_is_no_speech_has_no_words(whisper: FasterWhisper, sound: Samples) -> None:
    assert whisper.transcribe(sound.astype(np.float32), TERMS) == ()


@pytest.mark.slow
def test_speech_becomes_words_with_their_times(whisper: FasterWhisper) -> None:
    sheet = yaml.safe_load((FOLDER / "candidate.yaml").read_text(encoding="utf-8"))
    text = next(e["text"] for e in sheet["recordings"] if e["file"] == "label-delay.flac")
    clip = read_audio(FOLDER / "label-delay.flac")
    words = whisper.transcribe(clip.samples, TERMS)
    assert jiwer.wer(plain(text), plain(joined(words))) < 0.15
    starts = [word.start for word in words]
    assert starts == sorted(starts)
    assert all(0 <= word.start <= word.end <= clip.seconds + 0.1 for word in words)
    assert all(0 <= word.probability <= 1 for word in words)


@pytest.mark.slow
def test_the_same_sound_gives_the_same_words(whisper: FasterWhisper) -> None:
    samples = read_audio(FOLDER / "label-delay.flac").samples[: 6 * RATE]
    assert whisper.transcribe(samples) == whisper.transcribe(samples)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("voice", "text", "sure"),
    [
        (
            "gmw/de",
            "Ich habe bei einem Händler ein Modell für die Nachfrage gebaut. Im Mai fiel die "
            "Trefferquote, und ich habe das alte Modell am selben Tag wieder eingeschaltet.",
            False,
        ),
        (
            "gmw/en-us",
            "I built a model of demand for a retailer. In May its recall fell, and I switched the "
            "old model back on the same day.",
            True,
        ),
    ],
)
def test_another_language_is_heard_without_certainty(
    whisper: FasterWhisper, tmp_path: Path, voice: str, text: str, sure: bool
) -> None:
    speaker = SystemSpeaker(voice)
    write_audio(tmp_path / "said.wav", speaker.render(text))
    speaker.close()
    words = whisper.transcribe(read_audio(tmp_path / "said.wav").samples)
    assert len(words) > 10
    mean = sum(word.probability for word in words) / len(words)
    assert (mean > 0.6) if sure else (mean < 0.15)


@pytest.mark.slow
def test_words_heard_at_pauses_are_those_of_one_pass(whisper: FasterWhisper) -> None:
    from voice.activity import SpeechDetector

    samples = read_audio(FOLDER / "fraud-strong.flac").samples
    detector, timeline, captions = SpeechDetector(), Timeline(), Captions(whisper)
    heard: tuple[Word, ...] = ()
    at = 0.0
    for start in range(0, len(samples) - FRAME, FRAME):
        timeline.push(detector.push(samples[start : start + FRAME]))
        if timeline.speech_end > at and timeline.silence >= 0.6:
            heard = captions.hear(Sound(samples[: start + FRAME], tuple(timeline.pauses)))
            at = timeline.seconds
    whole = whisper.transcribe(samples)
    assert jiwer.wer(plain(joined(whole)), plain(joined(heard))) < 0.1
    assert all(before.start <= after.start for before, after in pairwise(heard))


@pytest.mark.slow
def test_the_digest_is_that_of_the_weights(whisper: FasterWhisper, whisper_folder: Path) -> None:
    weights = (whisper_folder / "model.bin").read_bytes()
    assert whisper.digest == hashlib.sha256(weights).hexdigest()
    assert FasterWhisper(whisper_folder, digest="given").digest == "given"


def heard(*times: tuple[float, float]) -> list[Word]:
    return [Word("word", start, end, 1.0) for start, end in times]


def spans(*seconds: tuple[float, float]) -> list[tuple[int, int]]:
    return [(round(start * RATE), round(end * RATE)) for start, end in seconds]


def test_speech_from_which_no_word_came_is_found() -> None:
    window = spans((0.0, 4.0), (4.5, 7.0), (7.5, 9.0), (9.5, 12.0))
    words = heard((0.1, 2.0), (2.0, 4.0), (9.5, 11.9))
    assert skipped(window, words) == [spans((4.5, 7.0), (7.5, 9.0))]


def test_a_hole_within_one_stretch_of_speech_is_found() -> None:
    assert skipped(spans((0.0, 12.0)), heard((0.0, 4.0), (8.0, 12.0))) == [spans((4.0, 8.0))]


def test_a_hole_before_the_first_and_after_the_last_word_is_found() -> None:
    found = skipped(spans((0.0, 12.0)), heard((3.0, 9.0)))
    assert found == [spans((0.0, 3.0)), spans((9.0, 12.0))]


def test_silence_and_short_stretches_are_no_holes() -> None:
    window = spans((0.0, 2.0), (2.5, 3.5), (9.0, 12.0))
    assert skipped(window, heard((0.1, 2.0), (9.1, 11.5))) == []


def test_words_that_overlap_leave_no_hole() -> None:
    assert skipped(spans((0.0, 6.0)), heard((0.0, 4.0), (3.0, 6.0))) == []


class Windows:
    """A recogniser that gives these words for the first window and the next."""

    name = "windows"
    digest = ""

    def __init__(self, *windows: tuple[Word, ...]) -> None:
        self._windows = iter(windows)

    def transcribe(
        self,
        samples: Samples,
        vocabulary: tuple[str, ...] = (),
        context: str = "",
        wanted: Wanted = always,
    ) -> tuple[Word, ...]:
        """The next one."""
        return next(self._windows)


@pytest.mark.parametrize(
    ("end", "heard"),
    [
        (12.7, "a bit lower in tone"),
        (11.8, "a bit lower Lower in tone"),
    ],  # across the cut, before it
)
def test_a_word_across_the_cut_is_not_written_twice(end: float, heard: str) -> None:
    cut = 12.1
    first = (Word("a", 1, 2, 1), Word("bit", 2, 3, 1), Word("lower", 11.3, end, 1))
    rest = (Word("Lower", 0.1, 0.6, 1), Word("in", 0.6, 0.8, 1), Word("tone", 0.8, 1.2, 1))
    captions = Captions(Windows((*first, Word("in", 12.8, 13, 1)), rest, rest))
    sound = Sound(np.zeros(23 * RATE, np.float32), ((cut - 0.2, cut + 0.2),))
    captions.hear(sound)
    for _ in range(2):
        assert joined(captions.hear(sound)) == heard
