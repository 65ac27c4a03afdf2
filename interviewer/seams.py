"""Where parts of the interviewer are swapped: language model, grader, store."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sessions.model import ModelUsed, Scorecard, Session


@dataclass(frozen=True)
class Message:
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


class LanguageModel(Protocol):
    """A chat model: embedded, remote, or scripted.

    Every method raises `interviewer.errors.InterviewError` where the model cannot answer.
    """

    used: ModelUsed
    strong: bool
    """True where the model may be trusted with choices (a large remote one)."""

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Iterator[str]:
        """Yield the reply piece by piece."""

    def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
    ) -> str:
        """The whole reply; JSON that fits `schema` where one is given."""

    def warm(self, messages: Sequence[Message]) -> None:
        """Put the messages into the prompt cache, where that helps and costs nothing."""

    def close(self) -> None:
        """End what was started for it."""


class Grader(Protocol):
    """Judges an ended session."""

    @property
    def used(self) -> tuple[ModelUsed, ...]:
        """The language models that get the transcript while it grades."""

    def grade(self, session: Session, progress: Callable[[str, float], None]) -> Scorecard:
        """The scorecard; `progress` takes what is being done and the share that is done."""


class Store(Protocol):
    """Keeps sessions."""

    def save(self, session: Session) -> Session:
        """Put the session on disk, whole or not at all; raises `SessionError`."""
