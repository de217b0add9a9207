"""Sitemaps -> links to pages, and from an index to further sitemaps; news sitemaps say title, outlet and date too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from reportedly.intake.carried import Carried, cleaned, quoted, web_address
from reportedly.intake.parcel import Item, Label, Leads, Link, Order, Parcel
from reportedly.intake.place import inside
from reportedly.intake.published import carried_date
from reportedly.intake.tongue import short_code
from reportedly.intake.unpacked import DamagedError
from reportedly.intake.xmllists import LARGEST, children, first, local, outermost, root_of
from reportedly.model.article import Refusal

MOST = 50_000
"""Addresses in one file, by the standard."""


def is_this(label: Label) -> bool:
    return outermost(label.head) in ("urlset", "sitemapindex")


def unpack(parcel: Parcel, order: Order) -> Iterator[Item]:
    """A link for each `<loc>`. `lastmod` is no date of publication and is not taken for one."""
    root, _ = root_of(parcel.stream.read(LARGEST + 1), parcel.label.media_type)
    if local(root) not in ("urlset", "sitemapindex"):
        raise DamagedError(f"is XML, but no sitemap (<{local(root)[:30]}>)")
    leads = Leads.LIST if local(root) == "sitemapindex" else Leads.ARTICLE
    number = 0
    for number, entry in enumerate(children(root, "url", "sitemap"), 1):
        origin = inside(parcel.origin, "item", number)
        if number > MOST:
            yield Refusal(origin, f"a sitemap may name {MOST:,} addresses; this and the following were left")
            return
        written = first(entry, "loc")
        address = _joined(parcel.base, written) if written else None
        if address is None:
            yield Refusal(origin, f"{quoted(written)} is no web address")
        else:
            yield Link(address, origin, _news(entry, parcel.hints, address), leads)
    if not number:
        yield Refusal(parcel.origin, "is a sitemap without addresses; there is nothing to read")


def _joined(base: str | None, written: str) -> str | None:
    try:
        return web_address(urljoin(base or "", written))
    except ValueError:
        return None


def _news(entry: Any, hints: Carried, address: str) -> Carried:
    news = next(children(entry, "news"), None)
    if news is None:
        return Carried(url=address).else_(hints)
    publication = next(children(news, "publication"), None)
    named = publication is not None
    published = first(news, "publication_date")
    return Carried(
        title=cleaned(first(news, "title")),
        outlet=cleaned(first(publication, "name"), 120) if named else None,
        url=address,
        published=carried_date(published) if published else None,
        language=short_code(first(publication, "language")) if named else None,
    ).else_(hints)
