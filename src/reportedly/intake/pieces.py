"""How can an input be cut into pieces that can be read apart from each other, so that all pieces give what the whole gives?

lines     of JSONL that is not packed: bytes from the beginning of a line on
records   of a WARC: bytes from the beginning of a record on
rows      of Parquet
items     of what can only be read from its beginning (packed JSONL, CSV, lists): counted, and carried along once they were met
files     which are small, or hold one article each
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, cast

from reportedly.intake import jsonl, parquet_rows, warc
from reportedly.intake.gather import BROKEN, Gathering, parcel_of, why
from reportedly.intake.kinds import kind_of
from reportedly.intake.parcel import Item, Manuscript, Order, Passed
from reportedly.intake.storage import Source, opened
from reportedly.model.article import Article, Refusal

_STEP = 1 << 20
_MOST_FILES = 1_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the work that is read by itself: `start` to `end` of one file, or several whole files.

    `first` is the number of the first line, `digest` tells whether a stretch of bytes is still the same, `weight` how many bytes of
    the input it is, about. `items` were met while the input was cut; a piece without them is read from its input.
    """

    kind: str
    files: tuple[Source, ...]
    start: int = 0
    end: int = 0
    first: int = 1
    digest: str = ""
    weight: int = 0
    items: tuple[Item, ...] | None = None

    @property
    def id(self) -> str:
        """The same for the same piece of the same input: 32 hex digits. Where a digest tells that the bytes are the same, it does
        not matter that the file grew behind them."""
        told = hashlib.sha256(f"{self.kind}\0{self.start}\0{self.end}\0{self.first}\0{self.digest}".encode())
        for file in self.files:
            told.update(f"\0{file.path}\0{'' if self.digest else file.stamp}".encode("utf-8", "surrogateescape"))
        return told.hexdigest()[:32]

    @property
    def place(self) -> str:
        """What the piece is called in a report; where it holds one article, as the origin of that article."""
        path = self.files[0].path
        if self.kind in ("lines", "records"):
            return f"{path}#line={self.first}" if self.kind == "lines" else f"{path}#offset={self.start}"
        return str(self)

    def __str__(self) -> str:
        path = self.files[0].path
        if self.kind == "files":
            return path if len(self.files) == 1 else f"{path} and {len(self.files) - 1} more"
        return f"{path}, {self.kind} {self.start:,} to {self.end:,}"


def cut(source: Source, order: Order, size: int) -> Iterator[Piece | Refusal]:
    """The pieces of one file, of about `size` bytes; a refusal in place of what cannot be read. Raises InputError where a package
    is missing."""
    file = opened(source.path)
    if isinstance(file, Refusal):
        yield file
        return
    with file:
        try:
            parcel = parcel_of(source.path, file)
            kind = kind_of(parcel.label)
            if kind is None:
                yield Piece("files", (source,), weight=source.size)
            elif kind.name == "WARC" and parcel.stream is file:
                yield from records(source, file, size)
            elif kind.name == "Parquet" and parcel.stream is file:
                yield from _row_groups(source, file, size)
            elif kind.name == "JSON" and parcel.stream is file and jsonl.in_lines(parcel.label.head):
                yield from lines(source, file, size)
            else:
                yield from _items(source, file, kind.unpack(parcel, order), size)
        except BROKEN as error:
            yield Refusal(source.path, why(error))


def grouped(sources: Iterable[Source], size: int) -> Iterator[Piece]:
    """Small files put together into pieces of about `size` bytes."""
    held: list[Source] = []
    weight = 0
    for source in sources:
        held.append(source)
        weight += source.size
        if weight >= size or len(held) >= _MOST_FILES:
            yield Piece("files", tuple(held), weight=weight)
            held, weight = [], 0
    if held:
        yield Piece("files", tuple(held), weight=weight)


def read_piece(piece: Piece, order: Order) -> Iterator[Article | Refusal]:
    """Every article of a piece, in order; nothing is fetched."""
    gathering = Gathering(order, None, None, None)
    if piece.items is not None:
        for item in piece.items:
            yield from gathering.item(item)
        return
    for source in piece.files:
        file = opened(source.path)
        if isinstance(file, Refusal):
            yield file
            continue
        with file:
            if piece.kind == "files":
                yield from gathering.stream(source.path, file)
                continue
            try:
                for item in _of(piece, file, order):
                    yield from gathering.item(item)
            except BROKEN as error:
                yield Refusal(source.path, why(error))


def unread(source: Source, order: Order) -> Iterator[tuple[Item, int]]:
    """The items of a file, not read yet, each with the byte up to which the file was needed for it: for estimates."""
    file = opened(source.path)
    if isinstance(file, Refusal):
        yield file, 0
        return
    with file:
        try:
            parcel = parcel_of(source.path, file)
            kind = kind_of(parcel.label)
            if kind is None:
                yield Manuscript(file.read(), source.path), source.size
                return
            for item in kind.unpack(parcel, order):
                yield item, min(file.tell(), source.size)
        except BROKEN as error:
            yield Refusal(source.path, why(error)), source.size


def _of(piece: Piece, file: BinaryIO, order: Order) -> Iterator[Item]:
    path = piece.files[0].path
    if piece.kind == "lines":
        file.seek(piece.start)
        stretch = io.BytesIO(file.read(piece.end - piece.start))
        yield from jsonl.lines_from(stretch, path, order, piece.first)
    elif piece.kind == "records":
        file.seek(piece.start)
        yield from warc.records(file, path, None, piece.start, piece.end)
    elif piece.kind == "rows":
        yield from parquet_rows.rows(file, path, order, piece.start, piece.end)
    else:
        parcel = parcel_of(path, file)
        kind = kind_of(parcel.label)
        if kind is not None:
            yield from islice(_counted(kind.unpack(parcel, order)), piece.start, piece.end)


def lines(source: Source, file: BinaryIO, size: int) -> Iterator[Piece]:
    """Cut at the first line break behind every `size` bytes. Reads all bytes once: line numbers and digests need it."""
    start = at = 0
    first = line = 1
    told = hashlib.sha256()
    while block := file.read(_STEP):
        view = memoryview(block)
        done = 0
        while True:
            end = block.find(b"\n", max(done, done + size - (at - start) - 1)) + 1  # 0 where there is none
            stretch = view[done : end or len(block)]
            told.update(stretch)
            line += bytes(stretch).count(b"\n")
            at += len(stretch)
            if not end:
                break
            done = end
            yield Piece("lines", (source,), start, at, first, told.hexdigest()[:32], at - start)
            start, first, told = at, line, hashlib.sha256()
    if at > start:
        yield Piece("lines", (source,), start, at, first, told.hexdigest()[:32], at - start)


def records(source: Source, file: BinaryIO, size: int) -> Iterator[Piece]:
    file.seek(0)
    tapped = _Tapped(file)
    start = 0
    for end in warc.cuts(cast(BinaryIO, tapped), size):
        if end > start:
            yield Piece("records", (source,), start, end, digest=tapped.told(start, end), weight=end - start)
        start = end


class _Tapped:
    """A file whose bytes are kept as long as a digest of them may be asked for."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._held, self._from = file, bytearray(), 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._held += data
        return data

    def told(self, start: int, end: int) -> str:
        """The digest of a stretch; what lies before its end is forgotten."""
        digest = hashlib.sha256(self._held[start - self._from : end - self._from]).hexdigest()[:32]
        del self._held[: end - self._from]
        self._from = end
        return digest


def _row_groups(source: Source, file: BinaryIO, size: int) -> Iterator[Piece]:
    """As many rows as hold about `size` bytes of the file."""
    rows = parquet_rows.count(file)
    step = max(1, rows * size // max(source.size, 1))
    for start in range(0, rows, step):
        end = min(start + step, rows)
        yield Piece("rows", (source,), start, end, weight=source.size * (end - start) // rows)


def _items(source: Source, file: BinaryIO, items: Iterable[Item], size: int) -> Iterator[Piece]:
    held: list[Item] = []
    start = signs = before = 0
    for item in _counted(items):
        held.append(item)
        signs += len(item.content) if isinstance(item, Manuscript) else 100
        if signs >= size:
            here = file.tell()
            yield Piece("items", (source,), start, start + len(held), weight=max(here - before, 0), items=tuple(held))
            start, signs, before, held = start + len(held), 0, here, []
    if held:
        rest = max(source.size - before, 0)
        yield Piece("items", (source,), start, start + len(held), weight=rest, items=tuple(held))


def _counted(items: Iterable[Item]) -> Iterator[Item]:
    return (item for item in items if not isinstance(item, Passed))
