"""A chat model behind an OpenAI-compatible server, embedded or remote: one code path for both."""

import json
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from interviewer.errors import InterviewError, NoJsonError
from interviewer.llm.chat_errors import NO_KEY, faults, told, words
from interviewer.llm.connection import connected
from interviewer.llm.engine import Address
from interviewer.llm.thoughts import aloud, unopened, whole
from interviewer.seams import Message
from sessions.model import ModelUsed

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types.chat.chat_completion import Choice

SEED = 7
"""Any number; the same one each time, so that the same input gives the same reply."""
_RETRIES = 1
"""Further tries after 429, 5xx or a broken connection; waits as Retry-After asks, 60 s at most."""
_PIECES = 4
"""Most pieces of a stream for each token that was asked for: some servers send letters."""
_REFUSALS = (400, 404, 405, 422, 500, 501)
"""Statuses with which servers refuse a parameter; the others speak of keys, loads and limits."""
_SPARE_PARAMETERS = {
    "temperature": ("temperature",),
    "seed": ("seed",),
    "reasoning_effort": ("reason", "think"),
}
"""What some servers and models refuse, and the reply can do without; with the words of a complaint
about it."""
_CHECKED = 60
"""Tokens that a server is checked with: as many as a follow-up gets. A model that spends them on
thinking has an empty reply to show, before the interview and in it."""
_SCHEMA_WORDS = ("response_format", "json_schema", "schema", "grammar")
"""What a complaint about the schema holds."""


class _SchemaRefusedError(Exception):
    """The server does not enforce schemas, or not this one."""


class ChatModel:
    """Implements `interviewer.seams.LanguageModel` with the `openai` client.

    May be used by several threads. Every method raises `InterviewError`.
    """

    def __init__(
        self,
        connect: Callable[[], Address],
        used: ModelUsed,
        *,
        strong: bool,
        embedded: bool = False,
        patience: float = 60.0,
        end: Callable[[], None] = lambda: None,
    ) -> None:
        """Make a model that connects at its first use.

        `connect` says where the server is, waiting for it where it must; `end` is called by
        `close`. `patience`: seconds without a byte until the server counts as stuck. `embedded`:
        warming the prompt cache costs nothing but time that is idle anyway.
        """
        self.used = used
        self.strong = strong
        self._connect = connect
        self._embedded = embedded
        self._patience = patience
        self._end = end
        self._known: tuple[Address, OpenAI] | None = None
        self._closed = False
        self._refused: frozenset[str] = frozenset()
        self._schemas = True
        self._thinks = True
        self._opens_unseen = False
        """Whether its thoughts have an end but no beginning."""
        self._limit = "max_tokens"

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Iterator[str]:
        """Yield the reply piece by piece, without what is thought in it.

        Closing the iterator stops the server's work, too. Where thoughts have no beginning, they
        are out before their end tells what they were, with that `</think>`, which no rule of what
        may be said lets pass; from then on such a model's replies come in one piece.
        """
        if self._opens_unseen:
            yield self._reply(messages, max_tokens)
            return
        with self._faults():
            spoke = yield from aloud(self._streamed(messages, max_tokens))
            if not spoke and self._without_thinking():
                spoke = yield from aloud(self._streamed(messages, max_tokens))
            if not spoke:
                raise InterviewError(told("empty", self._where()))

    def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
    ) -> str:
        """The whole reply; with a schema, one JSON object.

        The schema is enforced by servers that can; others get it as text. That the object fits
        is the caller's to check, as with all model output. Raises `NoJsonError` for a reply that
        is none, as one that was cut off.
        """
        if schema is None:
            return self._reply(messages, max_tokens)
        shape = {
            "type": "json_schema",
            "json_schema": {"name": "reply", "schema": dict(schema), "strict": True},
        }
        if self._schemas:
            try:
                reply = self._reply(messages, max_tokens, shape)
                return _json_object(reply, self._where())
            except _SchemaRefusedError:
                self._schemas = False
        asked = f"Reply with one JSON object and nothing else. Its schema: {json.dumps(schema)}"
        last = messages[-1]
        spelled = [*messages[:-1], Message(last.role, f"{last.content}\n\n{asked}")]
        reply = self._reply(spelled, max_tokens)
        return _json_object(reply, self._where())

    def warm(self, messages: Sequence[Message]) -> None:
        """Put the messages into the embedded server's prompt cache; nothing for a remote one."""
        if self._embedded:
            with self._faults():
                self._ask(messages, 1)

    def check(self) -> None:
        """Ask another's server for a reply, so that it fails before anybody has answered."""
        if not self._embedded:
            self._reply([Message("user", "Hello")], _CHECKED)

    def close(self) -> None:
        """End what was started for this model, and close the connections.

        In this order, so that a request that still runs in another thread fails at once.
        """
        self._closed = True
        self._end()
        if self._known is not None:
            self._known[1].close()
            self._known = None

    def _reply(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        shape: dict[str, Any] | None = None,
    ) -> str:
        extra = {"response_format": shape} if shape else {}
        with self._faults():
            text = self._written(messages, max_tokens, **extra)
            if not text and self._without_thinking():
                text = self._written(messages, max_tokens, **extra)
        if not text:
            raise InterviewError(told("empty", self._where()))
        return text

    def _written(self, messages: Sequence[Message], max_tokens: int, **wanted: object) -> str:
        choice = self._choice(messages, max_tokens, **wanted)
        text = _text(choice and choice.message and choice.message.content)
        self._opens_unseen = self._opens_unseen or unopened(text)
        return whole(text)

    def _streamed(self, messages: Sequence[Message], max_tokens: int) -> Generator[str, None, None]:
        """Yield what one request brings, thoughts and all."""
        pieces = self._ask(messages, max_tokens, stream=True)
        begun, finished, text = False, False, ""
        try:
            for number, chunk in enumerate(pieces):
                begun = True
                if number > _PIECES * max_tokens:
                    finished = True  # The server should have stopped by itself.
                    break
                if not chunk.choices:
                    continue
                choice = chunk.choices[0]
                finished = finished or choice.finish_reason is not None
                if piece := _text(choice.delta and choice.delta.content):
                    text += piece
                    yield piece
        finally:
            pieces.close()
            self._opens_unseen = self._opens_unseen or unopened(text)
        if not finished:
            raise InterviewError(told("cut" if begun else "garbage", self._where()))

    def _without_thinking(self) -> bool:
        """Ask for no thinking from now on; whether that is new, and so worth another try.

        Not from the start: some servers refuse what they don't know, or read it as they like.
        """
        tried = not self._thinks or self._embedded
        self._thinks = False
        return not tried

    def _choice(
        self, messages: Sequence[Message], max_tokens: int, **wanted: object
    ) -> "Choice | None":
        """The reply's one choice, None where it has none."""
        from openai.types.chat import ChatCompletion

        reply = self._ask(messages, max_tokens, **wanted)
        if not isinstance(reply, ChatCompletion):
            # A web page, where the URL is not an API's.
            raise ValueError
        if error := getattr(reply, "error", None):
            # Some gateways pass on what failed behind them as if all was well.
            said = error.get("message") if isinstance(error, dict) else error
            raise InterviewError(told("APIError", self._where(), " ".join(str(said).split())[:160]))
        return reply.choices[0] if reply.choices else None

    def _ask(self, messages: Sequence[Message], max_tokens: int, **wanted: object) -> Any:  # noqa: ANN401
        """Send one request; leave out what the server refuses, and remember it."""
        from openai import APIStatusError

        while True:
            asked: dict[str, Any] = {"temperature": 0.0, "seed": SEED, **wanted}
            if not (self._thinks or self._embedded):
                asked["reasoning_effort"] = "none"
            for name in self._refused:
                asked.pop(name, None)
            asked |= {
                "model": self.used.name,
                "messages": [{"role": one.role, "content": one.content} for one in messages],
                self._limit: max_tokens,
            }
            try:
                return self._client().chat.completions.create(**asked)
            except APIStatusError as error:
                if error.status_code not in _REFUSALS:
                    raise
                complaint = f"{error.param} {words(error)}"
                if "response_format" in asked and any(one in complaint for one in _SCHEMA_WORDS):
                    raise _SchemaRefusedError from error
                if not self._adapted(complaint, asked):
                    raise

    def _adapted(self, complaint: str, asked: Mapping[str, object]) -> bool:
        """Whether something was changed that makes another try worth while."""
        if "max_completion_tokens" in complaint and self._limit == "max_tokens":
            self._limit = "max_completion_tokens"
            return True
        for name, said in _SPARE_PARAMETERS.items():
            if name in asked and any(one in complaint for one in said):
                self._refused |= {name}
                return True
        return False

    def _client(self) -> "OpenAI":
        address = self._connect()
        if self._known is None or self._known[0] != address:
            client = connected(address, patience=self._patience, retries=_RETRIES)
            self._known = address, client
        return self._known[1]

    def _where(self) -> str:
        return f"{self.used.name} at {self.used.engine}"

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Turn what the client raises into `InterviewError`."""
        try:
            with faults(self._where(), lambda: self._known[0].key if self._known else NO_KEY):
                yield
        except RuntimeError as error:  # A client that was closed in the middle of another try.
            if not self._closed:
                raise
            raise InterviewError("The language model was ended.") from error


def _text(content: object) -> str:
    """A message's text, also where it comes in parts; the client checks no types.

    Half of a surrogate pair, which nothing could write, is a question mark.
    """
    if isinstance(content, list):
        content = "".join(one["text"] for one in content if one["type"] == "text")
    if content is not None and not isinstance(content, str):
        raise ValueError
    return (content or "").encode("utf-8", "replace").decode()


def _json_object(reply: str, where: str) -> str:
    """The reply's JSON object, without the fence or the words that some models put around it."""
    start, end = reply.find("{"), reply.rfind("}")
    try:
        json.loads(reply[start : end + 1])
    except (ValueError, RecursionError) as error:
        raise NoJsonError(told("no JSON", where)) from error
    return reply[start : end + 1]
