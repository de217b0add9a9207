"""Ten thousand feeds in one round: how long, how much memory, and does one bad feed hold up another?

    python -m lab.many_feeds                         10,000 feeds of 4,000 hosts, three looks, a kill in the first: minutes
    python -m lab.many_feeds --feeds 500 --at-once 8

A server of this machine answers for all of them; every host has a name of its own (`h17.example`) that leads to it. Of a hundred feeds one
never answers, one drips, one breaks off, one is gone, one is a page and no feed, one wants us to come later, one has moved for good, one
has moved to a place that is gone, one knows nothing of validators; the others are well. Each well feed has one short article at first,
one feed in twenty a second one after the first look. No pause between two questions is shortened.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

HABITS = {0: "silent", 1: "drips", 2: "breaks", 3: "gone", 4: "page", 5: "later", 6: "moved", 7: "lost", 8: "plain"}
"""What the feeds do whose number ends so (of a hundred); all others are well."""
_TEXT = "Die Schleuse {n} bleibe bis zum Mai geschlossen, sagte Hafenmeisterin Ilse Brandt. " * 3


def habit(number: int) -> str:
    return HABITS.get(number % 100, "well")


@dataclass
class Site:
    """Answers for all hosts. `second` says whether the second article is there; `asked` counts by host and second, by habit and status."""

    second: bool = False

    def __post_init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.too_soon = 0
        self.open = self.most_open = 0
        self._last: dict[str, float] = {}

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                path = lines[0].split(" ")[1]
                headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
                if not await self._one(path, headers, writer):
                    return
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            self.open -= 1
            writer.close()

    async def _one(self, path: str, headers: dict[str, str], writer: asyncio.StreamWriter) -> bool:
        """One question; False ends the connection."""
        kind, _, rest = path.strip("/").partition("/")
        host, now = headers.get("host", ""), time.monotonic()
        self.too_soon += now - self._last.get(host, -9.0) < self.pause - 0.05
        self._last[host] = now
        self.asked[kind] += 1
        if kind == "control":
            self.second, body = True, json.dumps(self.told()).encode()
            return _send(writer, 200, "application/json", body)
        if kind == "robots.txt":
            return self._send(writer, 404, "text/plain", b"")
        number = int(rest.split("/")[0])
        if kind == "a":
            page = f"<html><body><article><p>{_TEXT.format(n=rest)}</p></article></body></html>"
            return self._send(writer, 200, "text/html", page.encode())
        return await self._feed(number, kind, host, headers, writer)

    pause = 1.0

    async def _feed(
        self, number: int, kind: str, host: str, headers: dict[str, str], writer: asyncio.StreamWriter
    ) -> bool:
        what = habit(number) if kind == "f" else "well"
        if what == "silent":
            await asyncio.sleep(600)
            return False
        if what == "drips":
            with contextlib.suppress(OSError):
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 100000\r\n\r\n")
                for _ in range(600):
                    writer.write(b"<")
                    await writer.drain()
                    await asyncio.sleep(1)
            return False
        if what == "breaks":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 900\r\n\r\n<rss>")
            await writer.drain()
            return False
        if what == "gone":
            return self._send(writer, 404, "text/plain", b"")
        if what == "page":
            return self._send(writer, 200, "text/html", b"<html><body><p>Wartung</p></body></html>")
        if what == "later":
            return self._send(writer, 503, "text/plain", b"", "Retry-After: 3600\r\n")
        if what in ("moved", "lost"):
            where = f"http://{host}/{'g' if what == 'moved' else 'x'}/{number}"
            return self._send(writer, 301, "text/plain", b"", f"Location: {where}\r\n")
        if kind == "x":
            return self._send(writer, 410, "text/plain", b"")
        new = self.second and number % 20 == 19
        etag = f'"{number}-{new}"'
        if what != "plain" and headers.get("if-none-match") == etag:
            return self._send(writer, 304, "", b"")
        items = "".join(
            f"<item><guid>{n}</guid><title>Schleuse {n}</title><link>http://{host}/a/{n}</link></item>"
            for n in ([f"{number}/2"] if new else []) + [f"{number}/1"]
        )
        body = f"<rss><channel><title>Kanal {number}</title><language>de</language>{items}</channel></rss>".encode()
        return self._send(writer, 200, "application/rss+xml", body, "" if what == "plain" else f"ETag: {etag}\r\n")

    def _send(self, writer: asyncio.StreamWriter, status: int, kind: str, body: bytes, more: str = "") -> bool:
        self.statuses[status] += 1
        return _send(writer, status, kind, body, more)

    def told(self) -> dict[str, Any]:
        """What has been asked so far."""
        return {
            "asked": dict(self.asked),
            "statuses": dict(self.statuses),
            "too_soon": self.too_soon,
            "most_open": self.most_open,
        }


def _send(writer: asyncio.StreamWriter, status: int, kind: str, body: bytes, more: str = "") -> bool:
    typed = f"Content-Type: {kind}\r\n" if kind else ""
    writer.write(f"HTTP/1.1 {status} X\r\n{typed}{more}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    return True


def _serve(port: Any, pause: float) -> None:
    """The server's process."""
    site = Site()
    site.pause = pause

    async def run() -> None:
        server = await asyncio.start_server(site.answer, "127.0.0.1", 0, backlog=4096)
        port.send(server.sockets[0].getsockname()[1])
        async with server:
            await server.serve_forever()

    asyncio.run(run())


@contextlib.contextmanager
def server(pause: float = 1.0):  # type: ignore[no-untyped-def]
    """The port of a server of its own process. `pause`: questions to a host that come sooner are counted."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there, pause), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.kill()
        process.join()


def told_by(port: int) -> dict[str, Any]:
    """What the server was asked so far; from now on there are second articles."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/control")
    return dict(json.loads(connection.getresponse().read()))


def addresses(feeds: int, hosts: int, port: int) -> list[str]:
    """A tenth of the feeds stand on ten large hosts, the others on hosts of one or a few."""
    return [address(n // 10 % 10 if n % 10 == 9 else n % hosts, n, port) for n in range(feeds)]


def address(host: int | str, number: int, port: int) -> str:
    """Of a feed, on the host of this number or name."""
    name = f"{host}.example" if isinstance(host, str) else f"h{host}.example"
    return f"http://{name}:{port}/f/{number}"


def fetcher(port: int, **manners: Any) -> Any:
    """A fetcher that finds all these hosts on this machine."""
    from reportedly.intake.fetch import Fetcher
    from reportedly.intake.polite import Manners

    given = Manners(allowed=("127.0.0.1/32",), ports=frozenset([port]))
    return Fetcher(replace(given, **manners), resolve=lambda host, at: ["127.0.0.1"])


def look(archive: Path, port: int, pace: Any, say: Callable[[str], None], **manners: Any) -> Any:
    """One look, as `reportedly watch --once` does it; what it found."""
    from reportedly.archive import open_archive
    from reportedly.archive.watching import Watching

    with open_archive(archive) as desk, fetcher(port, **manners) as fetches:
        done = Watching(desk).look(fetches, pace=pace, language="de")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        say(f"{json.dumps(done.to_dict())} {memory:.0f} MiB, {desk.figures().articles} articles in the archive")
    return done


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--feeds", type=int, default=10_000)
    options.add_argument("--hosts", type=int, default=4_000)
    options.add_argument("--at-once", type=int, default=64)
    options.add_argument("--kill-after", type=float, default=20.0, help="seconds of the first look")
    given = options.parse_args(arguments)
    from reportedly.archive import open_archive
    from reportedly.archive.watching import Pace, Watching

    pace = Pace(given.at_once, 1, 60)

    def say(line: str) -> None:
        print(line, flush=True)

    with tempfile.TemporaryDirectory() as folder, server() as port:
        archive = Path(folder) / "a.db"
        start = time.monotonic()
        with open_archive(archive) as desk:
            desk.weights = "tables"
            Watching(desk).follow(addresses(given.feeds, given.hosts, port))
        say(f"{given.feeds} feeds followed after {time.monotonic() - start:.1f} s")
        fork = os.fork()
        if not fork:
            look(archive, port, pace, say)
            os._exit(0)
        time.sleep(given.kill_after)
        os.kill(fork, signal.SIGKILL)
        os.waitpid(fork, 0)
        with open_archive(archive) as desk:
            say(
                f"killed after {given.kill_after:.0f} s: {desk.figures().articles} articles, {len(list(desk.check()))} problems"
            )
        for name in ("the first look, continued", "the second", "the third"):
            start, before = time.process_time(), told_by(port) if name != "the first look, continued" else {}
            say(f"{name}:")
            look(archive, port, pace, say)
            say(f"  {time.process_time() - start:.1f} s of the processor; asked before: {json.dumps(before)}")
        say(json.dumps(told_by(port)))
        with open_archive(archive) as desk:
            twice = len(desk.refused())
            say(f"{desk.figures().articles} articles, {twice} addresses refused, {len(list(desk.check()))} problems")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
