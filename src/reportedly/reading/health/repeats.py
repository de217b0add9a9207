"""What stands here twice: a word, a sentence, the frame of a quotation?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly.languages.language import Language
from reportedly.languages.lexicon import Lexicon, lexicon_of
from reportedly.languages.quotation import pair_quotes
from reportedly.languages.segment import sentences, tokenise
from reportedly.model.analysis import QuotePair
from reportedly.model.article import Article
from reportedly.model.damage import Action, Damage, Severity
from reportedly.model.span import Span
from reportedly.reading.health.ground import Ground

_TWICE = re.compile(r"(?<![\w-])([^\W\d_]{2,40})(?P<gap>[ \t\xa0]{1,3})\1(?![\w-])")
_LEAST, _WORDS = 45, 7
_CLAUSE = re.compile(r"[.!?\n;,“”]\s")


def find(article: Article, language: Language) -> Iterator[Damage]:
    ground = Ground(article)
    for finder in (_words, _frames):
        yield from (d for d in finder(article.text, language) if ground.is_read(d.span.start))
    yield from _sentences(article, language, ground)


def _words(text: str, language: Language) -> Iterator[Damage]:
    """`Die Polizei hat hat ihn befragt.`, but not `die, die die Tür öffneten`: a list holds what may stand twice."""
    lexicon, by_right = lexicon_of(language), language.words("doublings")
    if not language.reads:
        return
    for found in _TWICE.finditer(text):
        word = found[1]
        if word.lower() in by_right or word.isupper():
            continue
        if not word.islower() and (lexicon.noun(word) is None or len(word) < 5 or _is_name(word, lexicon)):
            continue  # names: Duran Duran, Baden Baden
        yield Damage(
            "doubled_word",
            Span(found.start("gap"), found.end()),
            Severity.LOW,
            Action.MASK,
            f'"{word}" stands here twice.',
            "a slip in typing or editing",
            "",
            "health/doubled_word",
            0.9,
        )


def _is_name(word: str, lexicon: Lexicon) -> bool:
    known = lexicon.noun(word)
    return known is not None and not known[1]


def _sentences(article: Article, language: Language, ground: Ground) -> Iterator[Damage]:
    """The same long sentence again in one article; next to its twin it is left out of the analysis.

    Sentences that follow each other in both places are one passage.
    """
    text = article.text
    seen: dict[str, int] = {}
    runs: list[tuple[int, int, int, int]] = []  # first and last sentence of the passage, its twin's last, its start
    bounds = sentences(text, language)
    for number, (start, end) in enumerate(bounds):
        if end - start < _LEAST or not ground.is_read(start) or ground.is_head(start):
            continue
        words = text[start:end]
        if len(re.findall(r"[^\W\d_]+", words)) < _WORDS:
            continue
        twin = seen.get(words)
        seen[words] = number
        if twin is None:
            continue
        if runs and runs[-1][1] == number - 1 and runs[-1][2] == twin - 1:
            runs[-1] = (runs[-1][0], number, twin, runs[-1][3])
        else:
            runs.append((number, number, twin, twin))
    for first, last, _, twin in runs:
        near = first - twin <= 2 * (last - first + 1)
        span = Span(bounds[first][0], bounds[last][1])
        count = last - first + 1
        what = "The sentence" if count == 1 else f"The passage of {count} sentences"
        yield Damage(
            "doubled_sentence",
            span,
            Severity.MEDIUM if near else Severity.LOW,
            Action.REMOVE if near else Action.FLAG,
            f'{what} "{_short(span.of(text))}" has already been said in this article.',
            "a passage was copied twice"
            if near
            else "the teaser of the article was copied along with it, or a passage twice",
            "" if near else None,
            "health/doubled_sentence",
            0.95 if near else 0.8,
        )


def _short(words: str) -> str:
    words = " ".join(words[:100].split())
    return words if len(words) <= 50 else words[:50].rsplit(" ", 1)[0] + " …"


def _frames(text: str, language: Language) -> Iterator[Damage]:
    """One quotation with a frame before it and another behind it: `betonte sie: „…“, sagte sie.`"""
    lexicon, verbs = lexicon_of(language), language.words("framing_verbs")
    if not verbs:
        return
    subjects = frozenset(
        word for row in language.rows("clauses") if row["kind"] in {"subject", "article"} for word in row.list("words")
    )
    subordinate = frozenset(
        w for row in language.rows("words") if set(row["tags"]) & set("SW") for w in row.list("words")
    )
    for quote in pair_quotes(text, language):
        if quote.level or not (quote.opened and quote.closed):
            continue
        colon = text[max(0, quote.outer.start - 3) : quote.outer.start].rstrip()
        if not colon.endswith(":") or "\n" in text[quote.outer.start - len(colon) : quote.outer.start]:
            continue
        behind = _frame_behind(text, quote, lexicon, verbs, subjects)
        if behind is None or not _frame_before(text, quote, lexicon, verbs, subordinate):
            continue
        words = behind.of(text).strip(", ")
        yield Damage(
            "doubled_frame",
            behind,
            Severity.LOW,
            Action.FLAG,
            f'"{words}" frames a quotation that the words before the colon have framed already.',
            "two sentences were merged, or a translation repeated the frame",
            None,
            "health/doubled_frame",
            0.9,
        )


def _frame_before(
    text: str, quote: QuotePair, lexicon: Lexicon, verbs: frozenset[str], subordinate: frozenset[str]
) -> bool:
    start = max(0, quote.outer.start - 250)
    before = text[start : quote.outer.start].rstrip(" :")
    clause = _CLAUSE.split(before)[-1]
    words = [clause[a:b] for a, b in tokenise(clause)]
    if not words or words[0].lower() in subordinate:
        return False  # `…, was er damit meint: „…“` is no frame yet
    return any(_says(w, lexicon, verbs) for w in words if w[0].islower() or w == words[0])


def _frame_behind(
    text: str, quote: QuotePair, lexicon: Lexicon, verbs: frozenset[str], subjects: frozenset[str]
) -> Span | None:
    """`, sagte er` right behind the closing mark, up to the stop of the sentence and not more than a few words."""
    end = quote.outer.end
    if text[end : end + 1] != ",":
        return None
    tail = text[end : end + 120]
    tokens = tokenise(tail)
    words = [tail[a:b] for a, b in tokens]
    if len(words) < 3 or not words[1][0].islower() or not _says(words[1], lexicon, verbs):
        return None
    if not (words[2][0].isupper() or words[2] in subjects):
        return None  # `…“, schreibt gar von Betrug` goes on with the same sentence
    stop = next((i for i, w in enumerate(words) if w in {".", "!", "?", ":", ";"}), len(words))
    return Span(end, end + tokens[min(stop, 6) - 1][1]) if stop > 2 else None


def _says(word: str, lexicon: Lexicon, verbs: frozenset[str]) -> bool:
    return any(set(tags) & set("f12") and lemma in verbs for lemma, tags in lexicon.verb(word.lower()))
