"""An archive as one SQLite file: tables, words, readings. Any SQLite tool can open it."""

from __future__ import annotations

from pathlib import Path

from reportedly.store.base import Wording
from reportedly.store.sqlite.asking import SORTS, Asking
from reportedly.store.sqlite.connection import connect
from reportedly.store.sqlite.keeping import Keeping
from reportedly.store.sqlite.linking import Linking
from reportedly.store.sqlite.writing import Writing

__all__ = ["SORTS", "SqliteStore"]


class SqliteStore(Writing, Linking, Asking, Keeping):
    """The store of `store.base` in one file. Writers wait for each other, readers for nobody."""

    def __init__(self, path: str | Path, wording: Wording, *, create: bool = True, read_only: bool = False) -> None:
        self._path = Path(path)
        self._wording = wording
        self._db = connect(self._path, create=create, read_only=read_only)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()
