"""The shape of a recording, small enough to draw."""

from pathlib import Path

BARS = 320
"""Bars in a picture: about two pixels each at the width of the text."""


def loudness(path: Path) -> tuple[float, ...]:
    """Peak of each stretch of a recording, 0 to 1 of its loudest; () where it cannot be read."""
    import numpy as np
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            size = max(1, -(-file.frames // BARS))
            peaks = [float(np.abs(block).max()) for block in file.blocks(size, dtype="float32")]
    except (OSError, soundfile.LibsndfileError):
        return ()
    top = max(peaks, default=0.0)
    return tuple(round(peak / top, 3) if top else 0.0 for peak in peaks)


def drawn(peaks: tuple[float, ...]) -> str:
    """An SVG path of vertical bars around the middle of a box of 1000 by 100."""
    step = 1000 / len(peaks)
    parts = []
    for place, peak in enumerate(peaks):
        half = max(1.0, peak * 46)
        parts.append(f"M{(place + 0.5) * step:.1f} {50 - half:.1f}v{2 * half:.1f}")
    return "".join(parts)
