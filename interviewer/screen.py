"""What the person sees while they talk: the seam, and plain lines for when it is no terminal."""

from typing import Protocol

from rich.console import Console

from interviewer.moves import Move
from sessions.model import Session
from voice.words import Word


class Screen(Protocol):
    """Shows the state of the conversation; no method may take longer than a few milliseconds."""

    def move(self, move: Move, session: Session, text: str) -> None:
        """The interviewer is about to say `text`; `session` is what was before."""

    def listening(self) -> None:
        """The candidate has the word."""

    def on_level(self, dbfs: float) -> None:
        """Loudness of the input just now."""

    def on_words(self, words: tuple[Word, ...]) -> None:
        """The transcript so far."""

    def on_state(self, state: str) -> None:
        """What the ears are at: speech, pause, ending."""

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
    number = 1 + sum(turn.kind == "question" for turn in session.turns)
    return f"Question {number} of {len(session.planned)} · {session.rubric(move.round).title}"


class LineScreen:
    """Plain lines: for pipes, logs, and screen readers."""

    def __init__(self, console: Console) -> None:
        """`console` writes the conversation."""
        self._console = console
        self._working = ""

    def move(self, move: Move, session: Session, text: str) -> None:
        """A heading line before a main question, then the utterance."""
        if move.kind == "question":
            self._print(f"\n{heading(move, session)}", style="bold")
        self._print(f"Interviewer: {text}", style="cyan")

    def listening(self) -> None:
        """Says whose turn it is."""
        self._print("(listening; Enter ends the answer)", style="dim")

    def on_level(self, dbfs: float) -> None:
        """Nothing: a meter needs a terminal."""

    def on_words(self, words: tuple[Word, ...]) -> None:
        """Nothing: captions need a terminal."""

    def on_state(self, state: str) -> None:
        """Nothing: lines are for what lasts."""

    def heard(self, text: str, seconds: float) -> None:
        """The answer as a line."""
        self._print(f"You ({seconds:.0f} s): {text or '(nothing was heard)'}")

    def working(self, what: str, share: float | None = None) -> None:
        """Each kind of work once; long ones again at every quarter."""
        label = what if share is None else f"{what}: {int(share * 4) * 25} %"
        if label != self._working:
            self._working = label
            self._print(f"… {label}", style="dim")

    def note(self, text: str) -> None:
        """A line that stands out."""
        self._print(text, style="yellow")

    def close(self) -> None:
        """Nothing to leave."""

    def _print(self, text: str, style: str = "") -> None:
        # What people said is no markup of ours.
        self._console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)
