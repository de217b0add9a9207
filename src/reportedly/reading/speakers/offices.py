"""Who is meant by an office, with a name behind it or without?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from reportedly.languages.names import is_particle, without_genitive
from reportedly.reading.speakers.cut import Cut
from reportedly.reading.speakers.phrase import Phrase, person
from reportedly.reading.speakers.vocabulary import Noun, Vocabulary


def offices_in(cut: Cut, vocabulary: Vocabulary, surnames: Collection[str]) -> list[Noun]:
    """The offices at the start of the run: `Pressesprecher Oberstleutnant …`. Origins move to the adjectives."""
    offices: list[Noun] = []
    at = 0
    while at < len(cut.run):
        word = cut.run[at]
        found = vocabulary.nouns(word)
        nouns = [n for n in found if n.person]
        after = cut.run[at + 1] if at + 1 < len(cut.run) else ""
        if not nouns or word in cut.quoted:
            break
        if len(nouns) < len(found) and vocabulary.firstname(after) is None:
            break  # `der Vorstand` is a body, `Vorstand Erich Lenz` a person
        lone = len(cut.run) == 1 and not (cut.determined or cut.adjectives or cut.rest)
        if word in surnames and (lone or (at and not after)):
            break
        if after and (_is_origin(nouns, after, vocabulary) or _is_adjective(nouns, after, vocabulary)):
            cut.front.append(word)
            del cut.run[at]
            continue
        offices.append(cut.agreeing(nouns))
        at += 1
        if vocabulary.firstname(after) is not None:
            break
    return offices


def _is_origin(nouns: Sequence[Noun], following: str, vocabulary: Vocabulary) -> bool:
    """`Hamburger` in `der Hamburger Flughafen`: an origin before a noun, no bearer of its own."""
    sets, of_places = vocabulary.sets, vocabulary.place_adjectives
    of_place = any(n.head in sets.origin_role or n.head in of_places for n in nouns)
    if not of_place or vocabulary.firstname(following) is not None:
        return False
    if not vocabulary.inflection.of_place(nouns[0].nominative):
        return False
    common = vocabulary.lexicon.noun(following)
    return bool(vocabulary.nouns(following)) or bool(common and common[1]) or following in sets.party_people


def _is_adjective(nouns: Sequence[Noun], following: str, vocabulary: Vocabulary) -> bool:
    """`Aufständische` in `Aufständische Militärs`: nouns that bend like adjectives may be one."""
    if not nouns[0].adjectival or vocabulary.firstname(following) is not None:
        return False
    common = vocabulary.lexicon.noun(following)
    return bool(vocabulary.nouns(following)) or bool(common and common[1])


def name_after(offices: Sequence[Noun], cut: Cut, vocabulary: Vocabulary, surnames: Collection[str]) -> list[str]:
    """The name that the offices belong to, taken out of run or rest; empty where there is none."""
    name = cut.run[len(offices) :]
    if (
        len(name) == 1
        and cut.genitive
        and name[0] not in surnames
        and (common := vocabulary.lexicon.noun(name[0]))
        and common[1]
    ):
        return []  # `des Präsidenten Stellung`
    by_first = bool(name) and vocabulary.firstname(name[0]) is not None
    bodies = not by_first and any(not n.person for w in name for n in vocabulary.nouns(w))
    if name and (bodies or _serves(name, cut, vocabulary, surnames)):
        cut.rest = [*name, *cut.rest]
        cut.run = cut.run[: len(offices)]
        name = []
    if not name:
        name = _late_name(cut.rest, vocabulary)
        cut.rest = cut.rest[: len(cut.rest) - len(name)]
    return name


def _serves(name: Sequence[str], cut: Cut, vocabulary: Vocabulary, surnames: Collection[str]) -> bool:
    """`der Vertreter Libyens`, `ein Sprecher Lenz'`: the words after the office name whom it serves."""
    last = name[-1]
    bare = without_genitive(last)
    if bare == last or (len(name) > 1 and vocabulary.firstname(name[0]) is not None):
        return False
    known = vocabulary.body(" ".join([*name[:-1], bare]))
    if known:
        return known.kind == "state" or vocabulary.body(" ".join(name)) is known
    return (bare in surnames and last not in surnames) or cut.determined == "indefinite_article"


def _late_name(rest: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """`dem Direktor der Luftfahrtbehörde Roberto Lenz`: the name at the end belongs to the office in front."""
    sets = vocabulary.sets
    for i in range(len(rest) - 2, 0, -1):
        if vocabulary.firstname(rest[i]) is None or not all(w[0].isupper() or is_particle(w) for w in rest[i:]):
            continue
        if rest[0] not in sets.list_conjunction and any(n.person for n in vocabulary.nouns(rest[i - 1])):
            return []  # `eine Sprecherin der Ministerin Anna Lenz`
        before = rest[i - 1].lower()
        joined = before in sets.group_preposition or before in sets.list_conjunction
        if not joined and not vocabulary.pointer(before, "definite"):
            return list(rest[i:])
    if (
        len(rest) > 3
        and rest[0] in sets.task_preposition
        and vocabulary.lexicon.noun(rest[-3])
        and not vocabulary.nouns(rest[-3])
    ):
        foreign = all(w[0].isupper() and vocabulary.lexicon.noun(w) is None for w in rest[-2:])
        if foreign and not {*rest[-2:], " ".join(rest[-2:])} & vocabulary.places:
            return list(rest[-2:])  # `dem Minister für Fischerei Rolvi Tengborn`
    return []


def named_person(
    name: Sequence[str], offices: Sequence[Noun], gender: str | None, cut: Cut, vocabulary: Vocabulary
) -> Phrase:
    """A person by name, with the offices before it; `gender` is what a title tells."""
    words = list(name)
    if words[-1][-1] in "'’":
        words[-1] = without_genitive(words[-1])
    first = vocabulary.firstname(words[0]) if len(words) > 1 or not offices else None
    held = [n for n in offices if n.gender != "p"] or list(offices)
    of_office = next((n.gender for n in reversed(held) if n.gender in "mf"), None)
    told = of_office if cut.determined or of_office == "f" or first is None else None
    bend = vocabulary.inflection.nominative_adjective
    roles = [" ".join([*(bend(a, n.gender) for a in cut.adjectives), n.nominative]) for n in held]
    late = len(cut.run) == len(offices)
    if roles and late and cut.rest and cut.rest[0].lower() in vocabulary.sets.office_link:
        roles[-1] = " ".join([roles[-1], *cut.rest])
    found = person(words, gender or first or told, roles)
    return replace(found, head=held[-1].head, noun=held[-1].nominative) if held else found


def office(noun: Noun, cut: Cut) -> Phrase:
    """A person (or several) by office alone: `ein Sprecher der Polizei`, `die Experten`."""
    name = cut.describe(noun.nominative, noun.gender, cut.rest, lowered=not cut.determined)
    return Phrase(
        "role", name, noun.kind, False, noun.gender if noun.gender in "mf" else None, noun.gender == "p", noun.head,
        noun.nominative, definite=cut.definite, modified=bool(cut.adjectives or cut.rest or cut.owner), by=noun.address,
    )  # fmt: skip
