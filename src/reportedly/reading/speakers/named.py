"""Who bears this name? Full names, short names, spelled-out and shortened names of bodies."""

from __future__ import annotations

from reportedly.languages.names import fold, same_name, same_word, shortens
from reportedly.reading.speakers.entities import BODIES, Book, Entity, Link, agree, distinct
from reportedly.reading.speakers.kinds import looks_like_acronym
from reportedly.reading.speakers.phrase import Phrase


def person_named(phrase: Phrase, book: Book) -> Link:
    """`Sabrina Singh`, `Singh`, `Frau Singh`."""
    return _full_name(phrase, book) if len(phrase.given) > 1 else _short_name(phrase, book)


def _full_name(phrase: Phrase, book: Book) -> Link:
    given = phrase.given
    people = [e for e in book.called(given[-1]) if e.given]
    same = [e for e in people if same_name(given, e.given)]
    same = same or [e for e in people if len(e.given) > 1 and (shortens(given, e.given) or shortens(e.given, given))]
    same = same or [
        e for e in people if len(e.given) == 1 and shortens(e.given, given) and agree(e.gender, phrase.gender)
    ]
    body = None if same or book.vocabulary.firstname(given[0]) is not None else book.body_by_name(phrase.name)
    if body is not None:
        return Link(body, "speakers/known_name", 0.9)  # `Nord Kurier` behind `die Zeitung Nord Kurier`
    if not same and (office := _office_before(phrase, book)) is not None:
        return Link(office, "speakers/named_later", 0.8)
    return Link(same[-1] if same else book.new(phrase), "speakers/full_name", 0.97)


def _office_before(phrase: Phrase, book: Book) -> Entity | None:
    """`Der Bundespräsident` of the lead, where the article goes on with `Bundespräsident Frank-Walter Steinmeier`: an office with
    a definite article that nobody had held before."""
    noun = phrase.noun.lower()
    if not noun or not phrase.roles:
        return None
    waiting = [
        e for e in book.latest()
        if e.phrase.form == "role" and e.kind == "person" and not e.plural and e.phrase.definite and not e.phrase.modified
        and e.phrase.noun and noun.endswith(e.phrase.noun.lower()) and agree(e.gender, phrase.gender)
        and (e.affiliation is None or phrase.affiliation is None or fold(e.affiliation) == fold(phrase.affiliation))
    ]  # fmt: skip
    return waiting[0] if len(waiting) == 1 else None


def _short_name(phrase: Phrase, book: Book) -> Link:
    word = phrase.given[0]
    called = [e for e in book.called(word) if agree(e.gender, phrase.gender)]
    fitting = [e for e in called if shortens(phrase.given, e.given)]
    fuller = [e for e in fitting if len(e.given) > 1] or fitting
    if len(fuller) == 1:
        return Link(fuller[0], "speakers/short_name", 0.95)
    if fuller:
        return Link(max(fuller, key=lambda e: e.at), "speakers/short_name_recent", 0.7)
    # `Thaksin` of `Thaksin Shinawatra`; behind an office only where it is no ordinary first name
    by_first = not phrase.roles or book.vocabulary.firstname(word) is None
    first = [e for e in called if by_first and len(e.given) > 1 and same_word(word, e.given[0])]
    if len(first) == 1:
        return Link(first[0], "speakers/given_name", 0.8)
    found = book.body(phrase) if not phrase.roles else None
    if found:
        return Link(found, "speakers/known_name", 0.85)
    second = [e for e in called if any(same_word(word, w) for w in e.given[1:-1])]
    if len(second) == 1:
        return Link(second[0], "speakers/second_family_name", 0.85)
    return _given_later(phrase, book, by_first)


def _given_later(phrase: Phrase, book: Book, by_first: bool) -> Link:
    """The article gives the full name only further down (or in a place that was no mention)."""
    word = phrase.given[0]
    ahead = [p for p in book.ahead(word) if agree(p.gender, phrase.gender)]
    later = distinct(p for p in ahead if shortens(phrase.given, p.given))
    if not later and by_first:
        later = distinct(p for p in ahead if any(same_word(word, w) for w in p.given[:-1]))
    if len(later) == 1:
        return Link(book.new(later[0]), "speakers/name_given_later", 0.9)
    if not later and (office := _office_before(phrase, book)) is not None:
        return Link(office, "speakers/named_later", 0.75)
    return Link(book.new(phrase), "speakers/only_name", 0.85)


def body_named(phrase: Phrase, book: Book) -> Link:
    """`Pentagon`, `die GEW` after `Gewerkschaft Erziehung und Wissenschaft`, `die GEW Niedersachsen`."""
    found = book.body(phrase)
    if found is None and len(phrase.given) == 1:
        people = [e for e in book.called(phrase.given[0]) if shortens(phrase.given, e.given)]
        if people and phrase.kind == "unknown":
            return Link(people[-1], "speakers/short_name", 0.8)
        found = _spelled_out(phrase.given[0], book)
    if found is None and len(phrase.given) == 2 and looks_like_acronym(phrase.given[0]):
        branch = book.body_by_name(phrase.given[0]) or _spelled_out(phrase.given[0], book)
        if branch is not None:
            return Link(branch, "speakers/branch", 0.7)
    if found is None:
        return Link(book.new(phrase), "speakers/proper_name", 0.92)
    book.learn_keys(found, phrase)
    return Link(found, "speakers/known_name", 0.95)


def _spelled_out(acronym: str, book: Book) -> Entity | None:
    """`GEW`: the one body the first letters of whose words say so."""
    letters = fold(acronym)
    if not acronym.isupper() or not 3 <= len(letters) <= 6:
        return None
    fitting = [e for e in book.latest() if e.kind in BODIES and any(_initials(w) == letters for w in e.written)]
    return fitting[0] if len(fitting) == 1 else None


def _initials(name: str) -> str:
    return fold("".join(w[0] for w in name.replace("-", " ").split() if w[0].isupper()))
