"""How does something get into the file? Every method is one transaction: it is there as a whole, or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw

from reportedly.model.answers import Known
from reportedly.model.article import Article, Refusal
from reportedly.model.judgement import Judgement
from reportedly.model.reading import Reading
from reportedly.store.base import Wording
from reportedly.store.sqlite.connection import letters, one, rows, transaction
from reportedly.store.sqlite.rows import (
    day_of,
    is_shown,
    packed,
    packed_reading,
    shorts_of,
    shown,
    speakers_of,
    statement_rows,
    unpacked,
    unpacked_reading,
)

_WORDS = "said, said_keys, frame, frame_keys, speaker, addressee, authority, place"


class Writing:
    """The writing half of the store."""

    def __init__(self, db: apsw.Connection, path: Path, wording: Wording) -> None:
        self._db, self._path, self._wording = db, path, wording

    @contextmanager
    def _whole(self) -> Iterator[None]:
        with letters(self._path), transaction(self._db):
            yield

    def write(self, reading: Reading, at: str) -> Known:
        """Keep an article with its reading; see `store.base`."""
        article = reading.article
        with self._whole():
            known = self._sight(article, at)
            if known is not Known.ABSENT:
                return known
            key = one(
                self._db,
                "INSERT INTO article (id, title, outlet, url, published, language, day, added, latest, signature,"
                " statements, damages, characters, text, reading) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 0, 0, ?, ?, ?)"
                " RETURNING key",
                    article.id, shown(article.title), self._outlet(article.outlet), shown(article.url),
                    shown(article.published), article.language, day_of(article), at, reading.signature,
                    len(article.text), packed(article.text), b"",
            )  # fmt: skip
            if key == 1:
                self._db.execute("INSERT OR REPLACE INTO setting VALUES ('words', ?)", (self._wording.signature,))
            version = self._sighted(key, article, at)
            self._layers(key, reading)
            self._refresh_latest(article.url)
            self._solved(article.origin)
            return Known.VERSION if version > 1 else Known.NEW

    def sight(self, article: Article, at: str) -> Known:
        """Is this text there already? See `store.base`."""
        with letters(self._path):
            if one(self._db, "SELECT key FROM article WHERE id = ?", article.id) is None:
                return Known.ABSENT
        with self._whole():
            return self._sight(article, at)

    def renew(self, reading: Reading) -> None:
        """Put a newer reading in the place of the old one; judgements stay."""
        with self._whole():
            key = one(self._db, "SELECT key FROM article WHERE id = ?", reading.article.id)
            if key is not None:
                self._layers(int(key), reading)

    def refuse(self, refusal: Refusal, at: str) -> None:
        """Keep why an input could not be read."""
        with self._whole():
            self._db.execute(
                "INSERT INTO refusal (origin, reason, first, last, times) VALUES (?, ?, ?, ?, 1)"
                " ON CONFLICT (origin) DO UPDATE SET reason = excluded.reason, last = excluded.last, times = times + 1",
                (shown(refusal.origin), shown(refusal.reason), at, at),
            )

    def judge(self, judgement: Judgement) -> bool:
        """Add a judgement and let it hold at once; False where exactly this one is there."""
        whole = json.dumps(judgement.to_dict(), ensure_ascii=True, sort_keys=True)
        with self._whole():
            if one(self._db, "SELECT 1 FROM judgement WHERE judgement = ?", whole):
                return False
            self._db.execute(
                "INSERT INTO judgement (article, verdict, by, at, why, judgement) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    judgement.article,
                    judgement.verdict.value,
                    shown(judgement.by),
                    shown(judgement.at),
                    shown(judgement.why),
                    whole,
                ),
            )
            self._anew(judgement.article)
            return True

    def reindex(self, id: str) -> None:
        """Make the rows and words of an article anew from its reading."""
        with self._whole():
            self._anew(id)

    def words_settled(self, settled: bool = False) -> bool:
        """Are the words in the index those by which this program searches? `settled` says: from now on they are."""
        with letters(self._path):
            if settled:
                with transaction(self._db):
                    self._db.execute("INSERT OR REPLACE INTO setting VALUES ('words', ?)", (self._wording.signature,))
            if one(self._db, "SELECT 1 FROM article LIMIT 1") is None:
                return True
            return bool(one(self._db, "SELECT value FROM setting WHERE name = 'words'") == self._wording.signature)

    def tidy(self) -> None:
        """Let SQLite look again at how the rows are spread, where that has changed: by it it chooses its indices."""
        with letters(self._path), suppress(apsw.BusyError):  # somebody else writes; the next one will do it
            self._db.execute("PRAGMA optimize = 0x10002")

    # --- parts of a transaction

    def _sight(self, article: Article, at: str) -> Known:
        key = one(self._db, "SELECT key FROM article WHERE id = ?", article.id)
        if key is None:
            return Known.ABSENT
        seen = one(
            self._db,
            "SELECT 1 FROM sighting WHERE article = ? AND url IS ? AND origin IS ? AND outlet IS ? AND title IS ?"
            " AND published IS ?",
            key,
            *self._about(article),
        )
        if not seen:
            self._sighted(int(key), article, at)
            self._refresh_latest(article.url)
        self._solved(article.origin)
        return Known.THERE

    def _sighted(self, key: int, article: Article, at: str) -> int:
        """Keep where the article was met; the number of this text among those of its address."""
        url = shown(article.url)
        version = 1
        if url is not None:
            same = one(self._db, "SELECT version FROM sighting WHERE url = ? AND article = ?", url, key)
            newest = one(self._db, "SELECT max(version) FROM sighting WHERE url = ?", url)
            version = int(same) if same else int(newest or 0) + 1
        self._db.execute(
            "INSERT INTO sighting (article, url, origin, outlet, title, published, version, added)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (key, *self._about(article), version, at),
        )
        return version

    @staticmethod
    def _about(article: Article) -> tuple[str | None, ...]:
        return tuple(map(shown, (article.url, article.origin, article.outlet, article.title, article.published)))

    def _refresh_latest(self, url: str | None) -> None:
        """Which texts of this address are what it says now? The others leave the search."""
        if url is None:
            return
        for key, was, now in rows(
            self._db,
            "SELECT a.key, a.latest, EXISTS (SELECT 1 FROM sighting s WHERE s.article = a.key AND (s.url IS NULL OR"
            " s.version = (SELECT max(version) FROM sighting t WHERE t.url = s.url)))"
            " FROM article a WHERE a.key IN (SELECT article FROM sighting WHERE url = ?)",
            (shown(url),),
        ):
            if was != now:
                self._db.execute("UPDATE article SET latest = ? WHERE key = ?", (now, key))
                self._db.execute(
                    "UPDATE statement SET shown = ? AND judged IS NOT 'reject' WHERE article = ?", (now, key)
                )

    def _solved(self, origin: str | None) -> None:
        if origin is not None:
            self._db.execute("DELETE FROM refusal WHERE origin = ?", (shown(origin),))

    def _outlet(self, name: str | None) -> int | None:
        if name is None:
            return None
        return self._key_of(
            "INSERT INTO outlet (name, folded) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (shown(name), self._wording.folded(name)),
            "SELECT key FROM outlet WHERE name = ?",
            (shown(name),),
        )

    def _key_of(self, insert: str, values: Sequence[Any], select: str, sought: Sequence[Any]) -> int:
        found = one(self._db, select, *sought)
        if found is None:
            self._db.execute(insert, tuple(values))
            found = one(self._db, select, *sought)
        return int(found)

    def _layers(self, key: int, reading: Reading) -> None:
        """The reading as a whole, and its rows."""
        self._db.execute(
            "UPDATE article SET signature = ?, statements = ?, damages = ?, reading = ? WHERE key = ?",
            (reading.signature, len(reading.statements), len(reading.damages), packed_reading(reading), key),
        )
        self._db.execute("DELETE FROM damage WHERE article = ?", (key,))
        self._db.executemany(
            "INSERT INTO damage (article, id, kind, severity, first, last) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (key, f"d{n}", d.kind, d.severity.value, d.span.start, d.span.end)
                for n, d in enumerate(reading.damages, 1)
            ],
        )
        self._statements(key, reading)

    def _statements(self, key: int, reading: Reading) -> None:
        """The rows and words of all statements anew, as the reading and the judgements have them."""
        db = self._db
        judgements = self._judged(reading.article.id)
        db.execute("DELETE FROM words WHERE rowid IN (SELECT key FROM statement WHERE article = ?)", (key,))
        db.execute("DELETE FROM statement WHERE article = ?", (key,))
        db.execute(
            "INSERT OR IGNORE INTO due SELECT block FROM block WHERE speaker IN (SELECT key FROM speaker WHERE article = ?)",
            (key,),
        )
        db.execute("DELETE FROM speaker WHERE article = ?", (key,))
        ((day, outlet, latest),) = rows(db, "SELECT day, outlet, latest FROM article WHERE key = ?", (key,))
        people: dict[str, tuple[int, int | None, int | None, str | None]] = {}
        for p in speakers_of(reading, judgements):
            name = shown(p.name) or ""
            shared = self._name(name, p.kind) if p.named else None
            short = shown(shorts_of(p, reading.text)) or ""
            cluster, gender = self._cluster(name, p.kind, reading.article.id, p.named)
            row = one(
                db,
                "INSERT INTO speaker (article, id, name, kind, named, gender, affiliation, roles, shared, short, cluster)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING key",
                key, p.id, name, p.kind, int(p.named), p.gender, shown(p.affiliation), shown("; ".join(p.roles)), shared, short,
                cluster,
            )  # fmt: skip
            blocks = [shown(b) for b in self._wording.blocks(name, p.kind, p.named, p.roles, short.split())]
            db.executemany("INSERT INTO block VALUES (?, ?)", [(block, row) for block in blocks])
            db.executemany("INSERT OR IGNORE INTO due VALUES (?)", [(block,) for block in blocks])
            person = p.named and p.kind == "person"
            people[p.id] = (row, shared, cluster, (gender or p.gender or "u") if person else None)
        for s in statement_rows(reading, judgements, self._wording):
            speaker, shared, cluster, gender = people.get(s.speaker or "", (None, None, None, None))
            cells = {
                **s.cells, "article": key, "day": day, "outlet": outlet, "speaker": speaker, "shared": shared,
                "cluster": cluster, "gender": gender, "shown": is_shown(bool(latest), s.cells["judged"]),
            }  # fmt: skip
            row = one(
                db,
                f"INSERT INTO statement ({', '.join(cells)}) VALUES ({', '.join('?' * len(cells))}) RETURNING key",
                *cells.values(),
            )
            db.execute(f"INSERT INTO words (rowid, {_WORDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (row, *s.words))
            db.executemany("INSERT INTO quantity VALUES (?, ?, ?, ?, ?, ?, ?)", [(row, *q) for q in s.quantities])
            db.executemany("INSERT INTO moment VALUES (?, ?, ?, ?, ?)", [(row, *m) for m in s.moments])
            db.executemany("INSERT INTO place VALUES (?, ?, ?)", [(row, *p) for p in s.places])
            db.executemany("INSERT INTO harm VALUES (?, ?)", [(row, kind) for kind in s.harms])

    def _anew(self, id: str) -> None:
        for key, text, blob in rows(self._db, "SELECT key, text, reading FROM article WHERE id = ?", (id,)):
            self._statements(key, unpacked_reading(blob, unpacked(text)))

    def _name(self, name: str, kind: str) -> int:
        return self._key_of(
            "INSERT INTO name (name, kind, folded) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (name, kind, self._wording.folded(name)),
            "SELECT key FROM name WHERE name = ? AND kind = ?",
            (name, kind),
        )

    def _cluster(self, name: str, kind: str, article: str, named: bool) -> tuple[int | None, str | None]:
        """Who a speaker is across articles by the judgements so far, and the gender that goes with it: this article's decision,
        else that about the name."""
        found = rows(
            self._db,
            "SELECT b.cluster, b.gender, b.article != '' OR EXISTS (SELECT 1 FROM bearer c WHERE c.cluster = b.cluster AND c.key != b.key)"
            " FROM bearer b WHERE b.name = ? AND b.kind = ? AND b.article IN (?, ?) ORDER BY b.article DESC LIMIT 1",
            (name, kind, article, "" if named else article),
        )
        return (found[0][0], found[0][1]) if found and found[0][2] else (None, None)

    def _judged(self, article: str) -> list[Judgement]:
        found = rows(self._db, "SELECT judgement FROM judgement WHERE article = ? ORDER BY key", (article,))
        return [Judgement.of(json.loads(row[0])) for row in found]
