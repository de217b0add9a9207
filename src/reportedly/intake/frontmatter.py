"""Does a text begin with a block of `key: value` lines between two `---`, and what do they say?

---
title: Brücke bleibt gesperrt
date: 2024-10-28
outlet: Talbote
---
"""

from __future__ import annotations

import re

from reportedly.intake.carried import Carried, cleaned, web_address
from reportedly.intake.published import carried_date
from reportedly.model.span import Span

_FENCE = re.compile(r"---[ \t]{0,20}(?:\r\n|\n|\r)")
_CLOSE = re.compile(r"(?:---|\.\.\.)[ \t]{0,20}(?:\r\n|\n|\r|$)")
_LINE = re.compile(r"([^\r\n]{0,2000})(?:\r\n|\n|\r|$)")
_PAIR = re.compile(r"([A-Za-z_][\w-]{0,30})[ \t]{0,20}:[ \t]{1,20}(\S.{0,1000})")
_KEY = re.compile(r"[A-Za-z_][\w-]{0,30}:")
_MOST_LINES = 60
_FIELDS = {
    "title": ("title", "titel", "headline"),
    "published": ("published", "date", "datum", "pubdate", "publisheddate", "datepublished"),
    "outlet": ("outlet", "publisher", "source", "quelle", "site", "sitename", "medium", "publication"),
    "url": ("url", "canonical", "canonical_url", "link", "permalink"),
    "language": ("language", "lang", "sprache"),
}


def front_matter(text: str) -> tuple[Span, Carried] | None:
    """Its place and what it says; None where the text has none (a lone `---` is a line, not a front matter)."""
    opened = _FENCE.match(text)
    if not opened:
        return None
    said: dict[str, str] = {}
    at, pairs = opened.end(), 0
    for _ in range(_MOST_LINES):
        if closed := _CLOSE.match(text, at):
            if not pairs:
                return None
            return Span(0, closed.end()).trimmed(text), _carried(said)
        line = _LINE.match(text, at)
        if line is None or line.end() == at:
            return None
        if pair := _PAIR.fullmatch(line[1].rstrip()):
            pairs += 1
            said.setdefault(pair[1].lower().replace("-", ""), pair[2].strip().strip("\"'"))
        elif line[1].strip() and not (line[1].startswith((" ", "\t", "-", "#")) or _KEY.fullmatch(line[1].rstrip())):
            return None  # running text between two rules, not a front matter
        at = line.end()
    return None


def _carried(said: dict[str, str]) -> Carried:
    found = {field: next((said[key] for key in keys if key in said), None) for field, keys in _FIELDS.items()}
    return Carried(
        title=cleaned(found["title"]),
        outlet=cleaned(found["outlet"], 120),
        url=web_address(found["url"]),
        published=carried_date(found["published"]) if found["published"] else None,
        language=cleaned(found["language"], 20),
    )
