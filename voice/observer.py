"""What somebody who watches the ears gets to see; a live screen is one."""

from typing import Literal, Protocol

from voice.words import Word

Hearing = Literal[
    "waiting", "speech", "pause", "long_silence", "catching_up", "ending", "broken_off"
]
"""waiting: nothing was said yet; speech, pause: in the answer; long_silence: nothing for so long
that a soft prompt may help, and the turn has not ended; catching_up: a recorded candidate, who
speaks faster than real time, waits for the recogniser; ending: the turn has ended and the last
words are being transcribed; broken_off: the same after Ctrl-C or where a part failed."""


class Observer(Protocol):
    """Called from the listening thread (`on_words` from another one); must return at once."""

    def on_level(self, dbfs: float) -> None:
        """Level of one frame (32 ms)."""

    def on_words(self, words: tuple[Word, ...]) -> None:
        """The transcript grew."""

    def on_state(self, state: Hearing) -> None:
        """Something else is going on."""


class Nobody:
    """Watches nothing."""

    def on_level(self, dbfs: float) -> None:
        """Ignore it."""

    def on_words(self, words: tuple[Word, ...]) -> None:
        """Ignore it."""

    def on_state(self, state: Hearing) -> None:
        """Ignore it."""
