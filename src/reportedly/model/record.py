"""What leaves the house: the JSON record `reportedly/1`, one object per article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportedly.model.joins import Joins
from reportedly.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.model.reading import Reading
    from reportedly.model.statement import Statement

SCHEMA = "reportedly/1"


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _figure(value: float | None) -> float | int | None:
    """10000, not 10000.0: whole numbers leave as whole numbers."""
    return int(value) if value is not None and float(value).is_integer() else value


def record_of(reading: Reading) -> dict[str, Any]:
    """The whole reading as JSON-ready data; every span is a list of [start, end) pairs in code points of `text`."""
    article, joins = reading.article, Joins(reading)
    return {
        "schema": SCHEMA,
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "language": article.language,
        "signature": reading.signature,
        "notes": list(reading.notes),
        "text": article.text,
        "statements": [_statement(joins, s) for s in reading.statements],
        "speakers": [
            {
                "id": s.id, "name": s.name, "kind": s.kind, "named": s.named, "roles": list(s.roles),
                "affiliation": s.affiliation, "gender": s.gender, "mentions": [_pairs([m]) for m in s.mentions],
            }
            for s in reading.cast.speakers
        ],
        "damage": [
            {
                "id": f"d{n}", "kind": d.kind, "severity": d.severity.value, "span": _pairs([d.span]),
                "action": d.action.value, "message": d.message, "cause": d.cause, "suggestion": d.suggestion,
                "by": d.by,
            }
            for n, d in enumerate(reading.damages, 1)
        ],
    }  # fmt: skip


def _statement(joins: Joins, s: Statement) -> dict[str, Any]:
    said_by = joins.attribution(s)
    resolved = said_by.speaker if said_by else None
    speaker = None
    if s.speaker or resolved:
        speaker = {"span": _pairs([s.speaker]) if s.speaker else None, "id": resolved}
    said_to = joins.attribution(s, "addressee")
    authority = []
    for n, a in enumerate(s.authority):
        owner = joins.attribution(s, "authority", n)
        authority.append(
            {
                "marker": _pairs(a.marker),
                "span": _pairs(a.span),
                "kind": joins.kind_of(s, n),
                "owner": owner.speaker if owner else None,
            }
        )
    return {
        "id": s.id,
        "form": s.form.value,
        "content": _pairs(s.content),
        "quoted": _pairs(s.quoted),
        "cue": _pairs(s.cue),
        "frame": _pairs(s.frame) or None,
        "speaker": speaker,
        "addressee": {"span": _pairs([s.addressee]), "id": said_to.speaker if said_to else None} if s.addressee else None,
        "authority": authority,
        "occasion": _pairs(s.occasion) or None,
        "within": s.within,
        "medium": s.medium.value,
        "cue_class": s.cue_class,
        "mood": s.mood.value if s.mood else None,
        "negated": s.negated,
        "times": [
            {"span": _pairs([m.span]), "value": m.value, "resolved": m.resolved}
            for m in joins.moments(s)
        ],
        "places": [
            {"span": _pairs([p.span]), "name": p.name, "country": p.country}
            for p in joins.places(s)
        ],
        "quantities": [
            {
                "span": _pairs([q.span]), "min": _figure(q.min), "max": _figure(q.max), "value": _figure(q.value), "modifier": q.modifier,
                "relation": q.relation, "noun": q.noun, "unit": q.unit,
            }
            for q in joins.quantities(s)
        ],
        "confidence": round(joins.reading.confidence.get(s.id, s.sure), 3),
        "damage": list(joins.damage_ids(s)),
        "by": s.by,
        **({"judged": judged} if (judged := joins.reading.judged.get(s.id)) else {}),
    }  # fmt: skip
