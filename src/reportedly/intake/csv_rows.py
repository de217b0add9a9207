"""CSV and TSV -> articles, one a row. Which separator, which encoding, which columns? And what if a quote never ends?

The first row names the columns. A row that cannot be read (a quote that never closes would swallow the rest of the file) is refused
with its line, and reading goes on with the next line.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from reportedly.intake.columns import NAMES, chosen, manuscript_of
from reportedly.intake.decode import decode
from reportedly.intake.jsonl import LONGEST_LINE, numbered
from reportedly.intake.parcel import Item, Label, Order, Parcel
from reportedly.intake.place import inside
from reportedly.model.article import Refusal

SEPARATORS = ",;\t|"
_MOST_LINES = 5_000
"""Lines of one row. A longer one is a quote that was never closed."""
_KNOWN = frozenset(name for names in NAMES.values() for name in names)
_TOO_LONG = "\0"
_Line = tuple[int, str]


def is_this(label: Label) -> bool:
    """By name or media type; else by a first line of which three columns have usual names."""
    if label.named(".csv", ".tsv", ".tab") or label.media_type in ("text/csv", "text/tab-separated-values"):
        return True
    if label.media_type or label.named(".txt", ".md", ".html", ".htm"):
        return False
    first = decode(label.head).text.lstrip("\ufeff").split("\n", 1)[0]
    names = {name.strip(" \"'\r").casefold() for name in _split(first, separator_of(first))}
    return len(first) < 2000 and len(names & _KNOWN) >= 3 and bool(names & {*NAMES["text"], *NAMES["html"]})


def unpack(parcel: Parcel, order: Order) -> Iterator[Item]:
    """One manuscript a row; the origin of each is the line where the row begins."""
    rows = _rows(lines_of(parcel.stream, parcel.label.head))
    header: list[str] | None = None
    for number, row in rows:
        origin = inside(parcel.origin, "line", number)
        if isinstance(row, str):
            yield Refusal(origin, row)
        elif header is None:
            header = [name.strip() for name in row]
            if not {"text", "html"} & chosen(header, order.columns).keys():
                refused = manuscript_of(dict.fromkeys(header, ""), order, parcel.origin)
                yield refused if isinstance(refused, Refusal) else Refusal(parcel.origin, "has no column for the text")
                return
        elif any(cell.strip() for cell in row):
            if len(row) != len(header):
                yield Refusal(origin, f"has {len(row)} cells where the first row names {len(header)} columns")
                continue
            yield manuscript_of(dict(zip(header, row, strict=True)), order, origin)


def separator_of(first: str) -> str:
    """What stands between the names of the columns.

    >>> separator_of("Titel;Text;Datum, Uhrzeit")
    ';'
    """
    return max(SEPARATORS, key=lambda mark: (len(_split(first, mark)), -SEPARATORS.index(mark)))


def lines_of(stream: BinaryIO, head: bytes) -> Iterator[tuple[int, str | None]]:
    """The lines as text, None for one too long. The encoding is told by the head; a line that breaks it is decoded alone."""
    charset = decode(head).charset
    if charset.startswith(("utf-16", "utf-32")):
        text = decode(stream.read(4 * LONGEST_LINE)).text
        yield from enumerate(io.StringIO(text, newline="\n"), 1)
        return
    for number, line in numbered(stream, LONGEST_LINE):
        if isinstance(line, str):
            yield number, None
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        try:
            yield number, line.decode("utf-8")
        except UnicodeDecodeError:
            yield number, decode(line).text


class _EndlessRowError(Exception):
    """A row of more lines than any row has."""


class _Feed:
    """Lines for the reader of rows, which may be given back: those of a row that did not end are read anew without its first."""

    def __init__(self, lines: Iterator[tuple[int, str | None]]) -> None:
        self._lines = lines
        self._again: deque[_Line] = deque()
        self.row: list[_Line] = []
        self.size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._again:
            number, line = self._again.popleft()
        else:
            number, read = next(self._lines)
            line = _TOO_LONG if read is None else read
        self.row.append((number, line))
        self.size += len(line)
        if len(self.row) > _MOST_LINES or self.size > LONGEST_LINE:
            raise _EndlessRowError
        return line

    def begin_row(self) -> None:
        self.row, self.size = [], 0

    def give_back(self, skip: int) -> None:
        """All lines of this row but the first `skip` come again."""
        self._again.extendleft(reversed(self.row[skip:]))
        self.begin_row()


def _rows(lines: Iterator[tuple[int, str | None]]) -> Iterator[tuple[int, list[str] | str]]:
    """Each row with the line where it begins; a sentence (str) in place of a row that cannot be read."""
    csv.field_size_limit(max(csv.field_size_limit(), 2 * LONGEST_LINE))
    feed = _Feed(lines)
    mark = separator_of(next(feed, ""))
    feed.give_back(0)
    while True:
        try:
            for row in csv.reader(feed, delimiter=mark, strict=True):
                number, line = feed.row[0]
                if line == _TOO_LONG:
                    yield number, f"is a line of more than {LONGEST_LINE:,} bytes; split it into single articles"
                elif row:
                    yield number, row
                feed.begin_row()
            return
        except _EndlessRowError:
            why = "its quotation mark is never closed"
        except csv.Error as error:
            why = _words(str(error))
        yield feed.row[0][0], f"is a row that cannot be read ({why}); close the mark, or double the marks inside"
        feed.give_back(1)


def _words(error: str) -> str:
    """What the reader of rows says, as a person would say it."""
    if "unexpected end" in error:
        return "its quotation mark is never closed"
    if "new-line character" in error:
        return "a line break stands outside of quotation marks"
    if "expected after" in error:
        return "something stands behind a closing quotation mark"
    return error


def _split(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line[:20_000]], delimiter=mark), [])
    except csv.Error:
        return line.split(mark)
