"""The interviewer's voice is taken out of the microphone, the candidate's stays."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from benchmarks import interrupting
from voice.audio import level, read_audio
from voice.echo import EchoCanceller
from voice.seams import FRAME, RATE, Samples

pytest.importorskip("pywebrtc_audio", reason="pip install 'mock-interviewer[echo]'")
AUDIO = Path(__file__).parent.parent / "fixtures" / "audio"
BLOCK = 441
DELAY = round(0.06 * RATE)


def cleaned(far: Samples, near: Samples, offset: float, jitter: float = 0.0) -> Samples:
    """What is left of `near`, heard while `far` is played by a card of the same clock."""
    echo = EchoCanceller()
    rng = np.random.default_rng(1)
    out = []
    played = 0
    for start in range(0, len(near) - FRAME, FRAME):
        while played < start + 4 * FRAME:  # The loudspeaker is always a little ahead.
            echo.played(far[played : played + BLOCK], RATE, offset + played / RATE)
            played += BLOCK
        at = offset + start / RATE + rng.uniform(-jitter, jitter)
        out.append(echo.clean(near[start : start + FRAME], at))
    return np.concatenate(out)


@pytest.fixture(scope="module")
def interviewer() -> Samples:
    return read_audio(AUDIO / "monitoring.flac").samples[: 15 * RATE]


def echoed(far: Samples) -> Samples:
    return 0.5 * np.concatenate([np.zeros(DELAY, np.float32), far])[: len(far)]


@pytest.mark.parametrize("jitter", [0.0, 0.015])
def test_the_echo_is_gone_after_a_few_seconds(interviewer: Samples, jitter: float) -> None:
    near = echoed(interviewer)
    left = cleaned(interviewer, near, offset=1234.5, jitter=jitter)
    settled = slice(5 * RATE, None)
    assert level(left[settled]) < level(near[settled]) - 30


def test_a_voice_of_its_own_stays(interviewer: Samples) -> None:
    voice = read_audio(AUDIO / "own-part.flac").samples[RATE : RATE + len(interviewer)]
    voice[: 8 * RATE] = 0
    near = echoed(interviewer)
    left = cleaned(interviewer, near + voice, offset=0.0)
    talking = slice(9 * RATE, 14 * RATE)
    assert level(left[talking]) > level(voice[talking]) - 6


def test_without_playback_nothing_is_taken_away(interviewer: Samples) -> None:
    silence = np.zeros(2 * len(interviewer), np.float32)
    left = cleaned(silence, interviewer, offset=0.0)
    assert level(left) == pytest.approx(level(interviewer), abs=1.5)


def learnt(far: Samples, near: Samples) -> list[bool]:
    """After each frame, whether the canceller is to be trusted."""
    echo = EchoCanceller()
    found = []
    for start in range(0, len(near) - FRAME, FRAME):
        echo.played(far[start : start + FRAME], RATE, start / RATE)
        echo.clean(near[start : start + FRAME], start / RATE)
        found.append(echo.learnt)
    return found


def test_it_is_trusted_once_the_echo_is_gone_and_not_before(interviewer: Samples) -> None:
    found = learnt(interviewer, echoed(interviewer))
    assert not any(found[: round(3 * RATE / FRAME)])
    assert found[-1]


@pytest.mark.parametrize("noise", [0.0, 1e-4, 1e-2], ids=["none", "-80 dBFS", "-40 dBFS"])
def test_with_headphones_there_is_nothing_to_learn(interviewer: Samples, noise: float) -> None:
    near = noise * np.random.default_rng(1).standard_normal(len(interviewer))
    assert learnt(interviewer, near.astype(np.float32))[-1]


def test_an_echo_that_is_not_cancelled_is_never_trusted(interviewer: Samples) -> None:
    elsewhere = read_audio(AUDIO / "own-part.flac").samples[: len(interviewer)]
    assert not any(learnt(interviewer, elsewhere))


@pytest.mark.slow
@pytest.mark.parametrize("over", [0, 2, 5], ids=lambda over: f"{over} dB")
def test_a_soft_echo_in_a_room_about_as_loud_is_not_learnt_again_and_again(over: float) -> None:
    """A loudspeaker that is turned down, a fan: the canceller stays trusted."""
    files = ("class-imbalance", "latency-budget", "fraud-strong", "cold-start")
    parts = [read_audio(AUDIO / f"{name}.flac").samples for name in files]
    voice = np.concatenate(parts)[: 45 * RATE]
    near = 0.2 * echoed(voice)
    noise = np.random.default_rng(1).standard_normal(len(voice))
    near += noise.astype(np.float32) * np.float32(10 ** ((level(near) - over) / 20))
    found = learnt(voice, near)
    lost = [before and not after for before, after in pairwise(found)]
    assert sum(lost) <= 1
    assert found[-1]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_in_a_room_that_rings_nobody_is_heard_before_the_canceller_has_learnt(seed: int) -> None:
    voice = read_audio(AUDIO / "class-imbalance.flac").samples
    nobody = interrupting.trial("nobody", voice, np.zeros(0, np.float32), 0.0, True, seed)
    assert nobody.noticed is None


@pytest.mark.slow
def test_after_that_a_person_is_heard_over_the_interviewer(interviewer: Samples) -> None:
    voice = read_audio(AUDIO / "class-imbalance.flac").samples
    words = interrupting.phrases(interviewer, 4.0)[0]
    person = interrupting.trial("words", voice, words, 0.0, True, 0)
    assert person.noticed is not None
    assert 0 < person.noticed < 4


def test_the_table_of_interruptions_is_valid_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trials(sounds: Path, each: int, lowered: bool, tick: object) -> list[interrupting.Trial]:
        found = interrupting.Trial("words", 0.0, 0.5), interrupting.Trial("nobody", 0.0, None)
        return [*found]

    monkeypatch.setattr(interrupting, "trials", trials)
    arguments = ["--voices", str(tmp_path), "--each", "1"]
    done = CliRunner().invoke(interrupting.main, [*arguments, "--json"])
    assert done.exit_code == 0, done.output
    table = json.loads(done.stdout, parse_constant=pytest.fail)["voice lowered"]
    assert table["words +0 dB"]["p50"] == 0.5
    assert table["nobody +0 dB"]["p50"] is None
    plain = CliRunner().invoke(interrupting.main, arguments)
    nobody, _ = [line for line in plain.stdout.split("\n") if "nobody" in line]
    assert nobody.split()[-1] == "-"


def test_a_long_hum_has_two_syllables_and_lasts_over_half_a_second() -> None:
    assert len(interrupting.mm_hm()) == round(0.36 * RATE)
    assert len(interrupting.mm_hm(0.25)) == round(0.56 * RATE)


@pytest.mark.parametrize("seed", range(3))
def test_on_headphones_a_short_hum_interrupts_nothing(seed: int) -> None:
    assert interrupting.on_headphones("mm-hm", interrupting.mm_hm(), seed).noticed is None
