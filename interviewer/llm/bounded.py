"""A reply has an end: however slowly or endlessly a server sends it."""

import time
from collections.abc import Callable, Iterator

import httpx2

MOST = 16 * 1024 * 1024
"""Bytes of a reply; the longest that is asked for has a thousand tokens, of 300 bytes as a stream."""


class TooMuch(httpx2.ReadError):
    """The server sent more than any reply can have."""


class Bounded(httpx2.SyncByteStream):
    """The bytes of a reply, until it takes too long or is too much."""

    def __init__(self, stream: httpx2.SyncByteStream, seconds: float) -> None:
        """`seconds` from now for the whole of it."""
        self._stream = stream
        self._until = time.monotonic() + seconds

    def __iter__(self) -> Iterator[bytes]:
        """Piece by piece; raises what a server that stalls or breaks off raises."""
        size = 0
        for piece in self._stream:
            size += len(piece)
            if time.monotonic() > self._until:
                raise httpx2.ReadTimeout("the reply has no end")
            if size > MOST:
                raise TooMuch("the reply is too long")
            yield piece

    def close(self) -> None:
        """Hang up."""
        self._stream.close()


def bound(seconds: float) -> Callable[[httpx2.Response], None]:
    """A hook for the client that bounds each reply."""

    def hook(response: httpx2.Response) -> None:
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = Bounded(response.stream, seconds)

    return hook
