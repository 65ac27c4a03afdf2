"""From one sampling rate to another, by FFmpeg's resampler."""

from typing import TYPE_CHECKING

import numpy as np

from voice.seams import Clip, Samples

if TYPE_CHECKING:
    import av


class Resampler:
    """Mono sound from one rate to another, piece by piece, without seams between the pieces."""

    def __init__(self, rate: int, to: int) -> None:
        """From and to in hertz."""
        import av

        self._frame = av.AudioFrame
        self._rate = rate
        self._resampler = av.AudioResampler(format="flt", layout="mono", rate=to)

    def push(self, samples: Samples) -> Samples:
        """The samples that are ready after these; the filter holds a few back."""
        if not len(samples):
            return samples
        frame = self._frame.from_ndarray(
            np.ascontiguousarray(samples, np.float32).reshape(1, -1), format="flt", layout="mono"
        )
        frame.sample_rate = self._rate
        return joined(self._resampler.resample(frame))

    def flush(self) -> Samples:
        """What was held back; nothing may be pushed afterwards."""
        return joined(self._resampler.resample(None))


def resample(clip: Clip, rate: int) -> Clip:
    """The clip at another rate (hertz)."""
    if clip.rate == rate or not len(clip.samples):
        return Clip(clip.samples, rate)
    resampler = Resampler(clip.rate, rate)
    return Clip(np.concatenate([resampler.push(clip.samples), resampler.flush()]), rate)


def joined(frames: "list[av.AudioFrame]") -> Samples:
    """FFmpeg's frames as one row of samples."""
    parts = [np.asarray(frame.to_ndarray(), np.float32).reshape(-1) for frame in frames]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)
