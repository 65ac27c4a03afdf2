"""Wires what is heard and said: devices, the recorded candidate, the voice, interruptions."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from interviewer.choices import Choices
from interviewer.screen.lines import Screen
from sessions.model import DEMONSTRATION
from voice.activity import SpeechDetector
from voice.barge_in import CANCELLED, CLEAR, BargeIn
from voice.echo import EchoCanceller
from voice.errors import VoiceError
from voice.loudspeaker import SilentLoudspeaker, SystemLoudspeaker
from voice.microphone import DEAF, DeviceEvent, Microphone
from voice.mouth import SpeakingMouth
from voice.portaudio import DeviceError
from voice.prepared import PreparedSpeaker
from voice.recorded import RecordedCandidate
from voice.seams import Candidate, Loudspeaker
from voice.speaker import SystemSpeaker

_CHECKOUT = Path(__file__).parent.parent / "fixtures" / "audio"
RECORDINGS = (
    _CHECKOUT if _CHECKOUT.is_dir() else Path(sys.prefix) / "share" / "mock-interviewer" / "audio"
)
"""The recorded candidate: in the checkout, or where an installed wheel puts it."""

_DEVICE: dict[DeviceEvent, str] = {
    "lost": "The microphone went away. Connect it again; the answer goes on where it stopped.",
    "back": "The microphone is back, go on.",
    "another": "The microphone did not come back, so {name} hears you now. Go on.",
    "gone": "The microphone did not come back, so the interview ends here; what was said is kept. "
    "Choose another one with --input-device.",
}


class Sound:
    """Makes each part when it is first asked for; `opened` closes what needs closing."""

    def __init__(self, choices: Choices, screen: Screen, opened: ExitStack) -> None:
        """`screen` is told what this machine lacks."""
        self._choices = choices
        self._screen = screen
        self._open = opened

    @cached_property
    def may_interrupt(self) -> bool:
        """Whether the person may; unless told otherwise, where the interviewer's voice can be
        taken out of what the microphone hears.
        """
        wanted = self._choices.barge_in
        return _can_cancel() if wanted is None else wanted

    @cached_property
    def echo(self) -> EchoCanceller | None:
        """Takes the interviewer's voice out of the microphone, where somebody may interrupt."""
        if self.may_interrupt and not _can_cancel():
            self._screen.note(
                "Wear headphones: without the extra mock-interviewer[echo] the interviewer would "
                "be interrupted by its own voice."
            )
        return EchoCanceller() if self.may_interrupt and _can_cancel() else None

    @cached_property
    def loudspeaker(self) -> Loudspeaker:
        """The sound card, or silence where there is none."""
        try:
            tap = self.echo.played if self.echo else None
            found: Loudspeaker = SystemLoudspeaker(self._choices.output_device, tap)
        except DeviceError as error:
            if self._choices.output_device:
                raise
            self._screen.note(f"{error}\nThe questions are shown only.")
            found = SilentLoudspeaker()
        self._open.callback(found.close)
        return found

    @cached_property
    def candidate(self) -> Candidate:
        """The named recordings, the microphone, or the recordings that come with the product."""
        found = self._named_recordings() or self._microphone() or self._shipped_recordings()
        self._open.callback(found.close)
        return found

    @cached_property
    def speaker(self) -> PreparedSpeaker:
        """The system's voice."""
        speaker = SystemSpeaker()
        self._open.callback(speaker.close)
        return PreparedSpeaker(speaker)

    @cached_property
    def mouth(self) -> SpeakingMouth:
        """Falls silent for a person who may interrupt."""
        if not (isinstance(self.candidate, Microphone) and self.may_interrupt):
            return SpeakingMouth(self.speaker, self.loudspeaker)
        detector = SpeechDetector()
        barge_in = BargeIn(
            self.candidate,
            lambda frame: detector.push(frame).speech,
            enough=CANCELLED if self.echo else CLEAR,
            trusted=lambda: self.echo is None or self.echo.learnt,
        )
        return SpeakingMouth(
            self.speaker,
            self.loudspeaker,
            stop=barge_in,
            softly=barge_in.suspects,
            before=barge_in.arm,
        )

    def prompt(self, name: str, line: str) -> Callable[[], None] | None:
        """Says the line in a long silence; None where time is only counted, not waited for."""
        if not self.candidate.realtime:
            return None
        mouth = SpeakingMouth(self.speaker, self.loudspeaker)

        def said() -> None:
            self._screen.note(f"{name}: {line}")
            try:
                mouth.say((line,))
            except VoiceError as error:
                # The answer goes on: the line was shown, and a loudspeaker that stays away ends
                # the interview at the next question, when the answer is kept.
                self._screen.note(str(error))
            heard_itself = self.echo is None or not self.echo.learnt
            if isinstance(self.candidate, Microphone) and heard_itself:
                self.candidate.resume()

        return said

    def _named_recordings(self) -> RecordedCandidate | None:
        named = self._choices.candidate
        if not named:
            return None
        realtime = self.loudspeaker.realtime
        if len(named) == 1 and named[0].resolve() == RECORDINGS.resolve():
            return self._shipped_recordings()
        if len(named) == 1 and named[0].is_dir():
            return RecordedCandidate.from_folder(named[0], realtime=realtime)
        return RecordedCandidate.from_files(named, realtime=realtime)

    def _microphone(self) -> Candidate | None:
        try:
            return Microphone(
                self._choices.input_device,
                on_device=self._on_device,
                clean=self.echo.clean if self.echo else None,
                deaf=0.0 if self.may_interrupt else DEAF,
            )
        except DeviceError as error:
            if self._choices.input_device:
                raise
            self._screen.note(f"{error}\nA recorded candidate answers instead, as a demonstration.")
            return None

    def _on_device(self, event: DeviceEvent) -> None:
        self._screen.note(_DEVICE[event].format(name=self.candidate.name))

    def _shipped_recordings(self) -> RecordedCandidate:
        found = RecordedCandidate.from_folder(RECORDINGS, realtime=self.loudspeaker.realtime)
        found.name = DEMONSTRATION
        self._screen.note(
            "The answers of this demonstration were recorded in advance, and may not fit each "
            "follow-up."
        )
        return found


def _can_cancel() -> bool:
    return find_spec("pywebrtc_audio") is not None
