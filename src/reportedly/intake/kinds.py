"""What kind of parcel is this? The one place that knows all unpackers; asked in this order, by content before name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reportedly.intake import addresses, csv_rows, feeds, jsonl, opml, parquet_rows, sitemap, wacz, warc
from reportedly.intake.parcel import Item, Label, Order, Parcel


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of parcel: its name for people, how it is known, how it is unpacked."""

    name: str
    is_this: Callable[[Label], bool]
    unpack: Callable[[Parcel, Order], Iterator[Item]]


KINDS = (
    Kind("WARC", warc.is_this, warc.unpack),
    Kind("WACZ", wacz.is_this, wacz.unpack),
    Kind("Parquet", parquet_rows.is_this, parquet_rows.unpack),
    Kind("feed", feeds.is_this, feeds.unpack),
    Kind("sitemap", sitemap.is_this, sitemap.unpack),
    Kind("OPML", opml.is_this, opml.unpack),
    Kind("JSON", jsonl.is_this, jsonl.unpack),
    Kind("CSV", csv_rows.is_this, csv_rows.unpack),
    Kind("addresses", addresses.is_this, addresses.unpack),
)


def kind_of(label: Label) -> Kind | None:
    """The kind of a parcel; None for what holds a single article.

    >>> kind_of(Label(b'{"text": "Die Bruecke bleibe zu."}')).name
    'JSON'
    """
    return next((kind for kind in KINDS if kind.is_this(label)), None)
