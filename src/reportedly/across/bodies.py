"""Do two names belong to one body? Spelling, the true names of the tables, acronyms that articles explain, seats."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportedly.across.people import Finding, because
from reportedly.across.profile import Profile
from reportedly.languages.lexicon import Lexicon
from reportedly.languages.names import body_key
from reportedly.languages.offices import Offices, is_acronym
from reportedly.model.sameness import Bearer, Sure

Add = Callable[[Bearer, Bearer, Finding], None]
_MOST = 60
_ARTICLES = frozenset({"der", "die", "das", "the"})
_ADJECTIVES = ("e", "er", "es", "en", "em", "al")
_COMMON = 12
"""Nouns up to this length (Gesellschaft, Institut) belong to many bodies; longer ones are compounds that tell which."""


def match_bodies(here: Sequence[Profile], offices: Offices, lexicon: Lexicon, add: Add) -> None:
    """All bodies that share a key: one name in several spellings, several names of one body, a seat and what it stands for."""
    seats = {p.bearer: stands for p in here if (stands := offices.body(p.bearer.name))}
    for p in here:
        if p.bearer in seats:
            office, surely = seats[p.bearer]
            evidence = because("body/seat" if surely else "body/seat_only", name=p.bearer.name, stands=office.key)
            finding = Finding(Sure.SAME if surely else Sure.UNSURE, 0.96 if surely else 0.5, evidence)
            add(p.bearer, Bearer("office", office.key), finding)
    plain = [p for p in here if p.bearer not in seats][:_MOST]
    if not plain:
        return
    main = min(plain, key=lambda p: (p.bearer.kind in {"unknown", "state"}, p.bearer))  # the same one in every run
    for p in plain:
        if p is not main:
            add(main.bearer, p.bearer, _same_body(main, p, offices, lexicon))


def _same_body(left: Profile, right: Profile, offices: Offices, lexicon: Lexicon) -> Finding:
    kinds = {left.bearer.kind, right.bearer.kind}
    if "state" in kinds and len(kinds) > 1:
        return Finding(Sure.DIFFERENT, 0.9, because("body/place"))
    if body_key(left.bearer.name) != body_key(right.bearer.name):
        return Finding(Sure.SAME, 0.97, because("body/alias", left=left.bearer.name, right=right.bearer.name))
    if "unknown" in kinds and len(kinds) > 1:
        return Finding(Sure.UNSURE, 0.6, because("body/kind_only"))
    names = sorted((left.bearer.name, right.bearer.name))
    listed = offices.in_tables(names[0]) or offices.in_tables(names[1])
    short = not listed and any(_cut_short(n, lexicon) for n in names)
    if names[0] != names[1] and (short or _acronym_or_word(names, lexicon)):
        return Finding(Sure.UNSURE, 0.5, because("body/spelling_only"))
    return Finding(Sure.SAME, 0.98, because("body/spelling"))


def _acronym_or_word(names: Sequence[str], lexicon: Lexicon) -> bool:
    """`BUND` is not the `Bund`."""
    return any(n.isupper() for n in names) and any(not n.isupper() and lexicon.knows(n) for n in names)


def _cut_short(name: str, lexicon: Lexicon) -> bool:
    """`deutsche Gesellschaft`, `Nationales Institut`: an adjective and a noun that many bodies have."""
    words = name.split()
    if len(words) != 2 or words[0].casefold() in _ARTICLES or not words[0].endswith(_ADJECTIVES):
        return False
    return len(words[1]) <= _COMMON and (words[0][:1].islower() or lexicon.knows(words[1]))


def match_acronyms(here: Sequence[Profile], offices: Offices, add: Add) -> None:
    """`BAMF` is the body for which an article writes both, as long as articles write it for one body alone. What the tables
    know (`IWF`) is left to them."""
    bare = [p for p in here if is_acronym(p.bearer.name) and not offices.in_tables(p.bearer.name)]
    written_out = [p for p in here if p.short and not is_acronym(p.bearer.name) and p.bearer.kind != "state"]
    keys = {offices.canonical(p.bearer.name) for p in written_out}
    for p in bare:
        explained = [q for q in written_out if p.bearer.name.casefold() in {s.casefold() for s in q.short}]
        for q in explained[:3]:
            evidence = {"acronym": p.bearer.name, "article": min(q.articles)[:8]}
            if len(keys) == 1:
                add(p.bearer, q.bearer, Finding(Sure.SAME, 0.95, because("acronym/explained", **evidence)))
            else:
                add(p.bearer, q.bearer, Finding(Sure.UNSURE, 0.5, because("acronym/several_only", **evidence)))
