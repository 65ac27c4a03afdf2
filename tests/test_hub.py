import hashlib
import socket
from pathlib import Path

import pytest

from interviewer.models.catalogue import File, HubFile
from interviewer.models.hub import Hub
from interviewer.models.sources import SourceError
from tests.fake_hub import FakeHub, serving

BYTES = bytes(range(256)) * 4000
FILE = File("m.bin", len(BYTES), hashlib.sha256(BYTES).hexdigest(), HubFile("some/model", "m.bin"))
FILES = {"some/model/m.bin": BYTES}


def download(hub: FakeHub, partial: Path) -> list[int]:
    seen: list[int] = []
    Hub(hub.url, connect=1.0, stall=0.3).download(FILE, partial, seen.append)
    return seen


def test_a_file_is_downloaded_whole_and_its_progress_told(tmp_path: Path) -> None:
    with serving(FILES) as hub:
        seen = download(hub, tmp_path / "m")
    assert (tmp_path / "m").read_bytes() == BYTES
    assert seen == sorted(seen)
    assert seen[-1] == len(BYTES)


@pytest.mark.parametrize("way", ["well", "no ranges"])
def test_a_download_goes_on_where_an_earlier_one_stopped(tmp_path: Path, way: str) -> None:
    (tmp_path / "m").write_bytes(BYTES[:1000])
    with serving(FILES, way) as hub:
        download(hub, tmp_path / "m")
        assert hub.ranges == ["bytes=1000-"]
    assert (tmp_path / "m").read_bytes() == BYTES


def test_a_line_that_breaks_is_taken_up_again(tmp_path: Path) -> None:
    with serving(FILES, "cut", "cut", "well") as hub:
        download(hub, tmp_path / "m")
        assert hub.ranges == [None, "bytes=512000-", "bytes=768000-"]
    assert (tmp_path / "m").read_bytes() == BYTES


def test_what_came_before_the_line_broke_for_good_is_kept(tmp_path: Path) -> None:
    with serving(FILES, "cut", "stall") as hub, pytest.raises(SourceError, match="in time"):
        download(hub, tmp_path / "m")
    assert (tmp_path / "m").read_bytes() == BYTES[:512000]


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("missing", "answered 404 for some/model"),
        ("broken", "answered 500"),
        ("stall", "does not answer in time"),
        ("login", "has another file there"),
    ],
)
def test_a_hub_that_cannot_give_the_file_says_why(tmp_path: Path, way: str, told: str) -> None:
    with serving(FILES, way) as hub, pytest.raises(SourceError, match=told):
        download(hub, tmp_path / "m")
    assert not (tmp_path / "m").exists()


def test_a_hub_that_answers_is_not_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    with serving(FILES) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        assert Hub().away() is None
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        assert Hub().away() == "switched off by HF_HUB_OFFLINE"


def test_a_hub_that_is_down_or_silent_or_misspelt_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        assert "cannot be reached" in (Hub(f"http://127.0.0.1:{port}").away() or "")
        silent.listen()
        assert Hub(f"http://127.0.0.1:{port}", connect=0.2).away() == "does not answer in time"
    assert "no web address" in (Hub("hub.example").away() or "")
