"""Wires the parts: the only module that names concrete classes."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from interviewer import catalogue, models
from interviewer.errors import InterviewError
from interviewer.judging.embedding import Embedder
from interviewer.judging.points import PointJudge
from interviewer.language import language_model
from interviewer.likeness import Likeness
from interviewer.seams import LanguageModel
from sessions.model import ModelUsed
from voice.transcriber import FasterWhisper

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
                missing, lambda what, done, total: self._progress(what, done / total if total else None)
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


def point_judge() -> PointJudge:
    """A point judge by itself, for benchmarks."""
    return PointJudge(Embedder.of(models.path(catalogue.EMBEDDING)))
