"""Where somebody spoke and where they paused, counted in samples."""

from voice.activity import Activity
from voice.seams import FRAME, RATE

_FRAME = FRAME / RATE
GAP = 0.1
"""Seconds from which a gap in speech is kept: a place where sound may be cut."""
PAUSE = 0.3
"""Seconds from which a gap counts as a pause of the person, not as a stop inside of words."""
BLIP = 0.16
"""Seconds of speech below which a sound is a click, a cough's end or a lip smack."""


class Timeline:
    """Takes one frame's activity after the other."""

    def __init__(self) -> None:
        """Start before the first frame."""
        self.seconds = 0.0
        """Length so far: exactly that of the frames, since who hears them compares the two."""
        self._frames = 0
        self.voiced = 0.0
        """Seconds of speech."""
        self.onset = 0.0
        """Second at which the first speech began."""
        self.speech_end = 0.0
        """Second at which the last speech ended; 0 where there was none."""
        self.pauses: list[tuple[float, float]] = []
        """Gaps between speech, in seconds, without the silences at both ends."""
        self._run = 0.0
        """Seconds of the stretch of speech that is going on."""
        self._start = 0.0
        """Second at which it began."""

    def push(self, activity: Activity) -> None:
        """Add one frame."""
        start = self.seconds
        self._frames += 1
        self.seconds = self._frames * FRAME / RATE
        if not activity.speech:
            self._run = 0.0
            return
        if self._run == 0.0:
            self._start = start
        self._run += _FRAME
        if self._run < BLIP:
            return
        if self._run - _FRAME < BLIP:  # It just became speech: count it from its start.
            self._begin()
            self.voiced += self._run - _FRAME
        self.voiced += _FRAME
        self.speech_end = self.seconds

    def _begin(self) -> None:
        if not self.spoken:
            self.onset = self._start
        elif self._start - self.speech_end >= GAP:
            self.pauses.append((self.speech_end, self._start))

    @property
    def spoken(self) -> bool:
        """Whether anything was said."""
        return self.voiced > 0

    @property
    def silence(self) -> float:
        """Seconds since the last speech, or since the start."""
        return self.seconds - self.speech_end

    def long_pauses(self) -> tuple[float, ...]:
        """Seconds of each pause inside of the answer that was longer than `PAUSE`."""
        return tuple(end - start for start, end in self.pauses if end - start > PAUSE)
