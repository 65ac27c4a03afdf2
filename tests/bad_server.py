"""A loopback server that speaks enough of OpenAI's API, well or badly, as it is told.

Run by itself it is a server to try the program's error messages with:

    python -m tests.bad_server stall
"""

import json
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REPLY = "What number told you to roll it back?"


class BadServer(ThreadingHTTPServer):
    """`ways` are taken one a request, the last one for all further requests."""

    daemon_threads = True

    def __init__(self, *ways: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.ways = list(ways) or ["well"]
        self.requests: list[Mapping[str, Any]] = []
        self.hung_up = threading.Event()
        self.release = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def way(self) -> str:
        return self.ways.pop(0) if len(self.ways) > 1 else self.ways[0]


class _Handler(BaseHTTPRequestHandler):
    server: BadServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        names = ["one"] if self.server.ways == ["one model"] else ["one", "two"]
        self._json(200, {"object": "list", "data": [{"id": n, "object": "model"} for n in names]})

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(request)
        way = self.server.way()
        if way.isdigit():
            self._error(int(way), f"fault {way} for {self.headers['Authorization']}")
        elif way.startswith("429 after "):
            self._error(429, "slow down", {"Retry-After": way.removeprefix("429 after ")})
        elif way.startswith("says "):
            self._say(request, *way.removeprefix("says ").split(" ", 1))
        elif way.startswith("refuse "):
            self._refuse(request, way.removeprefix("refuse "))
        elif way.startswith("on to "):
            self._send(307, "", headers={"Location": way.removeprefix("on to ")})
        elif way == "stall":
            self.server.release.wait(30)
        elif way == "huge":
            self._send(200, '{"choices": "' + "a" * 17_000_000 + '"}')
        elif way == "html":
            self._send(200, "<html>Please log in</html>", "text/html")
        elif way == "thinks first" and request.get("reasoning_effort") == "none":
            self._say_all(request, "well")
        else:
            self._say_all(request, way)

    def _say_all(self, request: Mapping[str, Any], way: str) -> None:
        if request.get("stream") or way in DRIPS:
            self._stream(way)
        else:
            self._reply(request, way)

    def _refuse(self, request: Mapping[str, Any], words: str) -> None:
        refused = [word for word in words.split() if word in request]
        if refused:
            hint = " Use max_completion_tokens." if refused[0] == "max_tokens" else ""
            self._error(400, f"Unsupported parameter: '{refused[0]}'.{hint}")
        else:
            self._reply(request, "json")

    def _say(self, request: Mapping[str, Any], code: str, body: str) -> None:
        """This to requests with a schema; others are answered with JSON."""
        if "response_format" in request:
            self._send(int(code), body)
        else:
            self._reply(request, "json")

    def _reply(self, request: Mapping[str, Any], way: str) -> None:
        if way.startswith("raw "):
            self._send(200, way.removeprefix("raw "))
            return
        text = {"json": 'Here you are:\n```json\n{"level": 3}\n```'}.get(way, REPLY)
        message = {"role": "assistant", "content": "" if way in (*SPENT, "empty") else text}
        choice: dict[str, Any] = {
            "index": 0,
            "finish_reason": "length" if way in SPENT else "stop",
            "message": message | ({"reasoning": "Well, hm"} if way in SPENT else {}),
        }
        self._json(200, _body("chat.completion", [choice]))

    def _stream(self, way: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for line in _events(way, self.server.release):
                self.wfile.write(line.encode())
                self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            self.server.hung_up.set()
        self.close_connection = True

    def _error(self, code: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        self._send(code, json.dumps({"error": {"message": message}}), headers=headers)

    def _json(self, code: int, body: object) -> None:
        self._send(code, json.dumps(body))

    def _send(
        self,
        code: int,
        body: str,
        kind: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        data = body.encode()
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def _body(kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": "1", "object": kind, "created": 0, "model": "m", "choices": choices}


def _event(delta: dict[str, str], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return f"data: {json.dumps(_body('chat.completion.chunk', [choice]))}\n\n"


DRIPS = {
    "comments": ": keep-alive\n\n",
    "thinking": _event({"reasoning_content": "hm"}),
    "bytes": " ",
}
"""What a server may send for ever that is no reply."""


SPENT = ("only thinks", "thinks first")
"""Of a model that spends its tokens on thinking: always, or unless it is told not to."""


def _events(way: str, release: threading.Event) -> Iterator[str]:
    if way.startswith("raw "):
        yield f"data: {way.removeprefix('raw ')}\n\n"
        return
    while way in DRIPS and not release.wait(0.05):
        yield DRIPS[way]
    if way in (*SPENT, "empty"):
        yield from [_event({"content": "", "reasoning": "hm"})] * (0 if way == "empty" else 60)
        yield _event({}, "stop" if way == "empty" else "length")
        return
    for number, word in enumerate(REPLY.split()):
        yield _event({"content": word if number == 0 else f" {word}"})
        if way == "cut" and number == 2:
            return
        if way == "garbage" and number == 2:
            yield "data: {not json\n\n"
        if way == "stall inside" and number == 2:
            release.wait(30)
        if way == "slow":
            release.wait(0.7)
    while way == "endless":
        yield _event({"content": " and"})
    yield _event({}, "stop")
    yield "data: [DONE]\n\n"


@contextmanager
def serving(*ways: str) -> Iterator[BadServer]:
    """Run the server beside the test."""
    server = BadServer(*ways)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.release.set()
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    with serving(*sys.argv[1:]) as running:
        sys.stdout.write(f"interview practice --llm {running.url} --model any\n")
        sys.stdout.flush()
        threading.Event().wait()
