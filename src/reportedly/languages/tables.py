"""How is a language table read, and what is wrong with a row?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportedly.errors import TableError


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells by column name, and its address ("de/cues.tsv#sagen") for `by`."""

    cells: Mapping[str, str]
    address: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def list(self, column: str, separator: str = " ") -> tuple[str, ...]:
        """A cell that holds several values."""
        return tuple(v.strip() for v in self.cells[column].split(separator) if v.strip())


def read_table(path: Path, folder: str) -> tuple[Row, ...]:
    """All rows of a tab-separated table.

    The first line that is no comment (`#`) names the columns. A table with a column `id` may not use an id twice, and
    one with a column `example` must fill it in every row. Raises TableError with file and line.
    """
    columns: list[str] | None = None
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [c.strip() for c in line.split("\t")]
        if columns is None:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise TableError(path.name, number, f"{len(cells)} cells for {len(columns)} columns ({', '.join(columns)})")
        cells += [""] * (len(columns) - len(cells))
        named = dict(zip(columns, cells, strict=True))
        key = named.get("id", str(number))
        if "id" in named:
            if not key:
                raise TableError(path.name, number, "this row has no id; give it one that no other row has")
            if key in seen:
                raise TableError(path.name, number, f'the id "{key}" is already used in line {seen[key]}')
            seen[key] = number
        if "example" in named and not named["example"]:
            raise TableError(path.name, number, f'row "{key}" has no example; add one in the last column')
        rows.append(Row(named, f"{folder}/{path.name}#{key}", number))
    return tuple(rows)


def read_words(path: Path) -> frozenset[str]:
    """A plain word list: one entry a line, `#` starts a comment."""
    lines = (line.split("#", 1)[0].strip() for line in path.read_text("utf-8").splitlines())
    return frozenset(line for line in lines if line)
