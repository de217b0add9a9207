"""Which column holds the text, which the headline, the date, the outlet, the address? For tables and for JSON alike.

The user says it (`text=body,title=headline`); where nothing is said, the names are recognised that exports of newsroom systems,
crawlers and data sets use. A field inside another is written with a dot: `text=article.body`.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Any

from reportedly.errors import InputError
from reportedly.intake.carried import Carried, cleaned, web_address
from reportedly.intake.parcel import Manuscript, Order
from reportedly.intake.published import carried_date
from reportedly.intake.tongue import short_code
from reportedly.model.article import Refusal

NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "body_text", "bodytext", "maintext", "main_text", "article_text", "articletext", "fulltext", "full_text",
        "content", "article", "plaintext", "volltext", "inhalt", "artikeltext", "artikel", "articlebody", "raw_text",
    ),
    "html": ("html", "body_html", "bodyhtml", "content_html", "body_xhtml", "raw_html"),
    "title": ("title", "headline", "titel", "überschrift", "ueberschrift", "schlagzeile", "heading"),
    "published": (
        "published", "date", "datum", "published_at", "publishedat", "publish_date", "date_publish", "publication_date",
        "publicationdate", "pubdate", "date_published", "datepublished", "published_time", "publishing_date", "veröffentlicht",
        "veroeffentlicht", "erschienen", "timestamp", "created_at",
    ),
    "outlet": (
        "outlet", "source", "publisher", "medium", "quelle", "zeitung", "newspaper", "site", "sitename", "source_name",
        "source_domain", "publication", "hostname", "domain",
    ),
    "url": ("url", "link", "address", "permalink", "canonical_url", "source_url", "uri", "href", "adresse"),
    "language": ("language", "lang", "sprache", "language_code"),
}  # fmt: skip
"""Field of an article: the names it goes by, the surest first. Compared without case, hyphens and white space."""


def columns_of(said: str) -> dict[str, str]:
    """The mapping a user writes: `text=body,title=headline`. Raises InputError, with what can be written, for anything else.

    >>> columns_of("text=body, published=date")
    {'text': 'body', 'published': 'date'}
    """
    mapping: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in said.split(","))):
        field, sign, column = (part.strip() for part in pair.partition("="))
        if not sign or not column:
            raise InputError("--columns", f'"{pair[:60]}" is no pair; write for example text=body,title=headline')
        if field not in NAMES:
            raise InputError("--columns", f'"{field[:60]}" is no field of an article; there are {", ".join(NAMES)}')
        if field in mapping:
            raise InputError("--columns", f'"{field}" is said twice; name one column for it')
        mapping[field] = column
    return mapping


def chosen(names: Iterable[str], said: Mapping[str, str]) -> dict[str, str]:
    """Field -> column among `names`: as the user said, else by the names that columns usually have.

    >>> chosen(["ID", "Headline", "Body", "Date"], {})
    {'text': 'Body', 'title': 'Headline', 'published': 'Date'}
    """
    there = list(names)
    plain: dict[str, str] = {}
    for name in there:
        plain.setdefault(_plain(name), name)
    found: dict[str, str] = {}
    taken = set(said.values())
    for field, usual in NAMES.items():
        if field in said:
            column = said[field] if said[field] in there or "." in said[field] else plain.get(_plain(said[field]))
            if column is not None:
                found[field] = column
            continue
        known = (plain[name] for name in usual if name in plain and plain[name] not in taken)
        if (column := next(known, None)) is not None:
            found[field] = column
    if "text" in said and "html" not in said:
        found.pop("html", None)
    return found


def manuscript_of(row: Mapping[str, Any], order: Order, origin: str) -> Manuscript | Refusal:
    """The article in a row (of a table, or a JSON object): its text, and what the other columns say of it."""
    column = chosen(row, order.columns)
    wanted = {field: said for field, said in order.columns.items() if field not in column and field in ("text", "html")}
    values = {field: _plainly(_value(row, name)) for field, name in column.items()}
    content, as_html = values.get("text"), False
    if not isinstance(content, str) or not content.strip():
        if isinstance(values.get("html"), str):
            content, as_html = values["html"], True
    if not isinstance(content, str):
        if wanted or not column.keys() & {"text", "html"}:
            missing = next(iter(wanted.values()), None)
            what = f'has no column "{missing[:60]}"' if missing else "has no column that holds a text"
            return Refusal(origin, f"{what}; it has {_listed(row)}; say which one is the text, for example text=body")
    if not isinstance(content, str) or not content.strip():
        return Refusal(origin, "has an empty text; there is nothing to read")
    known = Carried(
        title=_title(_value(row, column["title"])) if "title" in column else None,
        outlet=cleaned(values.get("outlet"), 120),
        url=web_address(values.get("url")),
        published=carried_date(str(values["published"])) if values.get("published") else None,
        language=short_code(cleaned(values.get("language"), 20)),
    )
    notes: tuple[str, ...] = ()
    if values.get("published") and known.published is None:
        notes = (f'date "{cleaned(str(values["published"]), 40)}" not understood',)
    return Manuscript(
        content, origin, "text/html" if as_html else None, known, notes=notes, body_only=_is_body(content)
    )


def _is_body(html: str) -> bool:
    """Is this HTML only the body of an article, or a whole page?"""
    start = html[:2000].lower()
    return not ("<html" in start or "<!doctype" in start or "<head" in start)


def _value(row: Mapping[str, Any], name: str) -> Any:
    if name in row:
        return row[name]
    value: Any = row
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _title(value: Any) -> str | None:
    """A title that is an object comes out of a CMS as HTML."""
    title = cleaned(_plainly(value))
    return cleaned(html.unescape(title)) if title and isinstance(value, Mapping) else title


def _plainly(value: Any) -> Any:
    """`{"name": "Talbote"}` is the Talbote; `{"rendered": "<p>…"}` is how WordPress says it."""
    if not isinstance(value, Mapping):
        return value
    return next((value[key] for key in ("rendered", "name", "value") if isinstance(value.get(key), str)), None)


def _plain(name: str) -> str:
    return "".join(name.split()).casefold().replace("-", "_").lstrip("\ufeff")


def _listed(names: Iterable[str]) -> str:
    shown = [cleaned(str(name), 30) or "(without a name)" for _, name in zip(range(8), names, strict=False)]
    return ", ".join(shown) or "none"
