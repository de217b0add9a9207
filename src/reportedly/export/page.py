"""One self-contained page: the text with its statements underlined, cards beside it, damage shown. No script needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from reportedly.export import PLAIN, Look, told
from reportedly.export.cards import Card, damage_card, statement_card
from reportedly.export.colours import DARK, LIGHT, SPEAKERS, variables
from reportedly.export.pieces import Piece, cut, paragraphs
from reportedly.export.safe import escape, line, link, shorten, shown
from reportedly.export.words import Tongue, count, number, word
from reportedly.model.joins import Joins
from reportedly.model.span import Span

if TYPE_CHECKING:
    from reportedly.model.reading import Reading
    from reportedly.model.statement import Statement

_CHARACTERS_A_LINE = 66
_LINE_PX = 32
_NOTEBOOK_STATEMENTS = 40
_NOTEBOOK_CHARACTERS = 24_000


def write(readings: Iterable[Reading], out: TextIO, look: Look = PLAIN) -> None:
    """All articles on one page, with a list of them at the top where there are several."""
    for part in _document(tuple(readings), look.tongue):
        out.write(part)


def page(readings: Iterable[Reading], tongue: Tongue = "en") -> str:
    """The page as one string."""
    return "".join(_document(tuple(readings), tongue))


def fragment(reading: Reading, tongue: Tongue | None = None) -> str:
    """One article for a notebook: styles included and scoped, long articles cut after the first statements.

    The interface speaks the language of the article where it can.
    """
    tongue = tongue or ("de" if reading.article.language == "de" else "en")
    limit = _limit(reading)
    body = "".join(_article(reading, f"r{reading.article.id[:8]}-", tongue, limit))
    return f'<style>{_style()}</style><div class="rp" lang="{tongue}">{body}</div>'


def _limit(reading: Reading) -> int:
    """Where a notebook stops: the end of the paragraph in which the fortieth statement stands."""
    text, statements = reading.text, reading.statements
    if len(statements) <= _NOTEBOOK_STATEMENTS and len(text) <= _NOTEBOOK_CHARACTERS:
        return len(text)
    at = _NOTEBOOK_CHARACTERS
    if len(statements) > _NOTEBOOK_STATEMENTS and (content := statements[_NOTEBOOK_STATEMENTS - 1].content):
        at = min(at, content[0].end)
    end = text.find("\n", at)
    return min(len(text) if end < 0 else end, at + 2_000)


@cache
def _style() -> str:
    """The style sheet with the colours of both schemes and one rule per lane, colour and kind of line."""
    day, night = variables(LIGHT), variables(DARK)
    rules = [
        f":root.rp-doc,.rp{{{day}}}",
        "@media (prefers-color-scheme:dark){:root.rp-doc:not([data-theme=light]),"
        ":root:not([data-theme=light]):not(:has(body[data-jp-theme-light=true]))"
        f" .rp{{{night}}}}}",
        f":root[data-theme=dark],:root[data-theme=dark] .rp,body[data-jp-theme-light=false] .rp{{{night}}}",
    ]
    dashes = {"i": (6, 9), "f": (14, 19), "r": (2, 5)}
    for lane in "abc":
        rules += [f".rp .{lane}{n}{{--k{lane}:var(--c{n})}}" for n in range(SPEAKERS + 1)]
        colour = f"var(--k{lane})"
        rules.append(f".rp .{lane}d{{--l{lane}:linear-gradient({colour},{colour})}}")
        for style, (ink, step) in dashes.items():
            rules.append(
                f".rp .{lane}{style}{{--l{lane}:linear-gradient(90deg,{colour} {ink}px,transparent {ink}px);"
                f"--s{lane}:{step}px 2px}}"
            )
    rules += [f".rp .k{n}{{--k:var(--c{n})}}" for n in range(SPEAKERS + 1)]
    for n in range(1, SPEAKERS + 1):
        others = "".join(f"--c{m}:var(--hair);" for m in range(SPEAKERS + 1) if m != n)
        rules.append(f".rp:has(.f{n}:checked) .body{{{others}}}")
        rules.append(f".rp:has(.f{n}:checked) .k:not(.k{n}){{opacity:.35}}")
    return "\n".join(rules) + "\n" + files("reportedly.export").joinpath("page.css").read_text("utf-8")


def _document(readings: Sequence[Reading], tongue: Tongue) -> Iterator[str]:
    single = readings[0] if len(readings) == 1 else None
    title = told.headline(single, tongue) if single else word(tongue, "page.title")
    yield (
        f'<!DOCTYPE html>\n<html class="rp-doc" lang="{tongue}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_style()}</style>\n</head>\n"
        '<body><div class="rp rp-page">\n'
    )
    if len(readings) > 1:
        yield f'<nav class="toc" aria-label="{word(tongue, "page.articles")}"><ol>\n'
        for n, reading in enumerate(readings, 1):
            statements = count(tongue, "statement", len(reading.statements))
            yield f'<li><a href="#a{n}">{escape(told.headline(reading, tongue))}</a> · {statements}</li>\n'
        yield "</ol></nav>\n"
    for n, reading in enumerate(readings, 1):
        yield from _article(reading, f"a{n}-", tongue, len(reading.text))
    yield "</div></body>\n</html>\n"


def _article(reading: Reading, prefix: str, tongue: Tongue, limit: int) -> Iterator[str]:
    """One article: head, rows of paragraph and cards, foot. All ids start with `prefix`."""
    joins = Joins(reading)
    ranking = _ranking(joins)
    colours = {s.id: _colour(joins, s, ranking) for s in reading.statements}
    yield f'<article id="{prefix.rstrip("-")}" aria-labelledby="{prefix}h">\n'
    yield from _head(joins, prefix, tongue, ranking)
    shown_statements = sum(1 for s in reading.statements if _start(s) <= limit)
    if shown_statements < len(reading.statements):
        cut_off = word(tongue, "page.cut").format(
            n=number(tongue, shown_statements), m=number(tongue, len(reading.statements))
        )
        yield f'<p class="note sans">{cut_off}</p>\n'
    yield f'<h2 class="vh" id="{prefix}text">{word(tongue, "page.text")}</h2>\n<div class="body">\n'
    yield from _rows(joins, prefix, tongue, colours, limit)
    yield "</div>\n"
    made = word(tongue, "page.made")
    yield f"<footer>{made} · {escape(reading.signature)} · {escape(reading.article.id)}</footer>\n</article>\n"


def _ranking(joins: Joins) -> list[tuple[str, int]]:
    """Speakers by the words they are given, most first: (id, words)."""
    words: Counter[str] = Counter()
    for s in joins.reading.statements:
        found = joins.attribution(s)
        if found and found.speaker:
            words[found.speaker] += sum(p.of(joins.reading.text).count(" ") + 1 for p in s.content)
    return sorted(words.items(), key=lambda w: -w[1])


def _colour(joins: Joins, s: Statement, ranking: list[tuple[str, int]]) -> int:
    found = joins.attribution(s)
    first = [id_ for id_, _ in ranking[:SPEAKERS]]
    return first.index(found.speaker) + 1 if found and found.speaker in first else 0


def _head(joins: Joins, prefix: str, tongue: Tongue, ranking: list[tuple[str, int]]) -> Iterator[str]:
    reading, article = joins.reading, joins.reading.article
    language = "" if article.language == "und" else escape(article.language)
    yield f'<header><a class="vh skip" href="#{prefix}text">{word(tongue, "page.skip")}</a>'
    yield f'<h1 id="{prefix}h" lang="{language}" dir="auto">{escape(told.headline(reading, tongue))}</h1>\n'
    about = [article.outlet, article.published, article.origin, article.language]
    parts = [f"<bdi>{escape(line(a))}</bdi>" for a in about if a]
    if (url := link(article.url)) is not None:
        parts.append(f'<a href="{escape(url)}" rel="noopener noreferrer">{word(tongue, "page.original")}</a>')
    yield f'<p class="about">{" · ".join(parts)}</p>\n'
    hurt = count(tongue, "damage", len(reading.damages))
    yield (
        f'<p class="sum"><b>{count(tongue, "statement", len(reading.statements))}</b> · '
        f"{count(tongue, 'speaker', len(ranking))} · "
        f"<span{' class=hurt' if reading.damages else ''}>{hurt}</span></p>\n"
    )
    if not reading.statements:
        yield f'<p class="note">{word(tongue, "none_found")}</p>\n'
    for note in reading.notes:
        yield f'<p class="note">{escape(line(note))}</p>\n'
    if len(ranking) > 1:
        yield from _chooser(joins, prefix, tongue, ranking)
    if reading.statements:
        yield _key(tongue)
    yield "</header>\n"


def _chooser(joins: Joins, prefix: str, tongue: Tongue, ranking: list[tuple[str, int]]) -> Iterator[str]:
    """The speakers as a choice: whoever is chosen keeps their colour, the others fade."""
    by_id = {s.id: s for s in joins.reading.cast.speakers}
    yield f'<fieldset class="who"><legend class="vh">{word(tongue, "page.speakers")}</legend>'
    yield f'<input type="radio" name="{prefix}f" id="{prefix}f0" checked><label class="all" for="{prefix}f0">{word(tongue, "page.all")}</label>\n'
    for n, (id_, words) in enumerate(ranking[:SPEAKERS], 1):
        who = by_id.get(id_)
        name = escape(shorten(line(who.name if who else id_), 48))
        yield (
            f'<input type="radio" name="{prefix}f" id="{prefix}f{n}" class="f{n}">'
            f'<label class="k{n}" for="{prefix}f{n}"><bdi>{name}</bdi> <i>{number(tongue, words)} {word(tongue, "page.words")}</i></label>\n'
        )
    if len(ranking) > SPEAKERS:
        rest = ", ".join(line(who.name) for id_, _ in ranking[SPEAKERS:] if (who := by_id.get(id_)))
        yield f'<span class="k0">+ {escape(shorten(rest, 200))}</span>'
    yield "</fieldset>\n"


def _key(tongue: Tongue) -> str:
    lines = (("ad", "direct"), ("ai", "indirect"), ("ar", "reported"), ("af", "free_indirect"))
    items = [f'<li><span class="t a0 {c}">{word(tongue, f"form.long.{f}")}</span></li>' for c, f in lines]
    items.append(
        f'<li><span class="t a0 ai">{word(tongue, "form.long.mixed")}: </span>'
        f'<span class="t a0 ad">{word(tongue, "page.quoted")}</span></li>'
    )
    items.append(f'<li><span class="q">{word(tongue, "cue")}</span></li>')
    for role in ("speaker", "addressee", "authority"):
        name = {"speaker": "col.speaker", "addressee": "to", "authority": "authority"}[role]
        letter = word(tongue, f"letter.{role}")
        items.append(f'<li><span class="t x x1 x2" data-l="{letter}">{word(tongue, name).lower()}</span></li>')
    items.append(f'<li><span class="g">{word(tongue, "page.damage")}</span></li>')
    return f'<details class="key"><summary>{word(tongue, "page.legend")}</summary><ul>{"".join(items)}</ul></details>\n'


def _start(s: Statement) -> int:
    """Where its card belongs: at the first word of the content, else of the frame or cue."""
    return next((p[0].start for p in (s.content, s.frame, s.cue) if p), 0)


def _rows(joins: Joins, prefix: str, tongue: Tongue, colours: Mapping[str, int], limit: int) -> Iterator[str]:
    reading = joins.reading
    text, article = reading.text, reading.article
    rows = [r for r in paragraphs(text, [b.span for b in article.blocks]) if r[0].start < limit or r[0].start == 0]
    roles = {b.span.start: b.role.value for b in article.blocks}
    role_at = sorted(roles)
    starts: dict[str, int] = {s.id: _start(s) for s in reading.statements}
    cards: list[tuple[int, Card]] = [
        (starts[s.id], statement_card(joins, s, prefix, tongue, colours[s.id]))
        for s in reading.statements
        if starts[s.id] <= limit
    ]
    cards += [
        (d.span.start, damage_card(joins, n, prefix, tongue))
        for n, d in enumerate(reading.damages, 1)
        if d.span.start <= limit
    ]
    cards.sort(key=lambda c: c[0])
    pieces = cut(joins, colours, [edge for body, gap in rows for edge in (body.end, gap.end)])
    by_row = groupby(pieces, key=_row_of(rows))
    removed = [*reading.analysis.removed, *(d.span for d in reading.damages if d.action.value == "remove")]
    language = "" if article.language == "und" else f' lang="{escape(article.language)}"'
    at = role_index = 0
    for number_, group in by_row:
        body, gap = rows[number_]
        last = number_ == len(rows) - 1
        inside = list(group)
        if not len(body) and not last:  # blank lines before the first words
            yield f'<div class="tx gap">{escape(gap.of(text))}</div>'
            continue
        here: list[tuple[int, Card]] = []
        while at < len(cards) and (cards[at][0] < gap.end or last):
            here.append(cards[at])
            at += 1
        while role_index + 1 < len(role_at) and role_at[role_index + 1] <= body.start:
            role_index += 1
        role = roles[role_at[role_index]] if role_at and role_at[role_index] <= body.start else "paragraph"
        words = "".join(_piece(p, text, prefix, tongue, colours) for p in inside if p.span.start < body.end)
        words += "".join(_anchors(p, prefix, tongue, colours) for p in inside if p.span.start >= body.end)
        rest = "".join(escape(p.span.of(text)) for p in inside if p.span.start >= body.end)
        if rest:
            rest = f'<span class="gap">{rest}</span>'
        more = max((p.more for p in inside), default=0)
        if len(body) and any(r.covers(body) for r in removed if r.overlaps(body)):
            preview = escape(shorten(line(body.of(text)), 60))
            words = (
                f'<details class="fold"><summary>{word(tongue, "page.removed")}: {preview}</summary>'
                f'<span class="in">{words}</span></details>'
            )
        yield (
            f'<section class="row" id="{prefix}p{number_ + 1}" aria-label="{word(tongue, "page.paragraph")} {number_ + 1}">'
            f'<div class="pn" aria-hidden="true"><a href="#{prefix}p{number_ + 1}" tabindex="-1">{number_ + 1}</a>{_more(more, tongue)}</div>'
            f'<div class="tx {role}"{language} dir="auto">{words}{rest}</div>'
            f"{_margin(here, body, text, tongue)}</section>\n"
        )


def _row_of(rows: Sequence[tuple[Span, Span]]) -> Callable[[Piece], int]:
    """The number of the row that a piece stands in; pieces are asked for in order."""
    at = 0

    def row(piece: Piece) -> int:
        nonlocal at
        while at < len(rows) - 1 and piece.span.start >= rows[at][1].end:
            at += 1
        return at

    return row


def _more(more: int, tongue: Tongue) -> str:
    return f'<span class="more" title="{word(tongue, "page.more_lanes")}">+{more}</span>' if more else ""


def _piece(piece: Piece, text: str, prefix: str, tongue: Tongue, colours: Mapping[str, int]) -> str:
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
    return f'{before}<span class="t {" ".join(classes)}"{letter}>{words}</span>'


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
    tight = sum(card.height for _, card in cards) > height + _LINE_PX
    out: list[str] = []
    filled = 0
    for offset, card in cards:
        wanted = (offset - body.start) // _CHARACTERS_A_LINE * _LINE_PX
        if wanted > filled:
            out.append(f'<li class="air" aria-hidden="true" style="flex-grow:{wanted - filled}"></li>')
            filled = wanted
        out.append(card.html)
        filled += (card.closed if tight else card.height) + 8
    if height > filled:
        out.append(f'<li class="air" aria-hidden="true" style="flex-grow:{height - filled}"></li>')
    return f'<ol class="ks{" tight" if tight else ""}" aria-label="{word(tongue, "page.cards")}">{"".join(out)}</ol>'
