"""Reads one import in a process of its own, item by item: `python -m reportedly.web.importing ARCHIVE JOB`.

Pages from outside are taken apart by native code, which can crash or hang; here it takes only this process with it, and the room
starts another one that goes on behind the item. Whatever became of an item stands in the file beside the archive before the next one
begins, so that a pause, an end of the room or of the machine costs at most the item in work.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.archive import open_archive
from reportedly.intake import open_fetcher, take_in_from
from reportedly.intake.folder import files_in
from reportedly.model.article import Article, Refusal
from reportedly.web.beside import Beside
from reportedly.web.desk import now

if TYPE_CHECKING:
    from reportedly.archive import Archive
    from reportedly.intake.fetch import Fetcher
    from reportedly.model.answers import Progress

DONE, PAUSED, STOPPED, ORPHANED = 0, 3, 4, 5
_MOST_COUNTED = 200_000


class _StopError(Exception):
    """The user wants something else, or nobody is there any more."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def places_of(job: dict[str, Any]) -> Iterator[str]:
    """The places of a job one by one; a folder is its files, so that one of them can be skipped."""
    for place in json.loads(job["places"]):
        if not _is_address(place) and Path(place).is_dir():
            for found in files_in(place):
                if isinstance(found, Path):
                    yield str(found)
                elif isinstance(found, Refusal):
                    yield found.origin
        else:
            yield place


def _is_address(place: str) -> bool:
    return place.lower().startswith(("http://", "https://"))


def run(archive_path: Path, key: int) -> int:
    """Read what is left of a job; the exit code says how it ended."""
    beside = Beside(archive_path)
    job = beside.row("SELECT * FROM job WHERE key = ?", key)
    if job is None:
        return STOPPED
    over = {row["place"] for row in beside.rows("SELECT place FROM over WHERE job = ?", key)}
    parent = os.getppid()
    work = _Work(beside, key, parent)
    places = list(dict.fromkeys(places_of(job)))
    beside.run("UPDATE job SET expected = ? WHERE key = ?", min(len(places), _MOST_COUNTED), key)
    about = json.loads(job["about"])
    fetcher = _fetcher(places)
    try:
        with open_archive(archive_path) as archive:
            for place in places:
                if place in over:
                    continue
                work.look()
                work.reading(place)
                if _is_address(place) and isinstance(fetcher, str):
                    work.note(Refusal(place, fetcher), archive)
                else:
                    asked = fetcher if _is_address(place) and not isinstance(fetcher, str) else None
                    for item in take_in_from([place], fetcher=asked, **about):
                        work.keep(item, archive)
                        work.look()
                beside.run("INSERT OR IGNORE INTO over VALUES (?, ?)", key, place)
    except _StopError as stop:
        return stop.code
    finally:
        work.reading("")
    return DONE


def _fetcher(places: list[str]) -> Fetcher | str | None:
    """What fetches, where there is something to fetch; the reason in words where it cannot."""
    if not any(_is_address(p) for p in places):
        return None
    from reportedly.errors import InputError

    try:
        return open_fetcher().__enter__()
    except InputError as error:
        return error.reason


class _Work:
    """What one process does for a job: keeps items, says what it is at, listens to what the user wants."""

    def __init__(self, beside: Beside, job: int, parent: int) -> None:
        self._beside, self._job, self._parent = beside, job, parent
        self._met = {row["origin"] for row in beside.rows("SELECT origin FROM item WHERE job = ?", job)}
        self._begun = time.monotonic()

    def look(self) -> None:
        """Between two items: does the user want to pause or stop, is the room still there?"""
        row = self._beside.row("SELECT wish FROM job WHERE key = ?", self._job)
        if row is None or row["wish"] == "stop":
            raise _StopError(STOPPED)
        if row["wish"] == "pause":
            raise _StopError(PAUSED)
        if os.getppid() != self._parent:
            raise _StopError(ORPHANED)

    def reading(self, what: str) -> None:
        """Say what is read now, and count the time."""
        here = time.monotonic()
        self._beside.run(
            "UPDATE job SET current = ?, beat = ?, seconds = seconds + ? WHERE key = ?",
            what,
            time.time(),
            here - self._begun,
            self._job,
        )
        self._begun = here

    def keep(self, item: Article | Refusal, archive: Archive) -> None:
        """Add an item to the archive and write down what became of it."""
        origin = item.origin or (item.url if isinstance(item, Article) else None) or "?"
        if origin in self._met:
            return
        self.reading(origin)
        if isinstance(item, Refusal):
            self.note(item, archive)
            return
        done: Progress = archive.add([item])
        id_, statements, damages, reason = item.id, done.statements, 0, ""
        if done.refused:
            outcome = "refused"
            reason = next((r.reason for r in archive.refused() if r.origin == origin), "")
        else:
            outcome = "read" if done.read else "there"
            reading = archive.reading(id_)
            statements, damages = len(reading.statements), len(reading.damages)
        self._write(origin, outcome, None if done.refused else id_, reason, statements, damages)

    def note(self, refusal: Refusal, archive: Archive) -> None:
        """Write down that an item could not be read."""
        archive.add([refusal])
        self._write(refusal.origin, "refused", None, refusal.reason, 0, 0)

    def _write(
        self, origin: str, outcome: str, article: str | None, reason: str, statements: int, damages: int
    ) -> None:
        self._met.add(origin)
        self._beside.run(
            "INSERT INTO item (job, origin, outcome, article, reason, statements, damages, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (job, origin) DO UPDATE SET outcome = excluded.outcome, article = excluded.article, reason = excluded.reason,"
            " statements = excluded.statements, damages = excluded.damages, at = excluded.at",
            self._job, _storable(origin), outcome, article, _storable(reason), statements, damages, now(),
        )  # fmt: skip


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), int(sys.argv[2])))
