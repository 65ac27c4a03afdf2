"""What each signal for the end of a turn is worth: cut-offs against delay, without a sound card.

`python -m benchmarks.endpointing --answers DIR [--limit N] [--whisper FOLDER] [--turn-model FILE]
[--json] [--picture FILE.svg]`. DIR holds answers as .wav or .flac, each with a JSON beside it:
`{"question", "round", "end_of_speech": seconds, "pauses": [[start, end], ...]}`
(docs/endpointing.md has an example). Recorded frames, virtual time.

A pause is cut off where the policy would have ended the turn before the person went on; the
replay goes on as if it had not. Pauses are the speech detector's, up to the labelled end of
speech, from which the delay is counted. Words
count as known `--words-after` seconds after the pause began, as on a machine that transcribes.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.gap_report import percentiles
from benchmarks.labels import Label, from_folder
from benchmarks.picture import Curve, plot
from voice.activity import Activity, SpeechDetector
from voice.answer import HEAR_AGAIN, GrowingAnswer
from voice.audio import read_audio
from voice.captions import Captions
from voice.endpointing import DEFAULT, Evidence, Policy, wait
from voice.observer import Nobody
from voice.seams import FRAME, RATE, Samples
from voice.timeline import PAUSE
from voice.transcriber import FasterWhisper
from voice.turn_model import TurnModel

SCALES = [round(0.4 * 1.1**step, 3) for step in range(32)]
"""Factors on every wait; they draw the curve of a policy."""
TARGETS = (0.05, 0.02)
"""Cut-offs per pause that might be held to be bearable."""
EARLY = 0.15
"""Seconds before the labelled end from which the detector's silence is the one after it."""
ROOM = 3.0
"""Seconds of silence that are put behind each file: it may stop at the last word."""


Activities = Iterator[tuple[Samples, Activity]]
"""Frames, and what the detector makes of each."""


@dataclass(frozen=True)
class Moment:
    """One pause in one answer."""

    answer: str
    evidence: Evidence
    text: str
    length: float | None
    """Seconds until the person went on; None where they were done."""
    lag: float = 0.0
    """Seconds by which the detector saw the end of speech late (the last moment only)."""
    again: Evidence | None = None
    """What a second hearing in a long pause made of it, where there was one."""


@dataclass(frozen=True)
class Rule:
    """Which signals count."""

    name: str
    turn: bool = False
    words: bool = False
    habits: bool = False
    fixed: bool = False

    def seconds(self, moment: Moment, scale: float, words_after: float, policy: Policy) -> float:
        """When this rule ends the turn, after the pause began."""
        if self.fixed:
            return scale
        known = moment.evidence
        known = replace(
            known,
            turn=known.turn if self.turn else None,
            pauses=known.pauses if self.habits else (),
            ending=known.ending if self.words else "finished",
            voiced=known.voiced if self.words else 60.0,
            patience=scale,
        )
        late = replace(known, ending=None) if self.words else known
        early = wait(late, policy)
        if early <= words_after:
            return early
        first = max(wait(known, policy), words_after)
        known_again = HEAR_AGAIN + words_after
        if not (self.words and moment.again) or first <= known_again:
            return first
        return max(wait(replace(known, ending=moment.again.ending), policy), known_again)


RULES = (
    Rule("fixed silence", fixed=True),
    Rule("Smart Turn", turn=True),
    Rule("words", words=True),
    Rule("words, habits", words=True, habits=True),
    Rule("all", turn=True, words=True, habits=True),
)


def moments(label: Label, answer: GrowingAnswer, activities: Activities) -> Iterator[Moment]:
    """Every pause of one answer with what was known in it; the last one is its end."""
    last: Moment | None = None
    ended = 0.0
    for frame, activity in activities:
        answer.push(frame, activity)
        if last and answer.timeline.speech_end > ended:
            went_on = answer.timeline.pauses[-1][1]
            if went_on >= label.end:
                break
            yield replace(last, length=went_on - ended)
            last = None
        if answer.due():
            answer.hear()
            answer.drain()
            known = answer.evidence((), 1.0)
            if last:
                last = replace(last, again=known)
                continue
            ended = answer.timeline.speech_end
            text = " ".join(word.text for word in answer.words[-8:])
            last = Moment(label.name, known, text, None)
        over = last and ended >= label.end - EARLY and answer.timeline.silence > HEAR_AGAIN
        if over or answer.timeline.seconds > label.end + ROOM:
            break
    if last:
        yield replace(last, lag=ended - label.end)


def heard(label: Label, detector: SpeechDetector) -> Activities:
    """The frames of an answer, and what the detector makes of each."""
    samples = read_audio(label.path).samples
    samples = np.concatenate([samples, np.zeros(round(ROOM * RATE), np.float32)])
    detector.reset()
    for start in range(0, len(samples) - FRAME, FRAME):
        frame = samples[start : start + FRAME]
        yield frame, detector.push(frame)


def measured(
    rule: Rule, scale: float, found: list[Moment], words_after: float, policy: Policy = DEFAULT
) -> dict[str, Any]:
    """Cut-offs per pause and delay of one rule at one scale."""
    pauses, ends = parted(found)

    def seconds(moment: Moment) -> float:
        return rule.seconds(moment, scale, words_after, policy)

    cut = sum(seconds(m) < (m.length or 0.0) for m in pauses)
    delays = [seconds(m) + m.lag for m in ends]
    return {
        "scale": scale,
        "pauses": len(pauses),
        "cut_offs": cut,
        "rate": cut / len(pauses),
        "p50": percentiles(delays)["p50"],
        "p95": percentiles(delays)["p95"],
    }


def parted(found: Sequence[Moment]) -> tuple[list[Moment], list[Moment]]:
    """The pauses that count, and the ends."""
    pauses = [m for m in found if m.length is not None and m.length >= PAUSE]
    return pauses, [m for m in found if m.length is None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="only the first N answers")
    parser.add_argument("--whisper", type=Path)
    parser.add_argument("--turn-model", type=Path)
    parser.add_argument("--words-after", type=float, default=1.2)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    labels = from_folder(parser, options.answers, options.limit)
    found = gathered(labels, options.whisper, options.turn_model)
    pauses, ends = parted(found)
    if not pauses or not ends:
        parser.error(f"nothing to compare: {len(pauses)} pauses of {PAUSE} s, {len(ends)} ends")
    report = reported(found, options.words_after) | {"answers": len(labels), "ends": len(ends)}
    print(json.dumps(report) if options.json else table(report))
    if options.picture:
        curves = [
            Curve(name, [(one["p50"], 100 * one["rate"]) for one in rows])
            for name, rows in report["curves"].items()
        ]
        options.picture.write_text(
            plot(curves, "median delay after the end of speech, s", "pauses cut off, %"),
            encoding="utf-8",
        )


def gathered(
    labels: Sequence[Label], whisper: Path | None, turn_model: Path | None
) -> list[Moment]:
    """The moments of all answers; tells of each when it is done."""
    whisper, turn_model = whisper or _model("whisper-base"), turn_model or _model("smart-turn-v3.2")
    detector, turns = SpeechDetector(), TurnModel(turn_model)
    transcriber = FasterWhisper(whisper)
    found: list[Moment] = []
    for label in labels:
        captions = Captions(transcriber)
        answer = GrowingAnswer(captions, lambda words: None, Nobody(), turn_model=turns)
        of_it = list(moments(label, answer, heard(label, detector)))
        answer.close()
        pauses, ends = parted(of_it)
        told = f"{label.name}: {len(pauses)} pauses" + ("" if ends else ", no end")
        print(told, file=sys.stderr, flush=True)
        found += of_it
    return found


def _model(name: str) -> Path:
    from interviewer.models import installed

    return installed.path(name)


def reported(found: list[Moment], words_after: float) -> dict[str, Any]:
    """The curve of each rule, the default's figures, and what each rule needs for some rates."""
    curves = {
        rule.name: [measured(rule, scale, found, words_after) for scale in SCALES] for rule in RULES
    }
    default = measured(RULES[-1], 1.0, found, words_after)
    needed = {
        name: {
            f"{100 * goal:.1f} %": next((row for row in rows if row["rate"] <= goal), None)
            for goal in (*TARGETS, default["rate"])
        }
        for name, rows in curves.items()
    }
    return {"default": default, "needed": needed, "curves": curves}


def table(report: dict[str, Any]) -> str:
    """For people."""
    default = report["default"]
    lines = [
        f"{report['answers'] - report['ends']} of {report['answers']} answers had no end",
        f"as shipped: {default['cut_offs']} of {default['pauses']} pauses cut off "
        f"({100 * default['rate']:.1f} %), delay p50 {default['p50']:.2f} s, "
        f"p95 {default['p95']:.2f} s",
        "delay p50 (p95) that a rule needs for at most that share of cut-offs:",
    ]
    for name, goals in report["needed"].items():
        cells = "  ".join(f"{goal:>6}: {_delay(row)}" for goal, row in goals.items())
        lines.append(f"  {name:14} {cells}")
    return "\n".join(lines)


def _delay(row: dict[str, Any] | None) -> str:
    return "not reached    " if row is None else f"{row['p50']:.2f} s ({row['p95']:.2f} s)"


if __name__ == "__main__":
    main()
