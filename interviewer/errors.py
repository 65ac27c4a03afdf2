"""The errors of this package that a person gets to read."""


class InterviewError(Exception):
    """The interview cannot go on; the message says what happened and what to do next."""


class NoJsonError(InterviewError):
    """A language model's reply is not the JSON that was asked for; the next one may be."""
