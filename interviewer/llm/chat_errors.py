"""What a person reads when a language model's server fails: what happened, and what next."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from interviewer.errors import InterviewError

if TYPE_CHECKING:
    from openai import APIError

MISSHAPEN = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError)
"""What reading a reply raises whose shape is not that of the API."""
_BARE = re.compile(r"Error code: \d+")
"""What the client says where it found no words."""
_READ = 500
"""Characters of a body that are looked at for words."""
NO_KEY = "none"
"""Sent where there is no key: local servers want none, but the client wants some."""

NAMED = {
    "APITimeoutError": "did not answer in time. It may be busy or still loading; try again, or "
    "take a smaller model",
    "APIConnectionError": "cannot be reached, or broke off. Start the server or check the URL of "
    "--llm",
    "AuthenticationError": "refused the key (401). Set OPENAI_API_KEY to a key of that server",
    "PermissionDeniedError": "does not let this key use the model (403). Choose another --model",
    "NotFoundError": "has no such model or path (404). Check --model and the URL, which ends in "
    "/v1 as a rule",
    "RateLimitError": "had too many requests, or the account has no credit left (429). Wait a "
    "while, or use --llm embedded",
    "InternalServerError": "failed on its side. Try again, or use --llm embedded",
    "BadRequestError": "did not accept the request. Choose another --model",
    "APIError": "answered with an error. Try again, or use --llm embedded",
    "redirect": "sends requests on to another address, where they are not followed. If you trust "
    "it, give that one to --llm",
    "garbage": "sent what is no JSON, or none of the API's. Check that the URL of --llm is an "
    "OpenAI-compatible server's",
    "cut": "stopped in the middle of its reply. Try again, or use --llm embedded",
    "endless": "sent a reply without an end. Choose another --model, or use --llm embedded",
    "empty": "gave an empty reply. Choose a model that answers without long thinking, or use "
    "--llm embedded",
    "no JSON": "gave no JSON where JSON was asked for. Choose another --model, or use "
    "--llm embedded",
}
"""By the class of the `openai` client's error, or by a word for what was wrong with the reply."""

_SAYS_MORE = {"PermissionDeniedError", "NotFoundError", "RateLimitError", "InternalServerError",
              "BadRequestError", "APIError", "redirect"}  # fmt: skip
"""Those where the server's own words help."""


def told(kind: str, where: str, said: str = "") -> str:
    """One or two lines for a person."""
    first = f"The language model {where} {NAMED[kind]}."
    return f"{first}\nIt said: {said}" if said and kind in _SAYS_MORE else first


@contextmanager
def faults(where: str, key: Callable[[], str] = lambda: NO_KEY) -> Iterator[None]:
    """Turn what the client raises into `InterviewError`; `key` is shown to nobody."""
    import openai

    try:
        yield
    except openai.APIError as error:
        said = " ".join(_said(error).split())
        if (secret := key()) != NO_KEY:
            # Some servers repeat the key that they refuse.
            said = said.replace(secret, "(key)")
        raise InterviewError(told(_kind(error), where, said[:160])) from error
    except MISSHAPEN as error:
        # No JSON, or JSON of another shape: the client checks none, and nor could we each field.
        raise InterviewError(told("garbage", where)) from error


def _kind(error: "APIError") -> str:
    """What has words of its own: a redirection, an endless reply, or the class of the error."""
    from interviewer.llm.bounded import TooMuch

    if _location(error):
        return "redirect"
    if isinstance(error.__cause__, TooMuch):
        return "endless"
    return next((cls.__name__ for cls in type(error).__mro__ if cls.__name__ in NAMED), "APIError")


def _said(error: "APIError") -> str:
    return _location(error) or words(error)


def words(error: "APIError") -> str:
    """The server's own words; the client keeps none but those of one form of body."""
    from openai import APIStatusError

    message = str(error.message)
    if isinstance(error, APIStatusError) and _BARE.fullmatch(message):
        return error.response.text[:_READ].strip() or message
    return message


def _location(error: "APIError") -> str:
    """Where the server wants the request to go instead; empty where it does not."""
    from openai import APIStatusError

    if isinstance(error, APIStatusError) and error.response.is_redirect:
        return str(error.response.headers.get("Location", ""))
    return ""
