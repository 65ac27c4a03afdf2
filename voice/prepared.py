"""What will probably be said next is sound before it is needed."""

import numpy as np

from voice.seams import Clip, Speaker

KEPT = 8
"""Sentences that are held: drafts change while somebody talks, and few are ever said."""
QUIET = 0.005
"""Amplitude under which the beginning of a rendered sentence is silence (-46 dBFS)."""
LEAD = 0.005
"""Seconds that stay before the first sound, so that no consonant is cut."""


class PreparedSpeaker:
    """A `Speaker` that may be told ahead of time; its sound begins at once.

    May be used by several threads: at worst a sentence is rendered twice.
    """

    def __init__(self, speaker: Speaker) -> None:
        """`speaker` renders."""
        self._speaker = speaker
        self._ready: dict[str, Clip] = {}
        self.name = speaker.name

    def prepare(self, text: str) -> None:
        """Render a sentence now; raises `VoiceError` where the voice fails."""
        text = text.strip()
        if text and text not in self._ready:
            clip = begun(self._speaker.render(text))
            kept = [*self._ready.items()][-(KEPT - 1) :]
            self._ready = {**dict(kept), text: clip}

    def render(self, text: str) -> Clip:
        """The sound of a sentence: what was prepared, or made now."""
        text = text.strip()
        return self._ready.get(text) or begun(self._speaker.render(text))


def begun(clip: Clip) -> Clip:
    """The clip without the silence at its start; one that is all silence stays as it is."""
    loud = np.flatnonzero(np.abs(clip.samples) > QUIET)
    if not len(loud):
        return clip
    return Clip(clip.samples[max(0, loud[0] - round(LEAD * clip.rate)) :], clip.rate)
