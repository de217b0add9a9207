"""Parquet -> articles, one a row. Only the columns that are needed are read, some hundred rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from reportedly.intake.carried import cleaned
from reportedly.intake.columns import chosen, manuscript_of
from reportedly.intake.parcel import Item, Label, Order, Parcel
from reportedly.intake.place import inside
from reportedly.intake.unpacked import DamagedError, missing

_AT_ONCE = 256
_LARGEST_GROUP = 4_000_000_000
"""Bytes of a row group once unpacked; more is a trap or was written by mistake."""


def is_this(label: Label) -> bool:
    return label.head.startswith(b"PAR1")


def unpack(parcel: Parcel, order: Order) -> Iterator[Item]:
    """One manuscript a row; its origin is the number of the row, counted from 1."""
    yield from rows(parcel.stream, parcel.origin, order)


def count(stream: BinaryIO) -> int:
    """How many rows there are. Raises DamagedError."""
    return int(_opened(stream).metadata.num_rows)


def rows(stream: BinaryIO, origin: str, order: Order, start: int = 0, end: int | None = None) -> Iterator[Item]:
    """The rows from `start` on and before `end`, counted from 0. Raises DamagedError where the file is damaged."""
    import pyarrow

    file = _opened(stream)
    names: list[str] = file.schema_arrow.names
    column = chosen(names, order.columns)
    # a field inside another ("article.body") is read with the whole column
    wanted = sorted({name if name in names else name.split(".")[0] for name in column.values()} & set(names))
    if not {"text", "html"} & column.keys():
        wanted = []
    at = 0
    try:
        for group in range(file.metadata.num_row_groups):
            about = file.metadata.row_group(group)
            here, at = at, at + about.num_rows
            if at <= start:
                continue
            if end is not None and here >= end:
                return
            if about.total_byte_size > _LARGEST_GROUP:
                raise DamagedError(f"has a row group of more than {_LARGEST_GROUP:,} bytes; write it with smaller ones")
            if not wanted:  # every row would be refused for the same reason
                refused = manuscript_of(dict.fromkeys(names, ""), order, origin)
                yield refused
                return
            for batch in file.iter_batches(_AT_ONCE, row_groups=[group], columns=wanted, use_threads=False):
                for number, row in enumerate(_rows(batch), here):
                    if number >= start and (end is None or number < end):
                        yield manuscript_of(row, order, inside(origin, "item", number + 1))
                here += batch.num_rows
    except (pyarrow.ArrowException, OSError) as error:
        raise DamagedError(f"is a damaged Parquet file ({cleaned(str(error), 80)})") from None


def _rows(batch: Any) -> Iterator[dict[str, Any]]:
    for row in batch.to_pylist():
        # dates and times are told as JSON would tell them
        yield {name: value.isoformat() if hasattr(value, "isoformat") else _text(value) for name, value in row.items()}


def _text(value: Any) -> Any:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _opened(stream: BinaryIO) -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise missing("a Parquet file", "pyarrow", "parquet") from None
    if not stream.seekable():
        raise DamagedError("is a Parquet file, which cannot be read from a pipe; give it as a file")
    try:
        return pyarrow.parquet.ParquetFile(stream)
    except (pyarrow.ArrowException, OSError) as error:
        raise DamagedError(f"is a damaged Parquet file ({cleaned(str(error), 80)})") from None
