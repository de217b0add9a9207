"""W3C Web Annotation: each statement a mark on its article, for Recogito, Hypothesis and other readers of annotations.

One annotation a statement. Each piece of its content is a target, each piece of another role a part of the body, and each of them
carries both selectors: the position (code points, as the recommendation demands) and the quote with what stands before and behind.
The article's text itself is not in the file: annotations point into it.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

from reportedly.export import PLAIN, Look
from reportedly.export.held import held
from reportedly.export.roles import places_of
from reportedly.export.safe import iri
from reportedly.export.words import word
from reportedly.model.joins import Joins
from reportedly.model.span import text_of

if TYPE_CHECKING:
    from reportedly.model.reading import Reading
    from reportedly.model.span import Span
    from reportedly.model.statement import Statement

SCHEMA = "reportedly-annotations/1"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"rep": "urn:reportedly:ns#"}]
AROUND = 32
"""Code points of prefix and suffix: enough to find the place again, too few to give the article away."""


def write(readings: Iterable[Reading], out: TextIO, look: Look = PLAIN) -> None:
    """One `AnnotationCollection` whose first page holds all annotations, one a line, written as the readings come."""
    seen, total = hashlib.sha256(), 0
    out.write(f'{{"@context": {json.dumps(CONTEXT)}, "type": "AnnotationCollection", "rep:schema": "{SCHEMA}",\n')
    out.write('"first": {"type": "AnnotationPage", "startIndex": 0, "items": [')
    for reading in readings:
        joins = Joins(reading)
        for s in reading.statements:
            line = held(json.dumps(_annotation(joins, s, look.tongue), ensure_ascii=False))
            seen.update(line.encode("utf-8"))
            out.write((",\n" if total else "\n") + line)
            total += 1
    # the names come last because they follow from what was written: same annotations, same name
    name = f"urn:reportedly:collection:{seen.hexdigest()[:16]}"
    out.write(f'\n], "id": "{name}/1", "partOf": "{name}"}},\n"id": "{name}", "total": {total}}}\n')


def _annotation(joins: Joins, s: Statement, tongue: str) -> dict[str, Any]:
    reading = joins.reading
    article = reading.article
    source = iri(article.url) or f"urn:reportedly:{article.id}"
    who = joins.who(s)
    told = f"{who.name if who else word(tongue, 'unknown_speaker')} · {word(tongue, f'form.long.{s.form.value}')}"
    if s.cue:
        told += f" ({text_of(s.cue, reading.text)})"
    others = [
        {"purpose": "identifying", "rep:role": placed.role, **_place(piece, reading.text, source)}
        for placed in places_of(s)
        if placed.role != "content"
        for piece in placed.pieces
    ]
    readable = {
        "type": "TextualBody",
        "purpose": "describing",
        "value": told,
        "format": "text/plain",
        "language": tongue,
    }
    return {
        "id": f"urn:reportedly:{article.id}/{s.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "creator": _creator(reading, s),
        "body": [readable, _facts(joins, s), *others],
        "target": [_place(piece, reading.text, source) for piece in s.content],
    }


def _creator(reading: Reading, s: Statement) -> dict[str, str]:
    """The program, or the person who put the statement right."""
    made, _, name = s.by.partition("/")
    if made == "person" and name:
        return {"type": "Person", "name": name}
    return {"type": "Software", "name": "reportedly", "rep:signature": reading.signature}


def _facts(joins: Joins, s: Statement) -> dict[str, Any]:
    """What was found out about the statement, as a resource of our own beside what any reader understands."""
    reading = joins.reading
    who, to = joins.who(s), joins.who(s, "addressee")
    found = {
        "rep:statement": s.id,
        "rep:article": reading.article.id,
        "rep:published": reading.article.published,
        "rep:outlet": reading.article.outlet,
        "rep:form": s.form.value,
        "rep:cueClass": s.cue_class,
        "rep:medium": s.medium.value,
        "rep:mood": s.mood.value if s.mood else None,
        "rep:negated": s.negated,
        "rep:speaker": who.name if who else None,
        "rep:speakerKind": who.kind if who else None,
        "rep:addressee": to.name if to else None,
        "rep:within": s.within,
        "rep:confidence": round(reading.confidence.get(s.id, s.sure), 3),
        "rep:by": s.by,
        "rep:judged": reading.judged.get(s.id),
        "rep:damage": list(joins.damage_ids(s)) or None,
    }
    return {"type": "rep:Statement", **{name: value for name, value in found.items() if value is not None}}


def _place(place: Span, text: str, source: str) -> dict[str, Any]:
    before, behind = _whole(text, place.start - AROUND), _whole(text, place.end + AROUND)
    quote = {
        "type": "TextQuoteSelector",
        "exact": place.of(text),
        "prefix": text[min(before, place.start) : place.start],
        "suffix": text[place.end : max(behind, place.end)],
    }
    position = {"type": "TextPositionSelector", "start": place.start, "end": place.end}
    return {"type": "SpecificResource", "source": source, "selector": [quote, position]}


def _whole(text: str, at: int) -> int:
    """The nearest offset from `at` on that cuts no letter from its accents, no emoji from its joiners, no CR from its LF."""
    at = min(max(at, 0), len(text))
    while 0 < at < len(text) and (
        unicodedata.combining(text[at])
        or text[at] in "\u200d\ufe0f"
        or text[at - 1] == "\u200d"
        or text[at - 1 : at + 1] == "\r\n"
    ):
        at += 1
    return at
