"""Who speaks in the archive, and what does each outlet quote? Counts, each with the query for the list behind it."""

from __future__ import annotations

from collections.abc import Collection

from reportedly.model.answers import Count, OutletRow, RoleRow, SpeakerRow
from reportedly.model.days import iso
from reportedly.model.sameness import Bearer
from reportedly.store.tables import Row, Tables

_MOST_ROLES = 12


class Listing(Tables):
    """The part of the asking half that counts."""

    def speakers(self, words: str, most: int, named: bool) -> list[SpeakerRow]:
        """Who says most."""
        with self._letters(), self._cells(), self._still():
            return self._named(words, most) if named else self._unnamed(words, most)

    def _named(self, words: str, most: int) -> list[SpeakerRow]:
        """One row for everybody: the key is that of the cluster, or of the name below zero."""
        wanted = self._wording.folded(words)
        only, like = "", self._speech.holds
        values: tuple[str, ...] = ()
        if wanted:
            only = (
                f" AND (n.key IN (SELECT key FROM name WHERE {like}(folded, ?) > 0) OR s.cluster IN (SELECT p.cluster FROM speaker p"
                f" JOIN name m ON m.key = p.shared WHERE p.cluster IS NOT NULL AND {like}(m.folded, ?) > 0)"
                " OR s.cluster IN (SELECT cluster FROM bearer WHERE name = ?))"
            )
            values = (wanted, wanted, words.strip())
        given = self._rows(
            "SELECT coalesce(s.cluster, -s.shared) AS who, count(*), count(DISTINCT s.article), min(s.day), max(s.day)"
            " FROM statement s LEFT JOIN name n ON n.key = s.shared WHERE s.shown AND (s.cluster IS NOT NULL OR s.shared IS NOT NULL)"
            f"{only} GROUP BY coalesce(s.cluster, -s.shared) ORDER BY 2 DESC, 1 LIMIT ?",
            (*values, most),
        )
        return [self._speaker(*row) for row in given]

    def speaker(self, bearers: Collection[Bearer]) -> SpeakerRow | None:
        """The row of the one whom one of these means."""
        with self._letters(), self._cells(), self._still():
            for b in sorted(bearers):
                for who in self._meant(b):
                    theirs = "s.cluster = ?" if who > 0 else "s.cluster IS NULL AND s.shared = ?"
                    counts = self._rows(
                        "SELECT count(*), count(DISTINCT s.article), min(s.day), max(s.day) FROM statement s"
                        f" WHERE s.shown AND {theirs}",
                        (abs(who),),
                    )[0]
                    if counts[0]:
                        return self._speaker(who, *counts)
        return None

    def _meant(self, b: Bearer) -> list[int]:
        """The key of a cluster, and that of the name below zero."""
        one = "SELECT cluster FROM bearer WHERE kind = ? AND name = ? AND article = ?"
        name = "SELECT -key FROM name WHERE kind = ? AND name = ?"
        found = self._rows(one, (b.kind, b.name, b.article))
        return [key for (key,) in (*found, *([] if b.article else self._rows(name, (b.kind, b.name))))]

    def _speaker(self, who: int, statements: int, articles: int, first: int | None, last: int | None) -> SpeakerRow:
        """The row of a cluster, or of a name that is nobody else."""
        theirs = "p.cluster = ?" if who > 0 else "p.shared = ? AND p.cluster IS NULL"
        names = self._rows(
            f"SELECT p.name, p.kind, p.named, count(*) FROM speaker p WHERE {theirs} GROUP BY p.name, p.kind, p.named ORDER BY p.named DESC, count(*) DESC, p.name, p.kind",
            (abs(who),),
        )
        full = next((row for row in names if row[1] != "person" or " " in row[0]), names[0])
        spellings = tuple(
            dict.fromkeys(row[0] for row in sorted(names, key=lambda row: (row is not full, -row[3], row[0])))
        )
        held = self._held(theirs, abs(who))
        bearers = (
            self._rows("SELECT kind, name, article FROM bearer WHERE cluster = ? ORDER BY key", (who,))
            if who > 0
            else []
        )
        everywhere = {name for kind, name, article in bearers if not article and kind not in ("id", "office")}
        handle = next((n for n in spellings if not bearers or n in everywhere), None)
        if handle is None:  # all of it stands in single articles: one of them tells whom
            handle = next((f"{name}@{article}" for _, name, article in bearers if article), full[0])
        genders = self._rows(
            f"SELECT DISTINCT p.gender FROM speaker p WHERE {theirs} AND p.gender IS NOT NULL", (abs(who),)
        )
        known = (
            self._rows("SELECT gender FROM bearer WHERE cluster = ? AND gender IS NOT NULL LIMIT 1", (who,)) or genders
        )
        return SpeakerRow(
            full[0], full[1], bool(full[2]), statements, articles, iso(first), iso(last), tuple(row.role for row in held[:3]),
            f"ist:{in_quotes(handle)}", names=spellings, held=tuple(held),
            ids=tuple(name for kind, name, _ in bearers if kind == "id"),
            office=next((name for kind, name, _ in bearers if kind == "office"), None),
            gender=known[0][0] if len(known) == 1 else None,
        )  # fmt: skip

    def _held(self, theirs: str, who: int) -> list[RoleRow]:
        """The roles that articles give, each with its days; the most frequent first."""
        found: dict[str, tuple[int, list[int]]] = {}
        for roles, day in self._rows(
            f"SELECT p.roles, a.day FROM speaker p JOIN article a ON a.key = p.article WHERE {theirs} AND p.roles != ''",
            (who,),
        ):
            for role in roles.split("; "):
                times, days = found.get(role, (0, []))
                found[role] = times + 1, [*days, *([day] if day else [])]
        rows_ = [
            RoleRow(role, n, iso(min(days, default=None)), iso(max(days, default=None)))
            for role, (n, days) in found.items()
        ]
        return sorted(rows_, key=lambda row: (-row.articles, row.role))[:_MOST_ROLES]

    def _unnamed(self, words: str, most: int) -> list[SpeakerRow]:
        given = self._rows(
            "SELECT p.name, p.kind, count(*), s.day, p.roles, a.id FROM statement s JOIN speaker p ON p.key = s.speaker"
            " JOIN article a ON a.key = s.article WHERE s.shown AND s.named = 0 AND s.cluster IS NULL"
            " GROUP BY p.key, s.day, a.key ORDER BY 3 DESC, 1, a.key, p.key"
        )
        found = []
        wanted = self._wording.folded(words)
        for name, kind, statements, day, roles, article in given:
            if wanted in self._wording.folded(name):
                each = tuple(filter(None, roles.split("; ")))
                query = f"von:{in_quotes(name)} benannt:nein"
                found.append(SpeakerRow(name, kind, False, statements, 1, iso(day), iso(day), each, query, article))
            if len(found) == most:
                break
        return found

    def outlets(self) -> list[OutletRow]:
        """What each outlet quotes."""
        with self._letters(), self._cells(), self._still():
            names: dict[int, str] = dict(
                self._rows("SELECT key, name FROM outlet")
            )  # beside the counts: a join asks for every row
            counted_ = self._rows(
                "SELECT outlet, count(*) FROM article WHERE latest AND outlet IS NOT NULL GROUP BY outlet"
            )
            articles = {names[outlet]: n for outlet, n in counted_}
            given = self._rows(
                "SELECT o.name, s.form, s.cue_class, s.named, count(*) FROM statement s JOIN outlet o ON o.key = s.outlet"
                " WHERE s.shown GROUP BY 1, 2, 3, 4"
            )
            sexes = self._rows(
                "SELECT o.name, s.gender, count(*) FROM statement s JOIN outlet o ON o.key = s.outlet"
                " WHERE s.shown AND s.gender IS NOT NULL GROUP BY 1, 2"
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
                    {
                        sex: Count(
                            next((k for o, g, k in sexes if (o, g) == (outlet, sex)), 0), f"{query} geschlecht:{sex}"
                        )
                        for sex in ("f", "m", "u")
                    },
                )
            )
        return found


def in_quotes(name: str) -> str:
    """A name as the value of a field, in quotation marks that it does not hold itself."""
    for opening, closing, also in (('"', '"', "“”„"), ("»", "«", '"'), ("›", "‹", "")):
        if not any(mark in name for mark in (opening, closing, *also)):
            return f"{opening}{name}{closing}"
    return f'"{name}"'
