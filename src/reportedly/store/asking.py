"""What do the tables answer? Every method is one question; none changes anything."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from itertools import groupby

from reportedly.model.answers import (
    Figures,
    Hit,
    Refused,
    Version,
)
from reportedly.model.days import iso
from reportedly.model.judgement import Judgement
from reportedly.model.query import Query
from reportedly.model.reading import Reading
from reportedly.model.span import Span, text_of
from reportedly.store.conditions import WHEN, asked, wanted_forms
from reportedly.store.counting import Counting
from reportedly.store.rows import read_places, unpacked, unpacked_reading
from reportedly.store.tables import Row, marks

_ORDER = {
    "newest": "s.day DESC NULLS LAST, s.article, s.n",
    "oldest": "s.day IS NULL, s.day, s.article, s.n",
    "unsure": "s.confidence, s.day DESC NULLS LAST, s.article, s.n",
    "relevance": "{better}, s.day DESC NULLS LAST, s.article, s.n",
    "said": f"{WHEN} DESC NULLS LAST, s.article, s.n",
    "speaker": "(SELECT n.name FROM name n WHERE n.key = s.shared) NULLS LAST, s.day DESC NULLS LAST, s.article, s.n",
}
SORTS = tuple(_ORDER)
_HIT = """SELECT s.key, a.id, s.n, a.title, o.name, a.url, a.published, s.form, s.cue_class, p.name, s.named, s.written, s.cue,
 s.content, s.confidence, s.damaged, s.judged, s.said_first, s.said_last, a.key
 FROM statement s JOIN article a ON a.key = s.article LEFT JOIN outlet o ON o.key = s.outlet
 LEFT JOIN speaker p ON p.key = s.speaker WHERE s.key IN ({keys})"""
_AT_ONCE = 500
"""Values in one question."""


class Asking(Counting):
    """The asking half of a store."""

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
        content, confidence, damaged, judged, first, last = row[12:]
        place = read_places(content)
        said = text_of(place, text)
        return Hit(
            id_, f"s{n}", title, outlet, url, published, form, cue_class, name, named == 1,
            text_of(read_places(written), text) or None, text_of(read_places(cue), text), said, place, confidence,
            bool(damaged), judged, tuple(Span(a, b) for a, b in self._wording.marks(said, wanted)) if wanted else (),
            iso(first), iso(last),
        )  # fmt: skip

    def count(self, query: Query) -> tuple[int, int]:
        """How many statements, in how many articles."""
        ask = asked(query, self._wording, self._speech, self._clusters(query))
        with self._in_time():
            row = self._rows(
                f"SELECT count(*), count(DISTINCT s.article) FROM {ask.tables} WHERE {ask.where}",
                ask.values,
            )[0]
        return row[0], row[1]

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
        with self._letters():
            found = self._rows("SELECT value FROM setting WHERE name = ?", (name,))
            return next((str(value) for (value,) in found), None)

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
