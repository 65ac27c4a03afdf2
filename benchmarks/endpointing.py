"""What each signal for the end of a turn is worth: cut-offs against delay, without a sound card.

`python -m benchmarks.endpointing --answers DIR [--whisper FOLDER] [--turn-model FILE] [--json]
[--picture FILE.svg]`. DIR holds WAV answers, each with a JSON beside it: `{"question", "round",
"end_of_speech": seconds, "pauses": [[start, end], ...]}`. Recorded frames, virtual time.

A pause is cut off where the policy would have ended the turn before the person went on; the
replay goes on as if it had not. The delay is counted from the labelled end of speech. Words
count as known `--words-after` seconds after the pause began, as on a machine that transcribes.
"""

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles

from benchmarks.picture import Curve, plot
from voice.activity import SpeechDetector
from voice.answer import GrowingAnswer
from voice.audio import read_audio
from voice.captions import Captions
from voice.endpointing import DEFAULT, Evidence, Policy, wait
from voice.observer import Nobody
from voice.seams import FRAME, Transcriber
from voice.timeline import PAUSE
from voice.transcriber import FasterWhisper
from voice.turn_model import TurnModel

SCALES = [round(0.4 * 1.1**step, 3) for step in range(32)]
"""Factors on every wait; they draw the curve of a policy."""
TARGET = 0.02
"""Cut-offs per pause that are held to be bearable."""


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
        return early if early <= words_after else max(wait(known, policy), words_after)


RULES = (
    Rule("fixed silence", fixed=True),
    Rule("Smart Turn", turn=True),
    Rule("words", words=True),
    Rule("words, habits", words=True, habits=True),
    Rule("all", turn=True, words=True, habits=True),
)


def moments(
    path: Path, detector: SpeechDetector, transcriber: Transcriber, turn_model: TurnModel
) -> Iterable[Moment]:
    """Every pause of one answer with what was known in it."""
    label = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    samples = read_audio(path).samples
    detector.reset()
    answer = GrowingAnswer(
        Captions(transcriber), lambda words: None, Nobody(), turn_model=turn_model
    )
    last: Moment | None = None
    ended = 0.0
    for start in range(0, len(samples) - FRAME, FRAME):
        frame = samples[start : start + FRAME]
        answer.push(frame, detector.push(frame))
        if last and answer.timeline.speech_end > ended:
            yield replace(last, length=answer.timeline.pauses[-1][1] - ended)
            last = None
        if answer.due():
            answer.hear()
            answer.drain()
            ended = answer.timeline.speech_end
            text = " ".join(word.text for word in answer.words[-8:])
            last = Moment(path.stem, answer.evidence((), 1.0), text, None)
        if answer.timeline.seconds > label["end_of_speech"] + 3:
            break
    answer.close()
    if last:
        yield replace(last, lag=ended - label["end_of_speech"])


def measured(
    rule: Rule, scale: float, found: list[Moment], words_after: float, policy: Policy = DEFAULT
) -> dict[str, float]:
    """Cut-offs per pause and delay of one rule at one scale."""
    pauses = [m for m in found if m.length is not None and m.length >= PAUSE]
    ends = [m for m in found if m.length is None]

    def seconds(moment: Moment) -> float:
        return rule.seconds(moment, scale, words_after, policy)

    cut = sum(seconds(m) < (m.length or 0.0) for m in pauses)
    delays = [seconds(m) + m.lag for m in ends]
    return {
        "scale": scale,
        "pauses": len(pauses),
        "cut_offs": cut,
        "rate": cut / len(pauses),
        "p50": median(delays),
        "p95": quantiles(delays, n=20)[-1] if len(delays) > 1 else delays[0],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=Path, required=True)
    parser.add_argument("--whisper", type=Path)
    parser.add_argument("--turn-model", type=Path)
    parser.add_argument("--words-after", type=float, default=1.2)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    found = gathered(options.answers, options.whisper, options.turn_model)
    report = reported(found, options.words_after)
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


def gathered(folder: Path, whisper: Path | None, turn_model: Path | None) -> list[Moment]:
    """The moments of all answers in a folder."""
    whisper, turn_model = whisper or _model("whisper-base"), turn_model or _model("smart-turn-v3.2")
    detector, turns = SpeechDetector(), TurnModel(turn_model)
    transcriber = FasterWhisper(whisper)
    return [
        moment
        for path in sorted(folder.glob("*.wav"))
        for moment in moments(path, detector, transcriber, turns)
    ]


def _model(name: str) -> Path:
    from interviewer import models

    return models.path(name)


def reported(found: list[Moment], words_after: float) -> dict[str, dict[str, object]]:
    """The curve of each rule, the default's figures, and what a fixed rule would need."""
    curves = {
        rule.name: [measured(rule, scale, found, words_after) for scale in SCALES] for rule in RULES
    }
    default = measured(RULES[-1], 1.0, found, words_after)
    goal = max(default["rate"], TARGET)
    needed = {
        name: next((row for row in rows if row["rate"] <= goal), None)
        for name, rows in curves.items()
    }
    return {"default": default, "needed": needed, "curves": curves}  # type: ignore[dict-item]


def table(report: dict[str, dict[str, object]]) -> str:
    """For people."""
    default = report["default"]
    lines = [
        f"as shipped: {default['cut_offs']} of {default['pauses']} pauses cut off "
        f"({100 * default['rate']:.1f} %), delay p50 {default['p50']:.2f} s, "  # type: ignore[operator]
        f"p95 {default['p95']:.2f} s",
        f"delay needed for at most that rate, or {100 * TARGET:.0f} %:",
    ]
    for name, row in report["needed"].items():
        text = "not reached" if row is None else f"p50 {row['p50']:.2f} s, p95 {row['p95']:.2f} s"  # type: ignore[index]
        lines.append(f"  {name:16} {text}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
