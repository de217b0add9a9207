"""Where in the text is it? Spans, edits, and the map from a repaired view back to the original."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text, in Unicode code points, end exclusive. The only unit of place in this house."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forwards from 0: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words at this place: `Span(0, 3).of("Er sagte")` is `"Er "`."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def trimmed(self, text: str, marks: str = "") -> Span:
        """The same place without white space (and any of `marks`) at its edges."""
        start, end = self.start, self.end
        while start < end and (text[start].isspace() or text[start] in marks):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in marks):
            end -= 1
        return Span(start, end)


Pieces = tuple[Span, ...]
"""A unit of language in one or more places, in order and without overlap: `teilte … mit` is two pieces."""


def pieces(spans: Iterable[Span]) -> Pieces:
    """Sort, drop what is empty, join what touches or overlaps."""
    out: list[Span] = []
    for span in sorted(s for s in spans if len(s)):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def hull(spans: Sequence[Span]) -> Span | None:
    """The smallest single span over all pieces, None for no pieces."""
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None


def text_of(spans: Iterable[Span], text: str, gap: str = " … ") -> str:
    """The words of all pieces, gaps shown."""
    return gap.join(s.of(text) for s in spans)


def overlap(left: Iterable[Span], right: Iterable[Span]) -> int:
    """Number of code points that two sets of pieces share."""
    rights = tuple(right)
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in left for b in rights)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Read `replacement` where the original has `span`. Nothing is ever written back into the original."""

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Ways home from a repaired view to the original text; made while repairing, never recovered by a diff.

    The view is the original with a few edits, sorted and without overlap. `segments` lists, for each run of the view,
    `(view_start, original_start, original_end, copied)`: a copied run has the same length on both sides, an edited
    run stands for the whole edited place.
    """

    segments: tuple[tuple[int, int, int, bool], ...]
    view_length: int
    original_length: int

    def _segment(self, offset: int) -> tuple[int, int, int, bool]:
        i = bisect_right(self.segments, offset, key=lambda s: s[0]) - 1
        return self.segments[max(i, 0)]

    def home(self, start: int, end: int) -> Span:
        """The original place of `view[start:end]`. A place inside an edited run comes home as the whole run.

        Raises ValueError where the view has no such place.
        """
        if not 0 <= start <= end <= self.view_length:
            raise ValueError(f"no such place in the view: [{start}, {end}) of {self.view_length}")
        if not self.segments:
            return Span(0, 0)
        view_start, origin, origin_end, copied = self._segment(start if start < self.view_length else max(start - 1, 0))
        first = origin + min(start - view_start, origin_end - origin) if copied else origin
        if start == end:
            return Span(first, first)
        view_start, origin, origin_end, copied = self._segment(end - 1)
        last = origin + (end - view_start) if copied else origin_end
        return Span(first, max(first, last))


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """The repaired view and its way home. Of overlapping edits the first (then the longest) is kept.

    >>> view, home = apply_edits("Er  kam .", [Edit(Span(2, 4), " "), Edit(Span(7, 8), "")])
    >>> view, home.home(3, 6).of("Er  kam .")
    ('Er kam.', 'kam')
    """
    out: list[str] = []
    segments: list[tuple[int, int, int, bool]] = []
    at = length = 0
    for edit in sorted(edits, key=lambda e: (e.span.start, -e.span.end)):
        if edit.span.start < at or edit.span.end > len(text):
            continue
        if edit.span.start > at:
            segments.append((length, at, edit.span.start, True))
            out.append(text[at : edit.span.start])
            length += edit.span.start - at
        if edit.replacement:
            segments.append((length, edit.span.start, edit.span.end, False))
            out.append(edit.replacement)
            length += len(edit.replacement)
        at = edit.span.end
    if at < len(text):
        segments.append((length, at, len(text), True))
        out.append(text[at:])
        length += len(text) - at
    return "".join(out), OffsetMap(tuple(segments), length, len(text))
