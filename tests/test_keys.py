"""Enter ends an answer, and the terminal is left as it was. On a real pseudo-terminal."""

import os
import select
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pytest

from interviewer.commands.replay_keys import TerminalKeys
from interviewer.screen.keys import EnterKey, at_terminal
from voice.ears import Done

termios = pytest.importorskip("termios")
ROOT = Path(__file__).parent.parent


@dataclass
class Keyboard:
    master: int
    stream: TextIO

    def type(self, keys: bytes) -> None:
        """Return when they have arrived."""
        os.write(self.master, keys)
        select.select([self.stream], [], [])


@pytest.fixture
def keyboard() -> Iterator[Keyboard]:
    master, slave = os.openpty()
    with os.fdopen(slave, "r") as stream:
        keyboard = Keyboard(master, stream)
        yield keyboard
    if keyboard.master >= 0:
        os.close(keyboard.master)


def test_it_is_what_the_ears_take_as_done() -> None:
    with EnterKey() as key:
        done: Done = key
        done.clear()


def test_it_is_set_by_enter_and_stays_set_until_it_is_cleared(keyboard: Keyboard) -> None:
    with EnterKey(keyboard.stream) as enter:
        assert not enter.is_set()
        keyboard.type(b"\n")
        assert enter.is_set()
        assert enter.is_set()
        enter.clear()
        assert not enter.is_set()


def test_other_keys_mean_nothing(keyboard: Keyboard) -> None:
    with EnterKey(keyboard.stream) as enter:
        keyboard.type(b"hello \x1b[A")
        assert not enter.is_set()
        keyboard.type(b"typed ahead\r")
        assert enter.is_set()


def test_enter_while_the_interviewer_spoke_does_not_end_the_answer(keyboard: Keyboard) -> None:
    with EnterKey(keyboard.stream) as enter:
        keyboard.type(b"\n" * 3000)
        enter.clear()
        assert not enter.is_set()


def test_keys_are_not_echoed_while_it_is_open_and_are_afterwards(keyboard: Keyboard) -> None:
    before = termios.tcgetattr(keyboard.stream)
    threads = threading.active_count()
    with EnterKey(keyboard.stream):
        local = termios.tcgetattr(keyboard.stream)[3]
        assert not local & termios.ECHO
        assert local & termios.ISIG, "Ctrl-C must go on to interrupt"
    assert termios.tcgetattr(keyboard.stream) == before
    assert threading.active_count() == threads


def test_what_was_typed_and_not_asked_for_does_not_go_to_the_shell(keyboard: Keyboard) -> None:
    with EnterKey(keyboard.stream):
        keyboard.type(b"rm -r everything\n")
    assert select.select([keyboard.stream], [], [], 0.2)[0] == []


def test_a_replay_gets_keys_one_by_one_also_of_an_arrow_that_is_held(
    keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", keyboard.stream)
    with closing(TerminalKeys()) as keys:
        keyboard.type(b"\x1b[C\x1b[C\x1b[C\x1b[Dq\x1b[15~ ")
        pressed = [keys.pressed() for _ in range(8)]
    assert pressed == ["right", "right", "right", "left", "q", "\x1b[15~", " ", None]


def test_closing_twice_is_fine_and_nothing_is_pressed_afterwards(keyboard: Keyboard) -> None:
    enter = EnterKey(keyboard.stream)
    enter.close()
    enter.close()
    assert not enter.is_set()


def test_a_terminal_that_goes_away_is_no_key_and_no_error(keyboard: Keyboard) -> None:
    with EnterKey(keyboard.stream) as enter:
        os.close(keyboard.master)
        keyboard.master = -1
        assert not enter.is_set()


def test_from_dev_null_answers_never_end_by_key() -> None:
    with Path(os.devnull).open() as stream, EnterKey(stream) as enter:
        assert not at_terminal(stream)
        assert not enter.is_set()


def test_from_a_pipe_answers_never_end_by_key() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"\n\n")
    os.close(writing)
    with os.fdopen(reading) as stream, EnterKey(stream) as enter:
        assert not at_terminal(stream)
        assert not enter.is_set()


def test_no_standard_input_at_all_is_no_terminal() -> None:
    assert not at_terminal(None)


IN_A_SESSION = """
import fcntl, os, sys, termios, time
from interviewer.commands.replay_keys import TerminalKeys
from interviewer.screen.keys import EnterKey
stream = open(sys.argv[1])
fcntl.ioctl(stream, termios.TIOCSCTTY, 0)
before = termios.tcgetattr(stream)
"""


def in_a_session(code: str, keyboard: Keyboard) -> "subprocess.Popen[str]":
    """Run it in a session whose terminal this is."""
    return subprocess.Popen(
        [sys.executable, "-c", IN_A_SESSION + code, os.ttyname(keyboard.stream.fileno())],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd=ROOT,
    )


def test_ctrl_c_interrupts_and_the_terminal_is_put_back(keyboard: Keyboard) -> None:
    code = """
try:
    with EnterKey(stream) as enter:
        print("ready", flush=True)
        while not enter.is_set():
            time.sleep(0.01)
except KeyboardInterrupt:
    print("interrupted", termios.tcgetattr(stream) == before)
"""
    with in_a_session(code, keyboard) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        os.write(keyboard.master, b"\x03")
        assert process.communicate(timeout=20)[0] == "interrupted True\n"


def test_in_the_background_the_terminal_is_left_alone(keyboard: Keyboard) -> None:
    code = '''
import subprocess
inner = """
import sys
from interviewer.commands.replay_keys import TerminalKeys
from interviewer.screen.keys import EnterKey
with EnterKey(open(sys.argv[1])) as enter:
    print("goes on", enter.is_set())
"""
subprocess.run([sys.executable, "-c", inner, sys.argv[1]], process_group=0)
print(termios.tcgetattr(stream) == before)
'''
    os.write(keyboard.master, b"\n")
    with in_a_session(code, keyboard) as process:
        try:
            assert process.communicate(timeout=20)[0] == "goes on False\nTrue\n"
        finally:
            process.kill()
