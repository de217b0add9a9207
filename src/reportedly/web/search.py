"""Statements that a query finds: chips, facets, results with the speaker in front; saved searches, feeds, lists of queries."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape as xml

from markupsafe import Markup, escape

from reportedly.archive import Found
from reportedly.errors import ArchiveError
from reportedly.export import answers
from reportedly.export.safe import flow, line
from reportedly.export.words import word
from reportedly.model.answers import Facet, Hit, Page
from reportedly.model.span import hull
from reportedly.query import parse
from reportedly.web.calls import Call, Download, Go, RoomError, View, address
from reportedly.web.desk import now
from reportedly.web.results import hit_path
from reportedly.web.words import said

_MOST_QUERIES = 200
_FEED = 50
MANY = 60_000
"""Hits beyond which the counts of the facets come after the results, in a request of their own."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One requirement of the query, with the queries that drop it and that turn it round."""

    written: str
    negated: bool
    without: str
    turned: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: `state` is "", "in" or "out", `then` the query that one more click asks for; `plus` and
    `minus` those that take it in and exclude it, "" where it is so already."""

    value: str
    count: int
    of: int
    state: str
    then: str
    plus: str
    minus: str


def search(call: Call) -> View:
    """A page of hits."""
    q, asked = call.asked["q"], call.asked
    found = _found(call)
    try:
        page = found.page(asked["first"], asked["most"], facets=asked["facets"] if call.as_json else 0)
    except ArchiveError as error:
        page = None
        slow = str(error)
    if page is None:
        if call.as_json:
            raise RoomError(400, slow)
        return View(
            "search.html", {"q": q}, {**_form(call, found), "page": None, "slow": slow, "hits": [], "facets": []}
        )
    data = {
        "q": q,
        "sort": asked["sort"],
        **page.to_dict(),
        "notes": [{"kind": n.kind, "about": n.about} for n in page.notes],
    }
    if call.as_json:
        return View("", data)
    more = {
        **_form(call, found),
        "page": page,
        "slow": "",
        "hits": [
            {**shown(hit, call), "path": hit_path(hit, q, asked["sort"], n)}
            for n, hit in enumerate(page.hits, page.first + 1)
        ],
        "facets": choices(call, found, asked["facets"]) if 0 < page.statements <= MANY else [],
        "facets_later": address("/search/facets", q=q, sort=asked["sort"]) if page.statements > MANY else "",
        "total": answers.total_of(page.statements, page.articles, call.tongue),
        "why_none": [(a, without(found, n)) for n, a in enumerate(page.why_none)],
        "before": max(asked["first"] - asked["most"], 0) if asked["first"] else None,
        "after": asked["first"] + asked["most"] if asked["first"] + asked["most"] < page.statements else None,
        "is_saved": any(s["q"] == q for s in call.desk.beside.saved()),
        "feed": address("/search.atom", q=q, feed=call.desk.rules.feed_key),
    }
    return View("search.html", data, more)


def facets(call: Call) -> View:
    """Only what the hits are like."""
    found = _found(call)
    data = {"q": call.asked["q"], "facets": [f.to_dict() for f in _facets(found, call.asked["facets"])]}
    return View("facets.html", data, {"facets": choices(call, found, call.asked["facets"]), "sort": call.asked["sort"]})


def _found(call: Call) -> Found:
    return call.archive.search(call.asked["q"], sort=call.asked.get("sort", "newest"))


def _facets(found: Found, most: int) -> list[Facet]:
    try:
        return found.facets(most)
    except ArchiveError:
        return []


def _form(call: Call, found: Found) -> dict[str, Any]:
    clauses = [c.written for c in found.query.clauses]
    chips = [
        Chip(
            c.written,
            c.negated,
            without(found, n),
            _with(clauses, n, c.written[1:] if c.written.startswith("-") else f"-{c.written}"),
        )
        for n, c in enumerate(found.query.clauses)
    ]
    return {"chips": chips, "notes": [answers.note(n, call.tongue) for n in found.notes]}


def _with(clauses: Sequence[str], n: int, other: str) -> str:
    return " ".join([*clauses[:n], other, *clauses[n + 1 :]])


def without(found: Found, n: int) -> str:
    """The query without its n-th requirement."""
    return " ".join(c.written for i, c in enumerate(found.query.clauses) if i != n)


def choices(call: Call, found: Found, most: int) -> list[tuple[Facet, list[Choice]]]:
    """The facets as links: a click adds, a second one excludes, a third one lets go."""
    clauses = [c.written for c in found.query.clauses]
    made = []
    for facet in _facets(found, most):
        rows = [_choice(clauses, row.value, (row.count, row.of), row.query) for row in facet.rows]
        kept = {row.query for row in facet.rows}
        start = facet.rows[0].query[: facet.rows[0].query.find(":") + 1] if facet.rows else "\0"
        rows += [  # what is excluded has no hits left, and must stay visible all the same
            _choice(clauses, c.removeprefix("-").partition(":")[2].strip('=„“"»«'), (0, 0), c.removeprefix("-"))
            for c in clauses
            if c.startswith(f"-{start}") and c.removeprefix("-") not in kept
        ]
        if rows and (answers.tells(facet) or any(row.state for row in rows)):
            made.append((facet, rows))
    return made


def _choice(clauses: list[str], value: str, counts: tuple[int, int], query: str) -> Choice:
    if query in clauses:
        out = " ".join(f"-{c}" if c == query else c for c in clauses)
        return Choice(value, *counts, "in", out, "", out)
    if f"-{query}" in clauses:
        turned = " ".join(query if c == f"-{query}" else c for c in clauses)
        return Choice(value, *counts, "out", " ".join(c for c in clauses if c != f"-{query}"), turned, "")
    taken, left = (" ".join([*clauses, c]) for c in (query, f"-{query}"))
    return Choice(value, *counts, "", taken, taken, left)


def shown(hit: Hit, call: Call) -> dict[str, Any]:
    """A hit for the template: its words with what was sought marked, its address."""
    whole = hull(hit.place)
    return {
        "hit": hit,
        "words": marked(hit, call.tongue),
        "path": f"/articles/{hit.article}/{whole.start}-{whole.end}" if whole else f"/articles/{hit.article}",
        "who": flow(hit.speaker or (f"{hit.written} ?" if hit.written else word(call.tongue, "nobody"))),
    }


def marked(hit: Hit, tongue: str) -> Markup:
    """The content; direct speech in its marks, the words of the query in the only yellow there is."""
    opening, closing = (("„", "“") if tongue == "de" else ("“", "”")) if hit.form == "direct" else ("", "")
    out, at = [escape(opening)], 0
    for mark in sorted(hit.marks):
        if mark.start < at:
            continue
        out += [
            _run(hit.content[at : mark.start]),
            Markup("<mark>"),
            _run(hit.content[mark.start : mark.end]),
            Markup("</mark>"),
        ]
        at = mark.end
    return Markup("").join([*out, _run(hit.content[at:]), escape(closing)])


def _run(words: str) -> Markup:
    """Running text with the blanks at its edges, which `flow` takes off."""
    middle = flow(words)
    if not middle:
        return Markup(" " if words else "")
    return escape((" " if words[:1].isspace() else "") + middle + (" " if words[-1:].isspace() else ""))


# --- saved searches and feeds


def saved(call: Call) -> View:
    """All saved searches with what is new in them."""
    rows = saved_rows(call)
    return View("saved.html", {"saved": rows}, {"feed_key": call.desk.rules.feed_key})


def saved_rows(call: Call) -> list[dict[str, Any]]:
    """Saved searches: hits now, and how many more than when somebody looked last."""
    out = []
    for row in call.desk.beside.saved():
        try:
            hits: int | None = len(call.archive.search(row["q"]))
        except ArchiveError:
            hits = None
        new = max((hits or 0) - row["seen"], 0)
        out.append(
            {
                "key": row["key"],
                "name": row["name"],
                "q": row["q"],
                "hits": hits,
                "new": new,
                "path": address("/search", q=row["q"]),
            }
        )
    return out


def save(call: Call) -> Go:
    """Keep this search; saving it again means: seen."""
    q = call.form["q"].strip()
    hits = len(call.archive.search(q))
    call.desk.beside.save(call.form.get("name", "").strip() or q, q, now(), hits)
    call.desk.beside.run("UPDATE saved SET seen = ? WHERE q = ?", hits, q)
    return Go(address("/search", q=q))


def forget(call: Call) -> Go:
    """Remove a saved search."""
    key = call.form["key"]
    if key.isdigit():
        call.desk.beside.run("DELETE FROM saved WHERE key = ?", int(key))
    return Go("/saved")


def feed(call: Call) -> Download:
    """The newest hits as Atom; an entry is a statement, its id the place that never changes."""
    q = call.asked["q"]
    hits = call.archive.search(q)[:_FEED]
    title = f"reportedly · {flow(q)}" if q else "reportedly"
    updated = max((_stamp(h.published) for h in hits), default="1970-01-01T00:00:00Z")
    entries = []
    for h in hits:
        view = shown(h, call)
        place = str(view["path"]).rsplit("/", 1)[-1]
        head = " · ".join(p for p in (view["who"], line(h.outlet or ""), (h.published or "")[:10]) if p)
        entries.append(
            f"<entry><id>urn:reportedly:{h.article}/{place}</id><title>{_xml(head)}</title><updated>{_stamp(h.published)}</updated>"
            f'<link rel="alternate" href="{_xml(str(view["path"]))}"/><content type="text">{_xml(flow(h.content))}</content></entry>'
        )
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>urn:reportedly:search:{_xml(address('', q=q))}</id><title>{_xml(title)}</title><updated>{updated}</updated>"
        f"<author><name>reportedly</name></author>{''.join(entries)}</feed>\n"
    )
    return Download("reportedly.atom", "application/atom+xml", iter([text.encode("utf-8", "replace")]), inline=True)


def _xml(text: str) -> str:
    return xml("".join(c if c.isprintable() else " " for c in text), {'"': "&quot;"})


def _stamp(published: str | None) -> str:
    day = (published or "")[:10]
    return f"{day}T00:00:00Z" if len(day) == 10 else "1970-01-01T00:00:00Z"


# --- many queries at once


def queries(call: Call) -> View:
    """A table: a query a line, its counts beside it; a line that fails tells so, the others go on."""
    given = call.form.get("list", call.asked.get("list", ""))
    rows = list(_counted(call, given))
    data = {"queries": [{k: v for k, v in row.items() if k != "sentences"} for row in rows]}
    return View("queries.html", data, {"given": given, "rows": rows, "most": _MOST_QUERIES})


def _counted(call: Call, given: str) -> Iterator[dict[str, Any]]:
    lines = [text.strip() for text in given.splitlines() if text.strip()]
    if len(lines) > _MOST_QUERIES:
        raise RoomError(400, "error.queries", n=len(lines), most=_MOST_QUERIES)
    for text in lines:
        notes = parse(text).notes
        row: dict[str, Any] = {
            "q": text,
            "notes": [{"kind": n.kind, "about": n.about} for n in notes],
            "sentences": [answers.note(n, call.tongue) for n in notes],
            "error": "",
            "statements": None,
            "articles": None,
        }
        try:
            page: Page = call.archive.search(text).page(0, 0)
            row |= {"statements": page.statements, "articles": page.articles}
        except ArchiveError as error:
            row["error"] = str(error)
        yield row


def queries_csv(call: Call) -> Download:
    """The same table as CSV."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["query", "statements", "articles", "note"])
    for row in _counted(call, call.asked["list"]):
        table.writerow(
            [
                row["q"],
                row["statements"],
                row["articles"],
                row["error"] or said(call.tongue, "join").join(row["sentences"]),
            ]
        )
    return Download("queries.csv", "text/csv; charset=utf-8", iter([out.getvalue().encode("utf-8", "replace")]))
