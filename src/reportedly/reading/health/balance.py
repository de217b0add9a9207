"""Which quotation marks have lost their partner, and which words were left between two closing marks?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportedly.languages.language import Language
from reportedly.languages.lexicon import lexicon_of
from reportedly.languages.quotation import pair_quotes
from reportedly.languages.segment import tokenise
from reportedly.model.analysis import QuotePair
from reportedly.model.article import Article
from reportedly.model.damage import Action, Damage, Severity
from reportedly.model.span import Span
from reportedly.reading.health.ground import Ground

_SHORT = 40
_ODD = 0.5


def find(article: Article, language: Language) -> Iterator[Damage]:
    """Torn quotations, and displaced words: `… herangekommen ist.“ Ukraine.“`"""
    text = article.text
    ground = Ground(article)
    closed_before: QuotePair | None = None
    for quote in pair_quotes(text, language):
        if not ground.is_read(quote.outer.start):
            continue
        if quote.opened and quote.closed:
            yield from _mismatched(text, quote, language)
            if quote.level == 0:
                closed_before = quote
        elif not quote.opened and closed_before is not None and _displaced(text, closed_before, quote, language):
            yield _displaced_damage(text, Span(closed_before.outer.end, quote.outer.end))
        else:
            yield _torn(text, quote)


def _displaced(text: str, before: QuotePair, torn: QuotePair, language: Language) -> bool:
    """Is this only a word or two between the mark that closed a quotation and one more closing mark?"""
    if torn.outer.start < before.outer.end:
        return False  # within the quotation, not behind it
    between = Span(before.outer.end, torn.inner.end)
    words = between.trimmed(text)
    if not len(words) or len(between) > _SHORT or "\n" in between.of(text) or words.start == between.start:
        return False
    if not text[words.start].isalnum() or not (_ended(text, before.inner) or _ended(text, words)):
        return False
    lexicon = lexicon_of(language)
    tokens = [words.of(text)[a:b] for a, b in tokenise(words.of(text))]
    finite = any(set(tags) & set("f12") for t in tokens if t[0].islower() for _, tags in lexicon.verb(t))
    return not finite and "," not in tokens and ":" not in tokens


def _ended(text: str, span: Span) -> bool:
    return text[span.end - 1 : span.end] in tuple(".!?…")


def _displaced_damage(text: str, span: Span) -> Damage:
    words = span.of(text).strip()
    return Damage(
        "displaced_text",
        span,
        Severity.HIGH,
        Action.MASK,
        f'"{words}" stands behind the end of a quotation and closes it a second time: the words belong into the '
        "quotation, and nobody can tell where. The quotation is incomplete; check the original before quoting it.",
        "a link or a tag within the sentence cut it into pieces, which were then put together in a wrong order",
        "",
        "health/displaced_text",
        0.97,
    )


def _torn(text: str, quote: QuotePair) -> Damage:
    if quote.opened:
        mark = Span(quote.outer.start, quote.inner.start)
        return Damage(
            "unclosed_quotation",
            mark,
            Severity.MEDIUM,
            Action.FLAG,
            f'The quotation that opens at "{_short(quote.outer.of(text))}" is never closed; it is read to the end of its sentence.',
            "the closing mark was forgotten or lost",
            None,
            "health/unclosed_quotation",
            0.9,
        )
    mark = Span(quote.inner.end, quote.outer.end)
    return Damage(
        "unopened_quotation",
        mark,
        Severity.MEDIUM,
        Action.FLAG,
        f'The mark behind "{_short(quote.inner.of(text), last=True)}" closes a quotation that was never opened.',
        "the opening mark was forgotten or lost",
        None,
        "health/unopened_quotation",
        0.9,
    )


def _short(words: str, last: bool = False) -> str:
    if len(words) <= 30:
        return words
    return "… " + words[-30:].split(" ", 1)[-1] if last else words[:30].rsplit(" ", 1)[0] + " …"


@lru_cache(maxsize=16)
def _odd_pairs(language: Language) -> dict[tuple[str, str], str]:
    """Pairs of marks that no house style knows, with the row that says so."""
    return {(r["open"], r["close"]): r.address for r in language.rows("quotes") if float(r["cost"]) > _ODD}


def _mismatched(text: str, quote: QuotePair, language: Language) -> Iterator[Damage]:
    opening = text[quote.outer.start : quote.inner.start]
    closing = text[quote.inner.end : quote.outer.end]
    row = _odd_pairs(language).get((opening, closing))
    if row is not None:
        yield Damage(
            "wrong_quotation_mark",
            Span(quote.inner.end, quote.outer.end),
            Severity.LOW,
            Action.FLAG,
            f'"{_short(quote.outer.of(text))}" opens with {opening} and closes with {closing}, which do not belong together.',
            "a typing slip or a machine translation put the wrong mark",
            None,
            row,
            0.9,
        )
