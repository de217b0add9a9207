"""How long does somebody wait for a page of the reading room? Called by `python -m lab.bench_archive --archive FILE --pages`.

A server of its own (read-only, on a free port) is asked for the first page of every question, for the facets behind it and for the other
pages, over HTTP and, where Chromium and Playwright are installed, in a browser. The first round warms; what is told is of all later
rounds, not of the best ones: 95 of 100 pages are there after that time. Where the system tells it (`/proc`), also what the server computed for a page:
that is nearly the same on a busy machine.
"""

from __future__ import annotations

import http.client
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from reportedly.archive import Archive

ROUNDS = 2
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_TIMING = """() => {
  const n = performance.getEntriesByType('navigation')[0];
  const p = performance.getEntriesByName('first-contentful-paint')[0];
  return [n.responseEnd, n.domContentLoadedEventEnd, p ? p.startTime : n.domContentLoadedEventEnd];
}"""


@contextmanager
def served(archive: Path) -> Iterator[tuple[str, str, int]]:
    """(address, key, number of the process) of a room that answers while the `with` runs."""
    command = [sys.executable, "-m", "reportedly", "serve", str(archive), "--no-browser", "--port", "0", "--read-only"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        told = urlsplit(process.stdout.readline().strip())
        yield f"{told.scheme}://{told.netloc}", parse_qs(told.query)["key"][0], process.pid
    finally:
        process.terminate()
        process.wait()


def pages(archive: Archive, questions: Sequence[str]) -> dict[str, list[str]]:
    """What is asked for, by kind of page."""
    names = [row.names[0] for row in archive.speakers(most=12)]
    outlets = [row.outlet for row in archive.outlets()[:5]]
    shown = [f"/articles/{hit.article}" for q in questions[:10] for hit in archive.search(q)[:1]]
    return {
        "search": [f"/search?q={quote(q)}" for q in questions],
        "facets": [f"/search/facets?q={quote(q)}" for q in questions],
        "timeline": [f"/timeline?q={quote(q)}" for q in questions],
        "speaker": [f"/speaker?name={quote(name)}" for name in names],
        "speakers": ["/speakers"],
        "same": ["/same"],
        "start": ["/"],
        "outlets": ["/outlets"],
        "outlet": [f"/outlet?name={quote(name)}" for name in outlets],
        "health": ["/health"],
        "export": [f"/export?q={quote(q)}" for q in questions[:12]],
        "article": shown,
    }


def measured(archive: Archive, path: Path, questions: Sequence[str]) -> Iterator[str]:
    """Lines of the report, as they come."""
    wanted = pages(archive, questions)
    with served(path) as (address, key, server):
        for kind, addresses in wanted.items():
            by_clock, computed = _asked(address, key, addresses, server)
            yield _line(f"page {kind}", by_clock)
            if computed:
                yield _line("  computed for it", computed)
        browser = next((found for name in _CHROMIUM if (found := shutil.which(name))), None)
        try:
            if browser:
                yield from _looked(browser, address, key, wanted["search"])
        except ImportError:
            yield "Playwright is not installed: nothing was looked at in a browser"


def _line(name: str, times: Sequence[float]) -> str:
    ordered = sorted(times)
    p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    return f"{name:24} p50 {statistics.median(ordered):7.1f} ms   p95 {p95:7.1f} ms   slowest {ordered[-1]:7.1f} ms   ({len(ordered)} times)"


def _rounds(addresses: Sequence[str], ask: Callable[[str], None]) -> Iterator[str]:
    """Each address to be timed, after a first round that is not."""
    for address in addresses:
        ask(address)
    for _ in range(ROUNDS):
        yield from addresses


def _asked(address: str, key: str, paths: Sequence[str], process: int) -> tuple[list[float], list[float]]:
    """Milliseconds from the request to the last byte, over one connection; and those that the server computed meanwhile."""
    server = urlsplit(address)
    connection = http.client.HTTPConnection(server.hostname or "", server.port, timeout=60)

    def ask(path: str) -> None:
        connection.request("GET", path, headers={"Authorization": f"Bearer {key}"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")

    times, computed = [], []
    for path in _rounds(paths, ask):
        start, before = time.perf_counter(), _computed(process)
        ask(path)
        times.append(1000 * (time.perf_counter() - start))
        computed.append(1000 * (_computed(process) - before))
    return times, computed if any(computed) else []


def _computed(process: int) -> float:
    """Seconds that a process has computed so far; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _looked(browser: str, address: str, key: str, paths: Sequence[str]) -> list[str]:
    """The same in a browser: until the page is read in, and until something stands on the screen. Counts that follow the results
    are waited for before the next page is asked for, as a reader would."""
    from playwright.sync_api import sync_playwright

    ready, painted = [], []
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = started.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(f"{address}/?key={key}")
        for path in _rounds(paths, lambda path: page.goto(f"{address}{path}", wait_until="networkidle") and None):
            page.goto(f"{address}{path}", wait_until="networkidle")
            _, content, paint = page.evaluate(_TIMING)
            ready.append(content)
            painted.append(paint)
        started.close()
    return [_line("browser search, read in", ready), _line("browser search, painted", painted)]
