"""What the person sees while they talk: the seam, and plain lines for when it is no terminal."""

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Protocol

from rich.console import Console
from rich.text import Text

from interviewer.asking.moves import Move
from interviewer.plain import plain
from sessions.model import Session
from voice.observer import Hearing
from voice.words import Word

LEAST_APART = 2.0
"""Seconds between two lines about parts of one long work."""
STILL_AT_IT = 10.0
"""Seconds after which the same work may be told of again."""


class Screen(Protocol):
    """Shows the state of the conversation; no method may take longer than a few milliseconds.

    Texts may come from anybody (a transcript, a model, a file's name): the screen makes them
    safe to print.
    """

    def move(self, move: Move, session: Session, text: str) -> None:
        """The interviewer is about to say `text`; `session` is what was before."""

    def listening(self) -> None:
        """The candidate has the word."""

    def on_level(self, dbfs: float) -> None:
        """Loudness of the input just now."""

    def on_words(self, words: tuple[Word, ...]) -> None:
        """The transcript so far."""

    def on_state(self, state: Hearing) -> None:
        """What the ears are at: see `voice.observer.Hearing`."""

    def heard(self, text: str, seconds: float) -> None:
        """The whole answer."""

    def working(self, what: str, share: float | None = None) -> None:
        """Something takes time: thinking, loading, grading; `share` is 0 to 1."""

    def note(self, text: str) -> None:
        """Something that the person should know."""

    def close(self) -> None:
        """Leave the terminal as it was."""


def heading(move: Move, session: Session) -> str:
    """Which question of how many, in which round."""
    numbers = {(one.round, one.question): at for at, one in enumerate(session.planned, 1)}
    asked = sum(turn.kind == "question" for turn in session.turns) + (move.kind == "question")
    number = numbers.get((move.round, move.question), asked)
    return f"Question {number} of {len(session.planned)}: {session.rubric(move.round).title}"


def kind_of(what: str) -> str:
    """The work without the seconds that it has taken: "loading (3 s)" is "loading"."""
    return re.sub(r"\s*\(\d+ s\)$", "", what)


def still_talking() -> AbstractContextManager[None]:
    """Around each print: the terminal or the reader of a pipe may be gone, which rich takes for a
    reason to leave the program. The conversation goes on, and what is said is kept."""
    return suppress(OSError, SystemExit)


class LineScreen:
    """Plain lines: for pipes, logs, and screen readers."""

    def __init__(
        self,
        console: Console,
        *,
        enter: bool = True,
        wrap: bool = False,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`console` writes the conversation; `enter` says whether there is an Enter key.

        Lines are broken between words where `wrap` says so, and whole otherwise: others may
        search them.
        """
        self._console = console
        self._wrap = wrap
        self._enter = enter
        self._now = now
        self._told: set[str] = set()
        """Kinds of work that were told of since the last answer began."""
        self._told_at = float("-inf")

    def move(self, move: Move, session: Session, text: str) -> None:
        """A heading line before a main question, then the utterance."""
        if move.kind == "question":
            self._print("", "")
            self._print(heading(move, session), "")
        self._print("Interviewer:", text)

    def listening(self) -> None:
        """Says whose turn it is."""
        self._told.clear()
        self._print("", f"(listening{'; Enter ends the answer' if self._enter else ''})")

    def on_level(self, dbfs: float) -> None:
        """Nothing: a meter needs a terminal."""

    def on_words(self, words: tuple[Word, ...]) -> None:
        """Nothing: captions need a terminal."""

    def on_state(self, state: Hearing) -> None:
        """What takes seconds where somebody wants to leave; lines are for what lasts."""
        if state == "broken_off":
            self._print("...", "hearing the last words; Ctrl-C leaves at once")

    def heard(self, text: str, seconds: float) -> None:
        """The answer as a line."""
        self._print(f"You ({seconds:.0f} s):", text or "(nothing was heard)")

    def working(self, what: str, share: float | None = None) -> None:
        """Each kind of work once, and now and then how far it is."""
        kind = re.sub(r"\d+", "#", kind_of(what))
        # What has a share is a part of something that was told of.
        new = 0.0 if share is None else LEAST_APART
        pause = STILL_AT_IT if kind in self._told else new
        if self._now() - self._told_at < pause:
            return
        self._told.add(kind)
        self._told_at = self._now()
        self._print("...", what if share is None else f"{what}: {share:.0%}")

    def note(self, text: str) -> None:
        """Lines that stand out."""
        for line in text.splitlines():
            self._print("Note:", line)

    def close(self) -> None:
        """Nothing to leave."""

    def _print(self, label: str, text: str) -> None:
        encoding = self._console.encoding
        label, text = plain(label, encoding), plain(text, encoding)
        line = Text.assemble((label, "bold"), " " if label and text else "", text)
        with still_talking():
            self._console.print(line, soft_wrap=not self._wrap)
