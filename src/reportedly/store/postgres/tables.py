"""How do the halves of a store speak to a PostgreSQL database?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from reportedly.errors import ArchiveError
from reportedly.model.answers import Problem
from reportedly.store.keeping import Keeping
from reportedly.store.postgres.connection import VERSION, letters, lock_writers
from reportedly.store.postgres.words import Arrays, condition, token, tokens
from reportedly.store.rows import shown
from reportedly.store.sought import Sought, cut
from reportedly.store.tables import LONGEST_QUESTION, NAME, TABLES, TOO_LONG, WORD_COLUMNS, Row, marks

if TYPE_CHECKING:
    from psycopg import Connection

_AT_ONCE = 500


class PostgresTables(Keeping):
    """The tables in the schema `reportedly` of a database."""

    _db: Connection[Any]
    _address: str
    _speech = Arrays()
    _word_key = "statement"
    _sums_itself = True

    @property
    def _faults(self) -> tuple[type[Exception], ...]:  # type: ignore[override]
        from psycopg import Error

        return (Error,)

    def _rows(self, question: str, values: Sequence[Any] = ()) -> list[Row]:
        return self._db.execute(_spoken(question), _stored(values)).fetchall()

    def _stream(self, question: str) -> Iterator[Row]:
        with self._db.cursor(name="stream") as cursor:
            cursor.itersize = _AT_ONCE
            cursor.execute(_spoken(question))
            yield from cursor

    def _run(self, command: str, values: Sequence[Any] = ()) -> None:
        self._db.execute(_spoken(command), _stored(values))

    def _many(self, command: str, rows: Iterable[Sequence[Any]]) -> None:
        given = [_stored(row) for row in rows]
        if given:
            with self._db.cursor() as cursor:
                cursor.executemany(_spoken(command), given)

    def _added(self, command: str, rows: Sequence[Sequence[Any]]) -> list[int]:
        if not rows:
            return []
        keys = []
        with self._db.cursor() as cursor:
            cursor.executemany(_spoken(command), [_stored(row) for row in rows], returning=True)
            while True:
                keys += [int(key) for (key,) in cursor.fetchall()]
                if not cursor.nextset():
                    return keys

    @contextmanager
    def _whole(self) -> Iterator[None]:
        with letters(self._address), self._db.transaction():
            lock_writers(self._db)
            yield

    def _letters(self) -> AbstractContextManager[None]:
        return letters(self._address)

    @property
    def _called(self) -> str:
        return self._address

    def _moment(self) -> object:
        return self._one("SELECT CAST(pg_current_snapshot() AS text)")

    @contextmanager
    def _still(self) -> Iterator[None]:
        with self._db.transaction():
            self._db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        from psycopg.errors import QueryCanceled

        with letters(self._address):
            try:
                with self._db.transaction():
                    self._db.execute(
                        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
                        f" SET LOCAL statement_timeout = {int(LONGEST_QUESTION * 1000)}"
                    )
                    yield
            except QueryCanceled as error:
                raise ArchiveError(TOO_LONG) from error

    def _index(self, rows: Sequence[tuple[int, tuple[str, ...]]]) -> None:
        columns = ("statement", *WORD_COLUMNS, "tokens", "many")
        held = [tokens(words) for _, words in rows]
        self._many(
            f"INSERT INTO words ({', '.join(columns)}) VALUES ({marks(columns)})",
            [
                (key, *(" ".join(cut(column)) for column in words), each, sum(len(cut(column)) for column in words))
                for (key, words), each in zip(rows, held, strict=True)
            ],
        )
        self._run(
            "INSERT INTO token SELECT unnest(CAST(? AS text[])) ON CONFLICT DO NOTHING",
            (sorted({token for each in held for token in each}),),
        )

    def _unindex(self, article: int) -> None:
        """Nothing to do: the words go with their statements."""

    def _indexed(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for row in self._stream(f"SELECT statement, {', '.join(WORD_COLUMNS)} FROM words ORDER BY statement"):
            yield row[0], row[1:]

    def _name_cluster(self, cluster: int, words: str | None) -> None:
        self._run("DELETE FROM called WHERE cluster = ?", (cluster,))
        if words is not None:
            held = sorted({token(NAME, w) for w in cut(words)})
            self._run(
                "INSERT INTO called (cluster, name, tokens) VALUES (?, ?, ?)", (cluster, " ".join(cut(words)), held)
            )
            self._run("INSERT INTO token SELECT unnest(CAST(? AS text[])) ON CONFLICT DO NOTHING", (held,))

    def _clusters_named(self, tree: Sought) -> list[int]:
        where, values = condition(tree)
        return [int(key) for (key,) in self._rows(f"SELECT w.cluster FROM called w WHERE {where} LIMIT 500", values)]

    def _fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """SQLite keeps yes and no as numbers."""
        yes_no = {
            name
            for (name,) in self._rows(
                "SELECT attname FROM pg_attribute WHERE attrelid = CAST(CAST(? AS text) AS regclass)"
                " AND atttypid = CAST('boolean' AS regtype)",
                (table,),
            )
        }
        given = [
            tuple(bool(cell) if name in yes_no else cell for name, cell in zip(columns, row, strict=True))
            for row in rows
        ]
        super()._fill(table, columns, given)

    def _go_on(self) -> None:
        for table in TABLES:
            if "key" in self._columns(table):
                self._run(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'key'), (SELECT coalesce(max(key), 0) + 1 FROM {table}), false)"
                )

    def _columns(self, table: str) -> list[str]:
        found = self._rows(
            "SELECT attname FROM pg_attribute WHERE attrelid = CAST(CAST(? AS text) AS regclass) AND attnum > 0"
            " AND NOT attisdropped ORDER BY attnum",
            (table,),
        )
        return [row[0] for row in found]

    def tidy(self) -> None:
        """Let PostgreSQL look again at how the rows are spread, where a tenth of them has changed: by it it chooses its indices.
        Only the owner of the tables can; without one the server does it by itself, a little later."""
        with letters(self._address):
            changed = self._rows(
                "SELECT c.relname FROM pg_stat_user_tables t JOIN pg_class c ON c.oid = t.relid"
                " WHERE t.schemaname = current_schema() AND t.n_mod_since_analyze > 50 + t.n_live_tup / 10"
                " AND pg_has_role(c.relowner, 'USAGE')"
            )
            if changed:
                self._run(f"ANALYZE {', '.join(name for (name,) in changed)}")

    def _size(self) -> tuple[int, int, str]:
        size = self._one(
            "SELECT CAST(sum(pg_total_relation_size(c.oid)) AS bigint) FROM pg_class c"
            " WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind = 'r'"
        )
        version = self._one("SELECT max(version) FROM migration")
        server = self._db.info.server_version
        return int(size), int(version or VERSION), f"PostgreSQL {server // 10000}.{server % 10000}"

    def _database_problems(self) -> Iterator[Problem]:
        bare = self._one("SELECT count(*) FROM pg_index WHERE NOT indisvalid AND indrelid IN"
                         " (SELECT oid FROM pg_class WHERE relnamespace = CAST(current_schema() AS regnamespace))")  # fmt: skip
        if bare:
            yield Problem("database", f"{bare} indices are not whole", "REINDEX SCHEMA reportedly")
        lost = self._one(
            "SELECT count(*) FROM (SELECT unnest(tokens) FROM words EXCEPT SELECT token FROM token) AS lost"
        )
        if lost:
            yield Problem(
                "words", f"{lost} words that no search by their beginning finds", "run `reportedly reread --all`"
            )

    def backup(self, to: str) -> None:
        """A whole copy as an SQLite archive, which needs no server; see docs/decisions/0012."""
        from reportedly.store.portable import write_file  # late: it knows the stores, which are made of this

        with letters(self._address), self._still():
            write_file(self, self._wording, to)


@cache
def _spoken(question: str) -> bytes:
    """The question with the marks that psycopg knows."""
    return question.replace("%", "%%").replace("?", "%s").encode()


def _stored(values: Sequence[Any]) -> tuple[Any, ...]:
    """Text as PostgreSQL can hold it: neither NUL nor half a surrogate pair. The exact one is in the packed reading."""
    return tuple(shown(v) if isinstance(v, str) else v for v in values)
