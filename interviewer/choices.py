"""What a person asked for when they start an interview; the options of the commands say more."""

from dataclasses import dataclass
from pathlib import Path

from interviewer.asking.manner import Style
from rubrics.model import Seniority


@dataclass(frozen=True, kw_only=True)
class Choices:
    """The options of `interview practice`; `resume` and `retry` take part of them."""

    round_id: str = "behavioral"
    questions: int = 2
    seniority: Seniority = "mid"
    style: Style = "neutral"
    name: str = "Alex"
    candidate: tuple[Path, ...] = ()
    """A folder with candidate.yaml, or recordings in their order; empty for a microphone."""
    patience: float = 1.0
    minutes: float | None = None
    """None: the rounds' own."""
    probes: int = 2
    no_audio: bool = False
    think_ahead: bool | None = None
    """None: where the model is on this machine."""
    barge_in: bool | None = None
    """None: where echo cancellation is installed."""
    question: str | None = None
    """One of the person's own; None for the round's."""
    suggested: bool = False
    any_round: bool = True
    """Of what is suggested: whichever round it is of, not that of `round_id` only."""
    llm: str = "embedded"
    model: str | None = None
    transcriber_model: str = "whisper-base"
    input_device: str | None = None
    output_device: str | None = None
    sessions: Path | None = None
