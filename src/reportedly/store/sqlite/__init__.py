"""An archive as one SQLite file: tables, words, readings. Any SQLite tool can open it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportedly.store.asking import SORTS, Asking
from reportedly.store.base import Wording
from reportedly.store.linking import Linking
from reportedly.store.sqlite.connection import MEMORY, connect, letters
from reportedly.store.sqlite.tables import SqliteTables
from reportedly.store.writing import Writing

__all__ = ["SORTS", "SqliteStore"]


class SqliteStore(SqliteTables, Writing, Linking, Asking):
    """The store of `store.base` in one file. Writers wait for each other, readers for nobody."""

    def __init__(self, path: str | Path, wording: Wording, *, create: bool = True, read_only: bool = False) -> None:
        self._path = Path(path)
        self._wording = wording
        self._db = connect(self._path, create=create, read_only=read_only)

    @contextmanager
    def _apart(self) -> Iterator[SqliteStore]:
        """What a connection has remembered of the word index looks like damage while others write."""
        if self._path == MEMORY:
            yield self
            return
        other = SqliteStore(self._path, self._wording, create=False, read_only=True)
        try:
            yield other
        finally:
            other.close()

    def close(self) -> None:
        """Let go of the file."""
        with letters(self._path):
            self._db.close()
