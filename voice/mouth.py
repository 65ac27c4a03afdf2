"""Says one utterance: a sentence plays while the next one is being made."""

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue

import numpy as np

from voice.audio import write_audio
from voice.seams import Clip, Loudspeaker, Said, Speaker, never
from voice.worker import SHORT

_AHEAD = 2
"""Sentences that may be ready before they are played."""
_QUIET = 0.01
"""Amplitude under which the end of a rendered sentence is silence."""
_REST = 0.3
"""Seconds after an interruption in which sentences are still taken, to keep what was meant."""
_UNSAID = Clip(np.zeros(0, np.float32), 1)
"""The sound of a sentence that nobody will hear."""


@dataclass(frozen=True)
class _Sentence:
    text: str
    clip: Clip


@dataclass
class _Utterance:
    """What was played so far."""

    texts: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    sound: list[Clip] = field(default_factory=list)
    seconds: float = 0.0
    interrupted: bool = False
    render_seconds: float = 0.0

    def said(self) -> Said:
        return Said(
            text=" ".join(self.texts),
            spoken=" ".join(part for part in self.spoken if part),
            interrupted=self.interrupted,
            seconds=self.seconds,
            render_seconds=self.render_seconds,
        )


class SpeakingMouth:
    """Speaker and loudspeaker together."""

    def __init__(
        self,
        speaker: Speaker,
        loudspeaker: Loudspeaker,
        *,
        stop: Callable[[], bool] = never,
        softly: Callable[[], bool] = never,
        before: Callable[[], None] | None = None,
    ) -> None:
        """`stop()` is asked all the while and ends the utterance; `softly()` lowers the voice.

        `before()` is called first.
        """
        self._speaker = speaker
        self._loudspeaker = loudspeaker
        self._stop = stop
        self._softly = softly
        self._before = before

    def say(self, sentences: Iterable[str], audio: Path | None = None) -> Said:
        """Speak sentence after sentence; what was heard is kept in `audio` (FLAC).

        Where nothing was heard, there is no file. Raises `VoiceError` where the voice or the
        loudspeaker fails, and whatever `sentences` raises. No thread is left when it returns.
        """
        if self._before:
            self._before()
        began = time.perf_counter()
        ready: Queue[_Sentence | BaseException | None] = Queue(_AHEAD)
        over = threading.Event()
        maker = threading.Thread(
            target=self._make, args=(iter(sentences), ready, over), name="mouth"
        )
        maker.start()
        utterance = _Utterance()
        try:
            self._play(ready, utterance, began)
        finally:
            over.set()
            _let_go(maker, ready, utterance)
        if audio is not None and utterance.seconds > 0:
            rate = utterance.sound[0].rate
            write_audio(audio, Clip(np.concatenate([c.samples for c in utterance.sound]), rate))
        return utterance.said()

    def _make(
        self,
        sentences: Iterable[str],
        ready: "Queue[_Sentence | BaseException | None]",
        over: threading.Event,
    ) -> None:
        """Render each sentence, in a thread of its own; when it is over, only keep the words."""
        until = 0.0
        try:
            for text in sentences:
                if text.strip():
                    clip = _UNSAID if over.is_set() else self._speaker.render(text)
                    ready.put(_Sentence(text.strip(), clip))
                if over.is_set():
                    until = until or time.monotonic() + _REST
                    if time.monotonic() > until:
                        break
            ready.put(None)
        except BaseException as error:  # noqa: BLE001 - carried to the caller's thread, not lost.
            ready.put(error)

    def _play(
        self,
        ready: "Queue[_Sentence | BaseException | None]",
        utterance: _Utterance,
        began: float,
    ) -> None:
        while (item := _next(ready)) is not None:
            if isinstance(item, BaseException):
                raise item
            if not utterance.texts:
                utterance.render_seconds = time.perf_counter() - began
            utterance.texts.append(item.text)
            played = self._loudspeaker.play(item.clip, self._stop, self._softly)
            heard = round(played.seconds * item.clip.rate)
            utterance.seconds += heard / item.clip.rate
            utterance.sound.append(Clip(item.clip.samples[:heard], item.clip.rate))
            utterance.spoken.append(
                item.text if played.finished else heard_words(item.text, item.clip, played.seconds)
            )
            if not played.finished:
                utterance.interrupted = True
                return


def _next(ready: "Queue[_Sentence | BaseException | None]") -> _Sentence | BaseException | None:
    while True:
        with suppress(Empty):
            return ready.get(timeout=SHORT)


def heard_words(text: str, clip: Clip, seconds: float) -> str:
    """The words that were over after so many seconds.

    The system's voices tell no word times; each word is taken to last as long as its share of
    the letters, up to where the clip falls silent.
    """
    voiced = np.flatnonzero(np.abs(clip.samples) > _QUIET)
    if not len(voiced):
        return ""
    begin, end = voiced[0] / clip.rate, (voiced[-1] + 1) / clip.rate
    share = (seconds - begin) / (end - begin)
    words = text.split()
    letters = np.cumsum([len(word) + 1 for word in words])
    return " ".join(words[: int(np.searchsorted(letters, share * letters[-1], side="right"))])


def _let_go(
    maker: threading.Thread,
    ready: "Queue[_Sentence | BaseException | None]",
    utterance: _Utterance,
) -> None:
    """Wait for the thread; after an interruption keep what else was meant to be said."""
    while maker.is_alive() or not ready.empty():
        while not ready.empty():
            item = ready.get()
            if isinstance(item, _Sentence):
                utterance.texts.append(item.text)
        maker.join(0.01)
