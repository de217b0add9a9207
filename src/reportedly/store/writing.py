"""How does something get into the tables? Every method is one transaction: it is there as a whole, or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportedly.model.answers import Known
from reportedly.model.article import Article, Refusal, source_of
from reportedly.model.judgement import Judgement
from reportedly.model.reading import Reading
from reportedly.model.speaker import Speaker
from reportedly.store.rows import (
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
from reportedly.store.tables import Tables, marks


@dataclass(frozen=True, slots=True)
class _Who:
    """A speaker in the tables: the row, the name that several articles share, who it is across them, the gender of a named
    person."""

    key: int | None = None
    shared: int | None = None
    cluster: int | None = None
    gender: str | None = None


_NOBODY = _Who()


class Writing(Tables):
    """The writing half of a store."""

    def write(self, reading: Reading, at: str) -> Known:
        """Keep an article with its reading; see `store.base`."""
        article = reading.article
        with self._whole():
            known = self._sight(article, at)
            if known is not Known.ABSENT:
                return known
            key = self._one(
                "INSERT INTO article (id, title, outlet, url, published, language, day, added, latest, signature,"
                " statements, damages, characters, text, reading) VALUES (?, ?, ?, ?, ?, ?, ?, ?, true, ?, 0, 0, ?, ?, ?)"
                " RETURNING key",
                    article.id, shown(article.title), self._outlet(article.outlet), shown(article.url),
                    shown(article.published), article.language, day_of(article), at, reading.signature,
                    len(article.text), packed(article.text), b"",
            )  # fmt: skip
            if self._one("SELECT 1 FROM article WHERE key != ? LIMIT 1", key) is None:
                self._settle_words()
            version = self._sighted(key, article, at)
            self._layers(key, reading)
            self._refresh_latest(article.url)
            self._solved(article.origin)
            return Known.VERSION if version > 1 else Known.NEW

    def sight(self, article: Article, at: str) -> Known:
        """Is this text there already? See `store.base`."""
        with self._letters():
            if self._one("SELECT key FROM article WHERE id = ?", article.id) is None:
                return Known.ABSENT
        with self._whole():
            return self._sight(article, at)

    def renew(self, reading: Reading) -> None:
        """Put a newer reading in the place of the old one; judgements stay."""
        with self._whole():
            key = self._one("SELECT key FROM article WHERE id = ?", reading.article.id)
            if key is not None:
                self._layers(int(key), reading)

    def refuse(self, refusal: Refusal, at: str) -> None:
        """Keep why an input could not be read."""
        origin, reason = shown(source_of(refusal.origin)), shown(refusal.reason)
        with self._whole():
            if self._one("SELECT 1 FROM refusal WHERE origin = ?", origin):
                self._run(
                    "UPDATE refusal SET reason = ?, last = ?, times = times + 1 WHERE origin = ?", (reason, at, origin)
                )
            else:
                self._run(
                    "INSERT INTO refusal (origin, reason, first, last, times) VALUES (?, ?, ?, ?, 1)",
                    (origin, reason, at, at),
                )

    def judge(self, judgement: Judgement) -> bool:
        """Add a judgement and let it hold at once; False where exactly this one is there."""
        whole = json.dumps(judgement.to_dict(), ensure_ascii=True, sort_keys=True)
        with self._whole():
            if self._one("SELECT 1 FROM judgement WHERE judgement = ?", whole):
                return False
            self._run(
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
        with self._letters():
            if settled:
                with self._whole():
                    self._settle_words()
            if self._one("SELECT 1 FROM article LIMIT 1") is None:
                return True
            return bool(self._one("SELECT value FROM setting WHERE name = 'words'") == self._wording.signature)

    def settle(self, name: str, value: str | None) -> None:
        """Keep a setting, or take it away."""
        self.settle_all({name: value})

    def settle_all(self, values: Mapping[str, str | None]) -> None:
        """Keep these settings, or take them away; all or none."""
        with self._whole():
            for name, value in values.items():
                self._run("DELETE FROM setting WHERE name = ?", (name,))
                if value is not None:
                    self._run("INSERT INTO setting (name, value) VALUES (?, ?)", (name, shown(value)))

    # --- parts of a transaction

    def _settle_words(self) -> None:
        self._run(
            "INSERT INTO setting (name, value) VALUES ('words', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (self._wording.signature,),
        )

    def _sight(self, article: Article, at: str) -> Known:
        key = self._one("SELECT key FROM article WHERE id = ?", article.id)
        if key is None:
            return Known.ABSENT
        seen = self._one(
            "SELECT 1 FROM sighting WHERE article = ? AND url IS NOT DISTINCT FROM ? AND origin IS NOT DISTINCT FROM ?"
            " AND outlet IS NOT DISTINCT FROM ? AND title IS NOT DISTINCT FROM ? AND published IS NOT DISTINCT FROM ?",
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
            same = self._one("SELECT version FROM sighting WHERE url = ? AND article = ?", url, key)
            newest = self._one("SELECT max(version) FROM sighting WHERE url = ?", url)
            version = int(same) if same else int(newest or 0) + 1
        self._run(
            "INSERT INTO sighting (article, url, origin, outlet, title, published, version, added)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (key, *self._about(article), version, at),
        )
        return version

    @staticmethod
    def _about(article: Article) -> tuple[str | None, ...]:
        origin = source_of(article.origin)
        return tuple(map(shown, (article.url, origin, article.outlet, article.title, article.published)))

    def _refresh_latest(self, url: str | None) -> None:
        """Which texts of this address are what it says now? The others leave the search."""
        if url is None:
            return
        for key, was, now in self._rows(
            "SELECT a.key, a.latest, EXISTS (SELECT 1 FROM sighting s WHERE s.article = a.key AND (s.url IS NULL OR"
            " s.version = (SELECT max(version) FROM sighting t WHERE t.url = s.url)))"
            " FROM article a WHERE a.key IN (SELECT article FROM sighting WHERE url = ?)",
            (shown(url),),
        ):
            if was != now:
                self._run("UPDATE article SET latest = ? WHERE key = ?", (now, key))
                self._run(
                    "UPDATE statement SET shown = ? AND judged IS DISTINCT FROM 'reject' WHERE article = ?", (now, key)
                )

    def _solved(self, origin: str | None) -> None:
        if origin is not None:
            self._run("DELETE FROM refusal WHERE origin = ?", (shown(source_of(origin)),))

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
        found = self._one(select, *sought)
        if found is None:
            self._run(insert, tuple(values))
            found = self._one(select, *sought)
        return int(found)

    def _layers(self, key: int, reading: Reading) -> None:
        """The reading as a whole, and its rows."""
        self._run(
            "UPDATE article SET signature = ?, statements = ?, damages = ?, reading = ? WHERE key = ?",
            (reading.signature, len(reading.statements), len(reading.damages), packed_reading(reading), key),
        )
        self._run("DELETE FROM damage WHERE article = ?", (key,))
        self._many(
            "INSERT INTO damage (article, id, kind, severity, first, last) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (key, f"d{n}", d.kind, d.severity.value, d.span.start, d.span.end)
                for n, d in enumerate(reading.damages, 1)
            ],
        )
        self._statements(key, reading)

    def _statements(self, key: int, reading: Reading) -> None:
        """The rows and words of all statements anew, as the reading and the judgements have them."""
        judgements = self._judged(reading.article.id)
        self._unindex(key)
        self._run("DELETE FROM statement WHERE article = ?", (key,))
        self._run(
            "INSERT INTO due SELECT DISTINCT block FROM block WHERE speaker IN (SELECT key FROM speaker WHERE article = ?)"
            " ON CONFLICT DO NOTHING",
            (key,),
        )
        self._run("DELETE FROM speaker WHERE article = ?", (key,))
        people = self._people(key, reading, judgements)
        ((day, outlet, latest),) = self._rows("SELECT day, outlet, latest FROM article WHERE key = ?", (key,))
        rows = list(statement_rows(reading, judgements, self._wording))
        cells = []
        for s in rows:
            who = people.get(s.speaker or "", _NOBODY)
            cells.append(
                {
                    **s.cells, "article": key, "day": day, "outlet": outlet, "speaker": who.key, "shared": who.shared,
                    "cluster": who.cluster, "gender": who.gender, "shown": is_shown(bool(latest), s.cells["judged"]),
                }
            )  # fmt: skip
        if not cells:
            return
        columns = tuple(cells[0])
        keys = self._added(
            f"INSERT INTO statement ({', '.join(columns)}) VALUES ({marks(columns)}) RETURNING key",
            [tuple(c[name] for name in columns) for c in cells],
        )
        both = list(zip(keys, rows, strict=True))
        self._index([(k, s.words) for k, s in both])
        self._many(
            "INSERT INTO quantity VALUES (?, ?, ?, ?, ?, ?, ?)", [(k, *q) for k, s in both for q in s.quantities]
        )
        self._many("INSERT INTO moment VALUES (?, ?, ?, ?, ?)", [(k, *m) for k, s in both for m in s.moments])
        self._many("INSERT INTO place VALUES (?, ?, ?)", [(k, *p) for k, s in both for p in s.places])
        self._many("INSERT INTO harm VALUES (?, ?)", [(k, kind) for k, s in both for kind in s.harms])

    def _people(self, key: int, reading: Reading, judgements: Sequence[Judgement]) -> dict[str, _Who]:
        """Everybody who speaks in the article, by id; whom they may be compared with is due from now on."""
        made: list[tuple[Speaker, _Who, tuple[Any, ...], list[str]]] = []
        for p in speakers_of(reading, judgements):
            name = shown(p.name) or ""
            shared = self._name(name, p.kind) if p.named else None
            short = shown(shorts_of(p, reading.text)) or ""
            cluster, gender = self._cluster(name, p.kind, reading.article.id, p.named)
            person = p.named and p.kind == "person"
            who = _Who(None, shared, cluster, (gender or p.gender or "u") if person else None)
            row = (
                key, p.id, name, p.kind, int(p.named), p.gender, shown(p.affiliation), shown("; ".join(p.roles)), shared, short,
                cluster,
            )  # fmt: skip
            blocks = [shown(b) or "" for b in self._wording.blocks(name, p.kind, p.named, p.roles, short.split())]
            made.append((p, who, row, blocks))
        keys = self._added(
            "INSERT INTO speaker (article, id, name, kind, named, gender, affiliation, roles, shared, short, cluster)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING key",
            [row for _, _, row, _ in made],
        )
        both = list(zip(keys, made, strict=True))
        self._many("INSERT INTO block VALUES (?, ?)", [(block, k) for k, (_, _, _, blocks) in both for block in blocks])
        due = dict.fromkeys(block for _, (_, _, _, blocks) in both for block in blocks)
        self._many("INSERT INTO due VALUES (?) ON CONFLICT DO NOTHING", [(block,) for block in due])
        return {p.id: replace(who, key=k) for k, (p, who, _, _) in both}

    def _anew(self, id: str) -> None:
        for key, text, blob in self._rows("SELECT key, text, reading FROM article WHERE id = ?", (id,)):
            with self._cells():
                reading = unpacked_reading(blob, unpacked(text))
            self._statements(key, reading)

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
        found = self._rows(
            "SELECT b.cluster, b.gender, b.article != '' OR EXISTS (SELECT 1 FROM bearer c WHERE c.cluster = b.cluster AND c.key != b.key)"
            " FROM bearer b WHERE b.name = ? AND b.kind = ? AND b.article IN (?, ?) ORDER BY b.article DESC LIMIT 1",
            (name, kind, article, "" if named else article),
        )
        return (found[0][0], found[0][1]) if found and found[0][2] else (None, None)

    def _judged(self, article: str) -> list[Judgement]:
        found = self._rows("SELECT judgement FROM judgement WHERE article = ? ORDER BY key", (article,))
        with self._cells():
            return [Judgement.of(json.loads(row[0])) for row in found]
