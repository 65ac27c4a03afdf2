"""The way to a language model's server: nothing stands between, and it leads nowhere else."""

import ipaddress
import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from interviewer.errors import InterviewError
from interviewer.llm.engine import Address

if TYPE_CHECKING:
    from openai import OpenAI

_CONNECT = 5.0
"""Seconds to get through to the server."""
_WHOLE = 2
"""Times the patience for a single byte: the longest that a reply may take from its first one on."""
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


def on_this_machine(url: str) -> bool:
    """Whether the URL's host is the loopback interface, so that no text leaves the machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def connected(address: Address, *, patience: float, retries: int) -> "OpenAI":
    """A client for that server, which is waited for `patience` seconds a byte and twice that for
    the whole of a reply; raises `InterviewError` where the proxy's setting is of no use.

    A server on this machine is asked without the proxy that environment variables name, and no
    server can send a request on to another: the text would be elsewhere than was said.
    """
    import httpx2
    from openai import DefaultHttpxClient, OpenAI, Timeout

    from interviewer.llm.bounded import bound

    try:
        http = DefaultHttpxClient(
            trust_env=not on_this_machine(address.url),
            follow_redirects=False,
            event_hooks={"response": [bound(_WHOLE * patience)]},
        )
    except (ImportError, ValueError, httpx2.InvalidURL) as error:
        raise InterviewError(
            f"The proxy that {_named()} names cannot be used ({error}). Give one as "
            "http://HOST:PORT, or unset the variable."
        ) from error
    return OpenAI(
        base_url=address.url,
        api_key=address.key,
        max_retries=retries,
        timeout=Timeout(patience, connect=_CONNECT),
        http_client=http,
    )


def _named() -> str:
    """The variables that name a proxy here."""
    given = [name for name in _PROXIES if os.environ.get(name) or os.environ.get(name.lower())]
    return " or ".join(given) or "the system"
