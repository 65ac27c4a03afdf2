"""The live view: what a terminal of any width shows, and that it disturbs nobody."""

import io
import re
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from interviewer.plain import plain
from interviewer.screen.lines import LineScreen, Screen
from interviewer.screen.live_screen import LiveScreen
from interviewer.screen.panel import Doing, Scene, draw, last_lines
from tests.example_sessions import example_session, example_turn
from tests.test_screen import FOLLOW_UP, HOSTILE, QUESTION, SECOND, Clock
from voice.observer import Hearing, Observer
from voice.words import Word

UP = "\x1b[1A"
BY_HAND = 1 / 3600
"""Frames a second: each test draws its own."""


def said(text: str) -> tuple[Word, ...]:
    return tuple(Word(word, at, at + 0.5, 0.9) for at, word in enumerate(text.split()))


@dataclass
class Terminal:
    """Where the screen draws, and what it drew."""

    file: io.StringIO
    console: Console
    screen: LiveScreen
    clock: Clock

    def panel(self) -> list[str]:
        """The rows at the bottom, as they are seen now."""
        self.screen.refresh()
        rows = self.file.getvalue().rpartition("\x1b[2K")[2].splitlines()[-7:]
        return [Text.from_ansi(row).plain.rstrip() for row in rows]

    def above(self) -> str:
        """Everything that was ever drawn."""
        return Text.from_ansi(self.file.getvalue()).plain


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "TTY_INTERACTIVE", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    file, clock = io.StringIO(), Clock()
    console = Console(file=file, force_terminal=True, width=80, height=24, legacy_windows=False)
    screen = LiveScreen(console, enter=True, now=clock, refreshes=BY_HAND)
    yield Terminal(file, console, screen, clock)
    screen.close()


def test_it_is_a_screen_and_watches_the_ears(terminal: Terminal) -> None:
    screen: Screen = terminal.screen
    observer: Observer = screen
    observer.on_level(-30.0)


def test_it_shows_question_round_and_time_and_who_speaks(terminal: Terminal) -> None:
    terminal.screen.move(QUESTION, example_session(), QUESTION.text)
    terminal.clock.now = 65.0
    panel = terminal.panel()
    assert panel[1] == "► Speaking"
    assert panel[5] == "Question 1 of 2: Behavioral" + " " * 35 + "1:05 · 28:55 left"
    terminal.screen.move(SECOND, example_session(turns=(example_turn(),)), SECOND.text)
    assert terminal.panel()[5].startswith("Question 2 of 2: Behavioral")


def test_time_over_the_budget_is_told(terminal: Terminal) -> None:
    terminal.screen.move(QUESTION, example_session(), QUESTION.text)
    terminal.clock.now = 31 * 60.0
    assert terminal.panel()[5].endswith("31:00 · over time")


def test_while_listening_it_shows_level_captions_and_keys(terminal: Terminal) -> None:
    terminal.screen.listening()
    terminal.screen.on_state("speech")
    assert "Your words appear here" in terminal.panel()[2]
    terminal.screen.on_level(-12.0)
    terminal.clock.now = 1.0
    terminal.screen.on_words(said("I owned the ranking model."))
    panel = terminal.panel()
    assert panel[1] == "● Listening 0:01" + " " * 44 + "■" * 19
    assert panel[2] == "I owned the ranking model."
    assert panel[-1] == "Enter: done   Ctrl-C: end"


def test_the_meter_rises_at_once_and_falls_slowly(terminal: Terminal) -> None:
    terminal.screen.listening()
    heights = []
    for level in (-12.0, -60.0, -60.0):
        terminal.screen.on_level(level)
        heights.append(terminal.panel()[1].count("■"))
    assert heights[0] == 19
    assert heights[0] > heights[1] > heights[2] > 0


@pytest.mark.parametrize("level", [float("nan"), float("-inf"), -120.0, 20.0])
def test_no_level_breaks_the_meter(terminal: Terminal, level: float) -> None:
    terminal.screen.listening()
    terminal.screen.on_level(level)
    assert terminal.panel()[1].startswith("● Listening")


@pytest.mark.parametrize(
    ("state", "explained"),
    [
        ("waiting", "● Listening 0:04 · take your time"),
        ("speech", "● Listening 0:04"),
        ("pause", "● Listening 0:04 · pause 3 s"),
        ("long_silence", "● Listening 0:04 · pause 3 s"),
        ("ending", "Hearing the last words… 3 s"),
        ("broken_off", "Hearing the last words… 3 s"),
    ],
)
def test_a_silence_of_more_than_two_seconds_is_explained(
    terminal: Terminal, state: Hearing, explained: str
) -> None:
    terminal.screen.listening()
    terminal.clock.now = 1.0
    terminal.screen.on_state("pause" if state == "long_silence" else state)
    terminal.clock.now = 2.5
    terminal.screen.on_state(state) if state == "long_silence" else None
    terminal.clock.now = 4.0
    terminal.screen.on_level(-60.0)
    assert terminal.panel()[1].rstrip("·").rstrip().endswith(explained)


def test_no_sound_at_all_is_told(terminal: Terminal) -> None:
    terminal.screen.listening()
    terminal.clock.now = 3.0
    assert "no sound arrives" in terminal.panel()[1]
    terminal.screen.on_level(-60.0)
    assert "no sound arrives" not in terminal.panel()[1]


def test_thinking_counts_its_seconds_also_where_they_are_in_its_name(terminal: Terminal) -> None:
    for second in range(4):
        terminal.clock.now = float(second)
        terminal.screen.working(f"loading the language model ({second} s)")
    assert terminal.panel()[1].endswith("Loading the language model… 3 s")
    terminal.screen.working("thinking")
    assert terminal.panel()[1].endswith("Thinking…")


def test_work_with_a_share_has_a_bar(terminal: Terminal) -> None:
    terminal.screen.working("grading", 0.5)
    assert terminal.panel()[1].endswith("■" * 10 + "·" * 9 + "  50%")


def test_work_beside_the_conversation_does_not_hide_who_has_the_word(terminal: Terminal) -> None:
    terminal.screen.listening()
    beside = threading.Thread(target=terminal.screen.working, args=("loading the model",))
    beside.start()
    beside.join()
    assert terminal.panel()[1].startswith("● Listening")
    terminal.screen.working("thinking")
    assert terminal.panel()[1].endswith("Thinking…")


def test_the_conversation_stays_and_the_panel_goes(terminal: Terminal) -> None:
    stdout, stderr = sys.stdout, sys.stderr
    terminal.screen.move(QUESTION, example_session(), QUESTION.text)
    terminal.screen.listening()
    terminal.screen.heard("I owned the ranking model.", 12.0)
    terminal.screen.note("The sound card lost input.")
    terminal.screen.close()
    terminal.screen.close()
    last = terminal.file.getvalue()
    assert "You (12 s): I owned the ranking model." in terminal.above()
    assert "Note: The sound card lost input." in terminal.above()
    assert last.count("\x1b[?25l") == last.count("\x1b[?25h") == 1, "the cursor is shown again"
    assert last.rpartition("\x1b[2K")[2].strip() == "", "nothing of the panel is left"
    assert (sys.stdout, sys.stderr) == (stdout, stderr)
    assert "screen" not in {thread.name for thread in threading.enumerate()}


def test_news_after_the_end_draws_nothing(terminal: Terminal) -> None:
    terminal.screen.close()
    terminal.screen.working("grading", 0.5)
    terminal.screen.on_level(-20.0)
    assert terminal.file.getvalue() == ""


def test_a_frame_that_looks_the_same_is_not_drawn(terminal: Terminal) -> None:
    terminal.screen.move(FOLLOW_UP, example_session(), "Why that?")
    terminal.screen.refresh()
    before = terminal.file.getvalue()
    terminal.clock.now = 0.5
    terminal.screen.refresh()
    assert terminal.file.getvalue() == before


def test_untrusted_text_reaches_the_terminal_without_its_control_characters(
    terminal: Terminal,
) -> None:
    terminal.screen.move(QUESTION, example_session(), HOSTILE)
    terminal.screen.working(HOSTILE, 0.2)
    terminal.panel()
    terminal.screen.listening()
    terminal.screen.on_words(said(HOSTILE))
    terminal.panel()
    terminal.screen.heard(HOSTILE, 1.0)
    drawn = terminal.file.getvalue()
    for attack in ("\x1b[2J", "\x1b]", "\x07", "\x9b", "\u202e"):
        assert attack not in drawn
    # Once for the utterance and never for what claims to be one.
    assert terminal.above().count("\nInterviewer:") == 1


class StuckTerminal(io.StringIO):
    """A terminal that takes nothing in until it is let go (somebody pressed Ctrl-S)."""

    def __init__(self) -> None:
        super().__init__()
        self.writing, self.go = threading.Event(), threading.Event()

    def write(self, text: str) -> int:
        self.writing.set()
        self.go.wait()
        return super().write(text)


def test_a_terminal_that_is_stuck_never_stops_the_ears(terminal: Terminal) -> None:
    stuck = StuckTerminal()
    screen = LiveScreen(Console(file=stuck, force_terminal=True, width=80, height=24))
    screen.listening()
    stuck.writing.wait()
    screen.on_level(-20.0)
    screen.on_words(said("I owned it."))
    screen.on_state("pause")
    assert stuck.getvalue() == ""
    stuck.go.set()
    screen.close()


def test_a_terminal_that_cannot_be_drawn_on_leaves_the_conversation_alone() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=80, legacy_windows=False)
    screen = LiveScreen(console, enter=True, refreshes=100)
    tried = threading.Event()

    def fail() -> None:
        tried.set()
        raise BlockingIOError("the terminal is full")

    screen.refresh = fail  # type: ignore[method-assign]
    screen.listening()
    assert tried.wait(10)
    until = time.monotonic() + 10
    while any(thread.name == "screen" for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.01)
    screen.working("thinking")
    screen.close()


class Gone(io.StringIO):
    """A terminal that was closed, or a pipe that nobody reads."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def flush(self) -> None:
        raise self.error


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), BrokenPipeError()])
def test_the_conversation_outlives_the_terminal(error: OSError) -> None:
    console = Console(file=Gone(error), force_terminal=True, width=80, legacy_windows=False)
    console.on_broken_pipe = lambda: sys.exit(1)  # type: ignore[method-assign]
    for screen in (LiveScreen(console, enter=True), LineScreen(console)):
        screen.move(QUESTION, example_session(), QUESTION.text)
        screen.listening()
        screen.heard("I owned it.", 3.0)
        screen.working("thinking")
        screen.note("Something happened.")
        screen.close()


def test_a_terminal_made_narrower_is_cleared_of_the_rows_that_broke(terminal: Terminal) -> None:
    terminal.screen.move(QUESTION, example_session(), QUESTION.text)
    terminal.panel()
    before = len(terminal.file.getvalue())
    terminal.console.width = 40
    panel = terminal.panel()
    # Seven rows, of which the rule and the one with the time were 79 wide: two rows more.
    assert terminal.file.getvalue()[before:].count(UP) == 6 + 2
    assert max(map(len, panel)) == 39


def scenes() -> list[Scene]:
    kinds: list[Doing] = ["working", "speaking", "listening"]
    full = Scene("working", place="Question 12 of 12: System design", elapsed=4000, left=1300)
    long = replace(full, what="whisper: model.bin from a very long place " * 3, seconds=99)
    return [
        replace(scene, doing=doing, share=share, enter=True, silence=7, hearing="pause")
        for doing in kinds
        for share in (None, 0.0, 1.7)
        for scene in (Scene("working"), full, long)
    ]


def console(width: int, height: int = 24, encoding: str = "utf-8") -> Console:
    file = io.TextIOWrapper(io.BytesIO(), encoding)
    return Console(file=file, force_terminal=True, width=width, height=height, legacy_windows=False)


@pytest.mark.parametrize("width", [1, 10, 20, 40, 80, 200])
def test_the_panel_has_seven_rows_in_every_width(width: int) -> None:
    for scene in scenes():
        rows = draw(scene, console(width))
        assert len(rows) == 7
        assert max(row.cell_len for row in rows) <= max(1, width - 1)


@pytest.mark.parametrize(("height", "rows"), [(24, 7), (8, 6), (6, 4)])
def test_a_low_terminal_has_fewer_captions(height: int, rows: int) -> None:
    assert len(draw(Scene("listening", captions=("a", "b", "c")), console(80, height))) == rows


@pytest.mark.parametrize("doing", ["working", "speaking", "listening"])
def test_forty_columns_hold_state_place_time_and_keys(doing: Doing) -> None:
    scene = replace(scenes()[1], doing=doing, what="thinking", enter=True, level=-30.0)
    rows = [row.plain for row in draw(scene, console(40))]
    state = {"working": "Thinking", "speaking": "Speaking", "listening": "Listening 0:00"}[doing]
    assert state in rows[1]
    assert "Question 12 of" in rows[5] and "66:40 · 21:40 left" in rows[5]
    assert "Ctrl-C: end" in rows[6]


def test_a_terminal_without_unicode_gets_ascii() -> None:
    for scene in scenes():
        for row in draw(scene, console(80, encoding="ascii")):
            assert row.plain.isascii()


@given(text=st.text(max_size=300), width=st.integers(5, 90))
def test_captions_of_any_text_fit(text: str, width: int) -> None:
    screen = console(width)
    lines = last_lines(plain(text), screen)
    rows = draw(Scene("listening", captions=lines), screen)
    assert len(lines) <= 3
    assert all(row.cell_len <= width - 1 for row in rows)


def test_captions_break_in_the_same_places_as_they_grow() -> None:
    words = [f"word{number}" for number in range(60)]
    screen = console(40)
    lines = [last_lines(" ".join(words[:count]), screen) for count in range(1, 61)]
    finished = {line for group in lines for line in group[:-1]}
    assert len(finished) > 5
    assert len(finished) == len({line.split()[0] for line in finished})


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    file = io.StringIO()
    screen = LiveScreen(
        Console(file=file, force_terminal=True, width=80, height=24), refreshes=BY_HAND
    )
    screen.listening()
    screen.refresh()
    screen.close()
    assert "Listening" in file.getvalue()
    styles = set(re.findall(r"\x1b\[([\d;]*)m", file.getvalue()))
    assert styles <= {"0", "1", "2"}, "bold and dim only"


def test_a_recorded_candidate_who_waits_for_the_recogniser_is_not_said_to_be_silent(
    terminal: Terminal,
) -> None:
    terminal.screen.listening()
    terminal.screen.on_state("catching_up")
    terminal.clock.now = 3.0
    assert "hearing what was said" in terminal.panel()[1]
    assert "no sound arrives" not in terminal.panel()[1]
