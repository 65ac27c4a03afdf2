"""Wires the parts: for a live session this and `sound` name the concrete classes."""

import math
import os
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from rich.console import Console

from interviewer.asking.brain import Brain
from interviewer.asking.director import Director
from interviewer.asking.manner import MANNERS
from interviewer.choices import Choices
from interviewer.delivery import delivery_of
from interviewer.errors import InterviewError
from interviewer.judging.card import AnswerGrader
from interviewer.judging.embedded import EmbeddedGrader
from interviewer.judging.judge import JudgeGrader
from interviewer.judging.level import LevelReader
from interviewer.judging.points import PointJudge
from interviewer.judging.relevance import Relevance
from interviewer.live import Room
from interviewer.llm.chat import ChatModel
from interviewer.llm.language import language_model
from interviewer.models import catalogue, installed
from interviewer.once import once
from interviewer.screen.keys import EnterKey
from interviewer.screen.live_screen import make as make_screen
from interviewer.seams import LanguageModel
from interviewer.sound import Sound
from interviewer.text.embedding import Embedder
from interviewer.text.likeness import Likeness
from interviewer.thinking import PATIENCE, Thinking, worth_it
from rubrics.model import Rubric
from sessions.model import DEMONSTRATION, Measure, ModelUsed, Session
from sessions.store import SessionStore
from voice.ears import StreamingEars, Wits
from voice.later import LaterEars
from voice.recorded import RecordedCandidate
from voice.seams import LONGEST, Candidate, Ears
from voice.transcriber import FasterWhisper
from voice.turn_model import TurnModel

VIRTUAL_PATIENCE = 2.5
"""Where time is only counted, not waited for, no answer needs to be cut short by a guess."""

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
        second: tuple[str, str | None] | None = None,
    ) -> None:
        """`llm`, `model`, `transcriber` as on the command line; `threads` for each model.

        `second`: --second-llm and --second-model, where a second judge is wanted.
        """
        self._llm = llm
        self._model = model
        self._transcriber = transcriber
        self._second = second
        self._progress = progress
        self._threads = min(threads, os.cpu_count() or 1)
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Nothing is loaded yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the models."""
        self._open.close()

    def fetch(self, *names: str) -> None:
        """Get those of these models that are missing, of all where none is named.

        Left out are those that others were named for: a server, or another recogniser.
        Raises `InterviewError` where a model cannot be had.
        """
        named = [(self._llm, self._model), *([self._second] if self._second else [])]
        spare = {catalogue.LANGUAGE, catalogue.RECOGNISER} - {self._transcriber}
        if any(llm == "embedded" and model in (None, catalogue.LANGUAGE) for llm, model in named):
            spare.discard(catalogue.LANGUAGE)
        installed.fetch(
            [name for name in names or catalogue.MODELS if name not in spare],
            lambda what, done, total: self._progress(what, done / total if total else None),
        )

    @once
    def transcriber(self) -> FasterWhisper:
        """The recogniser; raises `VoiceError` where its folder has no model."""
        self._progress("loading the recogniser", None)
        folder, digest = self._recogniser
        return FasterWhisper(folder, digest=digest, threads=self._threads)

    @property
    def _recogniser(self) -> tuple[Path, str | None]:
        """The folder of the recogniser, and its digest where the catalogue knows it."""
        if self._transcriber in catalogue.MODELS:
            return installed.path(self._transcriber), catalogue.MODELS[self._transcriber].digest
        folder = Path(self._transcriber).expanduser()
        if not folder.is_dir():
            raise InterviewError(
                f"There is no recogniser '{self._transcriber}'. Say {catalogue.RECOGNISER}, or the "
                "folder of a faster-whisper model."
            )
        return folder, None

    @once
    def language_model(self) -> LanguageModel:
        """The interviewer's model; the embedded one starts loading in a process of its own."""

        def waiting(seconds: float) -> None:
            self._progress(f"loading the language model ({seconds:.0f} s)", None)

        model = language_model(self._llm, self._model, waiting=waiting)
        self._open.callback(model.close)
        return model

    @once
    def _second_judge(self) -> LanguageModel | None:
        if self._second is None:
            return None
        try:
            model = language_model(*self._second)
        except InterviewError as error:
            raise InterviewError(f"The second judge (--second-llm): {error}") from error
        self._open.callback(model.close)
        return model

    @once
    def embedder(self) -> Embedder:
        """Sentences to vectors."""
        return Embedder.of(installed.path(catalogue.EMBEDDING), threads=self._threads)

    @once
    def point_judge(self) -> PointJudge:
        """Judges points while the person talks: fast, without the language model."""
        return PointJudge(self.embedder)

    @once
    def likeness(self) -> Likeness:
        """Finds facts and questions by meaning."""
        return Likeness(self.embedder)

    @once
    def relevance(self) -> Relevance:
        """Tells answers to something else."""
        return Relevance.shipped(self.embedder)

    def director(self, *, probes: int = 2, minutes: float = 30.0) -> Director:
        """Decides what to ask next."""
        return Director(
            self.point_judge, self.likeness, LevelReader.shipped(), probes=probes, minutes=minutes
        )

    def grader(self, kind: str, folder: Path | None = None) -> AnswerGrader:
        """`embedded` or `judge`; `folder` holds the audio of the session that is graded."""

        def delivery(session: Session) -> tuple[Measure, ...]:
            return delivery_of(session, folder)

        if kind == "judge":
            return JudgeGrader(self.language_model, self._second_judge, delivery)
        return EmbeddedGrader(self.point_judge, self._writer, delivery)

    @property
    def _writer(self) -> LanguageModel | None:
        """Who phrases stronger answers: the embedded model dropped facts and made some up."""
        if self._llm == "embedded":
            return None
        return self.language_model if self.language_model.strong else None

    def models_used(self) -> tuple[ModelUsed, ...]:
        """What takes part, for the session's file."""
        embedding = catalogue.MODELS[catalogue.EMBEDDING]
        folder, digest = self._recogniser
        return (
            self.language_model.used,
            ModelUsed(
                role="recogniser",
                engine="faster-whisper",
                name=folder.name,
                # A known model is still being loaded while the welcome is spoken.
                digest=digest or self.transcriber.digest,
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
        self.sound = Sound(choices, self.screen, self._open)

    def fetch(self, *names: str) -> None:
        """Get the models that are missing, and see that a server that was named answers."""
        super().fetch(*names)
        model = self.language_model
        if isinstance(model, ChatModel):
            model.check()

    @property
    def candidate(self) -> Candidate:
        """Who answers."""
        return self.sound.candidate

    def answerable(self, rubrics: Iterable[Rubric]) -> tuple[str, ...]:
        """Questions that the recorded candidate has answers to; none for a person."""
        if not isinstance(self.candidate, RecordedCandidate):
            return ()
        found = tuple(
            question.id
            for wanted in self.candidate.questions
            for rubric in rubrics
            if (question := self.likeness.question(wanted, rubric.questions))
        )
        if not found and self.candidate.name == DEMONSTRATION:
            self.screen.note(
                "The demonstration has no answer to this round, so expect some that do not fit. "
                "Try --round behavioral."
            )
        return found

    def room(self, session: Session) -> Room:
        """Everybody and everything that takes part in this session.

        The ears' models load beside what comes next: the welcome.
        """
        choices, sound = self.choices, self.sound
        mouth, realtime = sound.mouth, self.candidate.realtime
        prompt = sound.prompt(session.interviewer, MANNERS[session.style].ready)
        ears = LaterEars(lambda: self._ears(prompt))
        self._open.callback(ears.close)
        minutes = session.minutes or sum(rubric.minutes for rubric in session.rubrics)
        director = self.director(probes=session.probes, minutes=minutes)
        thinking = Thinking(
            director,
            Brain(self.language_model),
            ahead=worth_it(choices.think_ahead, self.language_model.used),
            prepare=sound.speaker.prepare,
            patience=PATIENCE if realtime else None,
            note=self.screen.note,
        )
        self._open.callback(thinking.close)
        # Before it: nobody should wait for a draft, or for a model that still loads, to leave.
        self._open.callback(self.language_model.close)
        return Room(
            director=director,
            thinking=thinking,
            mouth=mouth,
            ears=ears,
            candidate=self.candidate,
            grader=self.grader("embedded", self.store.path(session.id)),
            store=self.store,
            screen=self.screen,
            folder=None if choices.no_audio else self.store.path(session.id),
            patience=choices.patience * (1.0 if realtime else VIRTUAL_PATIENCE),
            longest=longest_answer(self.candidate),
        )

    def _ears(self, prompt: Callable[[], None] | None) -> Ears:
        return StreamingEars(
            self.candidate,
            self.transcriber,
            Wits(TurnModel(installed.path(catalogue.TURN))),
            done=self.keys,
            observer=self.screen,
            prompt=prompt,
        )


def longest_answer(candidate: Candidate) -> float:
    """Seconds that somebody may answer; a recording ends by itself."""
    return math.inf if isinstance(candidate, RecordedCandidate) else LONGEST
