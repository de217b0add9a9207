"""How are lists in XML (feeds, sitemaps, OPML) read safely? One tolerant parser for all three.

Nothing is resolved and nothing is loaded: no entities but the five of XML and the letters of HTML (`&uuml;` stands in many feeds), no
external subset, no network. A document with a DTD of its own is refused: no feed needs one, every entity bomb does.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from reportedly.intake.carried import cleaned
from reportedly.intake.charsets import declared_in_page, declared_in_type
from reportedly.intake.decode import decode
from reportedly.intake.unpacked import DamagedError

LARGEST = 60_000_000
"""A sitemap may have 50 MB by its own standard."""
_SUBSET = re.compile(r"<!DOCTYPE[^>\[]{0,1000}\[", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,1000}>", re.IGNORECASE)
_DECLARATION = re.compile(r"\A[\s\ufeff]{0,200}<\?xml[^>]{0,300}\?>")
_PROLOG = re.compile(
    r"\s{1,200}|<\?[^>]{0,500}>|<!--.{0,3000}?-->|<!DOCTYPE[^>\[]{0,1000}(?:\[[^\]]{0,9999}\]\s{0,80})?>",
    re.DOTALL | re.IGNORECASE,
)
_ELEMENT = re.compile(r"<(?:[A-Za-z][\w.-]{0,30}:)?([A-Za-z][\w.-]{0,30})(?=[\s/>])")
_AMPERSAND = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OF_MEDIA = re.compile(r"\{[^}]*(?:mrss|itunes)[^}]*\}|(?:media|itunes):", re.IGNORECASE)
_XML_OWN = frozenset(["amp", "lt", "gt", "quot", "apos"])


def outermost(head: bytes) -> str:
    """The name of the first element behind declarations, comments, a document type; empty where there is none.

    >>> outermost(b'<?xml version="1.0"?><!-- news --><rss version="2.0">')
    'rss'
    """
    if b"<" not in head[:200]:
        return ""
    text, at = decode(head[:20_000]).text, 0
    while found := _PROLOG.match(text, at):
        at = found.end()
    element = _ELEMENT.match(text, at)
    return element[1].lower() if element else ""


def root_of(data: bytes, media_type: str | None = None) -> tuple[Any, bool]:
    """The outermost element, and whether the document was damaged. Raises DamagedError where there is nothing to be read."""
    from lxml import etree  # imported late: plain text needs no XML

    if len(data) > LARGEST:
        raise DamagedError(f"is a list of more than {LARGEST:,} bytes; refused")
    text = decode(data, declared_in_type(media_type) or declared_in_page(data)).text
    if _SUBSET.search(text[:20_000]):
        raise DamagedError("has a document type with entities of its own; no list of articles needs one, refused")
    text = _DECLARATION.sub("", _NOT_XML.sub(" ", text))
    text = _readable(_DOCTYPE.sub("", text, count=1)).strip()
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise DamagedError(f"is not well-formed XML ({cleaned(str(error), 80)})") from None
    if root is None:
        raise DamagedError("holds no XML that could be read")
    return root, any(entry.level >= etree.ErrorLevels.ERROR for entry in parser.error_log)


def local(element: Any) -> str:
    """The name of an element without its namespace, which feeds get wrong."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower() if isinstance(tag, str) else ""


def children(element: Any, *names: str) -> Iterator[Any]:
    """The children with one of these names, without those of pictures and podcasts (`media:title` is no title)."""
    return (child for child in element if local(child) in names and not _OF_MEDIA.match(child.tag))


def words(element: Any) -> str:
    """All text inside an element."""
    return "".join(element.itertext()) if element is not None else ""


def first(element: Any, *names: str) -> str | None:
    """The text of the first child with one of these names, in the order of the names; None where all are missing or empty."""
    for name in names:
        for child in children(element, name):
            if text := words(child).strip():
                return text
    return None


def namespace(element: Any) -> str:
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def _readable(text: str) -> str:
    """Letters of HTML as letters, a bare `&` as one; what stands in CDATA stays as it is."""
    out: list[str] = []
    at = 0
    while (begin := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", begin)
        if end < 0:
            break
        out += [_AMPERSAND.sub(_letter, text[at:begin]), text[begin : end + 3]]
        at = end + 3
    out.append(_AMPERSAND.sub(_letter, text[at:]))
    return "".join(out)


def _letter(found: re.Match[str]) -> str:
    name = found[1]
    if name is None:
        return "&amp;"
    return found[0] if name in _XML_OWN or name.startswith("#") else _meant(name, found[0])


def _meant(name: str, written: str) -> str:
    letter = html.unescape(written)
    return letter if letter != written and letter not in "<>&" else f"&amp;{name};"
