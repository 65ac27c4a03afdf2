"""One answer while it grows: its sound, its pauses, and what is known of its words."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from voice.activity import Activity
from voice.captions import Captions, Sound
from voice.ending import Ending, ending_of
from voice.endpointing import Evidence
from voice.errors import Unwanted
from voice.observer import Observer
from voice.seams import RATE, Samples
from voice.timeline import GAP, Timeline
from voice.turn_model import SECONDS as TURN_SECONDS
from voice.turn_model import TurnModel
from voice.words import Word, joined
from voice.worker import Worker

HEAR_AFTER = 0.25
"""Seconds of silence after which the stretch before it is transcribed: less than half of the
shortest silence that ends a turn, so that the words are often there when they are needed. That
silence grows with the patience, and so does this: fewer pauses cost a transcription."""
CALL_OUT = 20.0
"""Seconds of speech without a pause after which the next short gap has to do."""
HEAR_AGAIN = 2.0
"""Seconds of silence after which words that do not end a sentence are heard once more: what seemed to
go on may have been a breath ("Thanks, but", "Thanks. Uh"), for which somebody who was done waited 13 s.
Less than any wait for such words."""
STALE = 8.0
"""Seconds behind the speech from which words are made known although the person goes on."""

WhileHearing = Callable[[tuple[Word, ...]], None]


@dataclass(frozen=True)
class _Known:
    """What the hearing thread found out last."""

    words: tuple[Word, ...] = ()
    until: float = 0.0
    """Second up to which speech is in the words."""


class GrowingAnswer:
    """Takes frames in; a thread transcribes at pauses, another one runs `while_hearing`."""

    def __init__(
        self,
        captions: Captions,
        while_hearing: WhileHearing,
        observer: Observer,
        *,
        turn_model: TurnModel | None = None,
        patience: float = 1.0,
    ) -> None:
        """Start before the first frame."""
        self._hear_after = HEAR_AFTER * max(1.0, patience)
        self.timeline = Timeline()
        self._captions = captions
        self._observer = observer
        self._turn_model = turn_model
        self._frames: list[Samples] = []
        self._known = _Known()
        self._turn: float | None = None
        self._submitted = 0.0
        """Second up to which sound was given to the hearing thread."""
        self._given_up = False
        self._hearing = Worker("hearing", self._hear)
        self._thinking = Worker("thinking", while_hearing)

    @property
    def words(self) -> tuple[Word, ...]:
        """What is known of the words."""
        return self._known.words

    @property
    def spoken(self) -> bool:
        """Whether words were said; speech counts as words until it was transcribed."""
        return bool(self._known.words) if self.finished else self.timeline.spoken

    @property
    def finished(self) -> bool:
        """Whether all that was said is in the words."""
        return self._known.until >= self.timeline.speech_end

    def push(self, frame: Samples, activity: Activity) -> None:
        """Take one frame in; raises what the threads raised."""
        self._frames.append(frame)
        self.timeline.push(activity)
        self._hearing.check()
        self._thinking.check()

    def due(self) -> bool:
        """Whether a stretch of speech waits to be transcribed and this is a place to cut."""
        if self.timeline.speech_end <= self._submitted:
            return self._doubtful()
        long = self.timeline.seconds - self._submitted >= CALL_OUT
        return self.timeline.silence >= (GAP if long else self._hear_after)

    def hear(self) -> None:
        """Start to transcribe what was said up to now; judge how it sounded."""
        samples = self._samples()
        again = self.timeline.speech_end <= self._submitted
        self._submit(samples)
        if self._turn_model is not None and not again:
            self._turn = self._turn_model.probability(samples[-TURN_SECONDS * RATE :])

    def evidence(self, habits: tuple[float, ...], patience: float) -> Evidence:
        """What is known in the pause that is going on."""
        known = self._known
        heard = known.until >= self.timeline.speech_end
        sounded = self._submitted >= self.timeline.speech_end
        return Evidence(
            turn=self._turn if sounded else None,
            ending=_ending(known.words) if heard else None,
            pauses=(*habits, *self.timeline.long_pauses()),
            voiced=self.timeline.voiced,
            patience=patience,
        )

    def drain(self) -> None:
        """Wait for both threads."""
        self._hearing.drain()
        self._thinking.drain()

    def finish(self) -> None:
        """Transcribe what is left and wait for it."""
        if self.timeline.speech_end > self._submitted:
            self._submit(self._samples())
        if not self.finished:  # A second hearing of the same words is not waited for.
            self._hearing.drain()

    def close(self) -> None:
        """End both threads after the calls that are running; words that are not known by now are
        given up."""
        self._given_up = True
        self._hearing.close()
        self._thinking.close()

    def check(self) -> None:
        """Raise what the threads raised."""
        self._hearing.check()
        self._thinking.check()

    def _doubtful(self) -> bool:
        """Whether this silence is long for how the words end, and was not heard yet."""
        words = self._known.words
        earlier = self._submitted - self.timeline.speech_end < HEAR_AGAIN
        waited = self.timeline.silence >= HEAR_AGAIN and self.finished and earlier
        return bool(words) and waited and _ending(words) in ("open", "trailing")

    def _submit(self, samples: Samples) -> None:
        self._hearing.submit(Sound(samples, tuple(self.timeline.pauses)))
        self._submitted = self.timeline.seconds  # Last: Ctrl-C before it has it submitted again.

    def _hear(self, sound: Sound) -> None:
        until = len(sound.samples) / RATE
        try:
            words = self._captions.hear(sound, lambda: self._wanted(until))
        except Unwanted:
            return
        fresh = joined(words) != joined(self._known.words)
        self._known = _Known(words, until)
        self._observer.on_words(words)
        if words and fresh:
            self._thinking.submit(words)

    def _wanted(self, until: float) -> bool:
        """Whether to hear on up to there: not while the person talks on and the words are fresh.

        The next pause hears the same again, and may be the last: it should not have to wait.
        """
        if self._given_up:
            return False
        goes_on = self.timeline.speech_end > until
        return not goes_on or self.timeline.seconds - self._known.until > STALE

    def _samples(self) -> Samples:
        self._frames = [np.concatenate(self._frames)]
        return self._frames[0]


def _ending(words: tuple[Word, ...]) -> Ending:
    return ending_of(joined(words[-30:]))
