"""Which rows of the one embedding table stand for a word? Hashed form, lemma, prefix, endings and the tagger's readings.

A word is the sum of seven rows (hash embeddings after Svenstrup et al. 2017): two of its form, so that two words rarely
share both, and one each of lemma, prefix, two endings, and readings with shape. Figures are told apart by length only.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

RANGES = {
    "form": (2, 24576),
    "lemma": (24578, 8192),
    "prefix": (32770, 6144),
    "ending": (38914, 2048),
    "long ending": (40962, 6144),
    "reading": (47106, 2046),
}
"""Rows by family: (first row, how many). Row 0 is nothing, row 1 a word that is hidden in training."""
ROWS = 49152
WIDTH = 7
NOTHING, HIDDEN = 0, 1

_RUNS = [(re.compile(p), s) for p, s in ((r"[A-ZÄÖÜ]+", "X"), (r"[a-zäöüß]+", "x"), (r"\d+", "9"))]
_DIGIT = re.compile(r"\d")


def _row(family: str, text: str) -> int:
    first, count = RANGES[family]
    return first + zlib.crc32(text.encode("utf-8", "surrogatepass")) % count


def shape_of(word: str) -> str:
    """`Merkel` Xx, `40.000` 9.9, `US-Präsident` X-Xx; at most six signs."""
    for pattern, sign in _RUNS:
        word = pattern.sub(sign, word)
    return word[:6]


@lru_cache(maxsize=200_000)
def rows_of(word: str, lemma: str, tags: frozenset[str]) -> tuple[int, ...]:
    """The seven rows whose sum is this word (`WIDTH` of them, all below `ROWS`)."""
    lower = word.lower()
    if lower[0].isdigit():
        lower = lemma = _DIGIT.sub("9", lower)
    return (
        _row("form", lower),
        _row("form", "2" + lower),
        _row("lemma", lemma.lower()),
        _row("prefix", lower[:4]),
        _row("ending", lower[-3:]),
        _row("long ending", lower[-5:]),
        _row("reading", "".join(sorted(tags)) + "|" + shape_of(word)),
    )
