"""What can go wrong, and what can be given up."""


class VoiceError(Exception):
    """Something about sound went wrong; the message says what happened and what to do next."""


class Unwanted(Exception):
    """Work was given up halfway, since nobody waits for it any more."""
