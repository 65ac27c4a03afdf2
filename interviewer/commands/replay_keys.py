"""Single key presses, without Enter and without waiting."""

import sys
import time
from contextlib import AbstractContextManager
from typing import Protocol, Self

_ARROWS = {"\x1b[C": "right", "\x1b[D": "left", "\xe0M": "right", "\xe0K": "left"}


class Keys(Protocol):
    """Where key presses come from."""

    def pressed(self) -> str | None:
        """The key that was pressed since the last call: a character, `left` or `right`."""


class NoKeys:
    """For when there is no terminal."""

    def pressed(self) -> str | None:
        """None."""
        return None


if sys.platform == "win32":
    import msvcrt

    class Keyboard(AbstractContextManager["Keyboard"]):
        """The terminal's keys (Windows); a context manager."""

        def __exit__(self, *_: object) -> None:
            """Nothing has to be put back."""

        def pressed(self) -> str | None:
            """The key that was pressed since the last call."""
            if not msvcrt.kbhit():
                return None
            key = msvcrt.getwch()
            if key in "\x00\xe0":
                key = "\xe0" + msvcrt.getwch()
            return _ARROWS.get(key, key)

else:
    import os
    import select
    import termios
    import tty

    class Keyboard(AbstractContextManager["Keyboard"]):
        """The terminal's keys (POSIX); a context manager that puts the terminal back as it was."""

        def __enter__(self) -> Self:
            """Take keys one by one; Ctrl-C still interrupts."""
            self._descriptor = sys.stdin.fileno()
            self._before = termios.tcgetattr(self._descriptor)
            tty.setcbreak(self._descriptor)
            return self

        def __exit__(self, *_: object) -> None:
            """Put the terminal back."""
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)

        def pressed(self) -> str | None:
            """The key that was pressed since the last call."""
            if not select.select([self._descriptor], [], [], 0)[0]:
                return None
            # An arrow is three bytes that arrive together.
            key = os.read(self._descriptor, 8).decode(errors="ignore")
            return _ARROWS.get(key, key[:1] or None)


def wait(keys: Keys) -> str:
    """The next key."""
    while (key := keys.pressed()) is None:
        time.sleep(0.03)
    return key
