"""Who are the speakers of many articles? Comparing them, deciding about them, and telling all that is known of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from reportedly.errors import ArchiveError
from reportedly.languages import load
from reportedly.model.answers import Count, Doubt, Evidence, RoleRow, SpeakerPage, SpeakerRow, Why
from reportedly.model.article import Refusal
from reportedly.model.days import iso
from reportedly.model.gazetteer import Entry
from reportedly.model.query import Choice, Clause, How, Query, Where, Words
from reportedly.model.sameness import PROGRAM, Appearance, Bearer, Sameness, Sure, clusters, standing
from reportedly.model.span import Span
from reportedly.store.base import Store

if TYPE_CHECKING:
    from reportedly.languages.offices import Offices

_AT_ONCE = 400
"""Blocks in one transaction."""
_NEWEST = 5
_EVIDENCE = 2
_MOST_DOUBTS = 12
"""On the page of one speaker; a name of a thousand articles is near to hundreds of others."""
_HANDLE = re.compile("(.+)@([0-9a-f]{4,16})")
_OFFICE = re.compile("((?:role|office|stands|left|right)=)([a-z_]+ [A-Z][A-Z-]+)")
_ENDS = re.compile(r"[.!?…][”“\"»«’]?\s+|\n+")


@lru_cache(maxsize=1)
def _offices() -> Offices:
    from reportedly.languages.offices import offices_of  # late: who only searches need not wait for the tables

    return offices_of(load("de"))


class People:
    """The speakers of an archive, across its articles."""

    def __init__(self, store: Store, clock: Callable[[], str]) -> None:
        self._store, self._clock = store, clock

    # --- comparing

    def match(self, step: Callable[[int, int], None] | None = None) -> int:
        """Compare the speakers that nobody has compared yet, and keep what is found: the number of new judgements. `step` is told
        how many keys are done and how many there are. Names first, then who holds an office, because that goes by the names."""
        from reportedly.across import match  # late, as in `_offices`

        due = sorted(self._store.due(), key=lambda block: (block.startswith("o:"), block))
        new = done = 0
        while due:
            is_office = due[0].startswith("o:")
            batch = [b for b in due[:_AT_ONCE] if b.startswith("o:") == is_office]
            due = due[len(batch) :]
            here = self._store.appearances(blocks=batch)
            entries = self._store.entries(blocks=batch)
            known = self._store.sameness({a.bearer for a in here} | {e.bearer for e in entries})
            new += self._store.decide(match(batch, here, known, entries, load("de"), self._moment(known)), batch)
            done += len(batch)
            if step:
                step(done, done + len(due))
        return new

    def know(self, items: Iterable[Entry | Refusal]) -> tuple[int, int, list[Refusal]]:
        """Keep the entries of a gazetteer: how many are new or changed, how many were there, and the lines that are none."""
        from reportedly.across.gazetteer import blocks_of

        new = all_ = 0
        refused: list[Refusal] = []
        given = iter(items)
        while batch := list(islice(given, 2000)):
            entries = [item for item in batch if isinstance(item, Entry)]
            refused += [item for item in batch if isinstance(item, Refusal)]
            new += self._store.know([(entry, blocks_of(entry, _offices())) for entry in entries])
            all_ += len(entries)
        return new, all_ - new, refused

    # --- deciding

    def decide(self, left: str | Bearer, right: str | Bearer, verdict: Sure | str, by: str, why: str) -> Sameness:
        """What a person decides about two names; see `Archive.same`."""
        if verdict not in list(Sure):
            raise ArchiveError(f'verdict "{verdict}" is not known; give {", ".join(Sure)}')
        if not by.strip():
            raise ArchiveError("say who decides this (by)")
        if by.strip().casefold() == PROGRAM:
            raise ArchiveError(f'"{PROGRAM}" is what the program calls itself; give your own name (by)')
        pair = self._exactly(left), self._exactly(right)
        if pair[0] == pair[1]:
            raise ArchiveError(
                f'"{left}" and "{right}" are one name; of one article alone: {left}@ID, as `reportedly who` shows it'
            )
        known = [j for j in self._store.sameness(pair) if set(j.pair) == set(pair)]
        if verdict == Sure.WITHDRAW and not any(not j.by_program for j in known):
            raise ArchiveError(f"nobody has decided about {pair[0]} and {pair[1]}: there is nothing to withdraw")
        judgement = Sameness(min(pair), max(pair), Sure(verdict), by.strip(), self._moment(known), why)
        self._store.decide([judgement])
        self.match()
        return judgement

    def bearer(self, written: str) -> Bearer:
        """Whom somebody means who writes a name, name@article, or the id of a gazetteer. Raises ArchiveError."""
        found = self._meant(written)
        if not found:
            name, article = _parts(written)
            where = f"in the article {article}" if article else "in the archive"
            raise ArchiveError(
                f'nobody is called "{name}" {where}; `reportedly speakers {name.split()[-1] if name else ""}` lists names'
            )
        return found[0]

    def _exactly(self, given: str | Bearer) -> Bearer:
        """The likeliest of a name, or the one of this kind. Raises ArchiveError where nobody is that."""
        if isinstance(given, str):
            return self.bearer(given)
        written = f"{given.name}@{given.article}" if given.article else given.name
        for bearer in self._meant(written):
            if bearer.kind == given.kind:
                return bearer
        raise ArchiveError(
            f'nobody of the kind "{given.kind}" is called "{written}"; `reportedly speakers` lists names'
        )

    def _meant(self, written: str) -> list[Bearer]:
        """Everybody who may be meant, the likeliest first."""
        name, article = _parts(written)
        found = self._store.bearers(name, article) if name else []
        if not found and not article and (entries := self._store.entries(ids=[name])):
            found = [entries[0].bearer]
        return found

    def _moment(self, known: Sequence[Sameness]) -> str:
        """Now; after every judgement that it follows, also where the clock says otherwise."""
        now, latest = self._clock(), max((j.at for j in known), default="")
        if latest < now:
            return now
        return (datetime.fromisoformat(latest) + timedelta(microseconds=1)).isoformat(timespec="microseconds")

    # --- telling

    def rows(self, words: str, most: int, named: bool) -> list[SpeakerRow]:
        """Who says most; an office or a seat under its own title."""
        return [self._titled(row) for row in self._store.speakers(words, most, named)]

    def _titled(self, row: SpeakerRow) -> SpeakerRow:
        if row.office is None:
            return row
        title = _offices().title(row.office)
        return replace(row, name=f"{title} ({row.name})" if row.kind != "person" else title)

    def page(self, name: str) -> SpeakerPage:
        """All about one speaker. Raises ArchiveError where nobody is called so."""
        bearer = self.bearer(name)
        known = self._store.sameness([bearer])
        members = clusters(known).with_(bearer)
        row = self._row_of(bearer, members)
        said = Query((Clause((Choice("is", _handle(row)),), False, row.query),), (), row.query)
        statements, _ = self._store.count(said)
        here = self._store.appearances(bearers=members)
        about = self._about(row, members)
        them = set(members)
        stands = [s.now for s in standing(known).values() if s.now and not them.isdisjoint(s.now.pair)]
        inside = [j for j in stands if them.issuperset(j.pair)]
        outside = [j for j in stands if not them.issuperset(j.pair)]
        unsure = sorted((j for j in outside if j.verdict is Sure.UNSURE), key=lambda j: (-j.sure, j.pair))
        return SpeakerPage(
            row,
            Count(statements, row.query),
            tuple(self._store.page(said, "newest", 0, _NEWEST)),
            about,
            tuple(_spellings(here)),
            tuple(
                _why(j) for j in sorted(inside, key=lambda j: (j.by_program, j.at, j.pair)) if j.verdict is Sure.SAME
            ),
            tuple(map(self._doubt, unsure[:_MOST_DOUBTS])),
            tuple(_why(j) for j in outside if j.verdict is Sure.DIFFERENT and "office" not in {b.kind for b in j.pair}),
            max(len(unsure) - _MOST_DOUBTS, 0),
        )

    def _row_of(self, bearer: Bearer, members: Sequence[Bearer]) -> SpeakerRow:
        row = self._store.speaker([bearer]) or self._store.speaker(members)
        if row is None:
            raise ArchiveError(f'"{bearer}" says nothing in the archive; `reportedly speakers` lists who does')
        return self._titled(row)

    def _about(self, row: SpeakerRow, members: Sequence[Bearer]) -> Count:
        """What others say with the name in it: the family name of persons, the whole name of others."""
        full = next((b.name for b in members if b.name == row.names[0]), row.names[0])
        word = full.split()[-1] if row.kind == "person" else full
        written = f"über:„{word}“ -{row.query}"
        not_self = Clause((Choice("is", _handle(row)),), True, f"-{row.query}")
        query = Query((Clause((Words(word, Where.ABOUT, How.PHRASE),), False, f"über:„{word}“"), not_self), (), written)
        return Count(self._store.count(query)[0], written)

    def alike(self, row: SpeakerRow, most: int) -> list[SpeakerRow]:
        """Others with a name that ends like this one, most statements first; whoever is one with it is not among them."""
        word = row.names[0].split()[-1]
        found: dict[str, SpeakerRow] = {}
        for named in self._store.suggest("speaker", word, most + len(row.names)):
            other = None if named.value in row.names else self._store.speaker(self._store.bearers(named.value)[:1])
            if other and other.query != row.query:
                found.setdefault(other.query, self._titled(other))
        return list(found.values())[:most]

    def doubts(self, most: int) -> list[Doubt]:
        """Pairs that nobody has decided, the likeliest first."""
        return [self._doubt(j) for j in self._store.doubts(most)]

    def between(self, left: str | Bearer, right: str | Bearer) -> Doubt:
        """What holds of two names. Raises ArchiveError where they have not been compared."""
        pair = self._exactly(left), self._exactly(right)
        now = standing(self._store.sameness(pair)).get((min(pair), max(pair)))
        if now is None or now.now is None:
            raise ArchiveError(
                f"nobody has compared {pair[0]} and {pair[1]}; `reportedly speakers --doubts` lists pairs"
            )
        return self._doubt(now.now)

    def _doubt(self, j: Sameness) -> Doubt:
        left, right = (tuple(self._evidence(b)) for b in j.pair)
        return Doubt(_why(j), left, right, j.pair)

    def _evidence(self, bearer: Bearer) -> Iterator[Evidence]:
        """The first sentences about a bearer, of its newest articles."""
        for a in self._store.appearances(bearers=[bearer], newest=_EVIDENCE):
            reading = self._store.reading(a.article)
            speaker = next((s for s in reading.cast.speakers if s.id == a.id), None) if reading else None
            if reading is None or speaker is None or not speaker.mentions:
                continue
            place = sentence_around(reading.text, speaker.mentions[0])
            yield Evidence(
                a.article, a.outlet, reading.article.published, a.name, a.roles, place.of(reading.text), (place,)
            )


def _parts(written: str) -> tuple[str, str]:
    """ "Ohm@1357795d" is a name and the beginning of an id; without one the name alone."""
    m = _HANDLE.fullmatch(written.strip())
    return (m[1], m[2]) if m else (written.strip(), "")


def _handle(row: SpeakerRow) -> str:
    """By what `ist:` knows the one of this row."""
    return row.query.removeprefix("ist:").strip('"»«›‹')


def sentence_around(text: str, mention: Span) -> Span:
    """From the end of the sentence before to the end of this one."""
    start = max(
        (m.end() for m in _ENDS.finditer(text, max(mention.start - 600, 0), mention.start)),
        default=max(mention.start - 600, 0),
    )
    after = _ENDS.search(text, mention.end, mention.end + 600)
    end = after.start() + len(after[0].rstrip()) if after else min(mention.end + 600, len(text))
    return Span(min(start, mention.start), max(end, mention.end))


def _spellings(here: Sequence[Appearance]) -> list[RoleRow]:
    """Each way to write the name, in how many articles, between which days."""
    found: dict[str, list[Appearance]] = {}
    for a in here:
        found.setdefault(a.name, []).append(a)
    rows = []
    for name, theirs in found.items():
        days = [a.day for a in theirs if a.day]
        rows.append(
            RoleRow(name, len({a.article for a in theirs}), iso(min(days, default=None)), iso(max(days, default=None)))
        )
    return sorted(rows, key=lambda row: (-row.articles, row.role))


def _why(j: Sameness) -> Why:
    left, right = (str(b) if b.kind != "office" else _offices().title(b.name) for b in j.pair)
    why = _OFFICE.sub(lambda m: m[1] + _offices().title(m[2]), j.why) if j.by_program else j.why
    return Why(left, right, j.verdict.value, j.by, j.at, why, j.sure)
