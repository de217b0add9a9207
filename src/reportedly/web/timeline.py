"""Who said what when? Dots on a line for each speaker or outlet, drawn here; the same as a table and as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from reportedly.export.safe import flow, line
from reportedly.export.words import word
from reportedly.model.answers import Hit
from reportedly.model.days import days_of
from reportedly.model.joins import Joins, Near
from reportedly.model.span import hull
from reportedly.web.calls import Call, Download, View, address
from reportedly.web.words import said

MOST = 600
"""Statements that one drawing holds; a page that shows fewer than were found says so."""
_MOST_READINGS = 60
_ROWS = 16
_BINS = 72
WIDTH, LEFT, STEP, TOP = 1120, 210, 30, 34


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


def timeline(call: Call) -> View:
    """The drawing with its table."""
    hits = call.archive.search(call.asked["q"], sort="newest")
    page = hits.page(0, MOST)
    events = _events(call, page.hits)
    by = call.asked["by"]
    data = {"q": call.asked["q"], "by": by, "statements": page.statements, "events": [e.to_dict() for e in events]}
    drawing = None if call.asked["as"] == "table" else draw(events, by, call)
    undated = len(page.hits) - len(events)
    return View("timeline.html", data, {"drawing": drawing, "table": events, "undated": undated, "most": MOST})


def as_csv(call: Call) -> Download:
    """The table as CSV."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["day", "day_of", "speaker", "outlet", "form", "content", "path"])
    for e in _events(call, call.archive.search(call.asked["q"], sort="newest")[:MOST]):
        table.writerow([e.day, "saying" if e.known else "publishing", e.who, e.outlet, e.form, e.content, e.path])
    return Download("timeline.csv", "text/csv; charset=utf-8", iter([out.getvalue().encode("utf-8", "replace")]))


def _events(call: Call, hits: Iterable[Hit]) -> list[Event]:
    """Hits with a day, newest first. The day of saying is asked of the readings, as far as there is time for it."""
    told: dict[str, dict[str, str]] = {}
    out = []
    for h in hits:
        if h.article not in told and len(told) < _MOST_READINGS:
            told[h.article] = _days_of_saying(call, h.article)
        day = told.get(h.article, {}).get(h.statement)
        shown = day or _day(h.published)
        if shown is None:
            continue
        whole = hull(h.place)
        out.append(
            Event(
                shown,
                day is not None,
                flow(h.speaker or h.written or word(call.tongue, "nobody")),
                line(h.outlet or word(call.tongue, "no_outlet")),
                h.form,
                flow(h.content),
                f"/articles/{h.article}/{whole.start}-{whole.end}" if whole else f"/articles/{h.article}",
            )
        )
    return sorted(out, key=lambda e: e.day, reverse=True)


def _days_of_saying(call: Call, article: str) -> dict[str, str]:
    reading = call.archive.reading(article)
    joins, found = Joins(reading), {}
    for s in reading.statements:
        frame = Near([*s.frame, *s.time])
        for m in joins.moments(s):
            if m.value and frame.touching([m.span]) and (days := days_of(m.value)) and days[0] == days[1]:
                found[s.id] = _iso(days[0])
                break
    return found


def _day(published: str | None) -> str | None:
    days = days_of(published)
    return _iso(days[0]) if days and days[0] == days[1] else None


def _iso(day: int) -> str:
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"


# --- drawing


@dataclass(frozen=True, slots=True)
class Mark:
    """One dot: `x` and `r` in units of the drawing; several statements of one time are one larger dot."""

    x: float
    r: float
    n: int
    known: bool
    form: str
    to: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the drawing."""

    name: str
    y: int
    n: int
    marks: tuple[Mark, ...]
    to: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Rows, and the times under which lines stand: (x, label)."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    width: int
    height: int
    more: int


def draw(events: list[Event], by: str, call: Call) -> Drawing | None:
    """The rows with most statements; None where there is nothing to draw."""
    if not events:
        return None

    def name_of(event: Event) -> str:
        return event.who if by == "speaker" else event.outlet

    counts = Counter(name_of(e) for e in events)
    names = [name for name, _ in counts.most_common(_ROWS)]
    first, last = (date.fromisoformat(edge) for edge in (min(e.day for e in events), max(e.day for e in events)))
    days = max((last - first).days, 1)
    room = WIDTH - LEFT - 64

    def x(day: date) -> float:
        return round(LEFT + room * (day - first).days / days, 1)

    lines = []
    for row, name in enumerate(names):
        bins: dict[int, list[Event]] = {}
        for e in events:
            if name_of(e) == name:
                bins.setdefault((date.fromisoformat(e.day) - first).days * _BINS // (days + 1), []).append(e)
        field = "von" if by == "speaker" else "bei"
        query = f'{call.asked["q"]} {field}:{"=" if by == "speaker" else ""}"{name}"'.strip()
        marks = tuple(_mark(group, x, query, call) for _, group in sorted(bins.items()))
        lines.append(Line(name, TOP + STEP * row + STEP // 2, counts[name], marks, address("/search", q=query)))
    height = TOP + STEP * len(names) + 8
    ticks = tuple((x(day), label) for day, label in _ticks(first, last))
    return Drawing(tuple(lines), ticks, WIDTH, height, len(counts) - len(names))


def _mark(group: list[Event], x: Any, query: str, call: Call) -> Mark:
    days = sorted(e.day for e in group)
    middle = date.fromisoformat(days[len(days) // 2])
    one = group[0] if len(group) == 1 else None
    times = days[0] if days[0] == days[-1] else f"{days[0]}..{days[-1]}"
    to = one.path if one else address("/search", q=f"{query} am:{times}")
    label = (
        f"{times} · {word(call.tongue, f'form.{one.form}')} · {one.content[:120]}"
        if one
        else f"{times.replace('..', ' – ')} · {len(group)}"
    )
    form = one.form if one else "several"
    return Mark(
        x(middle),
        round(min(4.5 + 1.6 * (len(group) - 1) ** 0.5, 12), 1),
        len(group),
        any(e.known for e in group),
        form,
        to,
        label,
    )


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Days, months or years, whichever gives a dozen at most."""
    days = (last - first).days
    if days <= 14:
        return [
            (first + timedelta(n), (first + timedelta(n)).isoformat()[5:])
            for n in range(0, days + 1, 1 if days < 8 else 2)
        ]
    months = [
        date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13) if first <= date(y, m, 1) <= last
    ]
    if len(months) < 2:
        return [(first + timedelta(n), (first + timedelta(n)).isoformat()[5:]) for n in range(0, days + 1, 7)]
    step = next(s for s in (1, 2, 3, 6, 12, 24, 60, 120, 600, 6000) if len(months) // s <= 12)
    return [
        (day, day.isoformat()[:7] if step < 12 else str(day.year))
        for day in months
        if ((day.year * 12 + day.month - 1) % step) == 0
    ]


def legend(tongue: str) -> list[tuple[str, str]]:
    """What the shapes mean."""
    return [
        (form, word(tongue, f"form.{form}")) for form in ("direct", "indirect", "mixed", "reported", "free_indirect")
    ] + [("several", said(tongue, "timeline.several"))]
