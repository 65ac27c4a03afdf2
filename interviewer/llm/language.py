"""From what a person typed after --llm and --model to a language model."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from interviewer.errors import InterviewError
from interviewer.llm.chat import ChatModel
from interviewer.llm.chat_errors import NO_KEY, faults
from interviewer.llm.connection import connected, on_this_machine
from interviewer.llm.engine import Address, Engine
from interviewer.llm.scripted import ScriptedModel
from interviewer.models import catalogue, installed
from interviewer.seams import LanguageModel
from sessions.model import ModelUsed

_EMBEDDED_PATIENCE = 300.0
"""Seconds without a byte; a long prompt on two busy cores is read at 20 tokens a second."""
_LISTING = 10.0
"""Seconds without a byte of the list of a server's models."""
_STRONG = 7.0
"""Billions of parameters from which a model is trusted with choices. The 1.5B model is not: it
asks eight of ten candidates the same question when left to itself."""


def language_model(
    llm: str,
    model: str | None = None,
    *,
    waiting: Callable[[float], None] = lambda seconds: None,
) -> LanguageModel:
    """The model that `llm` means: "embedded", "scripted", or a server's URL.

    `model` names the one on that server, or for "embedded" a GGUF file or catalogue entry other
    than the default. The embedded one starts loading at once, in a process of its own; its first
    use waits, and tells `waiting` the seconds.
    Raises `InterviewError` where the model is not on this machine, or `llm` is none of the three.
    """
    if llm == "scripted":
        return ScriptedModel()
    if llm == "embedded":
        return _embedded(model or catalogue.LANGUAGE, waiting)
    if _is_server(llm):
        return _remote(llm, model)
    # A password that is in it must not reach the screen.
    raise InterviewError(
        f"--llm {llm.rpartition('@')[2]!r} is unknown. Say embedded, scripted, or the URL of an "
        "OpenAI-compatible server, such as http://localhost:11434/v1"
    )


def _is_server(llm: str) -> bool:
    """Whether it is a URL, to those that read it here and to the client."""
    if not llm.lower().startswith(("http://", "https://")):
        return False
    import httpx2

    try:
        parts, url = urlsplit(llm), httpx2.URL(llm)
        return bool(parts.hostname and url.host) and parts.port != 0  # Port raises, too.
    except (ValueError, httpx2.InvalidURL):
        return False


def _embedded(model: str, waiting: Callable[[float], None]) -> LanguageModel:
    file, digest = _file(model)
    name = model if digest else file.stem
    engine = Engine(file, name)
    engine.start()
    used = ModelUsed(
        role="language", engine="llama.cpp on this machine", name=name, digest=digest, remote=False
    )
    return ChatModel(
        lambda: engine.ready(waiting),
        used,
        strong=False,
        embedded=True,
        patience=_EMBEDDED_PATIENCE,
        end=engine.close,
    )


def _file(model: str) -> tuple[Path, str | None]:
    """The GGUF file, and its digest where the catalogue has it."""
    if model in catalogue.MODELS:
        return installed.path(model), catalogue.MODELS[model].digest
    named = Path(model).expanduser()
    if not named.is_file():
        raise InterviewError(
            f"There is no model file {model}. For --llm embedded, --model is a GGUF file or "
            f"{catalogue.LANGUAGE}"
        )
    return named, None


def _remote(url: str, model: str | None) -> LanguageModel:
    parts = urlsplit(url)
    # A password in the URL must not reach session files and error messages.
    shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    address = Address(url, os.environ.get("OPENAI_API_KEY") or NO_KEY)
    name = model or _only_model(address, shown)
    used = ModelUsed(
        role="language", engine=shown, name=name, digest=None, remote=not on_this_machine(url)
    )
    return ChatModel(lambda: address, used, strong=looks_strong(name))


def looks_strong(name: str) -> bool:
    """False where the model's name tells of fewer than seven billion parameters."""
    sizes = re.findall(r"(?<![\w.])(\d+(?:\.\d+)?)(b|m)(?![a-z0-9])", name.lower())
    billions = [float(size) / (1 if unit == "b" else 1000) for size, unit in sizes]
    return not billions or max(billions) >= _STRONG


def _only_model(address: Address, shown: str) -> str:
    """The server's model, where it has just one."""
    there = connected(address, patience=_LISTING, retries=0)
    with faults(f"server {shown}", lambda: address.key), there as client:
        names = [one.id for one in client.models.list()]
    if len(names) == 1:
        return names[0]
    some = ", ".join(sorted(names)[:8]) or "none"
    raise InterviewError(f"Say which model of {shown} to use, with --model. It has: {some}")
