"""How do many requests share one archive? A few threads, each with the archive open for itself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from reportedly.archive import Archive, open_archive
from reportedly.web.beside import Beside
from reportedly.web.guarding import Rules

T = TypeVar("T")
_THREADS = 3


class Desk:
    """The archive of a room, the file beside it, and who sits there: `by` is whose decisions these are."""

    def __init__(self, path: Path, rules: Rules, beside: Beside, by: str = "") -> None:
        self.path, self.rules, self.beside, self.by = path, rules, beside, by
        self.wake: Callable[[], None] = lambda: None
        """There is a new import."""
        self._own = threading.local()
        self._opened: list[Archive] = []
        self._lock = threading.Lock()
        self.pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="room")
        with self._open(create=True):  # made where there is none; an unreadable one is told before any browser opens
            pass

    def _open(self, *, create: bool = False) -> Archive:
        return open_archive(self.path, create=create, read_only=self.rules.read_only)

    def archive(self) -> Archive:
        """The archive as this thread has it open."""
        found: Archive | None = getattr(self._own, "archive", None)
        if found is None:
            found = self._open()
            self._own.archive = found
            with self._lock:
                self._opened.append(found)
        return found

    def alone(self, work: Callable[[Archive], T]) -> T:
        """Work in a thread of one's own, with an archive of one's own."""
        with self._open() as archive:
            return work(archive)

    def close(self) -> None:
        """Let go of everything."""
        self.pool.shutdown(wait=True)
        for archive in self._opened:
            archive.close()
        self._opened.clear()


def now() -> str:
    """The time as it is written down."""
    return datetime.now(UTC).isoformat(timespec="seconds")
