"""What do the tables answer? Every method is one question; none changes anything."""

from __future__ import annotations

import json
import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from reportedly.model.answers import (
    Facet,
    FacetRow,
    Figures,
    Hit,
    Refused,
    Version,
)
from reportedly.model.judgement import Judgement
from reportedly.model.query import Query, Where, Words
from reportedly.model.reading import Reading
from reportedly.model.span import Span, text_of
from reportedly.store.conditions import asked, wanted_forms
from reportedly.store.listing import Listing, in_quotes
from reportedly.store.rows import read_places, unpacked, unpacked_reading
from reportedly.store.sought import sought
from reportedly.store.tables import NAME, Row, marks

_ORDER = {
    "newest": "s.day DESC NULLS LAST, s.article, s.n",
    "oldest": "s.day IS NULL, s.day, s.article, s.n",
    "unsure": "s.confidence, s.day DESC NULLS LAST, s.article, s.n",
    "relevance": "{better}, s.day DESC NULLS LAST, s.article, s.n",
}
SORTS = tuple(_ORDER)
_HIT = """SELECT s.key, a.id, s.n, a.title, o.name, a.url, a.published, s.form, s.cue_class, p.name, s.named, s.written, s.cue,
 s.content, s.confidence, s.damaged, s.judged, a.key
 FROM statement s JOIN article a ON a.key = s.article LEFT JOIN outlet o ON o.key = s.outlet
 LEFT JOIN speaker p ON p.key = s.speaker WHERE s.key IN ({keys})"""
_COUNTED = frozenset(["shown", "outlet", "form", "cue_class", "named", "shared", "day", "article"])
"""What the index `statement_by_outlet` holds."""
_AT_ONCE = 500
"""Values in one question."""


class Asking(Listing):
    """The asking half of a store."""

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

    # --- search

    def page(self, query: Query, sort: str, first: int, most: int) -> list[Hit]:
        """Hits in this order; see `store.base`."""
        ask = asked(query, self._wording, self._speech, self._clusters(query))
        ahead, order, values = "", _ORDER[sort if ask.words or sort != "relevance" else "newest"], ask.values
        if "{better}" in order:
            ahead, better, more = self._speech.ranking(ask.words)
            order, values = order.format(better=better), (*values, *more)
        with self._in_time(), self._cells():
            keys = self._rows(
                f"{ahead}SELECT s.key FROM {ask.tables} WHERE {ask.where} ORDER BY {order} LIMIT ? OFFSET ?",
                (*values, most, first),
            )
            return self._hits([key for (key,) in keys], wanted_forms(query, self._wording))

    def _hits(self, keys: list[int], wanted: frozenset[str]) -> list[Hit]:
        """The hits with these keys, in their order; each text is unpacked once."""
        found: dict[int, Hit] = {}
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            rows = self._rows(_HIT.format(keys=marks(some)), some)
            articles = list({row[-1] for row in rows})
            texts = {
                key: unpacked(blob)
                for key, blob in self._rows(f"SELECT key, text FROM article WHERE key IN ({marks(articles)})", articles)
            }
            found |= {row[0]: self._hit(row[1:-1], texts[row[-1]], wanted) for row in rows}
        return [found[key] for key in keys]

    def _hit(self, row: Row, text: str, wanted: frozenset[str]) -> Hit:
        id_, n, title, outlet, url, published, form, cue_class, name, named, written, cue = row[:12]
        content, confidence, damaged, judged = row[12:]
        place = read_places(content)
        said = text_of(place, text)
        return Hit(
            id_, f"s{n}", title, outlet, url, published, form, cue_class, name, named == 1,
            text_of(read_places(written), text) or None, text_of(read_places(cue), text), said, place, confidence,
            bool(damaged), judged, tuple(Span(a, b) for a, b in self._wording.marks(said, wanted)) if wanted else (),
        )  # fmt: skip

    def marks(self, query: Query, text: str) -> tuple[Span, ...]:
        """Where the words of a query stand; see `store.base`."""
        wanted = wanted_forms(query, self._wording)
        return tuple(Span(a, b) for a, b in self._wording.marks(text, wanted)) if wanted else ()

    def count(self, query: Query) -> tuple[int, int]:
        """How many statements, in how many articles."""
        ask = asked(query, self._wording, self._speech, self._clusters(query))
        with self._in_time():
            row = self._rows(
                f"SELECT count(*), count(DISTINCT s.article) FROM {ask.tables} WHERE {ask.where}",
                ask.values,
            )[0]
        return row[0], row[1]

    def facets(self, query: Query, most: int) -> list[Facet]:
        """Counts by outlet, speaker, form, cue class, year."""
        ask = asked(query, self._wording, self._speech, self._clusters(query))
        with self._in_time(), self._cells():
            # one way through the hits; the sums are made here, where one index holds all of it with less to hand over
            columns = "s.outlet, s.form, s.cue_class, s.day / 10000, s.shared"
            together = not ask.words and _COUNTED.issuperset(re.findall(r"\bs\.(\w+)", ask.where))
            given = self._rows(
                f"SELECT {columns}, {'count(*)' if together else '1'} FROM {ask.tables} WHERE {ask.where}"
                + (f" GROUP BY {columns}" if together else ""),
                ask.values,
            )
            kinds: dict[tuple[int | None, str, str, int | None], int] = {}
            names: dict[int | None, int] = {}
            for outlet, form, cue, year, name, n in given:
                kind = (outlet, form, cue, year)
                kinds[kind] = kinds.get(kind, 0) + n
                names[name] = names.get(name, 0) + n
            outlets, forms, cues, years = (_sums(kinds, at) for at in range(4))
            found = {
                "outlet": self._called_by("outlet", outlets),
                "speaker": self._called_by("name", names),
                "form": list(forms.items()),
                "cue_class": list(cues.items()),
                "year": [(str(year), n) for year, n in years.items() if year is not None],
            }
        facets = []
        for field, counted in found.items():
            counted.sort(key=(lambda v: v[0]) if field == "year" else (lambda v: (-v[1], v[0])))
            shown = counted[:most] if field != "year" else counted[-most:]
            rows_ = tuple(
                FacetRow(v, n, _FACETS[field] + (in_quotes(v) if field in ("outlet", "speaker") else v))
                for v, n in shown
            )
            facets.append(Facet(field, rows_, len(counted) - len(shown)))
        return facets

    def _called_by(self, table: str, counts: dict[int | None, int]) -> list[tuple[str, int]]:
        """Counts by the names that stand for keys in a table; two keys of one name are counted together."""
        keys = [key for key in counts if key is not None]
        if len(keys) > _AT_ONCE:
            rows = self._rows(f"SELECT key, name FROM {table}")
        else:
            rows = self._rows(f"SELECT key, name FROM {table} WHERE key IN ({marks(keys)})", keys) if keys else []
        named: dict[str, int] = {}
        for key, name in rows:
            if key in counts:
                named[name] = named.get(name, 0) + counts[key]
        return list(named.items())

    def cues(self, query: Query) -> list[tuple[str, str, int]]:
        """Outlet, class of cue, how many."""
        ask = asked(query, self._wording, self._speech, self._clusters(query))
        with self._in_time():
            given = self._rows(
                f"SELECT o.name, s.cue_class, count(*) FROM {ask.tables} JOIN outlet o ON o.key = s.outlet WHERE {ask.where}"
                " GROUP BY o.name, s.cue_class ORDER BY o.name, s.cue_class",
                ask.values,
            )
        return [(outlet, cue, n) for outlet, cue, n in given]

    def found(self, query: Query) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every article with hits and their ids. The list is made at once, so that writing meanwhile does not change it."""
        ask = asked(query, self._wording, self._speech, self._clusters(query))
        with self._letters():
            given = self._rows(
                f"SELECT a.id, s.n FROM {ask.tables} JOIN article a ON a.key = s.article"
                f" WHERE {ask.where} ORDER BY a.day DESC NULLS LAST, a.key, s.n",
                ask.values,
            )
        for id_, rows in groupby(given, key=lambda row: row[0]):
            yield id_, tuple(f"s{n}" for _, n in rows)

    # --- articles

    def reading(self, id: str) -> Reading | None:
        """The reading as it was written."""
        with self._letters():
            row = next(iter(self._rows("SELECT text, reading FROM article WHERE id = ?", (id,))), None)
        with self._cells():
            return unpacked_reading(row[1], unpacked(row[0])) if row else None

    def resolve(self, start: str) -> list[str]:
        """The ids that begin so."""
        with self._letters():
            given = self._rows("SELECT id FROM article WHERE id >= ? AND id < ? LIMIT 20", (start, start + "g"))
            return [row[0] for row in given]

    def versions(self, id: str) -> list[Version]:
        """Where the article was met, and the other texts of its addresses."""
        with self._letters():
            given = self._rows(
                "SELECT a.id, s.version, s.url, s.outlet, s.title, s.published, s.origin, s.added FROM sighting s"
                " JOIN article a ON a.key = s.article WHERE a.id = ? OR s.url IN (SELECT t.url FROM sighting t"
                " JOIN article b ON b.key = t.article WHERE b.id = ?) ORDER BY s.url NULLS FIRST, s.version, s.key",
                (id, id),
            )
            return [Version(*row) for row in given]

    def ids(self) -> Iterator[str]:
        """All articles in the order in which they came."""
        with self._letters():
            yield from [row[0] for row in self._rows("SELECT id FROM article ORDER BY key")]

    def outdated(self, signatures: Iterable[str]) -> Iterator[str]:
        """The articles whose reading was made by none of these."""
        known = tuple(dict.fromkeys(signatures))
        made = f" WHERE signature NOT IN ({marks(known)})" if known else ""
        with self._letters():
            yield from [row[0] for row in self._rows(f"SELECT id FROM article{made} ORDER BY key", known)]

    def signatures(self) -> dict[tuple[str, str], int]:
        """How many articles of which language were read by what."""
        with self._letters():
            given = self._rows("SELECT language, signature, count(*) FROM article GROUP BY 1, 2")
        return {(language, signature): n for language, signature, n in given}

    def setting(self, name: str) -> str | None:
        """The setting of this name."""
        return self.settings(name).get(name)

    def settings(self, start: str) -> dict[str, str]:
        """All settings whose names begin so."""
        with self._letters():
            given = self._rows(
                "SELECT name, value FROM setting WHERE substr(name, 1, ?) = ? ORDER BY name",
                (len(start), start),
            )
            return dict(given)

    # --- lists

    def refused(self) -> list[Refused]:
        """The inputs that could not be read."""
        with self._letters():
            given = self._rows("SELECT origin, reason, first, last, times FROM refusal ORDER BY key")
            return [Refused(*row) for row in given]

    def judgements(self, article: str | None = None) -> list[Judgement]:
        """In the order in which they were given."""
        with self._letters():
            where, values = ("", ()) if article is None else (" WHERE article = ?", (article,))
            given = self._rows(f"SELECT judgement FROM judgement{where} ORDER BY key", values)
        with self._cells():
            return [Judgement.of(json.loads(row[0])) for row in given]

    def figures(self) -> Figures:
        """How much there is."""
        with self._letters():
            articles, characters = self._rows("SELECT count(*), coalesce(sum(characters), 0) FROM article")[0]
            statements, refused, judgements = (
                self._one(f"SELECT count(*) FROM {table}") for table in ("statement", "refusal", "judgement")
            )
            size, version, engine = self._size()
        return Figures(articles, statements, refused, judgements, characters, size, version, engine)

    @abstractmethod
    def _size(self) -> tuple[int, int, str]:
        """Bytes, the version of the tables, and what keeps them, in words."""


def _sums(counts: dict[tuple[Any, ...], int], at: int) -> dict[Any, int]:
    """Counts by one of several values."""
    found: dict[Any, int] = {}
    for values, n in counts.items():
        found[values[at]] = found.get(values[at], 0) + n
    return found


_FACETS = {"outlet": "bei:", "speaker": "von:=", "form": "form:", "cue_class": "cue:", "year": "am:"}
