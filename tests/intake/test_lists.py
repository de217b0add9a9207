"""Feeds, OPML and sitemaps as they are written in the wild: what they lead to, and what they may not do."""

from __future__ import annotations

import io
import time
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import webserver
from reportedly.intake import kinds, take_in_from
from reportedly.intake.feeds import MOST_ENTRIES, Feed, feed_of
from reportedly.intake.parcel import Item, Label, Leads, Link, Manuscript, Order, Parcel
from reportedly.intake.unpacked import DamagedError
from reportedly.model.article import Article, Refusal
from webserver import Web, says

FULL = "Die Stadt teilte am Montag mit, die Brücke bleibe bis Ostern gesperrt. " * 10

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="urn:content" xmlns:dc="urn:dc" xmlns:atom="urn:x/2005/Atom" xmlns:media="urn:mrss">
<channel><title>Talbote</title><link>https://talbote.example/</link><atom:link rel="self" href="https://talbote.example/rss"/>
<language>de-DE</language>
<item><media:title>Bild</media:title><title>Br&uuml;cke &amp; Hafen</title><link> https://talbote.example/1?a=1&amp;b=2 </link>
<guid isPermaLink="false">nr-1</guid><pubDate>Mon, 28 Oct 2024 14:05:00 +0100</pubDate><description>Kurz.</description></item>
<item><title><![CDATA[Zwei <b>Tore</b>]]></title><guid>https://talbote.example/2</guid><dc:date>2024-10-28T15:00:00Z</dc:date>
<content:encoded><![CDATA[<p>FULL</p><p>Zweiter Absatz.</p>]]></content:encoded></item>
<item><title>Ohne alles</title></item>
</channel></rss>""".replace("FULL", FULL)  # fmt: skip

ATOM = """<feed xmlns="urn:w3/2005/Atom" xml:base="https://talbote.example/neu/" xml:lang="de">
<title>Talbote</title><entry><title type="html">Br&amp;uuml;cke</title><id>tag:1</id><updated>2024-10-29T08:00:00Z</updated>
<published>2024-10-28T14:05:00+01:00</published><link rel="edit" href="/edit"/><link rel="alternate" type="text/html" href="1.html"/>
<content type="xhtml"><div><p>FULL</p><p>Und mehr.</p></div></content></entry></feed>""".replace("FULL", FULL)

RDF = """<rdf:RDF xmlns:rdf="urn:rdf" xmlns="urn:rss1"><channel><title>Talbote</title></channel>
<item><title>Brücke</title><link>https://talbote.example/1</link></item></rdf:RDF>"""


def unpacked(text: str | bytes, name: str = "", media_type: str = "") -> list[Item]:
    data = text.encode() if isinstance(text, str) else text
    label = Label(data[:65_536], name, media_type)
    kind = kinds.kind_of(label)
    assert kind is not None, "not recognised"
    return list(kind.unpack(Parcel("liste.xml", io.BytesIO(data), label, base="https://talbote.example/feed"), Order()))


def test_rss() -> None:
    one, two, three = unpacked(RSS)
    assert isinstance(one, Link)
    assert (one.url, one.hints.title, one.hints.published) == (
        "https://talbote.example/1?a=1&b=2", "Brücke & Hafen", "2024-10-28T14:05:00+01:00",
    )  # fmt: skip
    assert (one.hints.outlet, one.hints.language, one.leads, one.origin) == (
        "Talbote",
        "de",
        Leads.ARTICLE,
        "liste.xml#item=1",
    )
    assert one.instead is None
    assert isinstance(two, Link)
    assert (two.url, two.hints.title, two.hints.published) == (
        "https://talbote.example/2",
        "Zwei Tore",
        "2024-10-28T15:00:00+00:00",
    )
    assert two.instead is not None
    assert three == Refusal("liste.xml#item=3", "is an entry of a feed without a link and without a text")


def test_atom_and_rdf() -> None:
    (one,) = unpacked(ATOM)
    assert isinstance(one, Link)
    assert (one.url, one.hints.published) == ("https://talbote.example/neu/1.html", "2024-10-28T14:05:00+01:00")
    assert isinstance(one.instead, Manuscript)
    (other,) = unpacked(RDF)
    assert isinstance(other, Link)
    assert (other.url, other.hints.outlet) == ("https://talbote.example/1", "Talbote")


def test_where_nothing_is_fetched_the_text_of_the_feed_is_read() -> None:
    found = list(take_in_from(["-"], stdin=io.BytesIO(RSS.encode())))
    (article,) = [item for item in found if isinstance(item, Article)]
    assert article.text == f"{FULL.strip()}\n\nZweiter Absatz."
    assert (article.title, article.url, article.notes) == (
        "Zwei Tore",
        "https://talbote.example/2",
        ("text as the feed carries it",),
    )


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_feeds_in_any_encoding(charset: str) -> None:
    data = RSS.replace('encoding="UTF-8"', f'encoding="{charset}"').encode(charset)
    feed = feed_of(data)
    assert feed.entries[0].title == "Brücke & Hafen"


def test_damaged_feeds_give_what_is_left() -> None:
    feed = feed_of(RSS.replace("</title>", "", 1).encode()[:-200])
    assert [entry.url for entry in feed.entries][:1] == ["https://talbote.example/1?a=1&b=2"]
    assert feed.notes == ("the feed is damaged XML: entries may be missing",)


ENTITIES = [
    '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>',
    '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
    '<!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd" [ <!ENTITY % p SYSTEM "http://127.0.0.1/p"> %p; ]><rss/>',
    '<!doctype urlset [<!ENTITY x "y">]><urlset><url><loc>&x;</loc></url></urlset>',
    '<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE opml [\n<!ENTITY x SYSTEM "file:///etc/passwd">\n]>\n<opml><body><outline xmlUrl="&x;"/></body></opml>',
]


@pytest.mark.parametrize("text", ENTITIES)
def test_entities_of_its_own_are_refused(text: str) -> None:
    with pytest.raises(DamagedError, match="entities of its own"):
        feed_of(text.encode())
    for data in (text.encode(), text.encode("utf-16")):
        (found,) = take_in_from(["-"], stdin=io.BytesIO(data))
        assert isinstance(found, Refusal)


def test_an_external_document_type_is_not_loaded() -> None:
    feed = feed_of(
        b'<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss><channel><title>&x; A</title><item><link>https://a.example/1</link></item></channel></rss>'
    )
    assert feed.entries[0].url == "https://a.example/1"


@pytest.mark.parametrize(
    "inner",
    ["<author>" + "." * 200_000 + "</author>", "<title>" + "<" * 200_000, "<a>" * 200_000, "&amp;" * 200_000, "&uuml" * 200_000,
     "<item>" * 100_000, "<title " + "a='b' " * 50_000 + ">", "<![CDATA[" * 100_000, "<!--" * 100_000, "<?a " * 100_000],
)  # fmt: skip
def test_no_feed_takes_long(inner: str) -> None:
    """feedparser needs 47 seconds for 32,000 dots in an author."""
    data = f"<rss><channel><item><link>https://a.example/1</link>{inner}</item></channel></rss>".encode()
    tracemalloc.start()
    began = time.process_time()
    try:
        feed_of(data)
    except DamagedError:
        pass
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < 5


def test_more_entries_than_any_feed_has() -> None:
    feed = feed_of(
        b"<rss><channel>" + b"<item><link>https://a.example/1</link></item>" * (MOST_ENTRIES + 7) + b"</channel></rss>"
    )
    assert len(feed.entries) == MOST_ENTRIES
    assert feed.notes == ("only the first 5,000 of 5,007 entries of the feed were taken",)


@given(st.binary(max_size=300), st.text(max_size=100))
def test_any_bytes_are_a_feed_or_refused(data: bytes, text: str) -> None:
    for given_bytes in (
        data,
        b"<rss>" + data,
        RSS.replace("Brücke", text).replace("Talbote", text).encode("utf-8", "replace"),
    ):
        try:
            assert isinstance(feed_of(given_bytes), Feed)
        except DamagedError as error:
            assert "\n" not in str(error)  # noqa: PT017


def test_ampersands_and_letters_of_html_as_many_feeds_write_them() -> None:
    feed = feed_of(
        RSS.replace("&amp;", "&").replace("Kurz.", "AT&T &nbsp;&unbekannt; &#228; &Auml; <![CDATA[A&B]]>").encode()
    )
    assert feed.notes == ()
    assert (feed.entries[0].url, feed.entries[0].title) == ("https://talbote.example/1?a=1&b=2", "Brücke & Hafen")
    assert feed.entries[0].summary == "AT&T \xa0&unbekannt; ä Ä A&B"


# --- OPML and sitemaps


OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Meine</title></head><body>
<outline text="Norden"><outline text="Talbote" title="Talbote" type="rss" xmlUrl="https://talbote.example/rss" htmlUrl="https://talbote.example"/></outline>
<outline text="Kaputt" xmlUrl="irgendwo"/><outline TEXT="Hafenecho" XMLURL="https://hafenecho.example/atom"/></body></opml>"""


def test_opml() -> None:
    first, second, third = unpacked(OPML)
    assert isinstance(first, Link)
    assert (first.url, first.hints.outlet, first.leads) == ("https://talbote.example/rss", "Talbote", Leads.LIST)
    assert second == Refusal("liste.xml#item=2", '"irgendwo" is no address of a feed')
    assert isinstance(third, Link)
    assert third.url == "https://hafenecho.example/atom"


SITEMAP = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="urn:sitemap" xmlns:news="urn:news">
<url><loc>https://talbote.example/1</loc><lastmod>2024-10-29</lastmod><news:news><news:publication><news:name>Talbote</news:name>
<news:language>de</news:language></news:publication><news:publication_date>2024-10-28T14:05:00+01:00</news:publication_date>
<news:title>Brücke bleibt zu</news:title></news:news></url>
<url><loc>/2</loc></url><url><loc>javascript:alert(1)</loc></url><url></url></urlset>"""


def test_sitemaps() -> None:
    one, two, three, four = unpacked(SITEMAP)
    assert isinstance(one, Link)
    assert (one.url, one.hints.title, one.hints.outlet, one.hints.published, one.hints.language) == (
        "https://talbote.example/1", "Brücke bleibt zu", "Talbote", "2024-10-28T14:05:00+01:00", "de",
    )  # fmt: skip
    assert isinstance(two, Link)
    assert (two.url, two.hints.published) == ("https://talbote.example/2", None)
    assert three == Refusal("liste.xml#item=3", '"javascript:alert(1)" is no web address')
    assert four == Refusal("liste.xml#item=4", '"" is no web address')


@pytest.fixture
def web() -> Iterator[Web]:
    with webserver.web() as running:
        yield running


def test_an_index_of_packed_sitemaps_leads_to_pages(web: Web) -> None:
    import gzip

    page = "<html><body><article><h1>Hafen</h1><p>Der Hafen werde im Mai vertieft, sagte Enno Sieg.</p></article></body></html>"
    web.put("/1", says(page))
    inner = f"<urlset><url><loc>{web.address('/1')}</loc></url></urlset>"
    web.put("/s.xml.gz", says(gzip.compress(inner.encode()), "application/x-gzip"))
    web.put(
        "/index.xml",
        says(f"<sitemapindex><sitemap><loc>{web.address('/s.xml.gz')}</loc></sitemap></sitemapindex>", "text/xml"),
    )
    with web.fetcher(robots=False) as fetcher:
        (found,) = take_in_from([web.address("/index.xml")], fetcher=fetcher)
    assert isinstance(found, Article)
    assert found.url == web.address("/1")


def test_opml_leads_to_feeds_leads_to_articles(web: Web) -> None:
    page = "<html><body><article><h1>Hafen</h1><p>Der Hafen werde im Mai vertieft, sagte Enno Sieg.</p></article></body></html>"
    web.put("/1", says(page))
    feed = f"<rss><channel><title>Talbote</title><item><link>{web.address('/1')}</link><pubDate>Mon, 28 Oct 2024 14:05:00 +0100</pubDate></item></channel></rss>"
    web.put("/rss", says(feed, "text/xml"))
    opml = f'<opml><body><outline xmlUrl="{web.address("/rss")}"/><outline xmlUrl="{web.address("/1")}"/></body></opml>'
    with web.fetcher(robots=False) as fetcher:
        found = list(take_in_from(["-"], stdin=io.BytesIO(opml.encode()), fetcher=fetcher))
    (article,) = [item for item in found if isinstance(item, Article)]
    assert (article.published, article.outlet) == ("2024-10-28T14:05:00+01:00", "Talbote")
