"""Which sentences lost a part: their verb, or half a word?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reportedly.languages.language import Language
from reportedly.languages.lexicon import Lexicon, lexicon_of
from reportedly.languages.quotation import pair_quotes
from reportedly.languages.segment import sentences, tokenise
from reportedly.model.article import Article
from reportedly.model.damage import Action, Damage, Severity
from reportedly.model.span import Span
from reportedly.reading.health.ground import Ground

_LONE = re.compile(r"(?<=[^\W\d_][ ,]) ?(?P<cut>[a-zäöü] )(?P<word>[a-zäöüß]{3,20})\b")
_CUT = "a link or a tag within a sentence cut it into pieces, of which some were lost"


def find(article: Article, language: Language) -> Iterator[Damage]:
    ground = Ground(article)
    yield from (d for d in _lone_letters(article.text, language) if ground.is_read(d.span.start))
    yield from _remnants(article.text, language, ground)


def _lone_letters(text: str, language: Language) -> Iterator[Damage]:
    """What remained of a word: `…, z welches die Stadt bezahlt`."""
    lexicon, allowed = lexicon_of(language), language.words("lone_letters")
    if not allowed:
        return
    small = _small_words(language)
    for found in _LONE.finditer(text):
        letter, word = found["cut"].strip(), found["word"]
        if letter in allowed or not (word in small or lexicon.verb(word)):
            continue
        yield Damage(
            "truncated_word",
            Span(found.start("cut"), found.end("cut")),
            Severity.LOW,
            Action.MASK,
            f'The single letter "{letter}" before "{word}" is what remained of a word, or a slip.',
            _CUT,
            "",
            "health/truncated_word",
            0.9,
        )


@lru_cache(maxsize=8)
def _small_words(language: Language) -> frozenset[str]:
    return frozenset(word for row in language.rows("words") for word in row.list("words"))


def _remnants(text: str, language: Language, ground: Ground) -> Iterator[Damage]:
    """A bare noun with its genitive between two whole sentences: `Ankunft der Helfer.`

    Writers leave out verbs too (`Ein Desaster.`, `Kein Kommentar.`): so only what looks like the object of a lost
    sentence counts, an action noun without article at the head and a genitive behind it.
    """
    rules = language.rows("remnants")
    if not rules:
        return
    lexicon = lexicon_of(language)
    bounds = sentences(text, language)
    quoted = [q.outer for q in pair_quotes(text, language) if q.level == 0]
    at = 0
    for n in range(1, len(bounds) - 1):
        start, end = bounds[n]
        if end - start > 80 or text[end - 1] != "." or not ground.is_read(start) or ground.is_head(start):
            continue
        if "\n" in text[bounds[n - 1][1] : start] or "\n" in text[end : bounds[n + 1][0]]:
            continue
        while at < len(quoted) and quoted[at].end <= start:
            at += 1
        if at < len(quoted) and quoted[at].start < end:
            continue
        rule = _remnant_rule(text, start, end, lexicon, language)
        if rule is not None and _has_verb(text, *bounds[n - 1], lexicon) and _has_verb(text, *bounds[n + 1], lexicon):
            yield Damage(
                "verbless_remnant",
                Span(start, end),
                Severity.MEDIUM,
                Action.FLAG,
                f'"{text[start:end]}" has no verb: it is what remained of a sentence whose beginning is lost.',
                _CUT,
                None,
                rule,
                0.75,
            )


@lru_cache(maxsize=8)
def _remnant_rows(language: Language, kind: str) -> tuple[tuple[frozenset[str], str], ...]:
    return tuple((frozenset(r.list("words")), r.address) for r in language.rows("remnants") if r["kind"] == kind)


def _remnant_rule(text: str, start: int, end: int, lexicon: Lexicon, language: Language) -> str | None:
    """Address of the row that knows the noun's ending, None where this is no remnant."""
    words = [text[start + a : start + b] for a, b in tokenise(text[start : end - 1])]
    if not 2 <= len(words) <= 8 or not all(w[0].isalpha() for w in words):
        return None
    known = lexicon.noun(words[0])
    if known is None or lexicon.verb(words[0].lower()):
        return None
    address = next((a for ends, a in _remnant_rows(language, "noun") if words[0].lower().endswith(tuple(ends))), None)
    if address is None:
        return None
    links = frozenset().union(*(w for w, _ in _remnant_rows(language, "genitive")))
    adjective_ends = tuple(frozenset().union(*(w for w, _ in _remnant_rows(language, "adjective"))))
    second = words[1]
    by_adjective = len(words) > 2 and second[0].islower() and second.endswith(adjective_ends) and words[2][0].isupper()
    if second not in links and not by_adjective:
        return None
    if any(w[0].islower() and lexicon.verb(w) and not w.endswith(adjective_ends) for w in words[1:]):
        return None
    return address


def _has_verb(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    words = [text[start + a : start + b].lower() for a, b in tokenise(text[start:end])]
    return any(set(tags) & set("f12") for w in words for _, tags in lexicon.verb(w))
