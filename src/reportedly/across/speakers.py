"""Which speakers of different articles are one? Block, compare, decide: judgements to propose, each with its reason.

Rather unsure than wrong. Speakers without a name are never brought together; a description that names an office which one
person holds at a time (`der Kremlchef`) goes to its holder where articles of that time tell who holds it, else to the office.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations

from reportedly.across.bodies import match_acronyms, match_bodies
from reportedly.across.gazetteer import match_entries, terms_of
from reportedly.across.holders import match_holders
from reportedly.across.people import Finding, because, compare
from reportedly.across.profile import Profile, genders_differ, nearest, offices_differ, profiles, shared_roles
from reportedly.languages.language import Language
from reportedly.languages.lexicon import Lexicon, lexicon_of
from reportedly.languages.names import family_name, fold, same_word, sound
from reportedly.languages.offices import Offices, offices_of
from reportedly.model.gazetteer import Entry
from reportedly.model.sameness import (
    PROGRAM,
    Appearance,
    Bearer,
    Pair,
    Sameness,
    Standing,
    Sure,
    clusters,
    standing,
)

_WELL_KNOWN = 4
"""Articles that call somebody by the full name before a family name alone is enough."""
_SEASON = 92
"""Days around those articles in which it is."""
_BY_FAR, _FEW = 20, 0.1
"""So many articles, and so few of all others beside them, make one of several bearers the one who is meant."""
_MOST_DOUBTS = 3
_MOST_COMPARED = 400


@dataclass
class Found:
    """What is found in one run: a finding a pair; those of persons stand above it."""

    findings: dict[Pair, Finding] = field(default_factory=dict)

    def add(self, left: Bearer, right: Bearer, finding: Finding) -> None:
        pair = (left, right) if left <= right else (right, left)
        known = self.findings.get(pair)
        if known is None or (known.verdict is Sure.UNSURE and finding.verdict is not Sure.UNSURE):
            self.findings[pair] = finding


def match(
    blocks: Collection[str],
    appearances: Iterable[Appearance],
    known: Iterable[Sameness],
    entries: Iterable[Entry],
    language: Language,
    at: str,
) -> list[Sameness]:
    """The judgements that the program would add about the speakers of these blocks; none where it has said so before.

    `appearances` are all that share a block, `known` the judgements about them so far. The same input gives the same output.
    """
    offices, lexicon = offices_of(language), lexicon_of(language)
    all_known = list(known)
    stands = standing(all_known)
    people = profiles(appearances, offices)
    listed = tuple(entries)
    in_block = _in_blocks(people.values(), offices)
    found = Found()
    for block in sorted(blocks):
        here = in_block.get(block, [])
        if block.startswith("p:"):
            _match_people(here, stands, lexicon, found)
        elif block.startswith("b:"):
            match_bodies(here, offices, lexicon, found.add)
        elif block.startswith("a:"):
            match_acronyms(here, offices, found.add)
    match_entries(people.values(), listed, offices, found.add)
    linked = clusters([*all_known, *_rows(found, stands, at)])
    for block in sorted(blocks):
        if block.startswith("o:"):
            said = partial(said_same, stands=stands)
            match_holders(block[2:], in_block.get(block, []), linked, _terms(listed, offices), said, found.add)
    return [*_rows(found, stands, at), *_gone(found, stands, people, in_block, blocks, at)]


def _terms(entries: Sequence[Entry], offices: Offices) -> list[tuple[str, Bearer, int, int]]:
    """(office, entry, first day, last day) of everything that the gazetteer says about offices."""
    return [(key, e.bearer, first, last) for e in entries for key, first, last in terms_of(e, offices)]


def _in_blocks(people: Iterable[Profile], offices: Offices) -> dict[str, list[Profile]]:
    found: dict[str, list[Profile]] = {}
    for p in people:
        b = p.bearer
        own = offices.blocks(b.name, b.kind, p.named, (), sorted(p.short))
        for block in dict.fromkeys((*own, *(f"o:{key}" for key in sorted(p.held)))):
            found.setdefault(block, []).append(p)
    return found


def _rows(found: Found, stands: dict[Pair, Standing], at: str) -> list[Sameness]:
    """What is new: findings that differ from what the program says so far."""
    rows = []
    for (left, right), f in sorted(found.findings.items(), key=lambda item: item[0]):
        said = stands.get((left, right), Standing()).program
        if said is None or said.verdict is not f.verdict:
            rows.append(Sameness(left, right, f.verdict, PROGRAM, at, f.why, round(f.sure, 2)))
    return rows


def _gone(
    found: Found,
    stands: dict[Pair, Standing],
    people: dict[Bearer, Profile],
    in_block: dict[str, list[Profile]],
    blocks: Collection[str],
    at: str,
) -> list[Sameness]:
    """What the program said of speakers of these blocks and would not say any more."""
    looked = {block: {p.bearer for p in in_block.get(block, ())} for block in blocks}
    kinds = {"people": "p:", "office": "o:", "body": "b:", "acronym": "a:", "id": ""}
    rows = []
    for pair, now in sorted(stands.items(), key=lambda item: item[0]):
        said = now.program
        if said is None or pair in found.findings:
            continue
        rule = kinds.get(said.why.partition("/")[0], "?")
        theirs = [b for b in pair if b.kind not in {"office", "id"}]
        if any(block.startswith(rule) and here.issuperset(theirs) for block, here in looked.items()) and all(
            b in people for b in theirs
        ):
            rows.append(Sameness(*pair, Sure.WITHDRAW, PROGRAM, at, "no_longer"))
    return rows


# --- people


def _match_people(here: Sequence[Profile], stands: dict[Pair, Standing], lexicon: Lexicon, found: Found) -> None:
    """All who share the sound of a family name."""
    full = [p for p in here if len(p.words) > 1]
    short = [p for p in here if len(p.words) == 1]
    decided: list[Sameness] = []
    for left, right in _near(full):
        finding = compare(left, right)
        if finding is not None:
            finding = _enough(finding, left, right)
            found.add(left.bearer, right.bearer, finding)
            decided.append(Sameness(left.bearer, right.bearer, finding.verdict, PROGRAM, "", "", finding.sure))
    by_hand = [
        s.person for s in stands.values() if s.person and not s.person.left.article and not s.person.right.article
    ]
    one = clusters([*decided, *by_hand])
    groups: dict[Bearer, list[Profile]] = {}
    for p in full:
        groups.setdefault(one.of(p.bearer), []).append(p)
    for p in short:
        _short_name(p, list(groups.values()), stands, lexicon, found)
    if not full:
        _short_alone(short, found)


def _near(full: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """The pairs whose given names begin alike, or of whom one has an initial: all others are different people by name."""
    by_sound: dict[str, list[Profile]] = {}
    initials: list[Profile] = []
    for p in full:
        first = p.words[0].split("-")[0]
        if len(first.rstrip(".")) == 1:
            initials.append(p)
        else:
            by_sound.setdefault(sound(first), []).append(p)
    for here in by_sound.values():
        yield from combinations(here[:_MOST_COMPARED], 2)
    yield from combinations(initials[:_MOST_COMPARED], 2)
    for p in initials[:_MOST_COMPARED]:
        letter = fold(p.words[0])[:1]
        yield from ((p, q) for q in full if len(q.words[0].rstrip(".")) > 1 and fold(q.words[0])[:1] == letter)


def _enough(finding: Finding, left: Profile, right: Profile) -> Finding:
    """A genitive needs the name without it elsewhere, more often; with as many of both nobody can tell."""
    if finding.why.startswith("people/genitive") and len(left.articles) == len(right.articles) > 1:
        return Finding(Sure.UNSURE, 0.6, because("people/genitive_only"))
    return finding


def _short_name(
    p: Profile, groups: Sequence[Sequence[Profile]], stands: dict[Pair, Standing], lexicon: Lexicon, found: Found
) -> None:
    """`Lawrow` in an article that never gives his full name: whom does it mean?"""
    word = p.words[0]
    if lexicon.is_small(word.lower()) or lexicon.verb(word.lower()):
        return
    fitting = []
    for group in groups:
        bearers = [q for q in group if _bears(word, q) and not genders_differ(p, q) and not offices_differ(p, q)]
        if bearers:
            fitting.append(bearers)
    if not fitting:
        return
    by_role = [(g, role) for g in fitting if (role := next((r[0] for q in g if (r := shared_roles(p, q))), None))]
    best = _main(p, by_role[0][0] if len(by_role) == 1 else fitting[0], stands)
    if len(by_role) == 1:
        found.add(p.bearer, best.bearer, Finding(Sure.SAME, 0.95, because("people/family_role", role=by_role[0][1])))
        return
    if len(fitting) == 1 and _known_then(p, fitting[0]) and not _ordinary(word, lexicon):
        articles = len({a for q in fitting[0] for a in q.articles})
        found.add(p.bearer, best.bearer, Finding(Sure.SAME, 0.93, because("people/only_bearer", articles=articles)))
        return
    if (main := _by_far(p, fitting)) and not _ordinary(word, lexicon):
        articles = len({a for q in main for a in q.articles})
        best = _main(p, main, stands)
        found.add(
            p.bearer,
            best.bearer,
            Finding(Sure.SAME, 0.92, because("people/main_bearer", articles=articles, bearers=len(fitting))),
        )
        return
    fitting = [g for g in fitting if not _ordinary(word, lexicon) or sum(len(q.articles) for q in g) > 1]
    rule = "people/one_bearer_only" if len(fitting) == 1 else "people/several_bearers"
    for group in sorted(fitting, key=lambda g: -max(len(q.articles) for q in g))[:_MOST_DOUBTS]:
        found.add(
            p.bearer, _main(p, group, stands).bearer, Finding(Sure.UNSURE, 0.5, because(rule, bearers=len(fitting)))
        )


def _short_alone(short: Sequence[Profile], found: Found) -> None:
    """Nobody has a full name: who holds the same office under this name is one."""
    for n, left in enumerate(short[:_MOST_COMPARED]):
        for right in short[n + 1 : _MOST_COMPARED]:
            offices = sorted(left.held & right.held)
            if offices and same_word(left.words[0], right.words[0]) and not genders_differ(left, right):
                found.add(
                    left.bearer, right.bearer, Finding(Sure.SAME, 0.95, because("people/family_role", role=offices[0]))
                )
                break


def _bears(word: str, full: Profile) -> bool:
    tail = family_name(full.words)
    return same_word(word, tail[-1]) or ("-" in tail[-1] and same_word(word, tail[-1].rsplit("-", 1)[-1]))


def _main(p: Profile, group: Sequence[Profile], stands: dict[Pair, Standing]) -> Profile:
    """The spelling that was chosen before, else the one that most articles use."""
    return max(group, key=lambda q: (said_same(p.bearer, q.bearer, stands), len(q.articles), q.bearer))


def said_same(left: Bearer, right: Bearer, stands: dict[Pair, Standing]) -> bool:
    """Does the program call them the same already? Then it need not choose anew."""
    said = stands.get((left, right) if left <= right else (right, left), Standing()).program
    return said is not None and said.verdict is Sure.SAME


def _known_then(p: Profile, group: Sequence[Profile]) -> bool:
    """Do enough articles of that time give the full name, that the family name alone means this one?"""
    if len({a for q in group for a in q.articles}) < _WELL_KNOWN:
        return False
    days = [day for q in group for day in q.days]
    away = nearest(p.days[0], days) if p.days else None
    return away is not None and away <= _SEASON


def _by_far(p: Profile, groups: Sequence[Sequence[Profile]]) -> Sequence[Profile] | None:
    """The one of several bearers that nearly all articles of that time mean."""
    articles = [len({a for q in group for a in q.articles}) for group in groups]
    at = articles.index(max(articles))
    many = articles[at] >= _BY_FAR and sum(articles) - articles[at] <= _FEW * articles[at]
    return groups[at] if many and _known_then(p, groups[at]) else None


def _ordinary(word: str, lexicon: Lexicon) -> bool:
    """A family name that is also a word (Fischer, Schwarz): too many bear it."""
    return lexicon.knows(word) or lexicon.is_small(word.lower())
