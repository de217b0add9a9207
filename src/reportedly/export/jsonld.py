"""Schema.org as JSON-LD: a `NewsArticle` with its text, a `Quotation` for words in quotation marks, a `Claim` for the rest.

Every term is schema.org's own, so that any reader of its vocabulary can use the file. It has no term for a place in a text: places
stand as `identifier`, a `PropertyValue` named after the role, `27-128;140-150` in code points of `articleBody`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

from reportedly.export import PLAIN, Look
from reportedly.export.held import held, replaced
from reportedly.export.roles import places_of
from reportedly.export.rows import spans
from reportedly.export.safe import iri
from reportedly.model.joins import Joins
from reportedly.model.span import text_of
from reportedly.model.statement import Form

if TYPE_CHECKING:
    from reportedly.model.reading import Reading
    from reportedly.model.speaker import Speaker
    from reportedly.model.statement import Statement

SCHEMA = "reportedly-schema.org/1"
CONTEXT = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}
"""Complete in itself: nobody has to fetch anything to understand the file."""
_TYPES = {
    "person": "Person",
    "organisation": "Organization",
    "state": "GovernmentOrganization",
    "medium": "NewsMediaOrganization",
}
"""Groups, documents and unknown ones are neither persons nor organisations: their name stands in `creditText` alone."""

Node = dict[str, Any]


def write(readings: Iterable[Reading], out: TextIO, look: Look = PLAIN) -> None:
    """One object with `@context` and `@graph`, one node a line, written as the readings come."""
    out.write(f'{{"@context": {json.dumps(CONTEXT)}, "@graph": [')
    first = True
    for reading in readings:
        for node in _nodes(reading):
            out.write(("\n" if first else ",\n") + held(json.dumps(node, ensure_ascii=False)))
            first = False
    out.write("\n]}\n")


def _nodes(reading: Reading) -> Iterator[Node]:
    """The article, its speakers, its statements."""
    joins = Joins(reading)
    base = f"urn:reportedly:{reading.article.id}"
    yield _article(reading, base)
    for speaker in reading.cast.speakers:
        if speaker.kind in _TYPES:
            yield _speaker(speaker, base)
    for s in reading.statements:
        yield _statement(joins, s, base)


def _article(reading: Reading, base: str) -> Node:
    article = reading.article
    listed = replaced(article.text)
    told = [_value("signature", reading.signature), _value("schema", SCHEMA), _value("id", article.id)]
    if listed:
        told.append(_value("replaced", listed))
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": base,
            "headline": article.title,
            "url": iri(article.url),
            "datePublished": article.published,
            "publisher": {"@type": "Organization", "name": article.outlet} if article.outlet else None,
            "inLanguage": article.language,
            "identifier": told,
            "comment": [{"@type": "Comment", "text": note} for note in reading.notes],
            "articleBody": article.text,
        }
    )


def _speaker(speaker: Speaker, base: str) -> Node:
    person = speaker.kind == "person"
    return _filled(
        {
            "@type": _TYPES[speaker.kind],
            "@id": f"{base}/{speaker.id}",
            "name": speaker.name,
            "jobTitle": list(speaker.roles) if person else None,
            "description": "; ".join(speaker.roles) or None if not person else None,
            "affiliation": {"@type": "Organization", "name": speaker.affiliation}
            if person and speaker.affiliation
            else None,
        }
    )


def _statement(joins: Joins, s: Statement, base: str) -> Node:
    """A `Quotation` has a `spokenByCharacter`, a `Claim` an `author` and the article as its `appearance`."""
    reading = joins.reading
    who, to = joins.who(s), joins.who(s, "addressee")
    speaker = {"@id": f"{base}/{who.id}"} if who and who.kind in _TYPES else None
    quotation = s.form is Form.DIRECT
    words = text_of(s.content, reading.text)
    # the authority of a statement: what it is based on, and whose it is
    based = []
    for n, authority in enumerate(s.authority):
        owner = joins.who(s, "authority", n)
        name = text_of(authority.span, reading.text)
        based.append(_filled({"@type": "CreativeWork", "name": name, "creditText": owner.name if owner else None}))
    addressee = to.name if to else s.addressee.of(reading.text) if s.addressee else None
    told = [f"form:{s.form.value}", f"cue_class:{s.cue_class}", f"medium:{s.medium.value}"]
    told += [f"mood:{s.mood.value}"] if s.mood else []
    told += ["negated"] if s.negated else []
    return _filled(
        {
            "@type": "Quotation" if quotation else "Claim",
            "@id": f"{base}/{s.id}",
            "text": words,
            "spokenByCharacter": speaker if quotation else None,
            "author": None if quotation else speaker,
            "creditText": who.name if who else None,
            "isPartOf": [{"@id": base}, *([{"@id": f"{base}/{s.within}"}] if s.within else [])],
            "appearance": None if quotation else {"@id": base},
            "hasPart": []
            if quotation
            else [{"@type": "Quotation", "text": place.of(reading.text)} for place in s.quoted],
            "isBasedOn": based,
            "audience": {"@type": "Audience", "name": addressee} if addressee else None,
            "inLanguage": reading.article.language,
            "keywords": told,
            "identifier": [
                _value("id", s.id),
                *_places(s),
                _value("confidence", round(reading.confidence.get(s.id, s.sure), 3)),
                *([_value("by", s.by)] if s.by else []),
                *([_value("judged", judged)] if (judged := reading.judged.get(s.id)) else []),
            ],
        }
    )


def _places(s: Statement) -> Iterator[Node]:
    for placed in places_of(s):
        yield _value(f"{placed.role}_spans", spans(placed.pieces))


def _value(name: str, value: str | float) -> Node:
    return {"@type": "PropertyValue", "propertyID": name, "value": value}


def _filled(node: Node) -> Node:
    """Without what is not known."""
    return {name: value for name, value in node.items() if value is not None and value != []}
