"""Which lines and phrases belong to the page and not to the article?

Calls to read on, paywalls and cookie banners, photo credits, agency marks, category names, torn-off ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reportedly.languages.language import Language
from reportedly.languages.lexicon import lexicon_of
from reportedly.languages.tables import Row
from reportedly.model.article import Article
from reportedly.model.damage import Action, Damage, Severity
from reportedly.model.span import Span
from reportedly.reading.health.ground import Ground, lines_of

_SLUG = re.compile(r"[a-zäöüß0-9]{2,30}(?:[-_][a-zäöüß0-9]{2,30}){1,8}")
_LINE = 400
_TICKER = re.compile(r"(?:\+{3}|={3}|\*{3}|>{2,3})\s*|\s*(?:\+{3}|={3}|\*{3}|<{2,3})$")
_ELLIPSIS = re.compile(r"(?:\[\s?(?:…|\.{3})\s?\]|\(\s?(?:…|\.{3})\s?\))\s*$")
_END = re.compile(r"[.!?](?=\s+[„“\"»«A-ZÄÖÜ]|\s*$)")
_BRACKETS = re.compile(r"[(\[][^()\[\]\n]{2,160}[)\]]")


@dataclass(frozen=True, slots=True)
class _Phrase:
    row: Row
    pattern: re.Pattern[str]
    where: str
    kind: str


_SAID = {
    "teaser": ("calls to read another text.", "a teaser of the page was copied into the article"),
    "access_line": ("speaks about access, cookies or subscriptions, not about the news.", "a banner of the page was copied into the article"),
    "credit": ("names the source of a picture.", "the caption or credit of a picture was copied into the article"),
    "agency_mark": ("is the mark of a news agency.", "the mark of the agency's copy was kept"),
    "page_furniture": ("belongs to the page around the article.", "navigation or sharing elements of the page were copied into the article"),
    "truncated_end": ("breaks the article off here.", "only the beginning of the article was published or copied"),
}  # fmt: skip
_SEVERITY = {"teaser": Severity.MEDIUM, "truncated_end": Severity.MEDIUM}


@lru_cache(maxsize=16)
def _phrases(language: Language) -> tuple[_Phrase, ...]:
    """The table's phrases as patterns; a blank stands for any white space within a line."""
    out = []
    for row in language.rows("leftovers"):
        words = re.escape(row["phrase"]).replace(r"\ ", r"[ \t\xa0]{1,3}")
        flags = re.IGNORECASE if row["case"] != "exact" else 0
        edge = r"(?!\w)" if row["phrase"][-1].isalnum() else ""
        out.append(_Phrase(row, re.compile(words + edge, flags), row["where"], row["kind"]))
    return tuple(out)


@lru_cache(maxsize=16)
def _by_beginning(language: Language) -> dict[str, tuple[_Phrase, ...]]:
    """The phrases by their first letter, so that a line meets few of them."""
    out: dict[str, tuple[_Phrase, ...]] = {}
    for phrase in _phrases(language):
        key = phrase.row["phrase"][0].lower()
        out[key] = (*out.get(key, ()), phrase)
    return out


def find(article: Article, language: Language) -> Iterator[Damage]:
    text = article.text
    ground = Ground(article)
    phrases = _phrases(language)
    lines = [line for line in lines_of(text) if ground.is_read(line.start)]
    for number, line in enumerate(lines):
        whole = _whole_line(text, line, language)
        if whole is not None:
            yield whole
            continue
        if number >= len(lines) - 2 and number > 0 and _SLUG.fullmatch(line.of(text)):
            yield _slug(text, line)
            continue
        yield from _inside(text, line, phrases)
        yield from _brackets(text, line, phrases)
        if number == len(lines) - 1:
            yield from _torn_end(text, line, ground, language)


def _damage(phrase: _Phrase, text: str, span: Span, sure: float = 0.95) -> Damage:
    what, cause = _SAID[phrase.kind]
    return Damage(
        phrase.kind,
        span,
        _SEVERITY.get(phrase.kind, Severity.LOW),
        Action.FLAG if phrase.row["action"] == "flag" else Action.REMOVE,
        f'"{_short(span.of(text))}" {what}',
        cause,
        "" if phrase.row["action"] != "flag" else None,
        phrase.row.address,
        sure,
    )


def _short(words: str) -> str:
    words = " ".join(words[:120].split())
    return words if len(words) <= 60 else words[:60].rsplit(" ", 1)[0] + " …"


def _whole_line(text: str, line: Span, language: Language) -> Damage | None:
    """The line is nothing but a leftover: it is the phrase, or begins with it where the table says `start`."""
    start, end = line.start, line.end
    while (ornament := _TICKER.match(text, start, end)) and ornament.end() > start:
        start = ornament.end()
    while start < end and text[start] in '•·►▶→➡|-–—*([“„" ':
        start += 1
    for phrase in _by_beginning(language).get(text[start : start + 1].lower(), ()):
        found = phrase.pattern.match(text, start, end)
        if found is None:
            continue
        rest = text[found.end() : end].strip(' :.!?…>»)]+*|-–—"“')
        if phrase.where == "line" and not rest:
            return _damage(phrase, text, line)
        if phrase.where == "start" and len(line) <= _LINE and not (phrase.kind == "credit" and _tells(rest, language)):
            return _damage(phrase, text, line)
        if phrase.where == "call" and len(line) <= _LINE and (text[found.end() : found.end() + 1] in ":…" or not rest):
            return _damage(phrase, text, line)
    return None


def _tells(words: str, language: Language) -> bool:
    """Is this a sentence? `Fotos: Der Hafen öffnet wieder` is a headline, not a credit."""
    lexicon = lexicon_of(language)
    return any(
        set(tags) & set("f12")
        for w in words.split()[:12]
        if w[0].islower()
        for _, tags in lexicon.verb(w.strip(",.;:"))
    )


def _inside(text: str, line: Span, phrases: tuple[_Phrase, ...]) -> Iterator[Damage]:
    """A leftover within running text: a call with a colon up to the end of its sentence, a dateline, a last word."""
    colon = text.find(":", line.start, line.end)
    while colon >= 0:
        head = text[max(line.start, colon - 40) : colon].lower()
        for phrase in phrases:
            if phrase.where == "call" and head.endswith(phrase.row["phrase"].lower()):
                start = colon - len(phrase.row["phrase"])
                before = text[max(line.start, start - 10) : start].rstrip()[-1:]
                if text[start:colon].isupper() or before in tuple('.!?“”"»«…'):
                    yield _damage(phrase, text, Span(start, _sentence_end(text, colon, line.end)))
                    break
        colon = text.find(":", colon + 1, line.end)
    bracket = text.find("(", line.start, min(line.start + 60, line.end)) >= 0
    tail = text[max(line.start, line.end - 60) : line.end].lower()
    for phrase in phrases:
        if phrase.where == "dateline" and bracket:
            found = phrase.pattern.search(text, line.start, min(line.start + 60, line.end))
            if found is not None:
                end = found.end()
                while end < line.end and text[end] in " \t\xa0-–—:.":
                    end += 1
                if end > found.end() + 1 and _places(text[line.start : found.start()]):
                    yield _damage(phrase, text, Span(line.start, end))
        elif phrase.where == "end" and phrase.row["phrase"].lower() in tail:
            for found in phrase.pattern.finditer(text, max(line.start, line.end - 60), line.end):
                if not text[found.end() : line.end].strip(" .>»…)]"):
                    yield _damage(phrase, text, Span(found.start(), line.end))


def _places(words: str) -> bool:
    """Is this what stands before an agency mark in a dateline: `Berlin/Köln `, nothing, but no sentence?"""
    return (
        all(w[:1].isupper() or w in {"am", "an", "der", "und"} for w in words.replace("/", " ").split())
        and len(words) < 40
    )


def _sentence_end(text: str, start: int, end: int) -> int:
    stop = _END.search(text, start, end)
    return stop.end() if stop else end


def _brackets(text: str, line: Span, phrases: tuple[_Phrase, ...]) -> Iterator[Damage]:
    """`(Foto: Agentur)`, `(afp)`, `(Lesen Sie auch: …)`: a bracket that holds a leftover and nothing else."""
    for found in _BRACKETS.finditer(text, line.start, line.end):
        before = text[max(line.start, found.start() - 3) : found.start()].rstrip()[-1:]
        for phrase in phrases:
            hit = phrase.pattern.match(text, found.start() + 1, found.end() - 1)
            if hit is None:
                continue
            rest = text[hit.end() : found.end() - 1].strip(" .:/")
            start = phrase.where in {"start", "call"}
            if phrase.kind == "agency_mark" and before not in tuple('.!?“”"»«'):
                continue  # `der Evangelische Pressedienst (epd)` explains a name
            if phrase.where == "bracket" and (
                not rest or (rest.replace("/", "").replace(" ", "").isalpha() and len(rest) < 20 and "/" in found[0])
            ):
                yield _damage(phrase, text, Span(found.start(), found.end()))
                break
            if start and text[hit.end() : hit.end() + 1] == ":":
                yield _damage(phrase, text, Span(found.start(), found.end()))
                break


def _slug(text: str, line: Span) -> Damage:
    return Damage(
        "category_slug",
        line,
        Severity.LOW,
        Action.REMOVE,
        f'"{line.of(text)}" is the short name of a category or an address, not a sentence.',
        "a keyword of the page was copied along with the article",
        "",
        "health/category_slug",
    )


def _torn_end(text: str, line: Span, ground: Ground, language: Language) -> Iterator[Damage]:
    """The article stops in the middle: `… teilte das Ministerium [...]`"""
    found = _ELLIPSIS.search(text, max(line.start, line.end - 12), line.end)
    if found is not None and found.start() > line.start:
        yield Damage(
            "truncated_end",
            Span(found.start(), line.end),
            Severity.MEDIUM,
            Action.REMOVE,
            f'"{found[0].strip()}" breaks the article off here.',
            "only the beginning of the article was published or copied",
            "",
            "health/truncated_end",
            0.95,
        )
        return
    last = text.rfind(" ", line.start, line.end) + 1
    if (
        len(line) > 60
        and last > line.start
        and text[last : line.end] in _never_last(language)
        and not ground.is_head(last)
    ):
        yield Damage(
            "truncated_end",
            Span(last, line.end),
            Severity.MEDIUM,
            Action.FLAG,
            f'The text stops in the middle of a sentence: "… {text[line.end - 30 : line.end].split(" ", 1)[-1]}".',
            "the text was cut off when it was copied",
            None,
            "health/truncated_end",
            0.9,
        )


@lru_cache(maxsize=8)
def _never_last(language: Language) -> frozenset[str]:
    """Articles and joining words: no sentence ends with them."""
    return frozenset(w for row in language.rows("clauses") if row["kind"] == "never last" for w in row.list("words"))
