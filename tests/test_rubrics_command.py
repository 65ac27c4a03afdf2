"""`interview rubrics` as a person uses it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewer.commands.rubrics import rubrics
from interviewer.errors import InterviewError
from interviewer.practice import rubrics_of
from rubrics import starter
from rubrics.errors import RubricError
from rubrics.library import FOLDER_VARIABLE, LIBRARY, rounds

STARTER = starter.STARTER.read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a pack of the person's own; their configuration lies elsewhere, empty."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    for variable in ("HOME", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    (tmp_path / "mine.yaml").write_text(STARTER.replace("id: starter", "id: mine"), "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(rubrics, list(arguments))


def test_the_list_names_each_round_and_where_it_comes_from(folder: Path) -> None:
    text = run("list").stdout
    assert all(path.stem in text for path in LIBRARY.glob("*.yaml"))
    assert "mine" in text
    assert "full_loop" in text
    assert run().stdout == text


def test_the_list_says_which_pack_of_ones_own_is_broken(folder: Path) -> None:
    (folder / "broken.yaml").write_text("id: broken\ntitle: 7\n", "utf-8")
    text = " ".join(run("list").stdout.split())
    assert "faults: run `interview rubrics check`" in text
    (folder / "broken.yaml").unlink()
    assert "run `interview rubrics check`" not in " ".join(run("list").stdout.split())


def test_a_full_loop_says_which_rounds_it_holds(folder: Path) -> None:
    text = run("show", "full_loop").stdout
    assert all(path.stem in text for path in LIBRARY.glob("*.yaml"))


def test_show_tells_criteria_and_questions(folder: Path) -> None:
    text = run("show", "mine").stdout
    assert "Clear account" in text
    assert "recent_project" in text
    assert "asks:" not in text


def test_the_red_flags_of_a_round_are_shown() -> None:
    assert "Red flags" in run("show", "behavioral").stdout


def test_show_of_a_question_tells_points_probes_and_the_strong_answer(folder: Path) -> None:
    text = run("show", "mine", "--question", "recent_project").stdout
    assert "What did not work at first?" in text
    assert "A strong answer" in text


def test_a_pack_of_somebody_else_steers_no_terminal(folder: Path) -> None:
    path = folder / "mine.yaml"
    evil = r'"\e]0;title\a [b]mine[/b]"'
    text = path.read_text("utf-8").replace("My round", evil).replace("Clear account", evil)
    path.write_text(text, "utf-8")
    for arguments in (["list"], ["show", "mine"]):
        said = run(*arguments).stdout
        assert "]0;title [b]mine[/b]" in said
        assert "\x1b" not in said and "\x07" not in said


def test_an_unknown_question_names_close_ones(folder: Path) -> None:
    result = run("show", "mine", "--question", "recent_projects")
    assert isinstance(result.exception, RubricError)
    assert "recent_project" in str(result.exception)


def test_check_passes_and_says_so(folder: Path) -> None:
    result = run("check", str(folder / "mine.yaml"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 file, no faults." in result.stderr


def test_check_fails_with_file_and_line_for_each_fault(folder: Path) -> None:
    path = folder / "mine.yaml"
    path.write_text(path.read_text("utf-8").replace("minutes: 20", "minutes: two"), "utf-8")
    for arguments in ([str(path)], [str(folder)], []):
        result = run("check", *arguments)
        assert result.exit_code == 1
        assert f"{path}:9: minutes: should be a whole number" in result.stdout


def test_check_of_a_folder_without_packs_is_an_error(tmp_path: Path) -> None:
    assert isinstance(run("check", str(tmp_path)).exception, RubricError)


def test_new_prints_a_path_that_check_accepts(folder: Path) -> None:
    path = run("new", "my_company").stdout.strip()
    assert path.startswith(str(folder / "home"))
    assert run("check", path).exit_code == 0
    assert "my_company" in run("list").stdout


@pytest.mark.parametrize("name", ["mine", "mine.yaml"])
def test_check_finds_a_round_by_its_name_wherever_it_is_typed(folder: Path, name: str) -> None:
    result = run("check", name)
    assert (result.exit_code, result.stderr) == (0, "1 file, no faults.\n")


def test_check_of_a_mistyped_round_guesses_and_of_a_lost_file_names_it(folder: Path) -> None:
    assert "Did you mean mine?" in str(run("check", "mind").exception)
    assert "other.yaml" in run("check", "other.yaml").stdout


def test_check_tells_of_packs_that_are_never_used(folder: Path) -> None:
    text = (folder / "mine.yaml").read_text("utf-8")
    (folder / "mine.yml").write_text(text, "utf-8")
    assert "call the file mine.yaml" in run("check", str(folder / "mine.yml")).stdout
    (folder / "full_loop.yaml").write_text(text.replace("id: mine", "id: full_loop"), "utf-8")
    assert "choose another" in run("check").stdout
    assert "full_loop" not in {one.id for one in rounds()}
    assert run("list").stdout.count("full_loop") == 1


def test_a_round_that_is_called_nearly_like_the_full_loop_can_be_practised(folder: Path) -> None:
    text = (folder / "mine.yaml").read_text("utf-8")
    pack = text.replace("id: mine", "id: my_full_loop")
    (folder / "my_full_loop.yaml").write_text(pack, "utf-8")
    assert [one.id for one in rubrics_of("my_full_loop")] == ["my_full_loop"]
    with pytest.raises(InterviewError, match="Did you mean full_loop"):
        rubrics_of("ful_loop")


def test_a_pack_that_cannot_be_copied_is_told(folder: Path) -> None:
    (folder / "mine.yaml").write_text("id: mine\ntitle: Gespräch\n", "latin-1")
    result = run("new", "copy", "--from", "mine")
    assert isinstance(result.exception, RubricError)
    assert "UTF-8" in str(result.exception)


def test_an_example_takes_the_place_of_a_known_round_only_on_purpose(folder: Path) -> None:
    refused = run("new", "coding").exception
    assert isinstance(refused, RubricError)
    assert "rubrics new coding --from coding" in str(refused)
    assert not (folder / "home").exists() or not list((folder / "home").rglob("coding.yaml"))
    path = Path(run("new", "coding", "--yes").stdout.strip())
    assert "A round of your own" in path.read_text("utf-8")
    path.unlink()
    assert run("new", "coding", "--from", "coding").exit_code == 0


def test_a_pack_cannot_take_the_place_of_the_full_loop(folder: Path) -> None:
    result = run("new", "full_loop")
    assert isinstance(result.exception, RubricError)
    assert "another id" in str(result.exception)
    assert run("list").stdout.count("full_loop") == 1


def test_where_prints_the_folders_in_order(folder: Path) -> None:
    lines = run("where").stdout.splitlines()
    assert lines[0] == str(folder)
    assert lines[-1] == str(LIBRARY)


@pytest.mark.parametrize("command", ["list", "show", "check", "new", "where"])
def test_help_holds_an_example(command: str) -> None:
    assert f"interview rubrics {command}" in run(command, "--help").stdout
