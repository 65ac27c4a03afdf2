"""Listens to one answer: records it, hears it at each pause, and knows when it has ended."""

import threading
import time
from collections.abc import Callable
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass, replace
from typing import Protocol

from voice import endpointing
from voice.activity import Activity, SpeechDetector
from voice.answer import HEAR_AFTER, GrowingAnswer, WhileHearing
from voice.captions import Captions
from voice.endpointing import Policy
from voice.errors import VoiceError
from voice.observer import Hearing, Nobody, Observer
from voice.portaudio import DeviceError
from voice.recording import Recorder
from voice.seams import (
    Candidate,
    EndedBy,
    Heard,
    Listening,
    Samples,
    Transcriber,
)
from voice.timeline import Timeline
from voice.turn_model import TurnModel

THINKING = 15.0
"""Seconds without a first word after which a soft prompt shows that somebody listens."""
NOTHING_SAID = 45.0
"""Seconds after which somebody who said nothing is taken to be silent. A system design is thought
over for half a minute before the first word; a question that is asked again then only disturbs."""
LONG_SILENCE = 4.0
"""Seconds of silence after which the observer is told, so that a soft prompt can follow."""
PROMPTED = 5.0
"""Seconds of further silence after a soft prompt before the turn may end."""
BREATH = 0.5
"""Seconds of silence at which an answer of the longest kind is ended, so that no word is cut."""
GRACE = 30.0
"""Seconds after the longest answer in which such a silence is waited for."""
DEAD = 8.0
"""Seconds of exact zeros from the very start: no microphone in a room delivers that."""


class Done(Protocol):
    """A key that ends the answer; `threading.Event` is one."""

    def is_set(self) -> bool:
        """Whether it was pressed."""

    def clear(self) -> None:
        """Forget earlier presses."""


class AnswerBroken(VoiceError):
    """A part failed while somebody answered; its error is the cause, and the message the same."""

    def __init__(self, heard: Heard, error: VoiceError, *, whole: bool) -> None:
        """Carry what was heard, and whether that is all that was said."""
        super().__init__(str(error))
        self.heard = heard
        self.whole = whole


class AnswerInterrupted(KeyboardInterrupt):
    """Ctrl-C while somebody answered; the recording is whole."""

    def __init__(self, heard: Heard, *, whole: bool) -> None:
        """Carry what was heard, and whether that is all that was said: a second Ctrl-C leaves the
        last words unheard."""
        super().__init__("interrupted while listening")
        self.heard = heard
        self.whole = whole


@dataclass(frozen=True)
class Wits:
    """What helps to know the end of a turn; each may be missing."""

    turn_model: TurnModel | None = None
    policy: Policy = endpointing.DEFAULT


class StreamingEars:
    """Hears one answer after the other from one candidate; remembers the person's pauses.

    Frames are taken in by the caller's thread. Two threads work beside it while an answer
    lasts: one transcribes, one runs `while_hearing`. Where the candidate is not `realtime`,
    both are waited for at each pause, so that the result is the same each time.
    """

    def __init__(
        self,
        candidate: Candidate,
        transcriber: Transcriber,
        wits: Wits | None = None,
        *,
        done: Done | None = None,
        observer: Observer | None = None,
        prompt: Callable[[], None] | None = None,
    ) -> None:
        """Without `wits` the silence and the words decide alone.

        `prompt` is called once in a silence that is long and does not end the turn ("still with
        you"); frames are not taken while it runs, and the turn lives on for a while after it.
        """
        self._candidate = candidate
        self._transcriber = transcriber
        self._wits = wits or Wits()
        self._done: Done = done or threading.Event()
        self._observer: Observer = observer or Nobody()
        self._prompt = prompt
        self._prompted: float | None = None
        """Second of the answer at which this silence was broken by the prompt."""
        self._called = False
        """Whether that happened before the first word of this answer."""
        self._detector = SpeechDetector()
        self._pauses: tuple[float, ...] = ()
        """Pauses after which this person went on, in the session's earlier answers."""
        self._alive = False
        """Whether the candidate ever delivered anything but exact zeros."""
        self._state: Hearing = "ending"

    def listen(self, listening: Listening, while_hearing: WhileHearing) -> Heard:
        """Return when the answer has ended; hand over the growing transcript at each pause.

        Raises `VoiceError` where the recording cannot be written or the microphone is dead
        (`AnswerBroken` where words were heard before), `AnswerInterrupted` on Ctrl-C, and whatever
        `while_hearing` raised.
        """
        self._done.clear()
        self._detector.reset()
        self._prompted = None
        self._called = False
        overflows = self._candidate.overflows
        answer = GrowingAnswer(
            Captions(self._transcriber, listening.vocabulary),
            while_hearing,
            self._observer,
            turn_model=self._wits.turn_model,
            patience=listening.patience,
        )
        try:
            with closing(answer):
                heard = self._whole(answer, listening)
                ended = time.monotonic()
        except KeyboardInterrupt as stop:
            heard = _heard(answer, "interrupt")
            raise AnswerInterrupted(heard, whole=answer.finished) from stop
        except VoiceError as error:
            if not answer.words:
                raise
            heard = _heard(answer, "interrupt")
            raise AnswerBroken(heard, error, whole=answer.finished) from error
        answer.check()
        return replace(
            heard,
            overflows=self._candidate.overflows - overflows,
            stages=(*heard.stages, ("consider", time.monotonic() - ended)),
        )

    def _whole(self, answer: GrowingAnswer, listening: Listening) -> Heard:
        """The answer; where it is broken off, its last words are heard all the same."""
        try:
            return self._finish(answer, self._take_in(answer, listening))
        except KeyboardInterrupt:
            self._hear_out(answer)
            raise
        except VoiceError:
            with suppress(VoiceError):  # The first failure is told: it may be why this one fails.
                self._hear_out(answer)
            raise

    def _hear_out(self, answer: GrowingAnswer) -> None:
        if not answer.finished:
            self._say("broken_off")
            answer.finish()

    def _take_in(self, answer: GrowingAnswer, listening: Listening) -> EndedBy:
        """Record and hear frame after frame until the answer has ended."""
        recording = Recorder(listening.audio) if listening.audio else nullcontext()
        with recording as recorder:
            try:
                for frame in self._candidate.frames():
                    if recorder is not None:
                        recorder.write(frame)
                    ended_by = self._take(frame, answer, listening)
                    if ended_by is not None:
                        return ended_by
            except DeviceError as error:
                if error.reason != "gone":
                    raise
                return "device"
        return "recording" if answer.spoken else "silence"

    def _take(self, frame: Samples, answer: GrowingAnswer, listening: Listening) -> EndedBy | None:
        activity = self._detector.push(frame)
        answer.push(frame, activity)
        self._check_alive(frame, answer.timeline.seconds)
        self._tell(answer, activity)
        if self._done.is_set():
            return "key"
        if _too_long(answer.timeline, listening.limit):
            return "limit"
        if answer.due():
            answer.hear()
            if not self._candidate.realtime:
                self._say("catching_up")
                answer.drain()
        if not answer.spoken:
            return self._silent(answer, listening.patience * listening.thought)
        return self._ended(answer, listening.patience)

    def _silent(self, answer: GrowingAnswer, patience: float) -> EndedBy | None:
        """Whether nothing will be said; counted from the start on, so that a cough buys no time."""
        if not self._called and answer.timeline.seconds >= THINKING * patience:
            self._called = True
            self._call(answer)
        return "silence" if answer.timeline.seconds >= NOTHING_SAID * patience else None

    def _ended(self, answer: GrowingAnswer, patience: float) -> EndedBy | None:
        """Whether the silence that is going on ends the turn."""
        silence = answer.timeline.silence
        if silence < HEAR_AFTER:
            self._prompted = None
            return None
        wait = endpointing.wait(answer.evidence(self._pauses, patience), self._wits.policy)
        # Only where all speaks against an end: a turn that ends within the second needs no prompt,
        # which would keep somebody who is done for another seven.
        unsure = wait >= self._wits.policy.longest * patience
        if unsure and self._prompted is None and silence >= LONG_SILENCE * patience:
            self._call(answer)
        over = silence >= wait
        return "turn" if over and not self._just_prompted(answer, patience) else None

    def _call(self, answer: GrowingAnswer) -> None:
        if self._prompt is not None:
            self._prompted = answer.timeline.seconds
            self._prompt()

    def _just_prompted(self, answer: GrowingAnswer, patience: float) -> bool:
        since = self._prompted
        return since is not None and answer.timeline.seconds - since < PROMPTED * patience

    def _finish(self, answer: GrowingAnswer, ended_by: EndedBy) -> Heard:
        self._say("ending")
        started = time.monotonic()
        answer.finish()
        transcribed = time.monotonic()
        if not self._candidate.realtime:
            answer.drain()
        self._pauses += answer.timeline.long_pauses()
        stages = (
            ("endpoint", answer.timeline.silence),
            ("transcribe", transcribed - started),
        )
        return replace(_heard(answer, ended_by), stages=stages)

    def _tell(self, answer: GrowingAnswer, activity: Activity) -> None:
        self._observer.on_level(activity.level)
        self._say(_hearing(answer, activity))

    def _say(self, state: Hearing) -> None:
        if state != self._state:
            self._state = state
            self._observer.on_state(state)

    def _check_alive(self, frame: Samples, seconds: float) -> None:
        self._alive = self._alive or bool(frame.any())
        if not self._alive and seconds >= DEAD and self._candidate.realtime:
            raise VoiceError(
                f"{self._candidate.name} delivers digital silence. On macOS allow the terminal to "
                "use the microphone (System Settings, Privacy & Security, Microphone); with a "
                "Bluetooth headset reconnect it, or choose another one with --input-device."
            )


def _too_long(timeline: Timeline, limit: float) -> bool:
    """Whether the answer has had its time, counted from the first word, and this is a place to end."""
    if not timeline.spoken:
        return False
    over = timeline.seconds - timeline.onset - limit
    return over >= GRACE or (over >= 0 and timeline.silence >= BREATH)


def _hearing(answer: GrowingAnswer, activity: Activity) -> Hearing:
    if activity.speech:
        return "speech"
    if answer.timeline.silence >= LONG_SILENCE:
        return "long_silence"
    return "pause" if answer.timeline.spoken else "waiting"


def _heard(answer: GrowingAnswer, ended_by: EndedBy) -> Heard:
    return Heard(
        words=answer.words,
        seconds=answer.timeline.seconds,
        ended_by=ended_by,
        speech_end=answer.timeline.speech_end,
    )
