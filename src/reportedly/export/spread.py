"""How do text and cards lie side by side? One row per paragraph: its number, its marked text, its cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, takewhile
from typing import Protocol

from reportedly.export.cards import Card, damage_card, statement_card
from reportedly.export.pieces import Piece, cut, paragraphs
from reportedly.export.safe import escape, line, shorten, shown
from reportedly.export.words import Tongue, word
from reportedly.model.joins import Joins, Near
from reportedly.model.span import Span
from reportedly.model.statement import Statement

_CHARACTERS_A_LINE = 66
_LINE_PX = 32
MOST_AIR = 40
"""Steps of air above a card for which the style sheet has a rule (`up1` to `up40`); a step is a line of text."""


class Cards(Protocol):
    """Who makes the cards beside the text. `end` is where the shown text ends."""

    def statement(self, joins: Joins, s: Statement, prefix: str, tongue: Tongue, colour: int, end: int) -> Card:
        """The card of a statement."""

    def damage(self, joins: Joins, number: int, prefix: str, tongue: Tongue) -> Card:
        """The card of a damage."""


class _PageCards:
    """The cards of the page that is handed on: all reasons are on it."""

    statement = staticmethod(statement_card)
    damage = staticmethod(damage_card)


PAGE_CARDS: Cards = _PageCards()


def begins(s: Statement) -> int:
    """Where its card belongs: at the first word of the content, else of the frame or cue."""
    return next((p[0].start for p in (s.content, s.frame, s.cue) if p), 0)


def rows(
    joins: Joins,
    prefix: str,
    tongue: Tongue,
    colours: Mapping[str, int],
    limit: int,
    *,
    cards_by: Cards = PAGE_CARDS,
    chosen: Span | None = None,
    sought: Sequence[Span] = (),
    numbered: bool = False,
) -> Iterator[str]:
    """The rows of an article up to the character `limit`. `colours` is the colour number by statement id.

    `chosen` is a place that somebody points at: its pieces have the class `here`. `sought` are words of a search, marked as its hits. `numbered` pieces say which statements
    they belong to (`data-s="1 4"`), for a page with a script.
    """
    reading, text = joins.reading, joins.reading.text
    parts = _until(paragraphs(text, [b.span for b in reading.article.blocks]), limit)
    if not parts:
        return
    end = parts[-1][1].end
    pieces = takewhile(
        lambda p: p.span.start < end or end == len(text),
        cut(joins, colours, [edge for body, gap in parts for edge in (body.end, gap.end)], chosen, sought),
    )
    cards = _cards(joins, prefix, tongue, colours, end, cards_by)
    role_of = _role_of(joins)
    removed = Near([*reading.analysis.removed, *(d.span for d in reading.damages if d.action.value == "remove")])
    language = "" if reading.article.language == "und" else f' lang="{escape(reading.article.language)}"'
    at = number = 0
    for index, group in groupby(pieces, key=_row_of(parts)):
        body, gap = parts[index]
        last = index == len(parts) - 1
        inside = tuple(group)
        if not len(body) and not last:  # blank lines before the first words
            yield f'<div class="tx gap">{escape(gap.of(text))}</div>'
            continue
        number += 1
        first = at
        while at < len(cards) and (cards[at][0] < gap.end or last):
            at += 1
        words = "".join(_piece(p, text, prefix, tongue, colours, numbered) for p in inside if p.span.start < body.end)
        behind = [p for p in inside if p.span.start >= body.end]
        words += "".join(_anchors(p, prefix, tongue, colours) for p in behind)
        if len(body) and any(removed.spans[i].covers(body) for i in removed.touching([body])):
            words = _folded(words, body.of(text), tongue)
        if rest := "".join(escape(p.span.of(text)) for p in behind):
            words += f'<span class="gap">{rest}</span>'
        more = max((p.more for p in inside), default=0)
        label = f"{word(tongue, 'page.paragraph')} {number}"
        yield (
            f'<section class="row" id="{prefix}p{number}" aria-label="{label}">'
            f'<div class="pn" aria-hidden="true"><a href="#{prefix}p{number}" tabindex="-1">{number}</a>{_more(more, tongue)}</div>'
            f'<div class="tx {role_of(body.start)}"{language} dir="auto">{words}</div>'
            f"{_margin(cards[first:at], body, text, tongue)}</section>\n"
        )


def _until(parts: Sequence[tuple[Span, Span]], limit: int) -> list[tuple[Span, Span]]:
    """The paragraphs up to `limit`, the last one cut off there."""
    out: list[tuple[Span, Span]] = []
    for body, gap in parts:
        if body.start >= limit and out:
            break
        if body.end > limit:
            out.append((Span(body.start, limit), Span(limit, limit)))
            break
        out.append((body, gap))
    return out


def _cards(
    joins: Joins, prefix: str, tongue: Tongue, colours: Mapping[str, int], end: int, by: Cards
) -> list[tuple[int, Card]]:
    """The cards of everything that begins before `end`, with the places they belong to, in the order of the text."""
    reading = joins.reading
    whole = end == len(reading.text)
    cards = [
        (begins(s), by.statement(joins, s, prefix, tongue, colours[s.id], end))
        for s in reading.statements
        if begins(s) < end or whole
    ]
    cards += [
        (d.span.start, by.damage(joins, n, prefix, tongue))
        for n, d in enumerate(reading.damages, 1)
        if d.span.start < end or whole
    ]
    return sorted(cards, key=lambda c: c[0])


def _role_of(joins: Joins) -> Callable[[int], str]:
    """The role of the block that a paragraph begins in; paragraphs are asked for in order."""
    blocks = joins.reading.article.blocks
    at = 0

    def role(start: int) -> str:
        nonlocal at
        while at + 1 < len(blocks) and blocks[at + 1].span.start <= start:
            at += 1
        return blocks[at].role.value if blocks and blocks[at].span.start <= start else "paragraph"

    return role


def _row_of(parts: Sequence[tuple[Span, Span]]) -> Callable[[Piece], int]:
    """The number of the row that a piece stands in; pieces are asked for in order."""
    at = 0

    def row(piece: Piece) -> int:
        nonlocal at
        while at < len(parts) - 1 and piece.span.start >= parts[at][1].end:
            at += 1
        return at

    return row


def _folded(words: str, text: str, tongue: Tongue) -> str:
    """A paragraph that the analysis left out, in its place, closed."""
    preview = escape(shorten(line(text), 60))
    return (
        f'<details class="fold"><summary>{word(tongue, "page.removed")}: {preview}</summary>'
        f'<span class="in">{words}</span></details>'
    )


def _more(more: int, tongue: Tongue) -> str:
    return f'<span class="more" title="{word(tongue, "page.more_lanes")}">+{more}</span>' if more else ""


def _piece(
    piece: Piece, text: str, prefix: str, tongue: Tongue, colours: Mapping[str, int], numbered: bool = False
) -> str:
    """One flat span with its marks; before it the numbers of what begins here."""
    before, words = _anchors(piece, prefix, tongue, colours), _visible(piece.span.of(text))
    if not piece.marks:
        return before + words
    classes, letter = list(piece.marks), ""
    if piece.boxes:
        classes.append("x1")
        letter = f' data-l="{"".join(word(tongue, f"letter.{b}") for b in piece.boxes)}"'
    if piece.closes and "x" in piece.marks:
        classes.append("x2")
    if numbered and piece.inside:
        letter += f' data-s="{" ".join(id_[1:] for id_ in piece.inside)}"'
    tag = "mark" if "y" in piece.marks else "span"
    return f'{before}<{tag} class="t {" ".join(classes)}"{letter}>{words}</{tag}>'


def _anchors(piece: Piece, prefix: str, tongue: Tongue, colours: Mapping[str, int]) -> str:
    """The numbers of the statements and damages that begin with this piece, each a link to its card."""
    out: list[str] = []
    for id_ in piece.starts:
        n = id_[1:]
        if id_[0] == "s":
            label = f"{word(tongue, 'page.to_card')} {n}"
            out.append(
                f'<a class="n k{colours.get(id_, 0)}" id="{prefix}{id_}" href="#{prefix}k{n}" aria-label="{label}">{n}</a>'
            )
        else:
            label = f"{word(tongue, 'page.to_damage')} {n}"
            out.append(f'<a class="dn" id="{prefix}t{id_}" href="#{prefix}{id_}" aria-label="{label}">⚠{n}</a>')
    return "".join(out)


def _visible(text: str) -> str:
    """Escaped text; control characters and direction marks stand as small signs instead of being obeyed."""
    if text.isprintable():
        return escape(text)
    out: list[str] = []
    for char in text:
        sign = shown(char)
        out.append(f'<span class="ctl">{escape(sign)}</span>' if sign else escape(char))
    return "".join(out)


def _margin(cards: Sequence[tuple[int, Card]], body: Span, text: str, tongue: Tongue) -> str:
    """The cards of a paragraph: spread to the height of their words where there is room, closed up where there is not."""
    if not cards:
        return ""
    lines = sum(-(-max(len(row), 1) // _CHARACTERS_A_LINE) for row in body.of(text).split("\n"))
    height = lines * _LINE_PX
    tight = sum(card.height for _, card in cards) > height
    out: list[str] = []
    filled = 0
    for offset, card in cards:
        wanted = (offset - body.start) // _CHARACTERS_A_LINE * _LINE_PX
        if wanted > filled:
            out.append(_air(wanted - filled))
            filled = wanted
        out.append(card.html)
        filled += (card.closed if tight else card.height) + 8
    if height > filled:
        out.append(_air(height - filled))
    return f'<ol class="ks{" tight" if tight else ""}" aria-label="{word(tongue, "page.cards")}">{"".join(out)}</ol>'


def _air(height: int) -> str:
    """Room above a card, in proportion; a class, because a page may forbid styles inside its elements."""
    return f'<li class="air up{min(max(round(height / _LINE_PX), 1), MOST_AIR)}" aria-hidden="true"></li>'
