"""The one error of this package that a person gets to read."""


class SessionError(Exception):
    """A session cannot be read or written; the message says what happened and what to do next."""
