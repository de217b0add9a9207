"""Which rows does a reading give, and in which tables do they stand? docs/batch.md tells every column.

The columns of an article stand in all tables under the names they have in the CSV; the statements are the rows of the Parquet export
but for the text of the article, which stands in `articles` once.
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any

from reportedly.errors import BatchError
from reportedly.export import parquet as rows_of_statements
from reportedly.export.held import held, replaced
from reportedly.model.article import Refusal
from reportedly.model.kept import kept
from reportedly.model.reading import Reading

SCHEMA = "reportedly-batch/1"
"""Rises where a column changes its meaning or type; new columns come last."""
TABLES = ("articles", "statements", "speakers", "damage", "refused")
LINES = "lines"
PARTITIONS = ("year", "month", "none")
_ABOUT = ("article", "origin", "outlet", "title", "published", "url", "language")
_SHORT = ("article", "outlet", "published")
_TEXT_ALONE = ("text", "replaced")


def arrow() -> tuple[Any, Any]:
    """pyarrow and its Parquet. Raises BatchError where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise BatchError(
            'this needs "pyarrow", which is not installed; install it with: pip install "reportedly[batch]"'
        ) from None
    return pyarrow, pyarrow.parquet


def partition_of(published: str | None, partition: str) -> str:
    """The folder of an article below its table, by the day it was published, as Hive names folders; empty where there is none.

    >>> partition_of("2024-10-28", "month"), partition_of(None, "year"), partition_of("2024", "month")
    ('month=2024-10/', 'year=unknown/', 'month=unknown/')
    """
    if partition == "none":
        return ""
    signs = {"year": 4, "month": 7}[partition]
    value = (published or "")[:signs]
    known = len(value) == signs and value.replace("-", "").isascii() and value.replace("-", "").isdigit()
    return f"{partition}={value if known else 'unknown'}/"


def tabled(reading: Reading) -> dict[str, list[dict[str, Any]]]:
    """The rows of a reading, by table."""
    article, text = reading.article, held(reading.text)
    about: dict[str, Any] = {
        "article": article.id, "origin": article.origin, "outlet": article.outlet, "title": article.title,
        "published": article.published, "url": article.url, "language": article.language,
    }  # fmt: skip
    about = {name: value and held(value) for name, value in about.items()}
    short = {name: about[name] for name in _SHORT}
    of = [reading.cast.of(s.id) for s in reading.statements]
    return {
        "articles": [
            {
                **about,
                "signature": reading.signature, "published_date": rows_of_statements.day(article.published),
                "words": len(text.split()), "characters": len(text), "statements": len(reading.statements),
                "damages": len(reading.damages), "notes": [held(note) for note in reading.notes],
                "text": text, "replaced": replaced(reading.text),
                "reading": json.dumps(kept(reading), separators=(",", ":")),
            }
        ],
        "statements": [
            {name: value for name, value in row.items() if name not in _TEXT_ALONE}
            for row in rows_of_statements.typed_rows(reading)
        ],
        "speakers": [
            {
                **short,
                "speaker_id": s.id, "speaker_name": held(s.name), "speaker_kind": s.kind, "speaker_named": s.named,
                "roles": [held(role) for role in s.roles], "affiliation": s.affiliation and held(s.affiliation),
                "gender": s.gender, "mentions": [{"start": m.start, "end": m.end} for m in s.mentions],
                "statements": sum(1 for a in of if a is not None and a.speaker == s.id),
            }
            for s in reading.cast.speakers
        ],
        "damage": [
            {
                **short,
                "damage": f"d{n}", "kind": d.kind, "severity": d.severity.value, "start": d.span.start, "end": d.span.end,
                "words": held(d.span.of(reading.text)), "action": d.action.value, "message": held(d.message),
                "cause": held(d.cause), "suggestion": None if d.suggestion is None else held(d.suggestion), "by": d.by,
            }
            for n, d in enumerate(reading.damages, 1)
        ],
    }  # fmt: skip


def refused_row(refusal: Refusal) -> dict[str, Any]:
    return {"origin": held(refusal.origin), "reason": held(refusal.reason)}


def schemas(pa: Any) -> Mapping[str, Any]:
    """The columns of each table with their types."""
    text, number = pa.string(), pa.int32()
    place = pa.struct([("start", number), ("end", number)])
    statements = rows_of_statements.schema_of(pa)
    for name in _TEXT_ALONE:
        statements = statements.remove(statements.get_field_index(name))
    columns: dict[str, list[tuple[str, Any]]] = {
        "articles": [
            *((name, text) for name in _ABOUT),
            ("signature", text), ("published_date", pa.date32()), ("words", number), ("characters", number),
            ("statements", number), ("damages", number), ("notes", pa.list_(text)), ("text", text), ("replaced", text),
            ("reading", text),
        ],
        "speakers": [
            *((name, text) for name in _SHORT),
            ("speaker_id", text), ("speaker_name", text), ("speaker_kind", text), ("speaker_named", pa.bool_()),
            ("roles", pa.list_(text)), ("affiliation", text), ("gender", text), ("mentions", pa.list_(place)),
            ("statements", number),
        ],
        "damage": [
            *((name, text) for name in _SHORT),
            ("damage", text), ("kind", text), ("severity", text), ("start", number), ("end", number), ("words", text),
            ("action", text), ("message", text), ("cause", text), ("suggestion", text), ("by", text),
        ],
        "refused": [("origin", text), ("reason", text)],
    }  # fmt: skip
    told = {
        "reportedly.schema": SCHEMA,
        "reportedly.offsets": "Unicode code points into the column text of articles, end exclusive",
    }
    found = {name: pa.schema(fields, metadata=told) for name, fields in columns.items()}
    found["statements"] = statements.with_metadata(told)
    return {name: found[name] for name in TABLES}


def parquet_writer(rows: list[dict[str, Any]], schema: Any) -> Callable[[IO[bytes]], None]:
    """What writes these rows; the same rows give the same bytes."""
    pa, parquet = arrow()

    def write(out: IO[bytes]) -> None:
        table = pa.Table.from_pylist(rows, schema=schema)
        parquet.write_table(table, out, compression="zstd", row_group_size=5_000)

    return write


def lines_writer(readings: Iterable[str]) -> Callable[[IO[bytes]], None]:
    """What writes these records as packed lines; without the time, so that the same records give the same bytes."""

    def write(out: IO[bytes]) -> None:
        with gzip.GzipFile("", "wb", 6, out, 0) as packed, io.TextIOWrapper(packed, "utf-8", newline="") as file:
            for record in readings:
                file.write(record)
                file.write("\n")

    return write
