"""What one capture holds and what is known of it -> Article | Refusal. Where the facts around a text are weighed up."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from reportedly.intake.capture import LONGEST, looks_binary, too_long, why_no_text
from reportedly.intake.carried import NOTHING, Carried
from reportedly.intake.charsets import declared_in_page, declared_in_type
from reportedly.intake.decode import Decoded, decode
from reportedly.intake.parcel import Manuscript
from reportedly.intake.plain import read_plain
from reportedly.intake.tongue import tongue_of
from reportedly.model.article import Article, Block, Capture, Refusal, Role

_PAGE = re.compile(
    r"[\s\ufeff]{0,200}(?:<\?xml[^>]{0,300}>\s{0,80})?(?:<!--[^>]{0,1000}-->\s{0,80}){0,5}<(?:!doctype\s{1,9}html|html|head|body|meta|title|article|main|section|div|h1|p)[\s>]",
    re.IGNORECASE,
)
_PAGE_NAME = re.compile(r"\.(?:html?|xhtml|shtml)$", re.IGNORECASE)
_MARKDOWN_NAME = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)
_BLANK = "\0\ufeff\u200b\ufffd \t\r\n\v\f\u00a0"
_HALVES = re.compile("[\ud800-\udfff]")
_READ = {Role.HEADLINE, Role.LEAD, Role.HEADING, Role.PARAGRAPH}


def read_capture(
    capture: Capture, said: Carried, *, hints: Carried = NOTHING, longest: int = LONGEST, notes: tuple[str, ...] = ()
) -> Article | Refusal:
    """The article of a file, a page, a record. `said` goes before what the text says of itself, `hints` behind it."""
    data, origin = capture.data, capture.origin
    if reason := why_no_text(data):
        return Refusal(origin, reason)
    decoded = decode(data, declared_in_type(capture.media_type) or declared_in_page(data))
    if looks_binary(data) and not decoded.charset.startswith(("utf-16", "utf-32")):
        return Refusal(origin, "is not text (too many control bytes); give an article as text or HTML")
    notes = (*notes, *decoded.notes)
    if len(decoded.text) > longest:
        return Refusal(origin, too_long(longest))
    if not decoded.text.strip(_BLANK):
        return Refusal(origin, "holds only white space; give an article as text or HTML")
    if _is_page(capture, decoded):
        return _page(decoded.text, origin, said, hints, notes)
    blocks, carried, more = read_plain(decoded.text)
    return article_of(decoded.text, blocks, said, carried.else_(hints), origin, (*notes, *more))


def read_manuscript(manuscript: Manuscript, said: Carried, longest: int = LONGEST) -> Article | Refusal:
    """The article of a manuscript: bytes like a file, characters as they are, a body in HTML as a whole."""
    known, origin = said.else_(manuscript.known), manuscript.origin
    if isinstance(manuscript.content, bytes):
        capture = Capture(manuscript.content, origin, manuscript.media_type)
        return read_capture(capture, known, hints=manuscript.hints, longest=longest, notes=manuscript.notes)
    text, notes = _whole(manuscript.content, manuscript.notes)
    if len(text) > longest:
        return Refusal(origin, too_long(longest))
    if not text.strip(_BLANK):
        return Refusal(origin, "has an empty text; there is nothing to read")
    if (manuscript.media_type and "html" in manuscript.media_type) or _PAGE.match(text):
        return _page(text, origin, known, manuscript.hints, notes, body_only=manuscript.body_only)
    blocks, carried, more = read_plain(text)
    return article_of(text, blocks, known, carried.else_(manuscript.hints), origin, (*notes, *more))


def article_of(
    text: str, blocks: tuple[Block, ...], said: Carried, carried: Carried, origin: str | None, notes: tuple[str, ...]
) -> Article:
    """The record: what was said of it, else what it carries; the language from its words where nobody said it."""
    facts = said.else_(carried)
    language = said.language
    if language is None:
        tongue = tongue_of(_sample(text, blocks), carried.language)
        language, notes = tongue.code, (*notes, tongue.note) if tongue.note else notes
    return Article(text, facts.title, facts.outlet, facts.url, facts.published, language, blocks, origin, notes)


def _page(
    text: str, origin: str, said: Carried, hints: Carried, notes: tuple[str, ...], body_only: bool = False
) -> Article | Refusal:
    from reportedly.intake.html import LONGEST_PAGE, read_body, read_page  # late: plain text needs no page reader

    if len(text) > LONGEST_PAGE:
        return Refusal(origin, f"is a page of more than {LONGEST_PAGE:,} characters; save its text as a .txt file")
    page = read_body(text) if body_only else read_page(text)
    if page is None:
        return Refusal(
            origin,
            "is a page without readable text (built by a script or behind a consent wall?); save it once it is loaded",
        )
    carried = _own_address(page.carried, hints.url).else_(hints).else_(Carried(outlet=_site(hints.url) or None))
    return article_of(page.text, page.blocks, said, carried, origin, (*notes, *page.notes))


def _own_address(carried: Carried, fetched: str | None) -> Carried:
    """A page may name its canonical address, but only on the site it came from: no page speaks for another outlet."""
    if fetched is None or carried.url is None or _site(carried.url) == _site(fetched):
        return carried
    return Carried(carried.title, carried.outlet, None, carried.published, carried.language)


def _site(url: str | None) -> str:
    """The host of an address as people say it: `talbote.example` for `https://www.talbote.example/a`."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:www|amp|m|mobil|mobile)\.", "", host.lower().rstrip("."))


def _whole(text: str, notes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """JSON can name half a character (`"\\ud83d"`); no file can hold it."""
    kept, lost = _HALVES.subn("\ufffd", text)
    return kept, (*notes, f"{lost} half character(s) read as U+FFFD") if lost else notes


def _is_page(capture: Capture, decoded: Decoded) -> bool:
    """By the media type where one is given; else by the first tag; else by the name of the file."""
    if capture.media_type:
        return "html" in capture.media_type.lower()
    if _MARKDOWN_NAME.search(capture.origin):
        return False
    return bool(_PAGE.match(decoded.text) or _PAGE_NAME.search(capture.origin))


def _sample(text: str, blocks: tuple[Block, ...]) -> str:
    """The words by which the language is told: article text, no captions, teasers or front matter."""
    parts = [b.span.of(text) for b in blocks if b.role in _READ]
    return " ".join(parts) if parts else text
