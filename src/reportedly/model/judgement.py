"""What did a person decide about a statement? Judgements are only ever added; the last one of a place counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from reportedly.model.reading import Reading
from reportedly.model.span import Pieces, Span, overlap
from reportedly.model.speaker import Attribution, Cast, Speaker
from reportedly.model.statement import Statement


class Verdict(StrEnum):
    """ACCEPT and REJECT the statement as found; SPAN: its content is elsewhere; SPEAKER: somebody else said it;
    WITHDRAW: what was decided about this place before no longer counts."""

    ACCEPT = "accept"
    REJECT = "reject"
    SPAN = "span"
    SPEAKER = "speaker"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision about the statement whose content stood at `place` when it was taken.

    `place` outlives every new reading, because the text never changes. `content` and `speaker` are what the person says
    is right, where the verdict is SPAN or SPEAKER. `signature` tells which reading was judged.
    """

    article: str
    place: Pieces
    verdict: Verdict
    by: str
    at: str
    why: str = ""
    content: Pieces = ()
    speaker: str = ""
    signature: str = ""

    def to_dict(self) -> dict[str, Any]:
        """One line of the exported judgements."""
        return {
            "article": self.article,
            "place": [[s.start, s.end] for s in self.place],
            "verdict": self.verdict.value,
            "by": self.by,
            "at": self.at,
            "why": self.why,
            "content": [[s.start, s.end] for s in self.content],
            "speaker": self.speaker,
            "signature": self.signature,
        }

    @staticmethod
    def of(data: dict[str, Any]) -> Judgement:
        """The judgement of an exported line. Raises KeyError, TypeError or ValueError where it is none."""
        return Judgement(
            article=str(data["article"]),
            place=tuple(Span(int(a), int(b)) for a, b in data["place"]),
            verdict=Verdict(data["verdict"]),
            by=str(data["by"]),
            at=str(data["at"]),
            why=str(data.get("why", "")),
            content=tuple(Span(int(a), int(b)) for a, b in data.get("content", ())),
            speaker=str(data.get("speaker", "")),
            signature=str(data.get("signature", "")),
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands about one statement now: accepted, rejected or neither, and what was put right."""

    verdict: Verdict | None = None
    content: Pieces = ()
    speaker: str = ""
    by: str = ""

    @property
    def word(self) -> str | None:
        """accept, reject, corrected; None where nothing stands."""
        return self.verdict.value if self.verdict else "corrected" if self.content or self.speaker else None


def standing(judgements: Iterable[Judgement], statements: Iterable[Statement]) -> dict[str, Standing]:
    """By statement id, what a person's judgements come to. Later ones go before earlier ones.

    A judgement belongs to the statement whose content overlaps its place most, as long as that is more than half of both.
    """
    all_ = tuple(statements)
    found: dict[str, Standing] = {}
    for j in judgements:
        s = judged_one(j, all_)
        if s is None:
            continue
        now = found.get(s.id, Standing())
        if j.verdict is Verdict.WITHDRAW:
            found.pop(s.id, None)
        elif j.verdict is Verdict.SPAN:
            found[s.id] = replace(now, content=j.content, by=j.by)
        elif j.verdict is Verdict.SPEAKER:
            found[s.id] = replace(now, speaker=j.speaker, by=j.by)
        else:
            found[s.id] = replace(now, verdict=j.verdict, by=j.by)
    return found


def judged_one(judgement: Judgement, statements: Iterable[Statement]) -> Statement | None:
    """The statement of this reading that the judgement is about; None where none stands there any more."""
    candidates = tuple(statements)
    best, most = None, 0
    for place in (judgement.place, judgement.content):
        for s in candidates:
            if place and s.content == place:
                return s
            shared = overlap(s.content, place)
            if shared > most and 2 * shared > max(_length(s.content), _length(place)):
                best, most = s, shared
    return best


def _length(places: Pieces) -> int:
    return sum(len(p) for p in places)


def put_right(reading: Reading, judgements: Iterable[Judgement], *, rejected: bool = False) -> Reading:
    """The reading as a person left it: spans and speakers put right and found `by` that person, rejected statements gone
    (unless `rejected` asks for them)."""
    stands = standing(judgements, reading.statements)
    if not stands:
        return reading
    statements: list[Statement] = []
    speakers, attributions = list(reading.cast.speakers), list(reading.cast.attributions)
    for s in reading.statements:
        now = stands.get(s.id, Standing())
        if now.verdict is Verdict.REJECT and not rejected:
            continue
        if now.content:
            s = replace(s, content=now.content, by=f"person/{now.by}")
        if now.speaker:
            who = next((p for p in speakers if p.name == now.speaker), None)
            if who is None:
                who = Speaker(_free_id(speakers), now.speaker, "unknown", named=True)
                speakers.append(who)
            attributions = [a for a in attributions if (a.statement, a.role) != (s.id, "speaker")]
            attributions.append(Attribution(s.id, "speaker", who.id, f"person/{now.by}", 1.0))
        statements.append(s)
    judged = {id_: word for id_, now in stands.items() if (word := now.word)}
    cast = Cast(tuple(speakers), tuple(attributions))
    right = replace(reading, statements=tuple(statements), cast=cast, judged=judged)
    return only(right, {s.id for s in statements})


def only(reading: Reading, ids: Collection[str]) -> Reading:
    """The reading with these statements alone; nothing in it points to one that is gone."""
    statements = tuple(s for s in reading.statements if s.id in ids)
    return replace(
        reading,
        statements=tuple(s if s.within in ids else replace(s, within=None) for s in statements),
        cast=replace(reading.cast, attributions=tuple(a for a in reading.cast.attributions if a.statement in ids)),
        confidence={id_: sure for id_, sure in reading.confidence.items() if id_ in ids},
        judged={id_: word for id_, word in reading.judged.items() if id_ in ids},
    )


def _free_id(speakers: Iterable[Speaker]) -> str:
    return f"p{max((int(p.id[1:]) for p in speakers if p.id[1:].isdigit()), default=0) + 1}"
