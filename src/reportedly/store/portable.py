"""How does an archive move from one database to another? Table by table, row by row, keys and all.

The portable form of an archive is an SQLite file: whole by itself, searched without a server, verified by `backup --verify`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TypeVar

from reportedly.errors import ArchiveError
from reportedly.store.base import Wording
from reportedly.store.linking import words_of
from reportedly.store.tables import TABLES, Tables

_AT_ONCE = 500
_T = TypeVar("_T")


def write_file(source: Tables, wording: Wording, to: str) -> None:
    """An SQLite archive that holds the same; it has its name only when it is complete. Raises ArchiveError."""
    from reportedly.store.sqlite import SqliteStore

    target = Path(to)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        if target.exists():
            raise FileExistsError
        with suppress(FileNotFoundError):
            part.unlink()
        file = SqliteStore(part, wording)
        try:
            carry(source, file)
            file.tidy()
            file.backup(to)  # compact, looked at, and on the disk before it has its name
        finally:
            file.close()
    except FileExistsError as error:
        raise ArchiveError(f"{to}: exists already; give a new name, a backup overwrites nothing") from error
    finally:
        for left in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))):
            with suppress(FileNotFoundError):
                left.unlink()


def take_file(target: Tables, wording: Wording, path: str | Path) -> None:
    """Fill an archive that is empty with what an SQLite archive holds. Raises ArchiveError."""
    from reportedly.store.sqlite import SqliteStore

    file = SqliteStore(path, wording, create=False, read_only=True)
    try:
        with file._letters(), file._still():
            carry(file, target)
    finally:
        file.close()


def carry(source: Tables, target: Tables) -> None:
    """Everything, in one transaction of the target. Raises ArchiveError where that holds something already."""
    with target._whole():
        if any(target._one(f"SELECT 1 FROM {table} LIMIT 1") for table in TABLES):
            raise ArchiveError("this archive holds something already; only an empty one can be filled with another one")
        for table in TABLES:
            columns = source._columns(table)
            for rows in _some(source._stream(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1")):
                target._fill(table, columns, rows)
        for words in _some(source._indexed()):
            target._index(words)
        for (cluster,) in source._rows("SELECT DISTINCT cluster FROM bearer ORDER BY 1"):
            target._name_cluster(cluster, words_of(target, cluster))
        target._go_on()


def _some(rows: Iterable[_T]) -> Iterator[list[_T]]:
    waiting = iter(rows)
    while found := list(islice(waiting, _AT_ONCE)):
        yield found
