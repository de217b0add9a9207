"""Which body, medium, paper or state is meant?"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.languages.names import body_key, without_genitive
from reportedly.reading.speakers.cut import Cut
from reportedly.reading.speakers.inflection import Inflection
from reportedly.reading.speakers.kinds import kind_of_plural, looks_like_acronym
from reportedly.reading.speakers.phrase import Phrase, person
from reportedly.reading.speakers.vocabulary import Known, Noun, Vocabulary


def known_body(cut: Cut, vocabulary: Vocabulary, surnames: Sequence[str] | frozenset[str]) -> Phrase | None:
    """A body that the tables know by name: `dem Weißen Haus`, `Bundesagentur für Arbeit`, `Frankreichs`."""
    whole = " ".join(cut.run)
    if cut.adjectives and cut.determined != "quantity" and not cut.rest:
        known = vocabulary.body(" ".join([*cut.adjectives, *cut.run]))
        if known:
            return _of_table(known, cut, vocabulary, cut.adjectives)
    long = vocabulary.body(" ".join([whole, *cut.rest])) if 0 < len(cut.rest) < 8 else None
    if long:
        cut.run = [*cut.run, *cut.rest]
        return _of_table(long, cut, vocabulary)
    known = vocabulary.body(whole)
    if known and known.kind != "state" and 0 < len(cut.rest) <= 3 and cut.rest[0] in vocabulary.sets.seat_link:
        cut.rest = []  # its seat
    if (
        known
        and known.kind == "state"
        and known.gender == "n"
        and cut.determined == "definite"
        and not cut.adjectives
        and len(cut.run) == 1
    ):
        return None  # `dem Sachsen` is a person, the state has no article
    if known is None or (cut.rest and known.kind != "state"):
        return None
    if known.kind != "state" and len(cut.run) == 1 and whole in surnames and not cut.determined:
        return None
    return _of_table(known, cut, vocabulary)


def _of_table(known: Known, cut: Cut, vocabulary: Vocabulary, spelled: Sequence[str] = ()) -> Phrase:
    name = known.name if known.kind == "state" else _written(known, cut, spelled, vocabulary.inflection)
    gender = known.gender if known.gender in {"m", "f", "n"} else None
    nouns = vocabulary.nouns(cut.run[-1]) or vocabulary.nouns(cut.run[0])
    noun = nouns[0].nominative if nouns and known.kind != "state" else ""
    return Phrase(
        "name", name, known.kind, True, gender, known.gender == "p", known.name, noun, tuple(cut.run), modified=True,
        by=known.address,
    )  # fmt: skip


def _written(known: Known, cut: Cut, spelled: Sequence[str], inflection: Inflection) -> str:
    """The name as this article writes it, in the nominative: the table's own spelling where both are one."""
    name = " ".join([*spelled, *cut.run])
    same = body_key(known.name) in {body_key(name), body_key(without_genitive(name))}
    if same and len(name.split()) == len(known.name.split()):
        return known.name
    words = list(cut.run)
    if len(words) > 1 and cut.determined and words[0][0].isupper():
        words[0] = inflection.nominative_adjective(words[0], known.gender, True)
    if cut.genitive and known.gender in {"m", "n"}:
        words[-1] = inflection.without_s(words[-1])
    return " ".join([*(inflection.nominative_adjective(a, known.gender) for a in cut.adjectives), *words])


def body(at: int, noun: Noun, cut: Cut, vocabulary: Vocabulary) -> Phrase:
    """A body by its kind of noun, which stands at `at` in the run, perhaps with a name around it."""
    if at:
        # `Hoover Institution`: the noun ends the name
        words = [*cut.run[:at], noun.nominative, *cut.run[at + 1 :]]
        name = " ".join(
            [*(vocabulary.inflection.nominative_adjective(w, noun.gender, True) for w in cut.front), *words]
        )
        return _named(name, noun, words)
    behind = cut.run[1:]
    if noun.label and not behind and looks_like_acronym(noun.modifier) and noun.gender != "p":
        return _named(noun.modifier, noun, [noun.modifier])  # `der RWE-Konzern`
    return _labelled(behind, noun, cut, vocabulary) or _plain(behind, noun, cut, vocabulary)


def _named(name: str, noun: Noun, words: Sequence[str], head: str = "", kind: str = "") -> Phrase:
    return Phrase(
        "name", name, kind or noun.kind, True, _gender(noun), noun.gender == "p", head or noun.head, noun.nominative,
        tuple(words), modified=True, by=noun.address,
    )  # fmt: skip


def _gender(noun: Noun) -> str | None:
    return noun.gender if noun.gender in "mfn" else None


def _labelled(behind: list[str], noun: Noun, cut: Cut, vocabulary: Vocabulary) -> Phrase | None:
    """`die Zeitung „Arva“`, `die Weltraumbehörde NASA`: the name behind stands alone."""
    if not behind or noun.gender == "p":
        return None
    spoken = noun.kind in {"organisation", "medium"}
    if not noun.label and not (spoken and (cut.quoted or (len(behind) == 1 and looks_like_acronym(behind[0])))):
        return None
    bare = without_genitive(behind[0])
    if len(behind) == 1 and bare != behind[0] and not cut.quoted and _is_place(bare, vocabulary):
        return None  # `die Regierungspartei Norwegens`
    first = vocabulary.firstname(behind[0])
    if len(behind) > 1 and first is not None and not cut.quoted:
        return person(behind, first)  # `der Chef des Unternehmens Kevin Lenz`
    if vocabulary.lexicon.noun(behind[0]) is not None and not cut.quoted and noun.head in vocabulary.sets.spelled_body:
        return None  # `Gewerkschaft Erziehung und Wissenschaft`
    inflection = vocabulary.inflection
    bent = len(behind) > 1 and behind[0][0].isupper() and inflection.stem(behind[0]) and not cut.quoted
    if bent and (after := vocabulary.nouns(behind[1])):
        behind = [inflection.nominative_adjective(behind[0], after[0].gender, True), *behind[1:]]
    known = vocabulary.body(" ".join(behind))
    if known is None:
        return _named(" ".join(behind), noun, behind)
    if known.kind == "state":
        return None
    return _named(" ".join(behind), noun, behind, known.name, known.kind)


def _is_place(word: str, vocabulary: Vocabulary) -> bool:
    known = vocabulary.body(word)
    return word in vocabulary.places or (known is not None and known.kind == "state")


def _plain(behind: list[str], noun: Noun, cut: Cut, vocabulary: Vocabulary) -> Phrase:
    """`Landgericht Rostock`, `afghanische Regierung`, `ein Bericht der Polizei`."""
    rest, sets = cut.rest, vocabulary.sets
    if rest and rest[0] in sets.near_link:
        seated = noun.gender != "p" and noun.modifier and noun.head in sets.seated_body
        if tuple(rest[:2]) in sets.on_site_phrase or seated or cut.front:
            rest = []
    tail = [*behind, *rest]
    if cut.quoted and behind == list(cut.quoted):
        tail = ["„", *behind, "“", *rest]
    lowered = not cut.determined and (noun.gender == "p" or noun.kind == "document")
    name = cut.describe(noun.nominative, noun.gender, tail, lowered)
    known = vocabulary.body(name) if cut.front else None
    if known:
        cut.run = name.split()
        return _of_table(known, cut, vocabulary)
    kind = kind_of_plural(noun, vocabulary) if noun.gender == "p" else noun.kind
    named = _is_named(kind, behind, noun, cut, vocabulary)
    return Phrase(
        "body", name, kind, named, _gender(noun), noun.gender == "p", noun.head, noun.nominative,
        (noun.nominative, *tail) if named else (), definite=cut.definite or not cut.determined,
        modified=bool(cut.adjectives or tail or cut.owner or cut.front), by=noun.address,
    )  # fmt: skip


def _is_named(kind: str, behind: Sequence[str], noun: Noun, cut: Cut, vocabulary: Vocabulary) -> bool:
    """Does a proper name identify it? `Landgericht Rostock`, `die türkische Regierung`, not `die Polizei`."""
    if kind == "document":
        return bool(cut.quoted) or any(looks_like_acronym(w) for w in cut.rest)
    if kind not in {"organisation", "medium"}:
        return False
    if behind or cut.front or cut.owner or noun.modifier.isupper() or noun.modifier in vocabulary.sets.unique_start:
        return noun.gender != "p" or bool(behind)
    if noun.gender == "p" or cut.determined == "indefinite_article":
        return False
    national = cut.definite and any(_is_national(a, vocabulary) for a in cut.adjectives)
    return national or any(w[0].isupper() for w in cut.rest)


def _is_national(adjective: str, vocabulary: Vocabulary) -> bool:
    base = (vocabulary.inflection.stem(adjective) or "").lower()
    return base.endswith(vocabulary.sets.national_end) and len(base) > 5
