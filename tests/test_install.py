"""An installed wheel has everything: rounds, pages, the graders' numbers, the recorded candidate."""

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessions.store import SessionStore
from tests.program import environment

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
SOURCES = ("voice", "interviewer", "rubrics", "sessions", "fixtures/audio")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An environment that has our wheel, and the libraries of the one that runs this test."""
    folder = tmp_path_factory.mktemp("installed")
    source = _sources(folder / "source")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    wheel = ("wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder))
    subprocess.run([*pip, *wheel, str(source)], check=True)
    place = folder / "environment"
    venv.create(place, symlinks=os.name != "nt")
    python = _program(place, "python")
    (made,) = folder.glob("*.whl")
    install = ("--python", str(python), "install", "--no-deps", "--no-index", str(made))
    subprocess.run([*pip, *install], check=True)
    purelib = Path(sysconfig.get_path("purelib", vars={"base": str(place)}))
    # A path in a .pth file is searched last, and editable installs in it are not looked at.
    (purelib / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    yield place


def _sources(place: Path) -> Path:
    """What a wheel is made of: building in the checkout would leave files there."""
    for name in SOURCES:
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(ROOT / name, target_is_directory=True)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        (place / name).symlink_to(ROOT / name)
    return place


def _program(place: Path, name: str) -> Path:
    return place / ("Scripts" if os.name == "nt" else "bin") / name


def run(place: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The installed program, started elsewhere."""
    return subprocess.run(
        [_program(place, "interview"), *arguments],
        cwd=home,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def test_nothing_of_the_checkout_is_used(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "rubrics", "where")
    assert str(installed) in done.stdout
    assert str(ROOT) not in done.stdout


def test_every_round_is_there(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "rubrics", "list")
    for path in (ROOT / "rubrics" / "library").glob("*.yaml"):
        assert path.stem in done.stdout


def test_an_interview_is_held_graded_and_shown_as_a_page(installed: Path, tmp_path: Path) -> None:
    options = ("--llm", "scripted", "--questions", "1", "--probes", "1")
    done = run(installed, tmp_path, "practice", *options)
    assert done.returncode == 0, done.stderr
    session = SessionStore(tmp_path / "sessions").load("last")
    assert session.status == "graded"
    assert session.demonstration
    page = tmp_path / "page.html"
    done = run(installed, tmp_path, "replay", "--web", "--no-open", "--out", str(page))
    assert done.returncode == 0, done.stderr
    assert "<audio" in page.read_text(encoding="utf-8")
