"""OPML, the list of feeds that feed readers export -> links to the feeds, with the names the user gave them."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.intake.carried import Carried, cleaned, quoted, web_address
from reportedly.intake.parcel import Item, Label, Leads, Link, Order, Parcel
from reportedly.intake.place import inside
from reportedly.intake.unpacked import DamagedError
from reportedly.intake.xmllists import LARGEST, local, outermost, root_of
from reportedly.model.article import Refusal


def is_this(label: Label) -> bool:
    return label.named(".opml") or "opml" in label.media_type or outermost(label.head) == "opml"


def unpack(parcel: Parcel, order: Order) -> Iterator[Item]:
    """A link for each outline with an `xmlUrl`, however deep in folders."""
    root, _ = root_of(parcel.stream.read(LARGEST + 1), parcel.label.media_type)
    if local(root) != "opml":
        raise DamagedError(f"is XML, but no OPML (<{local(root)[:30]}>)")
    number = 0
    for outline in root.iter():
        attributes = (
            {name.lower(): value for name, value in outline.attrib.items()} if local(outline) == "outline" else {}
        )
        if not attributes.get("xmlurl"):
            continue
        number += 1
        origin = inside(parcel.origin, "item", number)
        if address := web_address(attributes["xmlurl"]):
            name = cleaned(attributes.get("title") or attributes.get("text"), 120)
            yield Link(address, origin, Carried(outlet=name), Leads.LIST)
        else:
            yield Refusal(origin, f"{quoted(attributes['xmlurl'])} is no address of a feed")
    if not number:
        yield Refusal(parcel.origin, "is an OPML file without feeds; there is nothing to read")
