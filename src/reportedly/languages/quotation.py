"""Which quotation marks belong together?

All marks of a text are paired at once, by least cost: a dynamic programme walks over them and holds, for the few best
readings so far, which marks stand open. Leaving a mark without partner has a price, so has a mark that opens with a
blank behind it or a pair that no house style knows. One slip thus costs one mark, and the next quotation is read
aright:

`„Das reicht, sagte sie. „Wir gehen.“` pairs the second and the third mark and leaves the first one open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reportedly.languages.language import Language
from reportedly.model.analysis import QuotePair
from reportedly.model.span import Span

ALONE = 1.6
"""The price of a mark without partner."""
_BREAK = 0.25
_SOFT_BREAK = 0.05
_CONTINUED = 0.15
_FAR = 0.00001
_SAME_INSIDE = 0.6
_DEPTH = 3
_WIDTH = 8
_SLACK = 4.0
_RUN = 6
_REACH = 600

_MARK = re.compile(r"(?<!\w),,(?=\w)|(?<!['‘’´`])''(?!['‘’´`])|``|[„“”\"＂«»‹›‚‘]|(?<!\w)['’]|['’](?!\w)")
_BREAKS = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]\s*")
_STOP = re.compile(r"(?<!\b\w)(?<!\b\d\d)[.!?…](?=\s|$)|[\n\r\u2028\u2029]")
_SINGLES = frozenset("‚‘’'‹›")
_FULL = frozenset(".!?…:“”\"«»‘’'")


@dataclass(frozen=True, slots=True)
class _Mark:
    """One mark with the prices of its three readings: it opens, it closes, it stands alone."""

    start: int
    end: int
    glyph: str
    opens: float
    closes: float
    alone: float
    heads: bool
    """It is the first thing in its paragraph."""


_State = tuple[str, ...]
_Way = tuple["_Way | None", int, str]
"""How a state was reached: the way before, the number of the mark, and what it does ("open", "close", "go on")."""


@lru_cache(maxsize=2)
def pair_quotes(text: str, language: Language) -> tuple[QuotePair, ...]:
    """All quotations of `text` in the order of their first characters, the outer before the inner.

    A quotation whose other mark is missing is given too, with `opened` or `closed` False; its missing edge is set at
    the edge of its sentence. Marks that are no quotation marks (apostrophes, inches) are left out. Linear time;
    the last two texts are remembered, since several stages ask about the same one.
    """
    costs = _costs(language)
    marks = list(_marks(text, costs))
    if not marks:
        return ()
    way, stack = _best_way(text, marks, costs)
    return tuple(_pairs(text, marks, way, len(stack)))


@lru_cache(maxsize=64)
def _costs(language: Language) -> dict[tuple[str, str], float]:
    """The price of each pair of marks that this language's table knows."""
    return {(row["open"], row["close"]): float(row["cost"]) for row in language.rows("quotes")}


def _marks(text: str, costs: dict[tuple[str, str], float]) -> Iterator[_Mark]:
    """Every mark that may take part, priced by its neighbours. Long runs of bare marks are ornament and left out."""
    opening = {o for o, _ in costs}
    closing = {c for _, c in costs}
    foreign = "„" in text or "»" in text
    run: list[re.Match[str]] = []
    for found in _MARK.finditer(text):
        if run and not _bare(text, run[-1].end(), found.start()):
            if len(run) <= _RUN:
                yield from (_priced(text, m, opening, closing, foreign) for m in run)
            run = []
        run.append(found)
    if len(run) <= _RUN:
        yield from (_priced(text, m, opening, closing, foreign) for m in run)


def _bare(text: str, start: int, end: int) -> bool:
    """Nothing but white space between two marks."""
    return end - start < 4 and not text[start:end].strip()


def _priced(text: str, found: re.Match[str], opening: set[str], closing: set[str], foreign: bool) -> _Mark:
    start, end, glyph = found.start(), found.end(), found[0].replace("＂", '"')
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    opens = _before_opening(before) + _after_opening(after, glyph)
    closes = _before_closing(before, glyph) + _after_closing(after)
    alone = ALONE
    if glyph in "'’‘":
        alone = 0.0 if before.isalnum() and after.isalnum() else 0.25 if before.isalnum() else 0.35
        alone = 0.8 if glyph == "‘" and alone else alone
    elif glyph in "\"”“''" and before.isdigit():
        alone = 0.7
    elif glyph == "‚":
        alone = 0.9
    elif glyph in "«»‹›" and before.isspace() and after.isspace():
        alone = 0.4
    elif glyph == ",,":
        alone = 0.9
    if foreign and glyph in '“”"':
        opens += 0.4  # a text that opens with „ or » elsewhere rarely opens with these
    if glyph not in opening:
        opens = 99.0
    if glyph not in closing:
        closes = 99.0
    line = text[max(0, start - 8) : start].rstrip(" \t\xa0")
    heads = not line or bool(_BREAKS.match(line[-1]))
    return _Mark(start, end, glyph, opens, closes, alone, heads)


def _before_opening(c: str) -> float:
    if c.isspace() or c in "([{/–—-:>*•|#" or c in "„“”\"«»‹›‚‘'’\u200b\ufeff":
        return 0.0
    return 1.2 if c.isalnum() else 0.6


def _after_opening(c: str, glyph: str) -> float:
    if c.isalnum() or c in "([{„“\"«»‹›‚‘'’#@$€£§+-–—…*_¿¡\\":
        return 0.0
    if c.isspace():
        return 0.3 if glyph in "«»" and c not in "\r\n" else 1.2
    return 0.4 if c == "." else 1.0


def _before_closing(c: str, glyph: str) -> float:
    if c.isspace():
        return 0.3 if glyph in "«»" and c not in "\r\n" else 1.2
    return 1.0 if c in "([{„‚" else 0.0


def _after_closing(c: str) -> float:
    return 1.0 if c.isalnum() else 0.6 if c in "([{„‚" else 0.0


def _best_way(text: str, marks: list[_Mark], costs: dict[tuple[str, str], float]) -> tuple[_Way | None, _State]:
    """The cheapest reading of all marks. At most `_WIDTH` readings are carried on, whatever the text looks like."""
    states: dict[_State, tuple[float, _Way | None]] = {(): (0.0, None)}
    at = 0
    for i, mark in enumerate(marks):
        toll = _toll(text, at, mark.start)
        next_paragraph = mark.heads and sum(1 for _ in _BREAKS.finditer(text, at, mark.start)) == 1
        at = mark.end
        new: dict[_State, tuple[float, _Way | None]] = {}
        for stack, (cost, way) in states.items():
            if stack:
                cost += toll * len(stack)
            _keep(new, stack, cost + mark.alone, way)
            if mark.opens < 90 and len(stack) < _DEPTH:
                price = cost + mark.opens
                if stack:
                    price += _inside(stack[-1], mark.glyph)
                elif mark.glyph in _SINGLES:
                    price += 0.1
                _keep(new, (*stack, mark.glyph), price, (way, i, "open"))
            if stack:
                pair = costs.get((stack[-1], mark.glyph))
                if pair is not None and mark.closes < 90:
                    _keep(new, stack[:-1], cost + mark.closes + pair, (way, i, "close"))
                if next_paragraph and mark.glyph == stack[0] and len(stack) == 1:
                    _keep(new, stack, cost + _CONTINUED - _BREAK, (way, i, "go on"))
        if len(new) > 1:
            limit = min(c for c, _ in new.values()) + _SLACK
            new = {s: v for s, v in new.items() if v[0] <= limit}
            if len(new) > _WIDTH:
                new = dict(sorted(new.items(), key=lambda kv: kv[1][0])[:_WIDTH])
        states = new
    toll = _toll(text, at, len(text))
    stack, (_, way) = min(states.items(), key=lambda kv: (kv[1][0] + (ALONE + toll) * len(kv[0]), len(kv[0])))
    return way, stack


def _keep(states: dict[_State, tuple[float, _Way | None]], stack: _State, cost: float, way: _Way | None) -> None:
    known = states.get(stack)
    if known is None or cost < known[0]:
        states[stack] = (cost, way)


def _inside(outer: str, glyph: str) -> float:
    """What it costs to open `glyph` within `outer`: the same mark twice is a slip more often than a quotation."""
    if glyph == outer:
        return _SAME_INSIDE if outer in "„»«" else 2.0
    return 0.0 if (glyph in _SINGLES) != (outer in _SINGLES) else 0.2


def _toll(text: str, start: int, end: int) -> float:
    """What it costs to stay inside a quotation over this stretch: line breaks, and a trifle for the length."""
    toll = (end - start) * _FAR
    for broken in _BREAKS.finditer(text, start, end):
        before = text[broken.start() - 1] if broken.start() else "\n"
        hard = before in _FULL or before.isspace() or len(broken[0].strip(" \t\r")) > 1
        toll += _BREAK if hard else _SOFT_BREAK
        if toll > ALONE:
            break
    return toll


def _pairs(text: str, marks: list[_Mark], way: _Way | None, open_at_end: int) -> Iterator[QuotePair]:
    """Turn the chosen reading into quotations, and give the torn ones a conservative edge."""
    acts: list[tuple[int, str]] = []
    while way is not None:
        before, i, act = way
        acts.append((i, act))
        way = before
    acts.reverse()
    stack: list[int] = []
    found: list[QuotePair] = []
    used = set()
    for i, act in acts:
        if act == "go on":
            used.add(i)
        elif act == "open":
            stack.append(i)
        else:
            first = stack.pop()
            used |= {first, i}
            inner = Span(marks[first].end, marks[i].start)
            found.append(
                QuotePair(
                    Span(marks[first].start, marks[i].end),
                    inner,
                    level=len(stack),
                    continued=bool(_BREAKS.search(text, inner.start, inner.end)),
                )
            )
    assert len(stack) == open_at_end
    torn = [m for i, m in enumerate(marks) if i not in used and m.alone > 1.0]
    found.sort(key=lambda q: (q.outer.start, -q.outer.end))
    found.extend(_torn(text, torn, found))
    found.sort(key=lambda q: (q.outer.start, -q.outer.end))
    yield from found


def _torn(text: str, torn: list[_Mark], paired: list[QuotePair]) -> Iterator[QuotePair]:
    """Quotations with one mark. Their missing edge is the sentence's, but never beyond another quotation."""
    outermost = [q for q in paired if q.level == 0]
    starts = [q.outer.start for q in outermost]
    lone = [m.start for m in torn]
    for mark in torn:
        i = bisect_right(starts, mark.start)
        around = outermost[i - 1] if i and outermost[i - 1].outer.end > mark.start else None
        level = 1 if around else 0
        n = bisect_left(lone, mark.start)
        if mark.opens < mark.closes:
            limit = around.inner.end if around else starts[i] if i < len(starts) else len(text)
            if n + 1 < len(lone):
                limit = min(limit, lone[n + 1])
            stop = _STOP.search(text, mark.end, min(limit, mark.end + _REACH))
            end = limit if stop is None and limit <= mark.end + _REACH else mark.end
            if stop is not None:
                end = stop.end() if text[stop.start()] in ".!?…" else stop.start()
            inner = Span(mark.end, max(end, mark.end)).trimmed(text)
            if len(inner):
                yield QuotePair(Span(mark.start, inner.end), inner, level=level, closed=False)
        else:
            limit = around.inner.start if around else outermost[i - 1].outer.end if i else 0
            if n:
                limit = max(limit, torn[n - 1].end)
            limit = max(limit, mark.start - _REACH)
            begin = limit
            for stop in _STOP.finditer(text, limit, mark.start):
                if text[stop.end() : mark.start].strip():
                    begin = stop.end()
            inner = Span(begin, mark.start).trimmed(text)
            if len(inner):
                yield QuotePair(Span(inner.start, mark.end), inner, level=level, opened=False)
