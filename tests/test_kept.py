"""A result is kept under a name that a disk can hold, and counts only for the grader that made it."""

import os
from pathlib import Path

import pytest

from interviewer.offline import kept
from interviewer.offline.kept import FITTED, digest_of, fitted, place_of


def test_the_names_of_deep_paths_fit_on_a_disk_and_differ(tmp_path: Path) -> None:
    deep = "/".join(["a folder with a long näme"] * 40)
    names = [f"{deep}/{last}.txt" for last in ("answer", "änswer")] + [f"x/{deep}/answer.txt"]
    places = [place_of(name, tmp_path) for name in names]
    assert len(set(places)) == 3
    for place in places:
        assert len(os.fsencode(place.name)) < 240
        assert "nswer.txt-" in place.name, "its end tells most"
        place.write_text("{}")
    assert place_of("x/a.txt", tmp_path).name == "x__a.txt.json"


def test_a_result_counts_only_for_the_fit_and_the_program_that_made_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = tmp_path / "a.txt"
    answer.write_text("It went fine.", "utf-8")
    fit = tmp_path / "fit"
    fit.mkdir()
    for name in ("level.json", "embedding.npz"):
        (found,) = FITTED.rglob(name)
        (fit / name).write_bytes(found.read_bytes())
    digests = {digest_of(answer, "embedded")}
    for name in ("level.json", "embedding.npz"):
        monkeypatch.setattr(kept, "FITTED", fit)
        (fit / name).write_bytes((fit / name).read_bytes() + b" ")
        fitted.cache_clear()
        digests.add(digest_of(answer, "embedded"))
    monkeypatch.setattr(kept, "version", lambda name: "99")
    digests.add(digest_of(answer, "embedded"))
    assert len(digests) == 4
    assert digest_of(answer, "embedded") in digests
