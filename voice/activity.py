"""Is somebody speaking in this frame?"""

from dataclasses import dataclass

import numpy as np

from voice.audio import level
from voice.seams import FRAME, Samples

_CONTEXT = 64
"""Samples of the frame before that Silero wants in front of a frame."""
_STATE = (1, 1, 128)
ONSET = 0.5
"""Probability from which a frame starts speech: Silero's own default."""
OFFSET = 0.35
"""Probability below which it ends: Silero's default is 0.15 under the onset."""
_SURELY_NOT = 0.1
"""Probability below which a frame is taken as the room's noise."""
FAINTEST = -62.0
"""dBFS; a headset's self-noise lies around here, quiet speech around -45."""
ABOVE_NOISE = 5.0
"""dB that speech has to lie above the room's noise."""
_RISE = 0.02
"""dB a frame (0.6 dB a second) by which the noise floor creeps up."""
_FALL = 0.3
"""Share of the way down that one quieter frame takes the noise floor."""


@dataclass(frozen=True)
class Activity:
    """One frame."""

    speech: bool
    probability: float
    """Silero's, 0 to 1."""
    level: float
    """RMS, dBFS."""


class SpeechDetector:
    """Silero on one frame after the other, gated by the level over the room's own noise."""

    def __init__(self) -> None:
        """Load the model that faster-whisper carries."""
        from faster_whisper.vad import get_vad_model

        self._session = get_vad_model().session
        self.reset()

    def reset(self) -> None:
        """Forget everything: a new answer, perhaps in another room."""
        self._h = np.zeros(_STATE, np.float32)
        self._c = np.zeros(_STATE, np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)
        self._speech = False
        self._floor = -60.0

    def push(self, frame: Samples) -> Activity:
        """Judge one frame of `FRAME` samples at 16 kHz."""
        if len(frame) != FRAME:
            raise ValueError(f"a frame has {FRAME} samples, not {len(frame)}")
        frame = np.asarray(frame, np.float32)
        batch = np.concatenate([self._context, frame])[None]
        output, self._h, self._c = self._session.run(
            None, {"input": batch, "h": self._h, "c": self._c}
        )
        self._context = frame[-_CONTEXT:]
        probability = float(output.reshape(-1)[0])
        loudness = level(frame)
        if probability < _SURELY_NOT:
            self._follow(loudness)
        # The level decides at the onset only: the vowels of a word differ by 20 dB.
        loud = self._speech or loudness > max(FAINTEST, self._floor + ABOVE_NOISE)
        self._speech = loud and probability >= (OFFSET if self._speech else ONSET)
        return Activity(self._speech, probability, loudness)

    def _follow(self, loudness: float) -> None:
        """The floor falls quickly and rises slowly, so that a breath does not lift it."""
        step = loudness - self._floor
        self._floor += step * _FALL if step < 0 else min(step, _RISE)
        self._floor = max(self._floor, -90.0)
