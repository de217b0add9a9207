"""How many hits are there of which kind, and when was it said? Counts of what a query shows, beside those of the whole archive."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from reportedly.model.answers import DayCount, Facet, FacetRow, OverTime, TimeRow
from reportedly.model.days import iso
from reportedly.model.query import Query, Where, Words
from reportedly.store.conditions import WHEN, Asked, asked
from reportedly.store.listing import Listing, in_quotes
from reportedly.store.sought import sought
from reportedly.store.tables import NAME, marks

_COUNTED = frozenset(["shown", "outlet", "form", "cue_class", "named", "shared", "day", "article"])
"""What the index `statement_by_outlet` holds."""
_AT_ONCE = 500
"""Values in one question."""
_FACETS = {
    "outlet": "bei:", "speaker": "von:=", "form": "form:", "cue_class": "cue:", "year": "am:", "month": "am:", "language": "sprache:",
    "figures": "zahl:", "damaged": "schaden:",
}  # fmt: skip
_IN_TIME = frozenset(["year", "month"])
_LEAST_PART = 2
"""Letters from which on values are suggested."""
Counts = dict[str, dict[Any, int]]
"""By field, how many have which value; outlets and speakers by key."""


class Counting(Listing):
    """The part of the asking half that counts hits."""

    _totals_kept: tuple[object, Counts] | None = None
    _sums_itself: bool = False
    """Is the database quicker at adding up than at handing over?"""

    @abstractmethod
    def _moment(self) -> object:
        """Something that is another one as soon as anybody has changed the archive."""

    def _clusters(self, query: Query) -> dict[Words, tuple[int, ...]]:
        """Who bears a sought name somewhere, by the words that seek it; only those who have other names as well."""
        found: dict[Words, tuple[int, ...]] = {}
        for condition in {c for clause in query.clauses for c in clause.any if isinstance(c, Words)}:
            if condition.where is Where.SPEAKER and (tree := sought(condition, self._wording, NAME)):
                with self._letters():
                    keys = self._clusters_named(tree)
                if keys:
                    found[condition] = tuple(keys)
        return found

    # --- facets

    def facets(self, query: Query, most: int) -> list[Facet]:
        """Counts by outlet, speaker, form, cue class, year, month, language, figures, damage; see `store.base`."""
        ask = asked(query, self._wording, self._speech, self._clusters(query))
        with self._in_time(), self._cells():
            whole = self._totals()
            counts = whole if not query.clauses and not query.written.strip() else self._counted(ask)
            named = {field: self._called_by(field, counts[field], whole[field]) for field in ("outlet", "speaker")}
        facets = []
        for field, start in _FACETS.items():
            if field in named:
                rows = named[field]
            else:
                rows = [
                    (_value(field, v), n, whole[field].get(v, n)) for v, n in counts[field].items() if v is not None
                ]
            rows.sort(key=(lambda row: row[0]) if field in _IN_TIME else (lambda row: (-row[1], row[0])))
            shown = rows[-most:] if field in _IN_TIME else rows[:most]
            facets.append(Facet(field, tuple(_row(start, *row) for row in shown), len(rows) - len(shown)))
        return facets

    def _counted(self, ask: Asked) -> Counts:
        """One way through the hits. The sums are made here, unless one index holds all of it and there is less to hand over."""
        columns = "s.outlet, s.form, s.cue_class, s.day / 100, s.shared"
        others = "s.language, s.figures > 0, s.damaged"
        together = not ask.words and _COUNTED.issuperset(re.findall(r"\bs\.(\w+)", ask.where))
        if together or self._sums_itself:
            first, second = (self._grouped(some, ask) for some in (columns, others))
            return _named_fields(*(_sums(first, at) for at in range(5)), *(_sums(second, at) for at in range(3)))
        rows = self._rows(f"SELECT {columns}, {others} FROM {ask.tables} WHERE {ask.where}", ask.values)
        return _named_fields(*(Counter(map(itemgetter(at), rows)) for at in range(8)))

    def _grouped(self, columns: str, ask: Asked) -> list[tuple[Any, ...]]:
        return self._rows(
            f"SELECT {columns}, count(*) FROM {ask.tables} WHERE {ask.where} GROUP BY {columns}", ask.values
        )

    def _totals(self) -> Counts:
        """The counts of everything that is shown, kept until somebody changes the archive."""
        moment = self._moment()
        if self._totals_kept is None or self._totals_kept[0] != moment:
            # each of them by an index of its own
            kinds = self._rows(
                "SELECT s.outlet, s.form, s.cue_class, count(*) FROM statement s WHERE s.shown GROUP BY 1, 2, 3"
            )
            days = self._rows("SELECT s.day, count(*) FROM statement s WHERE s.shown GROUP BY s.day")
            names = self._rows("SELECT s.shared, count(*) FROM statement s WHERE s.shown GROUP BY s.shared")
            rest = self._rows(
                "SELECT s.language, s.figures > 0, s.damaged, count(*) FROM statement s WHERE s.shown GROUP BY 1, 2, 3"
            )
            months = _sums(((None if day is None else day // 100, n) for day, n in days), 0)
            by = (
                [_sums(kinds, at) for at in range(3)] + [months, _sums(names, 0)] + [_sums(rest, at) for at in range(3)]
            )
            self._totals_kept = moment, _named_fields(*by)
        return self._totals_kept[1]

    def _called_by(self, field: str, counts: dict[Any, int], whole: dict[Any, int]) -> list[tuple[str, int, int]]:
        """(name, hits, all) by the names that stand for keys; two keys of one name are counted together."""
        table = "outlet" if field == "outlet" else "name"
        keys = [key for key in counts if key is not None]
        if len(keys) > _AT_ONCE:
            rows = self._rows(f"SELECT key, name FROM {table}")
        else:
            rows = self._rows(f"SELECT key, name FROM {table} WHERE key IN ({marks(keys)})", keys) if keys else []
        named: dict[str, tuple[int, int]] = {}
        for key, name in rows:
            if key in counts:
                n, all_ = named.get(name, (0, 0))
                named[name] = n + counts[key], all_ + whole.get(key, 0)
        return [(name, n, max(n, all_)) for name, (n, all_) in named.items()]

    # --- while somebody types

    def suggest(self, field: str, words: str, most: int) -> list[FacetRow]:
        """Speakers or outlets with a word that begins so, most statements first."""
        wanted = self._wording.folded(words)
        if len(wanted) < _LEAST_PART:
            return []
        table, holds = ("outlet", self._speech.holds) if field == "outlet" else ("name", self._speech.holds)
        with self._in_time(), self._cells():
            whole = self._totals()["outlet" if field == "outlet" else "speaker"]
            found = self._rows(f"SELECT key, name, folded FROM {table} WHERE {holds}(folded, ?) > 0", (wanted,))
        named: dict[str, int] = {}
        for key, name, folded in found:
            if key in whole and f" {folded}".find(f" {wanted}") >= 0:
                named[name] = named.get(name, 0) + whole[key]
        start = _FACETS["outlet" if field == "outlet" else "speaker"]
        best = sorted(named.items(), key=lambda item: (-item[1], item[0]))[:most]
        return [_row(start, name, n, n) for name, n in best]

    # --- over time

    def over_time(self, query: Query, by: str, most: int) -> OverTime:
        """When what was found was said, by speaker or outlet; see `store.base`."""
        ask = asked(query, self._wording, self._speech, self._clusters(query))
        who = "s.outlet" if by == "outlet" else "coalesce(s.cluster, -s.shared)"
        columns = f"{who}, {WHEN}, coalesce(s.said_first = s.said_last, false), s.form"
        with self._in_time(), self._cells():
            if self._sums_itself:
                given = self._rows(
                    f"SELECT {columns}, count(*) FROM {ask.tables} WHERE {ask.where} GROUP BY 1, 2, 3, 4", ask.values
                )
            else:
                rows = Counter(self._rows(f"SELECT {columns} FROM {ask.tables} WHERE {ask.where}", ask.values))
                given = [(*row, n) for row, n in rows.items()]
            undated = sum(row[-1] for row in given if row[1] is None)
            total = _sums((row for row in given if row[1] is not None), 0)
            order = sorted(total, key=lambda key: (key is None, -total[key], key or 0))
            # who has no name comes last, and is there where everybody fits
            top = [key for key in order if key is not None][:most] + ([None] if None in total else [])
            found: dict[int | None, list[DayCount]] = {key: [] for key in top}
            whole: dict[tuple[int, bool], int] = {}
            for key, day, known, form, n in given:
                if day is not None:
                    whole[day, bool(known)] = whole.get((day, bool(known)), 0) + n
                    if key in found:
                        found[key].append(DayCount(iso(day) or "", bool(known), form, n))
            made = tuple(self._in_line(by, key, total[key], found[key]) for key in top)
        every = tuple(DayCount(iso(day) or "", known, "", n) for (day, known), n in sorted(whole.items()))
        return OverTime(made, every, len(order) - len(top), undated)

    def _in_line(self, by: str, key: int | None, n: int, days: list[DayCount]) -> TimeRow:
        ordered = tuple(sorted(days, key=lambda d: (d.day, not d.known, d.form)))
        if key is None:
            return TimeRow("", "" if by == "outlet" else "benannt:nein", n, ordered, ())
        if by == "outlet":
            name = str(self._one("SELECT name FROM outlet WHERE key = ?", key))
            return TimeRow(name, f"bei:{in_quotes(name)}", n, ordered, (name,))
        row = self._speaker(key, n, 0, None, None)
        return TimeRow(row.name, row.query, n, ordered, row.names)


def _named_fields(
    outlets: dict[Any, int],
    forms: dict[Any, int],
    cues: dict[Any, int],
    months: dict[Any, int],
    names: dict[Any, int],
    languages: dict[Any, int],
    figures: dict[Any, int],
    damaged: dict[Any, int],
) -> Counts:
    years = _sums(((None if month is None else month // 100, n) for month, n in months.items()), 0)
    return {
        "outlet": outlets, "speaker": names, "form": forms, "cue_class": cues, "year": years, "month": months, "language": languages,
        "figures": _yes_no(figures), "damaged": _yes_no(damaged),
    }  # fmt: skip


def _yes_no(counts: dict[Any, int]) -> dict[Any, int]:
    """SQLite says 1 and 0, PostgreSQL true and false."""
    return {bool(value): n for value, n in counts.items()}


def _sums(rows: Iterable[tuple[Any, ...]], at: int) -> dict[Any, int]:
    """Counts, which stand last in each row, by one of several values."""
    found: dict[Any, int] = {}
    for row in rows:
        found[row[at]] = found.get(row[at], 0) + row[-1]
    return found


def _value(field: str, value: Any) -> str:
    if field == "month":
        return f"{value // 100:04}-{value % 100:02}"
    if field in ("figures", "damaged"):
        return "ja" if value else "nein"
    return str(value)


def _row(start: str, value: str, n: int, all_: int) -> FacetRow:
    return FacetRow(value, n, start + (in_quotes(value) if start in ("bei:", "von:=") else value), all_)
