"""What is a speaker called in the record? The fullest name that the article gives, in the nominative."""

from __future__ import annotations

from reportedly.languages.names import body_key
from reportedly.model.speaker import Speaker
from reportedly.reading.speakers.entities import Entity
from reportedly.reading.speakers.vocabulary import Vocabulary


def name_of(entity: Entity, vocabulary: Vocabulary) -> str:
    """`Anna Lenz` where she is first `Lenz`; `Internationaler Währungsfonds` where that stands beside `IWF`."""
    if entity.members:
        names = [name_of(m, vocabulary) for m in entity.members]
        return f"{', '.join(names[:-1])} {vocabulary.joint} {names[-1]}"
    if entity.kind == "person" and entity.given:
        return " ".join(entity.given)
    if entity.kind not in {"organisation", "medium", "state"} or not entity.written:
        return entity.phrase.name
    known = next((k for w in entity.written if (k := vocabulary.body(w))), None)
    if known:
        preferred = [w for w in entity.written if body_key(w) == body_key(known.name)]
        if preferred:
            return preferred[0]
    proper = [w for w in entity.written if body_key(w) in entity.keys] or list(entity.written)
    return max(dict.fromkeys(proper), key=len)


def speaker_of(entity: Entity, id_: str, vocabulary: Vocabulary) -> Speaker:
    """The record of a speaker."""
    person = entity.kind == "person"
    return Speaker(
        id=id_,
        name=name_of(entity, vocabulary),
        kind=entity.kind,
        named=entity.phrase.named,
        roles=tuple(entity.roles) if person else (),
        affiliation=entity.affiliation if person else None,
        gender=entity.gender if person and entity.gender in {"m", "f"} else None,
        mentions=tuple(sorted(entity.spans)),
    )
