"""Who speaks: the list of names, and a page for each: says, about, leans on, is leaned on, where, when."""

from __future__ import annotations

from typing import Any

from reportedly.model.answers import SpeakerRow
from reportedly.web.calls import Call, RoomError, View, address
from reportedly.web.search import shown

TABS = ("says", "about", "authority", "where", "time")


def speakers(call: Call) -> View:
    """The names, most statements first."""
    rows = call.archive.speakers(call.asked["words"], most=call.asked["most"], named=not call.asked["unnamed"])
    data = {"speakers": [row.to_dict() for row in rows]}
    return View("speakers.html", data, {"rows": [(row, _path(row)) for row in rows]})


def _path(row: SpeakerRow) -> str:
    return address("/speaker", name=row.name) if row.named else address("/search", q=row.query)


def speaker(call: Call) -> View:
    """One name. Rows of one name are not yet one person: that is a question of its own, see `same.html`."""
    name, tab = call.asked["name"], call.asked["tab"]
    found = [row for row in call.archive.speakers(name, most=200) if row.name == name]
    if not found:
        raise RoomError(404, "error.speaker", name=name[:60])
    row = max(found, key=lambda r: r.statements)
    queries = queries_of(row)
    variants = [r for r in call.archive.speakers(name.split()[-1], most=12) if r.name != name]
    counts = {k: len(call.archive.search(q)) for k, q in queries.items()}
    data: dict[str, Any] = {
        "speaker": row.to_dict(),
        "queries": queries,
        "counts": counts,
        "alike": [r.to_dict() for r in variants],
        "tab": tab,
    }
    more: dict[str, Any] = {
        "row": row,
        "tabs": TABS,
        "alike_rows": [(r, _path(r)) for r in variants],
        "hits": [],
        "facets": [],
    }
    if tab in queries:
        page = call.archive.search(queries[tab]).page(call.asked["first"], call.asked["most"])
        data["page"] = page.to_dict() | {"notes": []}
        more["hits"] = [shown(h, call) for h in page.hits]
        more["after"] = (
            call.asked["first"] + call.asked["most"]
            if call.asked["first"] + call.asked["most"] < page.statements
            else None
        )
        more["q"] = queries[tab]
    else:
        facets = call.archive.search(queries["says"]).facets(30)
        data["facets"] = [f.to_dict() for f in facets]
        wanted = ("outlet", "cue_class", "form") if tab == "where" else ("year",)
        more["facets"] = [f for f in facets if f.field in wanted]
        more["after"], more["q"] = None, queries["says"]
    return View("speaker.html", data, more)


def queries_of(row: SpeakerRow) -> dict[str, str]:
    """The searches behind the tabs."""
    quoted = row.query.partition("=")[2]
    return {"says": row.query, "about": f"über:{quoted} -{row.query}", "authority": f"laut:{quoted}"}
