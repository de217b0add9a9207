"""Where does a new reading differ from what was decided? Such places make a queue: as decided, or as it is read now."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from reportedly.export import told
from reportedly.model.dispute import disputes
from reportedly.model.joins import Joins
from reportedly.model.judgement import Judgement, Verdict, judged_one
from reportedly.model.reading import Reading
from reportedly.model.span import Pieces, overlap, text_of
from reportedly.web.calls import Call

if TYPE_CHECKING:
    from reportedly.web.review import Item

_EVERYTHING = "geprüft:ja OR geprüft:nein"


def pairs(place: Pieces) -> list[list[int]]:
    """Places as JSON has them."""
    return [[p.start, p.end] for p in place]


def near(left: Pieces, right: Pieces) -> bool:
    """Are these the same place, give or take a few words: is more than half of both shared?"""
    return 2 * overlap(left, right) > max(sum(map(len, left)), sum(map(len, right)))


def in_dispute(call: Call, q: str, n: int) -> list[tuple[str, list[list[int]], int]]:
    """The first places in dispute (in articles with hits of a query): article, place, how many judgements it has by now."""
    wanted = {h.article for h in call.archive.search(f"{q} {_EVERYTHING}")} if q else None
    known: dict[str, int] = {}

    def drawn() -> Iterator[tuple[str, list[list[int]], int]]:
        for found in call.archive.disputed():
            article = found.judgement.article
            if wanted is None or article in wanted:
                if article not in known:
                    known[article] = len(call.archive.judgements(article))
                yield article, pairs(found.judgement.place), known[article]

    return list(islice(drawn(), n))


def dispute_of(call: Call, item: Item, reading: Reading) -> dict[str, Any] | None:
    """For the page: the decision, what the reading says otherwise now, its words and its speaker. None where that is settled."""
    before = call.archive.judgements(item.article)[: item.known]
    found = next((d for d in disputes(reading, before) if near(d.judgement.place, item.place)), None)
    if found is None:
        return None
    s = next((t for t in reading.statements if t.id == found.statement), None)
    joins = Joins(reading)
    return {
        "judgement": found.judgement,
        "about": found.about,
        "decided": text_of(found.judgement.content or found.judgement.place, reading.text),
        "words": told.content(s, reading.text, call.tongue) if s else "",
        "name": next((name for name in told.names(joins, s) if name), "") if s else "",
        "form": s.form.value if s else "",
    }


def settle(call: Call, item: Item, *, new: bool) -> Judgement:
    """As it is read now: the old decision is withdrawn, what stands there is accepted. As decided: the decision is taken again,
    and where nothing stands any more, what was decided is added."""
    archive, by = call.archive, call.by
    reading = archive.reading(item.article)
    before = [j for j in archive.judgements(item.article)[: item.known] if near(j.place, item.place)]
    old = [j for j in before if j.verdict is not Verdict.WITHDRAW][-1]
    s = judged_one(old, reading.statements)
    if new:
        done = archive.judge((item.article, ""), Verdict.WITHDRAW, by=by, content=old.place)
        return archive.judge((item.article, s.id), Verdict.ACCEPT, by=by) if s else done
    if s is None or old.verdict is Verdict.ADD:
        place, speaker, form = old.content or old.place, old.speaker or old.was_speaker, old.form or old.was_form
        return archive.judge((item.article, ""), Verdict.ADD, by=by, content=place, speaker=speaker, form=form)
    if (
        old.verdict is Verdict.ACCEPT
    ):  # what was accepted is told word by word, so that it holds against the new reading
        if old.place != s.content:
            archive.judge((item.article, s.id), Verdict.SPAN, by=by, content=old.place)
        if old.was_speaker:
            archive.judge((item.article, s.id), Verdict.SPEAKER, by=by, speaker=old.was_speaker)
        if old.was_form:
            archive.judge((item.article, s.id), Verdict.FORM, by=by, form=old.was_form)
    return archive.judge(
        (item.article, s.id), old.verdict, by=by, content=old.content, speaker=old.speaker, form=old.form
    )
