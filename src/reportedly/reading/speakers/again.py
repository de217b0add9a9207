"""Whom does an office, a kind of body or a description mean: somebody met before, or somebody new?"""

from __future__ import annotations

from reportedly.languages.names import body_key
from reportedly.reading.speakers.entities import BODIES, Book, Entity, Link, Place, agree
from reportedly.reading.speakers.phrase import Phrase, join

_FAR = 6
"""Sentences over which the only person in sight is still meant."""


def office_again(phrase: Phrase, place: Place, book: Book) -> Link:
    """`der Minister`, `die Pentagon-Sprecherin`, `der Politiker`, `ein Sprecher`."""
    if phrase.definite:
        fitting = [e for e in book.latest() if _is_person(e, phrase, book) and _holds(e, phrase)]
        exact = [e for e in fitting if phrase.noun in e.nouns] or fitting
        named = [e for e in exact if e.phrase.named] or exact
        member = _member(phrase, book) if not any(e.affiliation for e in named) else None
        if member is not None:
            return Link(member, "speakers/role_of_party", 0.8)
        if named:
            return Link(max(named, key=lambda e: e.at), "speakers/role", 0.9 if len(fitting) == 1 else 0.75)
        recent = _only_person_in_sight(phrase, place, book)
        if recent is not None:
            return Link(recent, "speakers/role_of_last_speaker", 0.65)
        official = _translated_official(phrase, place, book)
        if official is not None:
            return Link(official, "speakers/translated_role", 0.5)
    same = book.described(phrase)
    if same is not None:
        return Link(same, "speakers/same_description", 0.8)
    return Link(book.new(phrase), "speakers/description", 0.85)


def _member(phrase: Phrase, book: Book) -> Entity | None:
    """`der CSU-Politiker`: the one person named before with `(CSU)` behind the name."""
    if not phrase.affiliation:
        return None
    party = body_key(phrase.affiliation)
    people = [e for e in book.latest() if _is_person(e, phrase, book) and e.phrase.named and e.affiliation]
    members = [e for e in people if e.affiliation and body_key(e.affiliation) == party]
    return members[0] if len(members) == 1 else None


def _is_person(entity: Entity, phrase: Phrase, book: Book) -> bool:
    if entity.kind != "person" or entity.plural or not agree(entity.gender, phrase.gender):
        return False
    if not entity.phrase.given:
        return True
    words, family = phrase.name.split(), entity.phrase.given[-1]
    return not any(
        family + end in words for end in book.vocabulary.sets.genitive_s_end
    )  # `der Arzt Bergers` is not Berger


def _holds(entity: Entity, phrase: Phrase) -> bool:
    """Does this person hold the office that the phrase names? `der Minister` fits `Außenminister`."""
    if not phrase.noun:
        return False
    same_body = _same_affiliation(entity, phrase)
    noun = phrase.noun.lower()
    if any(n.lower().endswith(noun) or noun.endswith(n.lower()) for n in entity.nouns):
        return same_body
    return phrase.head in entity.heads and not phrase.modified and len(phrase.noun) <= len(phrase.head) + 3


def _same_affiliation(entity: Entity, phrase: Phrase) -> bool:
    ours, theirs = phrase.affiliation, entity.affiliation
    if ours is None or theirs is None or body_key(ours) == body_key(theirs):
        return True
    return f"({ours})" in theirs or f"({theirs})" in ours  # the one in brackets behind the other: `Reiseverband (DRV)`


def _only_person_in_sight(phrase: Phrase, place: Place, book: Book) -> Entity | None:
    """`der Politiker`, `der 54-Jährige`: the one person of the last sentences, speakers before others."""
    near = [
        e for e in book.latest()
        if _is_person(e, phrase, book) and 0 <= place.sentence - e.sentence <= _FAR and e.at < place.span.start and not e.quoted
    ]  # fmt: skip
    if not place.speaking:
        near = [e for e in near if e.sentence < place.sentence]  # "Moor warf den Beamten vor": not himself
    sets = book.vocabulary.sets
    people = [e for e in near if place.sentence - e.sentence <= 2]
    pool = [e for e in people if e.spoke >= 0] or people
    single = place.plural is False or "p" not in {g for g, _ in phrase.readings}
    if not pool and single and not phrase.modified and len(near) == 1 and near[0].spoke >= 0 and near[0].phrase.named:
        pool = near  # nobody else far and wide
    if len(pool) > 1 and phrase.head in sets.any_person:
        pool = [e for e in pool if e.phrase.named and e.subject]  # `der Franzose` is who the last sentences told of
    if len(pool) != 1 or not _same_affiliation(pool[0], phrase) or (phrase.modified and phrase.affiliation):
        return None
    other_office = pool[0].phrase.form == "role" or bool(pool[0].heads and phrase.head in sets.court_role)
    nameless_office = not pool[0].phrase.named and bool(pool[0].heads & sets.court_role)  # no spokesman is the suspect
    return None if nameless_office or (other_office and phrase.head not in sets.any_person) else pool[0]


def _translated_official(phrase: Phrase, place: Place, book: Book) -> Entity | None:
    """`fügte der Beamte hinzu` right behind a woman's words: a translation of "the official", which has no gender.

    Only where the word is one of those (neutral_roles.tsv), nobody of this office has been met, and exactly one person
    has spoken in the last sentences.
    """
    word = phrase.noun.lower()
    if (
        phrase.gender != "m"
        or phrase.modified
        or phrase.affiliation
        or not word.startswith(book.vocabulary.neutral_stems)
    ):
        return None
    spoke = [
        e
        for e in book.latest()
        if e.kind == "person" and not e.plural and e.spoke >= 0 and 0 <= place.sentence - e.sentence <= 2
    ]
    return spoke[0] if len(spoke) == 1 and spoke[0].gender == "f" else None


def people_again(phrase: Phrase, place: Place, book: Book) -> Link:
    """`die Forscher` after `dänische Forscher`; `die beiden Ministerinnen`."""
    if phrase.name.lower().startswith(book.vocabulary.sets.pair_start):
        pair = both(phrase, place, book)
        if pair.entity is not None:
            return pair
    same = book.described(phrase)
    if same is not None:
        return Link(same, "speakers/same_description", 0.85)
    if phrase.definite and not phrase.modified:
        fitting = [e for e in book.with_head(phrase.head) if e.plural and place.sentence - e.sentence <= 8]
        fitting = [e for e in fitting if e.spoke >= 0] or fitting
        if fitting:
            return Link(fitting[0], "speakers/group_again", 0.75)
    return Link(book.new(phrase), "speakers/description", 0.85)


def body_again(phrase: Phrase, place: Place, book: Book) -> Link:
    """`das Kartellamt` after `Bundeskartellamt`, `die Universität` after `Universität Hagenau`, `die Behörde`."""
    sets = book.vocabulary.sets
    found = book.body(phrase) or book.described(phrase)
    if found is not None and found.kind == phrase.kind:
        return Link(found, "speakers/same_body", 0.93)
    name = phrase.name.split()
    seat = next((i for i, word in enumerate(name[:-1]) if i and word in sets.seat_preposition), 0)
    if found is None and seat:
        plain = book.body_by_name(" ".join(name[:seat]))
        if plain is not None and plain.kind == phrase.kind:
            return Link(plain, "speakers/same_body", 0.8)  # `die Polizei in Bern` after `die Polizei`
    councillors = [e for e in book.latest() if e.kind == "person" and phrase.noun and phrase.noun in e.nouns]
    if found is None and phrase.definite and not phrase.modified and len(councillors) == 1:
        return Link(councillors[0], "speakers/role", 0.7)  # `der Betriebsrat` after `Betriebsrat Anna Lenz`
    if phrase.plural and phrase.name.lower().startswith(sets.pair_start):
        pair = both(phrase, place, book)
        if pair.entity is not None:
            return pair
    if phrase.definite and not phrase.modified:
        noun = phrase.noun.lower()
        heads = [e for e in book.with_head(phrase.head) if e.kind == phrase.kind and e.plural == phrase.plural]
        fitting = [e for e in heads if any(n.lower().endswith(noun) for n in e.nouns)]
        if len(fitting) == 1:
            return Link(fitting[0], "speakers/body_again", 0.85)
        if fitting and not phrase.plural:
            exact = [e for e in fitting if phrase.noun in e.nouns] or fitting
            return Link(([e for e in exact if e.spoke >= 0] or exact)[0], "speakers/body_again", 0.65)
        near = _only_body_in_sight(phrase, place, book)
        if near is not None:
            return Link(near, "speakers/label_again", 0.6)
    return Link(book.new(phrase), "speakers/description", 0.85)


def _only_body_in_sight(phrase: Phrase, place: Place, book: Book) -> Entity | None:
    """`das Unternehmen`, `die Partei`: the one named body of the last sentences."""
    labels = any(n.label for n in book.vocabulary.nouns(phrase.noun)) and phrase.noun == phrase.head
    if phrase.plural or not labels:
        return None
    near = [
        e for e in book.latest()
        if e.kind == phrase.kind and e.phrase.named and not e.plural and e.at < place.span.start
        and e is not place.other and 0 <= place.sentence - e.sentence <= 2
    ]  # fmt: skip
    pool = near if len(near) == 1 else [e for e in near if e.spoke >= 0]
    return pool[0] if len(pool) == 1 else None


def description_again(phrase: Phrase, place: Place, book: Book) -> Link:
    """An ordinary noun: `das Konsortium`, `die Rothemden`, `der Familienvater`."""
    same = book.described(phrase)
    if same is not None:
        return Link(same, "speakers/same_description", 0.8)
    if phrase.definite and not phrase.modified and len(phrase.noun) > 5:
        longer = [e for e in book.latest() if any(n.lower().endswith(phrase.noun.lower()) for n in e.nouns)]
        longer = [e for e in longer if e.plural or not (phrase.plural and e.kind == "person")]
        if len(longer) == 1:
            return Link(longer[0], "speakers/description_again", 0.7)
    if phrase.kind == "person" and phrase.definite and not phrase.modified and not phrase.plural:
        recent = _only_person_in_sight(phrase, place, book)
        if recent is not None:
            return Link(recent, "speakers/role_of_last_speaker", 0.6)
    return Link(book.new(phrase), "speakers/description", 0.75)


def both(phrase: Phrase, place: Place, book: Book) -> Link:
    """`die beiden`, `beide Parteien`: the last pair, or the only two in sight."""
    latest = book.latest()
    pairs = [e for e in latest if len(e.members) == 2 and place.sentence - e.sentence <= 6]
    if pairs:
        return Link(pairs[0], "speakers/both", 0.75)
    near = [
        e for e in latest
        if 0 <= place.sentence - e.sentence <= 3 and not e.plural and e.phrase.named and not e.members
        and (e.kind in BODIES) == (phrase.kind in BODIES and phrase.form != "pronoun") and e.at < place.span.start
    ]  # fmt: skip
    if phrase.gender in {"m", "f"}:
        near = [e for e in near if e.gender == phrase.gender]
    if len(near) != 2:
        return Link(None, "speakers/both", 0.3)
    first, second = sorted(near, key=lambda e: e.number)
    parts = (first.phrase, second.phrase)
    return Link(book.new(join(parts, book.vocabulary.joint), (first, second)), "speakers/both", 0.65)
