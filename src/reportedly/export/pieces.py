"""How is the marked text cut into flat pieces, each with all its marks, none inside another?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportedly.export.lanes import LANES, lanes_of
from reportedly.model.joins import Joins
from reportedly.model.span import Span
from reportedly.model.statement import Form

_LANE = "abc"
_STYLE = {Form.DIRECT: "d", Form.INDIRECT: "i", Form.MIXED: "i", Form.REPORTED: "r", Form.FREE_INDIRECT: "f"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under one set of marks, and what starts there."""

    span: Span
    marks: tuple[str, ...]
    """CSS classes: `a3 ai` is lane a in colour 3, dashed; `q` cue, `x` box, `g` damage, `r` removed, `here` pointed at, `y` sought."""
    boxes: tuple[str, ...] = ()
    """Roles whose box begins here: speaker, addressee, authority."""
    closes: bool = False
    """A box ends with this piece."""
    starts: tuple[str, ...] = ()
    """Ids of the statements ("s3") and damage ("d1") that begin here."""
    more: int = 0
    """Statements that lie here and found no lane."""
    inside: tuple[str, ...] = ()
    """Ids of the statements whose content this is a piece of."""


def cut(
    joins: Joins,
    colours: Mapping[str, int],
    ends: Sequence[int],
    chosen: Span | None = None,
    sought: Sequence[Span] = (),
) -> Iterator[Piece]:
    """The whole text in pieces, in order, without gap or overlap; cut at every mark's border and at `ends`.

    `chosen` is one more mark, `here`; the words that were `sought` are marked `y`. Only what begins where the text ends gives an empty piece, the last one. `colours` is the colour number by statement id.
    """
    reading = joins.reading
    length = len(reading.text)
    lanes = lanes_of((s.id, s.content) for s in reading.statements)
    on: dict[int, list[tuple[str, ...]]] = {}
    off: dict[int, list[tuple[str, ...]]] = {}
    starts: dict[int, list[str]] = {}

    def mark(span: Span | None, *what: str) -> None:
        if span and span.start < span.end <= length:
            on.setdefault(span.start, []).append(what)
            off.setdefault(span.end, []).append(what)

    for s in reading.statements:
        lane = lanes[s.id]
        for n, piece in enumerate(s.content):
            mark(piece, "in", s.id)
            if lane < LANES:
                mark(piece, "lane", _LANE[lane], str(colours.get(s.id, 0)), _STYLE[s.form])
            else:
                mark(piece, "more")
            if n == 0:
                starts.setdefault(piece.start, []).append(s.id)
        for piece in s.quoted:
            if lane < LANES:
                mark(piece, "quoted", _LANE[lane])
        for piece in s.cue:
            mark(piece, "q")
        mark(s.speaker, "box", "speaker")
        mark(s.addressee, "box", "addressee")
        for a in s.authority:
            for piece in a.span:
                mark(piece, "box", "authority")
    for n, damage in enumerate(reading.damages, 1):
        mark(damage.span, "g")
        starts.setdefault(min(damage.span.start, length), []).append(f"d{n}")
        if damage.action.value == "remove":
            mark(damage.span, "r")
    for span in reading.analysis.removed:
        mark(span, "r")
    mark(chosen, "here")
    for span in sought:
        mark(span, "y")

    borders = sorted({0, length, *on, *off, *starts, *(e for e in ends if 0 <= e <= length)})
    now: Counter[tuple[str, ...]] = Counter()
    for at, until in pairwise(borders):
        for what in off.get(at, ()):
            now[what] -= 1
            if not now[what]:
                del now[what]
        opened = tuple(dict.fromkeys(w[1] for w in on.get(at, ()) if w[0] == "box"))
        now.update(on.get(at, ()))
        yield Piece(
            Span(at, until),
            _classes(now),
            opened,
            any(w[0] == "box" for w in off.get(until, ())),
            tuple(starts.get(at, ())),
            now[("more",)],
            tuple(w[1] for w in now if w[0] == "in"),
        )
    if length in starts:
        yield Piece(Span(length, length), (), starts=tuple(starts[length]))


def _classes(now: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    quoted = {w[1] for w in now if w[0] == "quoted"}
    out: list[str] = []
    for what in now:
        if what[0] == "lane":
            _, lane, colour, style = what
            out += [f"{lane}{colour}", lane + ("d" if lane in quoted else style)]
        elif what[0] == "box":
            out.append("x")
        elif what[0] in ("q", "g", "r", "here", "y"):
            out.append(what[0])
    return tuple(sorted(dict.fromkeys(out)))


def paragraphs(text: str, given: Sequence[Span]) -> tuple[tuple[Span, Span], ...]:
    """The text as (paragraph, line breaks after it), covering everything.

    `given` are the blocks of the article, if it has any; inside them, and without them, blank lines part paragraphs,
    and single line breaks where the lines are as long as paragraphs.
    """
    limits = {0, len(text)}
    end = 0
    for block in given:
        if text[end : block.start].strip():
            limits |= {end, block.start}
        elif end:
            limits.add(block.start)
        end = block.end
    if text[end:].strip():
        limits.add(end)
    out: list[tuple[Span, Span]] = []
    for start, end in pairwise(sorted(e for e in limits if e <= len(text))):
        out += _split(text, start, end)
    return tuple(out)


_LONG_LINE = 110


def _split(text: str, start: int, end: int) -> Iterator[tuple[Span, Span]]:
    """One block in paragraphs. Every paragraph takes the line breaks that follow it along."""
    first = at = start
    while at < end:
        stop = text.find("\n", at, end)
        if stop < 0:
            break
        after = stop + 1
        while after < end and text[after] in "\r\n \t":
            after += 1
        gap = text[stop:after]
        if gap.count("\n") > 1 or stop - at > _LONG_LINE:
            body = stop - 1 if stop > first and text[stop - 1] == "\r" else stop
            indent = len(gap) - len(gap.rstrip(" \t"))  # spaces before the next paragraph's first word belong to it
            yield Span(first, body), Span(body, after - indent)
            first = at = after - indent
            if not indent:
                continue
        at = max(after, at + 1)
    if first < end:
        body = end
        while body > first and text[body - 1] in "\r\n":
            body -= 1
        yield Span(first, body), Span(body, end)
