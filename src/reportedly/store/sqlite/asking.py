"""What does the file answer? Every method is one question; none changes anything."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from reportedly.errors import ArchiveError
from reportedly.model.answers import (
    Count,
    Facet,
    FacetRow,
    Figures,
    Hit,
    OutletRow,
    Refused,
    SpeakerRow,
    Version,
)
from reportedly.model.judgement import Judgement
from reportedly.model.query import Query
from reportedly.model.reading import Reading
from reportedly.model.span import Span, text_of
from reportedly.store.base import Wording
from reportedly.store.sqlite.conditions import asked, wanted_forms
from reportedly.store.sqlite.connection import VERSION, Row, letters, one, rows
from reportedly.store.sqlite.rows import read_places, unpacked, unpacked_reading

LONGEST_QUESTION = 2.0
"""Seconds that one question of a search may take."""
_STEPS = 20_000
_ORDER = {
    "newest": "s.day DESC, s.article, s.n",
    "oldest": "s.day IS NULL, s.day, s.article, s.n",
    "unsure": "s.confidence, s.day DESC, s.article, s.n",
    "relevance": "bm25(words, 4, 2, 2, 1, 6, 3, 3, 2), s.day DESC, s.article, s.n",
}
SORTS = tuple(_ORDER)
_HIT = """SELECT a.id, s.n, a.title, o.name, a.url, a.published, s.form, s.cue_class, p.name, s.named, s.written, s.cue,
 s.content, s.confidence, s.damaged, s.judged, a.key, a.text
 FROM statement s JOIN article a ON a.key = s.article LEFT JOIN outlet o ON o.key = s.outlet
 LEFT JOIN speaker p ON p.key = s.speaker WHERE s.key = ?"""


class Asking:
    """The asking half of the store."""

    def __init__(self, db: apsw.Connection, path: Path, wording: Wording) -> None:
        self._db, self._path, self._wording = db, path, wording

    def _rows(self, question: str, values: Sequence[Any] = ()) -> list[Row]:
        return rows(self._db, question, values)

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """A question that takes too long is broken off, and says so: never an empty answer instead."""
        end = time.monotonic() + LONGEST_QUESTION
        self._db.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
        try:
            with letters(self._path):
                yield
        except apsw.InterruptError as error:
            raise ArchiveError(
                f"this search takes longer than {LONGEST_QUESTION:g} seconds; name a speaker, an outlet or a time as well"
            ) from error
        finally:
            self._db.set_progress_handler(None)

    # --- search

    def page(self, query: Query, sort: str, first: int, most: int) -> list[Hit]:
        """Hits in this order; see `store.base`."""
        ask = asked(query, self._wording)
        order = _ORDER[sort if ask.ranked or sort != "relevance" else "newest"]
        with self._in_time():
            keys = self._rows(
                f"SELECT s.key FROM {ask.tables} WHERE {ask.where} ORDER BY {order} LIMIT ? OFFSET ?",
                (*ask.values, most, first),
            )
            wanted = wanted_forms(query, self._wording)
            texts: dict[int, str] = {}
            return [self._hit(key, texts, wanted) for (key,) in keys]

    def _hit(self, key: int, texts: dict[int, str], wanted: frozenset[str]) -> Hit:
        row = self._rows(_HIT, (key,))[0]
        id_, n, title, outlet, url, published, form, cue_class, name, named, written, cue = row[:12]
        content, confidence, damaged, judged, article, blob = row[12:]
        if article not in texts:
            texts[article] = unpacked(blob)
        text, place = texts[article], read_places(content)
        said = text_of(place, text)
        return Hit(
            id_, f"s{n}", title, outlet, url, published, form, cue_class, name, named == 1,
            text_of(read_places(written), text) or None, text_of(read_places(cue), text), said, place, confidence,
            bool(damaged), judged, tuple(Span(a, b) for a, b in self._wording.marks(said, wanted)) if wanted else (),
        )  # fmt: skip

    def count(self, query: Query) -> tuple[int, int]:
        """How many statements, in how many articles."""
        ask = asked(query, self._wording)
        with self._in_time():
            row = self._rows(
                f"SELECT count(*), count(DISTINCT s.article) FROM {ask.tables} WHERE {ask.where}",
                ask.values,
            )[0]
        return row[0], row[1]

    def facets(self, query: Query, most: int) -> list[Facet]:
        """Counts by outlet, speaker, form, cue class, year."""
        ask = asked(query, self._wording)
        with self._in_time():
            given = self._rows(
                "WITH hit AS MATERIALIZED (SELECT s.outlet, s.shared, s.form, s.cue_class, s.day / 10000 AS year"
                f" FROM {ask.tables} WHERE {ask.where})"
                " SELECT 'outlet', o.name, n FROM (SELECT outlet, count(*) n FROM hit GROUP BY 1) h JOIN outlet o ON o.key = h.outlet"
                " UNION ALL SELECT 'speaker', p.name, sum(n) FROM (SELECT shared, count(*) n FROM hit GROUP BY 1) h"
                "  JOIN name p ON p.key = h.shared GROUP BY p.name"
                " UNION ALL SELECT 'form', form, count(*) FROM hit GROUP BY form"
                " UNION ALL SELECT 'cue_class', cue_class, count(*) FROM hit GROUP BY cue_class"
                " UNION ALL SELECT 'year', year, count(*) FROM hit WHERE year IS NOT NULL GROUP BY year",
                ask.values,
            )
        found: dict[str, list[tuple[str, int]]] = {name: [] for name in _FACETS}
        for field, value, n in given:
            found[field].append((str(value), n))
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

    def found(self, query: Query) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every article with hits and their ids. The list is made at once, so that writing meanwhile does not change it."""
        ask = asked(query, self._wording)
        with letters(self._path):
            given = self._rows(
                f"SELECT a.id, group_concat(s.n) FROM {ask.tables} JOIN article a ON a.key = s.article"
                f" WHERE {ask.where} GROUP BY a.key ORDER BY a.day DESC, a.key",
                ask.values,
            )
        for id_, numbers in given:
            yield id_, tuple(f"s{n}" for n in sorted(map(int, numbers.split(","))))

    # --- articles

    def reading(self, id: str) -> Reading | None:
        """The reading as it was written."""
        with letters(self._path):
            row = next(iter(self._rows("SELECT text, reading FROM article WHERE id = ?", (id,))), None)
        return unpacked_reading(row[1], unpacked(row[0])) if row else None

    def resolve(self, start: str) -> list[str]:
        """The ids that begin so."""
        with letters(self._path):
            given = self._rows("SELECT id FROM article WHERE id >= ? AND id < ? LIMIT 20", (start, start + "g"))
            return [row[0] for row in given]

    def versions(self, id: str) -> list[Version]:
        """Where the article was met, and the other texts of its addresses."""
        with letters(self._path):
            given = self._rows(
                "SELECT a.id, s.version, s.url, s.outlet, s.title, s.published, s.origin, s.added FROM sighting s"
                " JOIN article a ON a.key = s.article WHERE a.id = ?1 OR s.url IN (SELECT t.url FROM sighting t"
                " JOIN article b ON b.key = t.article WHERE b.id = ?1) ORDER BY s.url, s.version, s.key",
                (id,),
            )
            return [Version(*row) for row in given]

    def ids(self) -> Iterator[str]:
        """All articles in the order in which they came."""
        with letters(self._path):
            yield from [row[0] for row in self._rows("SELECT id FROM article ORDER BY key")]

    def outdated(self, signatures: Iterable[str]) -> Iterator[str]:
        """The articles whose reading was made by none of these."""
        with letters(self._path):
            given = self._rows(
                "SELECT id FROM article WHERE signature NOT IN (SELECT value FROM json_each(?)) ORDER BY key",
                (json.dumps(list(signatures)),),
            )
        yield from (row[0] for row in given)

    def signatures(self) -> dict[tuple[str, str], int]:
        """How many articles of which language were read by what."""
        with letters(self._path):
            given = self._rows("SELECT language, signature, count(*) FROM article GROUP BY 1, 2")
        return {(language, signature): n for language, signature, n in given}

    # --- lists

    def speakers(self, words: str, most: int, named: bool) -> list[SpeakerRow]:
        """Who says most."""
        with self._in_time():
            return self._named(words, most) if named else self._unnamed(words, most)

    def _named(self, words: str, most: int) -> list[SpeakerRow]:
        given = self._rows(
            "SELECT n.key, n.name, n.kind, count(*), count(DISTINCT s.article), min(s.day), max(s.day)"
            " FROM statement s JOIN name n ON n.key = s.shared WHERE s.shown AND instr(n.folded, ?)"
            " GROUP BY n.key ORDER BY 4 DESC, 2 LIMIT ?",
            (self._wording.folded(words), most),
        )
        found = []
        for key, name, kind, statements, articles, first, last in given:
            roles = self._rows(
                "SELECT roles, count(*) FROM speaker WHERE shared = ? AND roles != '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 3",
                (key,),
            )
            each = tuple(dict.fromkeys(role for row in roles for role in row[0].split("; ")))
            found.append(
                SpeakerRow(
                    name, kind, True, statements, articles, _iso(first), _iso(last), each, f"von:={in_quotes(name)}"
                )
            )
        return found

    def _unnamed(self, words: str, most: int) -> list[SpeakerRow]:
        given = self._rows(
            "SELECT p.name, p.kind, count(*), s.day, p.roles, a.id FROM statement s JOIN speaker p ON p.key = s.speaker"
            " JOIN article a ON a.key = s.article WHERE s.shown AND s.named = 0 GROUP BY p.key ORDER BY 3 DESC, 1, a.key"
        )
        found = []
        wanted = self._wording.folded(words)
        for name, kind, statements, day, roles, article in given:
            if wanted in self._wording.folded(name):
                each = tuple(filter(None, roles.split("; ")))
                query = f"von:{in_quotes(name)} benannt:nein"
                found.append(SpeakerRow(name, kind, False, statements, 1, _iso(day), _iso(day), each, query, article))
            if len(found) == most:
                break
        return found

    def outlets(self) -> list[OutletRow]:
        """What each outlet quotes."""
        with letters(self._path):
            articles = {
                name: n
                for name, n in self._rows(
                    "SELECT o.name, count(*) FROM article a JOIN outlet o ON o.key = a.outlet WHERE a.latest GROUP BY 1"
                )
            }
            given = self._rows(
                "SELECT o.name, s.form, s.cue_class, s.named, count(*) FROM statement s JOIN outlet o ON o.key = s.outlet"
                " WHERE s.shown GROUP BY 1, 2, 3, 4"
            )
        found = []
        for outlet, n in sorted(articles.items(), key=lambda item: (-item[1], item[0])):
            here = [row[1:] for row in given if row[0] == outlet]
            query = f"bei:{in_quotes(outlet)}"

            def counted(column: int, query: str = query, here: list[Row] = here) -> dict[str, Count]:
                sums: dict[str, int] = {}
                for row in here:
                    sums[str(row[column])] = sums.get(str(row[column]), 0) + row[3]
                name = ("form", "cue")[column]
                return {
                    v: Count(k, f"{query} {name}:{v}") for v, k in sorted(sums.items(), key=lambda i: (-i[1], i[0]))
                }

            forms = counted(0)
            found.append(
                OutletRow(
                    outlet,
                    n,
                    Count(sum(row[3] for row in here), query),
                    forms,
                    counted(1),
                    Count(sum(row[3] for row in here if row[2] < 1), f"{query} benannt:nein"),
                    sum(row[3] for row in here if row[2] < 0),
                    forms.get("direct", Count(0, f"{query} form:direct")),
                )
            )
        return found

    def refused(self) -> list[Refused]:
        """The inputs that could not be read."""
        with letters(self._path):
            given = self._rows("SELECT origin, reason, first, last, times FROM refusal ORDER BY key")
            return [Refused(*row) for row in given]

    def judgements(self, article: str | None = None) -> list[Judgement]:
        """In the order in which they were given."""
        with letters(self._path):
            given = self._rows(
                "SELECT judgement FROM judgement WHERE ?1 IS NULL OR article = ?1 ORDER BY key", (article,)
            )
            return [Judgement.of(json.loads(row[0])) for row in given]

    def figures(self) -> Figures:
        """How much there is."""
        with letters(self._path):
            articles, characters = self._rows("SELECT count(*), coalesce(sum(characters), 0) FROM article")[0]
            statements, refused, judgements = (
                one(self._db, f"SELECT count(*) FROM {table}") for table in ("statement", "refusal", "judgement")
            )
            pages, size, journal = (
                one(self._db, f"PRAGMA {name}") for name in ("page_count", "page_size", "journal_mode")
            )
        return Figures(
            articles,
            statements,
            refused,
            judgements,
            characters,
            pages * size,
            VERSION,
            apsw.sqlite_lib_version(),
            journal,
        )


_FACETS = {"outlet": "bei:", "speaker": "von:=", "form": "form:", "cue_class": "cue:", "year": "am:"}


def in_quotes(name: str) -> str:
    """A name as the value of a field, in quotation marks that it does not hold itself."""
    for opening, closing, also in (('"', '"', "“”„"), ("»", "«", '"'), ("›", "‹", "")):
        if not any(mark in name for mark in (opening, closing, *also)):
            return f"{opening}{name}{closing}"
    return f'"{name}"'


def _iso(day: int | None) -> str | None:
    return f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}" if day else None
