"""Finding rounds: the library's and a person's own."""

from pathlib import Path

import pytest

from rubrics import starter
from rubrics.check import faults
from rubrics.errors import RubricError
from rubrics.library import FOLDER_VARIABLE, LIBRARY, find, own_folder, rounds

STARTER = starter.STARTER.read_text("utf-8")

SHIPPED = sorted(path.stem for path in LIBRARY.glob("*.yaml"))


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's own folder, empty."""
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    for variable in ("HOME", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(variable, str(tmp_path))
    return own_folder()


@pytest.mark.parametrize("round_id", SHIPPED)
def test_each_round_of_the_library_passes_the_check(round_id: str) -> None:
    assert find(round_id).id == round_id
    assert faults(LIBRARY / f"{round_id}.yaml") == ()


def test_an_unknown_round_names_those_that_exist_close_ones_first() -> None:
    with pytest.raises(RubricError) as error:
        find("behavioural")
    assert "There are: behavioral, " in str(error.value)
    assert all(round_id in str(error.value) for round_id in SHIPPED)


@pytest.mark.parametrize(
    "round_id",
    [
        "../library/behavioral",
        "/etc/passwd",
        "behavioral.yaml",
        "",
        ".",
        "a\0b",
        "x" * 500,
        "BEHAVIORAL",
    ],
)
def test_an_id_never_leads_out_of_the_folders(round_id: str) -> None:
    with pytest.raises(RubricError, match="No round"):
        find(round_id)


def test_an_own_pack_is_found_without_code(own: Path) -> None:
    path = starter.create("my_company")
    assert path == own / "my_company.yaml"
    assert find("my_company").title == "My round"
    assert ("my_company", "My round", path) in rounds()


def test_an_own_pack_takes_the_place_of_a_library_round(own: Path) -> None:
    path = starter.create("behavioral")
    assert find("behavioral").title == "My round"
    assert [one.path for one in rounds() if one.id == "behavioral"] == [path]


def test_the_folder_of_the_environment_comes_first(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starter.create("my_company")
    other = tmp_path / "team"
    other.mkdir()
    text = STARTER.replace("id: starter", "id: my_company").replace("My round", "The team's round")
    (other / "my_company.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv(FOLDER_VARIABLE, str(other))
    assert find("my_company").title == "The team's round"


def test_a_broken_pack_does_not_hide_the_others(own: Path) -> None:
    own.mkdir(parents=True)
    (own / "broken.yaml").write_text("title: [", encoding="utf-8")
    titles = {one.id: one.title for one in rounds()}
    assert titles["broken"].startswith("(cannot be read")
    assert set(SHIPPED) < set(titles)
    assert find("behavioral").id == "behavioral"


def test_a_file_whose_name_is_not_its_id_is_a_fault(own: Path) -> None:
    starter.create("one").rename(own / "other.yaml")
    with pytest.raises(
        RubricError, match=r"other\.yaml:5: id: is 'one' but the file is other.yaml"
    ):
        find("other")
    assert "call the file one.yaml" in faults(own / "other.yaml")[0]


def test_the_starter_passes_the_check_and_is_never_overwritten(own: Path) -> None:
    path = starter.create("my_company")
    assert faults(path) == ()
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(RubricError, match="is there already"):
        starter.create("my_company")
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_copy_of_a_round_gets_the_new_id(own: Path) -> None:
    path = starter.create("my_stories", copy_of="behavioral")
    assert faults(path) == ()
    assert find("my_stories").questions == find("behavioral").questions


@pytest.mark.parametrize("round_id", ["My Company", "../x", "", "a/b"])
def test_a_new_pack_needs_a_proper_id(round_id: str, own: Path) -> None:
    with pytest.raises(RubricError, match="cannot be a round's id"):
        starter.create(round_id)
    assert not own.exists()


def test_a_folder_that_cannot_be_written_is_told(own: Path) -> None:
    own.parent.mkdir(parents=True)
    own.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(RubricError, match=r"is there already|cannot be written"):
        starter.create("my_company")
