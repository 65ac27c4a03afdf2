"""What is typed wins over settings, also where it is another option that it wins over."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewer.choices import Choices
from interviewer.cli import main
from interviewer.offline.batch import Batch
from sessions.store import SessionStore
from tests.example_sessions import graded_session

SERVER = "http://localhost:11434/v1"


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[Choices]:
    """What `practice` was to hold."""
    found: list[Choices] = []
    monkeypatch.setattr("interviewer.practice.run", found.append)
    return found


def settings(home: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "config.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("MOCK_INTERVIEWER_CONFIG", str(path))


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("", (SERVER, "qwen2.5:7b-instruct")),
        ("--llm embedded", ("embedded", None)),
        ("--model other --llm embedded", ("embedded", "other")),
        ("--model other", (SERVER, "other")),
        (f"--llm {SERVER}", (SERVER, "qwen2.5:7b-instruct")),
    ],
)
def test_a_model_of_the_settings_file_belongs_to_its_server(
    home: Path,
    asked_for: list[Choices],
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    used: tuple[str, str | None],
) -> None:
    text = f'llm = "{SERVER}"\nmodel = "qwen2.5:7b-instruct"\n'
    settings(home, text, monkeypatch)
    run("practice", *typed.split())
    assert [(one.llm, one.model) for one in asked_for] == [used]


def test_a_server_of_the_environment_leaves_the_files_model_out(
    home: Path, asked_for: list[Choices], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(home, f'llm = "{SERVER}"\nmodel = "of-the-file"\n', monkeypatch)
    monkeypatch.setenv("MOCK_INTERVIEWER_LLM", "scripted")
    run("practice")
    monkeypatch.setenv("MOCK_INTERVIEWER_MODEL", "of-the-environment")
    run("practice")
    run("practice", "--llm", "embedded")
    assert [one.model for one in asked_for] == [None, "of-the-environment", None]


def test_a_commands_own_server_leaves_the_model_of_the_one_for_all_out(
    home: Path, asked_for: list[Choices], monkeypatch: pytest.MonkeyPatch
) -> None:
    for_all = f'llm = "{SERVER}"\nmodel = "big"\n'
    settings(home, f'{for_all}[practice]\nllm = "embedded"\n', monkeypatch)
    run("practice")
    settings(home, f'{for_all}[practice]\nllm = "embedded"\nmodel = "my.gguf"\n', monkeypatch)
    run("practice")
    assert [(one.llm, one.model) for one in asked_for] == [
        ("embedded", None),
        ("embedded", "my.gguf"),
    ]


def test_a_second_model_belongs_to_its_server_likewise(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[Batch] = []
    monkeypatch.setattr("interviewer.offline.batch.run", batches.append)
    settings(home, f'second_llm = "{SERVER}"\nsecond_model = "big"\n', monkeypatch)
    judged = ("grade", "last", "--grader", "judge")
    run(*judged)
    run(*judged, "--second-llm", "scripted")
    assert [one.second_model for one in batches] == ["big", None]


@pytest.mark.parametrize(("of_the_file", "typed"), [("json", "--csv"), ("csv", "--json")])
def test_a_form_of_output_that_is_typed_wins_over_the_other_one_of_the_file(
    home: Path, monkeypatch: pytest.MonkeyPatch, of_the_file: str, typed: str
) -> None:
    batches: list[Batch] = []
    monkeypatch.setattr("interviewer.offline.batch.run", batches.append)
    settings(home, f"[grade]\n{of_the_file} = true\n", monkeypatch)
    run("grade", "last", typed)
    assert [(one.as_json, one.as_csv) for one in batches] == [(typed == "--json", typed == "--csv")]


@pytest.mark.parametrize(
    ("of_the_file", "typed", "question", "suggested"),
    [
        ("next = true", ("--question", "Why is that so?"), "Why is that so?", False),
        ("question = 'Why is that so?'", ("--next",), None, True),
        ("question = 'Why is that so?'", ("--round", "full_loop"), None, False),
        ("question = 'Why is that so?'", ("--round", "coding"), "Why is that so?", False),
    ],
)
def test_what_is_to_be_practised_is_what_was_typed(
    home: Path,
    asked_for: list[Choices],
    monkeypatch: pytest.MonkeyPatch,
    of_the_file: str,
    typed: tuple[str, ...],
    question: str | None,
    suggested: bool,
) -> None:
    settings(home, f"[practice]\n{of_the_file}\n", monkeypatch)
    run("practice", *typed)
    assert [(one.question, one.suggested) for one in asked_for] == [(question, suggested)]


def test_two_settings_that_exclude_each_other_are_told_with_their_file(
    home: Path, asked_for: list[Choices], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(home, "[practice]\nnext = true\nquestion = 'Why is that so?'\n", monkeypatch)
    told = " ".join(run("practice").stderr.split())
    assert "'next' chooses the question" in told and "config.toml" in told
    assert not asked_for


def test_a_page_or_a_comparison_that_is_typed_wins_over_the_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SessionStore(home / "sessions")
    store.create(graded_session())
    store.close()
    where = ("--sessions", str(home / "sessions"))
    settings(home, "json = true\n[replay]\nserve = true\n", monkeypatch)
    assert run("show", *where).stdout.startswith("{")
    assert not run("show", "--timing", *where).stdout.startswith("{")
    page = home / "page.html"
    assert run("replay", "--out", str(page), "--no-open", *where).exit_code == 0
    assert page.is_file()


def test_a_page_that_is_typed_wins_over_json_of_the_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(home, "[progress]\njson = true\n", monkeypatch)
    done = run("progress", "--web", "--no-open")
    assert done.stdout.strip().endswith("progress.html")
