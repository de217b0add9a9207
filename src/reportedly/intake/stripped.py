"""What does a page say, if one may only read it from top to bottom? The linear reader for pages too dear for a tree.

It keeps the text of every block and takes its role from the tags around it: what stands in `<nav>`, `<footer>` or `<aside>` is
not read for statements. It knows less than the extractor and never takes long.
"""

from __future__ import annotations

import html
import re
from collections import Counter

from reportedly.intake.markup import BLOCKS, scan
from reportedly.model.article import Role

_SPACE = re.compile(r"\s+")
_AROUND = {
    "figcaption": Role.CAPTION,
    "aside": Role.TEASER,
    "nav": Role.OTHER,
    "footer": Role.OTHER,
    "form": Role.OTHER,
    "menu": Role.OTHER,
    "button": Role.OTHER,
    "select": Role.OTHER,
    "head": Role.OTHER,
    "dialog": Role.OTHER,
}
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ANEW = frozenset({"body", "main", "article"})


def strip_page(page: str) -> list[tuple[Role, str]]:
    """The blocks of a page as (role, words)."""
    blocks: list[tuple[Role, str]] = []
    words: list[str] = []
    inside: Counter[str] = Counter()
    head = ""
    has_headline = False
    linked = 0  # characters of the block that are links
    in_link = False
    breaks = 0

    def flush() -> None:
        nonlocal has_headline, linked
        text = _SPACE.sub(" ", html.unescape("".join(words))).strip()
        all_links = linked >= 0.75 * len(text)
        words.clear()
        linked = 0
        if not text:
            return
        role = next((role for name, role in _AROUND.items() if inside[name]), Role.OTHER if all_links else None)
        if role is None and head:
            role = Role.HEADLINE if head == "h1" and not has_headline else Role.HEADING
            has_headline = has_headline or role is Role.HEADLINE
        blocks.append((role or Role.PARAGRAPH, text))

    for piece in scan(page):
        if not piece.name:
            words.append(piece.text)
            linked += len(piece.text) if in_link else 0
            breaks = breaks if piece.text.isspace() else 0
            continue
        if piece.name == "br":
            words.append(" ")
            breaks += 1
        elif piece.name == "a":
            in_link = not piece.closing
        if piece.name in BLOCKS or piece.name in _AROUND or breaks == 2:  # <br><br> was the paragraph of old pages
            flush()
            in_link = in_link and piece.name == "br"
        if piece.name in _ANEW and not piece.closing:
            inside.clear()  # an element left open must not swallow the article
        if piece.name in _AROUND:
            inside[piece.name] = max(0, inside[piece.name] + (-1 if piece.closing else 1))
        if piece.name in _HEADS:
            head = "" if piece.closing else piece.name
        elif piece.name == "p":
            head = ""
    flush()
    return blocks
