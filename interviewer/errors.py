"""The one error of this package that a person gets to read."""


class InterviewError(Exception):
    """The interview cannot go on; the message says what happened and what to do next."""
