import json
import socket
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

import interviewer.doctor
from interviewer.cli import main
from interviewer.doctor import Finding, Machine, diagnose, next_step
from interviewer.llm.scripted import ScriptedModel


def doctor(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["doctor", "--llm", "scripted", *arguments])


def found(machine: Machine, wanted: str) -> Finding:
    """The findings come one by one; the later checks are not made."""
    return next(one for one in diagnose(machine, lambda name: None) if one.name == wanted)


def test_the_exit_code_and_the_advice_follow_what_was_found(tmp_path: Path) -> None:
    result = doctor("--json", "--sessions", str(tmp_path))
    report = json.loads(result.stdout)
    names = [one["name"] for one in report["checks"]]
    assert names == ["models", "language model", "disk", "sessions", "loudspeaker", "microphone"]
    failed = [one for one in report["checks"] if one["state"] == "failed"]
    assert report["ok"] == (not failed)
    assert result.exit_code == (1 if failed else 0)
    assert all(one["advice"] for one in failed)
    assert report["next"]


def test_the_table_fits_into_80_columns_without_colour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = doctor("--sessions", str(tmp_path))
    assert "language model" in result.stdout
    assert "... checking: models\n... checking: language model\n" in result.stderr
    assert "\x1b" not in result.stdout
    assert max(len(line) for line in result.stdout.splitlines()) <= 80


def test_missing_models_are_told_with_the_command_that_gets_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCK_INTERVIEWER_MODELS", str(tmp_path))
    finding = found(Machine(), "models")
    assert finding.state == "failed"
    assert "whisper-base missing" in finding.found
    assert "interview models fetch" in finding.advice
    told = "First: Run: interview models fetch. Then run again: interview doctor"
    assert next_step([finding]) == told


def test_the_language_models_own_file_is_not_missed_where_a_server_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCK_INTERVIEWER_MODELS", str(tmp_path))
    assert "qwen" not in found(Machine(llm="scripted"), "models").found


def test_a_server_that_is_down_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
    finding = found(Machine(llm=url, model="any"), "language model")
    assert finding.state == "failed"
    assert "cannot be reached" in finding.found


def test_the_disk_needs_no_room_for_a_language_model_that_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCK_INTERVIEWER_MODELS", str(tmp_path))
    monkeypatch.setattr(interviewer.doctor, "_free", lambda folder: 1_500_000_000)
    assert found(Machine(llm="scripted"), "disk").state == "ok"
    assert found(Machine(), "disk").state == "failed"


@pytest.mark.parametrize(
    ("pieces", "state", "told"),
    [
        ([], "failed", "gave an empty reply"),
        (["  "], "failed", "gave an empty reply"),
        (["word " * 40], "ok", "80 tokens/s"),
        (["word", " word", " word"], "ok", "4 tokens/s"),
    ],
)
def test_the_speed_of_the_language_model_is_told(
    monkeypatch: pytest.MonkeyPatch, pieces: list[str], state: str, told: str
) -> None:
    now = iter(range(100))
    model = ScriptedModel()
    monkeypatch.setattr(model, "stream", lambda messages, max_tokens: iter(pieces))
    monkeypatch.setattr(interviewer.doctor, "language_model", lambda llm, name: model)
    clock = SimpleNamespace(monotonic=lambda: next(now) / (2 if len(pieces) == 1 else 4))
    monkeypatch.setattr(interviewer.doctor, "time", clock)
    finding = found(Machine(llm="scripted"), "language model")
    assert finding.state == state
    assert told in finding.found


def test_a_sessions_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "sessions"
    assert found(Machine(llm="scripted", sessions=folder), "sessions").state == "ok"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_sessions_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    finding = found(Machine(llm="scripted", sessions=tmp_path / "file" / "s"), "sessions")
    assert finding.state == "failed"
    assert "--sessions" in finding.advice


def test_without_a_sound_card_a_recorded_candidate_is_offered() -> None:
    no_sound = [
        Finding("models", "ok", "all there"),
        Finding("microphone", "failed", "none", "Connect one."),
    ]
    assert "an interview: interview practice\n" in next_step(no_sound)
    assert "--candidate FIRST.wav SECOND.wav" in next_step(no_sound)
    assert next_step(no_sound[:1]) == "Ready. Start with: interview practice"


def test_the_models_are_listed_with_their_licences() -> None:
    result = CliRunner().invoke(main, ["models", "list", "--json"])
    listed = {one["name"]: one for one in json.loads(result.stdout)}
    assert listed["whisper-base"]["licence"] == "MIT"
    assert all(len(one["sha256"]) == 64 for one in listed.values())


def test_a_check_of_missing_models_ends_with_exit_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCK_INTERVIEWER_MODELS", str(tmp_path))
    result = CliRunner().invoke(main, ["models", "check", "smart-turn-v3.2", "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)[0]["state"] == "missing"
    assert "interview models fetch" in result.stderr
