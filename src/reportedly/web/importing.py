"""Reads one import in processes of its own: `python -m reportedly.web.importing ARCHIVE JOB`.

Pages from outside are taken apart by native code, which can crash or hang; here it takes only this process with it, and the room
starts another one that goes on behind the item. They are read as `reportedly add` does it, several at a time. Whatever became of an item stands
in the file beside the archive, so that a pause, an end of the room or of the machine costs at most the items in work.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.archive import open_archive
from reportedly.archive.whence import named_as
from reportedly.engines import cores
from reportedly.intake import open_fetcher, take_in_from
from reportedly.intake.folder import files_in
from reportedly.model.answers import Progress
from reportedly.model.article import Article, Refusal, source_of
from reportedly.web.beside import Beside
from reportedly.web.desk import now

if TYPE_CHECKING:
    from reportedly.archive import Archive
    from reportedly.intake.fetch import Fetcher

DONE, PAUSED, STOPPED, ORPHANED = 0, 3, 4, 5
_MOST_COUNTED = 200_000
_LONG = 86_400.0
_SECONDS, _CHARACTERS_A_SECOND = 120.0, 200
"""As in `archive.readers`: what a process may take for one article."""


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
    """Read what is left of a job, with as many processes as there are cores; the exit code says how it ended."""
    beside = Beside(archive_path)
    job = beside.row("SELECT * FROM job WHERE key = ?", key)
    if job is None:
        return STOPPED
    places = list(dict.fromkeys(places_of(job)))
    beside.run("UPDATE job SET expected = ? WHERE key = ?", min(len(places), _MOST_COUNTED), key)
    with open_archive(archive_path) as archive:
        work = _Work(beside, job, archive, os.getppid())
        try:
            archive.add(work.items(places), progress=work.done, workers=cores())
            work.settle()
        except _StopError as stop:
            if stop.code == STOPPED:  # what was read stays, so its speakers are compared like others
                work.wait(_LONG)
                archive.match_speakers()
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
    """What one process does for a job: gives out its items, keeps what became of each, listens to what the user wants.

    Items are taken in here, one after the other, and read in other processes, several at a time; what becomes of them is told in their
    order. A place is over when that of its last item is known.
    """

    def __init__(self, beside: Beside, job: dict[str, Any], archive: Archive, parent: int) -> None:
        self._beside, self._job, self._archive, self._parent = beside, job["key"], archive, parent
        self._about: dict[str, Any] = json.loads(job["about"])
        self._named: dict[str, str] = self._about.pop("named", {})
        """Places that the archive knows by another name: what is tried again."""
        self._met = {row["origin"] for row in beside.rows("SELECT origin FROM item WHERE job = ?", self._job)}
        self._line: deque[Article | Refusal | str] = deque()
        """Items that are out, and behind the last item of a place that place."""
        self._before = Progress()
        self._begun = time.monotonic()
        self._ended = False

    def items(self, places: list[str]) -> Iterator[Article | Refusal]:
        """What there is to read at these places, and is not done with."""
        over = {row["place"] for row in self._beside.rows("SELECT place FROM over WHERE job = ?", self._job)}
        fetcher = _fetcher(places)
        for place in places:
            if place in over:
                continue
            self.look()
            self.reading(place)
            for item in self._at(place, fetcher):
                origin = _origin(item)
                if origin in self._met:
                    continue
                self._met.add(origin)
                self._line.append(item)
                self.reading(origin, _allowance(item))
                yield item
                self.look()
                self.reading(place)
            self._line.append(place)
        self._ended = True
        self.wait(_LONG)  # who is the same is asked now, and nobody can say how long that takes

    def _at(self, place: str, fetcher: Fetcher | str | None) -> Iterator[Article | Refusal]:
        if _is_address(place) and isinstance(fetcher, str):
            yield Refusal(place, fetcher)
        else:
            asked = fetcher if _is_address(place) and not isinstance(fetcher, str) else None
            found = take_in_from([place], fetcher=asked, **self._about)
            yield from named_as(found, place, self._named.get(place, place))

    def look(self) -> None:
        """Between two items: does the user want to pause or stop, is the room still there?"""
        row = self._beside.row("SELECT wish FROM job WHERE key = ?", self._job)
        if row is None or row["wish"] == "stop":
            raise _StopError(STOPPED)
        if row["wish"] == "pause":
            raise _StopError(PAUSED)
        if os.getppid() != self._parent:
            raise _StopError(ORPHANED)

    def reading(self, what: str, allowed: float = 0.0) -> None:
        """Say what is taken in now, count the time, and for how long no sign of life is to be expected."""
        here = time.monotonic()
        self._beside.run(
            "UPDATE job SET current = ?, beat = ?, seconds = seconds + ? WHERE key = ?",
            _storable(what),
            time.time() + allowed,
            here - self._begun,
            self._job,
        )
        self._begun = here

    def wait(self, seconds: float) -> None:
        """No item is in hand; do not look for a sign of life for so long."""
        self.reading("", seconds)

    def done(self, now: Progress) -> None:
        """What became of the item that is out longest."""
        self.settle()
        item, before, self._before = self._line.popleft(), self._before, now
        assert not isinstance(item, str)
        origin = _origin(item)
        if now.refused > before.refused:
            reason = item.reason if isinstance(item, Refusal) else self._why(origin)
            self._write(origin, "refused", None, reason, 0, 0)
        else:
            assert isinstance(item, Article)
            reading = self._archive.reading(item.id)
            outcome = "read" if now.read > before.read else "there"
            self._write(origin, outcome, item.id, "", len(reading.statements), len(reading.damages))
        self.settle()
        if self._ended:
            self.wait(_LONG)
        self.look()

    def settle(self) -> None:
        """The places whose items are all known are over."""
        while self._line and isinstance(self._line[0], str):
            self._beside.run("INSERT OR IGNORE INTO over VALUES (?, ?)", self._job, self._line.popleft())

    def _why(self, origin: str) -> str:
        return next((r.reason for r in self._archive.refused() if r.origin == source_of(origin)), "")

    def _write(
        self, origin: str, outcome: str, article: str | None, reason: str, statements: int, damages: int
    ) -> None:
        self._beside.run(
            "INSERT INTO item (job, origin, outcome, article, reason, statements, damages, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (job, origin) DO UPDATE SET outcome = excluded.outcome, article = excluded.article, reason = excluded.reason,"
            " statements = excluded.statements, damages = excluded.damages, at = excluded.at",
            self._job, _storable(origin), outcome, article, _storable(reason), statements, damages, now(),
        )  # fmt: skip


def _origin(item: Article | Refusal) -> str:
    return item.origin or (item.url if isinstance(item, Article) else None) or "?"


def _allowance(item: Article | Refusal) -> float:
    """Seconds in which others may read and nothing is taken in."""
    return _SECONDS + len(item.text) / _CHARACTERS_A_SECOND if isinstance(item, Article) else 0.0


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), int(sys.argv[2])))
