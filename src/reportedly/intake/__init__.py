"""Reading in: bytes -> Article | Refusal. Knows formats, no language.

One input, one answer: whatever comes, there is an article to read or a reason why not. Nothing here raises for what is
wrong with an input; only a wrong argument (`published="gestern"`) is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportedly.intake.capture import LONGEST, looks_binary, opened, too_long, why_no_text
from reportedly.intake.carried import Carried
from reportedly.intake.charsets import declared_in_page, declared_in_type
from reportedly.intake.decode import Decoded, decode
from reportedly.intake.plain import read_plain
from reportedly.intake.published import published_of
from reportedly.intake.tongue import short_code, tongue_of
from reportedly.model.article import Article, Block, Capture, Refusal, Role

__all__ = ["LONGEST", "published_of", "take_in", "take_in_all", "take_in_text"]

_PAGE = re.compile(
    r"[\s\ufeff]{0,200}(?:<\?xml[^>]{0,300}>\s{0,80})?(?:<!--[^>]{0,1000}-->\s{0,80}){0,5}<(?:!doctype\s{1,9}html|html|head|body|meta|title|article|main|section|div|h1|p)[\s>]",
    re.IGNORECASE,
)
_PAGE_NAME = re.compile(r"\.(?:html?|xhtml|shtml)$", re.IGNORECASE)
_MARKDOWN_NAME = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)
_READ = {Role.HEADLINE, Role.LEAD, Role.HEADING, Role.PARAGRAPH}


def take_in(
    source: str | Path | bytes,
    *,
    origin: str | None = None,
    published: str | None = None,
    media_type: str | None = None,
    language: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    longest: int = LONGEST,
) -> Article | Refusal:
    """One article from a file (a path) or from bytes; a Refusal with one clear sentence where there is none.

    What the caller says (`published`, `language`, …) goes before what the file says. Raises InputError only where
    `published` is no ISO 8601 date.
    """
    said = Carried(title, outlet, url, published_of(published) if published else None, short_code(language))
    if isinstance(source, bytes):
        capture: Capture | Refusal = Capture(source, origin or "<bytes>", media_type)
    else:
        capture = opened(source, longest)
        if isinstance(capture, Capture):
            capture = Capture(capture.data, origin or capture.origin, media_type)
    if isinstance(capture, Refusal):
        return Refusal(origin or capture.origin, capture.reason)
    return _read(capture, said, longest)


def take_in_text(
    text: str,
    *,
    origin: str | None = None,
    published: str | None = None,
    language: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
) -> Article:
    """An article from a text that is decoded already; the text is kept to the character, an empty one too.

    >>> take_in_text("Die Brücke bleibe gesperrt, teilte die Stadt mit.").language
    'de'
    """
    said = Carried(title, outlet, url, published_of(published) if published else None, short_code(language))
    blocks, carried, notes = read_plain(text)
    return _article(text, blocks, said, carried, origin, notes)


def take_in_all(
    paths: Iterable[str | Path],
    *,
    stdin: bytes = b"",
    published: str | None = None,
    media_type: str | None = None,
    language: str | None = None,
    outlet: str | None = None,
    longest: int = LONGEST,
) -> Iterator[Article | Refusal]:
    """One answer for each path, in order; `-` stands for standard input, whose bytes the caller gives."""
    for path in paths:
        standard = str(path) == "-"
        yield take_in(
            stdin if standard else path,
            origin="<stdin>" if standard else None,
            published=published,
            media_type=media_type,
            language=language,
            outlet=outlet,
            longest=longest,
        )


def _read(capture: Capture, said: Carried, longest: int) -> Article | Refusal:
    data, origin = capture.data, capture.origin
    if reason := why_no_text(data):
        return Refusal(origin, reason)
    decoded = decode(data, declared_in_type(capture.media_type) or declared_in_page(data))
    if looks_binary(data) and not decoded.charset.startswith(("utf-16", "utf-32")):
        return Refusal(origin, "is not text (too many control bytes); give an article as text or HTML")
    if len(decoded.text) > longest:
        return Refusal(origin, too_long(longest))
    if not decoded.text.strip("\0\ufeff\u200b\ufffd \t\r\n\v\f\u00a0"):
        return Refusal(origin, "holds only white space; give an article as text or HTML")
    if _is_page(capture, decoded):
        from reportedly.intake.html import LONGEST_PAGE, read_page  # imported late: plain text needs no page reader

        if len(decoded.text) > LONGEST_PAGE:
            return Refusal(origin, f"is a page of more than {LONGEST_PAGE:,} characters; save its text as a .txt file")
        page = read_page(decoded.text)
        if page is None:
            return Refusal(
                origin,
                "is a page without readable text (built by a script or behind a consent wall?); save it once it is loaded",
            )
        return _article(page.text, page.blocks, said, page.carried, origin, (*decoded.notes, *page.notes))
    blocks, carried, notes = read_plain(decoded.text)
    return _article(decoded.text, blocks, said, carried, origin, (*decoded.notes, *notes))


def _is_page(capture: Capture, decoded: Decoded) -> bool:
    """By the media type where one is given; else by the first tag; else by the name of the file."""
    if capture.media_type:
        return "html" in capture.media_type.lower()
    if _MARKDOWN_NAME.search(capture.origin):
        return False
    return bool(_PAGE.match(decoded.text) or _PAGE_NAME.search(capture.origin))


def _article(
    text: str, blocks: tuple[Block, ...], said: Carried, carried: Carried, origin: str | None, notes: tuple[str, ...]
) -> Article:
    facts = said.else_(carried)
    language = said.language
    if language is None:
        tongue = tongue_of(_sample(text, blocks), carried.language)
        language, notes = tongue.code, (*notes, tongue.note) if tongue.note else notes
    return Article(text, facts.title, facts.outlet, facts.url, facts.published, language, blocks, origin, notes)


def _sample(text: str, blocks: tuple[Block, ...]) -> str:
    """The words by which the language is told: article text, no captions, teasers or front matter."""
    parts = [b.span.of(text) for b in blocks if b.role in _READ]
    return " ".join(parts) if parts else text
