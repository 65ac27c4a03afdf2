"""Wires the parts: the only module that names concrete classes."""

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console

from interviewer import catalogue, models
from interviewer.brain import Brain
from interviewer.choices import Choices
from interviewer.delivery import delivery_of
from interviewer.director import Director
from interviewer.errors import InterviewError
from interviewer.judging.embedded import EmbeddedGrader
from interviewer.judging.embedding import Embedder
from interviewer.judging.judge import JudgeGrader
from interviewer.judging.manner import Manner
from interviewer.judging.points import PointJudge
from interviewer.keys import EnterKey
from interviewer.language import language_model
from interviewer.likeness import Likeness
from interviewer.live import Room
from interviewer.live_screen import make as make_screen
from interviewer.seams import Grader, LanguageModel
from interviewer.thinking import Thinking
from rubrics.model import Rubric
from sessions.model import Measure, ModelUsed, Session
from sessions.store import SessionStore
from voice.ears import StreamingEars, Wits
from voice.loudspeaker import SilentLoudspeaker, SystemLoudspeaker
from voice.microphone import DeviceEvent, Microphone
from voice.mouth import SpeakingMouth
from voice.portaudio import DeviceError
from voice.recorded import RecordedCandidate
from voice.seams import Candidate, Loudspeaker
from voice.speaker import SystemSpeaker
from voice.transcriber import FasterWhisper
from voice.turn_model import TurnModel

_CHECKOUT = Path(__file__).parent.parent / "fixtures" / "audio"
VIRTUAL_PATIENCE = 2.5
"""Where time is only counted, not waited for, no answer needs to be cut short by a guess."""
RECORDINGS = (
    _CHECKOUT if _CHECKOUT.is_dir() else Path(sys.prefix) / "share" / "mock-interviewer" / "audio"
)
"""The recorded candidate: in the checkout, or where an installed wheel puts it."""

Progress = Callable[[str, float | None], None]
"""Takes what is being done and the share that is done, 0 to 1, where that is known."""


class Workshop:
    """Makes each part when it is first asked for, and closes what needs closing."""

    def __init__(
        self,
        llm: str,
        model: str | None,
        transcriber: str,
        progress: Progress = lambda what, share: None,
        *,
        threads: int = 2,
    ) -> None:
        """`llm`, `model`, `transcriber` as on the command line; `threads` for each model."""
        self._llm = llm
        self._model = model
        self._transcriber = transcriber
        self._progress = progress
        self._threads = min(threads, os.cpu_count() or 1)
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Nothing is loaded yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the models."""
        self._open.close()

    def fetch(self) -> None:
        """Get the models that are missing; raises `InterviewError` where that fails."""
        wanted = [catalogue.EMBEDDING, catalogue.TURN]
        if self._llm == "embedded" and self._model in (None, catalogue.LANGUAGE):
            wanted.append(catalogue.LANGUAGE)
        if self._transcriber == catalogue.RECOGNISER:
            wanted.append(catalogue.RECOGNISER)
        missing = [name for name in wanted if models.check([name])[0].state != "ready"]
        if missing:
            models.fetch(
                missing,
                lambda what, done, total: self._progress(what, done / total if total else None),
            )

    @cached_property
    def transcriber(self) -> FasterWhisper:
        """The recogniser; raises `VoiceError` where its folder has no model."""
        self._progress("loading the recogniser", None)
        if self._transcriber in catalogue.MODELS:
            digest = catalogue.MODELS[self._transcriber].digest
            return FasterWhisper(
                models.path(self._transcriber), digest=digest, threads=self._threads
            )
        folder = Path(self._transcriber).expanduser()
        if not folder.is_dir():
            raise InterviewError(
                f"There is no recogniser '{self._transcriber}'. Say {catalogue.RECOGNISER}, or the "
                "folder of a faster-whisper model."
            )
        return FasterWhisper(folder, threads=self._threads)

    @cached_property
    def language_model(self) -> LanguageModel:
        """The interviewer's model; the embedded one starts loading in a process of its own."""

        def waiting(seconds: float) -> None:
            self._progress(f"loading the language model ({seconds:.0f} s)", None)

        model = language_model(self._llm, self._model, waiting=waiting)
        self._open.callback(model.close)
        return model

    @cached_property
    def embedder(self) -> Embedder:
        """Sentences to vectors."""
        return Embedder.of(models.path(catalogue.EMBEDDING), threads=self._threads)

    @cached_property
    def point_judge(self) -> PointJudge:
        """Judges points while the person talks: fast, without the language model."""
        return PointJudge(self.embedder)

    @cached_property
    def likeness(self) -> Likeness:
        """Finds facts and questions by meaning."""
        return Likeness(self.embedder)

    def director(self, *, probes: int = 2, minutes: float = 30.0) -> Director:
        """Decides what to ask next."""
        return Director(
            self.point_judge, self.likeness, Manner.shipped(), probes=probes, minutes=minutes
        )

    def grader(self, kind: str, folder: Path | None = None) -> Grader:
        """`embedded` or `judge`; `folder` holds the audio of the session that is graded."""

        def delivery(session: Session) -> tuple[Measure, ...]:
            return delivery_of(session, folder)

        if kind == "judge":
            return JudgeGrader(self.language_model, delivery=delivery)
        return EmbeddedGrader(self.point_judge, delivery=delivery)

    def models_used(self) -> tuple[ModelUsed, ...]:
        """What takes part, for the session's file."""
        embedding = catalogue.MODELS[catalogue.EMBEDDING]
        return (
            self.language_model.used,
            ModelUsed(
                role="recogniser",
                engine="faster-whisper",
                name=self.transcriber.name,
                digest=self.transcriber.digest,
                remote=False,
            ),
            ModelUsed(
                role="embedding",
                engine="onnxruntime",
                name=embedding.name,
                digest=embedding.digest,
                remote=False,
            ),
        )


class Studio(Workshop):
    """Everything for a live session; a context manager like its base."""

    def __init__(self, choices: Choices, store: SessionStore) -> None:
        """Find out what this machine has: raises `VoiceError` where a named device is missing."""
        self.screen = make_screen(Console(), minutes=choices.minutes)
        super().__init__(choices.llm, choices.model, choices.transcriber_model, self.screen.working)
        self.choices = choices
        self.store = store
        self._open.callback(store.close)
        # The key first: an echoed Enter would push the live view up.
        self.keys = self._open.enter_context(EnterKey())
        self._open.callback(self.screen.close)

    @cached_property
    def loudspeaker(self) -> Loudspeaker:
        """The sound card, or silence where there is none."""
        try:
            found: Loudspeaker = SystemLoudspeaker(self.choices.output_device)
        except DeviceError as error:
            if self.choices.output_device:
                raise
            self.screen.note(f"{error} The questions are shown only.")
            found = SilentLoudspeaker()
        self._open.callback(found.close)
        return found

    @cached_property
    def candidate(self) -> Candidate:
        """The named recordings, the microphone, or the recordings that come with the product."""
        found = self._named_recordings() or self._microphone() or self._shipped_recordings()
        self._open.callback(found.close)
        return found

    def answerable(self, rubrics: Iterable[Rubric]) -> tuple[str, ...]:
        """Questions that the recorded candidate has answers to; none for a person."""
        if not isinstance(self.candidate, RecordedCandidate):
            return ()
        return tuple(
            question.id
            for wanted in self.candidate.questions
            for rubric in rubrics
            if (question := self.likeness.question(wanted, rubric.questions))
        )

    def room(self, session: Session) -> Room:
        """Everybody and everything that takes part in this session."""
        choices = self.choices
        brain = Brain(self.language_model)
        minutes = choices.minutes or sum(rubric.minutes for rubric in session.rubrics)
        director = self.director(probes=choices.probes, minutes=minutes)
        ahead = choices.think_ahead
        thinking = Thinking(
            director, brain, ahead=not self.language_model.used.remote if ahead is None else ahead
        )
        self._open.callback(thinking.close)
        speaker = SystemSpeaker()
        self._open.callback(speaker.close)
        return Room(
            director=director,
            brain=brain,
            thinking=thinking,
            mouth=SpeakingMouth(speaker, self.loudspeaker),
            ears=StreamingEars(
                self.candidate,
                self.transcriber,
                Wits(TurnModel(models.path(catalogue.TURN))),
                done=self.keys,
                observer=self.screen,
            ),
            candidate=self.candidate,
            grader=self.grader("embedded", self.store.path(session.id)),
            store=self.store,
            screen=self.screen,
            folder=None if choices.no_audio else self.store.path(session.id),
            patience=choices.patience * (1.0 if self.candidate.realtime else VIRTUAL_PATIENCE),
        )

    def _named_recordings(self) -> RecordedCandidate | None:
        named = self.choices.candidate
        if not named:
            return None
        realtime = self.loudspeaker.realtime
        if len(named) == 1 and named[0].is_dir():
            return RecordedCandidate.from_folder(named[0], realtime=realtime)
        return RecordedCandidate.from_files(named, realtime=realtime)

    def _microphone(self) -> Candidate | None:
        try:
            return Microphone(self.choices.input_device, on_device=self._on_device)
        except DeviceError as error:
            if self.choices.input_device:
                raise
            self.screen.note(f"{error} A recorded candidate answers instead.")
            return None

    def _on_device(self, event: DeviceEvent) -> None:
        lost = "The microphone went away. Connect it again; the answer goes on where it stopped."
        self.screen.note(lost if event == "lost" else "The microphone is back, go on.")

    def _shipped_recordings(self) -> RecordedCandidate:
        return RecordedCandidate.from_folder(RECORDINGS, realtime=self.loudspeaker.realtime)


def console() -> Console:
    """Where the conversation is written."""
    return Console()
