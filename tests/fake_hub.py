"""A small model hub on loopback: serves files under /REPO/resolve/REVISION/PATH, well or badly."""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FakeHub(ThreadingHTTPServer):
    """`ways` are taken one a download, the last one for all further downloads.

    well; missing (404); broken (500); stall (no byte); cut (half of what was asked for, then the
    line breaks); no ranges (always from the start); login (a web page in the file's place).
    """

    daemon_threads = True

    def __init__(self, files: Mapping[str, bytes], *ways: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files = files
        self.ways = list(ways) or ["well"]
        self.ranges: list[str | None] = []
        self.release = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: FakeHub

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.end_headers()

    def do_GET(self) -> None:
        hub = self.server
        hub.ranges.append(self.headers["Range"])
        way = hub.ways.pop(0) if len(hub.ways) > 1 else hub.ways[0]
        name = re.sub(r"^/(.+?)/resolve/[^/]+/", r"\1/", self.path)
        if way == "missing" or name not in hub.files:
            self.send_error(404)
        elif way == "broken":
            self.send_error(500)
        elif way == "login":
            self._send(b"<html>Please log in</html>", 0, 1.0)
        elif way == "stall":
            hub.release.wait(30)
        else:
            start = int((self.headers["Range"] or "bytes=0-")[6:-1])
            self._send(
                hub.files[name], 0 if way == "no ranges" else start, 0.5 if way == "cut" else 1.0
            )

    def _send(self, data: bytes, start: int, share: float) -> None:
        rest = data[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        # The program may hang up: a file of another size, a full disk.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(rest[: int(len(rest) * share)])


@contextmanager
def serving(files: Mapping[str, bytes], *ways: str) -> Iterator[FakeHub]:
    """Run the hub beside the test."""
    hub = FakeHub(files, *ways)
    thread = threading.Thread(target=hub.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.release.set()
        hub.shutdown()
        hub.server_close()
