"""The statements as Parquet: the rows of the CSV with real types, for DuckDB, Polars, pandas, R, Spark."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from reportedly.export import PLAIN, Look, lacking
from reportedly.export.held import held, replaced
from reportedly.export.roles import places_of
from reportedly.export.rows import COLUMNS, rows_of
from reportedly.model.joins import Joins

if TYPE_CHECKING:
    from reportedly.model.reading import Reading
    from reportedly.model.span import Span
    from reportedly.model.statement import Statement

SCHEMA = "reportedly-rows/1"
"""Rises where a column changes its meaning or type; new columns come last."""
EXTRA_COLUMNS = ("published_date", "text", "replaced")
_ROWS, _CHARACTERS = 5_000, 16_000_000
"""A row group is written when it has so many rows, or its texts so many characters: this bounds the memory."""
_DICTIONARY = 1 << 26
"""Bytes: the text of an article is the same in all its rows and stands in the file once a row group."""
_SPANS = tuple(c for c in COLUMNS if c.endswith("_spans"))


def write(readings: Iterable[Reading], out: BinaryIO, look: Look = PLAIN) -> None:
    """One row a statement, zstd, a row group for every 5,000 rows. Nothing in `look` changes it.

    Raises ReportedlyError where pyarrow is missing.
    """
    pa, parquet = _pyarrow()
    schema = schema_of(pa)
    with parquet.ParquetWriter(out, schema, compression="zstd", dictionary_pagesize_limit=_DICTIONARY) as file:
        for rows in _grouped(readings):
            file.write_table(pa.Table.from_pylist(rows, schema=schema))


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise lacking("pyarrow", "parquet") from error
    return pyarrow, pyarrow.parquet


def _grouped(readings: Iterable[Reading]) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    size = 0
    for reading in readings:
        for row in typed_rows(reading):
            rows.append(row)
            size += len(reading.text)
            if len(rows) >= _ROWS or size >= _CHARACTERS:
                yield rows
                rows, size = [], 0
    if rows:
        yield rows


def typed_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """The rows of `rows_of` with lists and structs where the CSV has text for people, and the article's whole text."""
    joins = Joins(reading)
    text = held(reading.text)
    once = {"text": text, "replaced": replaced(reading.text), "published_date": day(reading.article.published)}
    for s, row in zip(reading.statements, rows_of(reading), strict=True):
        plain = {name: held(value) if isinstance(value, str) else value for name, value in row.items()}
        yield plain | _places(s) | _facts(joins, s) | {"damage": list(joins.damage_ids(s))} | once


def _places(s: Statement) -> dict[str, Any]:
    found: dict[str, list[dict[str, int]]] = {name: [] for name in _SPANS}
    for placed in places_of(s):
        name = f"{placed.role.removesuffix('_marker')}_spans"
        if name in found:
            found[name] += [_span(p) for p in placed.pieces]
    found["authority_spans"] = [_span(p) for a in s.authority for p in (*a.marker, *a.span)]
    return found


def _span(place: Span) -> dict[str, int]:
    return {"start": place.start, "end": place.end}


def _facts(joins: Joins, s: Statement) -> dict[str, list[Mapping[str, Any]]]:
    text = joins.reading.text

    def at(place: Span) -> dict[str, Any]:
        return {"words": held(place.of(text)), **_span(place)}

    return {
        "times": [{**at(m.span), "value": m.value} for m in joins.moments(s)],
        "places": [{**at(p.span), "name": held(p.name), "country": p.country} for p in joins.places(s)],
        "quantities": [
            {
                **at(q.span), "value": q.value, "min": q.min, "max": q.max, "relation": q.relation,
                "noun": q.noun and held(q.noun), "unit": q.unit and held(q.unit),
            }
            for q in joins.quantities(s)
        ],
    }  # fmt: skip


def day(published: str | None) -> datetime.date | None:
    """The day where one is known: not for "2024-10"."""
    try:
        return datetime.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def schema_of(pa: Any) -> Any:
    """The columns with their types."""
    place = [("start", pa.int32()), ("end", pa.int32())]
    words = [("words", pa.string()), *place]
    number = pa.float64()
    types: dict[str, Any] = {
        **{name: pa.list_(pa.struct(place)) for name in _SPANS},
        "times": pa.list_(pa.struct([*words, ("value", pa.string())])),
        "places": pa.list_(pa.struct([*words, ("name", pa.string()), ("country", pa.string())])),
        "quantities": pa.list_(
            pa.struct(
                [
                    *words, ("value", number), ("min", number), ("max", number),
                    ("relation", pa.string()), ("noun", pa.string()), ("unit", pa.string()),
                ]
            )
        ),
        "speaker_named": pa.bool_(),
        "negated": pa.bool_(),
        "confidence": number,
        "damage": pa.list_(pa.string()),
        "published_date": pa.date32(),
    }  # fmt: skip
    told = {
        "reportedly.schema": SCHEMA,
        "reportedly.offsets": "Unicode code points into the column text, end exclusive",
        "reportedly.replaced": "characters that UTF-8 cannot hold stand as U+FFFD in text, listed as place:code point",
    }
    return pa.schema([(c, types.get(c, pa.string())) for c in (*COLUMNS, *EXTRA_COLUMNS)], metadata=told)
