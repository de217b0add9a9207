"""Web pages of invented outlets, each beside the article that must come out of it."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path

import pytest

from reportedly.intake import take_in
from reportedly.intake.markup import cost_of
from reportedly.model.article import Article, Refusal

PAGES = Path(__file__).parent.parent / "pages"
SENTENCE = "Die Stadt teilte am Montag mit, die Brücke bleibe bis Ostern gesperrt. "


def article_of(page: str | bytes) -> Article:
    found = take_in(page.encode() if isinstance(page, str) else page)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.html")), ids=lambda p: p.stem)
def test_a_page_gives_its_article(page: Path) -> None:
    expected = json.loads(page.with_suffix(".json").read_text("utf-8"))
    article = take_in(page)
    assert isinstance(article, Article)
    found = {
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": article.published,
        "language": article.language,
        "notes": list(article.notes),
        "blocks": [[b.role.value, b.span.of(article.text)] for b in article.blocks],
    }
    assert found == expected
    assert article.text == "\n\n".join(words for _, words in expected["blocks"])


def test_navigation_cookie_banners_comments_and_scripts_are_not_in_the_text() -> None:
    text = " ".join(
        article_of((PAGES / f"{name}.html").read_bytes()).text for name in ("talbote", "kuestenfunk", "abendpost")
    )
    for word in (
        "Impressum",
        "Datenschutz",
        "akzeptieren",
        "Zustimmen",
        "Heiner",
        "dataLayer",
        "nicht lesen",
        "Startseite",
        "Werbung",
    ):
        assert word not in text


def page(head: str = "", body: str = f"<h1>Titel der Geschichte</h1><p>{SENTENCE * 3}</p>") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body><article>{body}</article></body></html>"


LINKED = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (LINKED.format('{"@type":"NewsArticle","datePublished":"2024-10-28T14:05:00+01:00"}'), "2024-10-28T14:05:00+01:00"),
        (LINKED.format('{"@type":"NewsArticle","datePublished":"2024-10-28"}') + '<meta property="article:published_time" content="2024-10-28T09:30+01:00">', "2024-10-28T09:30:00+01:00"),
        (LINKED.format('{"@type":"NewsArticle","datePublished":"bald"') + '<meta name="date" content="2024-10-28">', "2024-10-28"),
        (LINKED.format("[" * 100_000), None),
        ('<meta itemprop="datePublished" content="Mon, 28 Oct 2024 14:05:00 +0100">', "2024-10-28T14:05:00+01:00"),
        ("", None),
    ],
)  # fmt: skip
def test_date_of_a_page(head: str, published: str | None) -> None:
    assert article_of(page(head)).published == published


def test_date_in_the_article_and_by_the_look_of_the_page() -> None:
    assert (
        article_of(page("", f'<time datetime="2024-10-28T14:05Z">gestern</time><p>{SENTENCE}</p>')).published
        == "2024-10-28T14:05:00+00:00"
    )
    assert article_of(page("", f'<span class="date">28.10.2024</span><p>{SENTENCE}</p>')).published == "2024-10-28"


def test_title_outlet_and_address_where_the_page_says_little() -> None:
    article = article_of(
        page(
            "<title>Brücke zu | Talbote</title><link rel=canonical href='https://www.talbote.example/a'>",
            f"<p>{SENTENCE * 3}</p>",
        )
    )
    assert (article.title, article.outlet, article.url) == (
        "Brücke zu",
        "talbote.example",
        "https://www.talbote.example/a",
    )


def test_hostile_fields_are_dropped_or_made_one_line() -> None:
    head = (
        '<link rel="canonical" href="javascript:alert(1)">'
        + LINKED.format(
            '{"@type":"NewsArticle","headline":["x"],"publisher":{"name":{"a":1}},"datePublished":17,"url":"file:///etc/passwd"}'
        )
        + '<meta property="og:title" content="Zeile\n eins\x1b[31m">'
    )
    article = article_of(page(head))
    assert (article.title, article.outlet, article.url, article.published) == ("Zeile eins [31m", None, None, None)


def test_declared_charset_of_a_page() -> None:
    data = page(
        "<meta charset=iso-8859-1>",
        "<p>„Für die Straße“, sagte Ärztin Öztürk – leise, aber sehr bestimmt, am Montag.</p>",
    ).encode("cp1252")
    assert article_of(data).text.startswith("„Für die Straße“, sagte Ärztin Öztürk –")


def test_windows_line_ends_and_hard_spaces_in_a_page() -> None:
    text = article_of(page("", f"<p>{SENTENCE}\r\n Er sagte\r\n30&nbsp;Prozent.</p>")).text
    assert "\r" not in text
    assert text.endswith("Er sagte 30\u00a0Prozent.") or text.endswith("Er sagte 30 Prozent.")


def test_a_body_paragraph_in_a_teaser_class_is_still_read() -> None:
    body = f'<h1>Titel der Geschichte</h1><div class="article-teaser"><p>Der Rat lehne das ab, hieß es am Abend.</p></div><p>{SENTENCE * 3}</p>'
    roles = {b.span.of(a.text): b.role.value for a in [article_of(page("", body))] for b in a.blocks}
    assert roles["Der Rat lehne das ab, hieß es am Abend."] == "lead"


DEAR = {
    "links in one paragraph": "<p>" + "".join(f'<a href="/{i}">Wort {i}</a> ' for i in range(5_000)) + "</p>",
    "spans in one paragraph": "<p>" + "<span>und</span> " * 20_000 + "</p>",
    "attributes": "<p " + " ".join(f'a{i}="{i}"' for i in range(40_000)) + f">{SENTENCE}</p>",
    "paragraphs": f"<p>{SENTENCE}</p>" * 40_000,
    "depth": "<div>" * 20_000 + SENTENCE + "</div>" * 20_000,
    "open tags": f"<b>{SENTENCE}" * 5_000,
    "angle brackets": SENTENCE + "<" * 1_000_000,
    "open comment": f"<p>{SENTENCE}</p>" + "<!--" * 200_000,
    "open quotation marks in tags": f"<p>{SENTENCE}</p>" + "<a href=\"<b x='" * 100_000,
    "open scripts": f"<p>{SENTENCE}</p>" + "<script>" * 100_000,
}
CHEAP = ("open comment", "open quotation marks in tags")
"""Pages that only look dear: a tree is built from them in no time, so nothing needs to be told."""


@pytest.mark.parametrize("body", DEAR.values(), ids=DEAR.keys())
def test_pages_too_dear_for_a_tree_are_read_in_seconds(body: str) -> None:
    started = time.process_time()
    article = article_of(f"<html><body>{body}</body></html>")
    assert time.process_time() - started < 15
    assert SENTENCE.strip() in article.text or "Wort 4999" in article.text or "und und" in article.text
    assert bool(article.notes) == (body not in [DEAR[name] for name in CHEAP])


def test_cost_of_a_page_counts_what_makes_it_dear() -> None:
    cost = cost_of("<div><p>a <b>b</b> <i>c</i><p><a " + "x=1 " * 400 + "y='1 2 3'>d</a><br></div>")
    assert (cost.elements, cost.depth, cost.attributes, cost.inline) == (7, 2, 401, 2)


def test_the_linear_reader_keeps_blocks_apart_and_navigation_unread() -> None:
    body = (
        "<nav><ul><li><a href=/>Start</a></ul></nav><h1>Titel &amp; Thesen</h1>"
        f"<p>{SENTENCE}</p><figure><figcaption>Ein Bild</figcaption></figure><h2>Kritik</h2>Ohne Tag, sagte er.<br><br>Noch einer."
        "<aside>Lesen Sie auch</aside><footer>Impressum</footer>"
    )
    article = article_of("<html><body>" + body + "<i></i>" * 20_001 + "</body></html>")
    assert [(b.role.value, b.span.of(article.text)) for b in article.blocks] == [
        ("other", "Start"),
        ("headline", "Titel & Thesen"),
        ("lead", SENTENCE.strip()),
        ("caption", "Ein Bild"),
        ("heading", "Kritik"),
        ("paragraph", "Ohne Tag, sagte er."),
        ("paragraph", "Noch einer."),
        ("teaser", "Lesen Sie auch"),
        ("other", "Impressum"),
    ]


def test_a_page_that_is_far_too_long_is_refused() -> None:
    found = take_in(b"<html><p>" + b"x" * 10_000_001)
    assert isinstance(found, Refusal)
    assert "page" in found.reason


def test_nothing_is_printed_about_an_odd_page(capfd: pytest.CaptureFixture[str]) -> None:
    assert logging.getLogger("trafilatura").level in {logging.NOTSET, logging.WARNING}
    take_in(b"<html><body><p>Kurz.</p></body></html>")
    take_in(b"<html><body></body></html>")
    assert capfd.readouterr() == ("", "")
