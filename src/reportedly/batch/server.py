"""A process that other programs feed over HTTP or a local socket. What does it answer, what does it refuse, what does it count?

POST /read     one article (a JSON object), several (a list, or JSON lines): the records, in their order
GET  /metrics  counts in the format of Prometheus
GET  /health   is it there, and how much waits

It listens on this machine alone unless told otherwise. A page in a browser cannot make it work: it wants a content type that such a
page may not send, a Host that is this machine, and no Origin.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import json
import os
import socket as sockets
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportedly.batch.stream import Answered, Answering, Asked, allowance, settled
from reportedly.engines import Pool
from reportedly.errors import BatchError

BOUNDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
"""Seconds, for the histogram of how long a reading takes."""
_LINES = ("application/x-ndjson", "application/jsonl", "application/x-jsonlines")
_SENT = "<sent>"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request, and all together, may ask for. Without a `token` only this machine is answered."""

    most_bytes: int = 32_000_000
    most_articles: int = 1_000
    most_waiting: int = 2_000
    token: str | None = None


@dataclass(slots=True)
class Metrics:
    """Counts since the start."""

    totals: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    slower: list[int] = field(default_factory=lambda: [0] * len(BOUNDS))
    seconds: float = 0.0
    waiting: int = 0

    def count(self, answer: Answered) -> None:
        self.totals["refused" if answer.refused else "articles"] += 1
        self.totals["words"] += answer.words
        self.totals["statements"] += answer.statements
        if not answer.refused:
            self.seconds += answer.seconds
            for n, bound in enumerate(BOUNDS):
                self.slower[n] += answer.seconds <= bound

    def page(self, workers: int) -> str:
        """In the text format of Prometheus, version 0.0.4."""
        told = {
            "articles": "Articles read",
            "refused": "Articles that could not be read",
            "words": "Words of the articles read",
            "statements": "Statements found",
        }
        lines: list[str] = []
        for name, meaning in told.items():
            lines += [f"# HELP reportedly_{name}_total {meaning}.", f"# TYPE reportedly_{name}_total counter"]
            lines.append(f"reportedly_{name}_total {self.totals[name]}")
        lines += ["# HELP reportedly_requests_total Requests by answer.", "# TYPE reportedly_requests_total counter"]
        lines += [f'reportedly_requests_total{{code="{code}"}} {n}' for code, n in sorted(self.answers.items())]
        lines += [
            "# HELP reportedly_reading_seconds How long one article took.",
            "# TYPE reportedly_reading_seconds histogram",
        ]
        lines += [
            f'reportedly_reading_seconds_bucket{{le="{bound}"}} {n}'
            for bound, n in zip(BOUNDS, self.slower, strict=True)
        ]
        lines += [
            f'reportedly_reading_seconds_bucket{{le="+Inf"}} {self.totals["articles"]}',
            f"reportedly_reading_seconds_sum {self.seconds:.6f}",
            f"reportedly_reading_seconds_count {self.totals['articles']}",
            "# HELP reportedly_waiting Articles that were asked for and are not answered yet.",
            "# TYPE reportedly_waiting gauge",
            f"reportedly_waiting {self.waiting}",
            "# HELP reportedly_workers Processes that read.",
            "# TYPE reportedly_workers gauge",
            f"reportedly_workers {workers}",
        ]
        return "\n".join(lines) + "\n"


class _NoError(Exception):
    """A request that is not answered with what it asked for."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why


class Desk:
    """What stands behind the addresses."""

    def __init__(self, pool: Pool[Asked, Answered | None], limits: Limits, local: bool) -> None:
        self.pool, self.limits, self.local, self.metrics = pool, limits, local, Metrics()

    def app(self) -> Any:
        """The application for any server of ASGI."""
        from starlette.applications import Starlette
        from starlette.routing import Route

        def guarded(answer: Callable[[Any], Awaitable[Any]]) -> Callable[[Any], Awaitable[Any]]:
            async def run(request: Any) -> Any:
                from starlette.responses import JSONResponse

                try:
                    self._check(request)
                    response = await answer(request)
                except _NoError as no:
                    again = {"Retry-After": "1"} if no.code == 503 else {}
                    response = JSONResponse({"error": no.why}, no.code, again)
                self.metrics.answers[response.status_code] += 1
                return response

            return run

        return Starlette(
            routes=[
                Route("/read", guarded(self.read), methods=["POST"]),
                Route("/metrics", guarded(self.told), methods=["GET"]),
                Route("/health", guarded(self.health), methods=["GET"]),
            ]
        )

    async def read(self, request: Any) -> Any:
        """Articles in, records out."""
        from starlette.responses import Response, StreamingResponse

        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind not in ("application/json", *_LINES):
            raise _NoError(415, "send application/json, or application/x-ndjson for one article a line")
        asked, several = _asked(await self._body(request), kind in _LINES)
        if len(asked) > self.limits.most_articles:
            raise _NoError(
                413, f"{len(asked):,} articles are more than {self.limits.most_articles:,}; send fewer at once"
            )
        if self.metrics.waiting + len(asked) > self.limits.most_waiting:
            raise _NoError(503, "as much waits as may; send it again in a moment")
        self.metrics.waiting += len(asked)
        futures = [self.pool.submit(one) for one in asked]

        async def answers() -> AsyncIterator[Answered]:
            left = len(asked)
            try:
                for one, future in zip(asked, futures, strict=True):
                    answer = settled(one, await asyncio.wrap_future(future))
                    left -= 1
                    self.metrics.waiting -= 1
                    if answer is not None:
                        self.metrics.count(answer)
                        yield answer
            finally:
                self.metrics.waiting -= left
                for future in futures[len(asked) - left :]:  # who asked went away: nobody else shall wait for it
                    future.cancel()

        if kind in _LINES:
            stream = (f"{answer.line}\n" async for answer in answers())
            return StreamingResponse(stream, media_type=_LINES[0])
        found = [answer async for answer in answers()]
        body = f"[{','.join(answer.line for answer in found)}]" if several else found[0].line
        return Response(body, 422 if not several and found[0].refused else 200, media_type="application/json")

    async def told(self, request: Any) -> Any:
        from starlette.responses import PlainTextResponse

        return PlainTextResponse(self.metrics.page(self.pool.count), media_type="text/plain; version=0.0.4")

    async def health(self, request: Any) -> Any:
        from starlette.responses import JSONResponse

        return JSONResponse({"status": "ok", "waiting": self.metrics.waiting, "workers": self.pool.count})

    def _check(self, request: Any) -> None:
        """Who may ask."""
        if self.limits.token is not None:
            said = request.headers.get("authorization", "").removeprefix("Bearer ").encode()
            if not hmac.compare_digest(said, self.limits.token.encode()):
                raise _NoError(401, "say the token: Authorization: Bearer TOKEN")
        if "origin" in request.headers:
            raise _NoError(403, "no page in a browser is answered here")
        host = request.headers.get("host", "").rpartition("]")[2] and request.headers["host"].rsplit(":", 1)[0]
        if self.local and host.strip("[]") not in ("", "localhost") and not _is_loopback(host.strip("[]")):
            raise _NoError(403, "ask for localhost or 127.0.0.1")

    async def _body(self, request: Any) -> bytes:
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > self.limits.most_bytes:
                raise _NoError(413, f"more than {self.limits.most_bytes:,} bytes; send less at once")
        return bytes(body)


def _asked(body: bytes, in_lines: bool) -> tuple[list[Asked], bool]:
    """What was sent as single articles, and whether it was several."""
    if in_lines:
        return [Asked(n, line, _SENT) for n, line in enumerate(body.splitlines(), 1) if line.strip()], True
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise _NoError(400, "the request is no JSON; send an object with a text, or a list of such objects") from None
    if isinstance(sent, dict):
        return [Asked(1, json.dumps(sent).encode(), _SENT)], False
    if not isinstance(sent, list):
        raise _NoError(400, "send an object with a text, or a list of such objects")
    return [Asked(n, json.dumps(one).encode(), _SENT) for n, one in enumerate(sent, 1)], True


def serve(
    answering: Answering,
    limits: Limits,
    workers: int,
    *,
    host: str = "127.0.0.1",
    port: int = 8377,
    socket: Path | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Answer until told to end (Ctrl-C, SIGTERM). Raises BatchError where that cannot be."""
    try:
        import starlette  # noqa: F401
        import uvicorn
    except ImportError as error:
        raise BatchError(
            f'this needs "{error.name}", which is not installed; install it with: pip install "reportedly[serve]"'
        ) from None
    local = socket is not None or host == "localhost" or _is_loopback(host)
    if not local and not limits.token:
        raise BatchError(f"{host}: who listens to other machines needs a token: --token, or REPORTEDLY_TOKEN")
    listening, where = _listening(host, port, socket)
    with listening, Pool(answering, workers, allowance) as pool:
        desk = Desk(pool, limits, local)
        config = uvicorn.Config(
            desk.app(), log_level="warning", access_log=False, timeout_graceful_shutdown=30, lifespan="off"
        )
        say(f"listening on {where} with {workers} process(es)")
        try:
            uvicorn.Server(config).run(sockets=[listening])
        finally:
            if socket is not None:
                socket.unlink(missing_ok=True)


def _listening(host: str, port: int, path: Path | None) -> tuple[sockets.socket, str]:
    """An open socket, and how to reach it."""
    try:
        if path is None:
            family = sockets.AF_INET6 if ":" in host else sockets.AF_INET
            found = sockets.create_server((host, port), family=family)
            name = f"[{host}]" if ":" in host else host
            return found, f"http://{name}:{found.getsockname()[1]}"
        if path.is_socket() and not _answers(path):
            path.unlink()  # left by one that was killed
        found = sockets.socket(sockets.AF_UNIX)
        before = os.umask(0o177)
        try:
            found.bind(str(path))
        finally:
            os.umask(before)
        found.listen(128)
        return found, str(path)
    except OSError as error:
        raise BatchError(
            f"{path or f'{host}:{port}'}: cannot listen there ({error.strerror or error}); choose another"
        ) from None


def _answers(path: Path) -> bool:
    with sockets.socket(sockets.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
        return True


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
