"""Whatever comes in: an article or a refusal, never an exception; blocks lie in the text, in order, and cover it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.intake import take_in, take_in_text
from reportedly.model.article import Article, Refusal

SCRAPS = st.sampled_from(
    [
        "<html>", "<body>", "<article>", "<p>", "</p>", "<div class='teaser'>", "</div>", "<a href='/x'>", "</a>", "<br>", "<h1>", "</h1>",
        "<!--", "-->", "<script>", "</script>", "<figcaption>", "<li>", "<table><tr><td>", "<meta charset=", "<", ">", "&nbsp;", "&#0;", "&#x110000;",
        "<![CDATA[", "<?xml version='1.0'?>", "<svg>", "\0", "\ud7ff", "Er sagte, man warte ab. ", "„Nein“, sagte sie. ", "\r\n", '<script type="application/ld+json">{"@type":',
    ]
)  # fmt: skip
LINES = st.sampled_from(
    ["# Titel", "---", "title: a", "===", "![b](c)", "[d](e)", "> f", "", " ", "Überschrift ohne Punkt", "Ein Satz, sagte er.", "klein weiter", "\u2028", "\f", "\r", "|x|", "<!-- -->", "\ufeff", "😀"]
)  # fmt: skip


def check(article: Article) -> None:
    at = 0
    for block in article.blocks:
        assert at <= block.span.start < block.span.end <= len(article.text)
        assert not article.text[at : block.span.start].strip()
        assert block.span.of(article.text).strip()
        at = block.span.end
    if article.blocks:
        assert not article.text[at:].strip()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    found = take_in(data)
    if isinstance(found, Article):
        check(found)
    else:
        assert isinstance(found, Refusal)
        assert found.reason


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(), max_size=400))
def test_any_text_is_kept_to_the_character(text: str) -> None:
    article = take_in_text(text)
    assert article.text == text
    check(article)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_any_lines(lines: list[str], end: str) -> None:
    text = end.join(lines)
    article = take_in_text(text)
    assert article.text == text
    check(article)


@settings(max_examples=150, deadline=None)
@given(st.lists(SCRAPS, max_size=40))
def test_any_tag_soup(scraps: list[str]) -> None:
    found = take_in(("<!doctype html>" + "".join(scraps)).encode())
    assert isinstance(found, Article | Refusal)
    if isinstance(found, Article):
        check(found)


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_marked_encodings_come_home(text: str, encoding: str) -> None:
    found = take_in(
        "Die Stadt prüft. ".encode(encoding) if not text.strip() else ("Die Stadt: " + text).encode(encoding),
        media_type="text/plain",
    )
    assert isinstance(found, Article)
    assert found.text == ("Die Stadt: " + text if text.strip() else "Die Stadt prüft. ")
