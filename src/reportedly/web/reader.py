"""An article as one reads it: its text untouched, statements underlined, cards beside it; any place of it has an address."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from reportedly.errors import ArchiveError
from reportedly.export import told
from reportedly.export.page import colour_of, legend, ranking_of, speaker_chooser
from reportedly.export.safe import line, link
from reportedly.export.spread import rows
from reportedly.export.why import reasons
from reportedly.model.joins import Joins
from reportedly.model.judgement import Judgement, Standing, Verdict, put_right, standing
from reportedly.model.reading import Reading
from reportedly.model.span import Span, hull
from reportedly.model.statement import Statement
from reportedly.web import showing
from reportedly.web.calls import Call, Go, RoomError, View, address
from reportedly.web.citing import cite
from reportedly.web.margin import Margin

_ID = re.compile(r"[0-9a-f]{4,16}")
_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_AROUND = 32


def found(call: Call, id: str) -> Reading:
    """The reading of an article by its id or the first signs of it. Raises RoomError."""
    if not _ID.fullmatch(id):
        raise RoomError(404, "error.article", id=id[:40])
    try:
        return call.archive.reading(id)
    except ArchiveError as error:
        raise RoomError(404, str(error)) from None


def article(call: Call) -> View | Go:
    """The whole article."""
    reading = found(call, call.at["id"])
    if reading.article.id != call.at["id"] and not call.as_json:
        return Go(address(f"/articles/{reading.article.id}", **{k: v for k, v in call.asked.items() if v}))
    return _shown(call, reading, None)


def place(call: Call) -> View | Go:
    """A place of it: with a statement that stands there its card is open."""
    reading = found(call, call.at["id"])
    m = _PLACE.fullmatch(call.at["place"])
    if m is None or not int(m[1]) < int(m[2]) <= len(reading.text):
        raise RoomError(404, "error.place", place=call.at["place"][:40], length=len(reading.text))
    at = Span(int(m[1]), int(m[2]))
    if call.as_json:
        return View("", about(call, reading, at, at_place(reading, at)))
    if call.asked["part"] == "card":
        right = put_right(reading, call.archive.judgements(reading.article.id), rejected=True)
        s = at_place(right, at)
        if s is None:
            raise RoomError(404, "error.no_statement")
        return View("card.html", _inside(call, right, at, s))
    return _shown(call, reading, at)


def at_place(reading: Reading, at: Span) -> Statement | None:
    """The statement of a place: the one whose content it is, else the shortest that it lies in or that it covers mostly."""
    exact = [s for s in reading.statements if s.content and (hull(s.content) == at or at in s.content)]
    if exact:
        return exact[0]
    near = []
    for s in reading.statements:
        whole = hull(s.content)
        if whole and whole.overlaps(at):
            shared = min(whole.end, at.end) - max(whole.start, at.start)
            if 2 * shared > len(whole) and 2 * shared > len(at):
                near.append((-shared, len(whole), s.id, s))
    return min(near)[3] if near else None


def _shown(call: Call, reading: Reading, at: Span | None) -> View:
    id_, tongue = reading.article.id, call.tongue
    judgements = call.archive.judgements(id_)
    stands = standing(judgements, reading.statements)
    machine = bool(call.asked.get("machine"))
    right = reading if machine else put_right(reading, judgements)
    versions = call.archive.versions(id_)
    data = {
        "article": reading.to_dict(),
        "standing": {k: _standing(v) for k, v in stands.items()},
        "judgements": [j.to_dict() for j in judgements],
        "versions": [v.to_dict() for v in versions],
    }
    if call.as_json:
        return View("", data)
    joins = Joins(right)
    ranking = ranking_of(joins)
    colours = {s.id: colour_of(joins, s, ranking) for s in right.statements}
    s = at_place(right, at) if at else None
    opened = {s.id: showing.page("card.html", call, _inside(call, right, at, s), {})} if s and at else {}
    body = rows(
        joins, "", tongue, colours, len(reading.text), cards_by=Margin(id_, stands, opened), chosen=at, numbered=True
    )
    gone = [] if machine else [t for t in reading.statements if stands.get(t.id, Standing()).verdict is Verdict.REJECT]
    more = {
        "reading": right,
        "title": line(told.headline(reading, tongue)),
        "rows": Markup("".join(body)),
        "chooser": Markup("".join(speaker_chooser(joins, "", tongue, ranking)) if len(ranking) > 1 else ""),
        "legend": Markup(legend(tongue) if right.statements else ""),
        "speakers": len(ranking),
        "gone": [
            (t, told.names(Joins(reading), t), hull(t.content), told.content(t, reading.text, tongue)) for t in gone
        ],
        "original": link(reading.article.url),
        "captured": min((v.added for v in versions if v.article == id_), default=""),
        "others": [v for v in versions if v.article != id_],
        "at": at,
        "chosen": about(call, reading, at, s) if at else None,
        "machine": machine,
    }
    return View("article.html", data, more)


def about(call: Call, reading: Reading, at: Span, s: Statement | None) -> dict[str, Any]:
    """Everything about a place: its words, who said them and why we think so, how to cite it."""
    text, joins = reading.text, Joins(reading)
    versions = call.archive.versions(reading.article.id)
    captured = min((v.added for v in versions if v.article == reading.article.id), default="")
    here = f"/articles/{reading.article.id}/{at.start}-{at.end}"
    citation = cite(reading, at, s, captured, here, call.tongue)
    record = next((r for r in reading.to_dict()["statements"] if s and r["id"] == s.id), None)
    return {
        "article": reading.article.id,
        "title": told.headline(reading, call.tongue),
        "start": at.start,
        "end": at.end,
        "exact": at.of(text),
        "prefix": text[max(0, at.start - _AROUND) : at.start],
        "suffix": text[at.end : at.end + _AROUND],
        "path": here,
        "statement": record,
        "why": [list(pair) for pair in reasons(joins, s, call.tongue)] if s else [],
        "citation": citation.text,
        "bibtex": citation.bibtex,
        "csl": citation.csl,
    }


def _inside(call: Call, reading: Reading, at: Span, s: Statement) -> dict[str, Any]:
    """What an open card tells."""
    joins = Joins(reading)
    name, written = told.names(joins, s)
    judgements = [j for j in call.archive.judgements(reading.article.id) if _touches(j, s)]
    return {
        "s": s,
        "about": about(call, reading, at, s),
        "details": told.details(joins, s, call.tongue),
        "harms": [(d[1:], found) for d, found in zip(joins.damage_ids(s), joins.damages(s), strict=True)],
        "judgements": judgements,
        "name": name,
        "written": written,
        "named": (who := joins.who(s)) is not None and who.named,
        "query": f"von:={_quoted(name)}" if name else "",
    }


def _quoted(name: str) -> str:
    return f'"{name}"' if '"' not in name else f"»{name}«"


def _touches(j: Judgement, s: Statement) -> bool:
    return any(p.overlaps(q) for p in (*j.place, *j.content) for q in s.content)


def _standing(now: Standing) -> dict[str, Any]:
    return {
        "verdict": now.verdict.value if now.verdict else None,
        "content": [[p.start, p.end] for p in now.content],
        "speaker": now.speaker,
        "by": now.by,
    }
