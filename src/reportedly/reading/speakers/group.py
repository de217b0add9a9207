"""Which reading does one noun group have: a known body, an office, a person, a body by its noun, a stranger?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from reportedly.languages.names import without_genitive
from reportedly.reading.speakers.bodies import body, known_body
from reportedly.reading.speakers.cut import DETERMINERS, Cut, cut_up, is_lower_name
from reportedly.reading.speakers.kinds import looks_like_acronym
from reportedly.reading.speakers.offices import name_after, named_person, office, offices_in
from reportedly.reading.speakers.phrase import Phrase
from reportedly.reading.speakers.strangers import headless, stranger
from reportedly.reading.speakers.vocabulary import Noun, Vocabulary

_BODIES = frozenset({"organisation", "medium", "state"})


def read_group(
    words: Sequence[str], vocabulary: Vocabulary, surnames: Collection[str] = (), genitive: bool = False
) -> Phrase | None:
    """One piece between commas; the surest reading comes first. `genitive` where its case is known from before."""
    cut = cut_up(words, vocabulary)
    if genitive and cut.determined:
        cut.readings = frozenset((g, c) for g, c in cut.readings if c == "g") or cut.readings
    if not cut.run:
        return headless(words, cut)
    owned = _owned(cut, vocabulary, surnames)
    if owned:
        return owned
    known = known_body(cut, vocabulary, frozenset(surnames))
    if known:
        return known
    if _owner_end(cut, vocabulary):
        at = _owner_end(cut, vocabulary)
        cut.owner, cut.run, cut.determined = " ".join(cut.run[:at]), cut.run[at:], "genitive"
    while len(cut.run) > 1 and _is_capital_adjective(cut.run, cut, vocabulary):
        cut.front.append(cut.run.pop(0))
    return _read_run(cut, vocabulary, surnames)


def _owner_end(cut: Cut, vocabulary: Vocabulary) -> int:
    """How many words of the run are a genitive in place of the article? `Kenias Regierung`, `New Yorks Bürgermeister`."""
    if cut.determined:
        return 0
    stem = vocabulary.inflection.stem
    for at in range(1, min(4, len(cut.run))):
        before = cut.run[at - 1]
        if not _is_genitive(before, vocabulary) or vocabulary.firstname(before) is not None or vocabulary.nouns(before):
            continue
        office = vocabulary.nouns(cut.run[at]) or (
            at + 1 < len(cut.run) and stem(cut.run[at]) is not None and vocabulary.nouns(cut.run[at + 1])
        )  # `Berlins Regierender Bürgermeister`
        if office:
            return at
    return 0


def _is_genitive(name: str, vocabulary: Vocabulary) -> bool:
    """`Kenias`, `Lenz'`."""
    return name[-1] in "'’" or name.endswith(vocabulary.sets.genitive_s_end)


def _owned(cut: Cut, vocabulary: Vocabulary, surnames: Collection[str]) -> Phrase | None:
    """`Lenz' wissenschaftlicher Mitarbeiter Jonas Berger`: the owner comes first, the bearer after."""
    if len(cut.run) > 1 or not _is_genitive(cut.run[0], vocabulary) or cut.determined or len(cut.rest) < 2:
        return None
    bent = cut.rest[0] not in vocabulary.sets.group_preposition and vocabulary.inflection.stem(cut.rest[0])
    if not bent or not cut.rest[1][0].isupper():
        return None
    inner = read_group(cut.rest, vocabulary, surnames)
    return inner if inner and inner.form in {"name", "role"} else None


def _read_run(cut: Cut, vocabulary: Vocabulary, surnames: Collection[str]) -> Phrase | None:
    titles = [w for w in cut.run if vocabulary.title(w) is not None]
    gender = next((g for w in titles if (g := vocabulary.title(w))), None)
    if titles and len(titles) < len(cut.run):
        before = cut.run[: cut.run.index(titles[0])]
        kept = [w for w in before if any(n.person for n in vocabulary.nouns(w)) or vocabulary.firstname(w) is not None]
        cut.run = [*kept, *(w for w in cut.run[len(before) :] if w not in titles)] or cut.run
    offices = offices_in(cut, vocabulary, surnames)
    if offices and offices[-1].head in vocabulary.sets.owner_role and len(cut.run) > len(offices):
        # `der Eigentümer Norvik Yacht Club`
        owned = read_group(cut.run[len(offices) :], vocabulary, surnames)
        if owned and owned.form == "name" and owned.kind == "organisation":
            return owned
    if offices:
        name = name_after(offices, cut, vocabulary, surnames)
        if name and cut.determined and (whose := _whose(name, vocabulary, surnames)):
            cut.run, cut.rest, name = cut.run[: -len(name)], [*whose, *cut.rest], []
        many = offices[-1].gender == "p" and cut.determined == "quantity"
        if name and not (many and vocabulary.firstname(name[0]) is None):
            found = named_person(name, offices, gender, cut, vocabulary)
        else:
            _without_seat(cut, vocabulary)
            found = office(offices[-1], cut)
        return replace(found, affiliation=_affiliation(offices[-1], cut, vocabulary))
    if _is_councillor(cut, vocabulary):
        found = named_person(cut.run[1:], [], gender, cut, vocabulary)
        return replace(found, roles=(cut.run[0],), noun=cut.run[0])
    bodies = _bodies(cut, vocabulary, surnames)
    first = vocabulary.firstname(cut.run[0]) if len(cut.run) > 1 else None
    known = len(cut.run) == 1 and cut.run[0] in surnames and not cut.determined
    ends = bool(bodies) and bodies[-1][0] == len(cut.run) - 1 and not any(n.label for n in bodies[-1][1])
    if titles or known or (first is not None and not ends):
        found = named_person(cut.run, [], gender, cut, vocabulary)
        return replace(found, affiliation=_affiliation(None, cut, vocabulary))
    if bodies and bodies[0][0] == 0 and (said := bodies[0][1][0]).saying:
        words = [*cut.run[1:], *cut.rest]
        if not words and said.modifier and not cut.determined:
            words = [said.modifier]  # `Polizeiangaben`
        sayer = _sayer(words, vocabulary, surnames) if words else None
        if sayer:
            return sayer
    if bodies and not set(cut.run[: bodies[0][0] + 1]) & set(cut.quoted):
        return body(bodies[0][0], cut.agreeing(bodies[0][1]), cut, vocabulary)
    return stranger(cut, vocabulary, surnames)


def _whose(name: Sequence[str], vocabulary: Vocabulary, surnames: Collection[str]) -> list[str]:
    """`der Arzt [Bergers]`: a known family name in the genitive tells whose."""
    last = name[-1]
    owner = last.endswith(vocabulary.sets.genitive_s_end) and last not in surnames and last[:-1] in surnames
    return list(name) if owner and len(name) == 1 else []


def _sayer(words: Sequence[str], vocabulary: Vocabulary, surnames: Collection[str]) -> Phrase | None:
    """`Angaben der Polizei`, `Worte Lenz'`: whoever says it, not what is said."""
    if words[0] in vocabulary.sets.sayer_link:
        return read_group(words[1:], vocabulary, surnames) if len(words) > 1 else None
    opens = (
        vocabulary.pointer(words[0], *DETERMINERS) is not None
        or words[0][0].isupper()
        or is_lower_name(words[0], vocabulary)
        or vocabulary.inflection.stem(words[0]) is not None
    )
    found = read_group(words, vocabulary, surnames, genitive=True) if opens else None
    somebody = found is not None and found.form == "name" and found.kind not in _BODIES
    if found and somebody and len(found.given) == 1 and words == [found.name]:
        return replace(found, name=without_genitive(found.name), given=(without_genitive(found.name),), kind="person")
    return found


def _is_councillor(cut: Cut, vocabulary: Vocabulary) -> bool:
    """`Betriebsrat Bayram Lenz`: without an article, and before two words that are no nouns and no place, one of its members."""
    if (
        cut.determined
        or cut.adjectives
        or cut.rest
        or cut.quoted
        or len(cut.run) != 3
        or not cut.run[0].endswith(vocabulary.sets.council_end)
    ):
        return False
    name = cut.run[1:]
    ordinary = any((known := vocabulary.lexicon.noun(w)) and known[1] for w in name[:1]) or bool(
        vocabulary.nouns(name[1])
    )
    place = {*name, " ".join(name)} & vocabulary.places
    return not ordinary and not place and vocabulary.body(" ".join(name)) is None


def _bodies(cut: Cut, vocabulary: Vocabulary, surnames: Collection[str]) -> list[tuple[int, list[Noun]]]:
    """Which words of the run are kinds of bodies? Not the council in `Betriebsrat Lenz`, where Lenz is a person."""
    found = [(i, ns) for i, w in enumerate(cut.run) if (ns := [n for n in vocabulary.nouns(w) if not n.person])]
    if found and len(cut.run) == 2 and cut.run[0].endswith(vocabulary.sets.council_end) and cut.run[1] in surnames:
        cut.run = cut.run[1:]
        return []
    return found


def _without_seat(cut: Cut, vocabulary: Vocabulary) -> None:
    """`ein Sprecher des Weißen Hauses in Washington`: where a known body sits is no part of the description."""
    sets = vocabulary.sets
    if len(cut.rest) > 1 and cut.rest[-2] in sets.seat_preposition and cut.rest[0] in sets.genitive_article:
        found = read_group(cut.rest[:-2], vocabulary)
        if found and found.form == "name" and "metonyms" in found.by:
            cut.rest = cut.rest[:-2]


def _is_capital_adjective(run: Sequence[str], cut: Cut, vocabulary: Vocabulary) -> bool:
    """`Staatlichen` in `des Staatlichen Veterinäramts`: capital because it belongs to a name."""
    word, following, sets = run[0], run[1], vocabulary.sets
    base = vocabulary.inflection.stem(word)
    if (
        base is None
        or word in cut.quoted
        or vocabulary.firstname(word) is not None
        or vocabulary.title(word) is not None
    ):
        return False
    if vocabulary.firstname(following) is not None:
        return False
    nouns = vocabulary.nouns(word)
    if nouns and not any(n.head in sets.adjective_role for n in nouns):
        return False
    if not vocabulary.nouns(following) and not (len(run) > 2 and _is_capital_adjective(run[1:], cut, vocabulary)):
        return base.lower().endswith(sets.adjective_base_end) and vocabulary.lexicon.noun(following) is not None
    if base.lower().endswith(sets.adjective_base_end) and word[0].isupper() and vocabulary.nouns(following):
        return True
    common = vocabulary.lexicon.noun(word)
    oblique = (
        cut.determined == "definite" and word.endswith(sets.oblique_adjective_end) and bool(vocabulary.nouns(run[-1]))
    )
    return oblique or common is None or not common[1] or common[0].endswith(sets.adjectival_noun_end)


def _affiliation(office: Noun | None, cut: Cut, vocabulary: Vocabulary) -> str | None:
    """`Pentagon-Sprecherin` -> Pentagon, `Sprecher der Polizei` -> Polizei, `Lenz von den Grünen` -> Die Grünen."""
    sets = vocabulary.sets
    if cut.rest and cut.rest[0].lower() in sets.employer_link:
        inner = cut.rest[1:] if cut.rest[0].lower() in sets.bare_employer_link else cut.rest
        piece = inner[: next((i for i, w in enumerate(inner) if w == "," or w in sets.employer_stop), len(inner))]
        found = read_group(piece, vocabulary) if piece else None
        if found and found.kind in _BODIES:
            return found.name
    if office is None or not office.modifier:
        return None
    known = vocabulary.body(office.modifier)
    if known or looks_like_acronym(office.modifier):
        return office.modifier if not known or known.name.lower() == office.modifier.lower() else known.name
    body_nouns = [n for n in vocabulary.nouns(office.modifier.capitalize()) if n.kind in {"organisation", "medium"}]
    return body_nouns[0].nominative if body_nouns else None
