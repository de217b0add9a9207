"""What was planned, and what is done? Two growing tables of small Parquet files, which may be on an object store.

Rows are only added, a file at a time; many small files become one when there are many. Whatever a crash leaves behind, a row is there
or not; a row that is there twice counts once.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

from reportedly.batch.room import Room
from reportedly.batch.tables import arrow

if TYPE_CHECKING:
    import numpy as np

_ROWS, _SECONDS = 2_000, 5.0
"""New rows are written down when there are so many of them, or the oldest has waited so long."""
_FILES, _LARGE = 40, 20_000_000
"""So many files are made one, but for those with so many bytes."""


class Ledger:
    """One of the tables: `name` is its folder, `schema` its columns, the first of which is `id` (16 bytes)."""

    def __init__(self, room: Room, name: str, schema: Callable[[Any], Any]) -> None:
        self._room, self.name = room, name
        self.pa, self._parquet = arrow()
        self.schema = schema(self.pa)
        self._held: list[dict[str, Any]] = []
        self._since = time.monotonic()

    def add(self, rows: Iterable[dict[str, Any]], *, now: bool = False) -> None:
        """New rows, which are safe some seconds later, or at once."""
        if not self._held:
            self._since = time.monotonic()
        self._held += rows
        if self._held and (now or len(self._held) >= _ROWS or time.monotonic() - self._since > _SECONDS):
            self._write(self.pa.Table.from_pylist(self._held, schema=self.schema))
            self._held = []

    def add_table(self, table: Any) -> None:
        """Many rows at once."""
        self._write(table)

    def settle(self) -> None:
        """Everything is written down, in few files."""
        self.add([], now=True)
        small = [(name, size) for name, size in self._sizes() if size < _LARGE]
        if len(small) > _FILES:
            names = [name for name, _ in small]
            self._write(self._read(names, None))
            self._drop(names)

    def read(self, columns: list[str] | None = None) -> Any:
        """All rows, those that are held too; of the columns only these. A row may be there twice."""
        found = list(self.parts(columns))
        empty = self.schema.empty_table()
        return self.pa.concat_tables(found or [empty.select(columns) if columns else empty])

    def unite(self) -> None:
        """All files become one, and each row is there once."""
        names = [name for name, _ in self._sizes()]
        table = self._read(names, None)
        self._write(table.filter(self.pa.array(first_of_each(table.column("id")))))
        self._drop(names)

    def parts(self, columns: list[str] | None = None) -> Iterator[Any]:
        """The same file by file, for those that are too many to be held at once."""
        self.add([], now=True)
        for name, _ in self._sizes():
            yield self._read([name], columns)

    def rows(self, wanted: np.ndarray[Any, Any]) -> Iterator[dict[str, Any]]:
        """The rows for which `wanted` (one for each row of `read`) is True. Files without any are not read."""
        at = 0
        for name, _ in self._sizes():
            with self._room.opened(name) as file:
                here = wanted[at : at + self._parquet.read_metadata(file).num_rows]
            at += len(here)
            if here.any():
                yield from self._read([name], None).filter(self.pa.array(here)).to_pylist()

    def keep(self, wanted: Callable[[Any], Any]) -> None:
        """Only the rows of a table for which `wanted(table)` gives True stay; it is asked for one file after the other. Stopped in the
        middle, more may stay."""
        self.add([], now=True)
        for name, _ in self._sizes():
            table = self._read([name], None)
            rest = table.filter(self.pa.array(wanted(table)))
            if rest.num_rows < table.num_rows:
                self._write(rest)
                self._room.drop(name)

    def _sizes(self) -> list[tuple[str, int]]:
        found = []
        for name in sorted(self._room.names(self.name)):
            if name.endswith(".parquet"):
                with self._room.opened(name) as file:
                    found.append((name, file.seek(0, 2)))
        return found

    def _read(self, names: list[str], columns: list[str] | None) -> Any:
        tables = []
        for name in names:
            with self._room.opened(name) as file:
                tables.append(self._parquet.read_table(file, columns=columns, schema=self.schema))
        if not tables:
            empty = self.schema.empty_table()
            return empty.select(columns) if columns else empty
        return self.pa.concat_tables(tables)

    def _write(self, table: Any) -> None:
        def write(out: IO[bytes]) -> None:
            self._parquet.write_table(table, out, compression="zstd")

        if table.num_rows:
            name = f"{self.name}/{time.time_ns():020d}-{uuid.uuid4().hex[:8]}.parquet"
            self._room.put(name, write)
            self._room.settle([name])

    def _drop(self, names: list[str]) -> None:
        for name in names:
            self._room.drop(name)


class Ids:
    """Many ids of 16 bytes; which of others are among them? Ten million need 240 MB and some seconds."""

    def __init__(self, column: Any) -> None:
        import numpy as np

        pairs = _pairs(column)
        order = np.argsort(pairs[:, 0])
        self._high, self._low = pairs[order, 0], pairs[order, 1]

    def __len__(self) -> int:
        return len(self._high)

    def has(self, column: Any) -> np.ndarray[Any, Any]:
        """For each id of a column of a table: is it among them?"""
        import numpy as np

        pairs = _pairs(column)
        found = np.zeros(len(pairs), bool)
        if not len(self._high):
            return found
        order = np.argsort(pairs[:, 0])  # asked in their order, because memory likes that
        asked = pairs[order]
        at = np.minimum(np.searchsorted(self._high, asked[:, 0]), len(self._high) - 1)
        found[order] = (self._high[at] == asked[:, 0]) & (self._low[at] == asked[:, 1])
        # two ids with the same first half: next to each other
        for n in np.nonzero((self._high[at] == asked[:, 0]) & (self._low[at] != asked[:, 1]))[0]:
            end = int(np.searchsorted(self._high, asked[n, 0], side="right"))
            found[order[n]] = bool((self._low[at[n] : end] == asked[n, 1]).any())
        return found

    def has_one(self, id: str) -> bool:
        import numpy as np

        high, low = int(id[:16], 16), int(id[16:], 16)
        at = int(np.searchsorted(self._high, np.uint64(high)))
        while at < len(self._high) and int(self._high[at]) == high:
            if int(self._low[at]) == low:
                return True
            at += 1
        return False


def first_of_each(column: Any) -> np.ndarray[Any, Any]:
    """True for every id where it stands first, False where it comes again."""
    import numpy as np

    pairs = _pairs(column)
    first = np.ones(len(pairs), bool)
    high = np.sort(pairs[:, 0])
    twice = high[1:][high[1:] == high[:-1]]
    if not len(twice):  # as nearly always: to sort is cheap, to know where each came from is not
        return first
    seen: set[tuple[int, int]] = set()
    for n in np.nonzero(np.isin(pairs[:, 0], twice))[0]:
        pair = (int(pairs[n, 0]), int(pairs[n, 1]))
        first[n] = pair not in seen
        seen.add(pair)
    return first


def _pairs(column: Any) -> np.ndarray[Any, Any]:
    """A column of 16 bytes each as two numbers each."""
    import numpy as np

    parts = []
    for chunk in column.chunks if hasattr(column, "chunks") else [column]:
        data = np.frombuffer(chunk.buffers()[1] or b"", dtype=">u8")
        parts.append(data.reshape(-1, 2)[chunk.offset : chunk.offset + len(chunk)].astype("u8"))
    return np.concatenate(parts) if parts else np.zeros((0, 2), "u8")
