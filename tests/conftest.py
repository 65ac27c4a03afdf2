"""Models for the tests: fetched once into the user's cache, as the product does it."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.asking.director import Director
from interviewer.judging.level import LevelReader
from interviewer.judging.points import PointJudge
from interviewer.models import catalogue, installed
from interviewer.text.embedding import Embedder
from interviewer.text.likeness import Likeness

# The background jobs of scripts ignore Ctrl-C, and so would every program that a test starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


def fetched(name: str) -> Path:
    """The model's place; gets it where it is missing, and says so."""
    if installed.check([name])[0].state != "ready":
        sys.stderr.write(f"fetching {name} …\n")
        installed.fetch([name])
    return installed.path(name)


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return Embedder.of(fetched(catalogue.EMBEDDING))


@pytest.fixture(scope="module")
def likeness(embedder: Embedder) -> Likeness:
    """Compares short texts by meaning."""
    return Likeness(embedder)


@pytest.fixture(scope="module")
def director(embedder: Embedder, likeness: Likeness) -> Director:
    """The director as shipped."""
    return Director(PointJudge(embedder), likeness, LevelReader.shipped())


@pytest.fixture(scope="session")
def whisper_folder() -> Path:
    return fetched(catalogue.RECOGNISER)


@pytest.fixture(scope="session")
def language_file() -> Path:
    return fetched(catalogue.LANGUAGE)


@pytest.fixture(scope="session")
def turn_file() -> Path:
    return fetched(catalogue.TURN)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home: no configuration, no sessions; the models stay where they are."""
    monkeypatch.setenv("MOCK_INTERVIEWER_MODELS", str(installed.root()))
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    for name in tuple(os.environ):
        if name.startswith("MOCK_INTERVIEWER_") and name != "MOCK_INTERVIEWER_MODELS":
            monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def missing_part() -> Callable[[str, str], None]:
    """Skips where something cannot be installed here; fails under CI, where all must run."""

    def tell(what: str, remedy: str) -> None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{what} Under CI nothing is skipped. {remedy}")
        pytest.skip(f"{what} {remedy}")

    return tell
