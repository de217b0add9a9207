"""Which word points back to somebody whom the text never names?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reportedly.languages.language import Language
from reportedly.languages.lexicon import lexicon_of
from reportedly.languages.segment import sentences
from reportedly.languages.tables import Row
from reportedly.model.article import Article
from reportedly.model.damage import Action, Damage, Severity
from reportedly.model.span import Span
from reportedly.reading.health.ground import Ground, lines_of

_BACK = 600
_CAPITAL = r"[A-ZÄÖÜ][\w'’-]{1,30}"


def find(article: Article, language: Language) -> Iterator[Damage]:
    ground = Ground(article)
    yield from _lost_beginning(article, language, ground)
    yield from (d for d in _neutral_roles(article.text, language) if ground.is_read(d.span.start))


def _lost_beginning(article: Article, language: Language, ground: Ground) -> Iterator[Damage]:
    """An article that opens with `Er fügte hinzu, …`: nobody has spoken yet, so a beginning is lost."""
    rows = language.rows("reopenings")
    line = next((s for s in lines_of(article.text) if ground.is_read(s.start) and not ground.is_head(s.start)), None)
    if not rows or line is None:
        return
    text = article.text[line.start : min(line.end, line.start + 2000)]
    bounds = sentences(text, language)
    found = list(re.finditer(r"\w+", text[: bounds[0][1]] if bounds else ""))[:14]
    words = [m[0].lower() for m in found]
    for row in rows:
        wanted = row.list("words")
        if words and words[0] in row.list("pronouns") and words[1:2] == [wanted[0]] and set(wanted) <= set(words):
            yield Damage(
                "lost_antecedent",
                Span(line.start + found[0].start(), line.start + found[0].end()),
                Severity.MEDIUM,
                Action.FLAG,
                f'The article begins with "{" ".join(text[:60].split()[:3])} …", but nobody has been named before.',
                "the beginning of the article was lost when it was copied",
                None,
                row.address,
                0.9,
            )
            return


@lru_cache(maxsize=8)
def _patterns(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, Row]] | None:
    """How a neutral role stands in a frame, how a woman is introduced by her role and name, how a man is."""
    rows = {row["id"]: row for row in language.rows("neutral_roles")}
    roles = language.rows("roles")
    if not rows or not roles:
        return None
    nouns = "|".join(map(re.escape, rows))
    women = "|".join(sorted({re.escape(r["feminine"].lower()) for r in roles if r["feminine"]}, key=len, reverse=True))
    men = "|".join(
        sorted({re.escape(r["id"].lower()) for r in roles if r["feminine"] not in ("", r["id"])}, key=len, reverse=True)
    )
    return (
        re.compile(rf"(?<=[,“”\"«»] )(?P<cue>[a-zäöüß]{{4,20}}) (?P<role>der (?P<noun>{nouns}))(?= hinzu|[.,;])"),
        re.compile(rf"\b[\w-]{{0,40}}(?i:{women}) (?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,2}})"),
        re.compile(
            rf"(?:\b(?:der|ein|Der|Ein|Herr)\s(?:[\w-]{{1,30}}\s)?[\w-]{{0,40}}(?i:{men})\b|\b[\w-]{{0,40}}(?i:{men}) {_CAPITAL})"
        ),
        rows,
    )


def _neutral_roles(text: str, language: Language) -> Iterator[Damage]:
    """`fügte der Beamte hinzu` where only a spokeswoman has spoken and no official has been named.

    English `the official` has no gender; where the noun has never stood in the article and the last person introduced
    by a role is a woman, the masculine word cannot point back to anybody.
    """
    patterns = _patterns(language)
    if patterns is None:
        return
    frame, woman, man, rows = patterns
    lexicon, verbs = lexicon_of(language), language.words("framing_verbs")
    first_named: dict[str, int] = {}
    for found in frame.finditer(text):
        row = rows[found["noun"]]
        if not any(lemma in verbs or f"hinzu|{lemma}" in verbs for lemma, _ in lexicon.verb(found["cue"])):
            continue
        if found["noun"] not in first_named:
            first_named[found["noun"]] = _first_named(text, row["stem"])
        if first_named[found["noun"]] < found.start("role"):
            continue
        before = text[max(0, found.start() - _BACK) : found.start()]
        women = [m[0] for m in woman.finditer(before)]
        if not women or man.search(before):
            continue
        yield Damage(
            "gender_mismatch",
            Span(found.start("role"), found.end("role")),
            Severity.MEDIUM,
            Action.FLAG,
            f'"{found["role"]}" has nobody to point back to: the last speaker named is "{women[-1]}", a woman.',
            "a translation rendered a word without gender by a masculine one, or the sentence that named a man is lost",
            None,
            row.address,
            0.75,
        )


def _first_named(text: str, stem: str) -> int:
    """Where this noun stands for the first time other than in its feminine form; behind the text where it never does."""
    found = re.compile(rf"{stem}(?!\w{{0,4}}in\b|\w{{0,4}}innen\b)", re.IGNORECASE).search(text)
    return found.start() if found else len(text)
