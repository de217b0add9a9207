"""Who speaks: the list of speakers, and a page for each: says, about, leans on, where, when, and why these names are one."""

from __future__ import annotations

from typing import Any

from reportedly.errors import ArchiveError
from reportedly.export.people import role_of, why_of
from reportedly.model.answers import SpeakerPage, SpeakerRow
from reportedly.web.calls import Call, RoomError, View, address
from reportedly.web.same import pair_path
from reportedly.web.search import shown

TABS = ("says", "about", "authority", "where", "time")
_NAMES = 6


def speakers(call: Call) -> View:
    """The speakers, most statements first; all names of one in one row."""
    rows = call.archive.speakers(call.asked["words"], most=call.asked["most"], named=not call.asked["unnamed"])
    data = {"speakers": [row.to_dict() for row in rows]}
    return View("speakers.html", data, {"rows": [(row, path_of(row)) for row in rows]})


def path_of(row: SpeakerRow) -> str:
    """The page of a speaker, by the name that means nobody else: that of `ist:`. Who has none has a search."""
    if not row.query.startswith("ist:"):
        return address("/search", q=row.query)
    return address("/speaker", name=row.query.removeprefix("ist:").strip('"»«›‹'))


def speaker(call: Call) -> View:
    """All about one speaker, under whichever of the names."""
    name, tab = call.asked["name"], call.asked["tab"]
    try:
        told = call.archive.speaker(name)
    except ArchiveError:
        raise RoomError(404, "error.speaker", name=name[:60]) from None
    row = told.row
    queries = _queries(told)
    alike = call.archive.alike(row)
    authority = len(call.archive.search(queries["authority"]))
    data: dict[str, Any] = {
        "speaker": row.to_dict(),
        "spellings": [r.to_dict() for r in told.spellings],
        "chain": [why.to_dict() for why in told.chain],
        "kept_apart": [why.to_dict() for why in told.kept_apart],
        "doubts": [doubt.to_dict() for doubt in told.doubts],
        "queries": queries,
        "counts": {"says": told.says.count, "about": told.about.count, "authority": authority},
        "alike": [r.to_dict() for r in alike],
        "tab": tab,
    }
    more: dict[str, Any] = {
        "row": row,
        "name": name,
        "tabs": TABS,
        "known": [
            ("roles", [(role_of(r), r.articles, "") for r in row.held]),
            ("spellings", [(role_of(r), r.articles, _written(r.role)) for r in told.spellings]),
            ("chain", [(why_of(why, call.tongue), 0, "") for why in told.chain]),
            ("apart", [(why_of(why, call.tongue), 0, "") for why in told.kept_apart]),
        ],
        "open": [(why_of(doubt.why, call.tongue), doubt, pair_path(doubt.pair)) for doubt in told.doubts],
        "alike_rows": [(r, path_of(r)) for r in alike],
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


def _queries(told: SpeakerPage) -> dict[str, str]:
    """The searches behind the tabs. Whom others lean on, they lean on by any of the names."""
    names = [n for n in told.row.names if '"' not in n][:_NAMES]
    return {"says": told.says.query, "about": told.about.query, "authority": " OR ".join(f'laut:"{n}"' for n in names)}


def _written(name: str) -> str:
    """The search for this spelling alone."""
    return "" if '"' in name else address("/search", q=f'von:="{name}"')
