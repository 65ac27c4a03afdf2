"""Anything with sound in it is read as 16 kHz mono; anything else gets one line that helps."""

import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from voice.audio import announced, level, read_audio, write_audio
from voice.errors import VoiceError
from voice.resample import Resampler, resample
from voice.seams import RATE, Clip, Samples


def tone(rate: int = RATE, seconds: float = 2.0, hertz: float = 440.0) -> Samples:
    time = np.arange(round(rate * seconds)) / rate
    return (0.5 * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def encode(path: Path, codec: str, rate: int, layout: str, sample_format: str) -> None:
    channels = 2 if layout == "stereo" else 1
    samples = np.repeat(tone(rate)[None], channels, axis=0)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout=layout)
        frame.sample_rate = rate
        resampler = av.AudioResampler(
            format=sample_format, layout=layout, rate=rate, frame_size=stream.frame_size or 1024
        )
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))


def pitch(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * RATE / len(samples))


@pytest.mark.parametrize(
    ("name", "codec", "rate", "layout", "sample_format"),
    [
        ("a.wav", "pcm_s16le", 8_000, "mono", "s16"),
        ("a.wav", "pcm_s24le", 48_000, "stereo", "s32"),
        ("a.flac", "flac", 44_100, "stereo", "s16"),
        ("a.mp3", "libmp3lame", 44_100, "stereo", "fltp"),
        ("a.m4a", "aac", 48_000, "mono", "fltp"),
        ("a.ogg", "libopus", 48_000, "stereo", "flt"),
        ("a.webm", "libopus", 48_000, "mono", "flt"),
    ],
)
def test_files_of_every_kind_come_out_the_same(
    tmp_path: Path, name: str, codec: str, rate: int, layout: str, sample_format: str
) -> None:
    encode(tmp_path / name, codec, rate, layout, sample_format)
    clip = read_audio(tmp_path / name)
    assert clip.rate == RATE
    assert clip.samples.dtype == np.float32
    assert clip.seconds == pytest.approx(2.0, abs=0.1)
    assert pitch(clip.samples) == pytest.approx(440, abs=2)
    assert level(clip.samples[4000:-4000]) == pytest.approx(level(tone()), abs=1.0)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match=r"no sound file .*gone\.wav"):
        read_audio(tmp_path / "gone.wav")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.wav", b"", "is empty"),
        ("noise.wav", bytes(range(256)) * 40, "damaged or of an unsupported kind"),
        ("text.txt", b"not sound at all\n", "damaged or of an unsupported kind"),
        ("header.wav", b"RIFF\x24\0\0\0WAVEfmt ", "damaged|holds no sound|no audio"),
    ],
)
def test_what_is_no_sound_gets_one_line(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(VoiceError, match=message) as error:
        read_audio(path)
    assert name in str(error.value)
    assert len(str(error.value).splitlines()) == 1


def test_a_film_without_sound_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "silent.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(3):
            picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    with pytest.raises(VoiceError, match="no audio stream"):
        read_audio(path)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    for name in ("a.wav", "a.flac"):
        write_audio(tmp_path / name, Clip(tone(), RATE))
        assert np.max(np.abs(read_audio(tmp_path / name).samples - tone())) < 1e-3


def test_an_unwritable_place_is_named(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="cannot be written"):
        write_audio(tmp_path / "no" / "folder" / "a.flac", Clip(tone(), RATE))


def test_resampling_in_pieces_gives_what_the_whole_gives() -> None:
    sound = tone(48_000)
    resampler = Resampler(48_000, RATE)
    pieces = [resampler.push(sound[at : at + 1_000]) for at in range(0, len(sound), 1_000)]
    joined = np.concatenate([*pieces, resampler.flush()])
    whole = resample(Clip(sound, 48_000), RATE).samples
    assert len(joined) == len(whole) == 2 * RATE
    assert np.max(np.abs(joined - whole)) < 1e-4
    assert pitch(joined) == pytest.approx(440, abs=2)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="reads its peak memory with `resource`")
def test_an_hour_is_read_within_modest_memory(tmp_path: Path) -> None:
    path = tmp_path / "hour.flac"
    write_audio(path, Clip(np.zeros(3600 * RATE, np.float32), RATE))
    script = (
        "import resource, sys; from pathlib import Path; from voice.audio import read_audio;"
        "clip = read_audio(Path(sys.argv[1]));"
        # Where there is one, this file: on Linux `resource` counts the parent's memory, too.
        "own = Path('/proc/self/status');"
        "peak = int(own.read_text().partition('VmHWM:')[2].split()[0]) if own.exists() else "
        "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "print(round(clip.seconds), peak)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=True
    )
    seconds, peak = map(int, done.stdout.split())
    megabytes = peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
    assert seconds == 3600
    assert megabytes < 600


@pytest.mark.parametrize("name", ["a.flac", "a.wav", "a.mp3", "a.ogg"])
def test_a_file_says_how_long_it_is(tmp_path: Path, name: str) -> None:
    codec, kind = {"a.flac": ("flac", "s16"), "a.wav": ("pcm_s16le", "s16"),
                   "a.mp3": ("libmp3lame", "fltp"), "a.ogg": ("libopus", "flt")}[name]  # fmt: skip
    encode(tmp_path / name, codec, 48_000, "mono", kind)
    assert announced(tmp_path / name) == pytest.approx(2.0, abs=0.15)


@pytest.mark.parametrize("kind", ["flac", "wav"])
def test_a_recording_that_breaks_off_announces_more_than_it_holds(
    tmp_path: Path, kind: str
) -> None:
    whole, half = tmp_path / f"whole.{kind}", tmp_path / f"half.{kind}"
    write_audio(whole, Clip(tone(seconds=8.0) * noise(8.0), RATE))
    content = whole.read_bytes()
    half.write_bytes(content[: len(content) // 2])
    assert announced(half) == pytest.approx(8.0, abs=0.1)
    assert 2.0 < read_audio(half).seconds < 6.0


@pytest.mark.parametrize("size", [0xFFFFFFFF, 0x7FFFFFFF, 0])
def test_a_wav_that_was_streamed_announces_what_is_there(tmp_path: Path, size: int) -> None:
    path = tmp_path / "streamed.wav"
    write_audio(path, Clip(tone(seconds=3.0), RATE))
    content = bytearray(path.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = size.to_bytes(4, "little")
    path.write_bytes(content)
    assert announced(path) in (None, pytest.approx(3.0, abs=0.1))
    assert read_audio(path).seconds == pytest.approx(3.0, abs=0.1)


def noise(seconds: float) -> Samples:
    """So that the encoder finds nothing to leave out."""
    return np.random.default_rng(0).random(round(RATE * seconds), np.float32)
