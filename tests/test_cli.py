"""The command line: help, its reference, settings, and errors of a line or two."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from platformdirs.windows import Windows

from interviewer.cli import COMMANDS, main
from interviewer.commands.practice import practice
from interviewer.commands.sessions import sessions
from interviewer.settings import config_file, default_map
from rubrics.library import own_folder
from sessions.document import encoded
from tests.example_sessions import graded_session

ROOT = Path(__file__).parent.parent
HEAVY = (
    "sounddevice",
    "pyttsx3",
    "faster_whisper",
    "onnxruntime",
    "xllamacpp",
    "av",
    "openai",
    "numpy",
)


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_the_reference_of_commands_is_current() -> None:
    # A process of its own: click remembers how a command's help was asked for first.
    script = "import sys, make_commands; sys.stdout.write(make_commands.reference())"
    docs = ROOT / "docs"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, cwd=docs, text=True, check=True
    )
    current = (docs / "commands.md").read_text(encoding="utf-8")
    assert current == done.stdout, "run: python docs/make_commands.py"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert "Example" in out


@pytest.fixture
def signals() -> Iterator[None]:
    """Puts back what a command changes."""
    names = ("SIGTERM", "SIGHUP")
    before = {one: signal.getsignal(one) for name in names if (one := getattr(signal, name, None))}
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows knows no such signal")
def test_a_closed_terminal_that_is_told_of_twice_is_ctrl_c_pressed_once(signals: None) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    run("rubrics", "list")
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGHUP)
    signal.raise_signal(signal.SIGHUP)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from interviewer.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([one for one in {HEAVY} if one in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("grade", "nothing.wav", "--round", "behavioral"), "no such file"),
        (("grade", "x.txt", "--round", "gardening"), "gardening"),
        (("show", "2020-01-01-0000-nothing"), "no sessions in"),
        (("practice", "--llm", "nonsense"), "nonsense"),
        (("probe", "nothing.txt", "--round", "coding"), "no such file"),
        (("practice", "--candidate", "nowhere.wav"), "nowhere.wav"),
        (("practice", "--next", "--question", "Why?"), "--question and --next do not go together"),
        (("practice", "--question", "production_failur"), "Did you mean production_failure"),
        (("practice", "--question", ""), "'' is no question"),
        (("practice", "--question", "x", "--round", "coding"), "interview rubrics show coding"),
        (("sessions", "--limit", "-1"), "-1"),
        (("sessions", "--round", "nope"), "No round 'nope'"),
        (("calibrate", "nope.jsonl"), "nope.jsonl: cannot be read (No such file or directory)."),
        (("rubrics", "new", "coding"), "--from coding"),
        (("replay", "--serve", "--web"), "--serve and --web do not go together"),
        (("replay", "--serve", "--out", "x.html"), "--serve and --out"),
        (("replay", "last", "--serve"), "--serve and ID do not go together"),
        (("replay", "--serve", "--no-audio"), "--serve and --no-audio"),
        (("replay", "--web", "--from", "3"), "--web and --from"),
        (("replay", "--out", "x.html", "--speed", "2"), "--out and --speed"),
        (("replay", "--beside", "--no-audio"), "--beside and --no-audio"),
        (("progress", "--json", "--web"), "--json and --web"),
        (("show", "--json", "--sources"), "--json and --sources"),
        (("show", "--against", "x", "--timing"), "--against and --timing"),
        (("grade", "x.txt", "--round", "coding", "--json", "--csv"), "--json and --csv"),
        (("grade", "last", "--round", "coding"), "leave --round out"),
        (("grade", "last", "--question", "Why is that?"), "leave --question out"),
        (("show", "--question", "foo"), "--against"),
        (("show", "--against", "x", "--json"), "--json and --against"),
    ],
)
def test_bad_input_is_a_line_or_two_and_a_non_zero_exit(
    home: Path, arguments: tuple[str, ...], said: str
) -> None:
    code, _, err = run(*arguments)
    assert code != 0
    assert said in err
    assert "Traceback" not in err
    message = err[err.index("Error:") :]
    assert len(message.strip().splitlines()) <= 3


@pytest.mark.parametrize("group", [(), ("rubrics",), ("models",)])
def test_no_summary_is_cut_off_at_80_columns(
    monkeypatch: pytest.MonkeyPatch, group: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = run(*group, "--help")
    cut = [line for line in out.splitlines() if line.endswith("...") and "Usage" not in line]
    assert not cut


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("practise", "practice"), ("session", "sessions"), ("rubrics chek", "check")],
)
def test_a_mistyped_command_is_guessed(home: Path, typed: str, meant: str) -> None:
    code, _, err = run(*typed.split())
    assert code == 2
    assert f"Did you mean {meant}?" in err
    assert "Did you mean" not in run("zebra")[2]


def test_it_runs_as_a_module() -> None:
    words = [sys.executable, "-m", "interviewer", "--version"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("interview, version")


def commands_with_something_required() -> list[tuple[str, ...]]:
    """Each command, and each subcommand of a group, that cannot run on its name alone."""
    context, found = click.Context(main), []
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command
        inner = command.commands if isinstance(command, click.Group) else {"": command}
        for below, one in inner.items():
            if any(parameter.required for parameter in one.params):
                found.append((name, below) if below else (name,))
    return found


@pytest.mark.parametrize("command", commands_with_something_required())
def test_what_is_required_is_asked_for(home: Path, command: tuple[str, ...]) -> None:
    code, _, err = run(*command)
    assert code == 2
    assert "Missing" in err


def test_a_required_option_is_asked_for_where_the_argument_is_there(home: Path) -> None:
    code, _, err = run("probe", "I would use a dict for that")
    assert code == 2
    assert "Missing option '--round'" in err


@pytest.mark.parametrize(
    ("text", "arguments", "option"),
    [
        ("questions = 0\n", ("practice",), "--questions"),
        ("[practice]\nquestions = 'many'\n", ("practice",), "--questions"),
        ("[grade]\njobs = 0\n", ("grade", "x.txt", "--round", "behavioral"), "--jobs"),
    ],
)
def test_a_wrong_value_of_the_settings_file_is_told_with_the_file(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    arguments: tuple[str, ...],
    option: str,
) -> None:
    path = home / "config.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("MOCK_INTERVIEWER_CONFIG", str(path))
    code, _, err = run(*arguments)
    assert code == 2
    assert f"It is set in {path}." in err.replace("\n", "")
    assert option in err


def test_a_wrong_value_of_the_environment_is_told_with_the_variable(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCK_INTERVIEWER_GRADER", "gardener")
    code, _, err = run("grade", "x.txt", "--round", "behavioral")
    assert code == 2
    assert "It is set by the environment variable MOCK_INTERVIEWER_GRADER." in err


def test_a_wrong_value_that_was_typed_is_told_as_it_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "config.toml"
    path.write_text("questions = 3\n", encoding="utf-8")
    monkeypatch.setenv("MOCK_INTERVIEWER_CONFIG", str(path))
    code, _, err = run("practice", "--questions", "0")
    assert code == 2
    assert "'--questions': 0 is not in the range" in err and "It is set" not in err


def test_a_settings_file_may_begin_with_a_byte_order_mark(home: Path) -> None:
    path = home / "config.toml"
    path.write_bytes(b"\xef\xbb\xbfquestions = 3\n")
    found = default_map({"practice": practice}, path)
    assert found["practice"] == {"questions": "3"}


@pytest.mark.slow
def test_settings_of_the_file_are_taken_and_flags_win(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "config.toml"
    path.write_text('llm = "nonsense-of-the-file"\n', encoding="utf-8")
    monkeypatch.setenv("MOCK_INTERVIEWER_CONFIG", str(path))
    assert "nonsense-of-the-file" in run("practice")[2]
    assert "nonsense-of-the-flag" in run("practice", "--llm", "nonsense-of-the-flag")[2]


def test_on_windows_settings_lie_beside_the_rubrics_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MOCK_INTERVIEWER_CONFIG", raising=False)
    monkeypatch.setattr("platformdirs.PlatformDirs", Windows)
    monkeypatch.setattr("platformdirs.windows.get_win_folder", lambda name: str(tmp_path))
    assert config_file() == tmp_path / "mock-interviewer" / "config.toml"
    assert config_file().parent == own_folder().parent


def test_the_environment_wins_over_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "config.toml"
    path.write_text('llm = "nonsense-of-the-file"\n', encoding="utf-8")
    monkeypatch.setenv("MOCK_INTERVIEWER_CONFIG", str(path))
    monkeypatch.setenv("MOCK_INTERVIEWER_LLM", "nonsense-of-the-environment")
    assert "nonsense-of-the-environment" in run("practice")[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("llm = ", "Mend the file"),
        ("lm = 'x'\n", "'lm'"),
        ("[practise]\nllm = 'x'\n", "[practise]"),
        ("[rubrics.lst]\nquestion = 'x'\n", "[rubrics.lst]"),
        ("[rubrics]\nquestion = 'x'\n", "'question'"),
        ("[practice.llm]\nmodel = 'x'\n", "[practice.llm]"),
    ],
)
def test_a_wrong_settings_file_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    path = home / "config.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("MOCK_INTERVIEWER_CONFIG", str(path))
    code, _, err = run("sessions")
    assert code == 1
    assert said in err and str(path) in err


def test_a_settings_file_that_was_named_must_be_there(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCK_INTERVIEWER_CONFIG", str(home / "nowhere.toml"))
    code, _, err = run("sessions")
    assert code == 1
    assert "MOCK_INTERVIEWER_CONFIG" in err and "nowhere.toml" in err


def settings_of(text: str, home: Path) -> dict[str, Any]:
    """What click is told of a settings file with that text."""
    path = home / "config.toml"
    path.write_text(text, encoding="utf-8")
    context = click.Context(main)
    commands = {name: main.get_command(context, name) for name in COMMANDS}
    return default_map({name: one for name, one in commands.items() if one}, path)


def test_the_example_in_the_documentation_is_a_settings_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    example = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)[0]
    found = settings_of(example, home)
    server = {"llm": "http://localhost:11434/v1", "model": "qwen2.5:7b-instruct"}
    assert found["probe"] == server
    assert found["sessions"] == {"sessions": "~/interviews"}
    assert found["practice"] == {
        **server, **found["sessions"],
        "questions": "3", "seniority": "senior", "input_device": "USB Microphone",
    }  # fmt: skip
    monkeypatch.setenv("MOCK_INTERVIEWER_CONFIG", str(home / "config.toml"))
    assert run("sessions")[0] == 0
    assert run("rubrics", "list")[0] == 0


def test_settings_are_named_like_the_long_options_also_of_subcommands(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "round = 'coding'\n[grade]\ncsv = true\n[rubrics.show]\nquestion = 'no-such-one'\n"
    found = settings_of(text, home)
    assert found["practice"] == {"round_id": "coding"}
    assert found["grade"] == {"round_id": "coding", "as_csv": True}
    monkeypatch.setenv("MOCK_INTERVIEWER_CONFIG", str(home / "config.toml"))
    assert "no-such-one" in run("rubrics", "show", "behavioral")[2]


def test_a_commands_own_table_wins_over_what_is_for_all(home: Path) -> None:
    text = (
        "llm = 'all'\nround = 'coding'\n[practice]\nllm = 'own'\n[rubrics.show]\nquestion = 'x'\n"
    )
    found = settings_of(text, home)
    assert found["practice"] == {"llm": "own", "round_id": "coding"}
    assert found["probe"] == {"llm": "all", "round_id": "coding"}
    assert found["rubrics"]["show"] == {"question": "x"}


def test_a_tilde_in_the_sessions_folder_is_the_home(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCK_INTERVIEWER_SESSIONS", "~/interviews")
    context = sessions.make_context("sessions", [])
    assert context.params["sessions"] == Path.home() / "interviews"


def test_an_error_about_a_file_of_somebody_else_steers_no_terminal(home: Path) -> None:
    path = home / "evil.json"
    session = json.loads(encoded(graded_session(id="evil")))
    path.write_text(json.dumps(session | {"\x1b]0;title\x07": 1}), encoding="utf-8")
    code, _, err = run("import", str(path))
    assert code == 1
    assert "]0;title" in err
    assert "\x1b" not in err and "\x07" not in err
