"""What does a database give to the halves of a store that all databases share? Rows for questions, and whole transactions.

The questions in `asking`, `writing` and `keeping` are written once, in the SQL that SQLite and PostgreSQL both speak, with
`?` for values. What only one of them can say stands in its own folder behind these methods.
"""

from __future__ import annotations

import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from reportedly.errors import ArchiveError
from reportedly.store.base import Wording
from reportedly.store.conditions import Speech
from reportedly.store.sought import Sought

Row = tuple[Any, ...]
LONGEST_QUESTION = 2.0
"""Seconds that one question of a search may take."""
TOO_LONG = f"this search takes longer than {LONGEST_QUESTION:g} seconds; name a speaker, an outlet or a time as well"
TABLES = (
    "outlet", "article", "sighting", "name", "speaker", "statement", "quantity", "moment", "place", "damage", "harm",
    "refusal", "judgement", "bearer", "sameness", "block", "due", "entry", "entry_block", "setting",
)  # fmt: skip
"""All tables but the indices of words, each behind those that it points to."""
WORD_COLUMNS = ("said", "said_keys", "frame", "frame_keys", "speaker", "addressee", "authority", "place")
"""What the index holds of a statement: words in order, separated by blanks; for content and frame also keys."""


NAME = "name"
"""What the index of names holds of those who are one: the words of all their names."""
UNREADABLE = (
    zlib.error,
    UnicodeError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    RecursionError,
    OverflowError,
)
"""What reading a cell raises that does not hold what we wrote."""


class Tables(ABC):
    """A database with the tables of an archive."""

    _wording: Wording
    _speech: Speech
    """How this database is asked for words, and what else it says in its own way."""

    @abstractmethod
    def _rows(self, question: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows at once, so that what is asked meanwhile does not matter."""

    @abstractmethod
    def _stream(self, question: str) -> Iterator[Row]:
        """The rows one after the other, where all of them would need too much memory."""

    @abstractmethod
    def _run(self, command: str, values: Sequence[Any] = ()) -> None:
        """A command without an answer."""

    @abstractmethod
    def _many(self, command: str, rows: Iterable[Sequence[Any]]) -> None:
        """The same command for many rows."""

    @abstractmethod
    def _added(self, command: str, rows: Sequence[Sequence[Any]]) -> list[int]:
        """The same INSERT … RETURNING key for many rows: the keys in their order."""

    @abstractmethod
    def _whole(self) -> AbstractContextManager[None]:
        """One transaction that writes: all of it or nothing, one at a time. Complaints become letters."""

    @abstractmethod
    def _letters(self) -> AbstractContextManager[None]:
        """Complaints of the database, as sentences that a person can act on."""

    @abstractmethod
    def _still(self) -> AbstractContextManager[None]:
        """Everything asked inside sees the archive as it was at one moment."""

    @abstractmethod
    def _in_time(self) -> AbstractContextManager[None]:
        """A question that takes too long is broken off, and says so: never an empty answer instead."""

    @abstractmethod
    def _index(self, rows: Sequence[tuple[int, tuple[str, ...]]]) -> None:
        """Put words (in the order of WORD_COLUMNS) into the index, by key of their statement."""

    @abstractmethod
    def _unindex(self, article: int) -> None:
        """Take the words of an article out of the index, before its statements go."""

    @abstractmethod
    def _indexed(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The words of all statements, as `_index` takes them."""

    @property
    @abstractmethod
    def _called(self) -> str:
        """The archive in a letter: its file, or its address without the password."""

    @contextmanager
    def _cells(self) -> Iterator[None]:
        """Around the reading of what stands in a row: one that does not hold what we wrote is damage, and no fault of ours."""
        try:
            yield
        except UNREADABLE as error:
            raise ArchiveError(
                f"{self._called}: is damaged ({type(error).__name__}: {error}); `reportedly check` says where, a backup helps"
            ) from error

    @abstractmethod
    def _name_cluster(self, cluster: int, words: str | None) -> None:
        """Put the words by which those who are one are found into the index of names, or (None) take them out."""

    @abstractmethod
    def _clusters_named(self, tree: Sought) -> list[int]:
        """Who is found by these words in the index of names; 500 at most."""

    def _fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Put rows into a table with the keys that they had in another database."""
        self._many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks(columns)})", rows)

    def _go_on(self) -> None:
        """Keys were filled in: the next ones must be greater."""
        return

    @abstractmethod
    def _columns(self, table: str) -> list[str]:
        """The names of the columns."""

    def _one(self, question: str, *values: Any) -> Any:
        """The first column of the first row; None where there is no row."""
        found = self._rows(question, values)
        return found[0][0] if found else None


def marks(values: Sequence[Any]) -> str:
    """A `?` for each value."""
    return ", ".join("?" * len(values))
