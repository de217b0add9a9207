"""Where do a person's last decision and a newer reading differ? The person's counts; the difference is worth a look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportedly.model.judgement import Judgement, Verdict, judged_one
from reportedly.model.reading import Reading
from reportedly.model.statement import Statement

SAYS = ("gone", "content", "speaker", "form")
"""What a new reading may say otherwise: nothing stands there, the place, who says it, the form."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """`judgement` was taken on an older reading; `statement` is what the new one has there (None: nothing any more), `about`
    what it says otherwise, of `SAYS`."""

    judgement: Judgement
    statement: str | None
    about: tuple[str, ...]


def disputes(reading: Reading, judgements: Iterable[Judgement]) -> Iterator[Dispute]:
    """The places of an article where this reading neither says what was judged then nor what the person put in its place.

    Only the last decision about a place counts, and only if it was taken on another reading: who decides again has seen this
    one. A rejected statement that is gone, and a correction that the reading now makes by itself, are no disputes.
    """
    last: dict[object, Judgement] = {}
    for j in judgements:
        if j.verdict is Verdict.WITHDRAW:
            last.pop(j.place, None)
        else:
            last[j.place] = j
    for j in last.values():
        if not j.signature or j.signature == reading.signature:
            continue
        s = judged_one(j, reading.statements)
        if about := tuple(_differs(reading, j, s)):
            yield Dispute(j, s.id if s else None, about)


def by_article(judgements: Iterable[Judgement]) -> list[list[Judgement]]:
    """The judgements of each article in their order; articles with the newest decision first."""
    found: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        found.setdefault(judgement.article, []).append(judgement)
    return sorted(found.values(), key=lambda given: given[-1].at, reverse=True)


def _differs(reading: Reading, j: Judgement, s: Statement | None) -> Iterator[str]:
    if s is None:
        if j.verdict not in (Verdict.REJECT, Verdict.ADD):
            yield "gone"
        return
    if s.content not in (j.place, j.content or j.place):
        yield "content"
    who = reading.speaker_of(s)
    name = who.name if who else ""
    # an old line does not tell what was read then; what was added was not read at all
    if (j.was_form or j.verdict is Verdict.ADD) and name not in (j.was_speaker, j.speaker or j.was_speaker):
        yield "speaker"
    if (j.was_form or j.form) and s.form.value not in (j.was_form, j.form):
        yield "form"
