"""Does everything work on this machine that an interview needs? Each check answers with data."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from interviewer.errors import InterviewError
from interviewer.llm import chat_errors
from interviewer.llm.language import language_model
from interviewer.models import installed
from interviewer.models.catalogue import LANGUAGE
from interviewer.seams import LanguageModel, Message
from voice.errors import VoiceError

State = Literal["ok", "warning", "failed"]

_SPARE = 1_000_000_000
"""Bytes that should be free: an hour of answers as FLAC is about 60 MB; the rest is for the
system and for page files."""
_SLOW = 4.0
"""Tokens a second below which a follow-up of 40 tokens takes more than ten seconds."""
_QUIET = -65.0
"""dBFS below which a microphone hears less than a silent room; half a room's noise floor."""
_ASK = (Message("user", "Ask me one question about my last project, in about thirty words."),)
_SENTENCE = "This is the interviewer's voice."


@dataclass(frozen=True)
class Finding:
    """What one check found."""

    name: str
    state: State
    found: str
    advice: str = ""
    """What to do; empty where all is well."""


@dataclass(frozen=True)
class Machine:
    """What is to be checked."""

    llm: str = "embedded"
    model: str | None = None
    input_device: str | None = None
    output_device: str | None = None
    sessions: Path | None = None


def diagnose(machine: Machine, begins: Callable[[str], None]) -> Iterator[Finding]:
    """Check one thing after another; `begins` takes the name of each before it starts."""
    checks: tuple[tuple[str, Callable[[Machine], Finding]], ...] = (
        ("models", _models),
        ("language model", _language_model),
        ("disk", _disk),
        ("sessions", _sessions),
        ("loudspeaker", _loudspeaker),
        ("microphone", _microphone),
    )
    for name, check in checks:
        begins(name)
        try:
            yield check(machine)
        except (InterviewError, VoiceError) as error:
            found, _, advice = " ".join(str(error).split()).partition(". ")
            yield Finding(name, "failed", found, advice)


def next_step(findings: list[Finding]) -> str:
    """What a person does now."""
    failed = [one for one in findings if one.state == "failed"]
    if not failed:
        return "Ready. Start with: interview practice"
    if {one.name for one in failed} <= {"microphone", "loudspeaker"}:
        return (
            "Practice by voice needs a microphone and a loudspeaker; see above. Without them, a "
            "recorded candidate shows an interview: interview practice\n"
            "Recordings of your own answer with: interview practice --candidate FIRST.wav SECOND.wav"
        )
    first = (failed[0].advice or failed[0].found).rstrip(".")
    return f"First: {first}. Then run again: interview doctor"


def _models(machine: Machine) -> Finding:
    wrong = _wrong(machine)
    if wrong:
        told = ", ".join(f"{one.model.name} {one.state}" for one in wrong)
        return Finding("models", "failed", told, "Run: interview models fetch")
    size = sum(one.model.size for one in installed.check() if one.state == "ready")
    return Finding("models", "ok", f"all there and checked, {size / 1e9:.1f} GB")


def _wrong(machine: Machine) -> list[installed.Status]:
    """The models that are needed, and are missing or damaged."""
    found = [one for one in installed.check() if one.state != "ready"]
    return [one for one in found if machine.llm == "embedded" or one.model.name != LANGUAGE]


def _language_model(machine: Machine) -> Finding:
    began = time.monotonic()
    model = language_model(machine.llm, machine.model)
    try:
        model.warm([Message("user", "Hello")])
        loaded = time.monotonic() - began
        speed = _tokens_per_second(model)
    finally:
        model.close()
    where = "text leaves this machine" if model.used.remote else "on this machine"
    told = f"{model.used.name} answers, {speed:.0f} tokens/s, {where}"
    if machine.llm == "embedded":
        told = f"{told}, loaded in {loaded:.0f} s"
    if speed < _SLOW:
        advice = "Follow-ups will be late. Close other programs, or use a server with --llm URL."
        return Finding("language model", "warning", told, advice)
    return Finding("language model", "ok", told)


def _tokens_per_second(model: LanguageModel) -> float:
    """Speed after the first piece; a piece is about a token. Raises `InterviewError` for none."""
    times = [time.monotonic()]
    reply = ""
    for piece in model.stream(_ASK, max_tokens=40):
        times.append(time.monotonic())
        reply += piece
    if not reply.strip():
        raise InterviewError(chat_errors.told("empty", model.used.name))
    tokens, begin = len(times) - 2, times[1]
    if tokens == 0:
        # A server that sends the reply in one piece is measured as a whole, a word for a token.
        tokens, begin = len(reply.split()), times[0]
    return tokens / max(times[-1] - begin, 1e-3)


def _disk(machine: Machine) -> Finding:
    missing = sum(one.model.size for one in _wrong(machine))
    free = min(_free(installed.root()), _free(_sessions_folder(machine)))
    told = f"{free / 1e9:.1f} GB free"
    if free < missing + _SPARE:
        need = (missing + _SPARE) / 1e9
        advice = f"Free some room: {need:.1f} GB are needed."
        return Finding("disk", "failed" if missing else "warning", told, advice)
    return Finding("disk", "ok", told)


def _free(folder: Path) -> int:
    """Bytes; of the nearest folder that exists."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    return shutil.disk_usage(there).free


def _sessions(machine: Machine) -> Finding:
    folder = _sessions_folder(machine)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Finding(
            "sessions",
            "failed",
            f"{folder}: {error.strerror}",
            "Make that folder writable, or name another one with --sessions.",
        )
    return Finding("sessions", "ok", f"{folder} can be written")


def _sessions_folder(machine: Machine) -> Path:
    from sessions.store import default_folder

    return (machine.sessions or default_folder()).absolute()


def _loudspeaker(machine: Machine) -> Finding:
    from voice.device_check import probe_loudspeaker
    from voice.speaker import SystemSpeaker

    clip = SystemSpeaker().render(_SENTENCE)
    probe = probe_loudspeaker(machine.output_device, clip)
    if probe.problem:
        return _trouble("loudspeaker", probe.name, probe.problem)
    return Finding("loudspeaker", "ok", f"{probe.name}: said a sentence of {probe.seconds:.1f} s")


def _microphone(machine: Machine) -> Finding:
    from voice.device_check import probe_microphone

    probe = probe_microphone(machine.input_device)
    if probe.problem:
        return _trouble("microphone", probe.name, probe.problem)
    told = f"{probe.name}: level {probe.level:.0f} dB"
    if probe.level < _QUIET:
        return Finding(
            "microphone",
            "warning",
            told,
            "Hardly anything is heard: turn the input level up, or choose another --input-device.",
        )
    return Finding("microphone", "ok", told)


def _trouble(name: str, device: str, problem: str) -> Finding:
    """The first sentence is what happened, the others what to do."""
    found, _, advice = problem.partition(". ")
    return Finding(name, "failed", f"{device}: {found}", advice or "Plug one in, and run it again.")
