"""Why was it found? For each statement the row or rule, the trace, and how its speaker was resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from reportedly.export import PLAIN, Look, told
from reportedly.export.ink import DIM, STRONG, WARN, console, ink
from reportedly.export.safe import flow, line, shorten
from reportedly.export.words import sure, word
from reportedly.model.joins import Joins
from reportedly.model.span import text_of

if TYPE_CHECKING:
    from reportedly.export.words import Tongue
    from reportedly.model.reading import Reading
    from reportedly.model.statement import Statement


def write(readings: Iterable[Reading], out: TextIO, look: Look = PLAIN) -> None:
    """Per statement: its head line, its content, and one line for each reason."""
    from rich.padding import Padding

    page = console(out, look)
    for n, reading in enumerate(readings):
        if n:
            page.print()
        joins = Joins(reading)
        if not look.brief:
            page.print(ink((told.headline(reading, look.tongue), STRONG)))
            page.print(ink((f"{reading.signature}", DIM)))
        if not reading.statements:
            page.print(ink(word(look.tongue, "none_found")))
        for s in reading.statements:
            name, written = told.names(joins, s)
            form = word(look.tongue, f"form.long.{s.form.value}")
            page.print()
            page.print(
                ink(
                    (f"{s.id[1:]} ", DIM),
                    (name or (f"{written} ?" if written else "–"), STRONG),
                    f" · {form} · {sure(look.tongue, reading.confidence.get(s.id, s.sure))}",
                    (f" · {word(look.tongue, f'judged.{judged}')}", WARN)
                    if (judged := reading.judged.get(s.id))
                    else None,
                    (" ⚑" + (told.tag(s, look.tongue) or ""), WARN) if told.tag(s, look.tongue) else None,
                )
            )
            words = told.content(s, reading.text, look.tongue)
            page.print(Padding(ink(words if look.wide else shorten(words, look.width * 2)), (0, 0, 0, 4), expand=False))
            for label, reason in reasons(joins, s, look.tongue):
                page.print(Padding(ink((f"{label}: ", DIM), reason), (0, 0, 0, 4), expand=False))


def reasons(joins: Joins, s: Statement, tongue: Tongue) -> Iterator[tuple[str, str]]:
    """The reasons as (label, words): the row or rule, cue and class, mood, speaker, trace, damage."""
    text = joins.reading.text
    yield word(tongue, "by"), f"{line(s.by) or '–'} ({word(tongue, 'raw_trust')} {sure(tongue, s.sure)})"
    if s.cue:
        cue = flow(text_of(s.cue, text))
        where = ", ".join(f"{p.start}–{p.end}" for p in s.cue)
        yield word(tongue, "cue"), f"{cue} [{where}], {word(tongue, f'class.{s.cue_class}')}"
    manner = [word(tongue, f"medium.{s.medium.value}")]
    if s.mood:
        manner.append(word(tongue, f"mood.{s.mood.value}"))
    if s.negated:
        manner.append(word(tongue, "negated"))
    yield word(tongue, "mood"), ", ".join(manner)
    yield word(tongue, "speaker"), _speaker(joins, s, tongue)
    for n, _ in enumerate(s.authority):
        yield word(tongue, "authority"), _filled(joins, s, "authority", n, tongue)
    if s.addressee:
        yield word(tongue, "to"), _filled(joins, s, "addressee", 0, tongue)
    if s.implied:
        yield word(tongue, "same_speaker"), s.implied[1:]
    if s.within:
        yield word(tongue, "within"), s.within[1:]
    for step in s.trace:
        yield word(tongue, "trace"), line(step)
    for id_, found in zip(joins.damage_ids(s), joins.damages(s), strict=True):
        yield word(tongue, "damage"), f"{id_} {word(tongue, f'damage.{found.kind}')}: {told.harm(found, tongue)[0]}"


def _speaker(joins: Joins, s: Statement, tongue: Tongue) -> str:
    words = flow(s.speaker.of(joins.reading.text)) if s.speaker else None
    written = f"„{words}“ " if words and tongue == "de" else f"“{words}” " if words else ""
    return written + _filled(joins, s, "speaker", 0, tongue)


def _filled(joins: Joins, s: Statement, role: str, n: int, tongue: Tongue) -> str:
    found = joins.attribution(s, role, n)
    if found is None or found.speaker is None:
        reason = f" ({line(found.by)})" if found and found.by else ""
        return word(tongue, "not_resolved") + reason
    who = joins.who(s, role, n)
    name = line(who.name) if who else found.speaker
    return f"→ {name} [{found.speaker}], {line(found.by)}, {sure(tongue, found.sure)}"
