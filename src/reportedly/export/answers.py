"""What does an archive's answer look like in a terminal? One function a kind of answer, all of one shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from reportedly.export import Look
from reportedly.export.ink import DIM, STRONG, WARN, console, ink
from reportedly.export.safe import flow, line, shorten
from reportedly.export.told import LOUD
from reportedly.export.words import Tongue, count, number, word
from reportedly.model.answers import Record, Refused
from reportedly.model.sameness import Sameness

if TYPE_CHECKING:
    from rich.text import Text

    from reportedly.model.answers import (
        Count,
        Facet,
        Figures,
        Hit,
        Looked,
        OutletRow,
        Page,
        Problem,
        Progress,
        SideRow,
        Version,
    )
    from reportedly.model.judgement import Judgement
    from reportedly.model.query import Note

MARKED = "black on yellow"
SHORT_ID = 8
_DAY = 10


def as_json(records: Iterable[Record | Judgement | Sameness], out: TextIO) -> None:
    """Any answers as JSON Lines: one object a record."""
    for record in records:
        out.write(json.dumps(record.to_dict(), ensure_ascii=False).encode("utf-8", "replace").decode("utf-8") + "\n")


def note(about: Note, tongue: Tongue) -> str:
    """What of a query was read otherwise than it looks, as a sentence."""
    return word(tongue, f"query.{about.kind}").format(about=shorten(line(about.about), 40))


def hits(page: Page, out: TextIO, look: Look) -> None:
    """Statement by statement: when, who, where, how, then what; the address for `show` and `judge` at the end."""
    screen, tongue = console(out, look), look.tongue
    for hit in page.hits:
        screen.print(_head(hit, tongue))
        screen.print(_indented(_content(hit, look, 2 * (look.width - _DAY - 2) - 2)))
    if look.brief:
        return
    for facet in filter(tells, page.facets):
        screen.print()
        screen.print(ink((word(tongue, f"facet.{facet.field}"), STRONG)))
        for row in facet.rows:
            screen.print(
                ink(
                    f"{number(tongue, row.count):>9}  {_value(facet.field, row.value, tongue)}",
                    (f"  {line(row.query)}", DIM),
                )
            )
        if facet.more:
            screen.print(
                ink(("           " + word(tongue, "and_more_values").format(n=number(tongue, facet.more)), DIM))
            )
    if page.hits:
        screen.print()
    if page.statements:
        total = total_of(page.statements, page.articles, tongue)
        left = len(page.hits) < page.statements
        screen.print(
            ink(
                (total, STRONG),
                (" · " + word(tongue, "shown").format(n=number(tongue, len(page.hits))), DIM) if left else None,
            )
        )
    else:
        screen.print(ink(word(tongue, "nothing")))
    for alone in page.why_none:
        counts = f"{word(tongue, 'alone')} {number(tongue, alone.alone)} · {word(tongue, 'without')} {number(tongue, alone.without)}"
        screen.print(ink(f"  {line(alone.written)}  ", (counts, DIM)))


def tells(facet: Facet) -> bool:
    """Is there something to choose? A single language, or no figure anywhere, is nothing that a reader need be shown."""
    return len(facet.rows) > (facet.field in ("month", "language", "figures", "damaged"))


def total_of(statements: int, articles: int, tongue: Tongue) -> str:
    """ "212 Aussagen in 87 Artikeln"."""
    return f"{count(tongue, 'statement', statements)} {word(tongue, 'in')} {count(tongue, 'in_article', articles)}"


def _head(hit: Hit, tongue: Tongue) -> Text:
    day = (hit.published or "")[:_DAY] or word(tongue, "no_date")
    who = hit.speaker or (f"{hit.written} ?" if hit.written else "–")
    tags = [word(tongue, f"class.{hit.cue_class}")] if hit.cue_class in LOUD else []
    return ink(
        (f"{line(day):<{_DAY}}  ", DIM),
        (flow(who), STRONG),
        f" · {line(hit.outlet or word(tongue, 'no_outlet'))} · {word(tongue, f'form.{hit.form}')}",
        (f" ⚑{tags[0]}" if tags else "", WARN),
        (" ⚠" if hit.damaged else "", WARN),
        (f" · {word(tongue, f'judged.{hit.judged}')}" if hit.judged else "", WARN),
        (f" · {hit.article[:SHORT_ID]}/{hit.statement}", DIM),
    )


def _content(hit: Hit, look: Look, room: int) -> Text:
    """The content on one line with the words of the query marked; direct speech in its marks."""
    marks = ("„", "“") if look.tongue == "de" else ("“", "”")
    opening, closing = marks if hit.form == "direct" else ("", "")
    parts: list[str | tuple[str, str]] = [opening]
    at = length = 0
    edges = [(m.start, True) for m in hit.marks] + [(m.end, False) for m in hit.marks] + [(len(hit.content), False)]
    marked = False
    for edge, opens in sorted(edges):
        piece = hit.content[at:edge]
        told = (" " if piece[:1].isspace() else "") + flow(piece) + (" " if piece[1:] and piece[-1].isspace() else "")
        if not look.wide and length + len(told) > room:
            told, edge = shorten(told, max(room - length, 8)), len(hit.content)
        parts.append((told, MARKED) if marked else told)
        at, length, marked = edge, length + len(told), opens
        if edge == len(hit.content):
            break
    return ink(*parts, closing)


def _indented(text: Text) -> object:
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, _DAY + 2))


def _value(field: str, value: str, tongue: Tongue) -> str:
    if field in ("figures", "damaged"):
        return word(tongue, "facet.yes" if value == "ja" else "facet.no")
    names = {"form": "form.", "cue_class": "class."}
    return word(tongue, names[field] + value) if field in names else line(value)


def outlets(rows: Sequence[OutletRow], out: TextIO, look: Look) -> None:
    """What each outlet quotes, in counts, each with the query that lists what was counted."""
    screen, tongue = console(out, look), look.tongue
    for n, row in enumerate(rows):
        if n:
            screen.print()
        total = row.statements.count
        screen.print(
            ink(
                (line(row.outlet), STRONG),
                f" · {count(tongue, 'article', row.articles)} · {count(tongue, 'statement', total)}",
            )
        )
        listed: list[tuple[str, Count]] = [(word(tongue, f"form.long.{f}"), c) for f, c in row.forms.items()]
        listed += [(f"⚑ {word(tongue, f'class.{k}')}", c) for k, c in row.cue_classes.items() if k != "neutral"]
        listed.append((word(tongue, "outlets.unnamed"), row.unnamed))
        listed += [(word(tongue, f"gender.{sex}"), c) for sex, c in row.genders.items() if c.count]
        for name, counted in listed:
            share = f"{_share(counted.count, total, tongue)}"
            screen.print(ink(f"{number(tongue, counted.count):>8} {share:>6}  {name}  ", (line(counted.query), DIM)))
    if not rows:
        screen.print(ink(word(tongue, "nothing")))


def sides(rows: Sequence[SideRow], out: TextIO, look: Look) -> None:
    """The cues of each side in an outlet beside each other: how many, and of all that the side says there."""
    screen, tongue = console(out, look), look.tongue
    names = list(dict.fromkeys(row.side for row in rows))
    wide = max((len(line(name)) for name in names), default=0)
    wide = max(15, min(wide, 30)) + 2
    for n, (outlet, group) in enumerate(groupby(rows, key=lambda row: row.outlet)):
        each = {row.side: row for row in group}
        if n:
            screen.print()
        screen.print(ink((line(outlet), STRONG)))
        screen.print(ink(" " * 24, *((f"{shorten(line(name), wide - 2):>{wide}}", DIM) for name in names)))
        classes = {
            c: sum(each[s].cue_classes[c].count for s in names if c in each[s].cue_classes)
            for s in names
            for c in each[s].cue_classes
        }
        cells = [f"{number(tongue, each[name].statements.count):>{wide}}" for name in names]
        screen.print(ink(f"  {word(tongue, 'sides.all'):<22}", *cells))
        for cue in sorted((c for c in classes if c != "neutral"), key=lambda c: (-classes[c], c)):
            cells = []
            for name in names:
                counted, total = each[name].cue_classes.get(cue), each[name].statements.count
                share = f"{number(tongue, counted.count)} {_share(counted.count, total, tongue):>6}" if counted else "–"
                cells.append(f"{share:>{wide}}")
            screen.print(ink(f"  ⚑ {word(tongue, f'class.{cue}'):<20}", *cells))
    if not rows:
        screen.print(ink(word(tongue, "nothing")))
    else:
        first = rows[0]
        cue = next((c for c in first.cue_classes if c != "neutral"), "denial")
        example = first.cue_classes[cue].query if cue in first.cue_classes else f"{first.statements.query} cue:{cue}"
        screen.print(ink("\n", word(tongue, "sides.list"), " ", (f"reportedly who '{line(example)}'", DIM)))


def _share(part: int, whole: int, tongue: Tongue) -> str:
    share = f"{100 * part / whole:.1f} %" if whole else "–"
    return share.replace(".", ",") if tongue == "de" else share


def refused(rows: Sequence[Refused], out: TextIO, look: Look) -> None:
    """Every input that could not be read, and why."""
    screen = console(out, look)
    for row in rows:
        tried = (
            word(look.tongue, "refused.tried").format(n=row.times, at=line(row.last[:_DAY])) if row.times > 1 else ""
        )
        screen.print(ink((line(row.origin), STRONG), f": {line(row.reason)}", (f"  ({tried})", DIM) if tried else None))
    if not rows:
        screen.print(ink(word(look.tongue, "refused.none")))


def versions(rows: Sequence[Version], out: TextIO, look: Look) -> None:
    """Where an article was met, and what its address said at other times."""
    screen = console(out, look)
    for row in rows:
        where = " · ".join(line(w) for w in (row.outlet, row.published, row.url, row.origin) if w)
        number_ = word(look.tongue, "version.is").format(n=row.version)
        screen.print(ink(f"{row.article[:SHORT_ID]}  {number_}  ", (f"{where} · {line(row.added)}", DIM)))


def judgements(rows: Sequence[Judgement | Sameness], out: TextIO, look: Look) -> None:
    """Who decided what, when and why."""
    screen, tongue = console(out, look), look.tongue
    for row in rows:
        if isinstance(row, Sameness):
            screen.print(
                ink(
                    f"{line(row.at[:_DAY])}  ",
                    (line(row.by), STRONG),
                    f" · {word(tongue, f'sameness.{row.verdict.value}')}: {line(str(row.left))} | {line(str(row.right))}",
                    f" · {flow(row.why)}" if row.why else "",
                )
            )
            continue
        place = ";".join(f"{s.start}-{s.end}" for s in row.place)
        right = row.speaker or ";".join(f"{s.start}-{s.end}" for s in row.content)
        screen.print(
            ink(
                f"{line(row.at[:_DAY])}  ",
                (line(row.by), STRONG),
                f" · {word(tongue, f'judged.{row.verdict.value}')}{': ' + line(right) if right else ''}",
                f" · {flow(row.why)}" if row.why else "",
                (f" · {row.article[:SHORT_ID]} {place}", DIM),
            )
        )
    if not rows:
        screen.print(ink(word(tongue, "judgement.none")))


def problems(rows: Sequence[Problem], figures: Figures | None, out: TextIO, look: Look) -> None:
    """What is wrong in an archive; what was looked at where nothing is."""
    screen, tongue = console(out, look), look.tongue
    for row in rows:
        screen.print(
            ink(
                (line(row.where), STRONG),
                f": {line(row.what)}",
                (f"; {word(tongue, 'check.advice')}: {line(row.advice)}", DIM),
            )
        )
    if figures is not None:
        screen.print(
            ink(
                "" if rows else word(tongue, "check.fine") + " ",
                (
                    f"{count(tongue, 'article', figures.articles)} · {count(tongue, 'statement', figures.statements)} · "
                    f"{figures.engine}",
                    DIM,
                ),
            )
        )


def progress(done: Progress, seconds: float, tongue: Tongue) -> str:
    """How far an import is, in counts: never a share of something nobody knows."""
    parts = [
        word(tongue, "add.read").format(n=number(tongue, done.read)),
        word(tongue, "add.there").format(n=number(tongue, done.there)),
    ]
    if done.new_versions:
        parts.append(word(tongue, "add.versions").format(n=number(tongue, done.new_versions)))
    parts.append(word(tongue, "add.refused").format(n=number(tongue, done.refused)))
    if done.left:
        parts.append(word(tongue, "add.left").format(n=number(tongue, done.left)))
    if seconds >= 1 and done.read:
        rate = done.read / seconds
        parts.append(word(tongue, "add.rate").format(n=number(tongue, round(rate, 1))))
        if done.left:
            left = done.left * seconds / (done.read + done.there + done.refused)
            parts.append(word(tongue, "add.eta").format(n=clock(left)))
    return " · ".join(parts)


def looked(done: Looked, megabytes: float, tongue: Tongue) -> str:
    """One look at many feeds: what is new in them, how many were asked, what kept silent, what it took."""
    counts = {"feeds": done.feeds, "failed": done.failed, "put_off": done.put_off, "resting": done.resting}
    told = [
        word(tongue, f"watch.{name}").format(n=number(tongue, n)) for name, n in counts.items() if n or name == "feeds"
    ]
    told.append(clock(done.seconds))
    if megabytes:
        told.append(f"{megabytes:.0f} MB")
    return " · ".join([progress(done.taken, 0, tongue), *told])


def clock(seconds: float) -> str:
    """A duration: 0:45, 12:03, 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
