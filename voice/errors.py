"""The one error of this package that a person gets to read."""


class VoiceError(Exception):
    """Something about sound went wrong; the message says what happened and what to do next."""
