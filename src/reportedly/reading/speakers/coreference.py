"""Who is meant here? A walk through the mentions in text order, one small rule for each kind of mention.

Rather silent than wrong: where two candidates are equally good, nobody is taken.
"""

from __future__ import annotations

from dataclasses import replace

from reportedly.reading.speakers.again import body_again, description_again, office_again, people_again
from reportedly.reading.speakers.entities import Book, Entity, Link, Place
from reportedly.reading.speakers.named import body_named, person_named
from reportedly.reading.speakers.phrase import Phrase
from reportedly.reading.speakers.pronouns import pronoun


def take(phrase: Phrase, place: Place, book: Book) -> Link:
    """The entity that this mention means; new ones are made for names, offices and bodies, never for pronouns."""
    link = _members(phrase, place, book) if phrase.form == "list" else _link(phrase, place, book)
    if link.entity is not None:
        book.note(link.entity, phrase, place)
    return link


def _link(phrase: Phrase, place: Place, book: Book) -> Link:
    if phrase.form == "pronoun":
        return pronoun(phrase, place, book)
    if phrase.form == "name":
        return person_named(phrase, book) if phrase.kind == "person" else body_named(phrase, book)
    if phrase.form == "role":
        return people_again(phrase, place, book) if phrase.plural else office_again(phrase, place, book)
    if phrase.form == "body":
        return body_again(phrase, place, book)
    return description_again(phrase, place, book)


def _members(phrase: Phrase, place: Place, book: Book) -> Link:
    """`CDU und FDP`: each member is mentioned, and both together are one speaker."""
    members: list[Entity] = []
    for part in phrase.parts:
        link = take(part, replace(place, subject=False, speaking=False), book)
        if link.entity is None:
            return Link(None, "speakers/list", 0.3)
        link.entity.spans.pop(place.span, None)  # the place of both is not a mention of one
        members.append(link.entity)
    key = tuple(members)
    same = next((e for e in book.latest() if e.members == key), None)
    return Link(same or book.new(phrase, key), "speakers/list", 0.85)
