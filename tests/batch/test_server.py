"""What does the process that others feed answer, and whom does it turn away?"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar

import pytest

import crowd
from reportedly.batch.server import Desk, Limits, serve
from reportedly.batch.stream import Answered, Answering, Asked
from reportedly.errors import BatchError
from reportedly.intake import take_in_text
from reportedly.intake.parcel import Order
from reportedly.pipeline import read

JSON = {"Content-Type": "application/json"}
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def start(*options: str) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "reportedly", "worker", "--weights", "tables", "--workers", "2", *options]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert run.stderr is not None
    told = run.stderr.readline()
    found = re.search(r"listening on (\S+)", told)
    assert found, told
    return run, found[1]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    run, where = start(
        "--port", "0", "--most-articles", "40", "--most-waiting", "60", "--most-bytes", "100kB", "--token", "geheim"
    )
    yield where.removeprefix("http://")
    run.send_signal(signal.SIGTERM)
    assert run.wait(60) in (0, -signal.SIGTERM)


def ask(address: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection(address, timeout=60)
    given = {"Authorization": "Bearer geheim"} | {k.replace("_", "-"): v for k, v in headers.items()}
    connection.request("POST" if body is not None else "GET", path, body, given)
    answer = connection.getresponse()
    return answer.status, answer.read().decode(), {k.lower(): v for k, v in answer.getheaders()}


def record(row: dict[str, str]) -> dict[str, Any]:
    article = take_in_text(row["text"], title=row["title"], outlet=row["outlet"], published=row["published"])
    return read(article, crowd.TABLES).to_dict()


def test_one_several_and_lines_are_answered_in_their_order(address: str) -> None:
    rows = [crowd.row(n) for n in range(10)]
    code, body, _ = ask(address, "/read", json.dumps(rows[0]).encode(), **JSON)
    assert (code, json.loads(body)) == (200, record(rows[0]))
    code, body, _ = ask(address, "/read", json.dumps([*rows, {"text": ""}]).encode(), **JSON)
    assert code == 200
    *found, last = json.loads(body)
    assert found == [record(row) for row in rows]
    assert last["refused"] == {"origin": "<sent>#line=11", "reason": "has an empty text; there is nothing to read"}
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode() + b"\nkaputt\n"
    code, body, _ = ask(address, "/read", lines, Content_Type="application/x-ndjson")
    *found, last = map(json.loads, body.splitlines())
    assert found == [record(row) for row in rows]
    assert last["refused"]["origin"] == "<sent>#line=12"


def test_what_is_no_article_is_refused_in_words(address: str) -> None:
    assert ask(address, "/read", b"{", **JSON)[:2] == (
        400,
        '{"error":"the request is no JSON; send an object with a text, or a list of such objects"}',
    )
    assert ask(address, "/read", b"7", **JSON)[0] == 400
    assert ask(address, "/read", b'{"text": ""}', **JSON)[0] == 422
    assert ask(address, "/read", b"{}", Content_Type="text/plain")[0] == 415
    assert ask(address, "/none")[0] == 404


def test_limits_hold(address: str) -> None:
    row = json.dumps(crowd.row(0))
    assert ask(address, "/read", f"[{','.join([row] * 41)}]".encode(), **JSON)[0] == 413
    assert ask(address, "/read", b" " * 200_000, **JSON)[0] == 413
    many = f"[{','.join([row] * 40)}]".encode()
    with ThreadPoolExecutor(8) as crowd_:
        answers = list(crowd_.map(lambda _: ask(address, "/read", many, **JSON), range(8)))
    codes = {code for code, _, _ in answers}
    assert codes == {200, 503}, "of eight at once some are told to come again"
    assert {headers["retry-after"] for code, _, headers in answers if code == 503} == {"1"}
    assert json.loads(ask(address, "/health")[1]) == {"status": "ok", "waiting": 0, "workers": 2}


class _Slow:
    """A pool that has done the first of what it was asked, begun with the second, and nothing else."""

    count = 2

    def __init__(self) -> None:
        self.futures: list[Future[Answered | None]] = []

    def submit(self, asked: Asked) -> Future[Answered | None]:
        self.futures.append(Future())
        if len(self.futures) < 3:
            self.futures[-1].set_running_or_notify_cancel()
        if len(self.futures) == 1:
            self.futures[0].set_result(Answered("{}"))
        return self.futures[-1]


def test_work_for_one_who_went_away_is_taken_back() -> None:
    class Sent:
        headers: ClassVar = {"content-type": "application/x-ndjson"}

        async def stream(self) -> AsyncIterator[bytes]:
            yield b'{"text": "a"}\n' * 5

    async def ask_and_go() -> None:
        response = await desk.read(Sent())
        assert await anext(response.body_iterator) == "{}\n"
        assert desk.metrics.waiting == 4
        await response.body_iterator.aclose()

    pool = _Slow()
    desk = Desk(pool, Limits(), True)  # type: ignore[arg-type]
    asyncio.run(ask_and_go())
    assert desk.metrics.waiting == 0
    assert [future.cancelled() for future in pool.futures] == [False, False, True, True, True]


def test_strangers_are_turned_away(address: str) -> None:
    assert ask(address, "/read", b"{}", **JSON, Authorization="Bearer falsch")[0] == 401
    assert ask(address, "/read", b"{}", **JSON, Origin="https://boese.example")[0] == 403
    assert ask(address, "/health", Host="boese.example")[0] == 403
    assert ask(address, "/health", Host="[::1]:8377")[0] == 200
    assert ask(address, "/health", Host="localhost")[0] == 200
    with pytest.raises(BatchError, match="needs a token"):
        serve(Answering(crowd.TABLES, Order(), ()), Limits(), 1, host="0.0.0.0")


def test_metrics_count_what_was_done(address: str) -> None:
    def counts() -> dict[str, float]:
        _, page, headers = ask(address, "/metrics")
        assert headers["content-type"].startswith("text/plain; version=0.0.4")
        names = re.compile(r'[a-z_]+(?:\{[a-z]+="[^"]+"\})? [0-9.e+-]+')
        assert all(line.startswith("# ") or names.fullmatch(line) for line in page.splitlines())
        return {n: float(v) for n, v in (line.rsplit(" ", 1) for line in page.splitlines() if line[0] != "#")}

    before = counts()
    row = crowd.row(5)
    ask(address, "/read", json.dumps([row, row, {"text": ""}]).encode(), **JSON)
    after = counts()
    grown = {name: after[name] - before.get(name, 0) for name in after if after[name] != before.get(name)}
    assert grown["reportedly_articles_total"] == grown["reportedly_reading_seconds_count"] == 2
    assert grown["reportedly_refused_total"] == 1
    assert grown["reportedly_words_total"] == 2 * len(row["text"].split())
    assert grown["reportedly_statements_total"] == 2 * len(record(row)["statements"]) > 4
    assert grown['reportedly_reading_seconds_bucket{le="+Inf"}'] == 2
    assert grown["reportedly_reading_seconds_sum"] > 0
    assert grown['reportedly_requests_total{code="200"}'] == 2  # the reading, and the first look at the counts
    assert after["reportedly_workers"] == 2


class Local(http.client.HTTPConnection):
    """A connection through a local socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=60)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self._path))


def test_a_local_socket_belongs_to_its_owner_and_goes_with_the_process(tmp_path: Path) -> None:
    path = tmp_path / "s"
    left = socket.socket(socket.AF_UNIX)  # one that was killed left this
    left.bind(str(path))
    left.close()
    run, where = start("--socket", str(path))
    try:
        assert where == str(path)
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
        connection = Local(path)
        connection.request("POST", "/read", json.dumps(crowd.row(3)).encode(), JSON)
        assert json.loads(connection.getresponse().read()) == record(crowd.row(3))
    finally:
        run.send_signal(signal.SIGINT)
        run.wait(60)
    assert not path.exists()
