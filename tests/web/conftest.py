"""A reading room that answers: a real server on a free port, with the invented articles in its archive."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

from browsing import CHROMIUM
from reading_room import ARTICLES, Open, Room
from reportedly.archive import open_archive
from reportedly.example import example_text
from reportedly.intake import take_in_from, take_in_text
from reportedly.model.article import Article, Refusal
from reportedly.web.beside import Beside
from reportedly.web.desk import Desk
from reportedly.web.jobs import Jobs
from reportedly.web.room import application
from reportedly.web.serving import rules_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each test has a context of its own in it."""
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "REPORTEDLY_BROWSER=needed, but there is no Chromium"
    with sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def open_room() -> Iterator[Open]:
    """Opens rooms: `open_room(folder, articles)`; all are closed at the end."""
    servers: list[tuple[uvicorn.Server, threading.Thread]] = []

    def opened(folder: Path, items: list[Article | Refusal], *, read_only: bool = False, imports: bool = False) -> Room:
        path = folder / "archiv.db"
        with open_archive(path) as archive:
            archive.add(items)
        beside = Beside(path)
        rules = rules_of(beside, "127.0.0.1", 0, read_only=read_only)
        desk = Desk(path, rules, beside, by="mk")
        jobs = Jobs(beside)
        if imports:
            jobs.start()
        server = uvicorn.Server(
            uvicorn.Config(
                application(desk, jobs.close), port=0, log_level="error", ws="none", timeout_graceful_shutdown=1
            )
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        end = time.monotonic() + 20
        while not server.started:
            assert time.monotonic() < end, "the server does not start"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        servers.append((server, thread))
        example = next((i.id for i in items if isinstance(i, Article) and i.outlet == "Inselbote"), "")
        return Room(path, port, rules.key, f"{rules.cookie}={rules.pass_}", desk, example)

    yield opened
    for server, thread in servers:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def room(open_room: Open, tmp_path_factory: pytest.TempPathFactory) -> Room:
    """The room with the invented articles. Tests that decide or add something open one of their own."""
    items: list[Article | Refusal] = list(take_in_from([ARTICLES]))
    items.append(take_in_text(example_text(), published="2026-03-18", outlet="Inselbote"))
    return open_room(tmp_path_factory.mktemp("room"), items)
