"""Single key presses, without Enter and without waiting."""

import re
import sys
import time
from collections import deque
from typing import Protocol

from interviewer.screen.keys import Keyboard

_KEY = re.compile(r"\x1b\[[0-9;]*.|[\x00\xe0].|.", re.DOTALL)
"""What a terminal or the Windows console sends for one key."""
_ARROWS = {"\x1b[C": "right", "\x1b[D": "left", "\xe0M": "right", "\xe0K": "left",
           "\x00M": "right", "\x00K": "left"}  # fmt: skip


class Keys(Protocol):
    """Where key presses come from."""

    def pressed(self) -> str | None:
        """The key that was pressed since the last call: a character, `left` or `right`."""


class NoKeys:
    """For when there is no terminal."""

    def pressed(self) -> str | None:
        """None."""
        return None


class TerminalKeys:
    """The keys of the terminal at standard input, one by one; the caller closes it."""

    def __init__(self) -> None:
        """Take keys one by one; Ctrl-C still interrupts."""
        self._keyboard = Keyboard(sys.stdin)
        self._typed: deque[str] = deque()

    def pressed(self) -> str | None:
        """The oldest key that was not asked for yet."""
        self._typed += _KEY.findall(self._keyboard.typed())
        key = self._typed.popleft() if self._typed else None
        return _ARROWS.get(key, key) if key else None

    def close(self) -> None:
        """Put the terminal back."""
        self._keyboard.close()


def wait(keys: Keys) -> str:
    """The next key."""
    while (key := keys.pressed()) is None:
        time.sleep(0.03)
    return key
