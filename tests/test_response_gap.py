"""The figures of the benchmark in front of the sound card: its own arithmetic must be right."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from benchmarks.gap_report import Outcome, summary, table
from benchmarks.labels import Label, read_label
from benchmarks.listener import RATE as HEARD_RATE
from benchmarks.listener import Recording
from benchmarks.response_gap import judged

END = 3.0
PAUSES = ((1.0, 1.5), (2.0, 2.4))


def written(folder: Path, lead: float, rate: int = 44_100) -> Label:
    """A stereo file of `END` seconds and some room, the first `lead` seconds of it exact zeros."""
    rng = np.random.default_rng(1)
    samples = rng.uniform(-0.3, 0.3, (round((END + 1) * rate), 2))
    samples[: round(lead * rate)] = 0
    soundfile.write(folder / "a.wav", samples, rate)
    label = {"question": "Why?", "round": "coding", "end_of_speech": END, "pauses": PAUSES}
    (folder / "a.json").write_text(json.dumps(label), encoding="utf-8")
    return read_label(folder / "a.wav")


def heard(lead: float, began: float) -> Recording:
    """The microphone: on since 100.0, the file played from `began` on."""
    samples = np.zeros(round(20 * HEARD_RATE), np.float32)
    start = round((began - 100.0 + lead) * HEARD_RATE)
    samples[start : round((began - 100.0 + END + 1) * HEARD_RATE)] = 0.01
    return Recording(100.0, samples)


def said(at: float) -> Recording:
    """The loudspeaker: the interviewer speaks from then on."""
    samples = np.zeros(round(20 * HEARD_RATE), np.float32)
    samples[round((at - 100.0) * HEARD_RATE) :] = 0.3
    return Recording(100.0, samples)


@pytest.mark.parametrize("lead", [0.0, 0.8])
def test_zeros_that_a_file_begins_with_shift_no_timing(tmp_path: Path, lead: float) -> None:
    label = written(tmp_path, lead)
    assert label.lead == pytest.approx(lead, abs=1e-3)
    outcome = Outcome("a", label.end)
    later = judged(outcome, (said(107.0), heard(lead, 102.0)), (102.0, 106.9), label)
    assert later.gap == pytest.approx(2.0, abs=1e-3)
    assert not later.cut_off
    sooner = judged(outcome, (said(104.1), heard(lead, 102.0)), (102.0, 104.0), label)
    assert sooner.cut_off
    assert sooner.gap is None
    assert sooner.pauses == 2
    early = judged(outcome, (said(103.2), heard(lead, 102.0)), (102.0, 103.1), label)
    assert early.pauses == 1


def test_pauses_that_were_never_reached_make_no_rate_smaller() -> None:
    cut = Outcome("a", 20.0, pauses=8, cut_off=True, processor=0.5)
    found = summary([cut, Outcome("b", 60.0, failure="nothing was asked")], [])
    assert (found["cut_offs"], found["pauses"]) == (1, 8)
    assert found["cores"] == 0.5
    assert "1 of 2 answers failed" in table(found)
    assert "1 in 8 pauses reached (12.5 %)" in table(found)


def test_where_no_pause_was_tested_there_is_no_rate() -> None:
    lone = summary([Outcome("a", 20.0, cut_off=True)], [])
    assert lone["cut_off_rate"] is None
    assert "1 in 0 pauses reached (none)" in table(lone)
    failed = table(summary([Outcome("a", 20.0, failure="nothing was asked")], []))
    assert failed.startswith("1 of 1 answers failed")
    assert "0 in 0 pauses reached (none)" in failed
    assert "processor        none" in failed
