"""Recorded answers come with labels, and what is wrong with one is told before anything runs."""

import json
from argparse import ArgumentParser
from pathlib import Path

import numpy as np
import pytest
import soundfile

from benchmarks.labels import (
    Label,
    LabelError,
    Written,
    files,
    from_folder,
    read_label,
    read_labels,
)

END = 3.0
PAUSES = ((1.0, 1.5), (2.0, 2.4))
LABEL = {"question": "Why?", "round": "coding", "end_of_speech": END, "pauses": PAUSES}


def written(folder: Path, lead: float, rate: int = 44_100) -> Label:
    """A stereo file of `END` seconds and some room, the first `lead` seconds of it exact zeros."""
    rng = np.random.default_rng(1)
    samples = rng.uniform(-0.3, 0.3, (round((END + 1) * rate), 2))
    samples[: round(lead * rate)] = 0
    soundfile.write(folder / "a.wav", samples, rate)
    (folder / "a.json").write_text(json.dumps(LABEL), encoding="utf-8")
    return read_label(folder / "a.wav")


@pytest.mark.parametrize("lead", [0.0, 0.8])
def test_the_zeros_that_a_file_begins_with_are_measured(tmp_path: Path, lead: float) -> None:
    assert written(tmp_path, lead).lead == pytest.approx(lead, abs=1e-3)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"question": None}, "a.json: question: "),
        ({"question": ...}, "a.json: question: Field required"),
        ({"question": "behaviour-3x"}, "a.json: question: The round coding has no question"),
        ({"round": "ml_theory"}, "a.json: round: No round 'ml_theory'"),
        ({"end_of_speech": 0}, "a.json: end_of_speech: "),
        ({"end_of_speech": 3000}, "a.json: end_of_speech: 3000 s is beyond the sound's end, 4.000"),
        ({"end_of_speech": float("nan")}, "a.json: end_of_speech: "),
        ({"pauses": ...}, "a.json: pauses: Field required"),
        ({"pauses": [1.0, 1.5]}, "a.json: pauses.0: "),
        ({"pauses": [[1.0, 1.5, 2.0]]}, "a.json: pauses.0"),
        ({"pauses": [[1.5, 1.0]]}, "a.json: pauses: [1.5, 1] is no [start, end]"),
        ({"pauses": [[1000, 1500]]}, "a.json: pauses: [1000, 1500] is no [start, end]"),
        ({"pauses": [[1.0, 1.5], [1.2, 2.0]]}, "a.json: pauses: [1.0, 1.5] and [1.2, 2.0] overlap"),
    ],
)
def test_a_wrong_label_is_told_with_file_and_key(
    tmp_path: Path, change: dict[str, object], told: str
) -> None:
    written(tmp_path, 0.0)
    label = {key: value for key, value in (LABEL | change).items() if value is not ...}
    (tmp_path / "a.json").write_text(json.dumps(label), encoding="utf-8")
    with pytest.raises(LabelError) as raised:
        read_label(tmp_path / "a.wav")
    assert told in str(raised.value)


def test_all_wrong_files_are_told_at_once(tmp_path: Path) -> None:
    written(tmp_path, 0.0)
    soundfile.write(tmp_path / "still.wav", np.zeros(8000), 8000)
    (tmp_path / "torn.wav").write_bytes(b"RIFF")
    soundfile.write(tmp_path / "alone.wav", np.ones(8000), 8000)
    soundfile.write(tmp_path / "prose.wav", np.ones(8000), 8000)
    (tmp_path / "prose.json").write_text("The end is at 3 s.", encoding="utf-8")
    with pytest.raises(LabelError) as raised:
        read_labels(sorted(tmp_path.glob("*.wav")))
    told = str(raised.value)
    assert "still.wav: there is only silence" in told
    assert "torn.wav: cannot be read" in told
    assert "alone.json: the label is missing" in told
    assert "prose.json: the file: Invalid JSON" in told
    assert "a.json" not in told


def test_a_label_without_round_is_behavioral_and_pauses_after_the_end_are_none(
    tmp_path: Path,
) -> None:
    written(tmp_path, 0.0)
    label = LABEL | {"pauses": [[2.0, 2.4], [1.0, 1.5], [3.1, 3.9]]}
    del label["round"]
    (tmp_path / "a.json").write_text("\ufeff" + json.dumps(label), encoding="utf-8")
    read = read_label(tmp_path / "a.wav")
    assert read.round == "behavioral"
    assert read.pauses == PAUSES


def test_sound_files_have_either_kind_in_any_case_and_what_is_ignored_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, 0.0)
    for name in ("b.FLAC", "c.WAV"):
        soundfile.write(tmp_path / name, np.ones(32_000), 8000, format=name[2:])
        (tmp_path / name).with_suffix(".json").write_text(json.dumps(LABEL), encoding="utf-8")
    for name in ("d.mp3", "d.json", "notes.txt", ".hidden"):
        (tmp_path / name).touch()
    labels = from_folder(ArgumentParser(), tmp_path)
    assert [one.path.name for one in labels] == ["a.wav", "b.FLAC", "c.WAV"]
    assert capsys.readouterr().err.endswith(": d.json, d.mp3, notes.txt\n")
    assert [one.name for one in from_folder(ArgumentParser(), tmp_path, 2)] == ["a", "b"]


def test_no_folder_no_sound_and_one_label_for_two_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="there is no folder"):
        files(tmp_path / "nowhere")
    with pytest.raises(LabelError, match=r"no sound files \(.wav or .flac\)"):
        files(tmp_path)
    (tmp_path / "a.mp3").touch()
    with pytest.raises(LabelError, match=r"it holds a.mp3"):
        files(tmp_path)
    for name in ("a.wav", "a.flac"):
        (tmp_path / name).touch()
    with pytest.raises(LabelError, match=r"two sound files have one label: a.json"):
        files(tmp_path)


def test_a_wrong_label_ends_the_program_before_it_begins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, 0.0)
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SystemExit):
        from_folder(ArgumentParser(), tmp_path)
    assert "a.json: question: Field required" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        from_folder(ArgumentParser(), tmp_path, 0)


def test_the_example_in_the_docs_is_a_label() -> None:
    page = (Path(__file__).parent.parent / "docs" / "endpointing.md").read_text(encoding="utf-8")
    example = Written.model_validate_json(page.partition("```json\n")[2].partition("```")[0])
    assert not list(example.faults(40.0))
