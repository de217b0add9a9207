"""How is a statement cited? One line for people, BibTeX and CSL-JSON for programs; places are those of the stored text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from reportedly.export import told
from reportedly.export.safe import flow, line, link, shorten
from reportedly.export.words import Tongue, word
from reportedly.model.joins import Joins
from reportedly.model.reading import Reading
from reportedly.model.span import Span
from reportedly.model.statement import Statement
from reportedly.web.words import said

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Citation:
    """The same source three times."""

    text: str
    bibtex: str
    csl: dict[str, Any]


def cite(reading: Reading, at: Span, s: Statement | None, captured: str, here: str, tongue: Tongue) -> Citation:
    """Cite a place: who said it according to which outlet, the words, the address, and `here`, the place in this archive."""
    article, joins = reading.article, Joins(reading)
    outlet = line(article.outlet) if article.outlet else said(tongue, "cite.no_outlet")
    when = _date(article.published, tongue)
    words = shorten(
        told.content(s, reading.text, tongue) if s else _quoted(flow(at.of(reading.text)), tongue), _LONGEST
    )
    address = link(article.url) or ""
    source = ", ".join(part for part in (outlet, when) if part)
    if s is not None:
        name, written = told.names(joins, s)
        how = word(tongue, f"form.{s.form.value}") + (f", {word(tongue, f'mood.{s.mood.value}')}" if s.mood else "")
        start = said(tongue, "cite.statement", who=name or written or word(tongue, "nobody"), source=source, how=how)
    else:
        start = f"{source}:"
    tail = [
        address,
        said(tongue, "cite.captured", when=_date(captured, tongue)) if captured else "",
        f"{article.id} {at.start}–{at.end}",
    ]
    text = f"{start} {words}. " + ", ".join(part for part in tail if part)
    title = line(told.headline(reading, tongue))
    return Citation(text, _bibtex(reading, title, at, captured), _csl(reading, title, at, captured, here))


def _quoted(words: str, tongue: Tongue) -> str:
    return f"„{words}“" if tongue == "de" else f"“{words}”"


def _date(value: str | None, tongue: Tongue) -> str:
    m = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", value or "")
    if m is None:
        return ""
    if tongue != "de":
        return m[0]
    return ".".join(str(int(part)) if part and len(part) == 2 else part for part in (m[3], m[2], m[1]) if part)


def _bibtex(reading: Reading, title: str, at: Span, captured: str) -> str:
    article = reading.article
    fields = {
        "title": title,
        "journal": article.outlet or "",
        "date": (article.published or "")[:10],
        "url": link(article.url) or "",
        "urldate": captured[:10],
        "note": f"{article.id}, characters {at.start}--{at.end}",
    }
    body = ",\n".join(f"  {name} = {{{_tex(value)}}}" for name, value in fields.items() if value)
    return f"@online{{{article.id},\n{body}\n}}\n"


def _tex(value: str) -> str:
    special = {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "$": r"\$",
        "_": r"\_",
        "~": r"\~{}",
        "^": r"\^{}",
    }
    return "".join(special.get(c, c) for c in flow(value))


def _csl(reading: Reading, title: str, at: Span, captured: str, here: str) -> dict[str, Any]:
    article = reading.article
    made: dict[str, Any] = {
        "id": f"{article.id}-{at.start}-{at.end}",
        "type": "article-newspaper",
        "title": title,
        "note": f"{article.id} {at.start}-{at.end}",
        "archive_location": here,
    }
    if article.outlet:
        made["container-title"] = article.outlet
    if address := link(article.url):
        made["URL"] = address
    for name, value in (("issued", article.published), ("accessed", captured)):
        if parts := [int(p) for p in re.match(r"[\d-]*", value or "")[0].split("-")[:3] if p]:  # type: ignore[index]
            made[name] = {"date-parts": [parts]}
    return made
