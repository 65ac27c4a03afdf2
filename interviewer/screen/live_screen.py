"""The live view of a terminal: what lasts scrolls above, a small panel stays at the bottom."""

import math
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console, ConsoleDimensions, Group
from rich.control import Control
from rich.live import Live
from rich.segment import ControlType
from rich.text import Text

from interviewer.asking.moves import Move
from interviewer.plain import plain
from interviewer.screen.keys import at_terminal
from interviewer.screen.lines import LineScreen, Screen, heading, kind_of, still_talking
from interviewer.screen.panel import QUIETEST, Doing, Scene, draw, last_lines
from sessions.model import Session
from voice.observer import Hearing
from voice.words import Word, joined

REFRESHES = 8
"""Frames a second at most; a frame that would look the same is not drawn."""
FALL = 3.0
"""dB by which the meter falls in a frame: it rises at once, so that each word is seen."""
DEAF = 2.0
"""Seconds without a single frame of sound before the screen says so."""


class _Ears:
    """What the ears told during one answer; no locks, each call takes a microsecond."""

    def __init__(self, now: float) -> None:
        self.state: Hearing = "waiting"
        self.state_since = now
        self.sound_at = now
        self.words: tuple[Word, ...] = ()
        self._loudest = QUIETEST
        self._shown = QUIETEST

    def on_level(self, dbfs: float, now: float) -> None:
        self.sound_at = now
        self._loudest = max(self._loudest, dbfs)

    def on_state(self, state: Hearing, now: float) -> None:
        # A long silence is the same pause that goes on.
        if state != "long_silence":
            self.state_since = now
        self.state = state

    def meter(self) -> float:
        """The level to show, dBFS; asked once for each frame."""
        self._shown = max(QUIETEST, self._loudest, self._shown - FALL)
        self._loudest = QUIETEST
        return round(self._shown)


@dataclass(frozen=True)
class _Work:
    """What the interviewer is at."""

    doing: Doing
    since: float
    what: str = ""
    share: float | None = None


class LiveScreen:
    """A `Screen` for terminals.

    One thread draws; the others only leave behind what they know. `on_level`, `on_words` and
    `on_state` take no lock: the thread that takes in the sound calls them.
    """

    def __init__(
        self,
        console: Console,
        *,
        minutes: float | None = None,
        enter: bool = False,
        refreshes: float = REFRESHES,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`minutes` is the session's budget, the rounds' own without it; `enter` says whether
        there is an Enter key. The panel appears with the first news.
        """
        self._console = console
        self._minutes = minutes
        self._enter = enter
        self._refreshes = refreshes
        self._now = now
        self._lines = LineScreen(console, enter=enter, wrap=True)
        self._live = Live(
            console=console,
            auto_refresh=False,
            transient=True,
            vertical_overflow="crop",
            # Where errors go to a file they must go there.
            redirect_stderr=at_terminal(sys.stderr),
        )
        self._rows: list[Text] = []
        self._columns = console.width
        self._shown: tuple[Scene, ConsoleDimensions] | None = None
        self._wrapped: tuple[object, tuple[str, ...]] = (None, ())
        """The captions, and what they were made of."""
        self._lock = threading.RLock()
        self._closed = threading.Event()
        self._ticker = threading.Thread(target=self._tick, name="screen", daemon=True)
        self._work = _Work("working", now(), "getting ready")
        self._ears = _Ears(now())
        self._place = ""
        self._began: float | None = None
        self._talker: int | None = None
        """The thread that holds the conversation."""

    def move(self, move: Move, session: Session, text: str) -> None:
        """The utterance as a line above, and which question it belongs to."""
        if self._began is None:
            self._began = self._now()
            if self._minutes is None:
                self._minutes = sum(rubric.minutes for rubric in session.rubrics)
        self._talker = threading.get_ident()
        self._place = plain(heading(move, session), self._console.encoding)
        self._work = _Work("speaking", self._now())
        self._print(lambda: self._lines.move(move, session, text))

    def listening(self) -> None:
        """The meter and the captions of a new answer."""
        self._talker = threading.get_ident()
        self._ears = _Ears(self._now())
        self._work = _Work("listening", self._now())
        self._begin()

    def on_level(self, dbfs: float) -> None:
        """The meter of the next frame."""
        self._ears.on_level(dbfs, self._now())

    def on_words(self, words: tuple[Word, ...]) -> None:
        """The captions of the next frame."""
        self._ears.words = words

    def on_state(self, state: Hearing) -> None:
        """What the next frame says about a silence."""
        self._ears.on_state(state, self._now())

    def heard(self, text: str, seconds: float) -> None:
        """The answer as a line above; its captions go."""
        self._ears = _Ears(self._now())
        self._print(lambda: self._lines.heard(text, seconds))

    def working(self, what: str, share: float | None = None) -> None:
        """A spinner with the seconds that it takes; a bar where `share` is known."""
        talking = self._work.doing != "working"
        if talking and threading.get_ident() != self._talker:
            # Something is being loaded or thought beside the conversation: nobody waits for it.
            return
        what = plain(kind_of(what), self._console.encoding)
        same = not talking and what == self._work.what
        since = self._work.since if same else self._now()
        self._work = _Work("working", since, what, share)
        self._begin()

    def note(self, text: str) -> None:
        """A line above."""
        self._print(lambda: self._lines.note(text))

    def close(self) -> None:
        """Take the panel away; what was said stays. May be called twice."""
        self._closed.set()
        try:
            if self._ticker.is_alive():
                self._ticker.join()
        finally:
            with self._lock, still_talking():
                self._live.stop()

    def refresh(self) -> None:
        """Draw a frame, unless it would look as the last one."""
        with self._lock:
            if self._closed.is_set():
                return
            shown = (self._scene(), self._console.size)
            if shown == self._shown:
                return
            self._shown = shown
            self._leave_old_width()
            self._rows = draw(shown[0], self._console)
            if not self._live.is_started:
                self._live.start()
            self._live.update(Group(*self._rows), refresh=True)

    def _tick(self) -> None:
        while not self._closed.wait(1 / self._refreshes):
            try:
                self.refresh()
            except (OSError, SystemExit):
                # The terminal is gone or full. The conversation does not depend on its picture.
                return

    def _begin(self) -> None:
        """Start to draw; it is seen with the next frame."""
        with self._lock:
            if not self._closed.is_set() and self._ticker.ident is None:
                self._ticker.start()

    def _print(self, line: Callable[[], None]) -> None:
        """Print what lasts, above of a panel that fits it."""
        self._begin()
        with self._lock:
            with still_talking():
                self.refresh()
            line()

    def _scene(self) -> Scene:
        work, ears, now = self._work, self._ears, self._now()
        if work.doing == "listening" and ears.state in ("ending", "broken_off"):
            work = _Work("working", ears.state_since, "hearing the last words")
        listening = work.doing == "listening"
        elapsed = None if self._began is None else int(now - self._began)
        left = None if elapsed is None or not self._minutes else int(self._minutes * 60) - elapsed
        return Scene(
            doing=work.doing,
            what=work.what,
            share=work.share,
            seconds=0 if work.doing == "speaking" else int(now - work.since),
            hearing=ears.state,
            silence=int(now - ears.state_since) if listening else 0,
            deaf=listening and now - ears.sound_at >= DEAF,
            level=ears.meter() if listening else QUIETEST,
            captions=self._captions(ears.words),
            place=self._place,
            elapsed=elapsed,
            left=left,
            enter=self._enter,
            step=int(now * REFRESHES) if work.doing == "working" else 0,
        )

    def _captions(self, words: tuple[Word, ...]) -> tuple[str, ...]:
        made_of = (words, self._console.size)
        if made_of != self._wrapped[0]:
            text = plain(joined(words), self._console.encoding)
            self._wrapped = (made_of, last_lines(text, self._console))
        return self._wrapped[1]

    def _leave_old_width(self) -> None:
        """Take away the rows that the last frame broke into when the terminal became narrower.

        Most terminals break long lines anew then, and `Live` knows only of the rows it drew.
        """
        columns, self._columns = self._columns, self._console.width
        if not self._live.is_started or self._columns >= columns:
            return
        rows = sum(max(1, math.ceil(row.cell_len / self._columns)) for row in self._rows)
        up = ((ControlType.ERASE_IN_LINE, 2), (ControlType.CURSOR_UP, 1))
        self._console.control(Control(*up * (rows - len(self._rows))))


def make(console: Console, *, minutes: float | None = None) -> Screen:
    """The live view where there is a terminal that can show it, plain lines elsewhere.

    `minutes` is the session's budget; without it the rounds' own are added up.
    """
    enter = at_terminal(sys.stdin)
    terminal = at_terminal(console.file)
    if not terminal or not console.is_interactive or _automatic():
        return LineScreen(console, enter=enter, wrap=terminal)
    return LiveScreen(console, minutes=minutes, enter=enter)


def _automatic() -> bool:
    """Whether a build server runs this: it may have a terminal, but nobody looks at it."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")
