"""A real input stream hears what is said, survives being unplugged, and tells what is wrong."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile

from tests.soundcard import SoundCard, finish, likeness, run, sound_card, write_wav
from voice.audio import level, read_audio
from voice.devices import Device
from voice.microphone import Microphone
from voice.portaudio import DeviceError
from voice.resample import Resampler, resample
from voice.seams import RATE, Clip

__all__ = ["sound_card"]
AUDIO = Path(__file__).parent.parent / "fixtures" / "audio"

RECORD = """
import sys
import numpy as np, soundfile
from voice.microphone import Microphone

microphone = Microphone(on_device=lambda event: print(event, flush=True))
frames = []
for frame in microphone.frames():
    if not frames:
        print("listening", flush=True)
    frames.append(frame)
    if len(frames) * len(frame) >= float(sys.argv[2]) * 16000:
        break
microphone.close()
soundfile.write(sys.argv[1], np.concatenate(frames), 16000)
print("overflows", microphone.overflows, {len(frame) for frame in frames})
"""

PROBE = """
from voice.device_check import probe_microphone
found = probe_microphone({name!r})
print(found.problem)
"""


@pytest.mark.parametrize("rate", [48_000, 44_100, 8_000])
def test_a_stream_is_resampled_without_seams(rate: int) -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(2 * rate) / rate).astype(np.float32)
    resampler = Resampler(rate, RATE)
    pieces = [resampler.push(tone[at : at + 441]) for at in range(0, len(tone), 441)]
    streamed = np.concatenate([*pieces, resampler.flush()])
    assert np.allclose(streamed, resample(Clip(tone, rate), RATE).samples, atol=1e-6)
    expected = np.sin(2 * np.pi * 440 * np.arange(2 * RATE) / RATE)
    middle = slice(RATE // 2, RATE)
    assert np.abs(streamed[middle] - expected[middle]).max() < 0.02


@pytest.mark.slow
def test_a_microphone_hears_what_is_said(sound_card: SoundCard) -> None:
    answer = read_audio(AUDIO / "own-part.flac")
    said = Clip(answer.samples[: 5 * RATE], RATE)
    path = sound_card.folder / "heard.wav"
    process = run(sound_card, RECORD, str(path), "7")
    assert process.stdout is not None
    assert process.stdout.readline() == "listening\n"
    sound_card.play_into_microphone(write_wav(sound_card.folder / "answer.wav", said))
    assert finish(process)[-1].endswith("{512}")
    heard = soundfile.read(path, dtype="float32")[0]
    assert len(heard) / RATE == pytest.approx(7, abs=0.05)
    assert likeness(Clip(heard, RATE), said) > 0.7


@pytest.mark.slow
def test_an_unplugged_microphone_is_waited_for(sound_card: SoundCard) -> None:
    path = sound_card.folder / "heard.wav"
    process = run(sound_card, RECORD, str(path), "4")
    assert process.stdout is not None
    assert process.stdout.readline() == "listening\n"
    time.sleep(1)
    sound_card.unplug()
    assert process.stdout.readline() == "lost\n"
    time.sleep(1)
    sound_card.replug()
    assert process.stdout.readline() == "back\n"
    answer = read_audio(AUDIO / "own-part.flac")
    sound_card.play_into_microphone(write_wav(sound_card.folder / "answer.wav", answer), wait=False)
    finish(process)
    heard = soundfile.read(path, dtype="float32")[0]
    assert len(heard) / RATE == pytest.approx(4, abs=0.05)
    assert level(heard[2 * RATE :]) > -50


@pytest.mark.slow
def test_a_dead_microphone_is_recognised_by_its_zeros(sound_card: SoundCard) -> None:
    (problem,) = finish(run(sound_card, PROBE.format(name=None)))
    assert "nothing but zeros" in problem


@pytest.mark.slow
def test_an_unknown_microphone_is_named_with_those_that_exist(sound_card: SoundCard) -> None:
    (problem,) = finish(run(sound_card, PROBE.format(name="Yeti")))
    assert "There is no microphone 'Yeti'. There are:" in problem


def test_without_a_sound_card_the_reason_is_told(tmp_path: Path) -> None:
    env = os.environ | {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    (problem,) = finish(run(SoundCard(env, tmp_path), PROBE.format(name=None)))
    if not problem or "zeros" in problem:
        pytest.skip("this machine has a sound card")
    assert problem.split(".")[0] in [
        "No microphone was found",
        "The sound library PortAudio is missing",
    ]


class Stream:
    """An input stream that delivers one block at once."""

    def __init__(self, callback: Callable[..., None]) -> None:
        block = np.full((960, 1), 0.1, np.float32)
        callback(block, 960, SimpleNamespace(inputBufferAdcTime=0.0), SimpleNamespace(
            input_overflow=False
        ))  # fmt: skip


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the microphones of a machine; the first is the default."""
    names = ["headset", "built-in"]

    def devices(direction: str) -> tuple[Device, ...]:
        return tuple(Device(at, name, 1, 48_000, at == 0) for at, name in enumerate(names))

    monkeypatch.setattr("voice.devices.devices", devices)
    monkeypatch.setattr("voice.portaudio.refresh", lambda: None)
    monkeypatch.setattr("voice.portaudio.closed", lambda stream: None)
    monkeypatch.setattr(
        "voice.portaudio.opened", lambda *names, callback, **settings: Stream(callback)
    )
    monkeypatch.setattr("voice.microphone.RETRY", 0.01)
    monkeypatch.setattr("voice.microphone.ANOTHER", 0.05)
    return names


def test_another_microphone_is_taken_by_its_name_when_the_first_stays_away(
    plugged: list[str],
) -> None:
    told: list[str] = []
    microphone = Microphone(on_device=lambda event: told.append(f"{event} {microphone.name}"))
    plugged.remove("headset")
    microphone._wait_for_device()
    assert told == ["lost headset", "another built-in"]


def test_the_same_microphone_is_taken_under_another_number(plugged: list[str]) -> None:
    told: list[str] = []
    microphone = Microphone(on_device=lambda event: told.append(f"{event} {microphone.name}"))
    plugged.reverse()
    microphone._wait_for_device()
    assert told == ["lost headset", "back headset"]


def test_one_that_was_named_is_not_replaced(plugged: list[str]) -> None:
    microphone = Microphone("headset", replug=0.1)
    plugged.remove("headset")
    with pytest.raises(DeviceError, match="'headset' went away"):
        microphone._wait_for_device()
