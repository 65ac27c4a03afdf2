"""Answers that are piped into `grade` and `probe`, and the table that people read."""

import io
import json
import os
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewer.cli import main
from interviewer.errors import InterviewError
from interviewer.offline.answers import is_sound, read_answer
from interviewer.offline.batch import _write_table
from interviewer.offline.remarks import Remarks
from interviewer.offline.result_table import show
from interviewer.offline.results import result_of
from tests.example_sessions import graded_session

STORY = (
    "In March I shipped a model that ranked support tickets, and four days later I saw that the "
    "share of billing tickets answered within an hour had dropped from 92 to 61 percent. I rolled "
    "it back myself the same morning. Since then every release has a check per segment."
)


def test_the_table_says_why_an_answer_is_unscored(capsys: pytest.CaptureFixture[str]) -> None:
    session = graded_session()
    assert session.scorecard
    card = replace(session.scorecard, overall=None, unscored="The answer is not in English.")
    show(
        [
            result_of("a.txt", session, session.scorecard, Remarks()),
            result_of("-b.txt", session, card, Remarks()),
        ]
    )
    assert "\n-b.txt is unscored: The answer is not in English.\n" in capsys.readouterr().out


def test_one_answer_is_shown_with_names_and_with_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    session = graded_session()
    assert session.scorecard
    result = result_of("a.txt", session, session.scorecard, Remarks())
    show([result])
    shown = capsys.readouterr().out
    assert " Ownership " in shown and "ownership" not in shown
    assert "   To raise it: Say how far the metric came back after the fix." in shown
    assert "Fix first: Say the number before the story" in shown
    assert "ownership" in result.row(), "a table for machines has ids"
    for one in result.data["criteria"]:
        del one["name"]  # As older programs kept it.
    show([result])
    assert " ownership " in capsys.readouterr().out


def test_one_answer_is_shown_as_show_does_and_what_matters_first(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    session = graded_session()
    card = session.scorecard
    assert card
    quote = replace(card.criteria[0].quotes[0], start=46.6, end=49.0)
    advice = replace(card.advice[0], fix_first=("Missing: an answer that says what it cost.",))
    one = replace(card.criteria[0], quotes=(quote,))
    card = replace(card, overall=4.2, low=3.31, high=5.0, criteria=(one,), advice=(advice,))
    show([result_of("a.txt", session, card, Remarks())])
    shown = capsys.readouterr().out
    assert "(0:47)" in shown, "as show, export and the page round it"
    assert "Fix first: An answer that says what it cost." in shown
    order = ("Overall 4.2 of 5  (3.3-5.0)", "Fix first", one.name, "Graded by", "Transcript: ")
    places = [shown.index(each) for each in order]
    assert places == sorted(places)


def test_one_answer_stays_readable_in_a_narrow_window(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    session = graded_session()
    assert session.scorecard
    show([result_of("a.txt", session, session.scorecard, Remarks())])
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    at = lines.index("3  Evidence  (2.3-3.7)")
    assert lines[at + 1] == "   The damage and the trigger both carry a number; the"
    assert "–  Reflection" in lines, "not scored"
    assert "   Nothing that was said bears on it." in lines


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes with names of files")
def test_an_answer_comes_through_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: Path) -> str:
        assert not is_sound(path)
        return read_answer(path, lambda: pytest.fail("no sound"), (), print).text

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbfWe rolled back.")))
    assert read(Path("-")) == "We rolled back."
    with pytest.raises(InterviewError, match="no text on standard input"):
        read(Path("-"))
    for text in ("", "\n", "... - !\n"):
        (tmp_path / "empty.txt").write_text(text)
        with pytest.raises(InterviewError, match=r"empty\.txt: no words in it"):
            read(tmp_path / "empty.txt")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text("Nobody else did."))
    writer.start()
    assert read(pipe) == "Nobody else did."
    writer.join()


def windows_like() -> io.TextIOWrapper:
    """Standard output that goes to a file there."""
    return io.TextIOWrapper(io.BytesIO(), "cp1252", newline="\r\n")


def test_a_table_for_a_spreadsheet_has_no_empty_lines_on_windows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = graded_session()
    assert session.scorecard
    result = result_of("a.txt", session, session.scorecard, Remarks())
    monkeypatch.setattr("sys.stdout", out := windows_like())
    _write_table([result, result], as_csv=True)
    out.flush()
    assert isinstance(out.buffer, io.BytesIO)
    written = out.buffer.getvalue()
    assert [line[:5] for line in written.split(b"\r\n")] == [b"path,", b"a.txt", b"a.txt", b""]
    assert b"\r\r\n" not in written


@pytest.mark.slow
@pytest.mark.parametrize("options", [("--json",), ("--csv",), ()])
def test_a_pipe_gets_signs_that_the_code_page_of_windows_lacks(
    embedder: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    path = tmp_path / "≥.txt"
    path.write_text(f"{STORY} Now it is ≥ 95.", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdout", out := windows_like())
    monkeypatch.setattr("sys.stderr", windows_like())
    words = ["grade", path.name, "--round", "behavioral", "--llm", "scripted", *options]
    main(words, standalone_mode=False)
    out.flush()
    assert isinstance(out.buffer, io.BytesIO)
    assert "≥" in out.buffer.getvalue().decode()


@pytest.mark.slow
def test_grade_reads_what_is_piped_into_it_and_nothing_odd(tmp_path: Path) -> None:
    options = ["--round", "behavioral", "--llm", "scripted", "--out", str(tmp_path / "kept")]
    for _ in range(2):
        done = CliRunner().invoke(main, ["grade", "-", "--json", *options], input=STORY)
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout)["transcript"] == STORY
    done = CliRunner().invoke(main, ["grade", "/dev/null", *options])
    assert "/dev/null is no ordinary file" in done.stderr
    done = CliRunner().invoke(main, ["probe", "-", *options[:4]], input=STORY)
    assert done.exit_code == 0, done.output


def test_a_standard_input_that_was_closed_holds_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InterviewError, match="no text on standard input"):
        read_answer(Path("-"), pytest.fail, (), pytest.fail)
