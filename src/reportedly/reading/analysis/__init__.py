"""Sentences, words and quotations of an article, read in the repaired view and told in places of the original."""

from __future__ import annotations

from bisect import bisect_right

from reportedly.languages import Language
from reportedly.languages.quotation import pair_quotes
from reportedly.languages.segment import sentences, tokenise
from reportedly.model.analysis import Analysis, QuotePair, Sentence, Token
from reportedly.model.article import Article, Role
from reportedly.model.damage import Damage
from reportedly.model.repair import removed_places, repaired_view
from reportedly.model.span import OffsetMap
from reportedly.reading.analysis.tagger import tag

_READABLE = frozenset({Role.HEADLINE, Role.LEAD, Role.HEADING, Role.PARAGRAPH})


def analyse(article: Article, damages: tuple[Damage, ...], language: Language) -> Analysis:
    """The article as the later stages see it. All work happens in the view; every place is carried home at once."""
    view, home = repaired_view(article.text, damages)
    spans = tokenise(view)
    stops = sentences(view, language)
    words = [view[a:b] for a, b in spans]
    starts = [a for a, _ in spans]
    firsts: list[int] = []
    i = 0
    for begin, _ in stops:
        while i < len(starts) and starts[i] < begin:
            i += 1
        firsts.append(i)
    tags = tag(words, frozenset(firsts), language)
    kept: list[Sentence] = []
    owner = [0] * len(spans)
    paragraph = 0
    previous_end = 0
    blocks = [(b.span.start, b.role) for b in article.blocks]
    for n, (begin, end) in enumerate(stops):
        if "\n" in view[previous_end:begin]:
            paragraph += 1
        previous_end = end
        last = firsts[n + 1] if n + 1 < len(stops) else len(spans)
        for t in range(firsts[n], last):
            owner[t] = n
        place = home.home(begin, end)
        at = bisect_right(blocks, place.start, key=lambda b: b[0]) - 1
        readable = not blocks or at < 0 or blocks[at][1] in _READABLE
        kept.append(Sentence(n, firsts[n], last, paragraph, readable))
    tokens = []
    for t, (a, b) in enumerate(spans):
        place = home.home(a, b)
        tag_set, lemma = tags[t]
        tokens.append(Token(t, place.start, place.end, words[t], words[t].lower(), lemma, tag_set, owner[t]))
    quotes = tuple(_home(pair, home) for pair in pair_quotes(view, language))
    return Analysis(article.text, tuple(tokens), tuple(kept), quotes, removed_places(damages))


def _home(pair: QuotePair, home: OffsetMap) -> QuotePair:
    return QuotePair(
        home.home(pair.outer.start, pair.outer.end),
        home.home(pair.inner.start, pair.inner.end),
        pair.level,
        pair.opened,
        pair.closed,
        pair.continued,
    )
