"""Where were blanks, hyphens and line breaks put or lost?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reportedly.languages.language import Language
from reportedly.languages.lexicon import lexicon_of
from reportedly.model.article import Article
from reportedly.model.damage import Action, Damage, Severity
from reportedly.model.span import Span
from reportedly.reading.health.ground import Ground, lines_of

_BLANK_BEFORE = re.compile(r"(?<=[^\W_])(?P<gap>[ \t\xa0]{1,3})[.,;!?](?=[ \t\xa0\r\n]|$)(?![ \t\xa0]?[.!?,])")
_GLUED = re.compile(r"(?P<word>[a-zäöüß]{3})(?P<stop>[.!?])(?P<mark>[“”»«\"]?)(?=[A-ZÄÖÜ][a-zäöüß]{1,40}(?:[\s,]|$))")
_BROKEN = re.compile(r"(?P<left>[^\W\d_]{2,30})(?P<cut>-(?:[ \t]{0,3}\r?\n[ \t]{0,3}| ))(?P<right>[a-zäöüß]{2,30})\b")
_ENDS = re.compile(r"[.!?][“”\"»«]?\s+(?=[„“\"»«A-ZÄÖÜ0-9])")
_LONG, _MANY = 1500, 10


def find(article: Article, language: Language) -> Iterator[Damage]:
    ground = Ground(article)
    for finder in (_stray_blanks, _lost_blanks, _hyphens):
        yield from (d for d in finder(article.text, language) if ground.is_read(d.span.start))
    yield from _lost_paragraphs(article, ground)


def _stray_blanks(text: str, language: Language) -> Iterator[Damage]:
    """A blank before a full stop or comma: `in Brüssel .`"""
    lone = "" if language.reads else "!?;"  # French keeps a blank there
    for found in _BLANK_BEFORE.finditer(text):
        mark = text[found.end("gap")]
        if mark in lone:
            continue
        word = text[max(0, found.start() - 25) : found.start()].split()[-1:]
        yield Damage(
            "stray_space",
            Span(found.start("gap"), found.end("gap")),
            Severity.LOW,
            Action.MASK,
            f'There is a blank before "{mark}" after "{"".join(word)}".',
            "a link or a tag ended here in the source",
            "",
            "health/stray_space",
        )


def _lost_blanks(text: str, language: Language) -> Iterator[Damage]:
    """Two sentences without a blank between them: `… sagte er.Die Polizei …`"""
    if not language.reads:
        return  # only where nouns are known can a glued name such as "Node.Js" be told from two sentences
    lexicon, small = lexicon_of(language), _small_words(language)
    for found in _GLUED.finditer(text):
        first = text.rfind(" ", max(0, found.start() - 40), found.start()) + 1
        before = text[first : found.end("word")]
        if "@" in before or "/" in before or "www" in before:
            continue
        following = re.compile(r"[^\W\d_]{1,40}").match(text, found.end())
        words = (before.lstrip('„“"»«('), following[0] if following else "")
        known = [w.lower() in small or bool(lexicon.verb(w.lower())) or lexicon.noun(w) is not None for w in words]
        name = words[0][:1].isupper() and words[0].isalpha() and len(words[0]) > 2 and words[1].lower() in small
        if not all(known) and not name:
            continue  # `Beirut.Die` is as sure as `war.Die`, `Example.Com` is not
        stop = found["stop"] + found["mark"]
        yield Damage(
            "lost_space",
            Span(found.start("stop"), found.end()),
            Severity.LOW,
            Action.MASK,
            f'The blank between "{before}{stop}" and "{words[1]}" is missing.',
            "a line or paragraph break was lost",
            stop + " ",
            "health/lost_space",
            0.95,
        )


@lru_cache(maxsize=8)
def _small_words(language: Language) -> frozenset[str]:
    return frozenset(word for row in language.rows("words") for word in row.list("words"))


def _hyphens(text: str, language: Language) -> Iterator[Damage]:
    """A word cut by a line that is no more: `Regie- rung`. Proved by the lexicon: the joined word is known."""
    lexicon = lexicon_of(language)
    bare = language.words("after_hyphen")
    for found in _BROKEN.finditer(text):
        if found["right"] in bare:
            continue
        joined = found["left"] + found["right"]
        if lexicon.noun(joined) is None and not lexicon.verb(joined.lower()):
            continue
        yield Damage(
            "broken_word",
            Span(found.start("cut"), found.end("cut")),
            Severity.LOW,
            Action.MASK,
            f'"{joined}" is cut in two by a hyphen.',
            "the word stood at the end of a line in print",
            "",
            "health/broken_word",
            0.95,
        )


def _lost_paragraphs(article: Article, ground: Ground) -> Iterator[Damage]:
    """A very long line of many sentences; reported once for the whole article."""
    walls = []
    for line in lines_of(article.text):
        if len(line) > _LONG and ground.is_read(line.start):
            ends = sum(1 for _ in _ENDS.finditer(article.text, line.start, line.end))
            walls += [line] if ends > _MANY else []
    if walls:
        also = f" (so do {len(walls) - 1} more lines)" if len(walls) > 1 else ""
        first = walls[0]
        opening = " ".join(first.of(article.text)[:60].split()[:5])
        yield Damage(
            "lost_paragraphs",
            Span(first.end - 1, first.end),
            Severity.LOW,
            Action.FLAG,
            f'The line from "{opening} …" to here runs over {len(first)} characters without a paragraph break{also}.',
            "the paragraph breaks were lost when the text was copied",
            None,
            "health/lost_paragraphs",
            0.8,
        )
