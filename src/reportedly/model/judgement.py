"""What did a person decide about a statement? Judgements are only ever added; the last one of a place counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from reportedly.model.reading import Reading
from reportedly.model.span import Pieces, Span, hull, overlap
from reportedly.model.speaker import Attribution, Cast, Speaker
from reportedly.model.statement import Form, Statement


class Verdict(StrEnum):
    """ACCEPT and REJECT the statement as found; SPAN: its content is elsewhere; SPEAKER: somebody else said it; FORM: it is
    given back in another form; ADD: here stands one that was missed; WITHDRAW: what was decided about this place before no
    longer counts."""

    ACCEPT = "accept"
    REJECT = "reject"
    SPAN = "span"
    SPEAKER = "speaker"
    FORM = "form"
    ADD = "add"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision about the statement whose content stood at `place` when it was taken.

    `place` outlives every new reading, because the text never changes. `content`, `speaker` and `form` are what the person
    says is right, where the verdict is SPAN, SPEAKER or FORM; with ADD `place` is the content that was missed. `signature`
    tells which reading was judged, `was_speaker` and `was_form` what it said then ("" where it did not say, or nobody kept it).
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
    form: str = ""
    was_speaker: str = ""
    was_form: str = ""

    def to_dict(self) -> dict[str, Any]:
        """One line of the exported judgements; `form` and `was` only where there is something to tell, as in older lines."""
        more: dict[str, Any] = {"form": self.form} if self.form else {}
        if self.was_form:
            more["was"] = {"speaker": self.was_speaker, "form": self.was_form}
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
            **more,
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
            form=str(Form(data["form"])) if data.get("form") else "",
            was_speaker=str(data.get("was", {}).get("speaker", "")),
            was_form=str(data.get("was", {}).get("form", "")),
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands about one statement now: accepted, rejected or neither, and what was put right."""

    verdict: Verdict | None = None
    content: Pieces = ()
    speaker: str = ""
    by: str = ""
    form: str = ""

    @property
    def mended(self) -> bool:
        """Did a person put something right?"""
        return bool(self.content or self.speaker or self.form)

    @property
    def word(self) -> str | None:
        """accept, reject, corrected; None where nothing stands."""
        return self.verdict.value if self.verdict else "corrected" if self.mended else None


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
        elif j.verdict is Verdict.FORM:
            found[s.id] = replace(now, form=j.form, by=j.by)
        elif j.verdict is Verdict.ADD:  # a machine may find it later: then the person's words about it go first
            found[s.id] = Standing(None, j.place, j.speaker or now.speaker, j.by, j.form or now.form)
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


def with_added(reading: Reading, judgements: Iterable[Judgement]) -> Reading:
    """The reading with the statements that a person added and it does not have, each in its place in the order of the text.

    Their ids follow the last one of the reading, counted by all that were ever added: one that is withdrawn leaves a gap.
    Who says them comes with `put_right`.
    """
    found = reading.statements
    last = max((int(s.id[1:]) for s in found if s.id[1:].isdigit()), default=0)
    added: list[Statement] = []
    adding = (j for j in judgements if j.verdict in (Verdict.ADD, Verdict.WITHDRAW))
    for j in adding:
        known = judged_one(j, (*found, *added))
        if j.verdict is Verdict.WITHDRAW:
            added = [s for s in added if s is not known]
            continue
        last += 1
        if known is None:
            form = Form(j.form) if j.form else Form.INDIRECT
            added.append(
                Statement(f"s{last}", form, j.place, within=_around(j.place, found), by=f"person/{j.by}", sure=1.0)
            )
    if not added:
        return reading
    return replace(
        reading,
        statements=tuple(sorted((*found, *added), key=_begins)),
        confidence={**reading.confidence, **{s.id: 1.0 for s in added}},
    )


def _begins(s: Statement) -> int:
    return next((p[0].start for p in (s.content, s.frame, s.cue) if p), 0)


def _around(place: Pieces, statements: Iterable[Statement]) -> str | None:
    """The shortest statement whose content holds the place."""
    whole = hull(place)
    holds = [(len(h), s.id) for s in statements if whole and (h := hull(s.content)) and h.covers(whole)]
    return min(holds)[1] if holds else None


def put_right(reading: Reading, judgements: Iterable[Judgement], *, rejected: bool = False) -> Reading:
    """The reading as a person left it: spans, speakers and forms put right and found `by` that person, what was missed added,
    rejected statements gone (unless `rejected` asks for them)."""
    judgements = tuple(judgements)
    reading = with_added(reading, judgements)
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
        if now.form:
            s = replace(s, form=Form(now.form), by=f"person/{now.by}")
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
