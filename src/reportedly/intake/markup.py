"""What does a page consist of, tag by tag? A linear scan that builds no tree, and what a tree of it would cost.

Tree builders and extractors need quadratic time on some pages (thousands of links in a paragraph, thousands of attributes
in a tag). So a page is scanned before one is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})((?:[^<>"']|"[^"]*+"|'[^']*+')*+)>""")
_LOOSE_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})([^<>]*+)>")
_RUN = re.compile(r"<++")
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_RAW = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "textarea", "title", "math", "object", "canvas"}
)
"""Elements whose content is no running text: the scan jumps to their end."""
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_OPTIONAL_END = frozenset(
    ["p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot", "colgroup", "rp", "rt"]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a page: text (`name` empty), or a tag with its attributes as written (`closing` for `</p>`)."""

    text: str
    name: str = ""
    attributes: str = ""
    closing: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """What makes a page dear: elements, nesting, attributes of one tag, inline tags of one paragraph."""

    elements: int
    depth: int
    attributes: int
    inline: int


def scan(page: str) -> Iterator[Piece]:
    """The text pieces and tags of a page in order, in linear time; comments, scripts, styles are passed over."""
    at, end = 0, len(page)
    absent: set[str] = set()  # marks that do not come again: never look for them twice

    def find(mark: str, start: int) -> int:
        if mark in absent:
            return -1
        found = page.find(mark, start)
        if found < 0:
            absent.add(mark)
        return found

    while at < end:
        opening = page.find("<", at)
        if opening < 0:
            yield Piece(page[at:])
            return
        if opening > at:
            yield Piece(page[at:opening])
        if page.startswith(("<!", "<?"), opening):
            mark = "-->" if page.startswith("<!--", opening) else ">"
            closing = find(mark, opening + 2)
            at = closing + len(mark) if closing >= 0 else opening + 2
            continue
        tag = _TAG.match(page, opening) or _LOOSE_TAG.match(page, opening)
        if tag is None:
            run = _RUN.match(page, opening)
            at = max(opening + 1, run.end() - 1 if run else 0)
            yield Piece(page[opening:at])
            continue
        name = tag[2].lower()
        yield Piece("", name, tag[3], bool(tag[1]))
        at = tag.end()
        if name in _RAW and not tag[1] and not tag[3].endswith("/"):
            closing = _end_of(page, name, at, absent)
            at = closing if closing >= 0 else at


def _end_of(page: str, name: str, at: int, absent: set[str]) -> int:
    """Where `</name` begins, -1 where the element is never closed."""
    if name in absent:
        return -1
    found = _CLOSE[name].search(page, at)
    if found is None:
        absent.add(name)
        return -1
    return found.start()


_CLOSE = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _RAW}


def cost_of(page: str) -> Cost:
    """The cost of a page, from one scan."""
    elements = depth = deepest = most = inline = longest = 0
    for piece in scan(page):
        if not piece.name:
            continue
        if piece.name in BLOCKS:
            inline = 0
        if piece.closing:
            depth = max(0, depth - (piece.name not in _OPTIONAL_END))
            continue
        elements += 1
        if len(piece.attributes) > 1000:
            most = max(most, len(_QUOTED.sub("", piece.attributes).split()))
        if piece.name not in BLOCKS and piece.name not in _VOID:
            inline += 1
            longest = max(longest, inline)
        if piece.name not in _VOID and piece.name not in _OPTIONAL_END and not piece.attributes.endswith("/"):
            depth += 1
            deepest = max(deepest, depth)
    return Cost(elements, deepest, most, longest)
