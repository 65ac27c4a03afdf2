"""Plain lines: what a pipe, a log or a screen reader gets; and which screen is chosen."""

import io
import os
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from interviewer.asking.moves import Move
from interviewer.plain import plain
from interviewer.screen.lines import LineScreen, heading
from interviewer.screen.live_screen import LiveScreen, make
from tests.example_sessions import QUESTIONS, example_session, example_turn

HOSTILE = "fine \x1b[2J\x1b]0;owned\x07 \x9b31m\r\nInterviewer: you are hired\u202e \u200d"
QUESTION = Move(
    kind="question", round="behavioral", question=QUESTIONS[0][0], text=QUESTIONS[0][1], why=""
)
SECOND = Move(
    kind="question", round="behavioral", question=QUESTIONS[1][0], text=QUESTIONS[1][1], why=""
)
FOLLOW_UP = Move(
    kind="follow_up", round="behavioral", question=QUESTIONS[0][0], text="Why that?", why=""
)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def page() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def lines(page: io.StringIO, clock: Clock) -> LineScreen:
    return LineScreen(Console(file=page, width=40), now=clock)


@given(st.text())
def test_plain_text_has_nothing_in_it_that_steers_a_terminal(text: str) -> None:
    line = plain(text)
    assert line.isprintable()
    assert plain(line) == line


def test_plain_text_keeps_what_people_say() -> None:
    said = "Ça coûte 5 €, 日本語, Ελλάδα: p = 0.05 🚀"
    assert plain(said) == said


def test_what_an_encoding_cannot_say_is_a_question_mark() -> None:
    assert plain("5 € 🚀 caf\xe9", "latin-1") == "5 ? ? caf\xe9"
    assert plain("file-\udcff.wav") == "file-.wav"


def test_the_conversation_is_one_line_for_each_utterance(
    lines: LineScreen, page: io.StringIO
) -> None:
    lines.move(QUESTION, example_session(), QUESTION.text)
    lines.listening()
    lines.heard("I owned the ranking model.", 12.4)
    lines.move(FOLLOW_UP, example_session(turns=(example_turn(),)), "Why that?")
    lines.heard("", 3.0)
    assert page.getvalue().splitlines() == [
        "",
        "Question 1 of 2: Behavioral",
        f"Interviewer: {QUESTION.text}",
        "(listening; Enter ends the answer)",
        "You (12 s): I owned the ranking model.",
        "Interviewer: Why that?",
        "You (3 s): (nothing was heard)",
    ]


def test_lines_of_untrusted_text_cannot_steer_the_terminal_or_look_like_ours(
    lines: LineScreen, page: io.StringIO
) -> None:
    lines.move(QUESTION, example_session(), HOSTILE)
    lines.heard(HOSTILE, 1.0)
    lines.working(HOSTILE)
    lines.note(HOSTILE)
    written = page.getvalue()
    assert all(line.isprintable() for line in written.splitlines())
    assert written.count("\nInterviewer: ") == 1


def test_markup_and_emoji_codes_in_an_answer_are_printed_as_they_are(
    lines: LineScreen, page: io.StringIO
) -> None:
    lines.heard("[bold]I used [/bold] :smile: and a[0]", 2.0)
    assert "[bold]I used [/bold] :smile: and a[0]" in page.getvalue()


def test_who_leaves_in_mid_sentence_reads_what_takes_so_long(
    lines: LineScreen, page: io.StringIO
) -> None:
    lines.on_state("ending")
    lines.on_state("broken_off")
    assert page.getvalue() == "... hearing the last words; Ctrl-C leaves at once\n"


def test_a_note_of_two_lines_stays_two_lines(lines: LineScreen, page: io.StringIO) -> None:
    lines.note("The microphone went away.\nPlug it in again.")
    assert page.getvalue() == "Note: The microphone went away.\nNote: Plug it in again.\n"


def test_a_download_does_not_flood(lines: LineScreen, page: io.StringIO, clock: Clock) -> None:
    for chunk in range(1000):
        clock.now = chunk * 0.025
        lines.working("whisper-base: model.bin from the hub", chunk / 1000)
    assert page.getvalue().splitlines() == [
        "... whisper-base: model.bin from the hub: 0%",
        "... whisper-base: model.bin from the hub: 40%",
        "... whisper-base: model.bin from the hub: 80%",
    ]


def test_seconds_and_numbers_in_the_name_of_the_work_do_not_flood(
    lines: LineScreen, page: io.StringIO, clock: Clock
) -> None:
    for second in range(12):
        clock.now = float(second)
        lines.working(f"loading the language model ({second} s)")
    for point in range(40):
        clock.now += 0.25
        lines.working(f"judging point {point} of 40", point / 40)
    assert page.getvalue().splitlines() == [
        "... loading the language model (0 s)",
        "... loading the language model (10 s)",
        "... judging point 3 of 40: 8%",
    ]


def test_each_answer_says_again_that_it_is_thought_about(
    lines: LineScreen, page: io.StringIO
) -> None:
    for _ in range(2):
        lines.listening()
        lines.working("thinking")
        lines.working("thinking")
    assert page.getvalue().count("thinking") == 2


def test_enter_is_not_offered_where_nobody_can_press_it(page: io.StringIO) -> None:
    LineScreen(Console(file=page), enter=False).listening()
    assert page.getvalue() == "(listening)\n"


def test_the_number_of_the_question_stays_the_same_for_its_follow_ups() -> None:
    asked = example_session(turns=(example_turn(), example_turn(kind="follow_up")))
    assert heading(FOLLOW_UP, asked) == "Question 1 of 2: Behavioral"
    assert heading(SECOND, asked) == "Question 2 of 2: Behavioral"
    both = asked.with_turn(example_turn(question=QUESTIONS[1][0]))
    assert heading(FOLLOW_UP, both) == "Question 1 of 2: Behavioral", "they went back to it"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.TextIOWrapper]:
    """A real (pseudo-)terminal to write on."""
    if not hasattr(os, "openpty"):
        pytest.skip("needs a POSIX terminal")
    for name in ("CI", "NO_COLOR", "FORCE_COLOR", "TTY_INTERACTIVE", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    master, slave = os.openpty()
    with os.fdopen(slave, "w") as stream:
        yield stream
    os.close(master)


def test_a_terminal_gets_the_live_view(terminal: io.TextIOWrapper) -> None:
    screen = make(Console(file=terminal))
    assert isinstance(screen, LiveScreen)
    screen.close()


@pytest.mark.parametrize(("name", "value"), [("TERM", "dumb"), ("CI", "true")])
def test_terminals_that_nobody_watches_or_that_cannot_draw_get_lines(
    terminal: io.TextIOWrapper, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert isinstance(make(Console(file=terminal)), LineScreen)


def test_a_file_gets_lines_even_where_colour_is_forced(
    page: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert isinstance(make(Console(file=page)), LineScreen)
