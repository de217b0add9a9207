"""A web server on loopback with the bad habits of the web, names of its own, and a canary that nobody may reach."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from reportedly.intake.fetch import Fetcher
from reportedly.intake.polite import Manners

SERVER, CANARY = "127.0.0.1", "127.0.0.2"
NOON = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
Reply = Callable[[BaseHTTPRequestHandler], None]


def says(body: str | bytes, media_type: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> Reply:
    """An honest answer: `says("<p>…", etag='"1"')`; an underscore in a name stands for a hyphen."""
    data = body.encode() if isinstance(body, str) else body

    def reply(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        if media_type:
            request.send_header("Content-Type", media_type)
        request.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(data)

    return reply


def leads_to(address: str, status: int = 302) -> Reply:
    return says(b"", "", status, Location=address)


def raw(*portions: bytes, every: float = 0.0) -> Reply:
    """Bytes as they are, with a pause after each portion."""

    def reply(request: BaseHTTPRequestHandler) -> None:
        request.close_connection = True
        for portion in portions:
            request.wfile.write(portion)
            time.sleep(every)

    return reply


def endless(request: BaseHTTPRequestHandler) -> None:
    """A page that never ends."""
    request.close_connection = True
    request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
    while True:
        request.wfile.write(b"<p>und noch ein Absatz</p>" * 4000)


class Time:
    """A clock that only moves when somebody waits."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.waits: list[float] = []

    def clock(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.passed += seconds

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.passed)


class Web:
    """What the fetcher of a test sees: `web.pages[("talbote.example", "/a")] = says("…")`, `web.address("/a")`."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pages: dict[tuple[str, str], Reply | list[Reply]] = {}
        self.names: dict[str, list[Sequence[str]]] = {"talbote.example": [[SERVER]], "hafenecho.example": [[SERVER]]}
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.reached: list[str] = []
        self.time = Time()

    def address(self, path: str = "/", host: str = "talbote.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def put(self, path: str, *replies: Reply, host: str = "talbote.example") -> str:
        """Several replies come one after the other, the last one for ever."""
        self.pages[host, path] = list(replies)
        return self.address(path, host)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        if host in self.names:
            answers = self.names[host]
            return answers.pop(0) if len(answers) > 1 else answers[0]
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        return [str(entry[4][0]) for entry in found]

    def fetcher(self, **manners: Any) -> Fetcher:
        """A fetcher for which this server is allowed expressly, and nothing else."""
        settings: dict[str, Any] = {
            "allowed": (f"{SERVER}/32",),
            "ports": frozenset([80, 443, self.port]),
            "total": 5.0,
        }
        settings.update(manners)
        time_of = self.time
        return Fetcher(
            Manners(**settings), resolve=self.resolve, now=time_of.now, clock=time_of.clock, sleep=time_of.sleep
        )


@contextlib.contextmanager
def web() -> Iterator[Web]:
    """The server runs while the `with` does. On the canary's address, same port, every visitor is written down."""
    there: list[Web] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = there[0]
            host = self.headers.get("Host", "").split(":")[0]
            page.asked.append((host, self.path))
            page.headers.append({name.lower(): value for name, value in self.headers.items()})
            replies = page.pages.get((host, self.path)) or [says("nicht da", "text/plain", 404)]
            if not isinstance(replies, list):
                replies = [replies]
            reply = replies.pop(0) if len(replies) > 1 else replies[0]
            with contextlib.suppress(OSError):
                reply(self)

        def log_message(self, format: str, *args: Any) -> None:
            return

    class Canary(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            there[0].reached.append(str(self.client_address))
            self.close_connection = True

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            return

    server = Server((SERVER, 0), Handler)
    canary = Server((CANARY, server.server_port), Canary)
    there.append(Web(server.server_port))
    threads = [threading.Thread(target=s.serve_forever, args=(0.02,), daemon=True) for s in (server, canary)]
    for thread in threads:
        thread.start()
    try:
        yield there[0]
    finally:
        for s in (server, canary):
            s.shutdown()
            s.server_close()
