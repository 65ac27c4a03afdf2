"""The figures of the benchmark in front of the sound card: its own arithmetic must be right."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import listener
from benchmarks.fixed_silence import STEP, Rate, no_worse, rate
from benchmarks.gap_report import Outcome, Run, Sequential, summary, table
from benchmarks.labels import Label
from benchmarks.listener import RATE as HEARD_RATE
from benchmarks.listener import Recording
from benchmarks.response_gap import (
    WITHOUT,
    answering,
    judged,
    other_models,
    sequential,
    without_card,
)
from benchmarks.soundcard import CardError, SoundCard

END = 3.0


def answer(name: str, *pauses: float) -> Label:
    """An answer of a minute with pauses of that length."""
    spans = tuple((10.0 * at, 10.0 * at + length) for at, length in enumerate(pauses, 1))
    return Label(Path(f"{name}.wav"), "Why?", "coding", 60.0, spans)


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
def test_zeros_that_a_file_begins_with_shift_no_timing(lead: float) -> None:
    label = Label(Path("a.wav"), "Why?", "coding", END, ((1.0, 1.5), (2.0, 2.4)), lead)
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
    failed = Outcome("b", 60.0, failure="nothing was asked")
    found = summary(Run([answer("a", 1.0), answer("b", 2.0)], [cut, failed], []))
    assert (found["cut_offs"], found["pauses"]) == (1, 8)
    assert found["cores"] == 0.5
    assert "1 of 2 answers failed" in table(found)
    assert "1 in 8 pauses reached (12.5 %)" in table(found)


def test_where_no_pause_was_tested_there_is_no_rate() -> None:
    lone = summary(Run([answer("a")], [Outcome("a", 20.0, cut_off=True)], []))
    assert lone["cut_off_rate"] is None
    assert "1 in 0 pauses reached (none)" in table(lone)
    nothing = [Outcome("a", 20.0, failure="nothing was asked")]
    failed = table(summary(Run([answer("a", 1.0)], nothing, [])))
    assert failed.startswith("1 of 1 answers failed")
    assert "0 in 0 pauses reached (none)" in failed
    assert "processor      none" in failed


def test_a_baseline_that_fails_takes_no_interview_with_it() -> None:
    label = answer("a", 0.5, 0.4)
    done = subprocess.CompletedProcess(["x"], 1, "loading\n", "Traceback\nKeyError: 'x'\n")
    row = sequential(label, done)
    assert row == Sequential("a", failure="it ended with 1: KeyError: 'x'")
    found = summary(Run([label], [Outcome("a", END, pauses=2, gap=2.0)], [row]))
    assert found["gap"]["p50"] == 2.0
    assert found["ratio"] is None
    assert "BASELINE FAILED a: it ended with 1: KeyError: 'x'" in table(found)


def test_what_the_baseline_printed_is_its_stages() -> None:
    label = answer("a", 0.5, 0.4)
    line = '{"answer": "a", "stages": {"endpoint": 1.5, "transcribe": 1.75}}\n'
    row = sequential(label, subprocess.CompletedProcess(["x"], 0, line, ""))
    assert row.gap == 3.25


def test_a_fixed_silence_ends_an_answer_in_its_first_long_pause() -> None:
    labels = [answer("a", 0.5, 1.5, 2.0), answer("b", 0.5, 1.0), answer("c")]
    assert rate(labels, 1.5) == Rate(1, 4)
    assert rate(labels, 1.6) == Rate(1, 5)
    assert rate(labels, 2.1) == Rate(0, 5)
    assert rate([answer("c")], 1.5).share is None


def test_the_silence_of_the_same_rate_is_the_smallest_that_cuts_off_no_more_often() -> None:
    labels = [answer("a", 0.5, 1.5, 2.0), answer("b", 0.5, 1.0)]
    assert no_worse(labels, 1.0) == 0.5
    assert no_worse(labels, 0.25) == pytest.approx(1.001)
    assert no_worse(labels, 0.2) == pytest.approx(1.501)
    assert no_worse(labels, 0.1) == pytest.approx(2.001)
    assert no_worse([answer("c")], 0.0) is None


@given(st.lists(st.lists(st.floats(0.3, 3.0), max_size=5), min_size=1, max_size=5), st.floats(0, 1))
def test_no_shorter_silence_would_do(pauses: list[list[float]], share: float) -> None:
    labels = [answer(str(number), *some) for number, some in enumerate(pauses)]
    silence = no_worse(labels, share)
    if silence is None:
        assert not any(pauses)
        return
    assert (rate(labels, silence).share or 0.0) <= share
    shorter = [one for some in pauses for one in some if one < silence - 2 * STEP]
    assert all((rate(labels, one).share or 0.0) > share for one in shorter)


def test_the_ratio_is_taken_over_answers_that_have_both_gaps() -> None:
    labels = [answer("a", 0.5, 1.6), answer("b", 0.5, 1.0), answer("c", 2.0), answer("d", 2.9)]
    outcomes = [
        Outcome("a", 60.0, pauses=2, gap=2.0),
        Outcome("b", 60.0, pauses=2, gap=3.0),
        Outcome("c", 60.0, pauses=1, cut_off=True),
        Outcome("d", 60.0, failure="nothing was asked"),
    ]
    slow = [
        Sequential("a", {"endpoint": 1.5, "transcribe": 2.5}),
        Sequential("b", {"endpoint": 1.5, "transcribe": 4.5}),
        Sequential("c", {"endpoint": 1.5, "transcribe": 98.5}),
        Sequential("d", {"endpoint": 1.5, "transcribe": 98.5}),
    ]
    found = summary(Run(labels, outcomes, slow))
    assert found["baseline"]["p50"] == 53.0
    assert found["both"] == {
        "answers": 2,
        "gap": {"p50": 2.5, "p95": pytest.approx(2.95)},
        "baseline": {"p50": 5.0, "p95": pytest.approx(5.9)},
        "ratio": 0.5,
    }
    assert found["ratio"] == 0.5
    assert (found["neither_cut"]["answers"], found["neither_cut"]["ratio"]) == (1, 0.5)


def test_the_baseline_is_also_given_with_the_silence_of_our_own_rate() -> None:
    labels = [answer("a", 0.5, 1.6), answer("b", 0.5, 1.0), answer("c", 2.0)]
    outcomes = [
        Outcome("a", 60.0, pauses=2, gap=2.0),
        Outcome("b", 60.0, pauses=2, gap=2.0),
        Outcome("c", 60.0, pauses=1, cut_off=True),
    ]
    slow = [Sequential(name, {"endpoint": 1.5, "rest": 2.5}) for name in "abc"]
    found = summary(Run(labels, outcomes, slow))
    assert found["baseline"]["cut_off_rate"] == 0.4
    same = found["same_rate"]
    assert same["silence"] == pytest.approx(1.601)
    assert (same["cut_offs"], same["pauses"]) == (1, 5)
    assert same["baseline"]["p50"] == pytest.approx(4.0 - 1.5 + 1.601)
    assert same["ratio"] == pytest.approx(2.0 / 4.101)
    shown = table(found)
    assert "silence        1.60 s" in shown
    assert "2 in 5 pauses reached (40.0 %), not told" in shown


@pytest.mark.parametrize("option", ["--llm", "--llm=scripted", "--model", "--transcriber-model"])
def test_the_baseline_has_no_other_models(option: str) -> None:
    assert other_models(["--patience", "2", option, "x"]) == [option.partition("=")[0]]
    assert other_models(["--patience", "2", "--no-think-ahead"]) == []


def test_the_load_is_told_before_all_and_at_most() -> None:
    outcome = Outcome("a", 60.0, gap=2.0, load=(0.2, 1.1))
    slow = Sequential("a", {"endpoint": 1.5}, load=(1.1, 2.4))
    shown = table(summary(Run([answer("a", 0.5)], [outcome], [slow])))
    assert shown.startswith("0 of 1 answers failed; load 0.20 before, 2.40 at most")


@pytest.mark.slow
def test_it_runs_without_what_only_tests_need() -> None:
    """The packages of requirements.lock are enough."""
    without = (
        "import sys; sys.modules |= dict.fromkeys(('pytest', 'jiwer', 'sklearn', 'hypothesis'))"
    )
    code = f"{without}; from benchmarks import response_gap, sequential"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent.parent)


def fake_card(folder: Path, program: str, script: str) -> SoundCard:
    """A card one of whose programs is a script."""
    (folder / program).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / program).chmod(0o755)
    return SoundCard(os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}, folder)


@pytest.mark.skipif(sys.platform == "win32", reason="PulseAudio's programs are stood in for")
@pytest.mark.parametrize(
    ("script", "told"), [("exit 1", "ended with 1"), ("exec sleep 60", "heard nothing for 0.3 s")]
)
def test_a_recorder_that_records_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    if script != "exit 1":
        monkeypatch.setattr(listener, "LATEST", 0.3)
    card = fake_card(tmp_path, "parec", script)
    with (
        pytest.raises(CardError, match=f"parec, which records spk.monitor, {told}"),
        listener.Listener(card, "spk.monitor"),
    ):
        pass


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="PulseAudio's programs are stood in for")
def test_an_answer_that_cannot_be_played_is_told_and_not_blamed_on_the_interview(
    tmp_path: Path,
) -> None:
    told = "paplay cannot play a.wav: it ended with 3"
    card = fake_card(tmp_path, "paplay", "exit 3")
    with pytest.raises(CardError, match=told), answering(card, Path("a.wav")):
        pytest.fail("it goes on although nothing is played")
    broken = tmp_path / "broken"
    card = fake_card(tmp_path, "paplay", f"until [ -e {broken} ]; do sleep 0.05; done; exit 3")
    with pytest.raises(CardError, match=told), answering(card, Path("a.wav")) as player:
        broken.touch()
        player.wait(60)
    card = fake_card(tmp_path, "paplay", "exec sleep 60")
    with answering(card, Path("a.wav")):
        pass


def test_a_program_without_the_card_is_no_interview() -> None:
    lines = [
        "PortAudio is missing.",
        "A recorded candidate answers instead, as a demonstration.",
        "Interviewer: Hi",
    ]
    said = "PortAudio is missing. A recorded candidate answers instead, as a demonstration."
    assert without_card(lines).startswith(said)
    assert without_card(lines[2:]) == ""
    sound = (Path(__file__).parent.parent / "interviewer" / "sound.py").read_text(encoding="utf-8")
    assert all(told in sound for told in WITHOUT)
