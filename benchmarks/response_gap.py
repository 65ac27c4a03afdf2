"""How long people wait for the interviewer, and how often it cuts them off.

`python -m benchmarks.response_gap --answers DIR [--json] [--limit N] [--no-baseline]
[-- OPTIONS]` holds one real `interview practice` for each answer in DIR, through a virtual sound
card (PulseAudio). OPTIONS go to the command; those that choose a model need --no-baseline, since
the baseline has the usual ones. DIR holds answers as .wav or .flac, each with a JSON beside it:
`{"question", "round", "end_of_speech": seconds, "pauses": [[start, end], ...]}`.
docs/endpointing.md says how to run it, with an example.

gap: last voiced sample of the answer to the first audible sample of the follow-up. What is said
before that (a prompt in a long silence, an acknowledgement) is counted apart. cut-off: the
interviewer says anything before the end of speech; its answer has no gap, and its later pauses
are not counted.

The baseline (benchmarks/sequential.py) does one thing after the other, after a silence of 1.5 s. It
is told which silence is the end, so that it has a gap for each answer; how often it would cut
people off were it not told follows from the labels. So does the fixed silence that would cut off no
more often than the interview did; the baseline's gap with that one is the fair comparison.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path

from benchmarks.gap_report import Outcome, Run, Sequential, summary, table
from benchmarks.interview import interviewed
from benchmarks.labels import Label, from_folder
from benchmarks.listener import Listener, Recording
from benchmarks.soundcard import PACKAGES, CardError, SoundCard, missing, running
from rubrics.library import FOLDER_VARIABLE, own_folder

Both = tuple[Outcome, Sequential | None]
"""The interview and, where it is wanted, the baseline."""
STEP_IN = 0.7
"""Seconds after which the candidate begins to answer."""
PATIENCE = 30.0
"""Seconds after the end of speech in which a follow-up must come."""
LONGEST = 600.0
"""Seconds for the baseline to load and to answer."""
START = 180.0
"""Seconds for the program to load and ask."""
BEGUN = 0.5
"""Seconds in which a file shows whether it can be played."""
WITHOUT = ("A recorded candidate answers instead", "The questions are shown only.")
"""What the program says where it found no microphone, and no loudspeaker."""
TOUCH = 0.05
"""Seconds by which a start may precede the labelled end of speech: labels are that exact."""


@contextmanager
def answering(card: SoundCard, path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The candidate speaks, but not on into the next interview where this one cut them off.

    Raises `CardError` where the file cannot be played.
    """
    player = card.play_into_microphone(path, wait=False)
    try:
        with suppress(subprocess.TimeoutExpired):
            player.wait(BEGUN)
        _check(player, path)
        yield player
        _check(player, path)
    finally:
        player.terminate()
        player.wait(10)


def _check(player: "subprocess.Popen[bytes]", path: Path) -> None:
    if code := player.poll():
        raise CardError(f"paplay cannot play {path.name}: it ended with {code}")


def without_card(lines: Sequence[str]) -> str:
    """What the program said where it found no microphone or no loudspeaker; empty where it did."""
    for at, line in enumerate(lines):
        if any(told in line for told in WITHOUT):
            said = " ".join(lines[max(0, at - 1) : at + 1])
            return f"{said} (the virtual sound card needs {PACKAGES})"
    return ""


def measured(card: SoundCard, label: Label, folder: Path, options: list[str]) -> Outcome:
    """Hold an interview about one answer; raises `CardError`."""
    outcome = Outcome(label.name, label.end)
    sessions = folder / label.name
    words = ["--question", label.question, "--round", label.round, "--sessions", str(sessions)]
    words += ["--probes", "1", "--no-audio", *options]
    with (
        Listener(card, "spk.monitor") as said,
        Listener(card, "mic_in.monitor") as heard,
        interviewed(card, words) as (interview, watch),
    ):
        listening = interview.until("(listening", START)
        if missed := without_card(interview.seen):
            return replace(outcome, failure=missed)
        if listening is None:
            return replace(outcome, failure="\n".join(interview.seen[-3:]) or "nothing was asked")
        first = said.recording().first(interview.began)
        outcome = replace(outcome, cold_start=first and first - interview.began)
        time.sleep(STEP_IN)
        used, asked = watch.processor(), time.monotonic()
        with answering(card, label.path):
            shown = interview.until("Interviewer:", label.end + PATIENCE)
            if shown is None:
                return replace(outcome, failure=f"no follow-up, {interview.stuck()}")
            follow_up = interview.seen[-1].removeprefix("Interviewer:").strip()
            again = interview.until("(listening", PATIENCE)
        outcome = replace(
            outcome,
            follow_up=follow_up,
            memory=watch.peak,
            processor=(watch.processor() - used) / (time.monotonic() - asked),
            stages={} if again is None else _stages(sessions),
        )
        return judged(outcome, (said.recording(), heard.recording()), (asked, shown), label)


def judged(
    outcome: Outcome, sides: tuple[Recording, Recording], moments: tuple[float, float], label: Label
) -> Outcome:
    """Gap or cut-off, from what the two sides of the sound card, loudspeaker and microphone,
    recorded. `moments`: before the answer was played, and when the follow-up was shown.
    """
    said, heard = sides
    asked, shown = moments
    sounded = heard.first(asked - 0.2, amplitude=0.0)
    any_word, follow_up = said.first(asked), said.first(shown)
    if sounded is None or any_word is None or follow_up is None:
        return replace(outcome, failure="nothing was recorded")
    began = sounded - label.lead
    end = began + label.end
    if any_word < end - TOUCH:
        reached = sum(began + start <= any_word for start, _ in label.pauses)
        return replace(outcome, cut_off=True, pauses=reached)
    early = int(any_word < shown - TOUCH)
    return replace(outcome, gap=follow_up - end, before=early, pauses=len(label.pauses))


def _stages(sessions: Path) -> dict[str, float]:
    """The stages of the first turn's answer, as the session stores them; none where it did not."""
    files = list(sessions.glob("*/session.json"))
    turns = json.loads(files[0].read_text(encoding="utf-8"))["turns"] if files else []
    return {stage["name"]: stage["seconds"] for turn in turns[:1] for stage in turn["stages"]}


def baseline(card: SoundCard, label: Label) -> Sequential:
    """The sequential system on the same answer, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.sequential", str(label.path)]
    try:
        done = subprocess.run(
            command, env=card.env, capture_output=True, text=True, timeout=LONGEST
        )
    except subprocess.TimeoutExpired:
        return Sequential(label.name, failure=f"it was not done after {LONGEST:.0f} s")
    return sequential(label, done)


def sequential(label: Label, done: "subprocess.CompletedProcess[str]") -> Sequential:
    """What it printed; a failure where it printed nothing."""
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            return Sequential(label.name, json.loads(line)["stages"])
    told = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
    return Sequential(label.name, failure=f"it ended with {done.returncode}: {told}")


def run(card: SoundCard, label: Label, folder: Path, asked: argparse.Namespace) -> Both:
    """The interview about one answer and, right after it, the baseline: the same machine."""
    before = load()
    try:
        outcome = measured(card, label, folder, asked.options)
    except CardError as error:
        outcome = Outcome(label.name, label.end, failure=str(error))
    outcome = replace(outcome, load=(before, load()))
    _tell(outcome)
    if asked.no_baseline:
        return outcome, None
    before = load()
    slow = replace(baseline(card, label), load=(before, load()))
    _tell_slow(slow)
    return outcome, slow


def load() -> float:
    """Programs that want the processor, on average over the last minute."""
    return os.getloadavg()[0]


def other_models(options: Sequence[str]) -> list[str]:
    """The options that would give the interview other models than the baseline has."""
    named = (one.partition("=")[0] for one in options)
    return [one for one in named if one in ("--llm", "--model", "--transcriber-model")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--limit", type=int, help="only the first N answers")
    parser.add_argument("--no-baseline", action="store_true")
    parser.add_argument("options", nargs="*", help="for interview practice, after --")
    options = parser.parse_args()
    if lacking := missing():
        parser.error(f"no {', '.join(lacking)}: install {PACKAGES}")
    if not options.no_baseline and (others := other_models(options.options)):
        parser.error(f"the baseline has no {', '.join(others)}: say --no-baseline, too")
    labels = from_folder(parser, options.answers, options.limit)
    with tempfile.TemporaryDirectory(prefix="gap-") as place, _card(Path(place)) as card:
        both = [run(card, label, Path(place), options) for label in labels]
    outcomes, slow = [one for one, _ in both], [other for _, other in both if other]
    found = summary(Run(labels, outcomes, slow))
    each = [asdict(one) for one in outcomes]
    rows = [{**asdict(one), "gap": one.gap} for one in slow]
    print(json.dumps({**found, "each": each, "sequential": rows}) if options.json else table(found))
    sys.exit(int(found["failed"] == found["answers"]))


@contextmanager
def _card(folder: Path) -> Iterator[SoundCard]:
    """The card, with the models and rounds of this user although HOME is another one there, and
    with none of their other settings: interview and baseline have the same models.
    """
    from interviewer.models import installed

    with running(folder) as card:
        for name in [name for name in card.env if name.startswith("MOCK_INTERVIEWER_")]:
            del card.env[name]
        card.env["MOCK_INTERVIEWER_MODELS"] = str(installed.root())
        card.env[FOLDER_VARIABLE] = os.environ.get(FOLDER_VARIABLE) or str(own_folder())
        yield card


def _tell(one: Outcome) -> None:
    gap = "cut off" if one.cut_off else one.failure or f"gap {one.gap:.2f} s"
    told = f"{one.answer}: {gap} ({_told(one.stages)}) {one.follow_up}"
    print(told, file=sys.stderr, flush=True)


def _tell_slow(one: Sequential) -> None:
    gap = one.failure or f"gap {one.gap:.2f} s"
    told = f"{one.answer}, baseline: {gap} ({_told(one.stages)})"
    print(told, file=sys.stderr, flush=True)


def _told(stages: dict[str, float]) -> str:
    return ", ".join(f"{name} {seconds:.2f}" for name, seconds in stages.items())


if __name__ == "__main__":
    main()
