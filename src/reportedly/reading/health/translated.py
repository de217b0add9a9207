"""Which words show that a machine translated this text, and stumbled?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reportedly.languages.language import Language
from reportedly.languages.lexicon import Lexicon, lexicon_of
from reportedly.languages.quotation import pair_quotes
from reportedly.languages.segment import sentences, tokenise
from reportedly.languages.tables import Row
from reportedly.model.article import Article
from reportedly.model.damage import Action, Damage, Severity
from reportedly.model.span import Span
from reportedly.reading.health.ground import Ground

_LINK = "a link within the sentence cut it into pieces, which were translated one by one"
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = 40
_FOREIGN_WORDS, _FOREIGN_TOKENS, _SHARE = 4, 7, 0.3


def find(article: Article, language: Language) -> Iterator[Damage]:
    ground = Ground(article)
    for finder in (_half_names, _main_clauses, _foreign_runs, _numbers):
        yield from (d for d in finder(article.text, language) if ground.is_read(d.span.start))


# --- half-translated names: North Koreanische -----------------------------------------------------------------------


@lru_cache(maxsize=8)
def _slips(language: Language) -> tuple[re.Pattern[str] | None, dict[str, Row]]:
    rows = {row["english"]: row for row in language.rows("slips")}
    if not rows:
        return None, rows
    words = "|".join(sorted(map(re.escape, rows), key=len, reverse=True))
    return re.compile(rf"\b({words})([ \xa0-])([^\W\d_][a-zäöüß]{{1,20}}isch(?:e[rnms]?)?)\b"), rows


def _half_names(text: str, language: Language) -> Iterator[Damage]:
    pattern, rows = _slips(language)
    if pattern is None:
        return
    for found in pattern.finditer(text):
        row = rows[found[1]]
        adjective = found[3].lower()
        if row["only"] and not adjective.startswith(row.list("only")):
            continue
        if row["kind"] == "blank" and found[2] == "-":
            continue
        if row["kind"] == "apart":
            ending = re.search(r"isch(e[rnms]?)?$", adjective)
            repaired = row["german"] + ((ending[1] or "") if ending else "") + " " + adjective
        else:
            repaired = row["german"].lower() + adjective
        if not text[: found.start()].rstrip() or text[: found.start()].rstrip()[-1] in ".!?":
            repaired = repaired[0].upper() + repaired[1:]
        yield Damage(
            "half_translated_name",
            Span(found.start(), found.end()),
            Severity.MEDIUM,
            Action.MASK,
            f'"{found[0]}" is half English, half German; meant is "{repaired}".',
            _LINK,
            repaired,
            row.address,
            0.97,
        )


# --- the order of a main clause after dass --------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _clause_words(language: Language, kind: str) -> frozenset[str]:
    return frozenset(word for row in language.rows("clauses") if row["kind"] == kind for word in row.list("words"))


def _main_clauses(text: str, language: Language) -> Iterator[Damage]:
    """`…, dass die Truppen wurden bereits verlegt.`: subject, auxiliary, more words, and a participle at the end.

    Only where nothing else explains it: no comma, no `und` or `als` behind the auxiliary, no two infinitives at the
    end (`dass er hätte kommen müssen`), no `zu`.
    """
    lexicon, carriers = lexicon_of(language), language.words("auxiliaries")
    joins, subjects = _clause_words(language, "joins"), _clause_words(language, "subject")
    for conjunction in sorted(_clause_words(language, "opens")):
        for found in re.finditer(rf"\b{conjunction}\b(?=\s)", text):
            clause = text[found.end() : found.end() + 300]
            tokens = [(found.end() + a, found.end() + b) for a, b in tokenise(clause)][:_CLAUSE]
            words = [text[a:b] for a, b in tokens]
            place = _carrier(words, lexicon, carriers, joins, subjects)
            if place is None:
                continue
            first, last = place
            yield Damage(
                "main_clause_after_dass",
                Span(found.start(), tokens[last][1]),
                Severity.MEDIUM,
                Action.FLAG,
                f'After "{conjunction}" the verb "{words[first]}" stands where a main clause has it, not at the end.',
                _LINK,
                None,
                "health/main_clause_after_dass",
                0.9,
            )


_STOPS = frozenset(".!?;:…")
_BLOCKS = frozenset(',„“”"»«()–—-')


def _carrier(
    words: Sequence[str], lexicon: Lexicon, carriers: frozenset[str], joins: frozenset[str], subjects: frozenset[str]
) -> tuple[int, int] | None:
    """Places of the misplaced auxiliary and of the clause's last word, None where the order is right or unclear."""
    first = next((i for i, w in enumerate(words) if w[0].islower() and _finite_of(w, lexicon, carriers)), None)
    if first is None or not 1 <= first <= 8 or any(w in _BLOCKS or w in _STOPS or w in joins for w in words[:first]):
        return None
    before = words[first - 1]
    if (
        not (before[0].isupper() or before in subjects)
        or before[0].isdigit()
        or (first == 1 and before not in subjects and len(before) < 3)
    ):
        return None
    last = first + 1
    while last < len(words) and words[last] not in _STOPS and words[last] not in _BLOCKS:
        last += 1
    if last >= len(words) or words[last] in _BLOCKS - {","} or last - first < 3:
        return None
    tail = words[first + 1 : last]
    end = tail[-1]
    tags = _tags(end, lexicon)
    if not tags & set("pi") or (tags & set("f12") and "p" not in tags and "i" not in tags) or not end[0].islower():
        return None
    if any(w in joins for w in tail) or _finite_of(end, lexicon, carriers):
        return None
    if len(tail) > 1 and "i" in _tags(tail[-2], lexicon) and "i" in tags and tail[-2][0].islower():
        return None
    if "z" in tags and "i" not in tags and "p" not in tags:
        return None
    return first, last - 1


def _tags(word: str, lexicon: Lexicon) -> set[str]:
    return {t for _, tags in lexicon.verb(word.lower()) for t in tags}


def _finite_of(word: str, lexicon: Lexicon, carriers: frozenset[str]) -> bool:
    return any(lemma in carriers and set(tags) & set("f12") for lemma, tags in lexicon.verb(word))


# --- runs of another language ---------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _tongues(language: Language) -> tuple[tuple[Row, frozenset[str]], ...]:
    """Small words of other languages by row."""
    return tuple((row, frozenset(row.list("words"))) for row in language.rows("foreign"))


def _foreign_runs(text: str, language: Language) -> Iterator[Damage]:
    """Whole sentences of another language outside quotation marks; those that follow each other are told once."""
    tongues = _tongues(language)
    if not tongues:
        return
    quotes = [q.outer for q in pair_quotes(text, language) if q.level == 0]
    at = 0
    run: tuple[int, int, int, Row] | None = None  # start, end, sentences, language
    between = 0
    for start, end in sentences(text, language):
        while at < len(quotes) and quotes[at].end <= start:
            at += 1
        quoted = at < len(quotes) and quotes[at].start <= start and quotes[at].end > start + 1
        row = None if quoted else _tongue_of(text[start:end], language, tongues)
        if run is not None and row is run[3]:
            run = (run[0], end, run[2] + 1 + between, run[3])
            between = 0
        elif run is not None and row is None and between < 2 and not quoted and not _is_own(text[start:end], language):
            between += 1  # too short to tell; the passage may go on behind it
        else:
            if run is not None:
                yield _foreign_damage(text, *run)
            run, between = ((start, end, 1, row) if row is not None else None), 0
    if run is not None:
        yield _foreign_damage(text, *run)


def _tongue_of(sentence: str, language: Language, tongues: tuple[tuple[Row, frozenset[str]], ...]) -> Row | None:
    words = [w.lower() for w in _WORD.findall(sentence)]
    if len(words) < _FOREIGN_TOKENS or any(w in _own_words(language) for w in words):
        return None
    for row, small in tongues:
        hits = [w for w in words if w in small]
        if len(set(hits) - _all_words(language)) >= 3 and len(hits) >= max(_FOREIGN_WORDS, _SHARE * len(words)):
            return row
    return None


@lru_cache(maxsize=8)
def _all_words(language: Language) -> frozenset[str]:
    return frozenset(word for row in language.rows("words") for word in row.list("words"))


@lru_cache(maxsize=8)
def _own_words(language: Language) -> frozenset[str]:
    """The small words of this language that no other language of the table has: `in` and `was` tell nothing."""
    return _all_words(language) - {word for row in language.rows("foreign") for word in row.list("words")}


def _is_own(sentence: str, language: Language) -> bool:
    return any(w.lower() in _own_words(language) for w in _WORD.findall(sentence))


def _foreign_damage(text: str, start: int, end: int, count: int, row: Row) -> Damage:
    opening = text[start : start + 40].rsplit(" ", 1)[0]
    what = "The sentence" if count == 1 else f"A passage of {count} sentences"
    return Damage(
        "foreign_language",
        Span(start, end),
        Severity.LOW,
        Action.FLAG,
        f'{what} that begins with "{opening} …" is {row["name"]}.',
        "a passage was left untranslated, or belongs to a post or a caption of the page",
        None,
        row.address,
        0.9,
    )


# --- numbers in the style of another language -----------------------------------------------------------------------

_THOUSANDS = re.compile(r"(?<![\d.,])(?:[1-9]\d{0,2}(?:,\d{3}){2,4}|[1-9]\d{0,2},000)(?![\d.,]*\d)")


def _numbers(text: str, language: Language) -> Iterator[Damage]:
    """`10,000 Soldaten` in German, where the comma is the decimal sign. Three other digits may be decimals: left alone."""
    if language.settings.get("decimal", "," if language.reads else ".") != ",":
        return
    own, tongues = _own_words(language), _tongues(language)
    for found in _THOUSANDS.finditer(text):
        around = set(_WORD.findall(text[max(0, found.start() - 80) : found.end() + 80].lower()))
        foreign = max((len((around & small) - _all_words(language)) for _, small in tongues), default=0)
        if foreign > len(around & own):
            continue  # a passage of another language
        repaired = found[0].replace(",", ".")
        yield Damage(
            "number_style",
            Span(found.start(), found.end()),
            Severity.MEDIUM,
            Action.MASK,
            f'"{found[0]}" groups its digits as English does; in German it would be read as a decimal. Meant is "{repaired}".',
            "the figure was taken over from an English text as it stood",
            repaired,
            "health/number_style",
            0.9,
        )
