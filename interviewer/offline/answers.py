"""Reads one answer from a recording or a text file."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import click

from interviewer.errors import InterviewError
from interviewer.record import kept_words, written_answer
from interviewer.screen.keys import at_terminal
from sessions.forget import SOUND
from sessions.model import Answer
from voice.seams import Transcriber

TEXT = frozenset({".txt", ".md", ".text"})
"""Endings of files that hold an answer as text."""
AUDIO = SOUND | frozenset(".amr .mkv .mov .mp4 .3gp".split())
"""Endings that are looked for in a folder; a file named itself is tried whatever its ending."""

STDIN = "-"
"""Stands for what comes on standard input."""
FEWEST = 4
"""Words from which what is no file is taken for the answer itself."""
BREAKS_OFF = 1.0
"""Seconds missing from a recording from which a person is told; encoders pad by up to 0.1 s."""


def read_answer(
    path: Path,
    transcriber: Callable[[], Transcriber],
    vocabulary: tuple[str, ...],
    note: Callable[[str], None],
    typed: bytes | None = None,
) -> Answer:
    """The answer in that file; the recogniser is asked for only where there is sound.

    A recording that breaks off is read as far as it goes, and `note` is told. `typed` is what
    `standard_input` gave, where it was read before.
    Raises `VoiceError` or `InterviewError` where it cannot be read.
    """
    if is_sound(path):
        return _hear(path, transcriber, vocabulary, note)
    return _read_text(path, typed)


def is_sound(path: Path) -> bool:
    """Whether it takes a recogniser to read it; what comes through a pipe is text."""
    return not piped(path) and path.suffix.lower() not in TEXT


def piped(path: Path) -> bool:
    """Whether it is standard input or another pipe, which can be read once only."""
    return str(path) in (STDIN, "/dev/stdin") or path.is_fifo()


def written_out(given: str) -> Answer | None:
    """The answer where it was given in words, None where it names a file.

    Several words that are no file are an answer; one or two, or what ends as a recording or a text
    does, are a file's name that was mistyped.
    """
    named = Path(given).suffix.lower() in TEXT | AUDIO
    if named or len(given.split()) < FEWEST or _there(given):
        return None
    return written_answer(given)


def _there(given: str) -> bool:
    try:
        return Path(given).exists()
    except OSError:  # Too long for a name.
        return False


def standard_input() -> bytes:
    """All that comes on standard input; who has to type it is told so."""
    if at_terminal(sys.stdin):
        click.echo("Paste the answer, then press Ctrl-D on a line of its own.", err=True)
    # None where it was closed: `<&-`.
    return sys.stdin.buffer.read() if sys.stdin else b""


def _from_standard_input(typed: bytes | None) -> str:
    return (standard_input() if typed is None else typed).decode("utf-8-sig")


def _hear(
    path: Path,
    transcriber: Callable[[], Transcriber],
    vocabulary: tuple[str, ...],
    note: Callable[[str], None],
) -> Answer:
    from voice.audio import announced, read_audio

    clip = read_audio(path)
    whole = announced(path) or 0.0
    if whole - clip.seconds > BREAKS_OFF:
        note(f"{path} breaks off: {clip.seconds:.0f} of {whole:.0f} s can be read.")
    words = kept_words(transcriber().transcribe(clip.samples, vocabulary))
    return Answer(
        text=" ".join(word.text for word in words),
        words=words,
        seconds=clip.seconds,
        audio=str(path.absolute()),
        ended_by="recording",
    )


def _read_text(path: Path, typed: bytes | None) -> Answer:
    try:
        # Some programs mark UTF-8 with three bytes in front.
        named = str(path) != STDIN
        text = path.read_text(encoding="utf-8-sig") if named else _from_standard_input(typed)
    except FileNotFoundError as error:
        raise InterviewError(f"{path}: there is no such file. Check the name.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InterviewError(
            f"{path}: cannot be read as text ({error}). Save it as UTF-8."
        ) from error
    if not re.search(r"\w", text):
        raise InterviewError(
            "There was no text on standard input."
            if str(path) == STDIN
            else f"{path}: no words in it. Give an answer of a sentence or more."
        )
    return written_answer(text)
