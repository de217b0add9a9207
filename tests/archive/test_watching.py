"""Following feeds into an archive: only what is new, and nothing counts as seen before it is safe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import webserver
from reportedly.archive import Archive, open_archive
from reportedly.archive.watching import Watching
from reportedly.model.answers import Progress
from webserver import Web, says


@pytest.fixture
def web() -> Iterator[Web]:
    with webserver.web() as running:
        for n in range(1, 6):
            body = f"Der Hafen {n} werde im Mai vertieft, sagte Hafenmeister Enno Sieg am Montag. " * 3
            running.put(f"/{n}", says(f"<html><body><article><h1>Hafen {n}</h1><p>{body}</p></article></body></html>"))
        yield running


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "a.db") as opened:
        yield opened


def feed(web: Web, *numbers: int) -> str:
    items = "".join(f"<entry><id>{n}</id><link href='{web.address(f'/{n}')}'/></entry>" for n in numbers)
    return web.put("/feed", says(f"<feed><title>Talbote</title>{items}</feed>", "application/atom+xml"))


def looked(web: Web, archive: Archive) -> Progress:
    with web.fetcher(robots=False) as fetcher:
        return Watching(archive).look(fetcher, language="de").taken


def test_only_what_is_new_is_read(web: Web, archive: Archive) -> None:
    url = feed(web, 2, 1)
    assert Watching(archive).follow([url]) == [url]
    assert Watching(archive).follow([url]) == []
    assert looked(web, archive).read == 2
    feed(web, 3, 2, 1)
    done = looked(web, archive)
    assert (done.read, done.there, done.refused) == (1, 0, 0)
    assert looked(web, archive).read == 0
    assert len(archive.search("von:Sieg")) >= 3


def test_a_look_that_is_broken_off_is_taken_up(web: Web, archive: Archive) -> None:
    Watching(archive).follow([feed(web, 4, 3, 2, 1)])
    written = archive.store.write
    full = OSError("no space left")

    def failing(*given):  # type: ignore[no-untyped-def]
        if archive.figures().articles == 2:
            raise full
        return written(*given)

    archive.store.write = failing  # type: ignore[method-assign]
    with pytest.raises(OSError, match="no space left"):
        looked(web, archive)
    archive.store.write = written  # type: ignore[method-assign]
    done = looked(web, archive)
    assert (done.read, done.there) == (2, 0), "the third was not safe, so it is new"
    assert archive.figures().articles == 4


def test_what_cannot_be_fetched_is_kept_and_tried_again(web: Web, archive: Archive) -> None:
    url = feed(web, 9, 1)
    Watching(archive).follow([url])
    done = looked(web, archive)
    assert (done.read, done.refused) == (1, 1)
    (row,) = archive.refused()
    assert row.origin == web.address("/9")
    body = "Die Schleuse bleibe zu, sagte Hafenmeister Enno Sieg am Montag der Zeitung. " * 3
    web.put("/9", says(f"<html><body><article><p>{body}</p></article></body></html>"))
    from reportedly.intake import take_in_from

    with web.fetcher(robots=False) as fetcher:
        for _ in range(2):
            archive.add(take_in_from([row.origin], fetcher=fetcher, language="de"))
    assert archive.refused() == []
    (place,) = archive.search("Schleuse")[:1]
    assert len(archive.versions(place.article)) == 1, "fetched twice, met in one place"
