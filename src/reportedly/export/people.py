"""What does a speaker of the archive look like in a terminal? Rows, the page of one, and pairs in doubt with their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from reportedly.export import Look
from reportedly.export.archive_words import ENGLISH, GERMAN
from reportedly.export.ink import DIM, STRONG, WARN, console, ink
from reportedly.export.safe import flow, line, shorten
from reportedly.export.words import Tongue, count, number, word

if TYPE_CHECKING:
    from reportedly.model.answers import Doubt, Evidence, RoleRow, SpeakerPage, SpeakerRow, Why

SHORT_ID = 8
_ROLES = 3
_NAMES = 6
_LINES = 12


def matched(new: int, tongue: Tongue) -> str:
    """How many judgements a comparison gave."""
    return word(tongue, "speakers.matched").format(n=number(tongue, new))


def known(new: int, there: int, bad: int, tongue: Tongue) -> str:
    """What came of a gazetteer, in counts."""
    counts = {"new": number(tongue, new), "there": number(tongue, there), "bad": number(tongue, bad)}
    return word(tongue, "gazetteer.done").format(**counts)


def speakers(rows: Sequence[SpeakerRow], out: TextIO, look: Look) -> None:
    """Who says how much in how many articles, in which roles and between which days, under which other names."""
    screen, tongue = console(out, look), look.tongue
    for row in rows:
        roles = ", ".join(role_of(r) for r in row.held[:_ROLES]) or ", ".join(line(r) for r in row.roles)
        others = [n for n in row.names if n != row.name]
        screen.print(
            ink(
                f"{number(tongue, row.statements):>7}  ",
                (line(row.name), STRONG),
                f" · {word(tongue, f'kind.{row.kind}')}",
                f" · {roles}" if roles else "",
                (f" · {count(tongue, 'article', row.articles)}", DIM) if row.named else None,
                (f" · {word(tongue, 'speakers.seen')} {row.last}", DIM) if row.last else None,
                (f" · {row.article[:SHORT_ID]}", DIM) if row.article else None,
                (f" · {', '.join(map(line, row.ids))}", DIM) if row.ids else None,
                (f" · {word(tongue, 'speakers.also')} {', '.join(map(line, others[:_NAMES]))}", DIM)
                if others
                else None,
            )
        )
    if not rows:
        screen.print(ink(word(tongue, "nothing")))


def role_of(row: RoleRow) -> str:
    """ "Umweltminister 2024-06-04–2024-06-10"."""
    days = " " + (row.first if row.first == row.last else f"{row.first}–{row.last}") if row.first and row.last else ""
    return f"{line(row.role)}{days}"


def page(rows: Sequence[SpeakerPage], out: TextIO, look: Look) -> None:
    """All about one speaker, in words."""
    screen, tongue = console(out, look), look.tongue
    for told in rows:
        row = told.row
        screen.print(
            ink(
                (line(row.name), STRONG),
                f" · {word(tongue, f'kind.{row.kind}')}",
                f" · {word(tongue, f'gender.one.{row.gender}')}" if row.gender else "",
                f" · {', '.join(map(line, row.ids))}" if row.ids else "",
            )
        )
        for name, counted in (("says", told.says), ("about", told.about)):
            screen.print(
                ink(
                    f"{number(tongue, counted.count):>7}  {word(tongue, f'speakers.{name}')}  ",
                    (line(counted.query), DIM),
                )
            )
        for heading, lines in (
            ("roles", [f"{role_of(r)} · {count(tongue, 'article', r.articles)}" for r in row.held]),
            ("spellings", [f"{role_of(r)} · {count(tongue, 'article', r.articles)}" for r in told.spellings]),
            ("newest", [_said(hit.published, hit.outlet, hit.content, look) for hit in told.newest]),
            ("chain", [why_of(w, tongue) for w in told.chain]),
            ("apart", [why_of(w, tongue) for w in told.kept_apart]),
        ):
            if lines:
                screen.print(ink((word(tongue, f"speakers.{heading}"), STRONG)))
                for told_line in lines[:_LINES]:
                    screen.print(ink(f"  {told_line}"))
                if len(lines) > _LINES:
                    screen.print(
                        ink((f"  {word(tongue, 'and_more_values').format(n=number(tongue, len(lines) - _LINES))}", DIM))
                    )
        if told.doubts:
            screen.print(ink((word(tongue, "speakers.doubts"), STRONG)))
            for doubt in told.doubts:
                screen.print(ink((f"  {why_of(doubt.why, tongue)}", WARN)))


def _said(published: str | None, outlet: str | None, content: str, look: Look) -> str:
    front = " · ".join(p for p in ((published or "")[:10], line(outlet or "")) if p)
    return shorten(f"{front}: {flow(content)}", max(look.width - 4, 20))


def doubts(rows: Sequence[Doubt], out: TextIO, look: Look) -> None:
    """Pairs that may be one, each with the sentences in which they stand, and how to decide."""
    screen, tongue = console(out, look), look.tongue
    for n, doubt in enumerate(rows):
        if n:
            screen.print()
        screen.print(ink((why_of(doubt.why, tongue), STRONG)))
        for evidence in (*doubt.left, *doubt.right):
            screen.print(ink(f"  {_evidence(evidence, look)}"))
    if not rows:
        screen.print(ink(word(tongue, "speakers.no_doubts")))


def _evidence(evidence: Evidence, look: Look) -> str:
    front = " · ".join(
        p for p in ((evidence.published or "")[:10], line(evidence.outlet or ""), evidence.article[:SHORT_ID]) if p
    )
    return shorten(f"{line(evidence.name)} ({front}): {flow(evidence.sentence)}", max(2 * look.width - 4, 40))


def why_of(why: Why, tongue: Tongue) -> str:
    """A judgement as a sentence: what, about whom, by whom, on which ground."""
    ground = reason(why.why, tongue) if why.by == "program" else flow(why.why)
    by = word(tongue, "sameness.program") if why.by == "program" else line(why.by)
    told = f"{line(why.left)} {word(tongue, f'sameness.sign.{why.verdict}')} {line(why.right)} · {by} {why.at[:10]}"
    return f"{told}: {ground}" if ground else told


def reason(why: str, tongue: Tongue) -> str:
    """The program's rule with its evidence, in words."""
    rule, *rest = why.split("; ")
    key = f"why.{rule}"
    evidence = dict(part.partition("=")[::2] for part in rest)
    if key not in (GERMAN if tongue == "de" else ENGLISH):
        return line(why)
    return line(word(tongue, key).format_map(_Blank(evidence)))


class _Blank(dict[str, str]):
    """What a judgement of another version does not tell is left out."""

    def __missing__(self, key: str) -> str:
        return "…"
