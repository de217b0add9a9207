"""Where do words and sentences begin and end? Offsets only; the text is never touched.

Sentences are flat: a quotation of three sentences is three sentences, the frame belongs to the one it stands in. Which
words stand inside which quotation is another layer (`quotation.py`). When in doubt a sentence goes on.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reportedly.languages.grammar import grammar_of
from reportedly.languages.language import Language

_TOKEN = re.compile(
    r"""
      \d{1,12}(?:[.,:'’]\d{1,12}){0,8}(?:-[^\W\d_][\w-]{0,60})?            # 10.000  3,5  14:30  19-Jährige
    | (?:[^\W\d_]\.){2,6}                                               # z.B.  u.a.  U.S.
    | [^\W_](?:[\w­]|[-'’./](?=[^\W_])){0,120}(?:-(?=\s(?:und|oder|bis)\b))?  # words, hyphens, Ein- und Ausfuhr
    | ''|``|\.{3,10}|…|--+
    | [^\s]
    """,
    re.VERBOSE,
)
_CLOSING = "\"'“”‘’»«›‹)]"
_OPENING = "\"'„“”‚‘’»«›‹([–—-"
_END = re.compile(r"(?<![.!?…])[.!?…]{1,12}[" + re.escape(_CLOSING) + r"]{0,4}(?=\s|$)|:(?=\s*\n)")
_SINGLE_BREAK = re.compile(r"([^\s])[ \t]*\r?\n[ \t]*(?=([^\s]))")
_STOPPED = frozenset('.!?…:;"“”»«)]')
_WORD_BEFORE = re.compile(r"(\S{1,24})$")


def tokenise(text: str) -> list[tuple[int, int]]:
    """Offsets of the words and marks. `mit-`, `US-Präsident`, `10.000`, `z.B.` are one token, each mark is its own.

    >>> [text[a:b] for text in ["Er kam, z.B. um 14:30 Uhr."] for a, b in tokenise(text)]
    ['Er', 'kam', ',', 'z.B.', 'um', '14:30', 'Uhr', '.']
    """
    return [m.span() for m in _TOKEN.finditer(text)]


class _Around(NamedTuple):
    """The words of a language that tell at a full stop whether the sentence ends."""

    abbreviations: frozenset[str]
    months: frozenset[str]
    eras: frozenset[str]
    before_ordinal: frozenset[str]
    openers: frozenset[str]


@lru_cache(maxsize=8)
def _around(language: Language) -> _Around:
    grammar = grammar_of(language)
    return _Around(
        frozenset(a.split()[-1] for a in language.words("abbreviations")),
        grammar.titled("month"),
        grammar.titled("era"),
        grammar.words("before_ordinal"),
        grammar.words("sentence_opener"),
    )


_CAMEL = re.compile(r"[a-z][A-Z][a-z]")
"""eBay, iPhone: a small letter that may open a sentence."""


def _is_wrapped(text: str) -> bool:
    """Lines broken inside sentences: most single line breaks follow no stop, and many next lines start small."""
    open_ends = closed_ends = small_starts = 0
    for m in _SINGLE_BREAK.finditer(text, 0, 40000):
        if m[1] in _STOPPED:
            closed_ends += 1
        else:
            open_ends += 1
            small_starts += m[2].islower() or m[1] == ","
    return open_ends >= 4 and open_ends > closed_ends and small_starts >= 0.15 * open_ends


def _ends(text: str, stop: re.Match[str], around: _Around) -> bool:
    """Does a sentence end at this stop?"""
    rest = text[stop.end() : stop.end() + 60]
    gap = len(rest) - len(rest.lstrip())
    following = rest[gap:]
    if not following:
        return True
    first = following.lstrip(_OPENING)[:1]
    marks = stop.group()
    opener = following[0] in "„“‚»«\"'("
    if first.islower() and not (opener and marks[-1] in "!?") and not _CAMEL.match(following):
        # »„Warum?“ fragte er« goes on; a small letter opens no sentence
        return False
    if marks != "." or text[stop.start() - 1 : stop.start()] in _CLOSING:
        return not (marks == "…" and first.islower())
    before = _WORD_BEFORE.search(text, max(0, stop.start() - 26), stop.start())
    word = before[1].lstrip(_OPENING) if before else ""
    next_word = re.match(r"[^\W_]+", following.lstrip(_OPENING))
    if word + "." in around.abbreviations:
        return False
    if (len(word) == 1 and word.isalpha()) or (word in around.eras and before):
        return False  # an initial: J. Müller; z. B.; n. Chr.
    if word.isdigit() and len(word) <= 2:
        if next_word and next_word[0] in around.months:
            return False
        preceding = text[max(0, stop.start() - 40) : stop.start() - len(word)].split()
        if preceding and preceding[-1].strip(_OPENING).lower() in around.before_ordinal:
            return False
        return next_word is not None and next_word[0].lower() in around.openers
    return not (re.search(r"\b\d{1,2}\.\d{1,2}$", text[max(0, stop.start() - 6) : stop.start()]) and first.isdigit())


def _stopped(text: str, end: int, around: _Around) -> bool:
    """Does the line before `end` close with a full stop of its own? Then `von Ida Rehm` below it is a line of its own."""
    before = _WORD_BEFORE.search(text, max(0, end - 27), end - 1) if text[end - 1 : end] == "." else None
    word = before[1] if before else ""
    return len(word) > 2 and word.isalpha() and word + "." not in around.abbreviations


def sentences(text: str, language: Language) -> list[tuple[int, int]]:
    """Offsets of the sentences, white space trimmed; a line break ends a sentence unless the text is hard-wrapped."""
    around = _around(language)
    wrapped = _is_wrapped(text)
    cuts: list[int] = [m.end() for m in _END.finditer(text) if _ends(text, m, around)]
    for m in re.finditer(r"(?:\n|\r(?!\n)|\u2028|\u2029)\s*", text):
        following = text[m.end() : m.end() + 1]
        goes_on = wrapped or (following.islower() and not _stopped(text, m.start(), around))
        if m.group().count("\n") > 1 or m.group()[0] != "\n" or not goes_on:
            cuts.append(m.start())
    out: list[tuple[int, int]] = []
    at = 0
    for cut in [*sorted(set(cuts)), len(text)]:
        start, end = at, cut
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            out.append((start, end))
        at = cut
    return out
