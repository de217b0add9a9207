"""Whom does a pronoun mean? Gender and number exclude, nearness, subject and speaking decide."""

from __future__ import annotations

from reportedly.reading.speakers.again import both
from reportedly.reading.speakers.entities import Book, Entity, Link, Place
from reportedly.reading.speakers.phrase import Phrase

_REACH = 3
"""Sentences over which a pronoun may look back."""
_MARGIN = 0.5
_LAST = 2.0


def pronoun(phrase: Phrase, place: Place, book: Book) -> Link:
    """`er`, `sie`, `dieser`, `ihrer` (Ansicht nach), `die beiden`; nobody where two fit equally well."""
    if phrase.pointer in {"nobody", "first"}:
        return Link(None, "speakers/nobody", 0.8)
    if phrase.pointer == "both":
        return both(phrase, place, book)
    fitting = [e for e in book.latest() if _fits(e, phrase, place)]
    named = any(e.kind == "person" and e.phrase.named for e in fitting)
    scored = sorted(
        ((_salience(e, phrase, place, book, named), e.at, e.number, e) for e in fitting), key=lambda x: x[:3]
    )
    if phrase.pointer == "demonstrative" and scored:
        # `dieser` is the one named last
        latest = max(scored, key=lambda x: x[1])
        scored = sorted(
            [x for x in scored if x is not latest] + [(latest[0] + _LAST, *latest[1:])], key=lambda x: x[:3]
        )
    if not scored:
        return Link(None, "speakers/pronoun", 0.3)
    best = scored[-1]
    margin = best[0] - scored[-2][0] if len(scored) > 1 else 4.0
    if margin < _MARGIN:
        return Link(None, "speakers/pronoun_open", 0.3)
    return Link(best[3], "speakers/pronoun", min(0.9, 0.6 + 0.08 * margin))


def _fits(entity: Entity, phrase: Phrase, place: Place) -> bool:
    if entity is place.other or not 0 <= entity.at < place.span.start or place.sentence - entity.sentence > _REACH:
        return False
    silent = entity.spoke < 0 and not entity.members
    if entity.kind in {"document", "group", "unknown"} and not entity.plural and silent:
        just = phrase.pointer == "demonstrative" and place.sentence == entity.sentence
        if not just or entity.kind != "group":
            return False  # but `… aus der Opposition; diese befürchtet`
    genders = {g for g, _ in phrase.readings}
    plural = entity.plural or bool(entity.members)
    if place.plural is True:
        return plural and "p" in genders
    if plural:
        return "p" in genders and place.plural is not False
    if entity.gender is not None:
        return entity.gender in genders
    if entity.kind == "person":
        return bool(genders & {"m", "f"})
    return bool(genders & {"m", "f", "n"}) and entity.phrase.named


def _salience(entity: Entity, phrase: Phrase, place: Place, book: Book, named: bool) -> float:
    score = -2.0 * (place.sentence - entity.sentence)
    if entity.subject:
        score += -1.0 if phrase.pointer == "demonstrative" else 2.5
    if entity.spoke >= 0:
        score += 2.5 if entity.spoke == book.last_spoke else 1.5
    if entity.kind == "person" or entity.members:
        score += 1.5
    elif entity.gender is None:
        score -= 2.0
    if entity.quoted:
        score -= 1.5
    if entity.phrase.named:
        score += 0.5
    elif named and not entity.phrase.definite and not entity.subject and entity.spoke < 0 and entity.times == 1:
        score -= 2.0  # `der erste Besuch eines Ministers`
    return score + min(entity.times, 4) * 0.25
