"""What did a search find? Nothing is fetched before it is asked for."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import IO, Any, overload

from reportedly.errors import ReportedlyError
from reportedly.export import FORMATS, PLAIN, Look
from reportedly.model.answers import Alone, Facet, Hit, OverTime, Page
from reportedly.model.judgement import only, put_right
from reportedly.model.query import Note, Query
from reportedly.model.reading import Reading
from reportedly.model.span import Span
from reportedly.store.base import Store

_AT_ONCE = 2000
_BESIDE = 30


class Found(Sequence[Hit]):
    """The hits of a query, in its order: `len(found)`, `found[:20]`, `for hit in found`. Asks the archive each time."""

    def __init__(self, store: Store, query: Query, sort: str) -> None:
        self._store, self.query, self.sort = store, query, sort

    @property
    def notes(self) -> tuple[Note, ...]:
        """What of the query was read otherwise than it looks."""
        return self.query.notes

    def __len__(self) -> int:
        return self._store.count(self.query)[0]

    @overload
    def __getitem__(self, at: int) -> Hit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Hit]: ...
    def __getitem__(self, at: int | slice) -> Hit | list[Hit]:
        if isinstance(at, slice):
            first, last, step = at.indices(
                len(self) if at.stop is None or at.stop < 0 or (at.start or 0) < 0 else at.stop
            )
            return self._store.page(self.query, self.sort, first, max(last - first, 0))[::step]
        place = at if at >= 0 else len(self) + at
        hits = self._store.page(self.query, self.sort, place, 1) if place >= 0 else []
        if not hits:
            raise IndexError(f"there is no hit {at}")
        return hits[0]

    def __iter__(self) -> Iterator[Hit]:
        first = 0
        while hits := self._store.page(self.query, self.sort, first, _AT_ONCE):
            yield from hits
            first += len(hits)

    def page(self, first: int = 0, most: int = 20, *, facets: int = 0) -> Page:
        """A page of hits with the counts of all, with that many rows of each facet, and why there is none."""
        statements, articles = self._store.count(self.query)
        hits = tuple(self._store.page(self.query, self.sort, first, most)) if statements else ()
        shown = tuple(self.facets(facets)) if facets and statements else ()
        return Page(hits, first, statements, articles, self.notes, shown, () if statements else self.why_none())

    def facets(self, most: int = 8) -> list[Facet]:
        """What the hits are like: counts by outlet, speaker, form, cue class, year and month, language, with figures, damaged; beside
        each the count of the whole archive."""
        return self._store.facets(self.query, most)

    def over_time(self, by: str = "speaker", most: int = 16) -> OverTime:
        """When it was said, all of it: a row for each of those who say most (`by` speaker or outlet), day by day."""
        return self._store.over_time(self.query, by, most)

    def marks(self, text: str) -> tuple[Span, ...]:
        """Where in a text the words of the query stand, in any of their forms."""
        return self._store.marks(self.query, text)

    def why_none(self) -> tuple[Alone, ...]:
        """What each requirement finds by itself, and what all the others find without it."""
        clauses = self.query.clauses
        if len(clauses) < 2:
            return ()
        return tuple(
            Alone(
                clause.written,
                self._store.count(replace(self.query, clauses=(clause,)))[0],
                self._store.count(replace(self.query, clauses=(*clauses[:n], *clauses[n + 1 :])))[0],
            )
            for n, clause in enumerate(clauses[:8])
        )

    def readings(self) -> Iterator[Reading]:
        """Every article with hits, as persons left it, with the statements that the query shows and no others."""
        for id_, statements in self._store.found(self.query):
            if reading := self._reading(id_, statements):
                yield reading

    def sample(self, most: int) -> list[Reading]:
        """Some of `readings()`, from the newest to the oldest: all of them where there are no more than that. Otherwise those at even
        steps of the list of statements, so that an article comes the likelier the more it has, maybe twice; quick however many there are."""
        statements, articles = self._store.count(self.query)
        if articles <= most:
            return list(self.readings())
        drawn: list[Reading] = []
        for at in (statements * (2 * n + 1) // (2 * most) for n in range(most)):
            first = max(at - _BESIDE, 0)
            hits = self._store.page(self.query, "newest", first, 2 * _BESIDE)
            id_ = hits[at - first].article if at - first < len(hits) else ""
            reading = self._reading(id_, tuple(h.statement for h in hits if h.article == id_)) if id_ else None
            drawn += [reading] if reading else []
        return drawn

    def _reading(self, id_: str, statements: Sequence[str]) -> Reading | None:
        """An article as persons left it, with these statements and no others; None where it is gone."""
        reading = self._store.reading(id_)
        if reading is None:
            return None
        right = put_right(reading, self._store.judgements(id_), rejected=True)
        if len(statements) < len(reading.statements):
            note = f"selection: {len(statements)} of {len(reading.statements)} statements"
            right = replace(only(right, set(statements)), notes=(*right.notes, note))
        return right

    def write(self, format: str, out: IO[Any], look: Look = PLAIN, step: Callable[[int], None] | None = None) -> int:
        """All of it in one of the formats of `reportedly.export`; the number of statements that were written.

        `out` is a text file, or a binary one where the format says so. Raises ReportedlyError where it is the wrong one, or
        where the format needs a library that is not installed.
        """
        binary = FORMATS[format].binary
        # only what is surely the wrong kind: wrappers of files are neither
        if isinstance(out, io.TextIOBase if binary else io.RawIOBase | io.BufferedIOBase):
            mode = "wb" if binary else "w"
            raise ReportedlyError(f'{format} cannot be written to this file; open it with mode "{mode}"')
        written = 0

        def counted() -> Iterator[Reading]:
            nonlocal written
            for reading in self.readings():
                written += len(reading.statements)
                yield reading
                if step:
                    step(written)

        FORMATS[format].write(counted(), out, look)
        return written

    def to_frame(self) -> Any:
        """A pandas DataFrame, one row a statement, the columns of the CSV. Needs pandas."""
        from reportedly.export.rows import COLUMNS, rows_of

        try:
            import pandas
        except ImportError as error:
            raise ReportedlyError("to_frame() needs pandas: pip install 'reportedly[frame]'") from error
        return pandas.DataFrame([row for reading in self.readings() for row in rows_of(reading)], columns=list(COLUMNS))
