"""How is a statement told in a few words? Contents, names, roles and facts as short lines for table, page and reasons."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from reportedly.export.damage_words import GERMAN as GERMAN_DAMAGE
from reportedly.export.safe import flow, line, shorten
from reportedly.export.words import Tongue, number, word
from reportedly.model.damage import Damage
from reportedly.model.fact import Moment, Quantity
from reportedly.model.joins import Joins, Near
from reportedly.model.span import Span, text_of
from reportedly.model.statement import Form, Statement

if TYPE_CHECKING:
    from reportedly.model.reading import Reading

LOUD = frozenset({"distancing", "denial"})
"""Classes of cue that say how the writer or speaker stands to the content: always tagged with a word."""


def content(s: Statement, text: str, tongue: Tongue) -> str:
    """What was said; direct speech gets the marks back that its span leaves out."""
    words = flow(text_of(s.content, text))
    if s.form is Form.DIRECT:
        return f"„{words}“" if tongue == "de" else f"“{words}”"
    return words


def names(joins: Joins, s: Statement) -> tuple[str | None, str | None]:
    """The resolved name, and the words of the text where they differ. Both None where neither is known."""
    who = joins.who(s)
    written = line(s.speaker.of(joins.reading.text)) if s.speaker else None
    name = line(who.name) if who else None
    return name, (written if written != name else None)


def tag(s: Statement, tongue: Tongue) -> str | None:
    """The word for a cue that distances or denies."""
    return word(tongue, f"class.{s.cue_class}") if s.cue_class in LOUD else None


def details(joins: Joins, s: Statement, tongue: Tongue) -> list[tuple[str, str]]:
    """Addressee, authority, occasion, time, figures and places, each as (label, words); only what there is."""
    text = joins.reading.text
    out: list[tuple[str, str]] = []
    if s.negated:
        out.append((word(tongue, "negated"), ""))
    if s.addressee:
        to = joins.who(s, "addressee")
        out.append((word(tongue, "to"), _resolved(s.addressee, text, line(to.name) if to else None)))
    for n, a in enumerate(s.authority):
        owner = joins.who(s, "authority", n)
        leaned_on = flow(text_of(a.span, text)) or flow(text_of(a.marker, text))
        name = line(owner.name) if owner else None
        out.append(
            (word(tongue, "authority"), f"{leaned_on} [{name}]" if name and name not in leaned_on else leaned_on)
        )
    if s.occasion:
        out.append((word(tongue, "occasion"), flow(text_of(s.occasion, text))))
    said = Near([*s.frame, *s.time])
    moments = joins.moments(s)
    for label, here in (("when", True), ("time", False)):
        words = [moment(m, text) for m in moments if bool(said.touching([m.span])) is here]
        if words:
            out.append((word(tongue, label), ", ".join(words)))
    if quantities := [quantity(q, text, tongue) for q in joins.quantities(s)]:
        out.append((word(tongue, "figure"), ", ".join(quantities)))
    if places := [line(p.name) + (f" ({line(p.country)})" if p.country else "") for p in joins.places(s)]:
        out.append((word(tongue, "place"), ", ".join(dict.fromkeys(places))))
    return out


def moment(m: Moment, text: str) -> str:
    """ "am Montag → 2024-06-03", without the arrow while nothing is known."""
    words = flow(m.span.of(text))
    return f"{words} → {m.value}" if m.value else words


def quantity(q: Quantity, text: str, tongue: Tongue) -> str:
    """ "≈ 1.200 Menschen", "8.000–12.000 Soldaten"; the words of the text where the figure says nothing."""
    noun = f" {flow(q.unit or '')}" if q.unit else ""
    noun += f" {flow(q.noun)}" if q.noun else ""
    if q.relation == "between" and q.min is not None and q.max is not None:
        return f"{number(tongue, q.min)}–{number(tongue, q.max)}{noun}"
    value = q.value if q.value is not None else (q.min if q.min is not None else q.max)
    if value is None:
        return flow(q.span.of(text))
    sign = word(tongue, f"relation.{q.relation}")
    return f"{'' if sign == '=' else sign + ' '}{number(tongue, value)}{noun}"


def line_breaks(text: str) -> list[int]:
    """Where the lines end, to count lines with."""
    return [m.start() for m in re.finditer("\n", text)]


def place(span: Span, breaks: Sequence[int], tongue: Tongue) -> str:
    """Where a span stands for a person with an editor: "Zeile 4, Zeichen 468–503"."""
    row = bisect_left(breaks, span.start) + 1
    return (
        f"{word(tongue, 'line')} {number(tongue, row)}, "
        f"{word(tongue, 'characters')} {number(tongue, span.start)}–{number(tongue, span.end)}"
    )


def harm(damage: Damage, tongue: Tongue) -> tuple[str, str]:
    """What is wrong, and the likely cause. German readers get the sentence for the kind, which tells the cause too."""
    if tongue == "de" and damage.kind in GERMAN_DAMAGE:
        return GERMAN_DAMAGE[damage.kind][1], ""
    return line(damage.message), line(damage.cause)


def headline(reading: Reading, tongue: Tongue) -> str:
    """The title; else the name of the file, without its folders; else the first words."""
    article = reading.article
    name = PurePath(article.origin).name if article.origin and not article.origin.startswith("<") else ""
    return line(article.title or name) or shorten(flow(article.text[:200]), 80) or word(tongue, "untitled")


def _resolved(span: Span, text: str, name: str | None) -> str:
    written = flow(span.of(text))
    return f"{written} [{name}]" if name and name.casefold() not in written.casefold() else written
