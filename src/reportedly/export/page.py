"""One self-contained page: the text with its statements underlined, cards beside it, damage shown. No script needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import TYPE_CHECKING, TextIO

from reportedly.export import PLAIN, Look, told
from reportedly.export.colours import DARK, LIGHT, SPEAKERS, variables
from reportedly.export.safe import escape, line, link, shorten
from reportedly.export.spread import MOST_AIR, begins, rows
from reportedly.export.words import Tongue, count, number, word
from reportedly.model.joins import Joins

if TYPE_CHECKING:
    from reportedly.model.reading import Reading
    from reportedly.model.statement import Statement

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
    return f'<style>{style_sheet()}</style><div class="rp" lang="{tongue}">{body}</div>'


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
def style_sheet() -> str:
    """The style sheet with the colours of both schemes and one rule per lane, colour and kind of line."""
    day, night = variables(LIGHT), variables(DARK)
    rules = [
        f":root.rp-doc,.rp{{{day}}}",
        "@media (prefers-color-scheme:dark){:root.rp-doc:not([data-theme=light]),"
        ":root:not([data-theme=light]):not(:has(body[data-jp-theme-light=true]))"
        f" .rp{{{night}}}}}",
        f":root[data-theme=dark],:root[data-theme=dark] .rp,body[data-jp-theme-light=false] .rp{{{night}}}",
    ]
    day_on_paper = variables({**LIGHT, "paper": "#ffffff", "card": "#ffffff"}).replace(";", "!important;")
    rules.append(f"@media print{{:root.rp-doc,.rp{{{day_on_paper}}}}}")
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
    rules += [f".rp .ks .up{n}{{flex-grow:{n}}}" for n in range(1, MOST_AIR + 1)]
    return "\n".join(rules) + "\n" + files("reportedly.export").joinpath("page.css").read_text("utf-8")


def _document(readings: Sequence[Reading], tongue: Tongue) -> Iterator[str]:
    single = readings[0] if len(readings) == 1 else None
    title = told.headline(single, tongue) if single else word(tongue, "page.title")
    yield (
        f'<!DOCTYPE html>\n<html class="rp-doc" lang="{tongue}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style_sheet()}</style>\n</head>\n"
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
    ranking = ranking_of(joins)
    colours = {s.id: colour_of(joins, s, ranking) for s in reading.statements}
    yield f'<article id="{prefix.rstrip("-")}" aria-labelledby="{prefix}h">\n'
    yield from _head(joins, prefix, tongue, ranking)
    shown_statements = sum(1 for s in reading.statements if begins(s) < limit or limit == len(reading.text))
    if shown_statements < len(reading.statements):
        cut_off = word(tongue, "page.cut").format(
            n=number(tongue, shown_statements), m=number(tongue, len(reading.statements))
        )
        yield f'<p class="note sans">{cut_off}</p>\n'
    yield f'<h2 class="vh" id="{prefix}text">{word(tongue, "page.text")}</h2>\n<div class="body">\n'
    yield from rows(joins, prefix, tongue, colours, limit)
    yield "</div>\n"
    made = word(tongue, "page.made")
    yield f"<footer>{made} · {escape(reading.signature)} · {escape(reading.article.id)}</footer>\n</article>\n"


def ranking_of(joins: Joins) -> list[tuple[str, int]]:
    """Speakers by the words they are given, most first: (id, words)."""
    words: Counter[str] = Counter()
    for s in joins.reading.statements:
        found = joins.attribution(s)
        if found and found.speaker:
            words[found.speaker] += sum(p.of(joins.reading.text).count(" ") + 1 for p in s.content)
    return sorted(words.items(), key=lambda w: -w[1])


def colour_of(joins: Joins, s: Statement, ranking: list[tuple[str, int]]) -> int:
    """The number of the colour of a statement's speaker; 0, grey, for those who come late in the ranking."""
    found = joins.attribution(s)
    first = [id_ for id_, _ in ranking[:SPEAKERS]]
    return first.index(found.speaker) + 1 if found and found.speaker in first else 0


def _head(joins: Joins, prefix: str, tongue: Tongue, ranking: list[tuple[str, int]]) -> Iterator[str]:
    reading, article = joins.reading, joins.reading.article
    language = "" if article.language == "und" else escape(article.language)
    yield f'<header><a class="vh skip" href="#{prefix}text">{word(tongue, "page.skip")}</a>'
    yield f'<h1 id="{prefix}h" lang="{language}" dir="auto">{escape(told.headline(reading, tongue))}</h1>\n'
    origin = PurePath(article.origin).name if article.origin else None  # a page that is passed on names no folders
    about = [article.outlet, article.published, origin, article.language]
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
        yield from speaker_chooser(joins, prefix, tongue, ranking)
    if reading.statements:
        yield legend(tongue)
    yield "</header>\n"


def speaker_chooser(joins: Joins, prefix: str, tongue: Tongue, ranking: list[tuple[str, int]]) -> Iterator[str]:
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


def legend(tongue: Tongue) -> str:
    """What the lines and marks mean, folded."""
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
