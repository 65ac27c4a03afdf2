"""All sessions as pages, for this machine only.

Bound to loopback; every request needs the cookie that the first address (with its token) sets,
and a Host header that names this machine, so that no other site's page can ask (DNS rebinding).
"""

import hmac
import re
import secrets
import sys
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit

from sessions.errors import SessionError
from sessions.index import Index
from sessions.page import linked, media_type, policy, render, session_page
from sessions.progress import progress
from sessions.progress_page import progress_page
from sessions.related import earlier_attempt, told_before
from sessions.search import listed
from sessions.store import SessionStore
from sessions.suggestion import next_practice
from sessions.timeline import printable
from sessions.writing import write_private

COOKIE = "mock_interviewer_{port}"
"""With the port, since a browser sends the cookies of 127.0.0.1 to the servers on all of them."""
SHOWN = 200
"""Sessions on the list; a search finds the others."""
CHUNK = 64 * 1024
_FORWARD = (
    '<!doctype html><meta name="referrer" content="no-referrer"><title>Sessions</title>'
    '<meta http-equiv="refresh" content="0;url={url}"><a href="{url}">All sessions</a>'
)
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Server:
    """The pages of a store, served until it is closed; a context manager."""

    def __init__(self, store: SessionStore, titles: Mapping[str, str]) -> None:
        """Take a free port of 127.0.0.1; raises `SessionError` where there is none."""
        try:
            self._http = _Http(("127.0.0.1", 0), _Handler)
        except OSError as error:
            raise SessionError(f"No page can be served ({error.strerror}).") from error
        self._http.store, self._http.titles = store, titles
        self._http.token = secrets.token_urlsafe(24)
        self.port = self._http.server_port
        self.url = f"http://127.0.0.1:{self.port}/?token={self._http.token}"
        """The first address; it holds the token."""

    def __enter__(self) -> Self:
        """Use it in a `with`, so that the port is freed."""
        return self

    def __exit__(self, *_: object) -> None:
        """Free the port."""
        self._http.server_close()

    def run(self) -> None:
        """Serve until `stop` or Ctrl-C."""
        self._http.serve_forever(poll_interval=0.1)

    def stop(self) -> None:
        """End `run` from another thread."""
        self._http.shutdown()


class _Http(ThreadingHTTPServer):
    store: SessionStore
    titles: Mapping[str, str]
    token: str
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves or reloads is no fault; one of ours is a line, and its request
        the only one that fails."""
        error = sys.exception()
        if not isinstance(error, ConnectionError):
            what = printable(f"{type(error).__name__}: {error}")
            sys.stderr.write(f"A page could not be served ({what}).\n")


class _Handler(BaseHTTPRequestHandler):
    server: _Http
    protocol_version = "HTTP/1.1"
    server_version = "mock-interviewer"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer one request."""
        try:
            address = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(address.query).items()}
        except ValueError:
            self._fail(HTTPStatus.BAD_REQUEST, "This is no address.")
            return
        if not self._from_here():
            self._fail(HTTPStatus.FORBIDDEN, "This address is not served.")
        elif "token" in query and self._right(query["token"]):
            self._welcome()
        elif not self._known():
            self._fail(
                HTTPStatus.FORBIDDEN, "Open the address that `interview replay --serve` printed."
            )
        else:
            self._route(address.path, query)

    do_HEAD = do_GET  # noqa: N815

    def _route(self, path: str, query: dict[str, str]) -> None:
        parts = path.strip("/").split("/")
        try:
            match parts:
                case [""]:
                    self._page(self._list(query))
                case ["progress"]:
                    self._page(self._progress())
                case ["session", identifier]:
                    self._page(self._session(identifier), policy("'self'"))
                case ["audio", identifier, name]:
                    self._audio(self.server.store.audio_path(identifier, name), name)
                case _:
                    self._fail(HTTPStatus.NOT_FOUND, "There is no such page.")
        except SessionError as error:
            self._fail(HTTPStatus.NOT_FOUND, str(error))

    def _list(self, query: dict[str, str]) -> str:
        words = query.get("search", "")
        with Index(self.server.store) as index:
            rows, total = listed(index, words=words, limit=SHOWN)
        return render(
            "list.html", rows=rows, total=total, words=words, titles=self.server.titles,
            policy=policy(form="'self'"),
        )  # fmt: skip

    def _progress(self) -> str:
        now = datetime.now().astimezone()
        with Index(self.server.store) as index:
            practice = next_practice(index, self.server.titles, now)
            return progress_page(
                progress(index, now.date()), practice, self.server.titles, served=True
            )

    def _session(self, identifier: str) -> str:
        session = self.server.store.read(identifier)
        with Index(self.server.store) as index:
            pairs = told_before(index, session)
        sounds = linked(self.server.store.path(identifier), session, f"/audio/{identifier}/")
        return session_page(
            session, sounds, comparison=earlier_attempt(self.server.store, session), retold=pairs,
            served=True,
        )  # fmt: skip

    def _audio(self, path: Path, name: str) -> None:
        """A recording, or the part of it that was asked for."""
        if not path.is_file():
            self._fail(HTTPStatus.NOT_FOUND, "There is no such recording.")
            return
        size = path.stat().st_size
        span = _span(self.headers.get("Range"), size)
        if span is None:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            self._headers(0, media_type(name))
            return
        start, end = span
        partial = "Range" in self.headers
        self.send_response(HTTPStatus.PARTIAL_CONTENT if partial else HTTPStatus.OK)
        self.send_header("Accept-Ranges", "bytes")
        if partial:
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{size}")
        self._headers(end - start, media_type(name))
        if self.command != "HEAD":
            self._copy(path, start, end)

    def _copy(self, path: Path, start: int, end: int) -> None:
        with path.open("rb") as file:
            file.seek(start)
            while start < end and (piece := file.read(min(CHUNK, end - start))):
                self.wfile.write(piece)
                start += len(piece)

    def _page(self, text: str, rules: str | None = None) -> None:
        self.send_response(HTTPStatus.OK)
        self._text(text, "html", rules)

    def _fail(self, status: HTTPStatus, message: str) -> None:
        self.send_response(status)
        self._text(message, "plain")

    def _welcome(self) -> None:
        """The cookie, on a page of its own: a browser that comes from elsewhere (the private file)
        would not show it where it is sent on at once."""
        self.send_response(HTTPStatus.OK)
        cookie = f"{self._cookie}={self.server.token}"
        self.send_header("Set-Cookie", f"{cookie}; HttpOnly; SameSite=Strict; Path=/")
        self._text(_FORWARD.format(url="/"), "html")

    def _text(self, text: str, kind: str, rules: str | None = None) -> None:
        """The headers and the body of a response that was begun."""
        body = text.encode()
        self._headers(len(body), f"text/{kind}; charset=utf-8", rules)
        if self.command != "HEAD":
            self.wfile.write(body)

    def _headers(self, length: int, kind: str, rules: str | None = None) -> None:
        rules = rules or policy(form="'self'")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.send_header("Content-Security-Policy", f"{rules}; frame-ancestors 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()

    def _from_here(self) -> bool:
        port = self.server.server_port
        return self.headers.get("Host") in {f"127.0.0.1:{port}", f"localhost:{port}"}

    @property
    def _cookie(self) -> str:
        return COOKIE.format(port=self.server.server_port)

    def _known(self) -> bool:
        # SimpleCookie finds nothing at all where another server's cookie is not to its taste.
        cookies = (one.strip().partition("=") for one in self.headers.get("Cookie", "").split(";"))
        return any(name == self._cookie and self._right(value) for name, _, value in cookies)

    def _right(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self.server.token.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: what somebody listens to is nobody's business."""


def door(folder: Path, url: str) -> Path:
    """A file in that private folder which leads a browser to `url`: others on this machine can
    read what a browser was started with, but not the file."""
    path = folder / "sessions.html"
    write_private(path, _FORWARD.format(url=url).encode())
    return path


def _span(header: str | None, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last that a Range header asks for; None if impossible."""
    if header is None:
        return 0, size
    found = _RANGE.fullmatch(header.strip())
    if not found or found.group(0) == "bytes=-":
        return None
    first, last = found.groups()
    if not first:  # The last so many bytes.
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    return (start, end) if start < end else None
