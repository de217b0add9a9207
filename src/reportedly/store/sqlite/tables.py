"""How do the halves of a store speak to an SQLite file?"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw

from reportedly.errors import ArchiveError
from reportedly.model.answers import Problem
from reportedly.model.judgement import Judgement
from reportedly.store.keeping import REREAD, RESTORE, Keeping
from reportedly.store.rows import statement_rows, unpacked, unpacked_reading
from reportedly.store.sought import Sought
from reportedly.store.sqlite.connection import VERSION, copy, letters, library, loses_commits, snapshot, transaction
from reportedly.store.sqlite.words import Fts5, expression
from reportedly.store.tables import LONGEST_QUESTION, TOO_LONG, WORD_COLUMNS, Row, marks

_STEPS = 20_000


class SqliteTables(Keeping):
    """The tables in one file. Writers wait for each other, readers for nobody."""

    _db: apsw.Connection
    _path: Path
    _speech = Fts5()
    _word_key = "rowid"
    _faults = (apsw.Error,)

    def _rows(self, question: str, values: Sequence[Any] = ()) -> list[Row]:
        return list(self._db.execute(question, tuple(values)))

    def _stream(self, question: str) -> Iterator[Row]:
        yield from self._db.execute(question)

    def _run(self, command: str, values: Sequence[Any] = ()) -> None:
        self._db.execute(command, tuple(values))

    def _many(self, command: str, rows: Iterable[Sequence[Any]]) -> None:
        self._db.executemany(command, rows)

    def _added(self, command: str, rows: Sequence[Sequence[Any]]) -> list[int]:
        return [int(key) for row in rows for (key,) in self._db.execute(command, tuple(row))]

    @contextmanager
    def _whole(self) -> Iterator[None]:
        with letters(self._path), transaction(self._db):
            yield

    def _letters(self) -> AbstractContextManager[None]:
        return letters(self._path)

    def _still(self) -> AbstractContextManager[None]:
        return snapshot(self._db)

    @property
    def _called(self) -> str:
        return str(self._path)

    def _moment(self) -> object:
        return self._one("PRAGMA data_version"), self._db.total_changes()

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        end = time.monotonic() + LONGEST_QUESTION
        self._db.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
        try:
            with letters(self._path), snapshot(self._db):
                yield
        except apsw.InterruptError as error:
            raise ArchiveError(TOO_LONG) from error
        finally:
            self._db.set_progress_handler(None)

    def _index(self, rows: Sequence[tuple[int, tuple[str, ...]]]) -> None:
        columns = ("rowid", *WORD_COLUMNS)
        self._many(
            f"INSERT INTO words ({', '.join(columns)}) VALUES ({marks(columns)})",
            [(key, *words) for key, words in rows],
        )

    def _unindex(self, article: int) -> None:
        self._run("DELETE FROM words WHERE rowid IN (SELECT key FROM statement WHERE article = ?)", (article,))

    def _indexed(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The index does not tell its words; they are made anew from the readings."""
        for key, id_, text, blob in self._stream("SELECT key, id, text, reading FROM article ORDER BY key"):
            given = self._rows("SELECT judgement FROM judgement WHERE article = ? ORDER BY key", (id_,))
            judgements = [Judgement.of(json.loads(row[0])) for row in given]
            keys = self._rows("SELECT key FROM statement WHERE article = ? ORDER BY n", (key,))
            rows = statement_rows(unpacked_reading(blob, unpacked(text)), judgements, self._wording)
            for (statement,), row in zip(keys, rows, strict=True):
                yield statement, row.words

    def _name_cluster(self, cluster: int, words: str | None) -> None:
        self._run("DELETE FROM called WHERE rowid = ?", (cluster,))
        if words is not None:
            self._run("INSERT INTO called (rowid, name) VALUES (?, ?)", (cluster, words))

    def _clusters_named(self, tree: Sought) -> list[int]:
        found = self._rows("SELECT rowid FROM called WHERE called MATCH ? LIMIT 500", (expression(tree),))
        return [int(key) for (key,) in found]

    def _columns(self, table: str) -> list[str]:
        return [row[0] for row in self._rows("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))]

    def tidy(self) -> None:
        """Let SQLite look again at how the rows are spread, where that has changed: by it it chooses its indices."""
        with letters(self._path), suppress(apsw.BusyError):  # somebody else writes; the next one will do it
            self._db.execute("PRAGMA optimize = 0x10002")

    def _size(self) -> tuple[int, int, str]:
        pages, size, journal = (self._one(f"PRAGMA {name}") for name in ("page_count", "page_size", "journal_mode"))
        return pages * size, VERSION, f"SQLite {apsw.sqlite_lib_version()} ({journal})"

    def _database_problems(self) -> Iterator[Problem]:
        if loses_commits(library()):
            yield Problem(
                "SQLite",
                f"{apsw.sqlite_lib_version()} can lose commits in WAL mode; the slower rollback journal is used",
                "pip install --upgrade apsw",
            )
        for (what,) in self._rows("PRAGMA integrity_check(20)"):
            if what != "ok":
                yield Problem("file", str(what), RESTORE)
        for table, row, parent, _ in self._rows("PRAGMA foreign_key_check"):
            yield Problem(str(table), f"row {row} points to a row of {parent} that is not there", REREAD)

    def backup(self, to: str) -> None:
        """A whole copy under its name only when it is complete."""
        try:
            if Path(to).exists():
                raise FileExistsError
            with letters(Path(to)):
                copy(self._db, Path(to))
        except FileExistsError as error:
            raise ArchiveError(f"{to}: exists already; give a new name, a backup overwrites nothing") from error
