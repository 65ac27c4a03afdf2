"""The keyboard of a terminal, and Enter on it: asked and never waited for, so without a thread."""

import io
import sys
from contextlib import suppress
from typing import IO, Any, Self

if sys.platform == "win32":
    import msvcrt

    class Keyboard:
        """The keyboard of the Windows console."""

        def __init__(self, stream: IO[str]) -> None:
            """Nothing is changed: the console echoes only what is read by lines."""

        def typed(self) -> str:
            """What was typed since the last call."""
            keys = ""
            while msvcrt.kbhit():
                keys += msvcrt.getwch()
            if "\x03" in keys:
                raise KeyboardInterrupt
            return keys

        def close(self) -> None:
            """Nothing was changed."""

else:
    import errno
    import os
    import select
    import termios
    import tty

    class Keyboard:
        """The keyboard of a POSIX terminal: no echo, no waiting for whole lines, Ctrl-C works.

        In the background (`interview practice &`) it is left alone: to touch it there would
        stop the program.
        """

        def __init__(self, stream: IO[str]) -> None:
            """Take keys one by one."""
            self._descriptor = stream.fileno()
            self._before: list[Any] | None = None
            if self._ours():
                self._before = termios.tcgetattr(self._descriptor)
                tty.setcbreak(self._descriptor, termios.TCSANOW)

        def typed(self) -> str:
            """What was typed since the last call; nothing where the terminal went away."""
            try:
                ready = self._ours() and select.select([self._descriptor], [], [], 0)[0]
                return os.read(self._descriptor, 1024).decode(errors="replace") if ready else ""
            except OSError:
                return ""

        def close(self) -> None:
            """Put the terminal back, and drop what was typed but not asked for."""
            before, self._before = self._before, None
            if before is None or not self._ours():
                return
            # An error: the terminal was closed, and nothing is left to put back.
            with suppress(termios.error):
                termios.tcsetattr(self._descriptor, termios.TCSAFLUSH, before)

        def _ours(self) -> bool:
            try:
                return os.tcgetpgrp(self._descriptor) == os.getpgrp()
            except OSError as error:
                # Not our controlling terminal: then it has no job control that could stop us.
                return error.errno == errno.ENOTTY


def at_terminal(stream: IO[str] | None) -> bool:
    """Whether somebody can press keys there."""
    try:
        return stream is not None and stream.isatty() and stream.fileno() >= 0
    except (ValueError, io.UnsupportedOperation):
        return False


class EnterKey:
    """Set once Enter was pressed after the last `clear`; a `voice.ears.Done`.

    Open it before the live screen: while it is open the terminal does not echo keys, which
    would push the screen up. Where standard input is no terminal (a pipe, /dev/null) it is
    never set. It is asked from one thread, some 31 times a second.
    """

    def __init__(self, stream: IO[str] | None = None) -> None:
        """`stream` is standard input unless told otherwise."""
        source = sys.stdin if stream is None else stream
        self._keyboard = Keyboard(source) if at_terminal(source) else None
        self._pressed = False

    def __enter__(self) -> Self:
        """Already open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Put the terminal back."""
        self.close()

    def is_set(self) -> bool:
        """Whether Enter was pressed since the last `clear`."""
        typed = self._keyboard.typed() if self._keyboard else ""
        # Terminals send one or the other.
        self._pressed = self._pressed or "\n" in typed or "\r" in typed
        return self._pressed

    def clear(self) -> None:
        """Forget what was pressed, for example while the interviewer spoke."""
        while self._keyboard and self._keyboard.typed():
            pass
        self._pressed = False

    def close(self) -> None:
        """Put the terminal back as it was; may be called twice."""
        if self._keyboard:
            self._keyboard.close()
        self._keyboard = None
