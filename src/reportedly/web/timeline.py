"""Who said what when? All that a query finds in one drawing, a row for each speaker or outlet; the same as a table and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TextIO

from reportedly.archive import Archive
from reportedly.errors import ArchiveError
from reportedly.export.safe import flow, line
from reportedly.export.words import word
from reportedly.model.answers import Hit, OverTime, Page
from reportedly.model.days import days_of, iso
from reportedly.model.query import Days
from reportedly.model.span import hull
from reportedly.query import parse
from reportedly.web.calls import Call, Download, Go, View, address
from reportedly.web.drawing import draw
from reportedly.web.exporting import parts

MOST = 200
"""Lines of the table on one page."""
ROWS = 16


@dataclass(frozen=True, slots=True)
class Event:
    """A statement in time: `day` is ISO; `known` where the text tells the day of saying, else it is that of publishing."""

    day: str
    known: bool
    who: str
    outlet: str
    form: str
    content: str
    path: str

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def timeline(call: Call) -> View | Go:
    """The drawing with its table. Two days given in a form become a part of the query, so that it is all in the address."""
    q, by, first = call.asked["q"], call.asked["by"], call.asked["first"]
    if call.asked["from"] or call.asked["to"]:
        between = f"wann:{call.asked['from']}..{call.asked['to']}"
        q = f"{always(q)} {between}".strip()
        if not call.as_json:
            return Go(address("/timeline", q=q, by=by))
    found = call.archive.search(q, sort="said")
    slow, drawn = "", OverTime((), (), 0, 0)
    try:
        drawn = found.over_time(by, ROWS)
        page = found.page(first, MOST)
    except ArchiveError as error:
        slow, page = str(error), Page((), 0, 0, 0, found.notes)
    events = [_event(h, call) for h in page.hits]
    data = {
        "q": q, "by": by, "statements": page.statements, "first": first, "events": [e.to_dict() for e in events],
        "over_time": drawn.to_dict() if call.as_json else None,
    }  # fmt: skip
    as_table = call.asked["as"] == "table"
    more = {
        "drawing": None if as_table or call.as_json else draw(drawn, by, q, events, call.tongue),
        "table": events, "undated": drawn.undated, "slow": slow, "as_table": as_table,
        "chosen": always(q) != q.strip(), "always": always(q),
        "after": first + MOST if first + MOST < page.statements else None, "before": max(first - MOST, 0) if first else None,
    }  # fmt: skip
    return View("timeline.html", data, more)


def always(q: str) -> str:
    """The query without the time that was chosen in the drawing."""
    clauses = parse(q).clauses
    kept = [c.written for c in clauses if c.negated or not all(isinstance(x, Days) and x.either for x in c.any)]
    return " ".join(kept) if len(kept) < len(clauses) else q.strip()


def as_csv(call: Call) -> Download:
    """The whole table as CSV, written while it is sent."""
    q = call.asked["q"]
    call.archive.search(q).page(0, 0)  # a query that takes too long is told before anything is sent

    def write(archive: Archive, out: TextIO) -> None:
        table = csv.writer(out)
        table.writerow(["day", "day_of", "speaker", "outlet", "form", "content", "path"])
        for e in _all(archive.search(q, sort="said"), call):
            known = "saying" if e.known else "publishing" if e.day else ""
            table.writerow([e.day, known, e.who, e.outlet, e.form, e.content, e.path])

    return Download("timeline.csv", "text/csv; charset=utf-8", parts(call, write))


def _all(hits: Iterable[Hit], call: Call) -> Iterable[Event]:
    return (_event(h, call) for h in hits)


def _event(h: Hit, call: Call) -> Event:
    known = h.said_first is not None and h.said_first == h.said_last
    published = days_of(h.published)
    day = h.said_first if known else iso(published[0]) if published else None
    whole = hull(h.place)
    return Event(
        day or "",
        known,
        flow(h.speaker or h.written or word(call.tongue, "nobody")),
        line(h.outlet or word(call.tongue, "no_outlet")),
        h.form,
        flow(h.content),
        f"/articles/{h.article}/{whole.start}-{whole.end}" if whole else f"/articles/{h.article}",
    )
