"""RSS (0.9 to 2.0, RDF) and Atom -> links to articles, with what the feed says of each.

Read with lxml and not with a feed library: see docs/decisions/0010-lists-in-xml.md. The article is what stands at the link; where
nothing may be fetched, the full text is taken that some feeds carry themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from reportedly.intake.carried import NOTHING, Carried, cleaned, web_address
from reportedly.intake.parcel import Item, Label, Leads, Link, Manuscript, Order, Parcel
from reportedly.intake.place import inside
from reportedly.intake.published import carried_date
from reportedly.intake.tongue import short_code
from reportedly.intake.unpacked import DamagedError
from reportedly.intake.xmllists import LARGEST, children, first, local, namespace, outermost, root_of, words
from reportedly.model.article import Refusal

MOST_ENTRIES = 5_000
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_FULL_TEXT = 500
"""Characters from which a content element is taken for the article itself and not for a teaser."""
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; `id` is what tells it from the others."""

    id: str
    url: str | None
    title: str | None
    published: str | None
    content: str | None
    summary: str | None
    updated: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    title: str | None
    language: str | None
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()


def is_this(label: Label) -> bool:
    return (
        "rss+xml" in label.media_type
        or "atom+xml" in label.media_type
        or outermost(label.head) in ("rss", "feed", "rdf")
    )


def unpack(parcel: Parcel, order: Order) -> Iterator[Item]:
    """A link for each entry, newest first as feeds have them."""
    feed = feed_of(parcel.stream.read(LARGEST + 1), parcel.label.media_type, parcel.base)
    for number, entry in enumerate(feed.entries, 1):
        yield item_of(entry, feed, inside(parcel.origin, "item", number), parcel.hints)
    if not feed.entries:
        yield Refusal(parcel.origin, "is a feed without entries; there is nothing to read")


def feed_of(data: bytes, media_type: str | None = None, base: str | None = None) -> Feed:
    """A feed as its six fields; raises DamagedError where there is no feed in it."""
    root, damaged = root_of(data, media_type)
    if local(root) not in ("rss", "feed", "rdf"):
        raise DamagedError(f"is XML, but no feed (<{local(root)[:30]}>)")
    channel = next(children(root, "channel"), root)
    found = [element for element in root.iter() if local(element) in ("item", "entry")]
    base = root.get(_XML_BASE) or base
    entries = tuple(_entry(element, base) for element in found[:MOST_ENTRIES])
    notes = ("the feed is damaged XML: entries may be missing",) if damaged else ()
    if len(found) > MOST_ENTRIES:
        notes = (*notes, f"only the first {MOST_ENTRIES:,} of {len(found):,} entries of the feed were taken")
    language = first(channel, "language") or root.get(_XML_LANG)
    return Feed(cleaned(first(channel, "title"), 120), short_code(language), entries, notes)


def item_of(entry: Entry, feed: Feed, origin: str, hints: Carried = NOTHING) -> Item:
    """What there is to read for an entry: its page, or the text that it carries."""
    about = Carried(entry.title, feed.title, entry.url, entry.published, feed.language).else_(hints)
    carried = _carried_text(entry)
    notes = ("text as the feed carries it", *feed.notes)
    own = Manuscript(carried, origin, "text/html", hints=about, notes=notes, body_only=True) if carried else None
    if entry.url is None:
        return own or Refusal(origin, "is an entry of a feed without a link and without a text")
    return Link(entry.url, origin, about, Leads.ARTICLE, own)


def _carried_text(entry: Entry) -> str | None:
    """Full text stands in `content:encoded` or Atom's `content`; a description as long as an article is one, too."""
    for text in (entry.content, entry.summary):
        if text and len(_TAGS.sub("", text).strip()) >= _FULL_TEXT:
            return text
    return None


def _entry(element: Any, base: str | None) -> Entry:
    link = _link(element, base)
    identity = cleaned(first(element, "guid", "id"), 2000) or link or cleaned(first(element, "title")) or ""
    dates = (
        first(element, name) for name in ("published", "pubdate", "date", "issued", "created", "updated", "modified")
    )
    title = first(element, "title")
    return Entry(
        identity,
        link,
        cleaned(_TAGS.sub("", title)) if title else None,
        next((d for written in dates if written and (d := carried_date(written))), None),
        _html(element, "encoded") or _html(element, "content"),
        _html(element, "description") or _html(element, "summary"),
        cleaned(first(element, "updated", "modified"), 80),
    )


def _link(element: Any, base: str | None) -> str | None:
    """RSS: the text of `<link>`, else a `<guid>` that is an address; Atom: the `href` of the alternate one."""
    candidates: list[str] = []
    for link in children(element, "link"):
        if namespace(link).endswith("Atom") and namespace(element) != namespace(link) and link.get("rel") == "self":
            continue
        href = link.get("href")
        if href and link.get("rel", "alternate") == "alternate":
            candidates.insert(0, href) if "html" in (link.get("type") or "html") else candidates.append(href)
        elif not href and (text := words(link).strip()):
            candidates.append(text)
    candidates += [
        text
        for guid in children(element, "guid", "origlink")
        if guid.get("isPermaLink") != "false" and (text := words(guid).strip())
    ]
    for candidate in candidates:
        try:
            joined = urljoin(element.get(_XML_BASE) or base or "", candidate)
        except ValueError:
            continue
        if address := web_address(joined):
            return address
    return None


def _html(element: Any, name: str) -> str | None:
    """The HTML of a child: escaped, in CDATA, or (Atom's xhtml) as elements of its own."""
    for child in children(element, name):
        if child.get("src"):
            continue
        if len(child):
            from lxml import etree

            return "".join([child.text or "", *(etree.tostring(c, encoding="unicode") for c in child)])
        if text := (child.text or "").strip():
            return text
    return None
