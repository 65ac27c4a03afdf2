"""The errors of this package that a person gets to read."""

import traceback
from pathlib import Path


class InterviewError(Exception):
    """The interview cannot go on; the message says what happened and what to do next."""


class NoJsonError(InterviewError):
    """A language model's reply is not the JSON that was asked for; the next one may be."""


class ProgramFaultError(InterviewError):
    """A mistake in this program, met in one of several answers; the error is its cause."""


def fault_of_ours(name: str, error: Exception) -> ProgramFaultError:
    """What a person is told of a fault of the program in one of several answers: with its place."""
    *_, last = traceback.extract_tb(error.__traceback__)
    where = f"{Path(last.filename).name}, line {last.lineno}"
    told = ProgramFaultError(
        f"{name}: a fault of this program, please report it: {type(error).__name__} in {where}: {error}"
    )
    told.__cause__ = error
    return told
