"""Where does the file keep who is the same? Judgements on pairs, the clusters that follow from them, entries of gazetteers."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence

from reportedly.model.gazetteer import Entry
from reportedly.model.sameness import PROGRAM, Appearance, Bearer, Sameness, Sure, clusters
from reportedly.store.rows import APART, shown
from reportedly.store.tables import Row, Tables

_APPEARANCE = """SELECT a.id, p.id, p.name, p.kind, p.named, p.gender, p.roles, p.short, o.name, a.day,
 (SELECT count(*) FROM statement s WHERE s.speaker = p.key AND s.shown)
 FROM speaker p JOIN article a ON a.key = p.article LEFT JOIN outlet o ON o.key = a.outlet"""
_JUDGEMENT = """SELECT b.kind, b.name, b.article, c.kind, c.name, c.article, s.verdict, s.by, s.at, s.why, s.sure
 FROM sameness s JOIN bearer b ON b.key = s.one JOIN bearer c ON c.key = s.other"""

_CARE = "CASE {}.verdict WHEN 'same' THEN 0 WHEN 'unsure' THEN 1 WHEN 'different' THEN 2 ELSE 3 END"
_LATER = (
    f"(t.at > s.at OR (t.at = s.at AND ({_CARE.format('t')} > {_CARE.format('s')}"
    " OR (t.verdict = s.verdict AND (t.by > s.by OR (t.by = s.by AND t.why > s.why))))))"
)
_OF_PAIR = "SELECT 1 FROM sameness t WHERE t.one = s.one AND t.other = s.other"
_NOT_TAKEN_BACK = """NOT EXISTS (SELECT 1 FROM sameness w WHERE w.one = t.one AND w.other = t.other AND w.by != ?
 AND w.verdict = 'withdraw' AND w.at >= t.at)"""
_DOUBTS = f"""{_JUDGEMENT} WHERE s.verdict = 'unsure' AND s.by = ? AND b.cluster != c.cluster
 AND NOT EXISTS ({_OF_PAIR} AND t.by = ? AND {_LATER})
 AND NOT EXISTS ({_OF_PAIR} AND t.by != ? AND t.verdict != 'withdraw' AND {_NOT_TAKEN_BACK})
 ORDER BY s.sure DESC, b.kind, b.name, b.article, c.kind, c.name, c.article LIMIT ?"""
_DECIDED = f"""{_JUDGEMENT} WHERE s.verdict != 'withdraw' AND s.by != ? AND NOT EXISTS ({_OF_PAIR} AND t.by != ? AND {_LATER})
 ORDER BY s.at DESC, s.key DESC LIMIT ?"""


class Linking(Tables):
    """The part of the store that knows who is the same."""

    # --- writing

    def decide(self, judgements: Sequence[Sameness], settled: Collection[str] = ()) -> int:
        """Add judgements on pairs and let them hold at once; see `store.base`."""
        with self._whole():
            new, touched = 0, set()
            for j in judgements:
                ends = [self._bearer(b) for b in j.pair]
                added = self._rows(
                    "INSERT INTO sameness (one, other, verdict, by, at, why, sure) VALUES (?, ?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT DO NOTHING RETURNING key",
                    (*ends, j.verdict.value, shown(j.by), shown(j.at), shown(j.why), j.sure),
                )
                if added:
                    new += 1
                    touched.update(ends)
                    if not j.by_program:  # whoever is compared with these must be looked at again
                        self._due_again(j.pair)
            self._reckon(touched)
            self._run(f"DELETE FROM due WHERE block IN {self._speech.texts}", (_list(settled),))
            return new

    def know(self, entries: Sequence[tuple[Entry, Sequence[str]]]) -> int:
        """Keep entries of a gazetteer under their blocks, the newest of each id; how many are new or other than before."""
        with self._whole():
            new = 0
            for entry, blocks in entries:
                whole = json.dumps(entry.to_dict(), ensure_ascii=True, sort_keys=True)
                if self._one("SELECT entry FROM entry WHERE id = ?", entry.id) == whole:
                    continue
                new += 1
                before = self._rows("SELECT block FROM entry_block WHERE entry = ?", (entry.id,))
                self._run("DELETE FROM entry WHERE id = ?", (entry.id,))
                self._run("INSERT INTO entry VALUES (?, ?)", (entry.id, whole))
                self._many("INSERT INTO entry_block VALUES (?, ?)", [(block, entry.id) for block in blocks])
                self._due([*(row[0] for row in before), *blocks])
            return new

    # --- asking

    def due(self) -> list[str]:
        """The blocks with speakers or entries that nobody has compared yet."""
        with self._letters(), self._cells():
            return [row[0] for row in self._rows("SELECT block FROM due ORDER BY block")]

    def appearances(
        self, *, blocks: Collection[str] = (), bearers: Collection[Bearer] = (), newest: int | None = None
    ) -> list[Appearance]:
        """All speakers who share one of these blocks, or whom one of these names means."""
        order = "p.key" if newest is None else f"coalesce(a.day, 0) DESC, a.id LIMIT {int(newest)}"
        with self._letters(), self._cells():
            found = self._rows(f"{_APPEARANCE} WHERE p.key IN (SELECT speaker FROM block WHERE block IN {self._speech.texts}) ORDER BY p.key",
                (_list(blocks),),
            ) if blocks else []  # fmt: skip
            for b in sorted(bearers):
                where = "p.kind = ? AND p.name = ? AND " + ("a.id = ?" if b.article else "p.shared IS NOT NULL")
                if not b.article:
                    where = "p.shared = (SELECT key FROM name n WHERE n.kind = ? AND n.name = ?)"
                found += self._rows(
                    f"{_APPEARANCE} WHERE {where} ORDER BY {order}",
                    (b.kind, b.name, b.article)[: 2 + bool(b.article)],
                )
        made = dict.fromkeys(_appearance(row) for row in found)
        return list(made)

    def sameness(self, bearers: Collection[Bearer] | None = None) -> list[Sameness]:
        """All judgements on pairs; or those about these bearers, and about whoever was ever called the same as one of them."""
        with self._letters(), self._cells():
            if bearers is None:
                return [_sameness(row) for row in self._rows(f"{_JUDGEMENT} ORDER BY s.key")]
            keys = {key for b in bearers if (key := self._key(b)) is not None}
            return self._concerning(self._reach(keys))

    def doubts(self, most: int) -> list[Sameness]:
        """What the program is unsure of and nobody has settled; see `store.base`. What counts of a pair is what
        `model.sameness.standing` says: the latest, at one moment the more careful."""
        with self._letters(), self._cells():
            found = self._rows(_DOUBTS, (PROGRAM, PROGRAM, PROGRAM, PROGRAM, most))
            return [_sameness(row) for row in found]

    def decided(self, most: int) -> list[Sameness]:
        """What persons decided and did not take back; the latest first."""
        with self._letters(), self._cells():
            return [_sameness(row) for row in self._rows(_DECIDED, (PROGRAM, PROGRAM, most))]

    def bearers(self, name: str, article: str = "") -> list[Bearer]:
        """Whom a name of the archive (in an article that begins so) may mean, the most frequent first; spelling must agree but
        for what searches even out."""
        with self._letters(), self._cells():
            if article:
                found = self._rows(
                    "SELECT p.kind, p.name, a.id FROM speaker p JOIN article a ON a.key = p.article"
                    " WHERE a.id >= ? AND a.id < ? ORDER BY p.key",
                    (article, article + "g"),
                )
                wanted = self._wording.folded(name)
                return [Bearer(*row) for row in found if self._wording.folded(row[1]) == wanted]
            found = self._rows(
                "SELECT n.kind, n.name, (SELECT count(*) FROM speaker p WHERE p.shared = n.key), CAST(n.name = ? AS integer) FROM name n"
                " WHERE n.folded = ?"
                " UNION SELECT b.kind, b.name, 0, 1 FROM bearer b WHERE b.name = ? AND b.article = '' AND b.kind IN ('id', 'office')"
                " ORDER BY 4 DESC, 3 DESC, 2",
                (shown(name), self._wording.folded(name), shown(name)),
            )
            return list(
                dict.fromkeys(
                    Bearer(kind, written) for kind, written, times, _ in found if times or kind in ("id", "office")
                )
            )

    def entries(self, *, blocks: Collection[str] = (), ids: Collection[str] = ()) -> list[Entry]:
        """The entries of gazetteers under these blocks, or with these ids."""
        with self._letters(), self._cells():
            found = self._rows(
                f"SELECT entry FROM entry WHERE id IN (SELECT entry FROM entry_block WHERE block IN {self._speech.texts})"
                f" OR id IN {self._speech.texts} ORDER BY id",
                (_list(blocks), _list(ids)),
            )
            return [Entry.of(json.loads(row[0])) for row in found]

    # --- parts of a transaction

    def _bearer(self, b: Bearer) -> int:
        """The key of a bearer, who is one with nobody when met first."""
        key = self._key(b)
        if key is None:
            kind, name, article = (shown(part) for part in (b.kind, b.name, b.article))
            key = int(self._one("INSERT INTO bearer (kind, name, article, cluster) VALUES (?, ?, ?, 0) RETURNING key", kind, name, article,
            ))  # fmt: skip
            self._run("UPDATE bearer SET cluster = key WHERE key = ?", (key,))
        return key

    def _key(self, b: Bearer) -> int | None:
        found = self._one(
            "SELECT key FROM bearer WHERE name = ? AND kind = ? AND article = ?",
            shown(b.name),
            b.kind,
            b.article,
        )
        return None if found is None else int(found)

    def _reach(self, keys: Collection[int]) -> set[int]:
        """These, and whoever is or was called the same, and the same name elsewhere: all that a judgement can move."""
        found, fresh = set(keys), set(keys)
        while fresh:
            listed = _list(fresh)
            near = self._rows(
                f"SELECT one FROM sameness WHERE verdict = 'same' AND other IN {self._speech.numbers}"
                f" UNION SELECT other FROM sameness WHERE verdict = 'same' AND one IN {self._speech.numbers}"
                " UNION SELECT b.key FROM bearer b, bearer c WHERE b.name = c.name AND b.kind = c.kind"
                f" AND (b.article = '' OR c.article = '') AND c.key IN {self._speech.numbers}",
                (listed, listed, listed),
            )
            fresh = {row[0] for row in near} - found
            found |= fresh
        return found

    def _concerning(self, keys: Collection[int]) -> list[Sameness]:
        listed = _list(keys)
        found = self._rows(
            f"{_JUDGEMENT} WHERE s.key IN (SELECT key FROM sameness WHERE one IN {self._speech.numbers}"
            f" UNION SELECT key FROM sameness WHERE other IN {self._speech.numbers}) ORDER BY s.key",
            (listed, listed),
        )
        return [_sameness(row) for row in found]

    def _reckon(self, touched: Collection[int]) -> None:
        """Make the clusters anew that judgements on these can move, and write down whose statements are whose."""
        if not touched:
            return
        keys = self._reach(touched)
        named = {
            Bearer(kind, name, article): (key, cluster)
            for key, kind, name, article, cluster in self._rows(
                f"SELECT key, kind, name, article, cluster FROM bearer WHERE key IN {self._speech.numbers}",
                (_list(keys),),
            )
        }
        made = clusters(self._concerning(keys))
        moved: set[int] = set()
        for members in made.all():
            inside = [named[b] for b in members if b in named]
            cluster = min((key for key, _ in inside), default=0)
            for key, before in inside:
                if before != cluster:
                    self._run("UPDATE bearer SET cluster = ? WHERE key = ?", (cluster, key))
                    moved |= {before, cluster}
        changed: list[int] = []
        for b, (key, _) in sorted(named.items(), key=lambda item: item[0].article):
            changed += self._assign(b, key)
        self._run(
            "UPDATE statement SET cluster = p.cluster, gender = CASE WHEN p.named = 1 AND p.kind = 'person' THEN coalesce(p.gender, 'u') END"
            f" FROM speaker p WHERE p.key = statement.speaker AND statement.speaker IN {self._speech.numbers}",
            (_list(changed),),
        )
        for cluster in sorted(moved | {named[b][0] for b in named if b.kind == "id"} | self._clusters_of(touched)):
            self._describe(cluster)

    def _assign(self, b: Bearer, key: int) -> list[int]:
        """The cluster of a bearer on the rows of its speakers, those that changed; who is alone under the own name needs none."""
        cluster = self._one(
            "SELECT CASE WHEN b.article != '' OR EXISTS (SELECT 1 FROM bearer c WHERE c.cluster = b.cluster AND c.key != b.key)"
            " THEN b.cluster END FROM bearer b WHERE b.key = ?",
            key,
        )
        if b.article:
            found = self._rows(
                "UPDATE speaker SET cluster = ? WHERE article = (SELECT key FROM article WHERE id = ?) AND name = ? AND kind = ?"
                " AND cluster IS DISTINCT FROM ? RETURNING key",
                (cluster, b.article, b.name, b.kind, cluster),
            )
        else:
            found = self._rows(
                "UPDATE speaker SET cluster = ? WHERE shared = (SELECT key FROM name WHERE name = ? AND kind = ?)"
                " AND cluster IS DISTINCT FROM ? AND NOT EXISTS (SELECT 1 FROM bearer o JOIN article a ON a.id = o.article"
                " WHERE a.key = speaker.article AND o.name = ? AND o.kind = ?) RETURNING key",
                (cluster, b.name, b.kind, cluster, b.name, b.kind),
            )
        return [row[0] for row in found]

    def _describe(self, cluster: int) -> None:
        """What follows for a whole cluster: the gender of its statements, the words by which it is found."""
        genders = {
            row[0]
            for row in self._rows(
                "SELECT DISTINCT gender FROM speaker WHERE cluster = ? AND gender IS NOT NULL", (cluster,)
            )
        }
        known = self._rows(
            "SELECT e.entry FROM bearer b JOIN entry e ON e.id = b.name WHERE b.cluster = ? AND b.kind = 'id'",
            (cluster,),
        )
        told = {gender for (entry,) in known if (gender := json.loads(entry).get("gender"))}
        sure = told if len(told) == 1 else genders
        gender = next(iter(sure)) if len(sure) == 1 else None
        self._run(
            "UPDATE bearer SET gender = ? WHERE cluster = ? AND gender IS DISTINCT FROM CAST(? AS text)",
            (gender, cluster, gender),
        )
        self._name_cluster(cluster, words_of(self, cluster))
        self._run(
            "UPDATE statement SET gender = coalesce(CAST(? AS text), p.gender, 'u') FROM speaker p WHERE p.cluster = ?"
            " AND p.key = statement.speaker AND p.named = 1 AND p.kind = 'person'"
            " AND statement.gender IS DISTINCT FROM coalesce(CAST(? AS text), p.gender, 'u')",
            (gender, cluster, gender),
        )

    def _clusters_of(self, keys: Collection[int]) -> set[int]:
        """The clusters that these bearers are in now."""
        found = self._rows(f"SELECT DISTINCT cluster FROM bearer WHERE key IN {self._speech.numbers}", (_list(keys),))
        return {row[0] for row in found}

    def _due_again(self, pair: tuple[Bearer, Bearer]) -> None:
        for b in pair:
            self._run(
                "INSERT INTO due SELECT DISTINCT k.block FROM block k JOIN speaker p ON p.key = k.speaker"
                " JOIN article a ON a.key = p.article WHERE p.name = ? AND p.kind = ? AND CAST(? AS text) IN ('', a.id)"
                " AND (p.shared IN (SELECT key FROM name WHERE name = ?) OR a.id = ?) ON CONFLICT DO NOTHING",
                (b.name, b.kind, b.article, b.name, b.article),
            )

    def _due(self, blocks: Iterable[str]) -> None:
        self._many("INSERT INTO due VALUES (?) ON CONFLICT DO NOTHING", [(block,) for block in dict.fromkeys(blocks)])


def words_of(tables: Tables, cluster: int) -> str | None:
    """The words of all names of those who are one; None where it is but one name, which the statements hold themselves."""
    found = tables._rows(
        "SELECT DISTINCT name FROM bearer WHERE cluster = ? AND kind != 'office' ORDER BY name", (cluster,)
    )
    if len(found) < 2:
        return None
    plain, keys = tables._wording.indexed([name for (name,) in found])
    return f"{plain}{APART}{keys}"


def _list(values: Collection[str] | Collection[int]) -> str:
    """Values for a question, as a JSON list; texts as every database can hold them."""
    return json.dumps(sorted({shown(v) if isinstance(v, str) else v for v in values}))


def _appearance(row: Row) -> Appearance:
    article, id_, name, kind, named, gender, roles, short, outlet, day, statements = row
    return Appearance(
        article, id_, name, kind, bool(named), gender, tuple(filter(None, roles.split("; "))), tuple(short.split()), outlet, day,
        statements,
    )  # fmt: skip


def _sameness(row: Row) -> Sameness:
    return Sameness(Bearer(*row[0:3]), Bearer(*row[3:6]), Sure(row[6]), *row[7:11])
