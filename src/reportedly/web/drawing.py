"""How is time drawn? A row for each of those who say most, above them all together; places on the paper, no more."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from reportedly.export.words import number, word
from reportedly.model.answers import DayCount, OverTime
from reportedly.web.calls import address
from reportedly.web.words import said

if TYPE_CHECKING:
    from reportedly.web.timeline import Event

WIDTH, LEFT, RIGHT, STEP, TOP, TALL = 1120, 210, 64, 30, 34, 46
_BINS = 72
_MANY = 200
"""Statements from which on the few that lie far outside do not stretch the paper."""
_FAR = 0.005


@dataclass(frozen=True, slots=True)
class Mark:
    """One dot, or a bar: `x` and `r` in units of the drawing (of a bar half its width, and how `high` it is); `told`: there is room for
    the number."""

    x: float
    r: float
    n: int
    known: bool
    form: str
    to: str
    label: str
    high: float = 0.0
    told: bool = False


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
    """Bars of everything, rows, the times under which lines stand: (x, label); what lies outside: (label, address)."""

    bars: tuple[Mark, ...]
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    outside: tuple[tuple[str, str], ...]
    first: str
    last: str
    width: int
    height: int
    more: int


@dataclass(frozen=True, slots=True)
class _Paper:
    """The days that are drawn."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days

    def x(self, at: int) -> float:
        """The middle of a bin."""
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (at + 0.5) / self.bins, 1)

    @property
    def bins(self) -> int:
        return min(_BINS, self.days + 1)

    def bin(self, day: str) -> int:
        """In which bin a day lies; -1 where it is not drawn."""
        found = _date(day)
        if found is None or not self.first <= found <= self.last:
            return -1
        return (found - self.first).days * self.bins // (self.days + 1)

    def place(self, day: date) -> float:
        """Where a day begins."""
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - self.first).days / (self.days + 1), 1)


def draw(told: OverTime, by: str, q: str, events: Sequence[Event], tongue: str) -> Drawing | None:
    """The rows with most statements; None where there is nothing to draw. `events` are those at hand: a dot of one of them leads
    to it."""
    paper = _paper(told.whole)
    if paper is None:
        return None
    lines = []
    for row, told_row in enumerate(told.rows):
        query = f"{q} {told_row.query}".strip()
        none = "no_outlet" if by == "outlet" else "unnamed_speakers"
        groups = _groups(told_row.days, paper)
        mine = {(e.day, e.form): e for e in events if (e.outlet if by == "outlet" else e.who) in told_row.names}
        marks = tuple(
            _mark(at, group, paper, query, mine, tongue, crowded={at - 1, at + 1} & groups.keys())
            for at, group in sorted(groups.items())
        )
        y = TOP + TALL + STEP * row + STEP // 2
        to = address("/search", q=query) if told_row.query else ""
        lines.append(Line(told_row.name or word(tongue, none), y, told_row.statements, marks, to))
    ticks = tuple((paper.place(day), label) for day, label in _ticks(paper.first, paper.last))
    height = TOP + TALL + STEP * len(lines) + 8
    return Drawing(
        tuple(_bars(told.whole, paper, q, tongue)), tuple(lines), ticks, tuple(_outside(told.whole, paper, q, tongue)),
        paper.first.isoformat(), paper.last.isoformat(), WIDTH, height, told.more,
    )  # fmt: skip


def _paper(whole: Sequence[DayCount]) -> _Paper | None:
    """From the first day to the last; of many statements, from where all but a few on each side lie."""
    days = [d for d in whole if _date(d.day)]
    if not days:
        return None
    sums = list(accumulate(d.count for d in days))
    far = sums[-1] * _FAR if sums[-1] >= _MANY else 0
    first, last = days[bisect_left(sums, far)], days[min(bisect_left(sums, sums[-1] - far), len(days) - 1)]
    return _Paper(date.fromisoformat(first.day), date.fromisoformat(last.day))


def _groups(days: Sequence[DayCount], paper: _Paper) -> dict[int, list[DayCount]]:
    groups: dict[int, list[DayCount]] = {}
    for d in days:
        if (at := paper.bin(d.day)) >= 0:
            groups.setdefault(at, []).append(d)
    return groups


def _mark(
    at: int,
    group: Sequence[DayCount],
    paper: _Paper,
    query: str,
    mine: dict[tuple[str, str], Event],
    tongue: str,
    *,
    crowded: Collection[int],
) -> Mark:
    n = sum(d.count for d in group)
    days, forms = sorted(d.day for d in group), {d.form for d in group}
    form = forms.pop() if len(forms) == 1 else "several"
    one = mine.get((days[0], form)) if n == 1 else None
    what = f"{word(tongue, f'form.{form}')} · {one.content[:120]}" if one else number(tongue, n)
    to = one.path if one else _search(query, days[0], days[-1])
    size = round(min(4.5 + 1.6 * (n - 1) ** 0.5, 7 if crowded else 12), 1)
    label, known = f"{_span(days[0], days[-1])} · {what}", any(d.known for d in group)
    return Mark(paper.x(at), size, n, known, form, to, label, told=n > 2 and not crowded)


def _bars(whole: Sequence[DayCount], paper: _Paper, q: str, tongue: str) -> list[Mark]:
    groups = _groups(whole, paper)
    most = max((sum(d.count for d in group) for group in groups.values()), default=1)
    half = (WIDTH - LEFT - RIGHT) / paper.bins / 2 - 0.5
    bars = []
    for at, group in sorted(groups.items()):
        n, days = sum(d.count for d in group), sorted(d.day for d in group)
        label = f"{_span(days[0], days[-1])} · {number(tongue, n)}"
        high = round(max((TALL - 12) * n / most, 1), 1)
        bars.append(
            Mark(paper.x(at), round(max(half, 0.5), 2), n, True, "", _search(q, days[0], days[-1]), label, high)
        )
    return bars


def _outside(whole: Sequence[DayCount], paper: _Paper, q: str, tongue: str) -> list[tuple[str, str]]:
    """What lies before and after the paper, as lists."""
    first, last = paper.first.isoformat(), paper.last.isoformat()
    day = timedelta(1)
    sides = (
        ("timeline.before", sum(d.count for d in whole if d.day < first), ("", (paper.first - day).isoformat())),
        ("timeline.after", sum(d.count for d in whole if d.day > last), ((paper.last + day).isoformat(), "")),
    )
    return [
        (said(tongue, key, n=number(tongue, n)), address("/search", q=f"{q} wann:{a}..{b}".strip(), sort="said"))
        for key, n, (a, b) in sides
        if n
    ]


def _search(query: str, first: str, last: str) -> str:
    times = first if first == last else f"{first}..{last}"
    return address("/search", q=f"{query} wann:{times}".strip(), sort="said")


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"


def _date(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


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
