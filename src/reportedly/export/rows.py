"""The statements as CSV: one row each, words beside their places."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TextIO

from reportedly.export import PLAIN, Look
from reportedly.export.held import held
from reportedly.export.safe import cell
from reportedly.model.joins import Joins
from reportedly.model.span import Span, text_of

if TYPE_CHECKING:
    from reportedly.model.reading import Reading
    from reportedly.model.statement import Statement

COLUMNS = (
    "article", "origin", "outlet", "title", "published", "url", "language",
    "statement", "form", "within", "speaker_name", "speaker_id", "speaker_kind", "speaker_named", "speaker", "speaker_spans",
    "cue", "cue_spans", "cue_class", "content", "content_spans", "quoted", "quoted_spans", "frame", "frame_spans",
    "addressee", "addressee_spans", "addressee_name", "authority", "authority_spans", "authority_name",
    "occasion", "occasion_spans", "medium", "mood", "negated", "times", "places", "quantities",
    "confidence", "damage", "by", "signature", "judged",
)  # fmt: skip
"""Stable names and order: new columns come last."""


def write(readings: Iterable[Reading], out: TextIO, look: Look = PLAIN) -> None:
    """RFC 4180 with a header; with `look.excel` a BOM, semicolons, decimal commas and protected text cells."""
    if look.excel:
        out.write("\ufeff")
    table = csv.writer(out, delimiter=";" if look.excel else ",", lineterminator="\r\n")
    table.writerow(COLUMNS)
    for reading in readings:
        for row in rows_of(reading):
            table.writerow([_value(row[c], look.excel) for c in COLUMNS])


def rows_of(reading: Reading) -> Iterator[Mapping[str, str | float | bool | None]]:
    """The rows of one reading by column name."""
    joins, article = Joins(reading), reading.article
    about = {
        "article": article.id,
        "origin": article.origin,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published,
        "url": article.url,
        "language": article.language,
        "signature": reading.signature,
    }
    for s in reading.statements:
        yield {**about, **_row(joins, s)}


def _row(joins: Joins, s: Statement) -> dict[str, str | float | bool | None]:
    text = joins.reading.text
    who, to = joins.who(s), joins.who(s, "addressee")
    owners = [joins.who(s, "authority", n) for n in range(len(s.authority))]
    said_by = joins.attribution(s)
    row: dict[str, str | float | bool | None] = {
        "statement": s.id,
        "form": s.form.value,
        "within": s.within,
        "speaker_name": who.name if who else None,
        "speaker_id": said_by.speaker if said_by else None,
        "speaker_kind": who.kind if who else None,
        "speaker_named": who.named if who else None,
        "cue_class": s.cue_class,
        "addressee_name": to.name if to else None,
        "authority": "; ".join(f"{text_of(a.marker, text)} {text_of(a.span, text)}".strip() for a in s.authority),
        "authority_spans": spans(p for a in s.authority for p in (*a.marker, *a.span)),
        "authority_name": "; ".join(o.name for o in owners if o),
        "medium": s.medium.value,
        "mood": s.mood.value if s.mood else None,
        "negated": s.negated,
        "times": "; ".join(f"{m.span.of(text)} = {m.value or '?'}" for m in joins.moments(s)),
        "places": "; ".join(p.name for p in joins.places(s)),
        "quantities": "; ".join(q.span.of(text) for q in joins.quantities(s)),
        "confidence": round(joins.reading.confidence.get(s.id, s.sure), 3),
        "damage": " ".join(joins.damage_ids(s)),
        "by": s.by,
        "judged": joins.reading.judged.get(s.id),
    }
    for name, places in (
        ("speaker", (s.speaker,) if s.speaker else ()),
        ("cue", s.cue),
        ("content", s.content),
        ("quoted", s.quoted),
        ("frame", s.frame),
        ("addressee", (s.addressee,) if s.addressee else ()),
        ("occasion", s.occasion),
    ):
        row[name], row[f"{name}_spans"] = text_of(places, text), spans(places)
    return row


def spans(places: Iterable[Span]) -> str:
    """Places in one cell: `27-128;140-150`, code points, end exclusive."""
    return ";".join(f"{p.start}-{p.end}" for p in places)


def _value(value: str | float | bool | None, excel: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(value).replace(".", ",") if excel else str(value)
    text = held(str(value))
    return cell(text) if excel else text
