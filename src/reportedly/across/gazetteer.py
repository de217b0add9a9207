"""Which entries does a gazetteer hold, and which speakers are they? One JSON object a line; a bad line stops nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from reportedly.across.people import Finding, alike, because
from reportedly.across.profile import Profile
from reportedly.languages.names import body_key
from reportedly.languages.offices import Offices
from reportedly.model.article import Refusal
from reportedly.model.days import days_of
from reportedly.model.gazetteer import Entry
from reportedly.model.sameness import Bearer, Sure

Add = Callable[[Bearer, Bearer, Finding], None]
_LONGEST = 1_000_000
_EVER = 99991231
_WELL_KNOWN = 3


def entries_in(lines: Iterable[str], origin: str) -> Iterator[Entry | Refusal]:
    """The entries of a file, line by line; what is none comes as a refusal with its line number and the reason."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            if len(line) > _LONGEST:
                raise ValueError(f"is longer than {_LONGEST} characters")
            yield Entry.of(json.loads(line))
        except (ValueError, RecursionError) as error:
            reason = "is no JSON" if isinstance(error, json.JSONDecodeError | RecursionError) else str(error)
            yield Refusal(f"{origin}:{number}", reason)


def blocks_of(entry: Entry, offices: Offices) -> tuple[str, ...]:
    """The keys under which speakers are found who could be this one."""
    keys = chain.from_iterable(offices.blocks(name, entry.kind, True, (), ()) for name, _ in entry.names)
    return tuple(dict.fromkeys((*keys, *(f"o:{key}" for key, _, _ in terms_of(entry, offices)))))


def terms_of(entry: Entry, offices: Offices) -> list[tuple[str, int, int]]:
    """(office with owner, first day, last day) of the roles that are offices."""
    found = []
    for term in entry.roles:
        office = offices.office_of(term.role)
        name = office.name if office else term.role
        owner = term.country or (office.owner if office else "")
        if office is None and not offices.knows(term.role):
            continue
        first = days_of(term.first) if term.first else None
        last = days_of(term.last) if term.last else None
        if owner:
            found.append((f"{name} {owner}", first[0] if first else 0, last[1] if last else _EVER))
    return found


def match_entries(people: Iterable[Profile], entries: Sequence[Entry], offices: Offices, add: Add) -> None:
    """Names to identifiers: the name must be one of the entry's, and the offices, or many articles, must speak for it."""
    by_block: dict[str, list[Entry]] = {}
    for entry in entries:
        for block in blocks_of(entry, offices):
            if not block.startswith("o:"):
                by_block.setdefault(block, []).append(entry)
    if not by_block:
        return
    for p in people:
        b = p.bearer
        if b.article or not p.named:
            continue
        own = offices.blocks(b.name, b.kind, True, (), ())
        near = {e.id: e for block in own for e in by_block.get(block, ())}
        fitting = [e for e in near.values() if _fits(p, e)]
        held = [e for e in fitting if _holds(p, e, offices)]
        best = held if len(held) == 1 else fitting
        for entry in sorted(best, key=lambda e: e.id)[:3]:
            add(b, entry.bearer, _finding(p, len(best), bool(held)))


def _finding(p: Profile, candidates: int, held: bool) -> Finding:
    if candidates > 1:
        return Finding(Sure.UNSURE, 0.5, because("id/several_only", entries=candidates))
    if held:
        return Finding(Sure.SAME, 0.98, because("id/office"))
    if p.bearer.kind != "person" or len(p.articles) >= _WELL_KNOWN:
        return Finding(Sure.SAME, 0.95, because("id/name", articles=len(p.articles)))
    return Finding(Sure.UNSURE, 0.6, because("id/name_only", articles=len(p.articles)))


def _fits(p: Profile, entry: Entry) -> bool:
    """Is this one of the entry's names, the kind the same, the gender not another?"""
    b = p.bearer
    if b.kind == "person" or entry.kind == "person":
        if b.kind != entry.kind or (entry.gender and p.genders and entry.gender not in p.genders):
            return False
        return any(
            len(words := name.split()) > 1 and (found := alike(p.words, words)) is not None and found[1] >= 0.95
            for name, _ in entry.names
        )
    if b.kind == "state" and entry.kind != "state":
        return False
    return any(body_key(b.name) == body_key(name) for name, _ in entry.names)


def _holds(p: Profile, entry: Entry, offices: Offices) -> bool:
    """Do articles give this one an office that the entry had on that day?"""
    terms = terms_of(entry, offices)
    return any(
        held == key and (day is None or first <= day <= last)
        for held, day, _ in p.offices
        for key, first, last in terms
    )
