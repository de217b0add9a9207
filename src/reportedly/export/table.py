"""The statements as a table for people: fits the terminal, in the order of the text, damage marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TextIO

from reportedly.export import PLAIN, Look, told
from reportedly.export.damage import short_list
from reportedly.export.ink import DIM, STRONG, WARN, console, ink
from reportedly.export.safe import flow, line, shorten
from reportedly.export.words import count, sure, word
from reportedly.model.joins import Joins
from reportedly.model.span import text_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from reportedly.model.reading import Reading
    from reportedly.model.statement import Statement

_COLUMNS_FROM = 84
"""A narrower terminal gets one small paragraph per statement instead of columns."""

_AT_ONCE = 200
_INDENT = 2
_DEEPEST = 6


def write(readings: Iterable[Reading], out: TextIO, look: Look = PLAIN) -> None:
    """A table per article: head, statements, damage list, summary."""
    page = console(out, look)
    for n, reading in enumerate(readings):
        if n:
            page.print()
        _article(page, reading, look)


def _article(page: Console, reading: Reading, look: Look) -> None:
    joins, article, tongue = Joins(reading), reading.article, look.tongue
    if not look.brief:
        page.print(ink((told.headline(reading, tongue), STRONG)))
        about = [article.origin, article.outlet, article.published, article.language]
        page.print(ink((" · ".join(line(a) for a in about if a), DIM)))
        page.print()
    if not reading.statements:
        page.print(ink(word(tongue, "none_found")))
    elif look.width >= _COLUMNS_FROM:
        _columns(page, joins, look)
    else:
        _stacked(page, joins, look)
    if look.brief:
        return
    if reading.damages:
        page.print()
        for text in short_list(reading, look):
            page.print(text)
    page.print()
    speakers = {a.speaker for a in reading.cast.attributions if a.role == "speaker" and a.speaker}
    page.print(
        ink(
            (count(tongue, "statement", len(reading.statements)), STRONG),
            f" · {count(tongue, 'speaker', len(speakers))} · ",
            (count(tongue, "damage", len(reading.damages)), WARN if reading.damages else ""),
        )
    )
    for note in reading.notes:
        page.print(ink((f"{word(tongue, 'note')}: {line(note)}", DIM)))


def _columns(page: Console, joins: Joins, look: Look) -> None:
    """Six columns; contents get all the room that the others leave."""
    tongue, reading = look.tongue, joins.reading
    tags = [len(tag) + 1 for s in reading.statements if (tag := told.tag(s, tongue))]
    longest_name = max((_longest(told.names(joins, s)) for s in reading.statements), default=0)
    longest_cue = max((len(flow(text_of(s.cue, reading.text))) for s in reading.statements), default=0)
    widths = (
        len(str(len(reading.statements))) + 1,
        max(len(word(tongue, f"form.{s.form.value}")) for s in reading.statements),
        min(max(longest_name, 8), look.width // 5),
        max(min(longest_cue, look.width // 6), len(word(tongue, "col.cue")), *tags, 0),
        0,
        len(word(tongue, "col.sure")),
    )
    room = look.width - sum(widths) - 2 * (len(widths) - 1)
    lines = 2 if look.width >= 100 else 3
    rest = iter(reading.statements)
    first = True
    while batch := list(islice(rest, _AT_ONCE)):
        table = _empty_table(look, (*widths[:4], room, widths[5]), heading=first)
        for s in batch:
            _row(table, joins, s, look, room, lines)
        page.print(table)
        first = False


def _longest(names: tuple[str | None, str | None]) -> int:
    """Columns that a speaker's cell asks for: the name on one line, of the words of the text the longest one."""
    name, written = names
    return max(len(name or ""), *(len(w) + 2 for w in (written or "").split()), 0)


def _empty_table(look: Look, widths: Sequence[int], heading: bool) -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=heading, header_style=DIM, padding=(0, 2, 0, 0), pad_edge=False)
    for name, width in zip(("number", "form", "speaker", "cue", "content", "sure"), widths, strict=True):
        table.add_column(
            word(look.tongue, f"col.{name}"),
            width=width,
            justify="right" if name in ("number", "sure") else "left",
            overflow="fold",
        )
    return table


def _row(table: Table, joins: Joins, s: Statement, look: Look, room: int, lines: int) -> None:
    from rich.padding import Padding

    depth = min(joins.depth(s), _DEEPEST)
    room -= depth * _INDENT
    cell = ink(_content(joins, s, look, room * lines - 2))
    for extra in _second_line(joins, s, look):
        cell.append("\n").append_text(extra)
    table.add_row(
        ink((("↳" if depth else "") + s.id[1:], DIM)),
        _form(joins, s, look),
        _speaker(joins, s, apart="\n"),
        _cue(joins, s, look),
        Padding(cell, (0, 0, 0, depth * _INDENT)),
        ink((sure(look.tongue, joins.reading.confidence.get(s.id, s.sure)), DIM)),
    )


def _form(joins: Joins, s: Statement, look: Look) -> Text:
    """The form, and what persons decided."""
    judged = joins.reading.judged.get(s.id)
    return ink(
        word(look.tongue, f"form.{s.form.value}"),
        (f" {word(look.tongue, f'judged.{judged}')}", WARN) if judged else None,
    )


def _stacked(page: Console, joins: Joins, look: Look) -> None:
    """For narrow terminals: number, form, speaker and cue on one line, the content under it."""
    from rich.padding import Padding

    figures = len(str(len(joins.reading.statements)))
    for s in joins.reading.statements:
        depth = min(joins.depth(s), _DEEPEST)
        margin = figures + 1 + depth * _INDENT
        room = max(look.width - margin, 12)
        head = ink((s.id[1:].rjust(figures) + " ", DIM))
        head.append_text(_speaker(joins, s, apart=" "))
        cue = _cue(joins, s, look)
        if cue.plain:
            head.append(" · ").append_text(cue)
        head.append(" · ", DIM).append_text(_form(joins, s, look)).append(" ")
        head.append(sure(look.tongue, joins.reading.confidence.get(s.id, s.sure)), DIM)
        page.print(Padding(head, (0, 0, 0, depth * _INDENT), expand=False))
        body = ink(_content(joins, s, look, room * 3 - 2))
        for extra in _second_line(joins, s, look):
            body.append("\n").append_text(extra)
        page.print(Padding(body, (0, 0, 0, margin), expand=False))


def _content(joins: Joins, s: Statement, look: Look, room: int) -> str:
    words = told.content(s, joins.reading.text, look.tongue)
    if look.wide or len(words) <= room:
        return words
    short = shorten(words, max(room, 16))
    return short + words[-1] if words[:1] in "„“" and words[-1:] in "“”" else short


def _speaker(joins: Joins, s: Statement, apart: str) -> Text:
    """The name; the words of the text in grey where they differ; words without a name where nobody can be told."""
    name, written = told.names(joins, s)
    if name is None:
        return ink(f"{written} ?") if written else ink(("–", DIM))
    return ink(name, (f"{apart}({shorten(written, 60)})", DIM) if written else None)


def _cue(joins: Joins, s: Statement, look: Look) -> Text:
    words = shorten(flow(text_of(s.cue, joins.reading.text)), 60)
    tag = told.tag(s, look.tongue)
    return ink(words, (f" ⚑{tag}" if words else f"⚑{tag}", WARN) if tag else None)


def _second_line(joins: Joins, s: Statement, look: Look) -> Iterator[Text]:
    """Who else is part of it, in grey; the damage that touches it, in amber."""
    parts = [f"{label} {words}".strip() for label, words in told.details(joins, s, look.tongue)]
    damage = joins.damage_ids(s)
    if parts or damage:
        yield ink(
            (" · ".join(p if look.wide else shorten(p, 70) for p in parts), DIM),
            (" · " if parts and damage else "", DIM),
            ("⚠ " + " ".join(damage), WARN) if damage else None,
        )
