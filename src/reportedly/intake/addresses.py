"""A text of nothing but web addresses, one a line -> links. `#` begins a comment."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.intake.carried import quoted, web_address
from reportedly.intake.csv_rows import lines_of
from reportedly.intake.parcel import HEAD, Item, Label, Leads, Link, Order, Parcel
from reportedly.intake.place import inside
from reportedly.model.article import Refusal


def is_this(label: Label) -> bool:
    """Every line of the head that is not empty and no comment is an address."""
    if label.media_type and not label.media_type.startswith("text/plain"):
        return False
    head = label.head.decode("latin-1").removeprefix("\xef\xbb\xbf")
    lines = head.splitlines()
    if len(label.head) >= HEAD:
        lines = lines[:-1]  # perhaps cut in the middle
    said = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return bool(said) and all(
        line.lower().startswith(("http://", "https://")) and len(line.split()) == 1 for line in said
    )


def unpack(parcel: Parcel, order: Order) -> Iterator[Item]:
    """A link a line; what stands behind it may be an article or again a list (a feed, a sitemap)."""
    for number, line in lines_of(parcel.stream, parcel.label.head):
        written = (line or "").strip("\ufeff \t\r\n")
        if line is not None and (not written or written.startswith("#")):
            continue
        origin = inside(parcel.origin, "line", number)
        address = web_address(written)
        if address:
            yield Link(address, origin, parcel.hints, Leads.ANYTHING)
        else:
            yield Refusal(origin, f"{quoted(written)} is no web address")
