"""Do two spellings name the same person or body? Case endings, titles, umlauts, transliterations, hyphens.

`Selenskyjs` and `Zelenskyy` are one name, `Müller` and `Mueller` too; `Schmidt` and `Schmitt` are two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_PLAIN = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "a", "œ": "o", "ı": "i", "ð": "d", "þ": "t", "’": "'", "‐": "-"}
)
_SOUNDS = (
    # longest first; what German, English and French write for the same Slavic, Arabic or Greek sound
    ("schtsch", "sc"), ("shch", "sc"), ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("sh", "s"), ("kh", "ch"), ("zh", "s"), ("ph", "f"),
    ("ck", "k"), ("dsch", "j"), ("dj", "j"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ou", "u"), ("ks", "x"),
    ("w", "v"), ("z", "s"), ("q", "k"), ("y", "i"), ("j", "i"),
)  # fmt: skip
_PARTICLES = frozenset(
    [
        "von",
        "vom",
        "zu",
        "zur",
        "zum",
        "der",
        "den",
        "dem",
        "van",
        "de",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "del",
        "della",
        "du",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "ter",
        "ten",
        "und",
    ]
)
_MARKS = "\"'„“”‚‘’»«›‹.,;:()[]"


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """Lower case without accents: `Mladić` is `mladic`, `Köhler` is `kohler`."""
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip(_MARKS)


@lru_cache(maxsize=16384)
def sound(word: str) -> str:
    """A key that transliterations of one name share: `Selenskyj`, `Selenski` and `Zelenskyy` give the same."""
    key = fold(word)
    for written, heard in _SOUNDS:
        key = key.replace(written, heard)
    key = re.sub(r"(.)\1{1,9}", r"\1", key)
    return re.sub(r"[i']{1,4}$", "i", key) if len(key) > 3 else key


def without_genitive(word: str) -> str:
    """The word without a genitive ending, where it has one: `Merkels` becomes `Merkel`, `Strauß'` becomes `Strauß`."""
    bare = word.rstrip("'’")
    if bare != word:
        return bare
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "sßxz'’" else word


def same_word(left: str, right: str) -> bool:
    """One word of a name, case ending and spelling aside; short words must agree letter by letter."""
    if fold(left) == fold(right):
        return True
    pairs = {(a, b) for a in (left, without_genitive(left)) for b in (right, without_genitive(right))}
    if any(fold(a) == fold(b) for a, b in pairs):
        return True
    return min(len(left), len(right)) > 4 and any(sound(a) == sound(b) for a, b in pairs)


def family_name(words: Sequence[str]) -> tuple[str, ...]:
    """The part by which news calls people again: the last word with its particle (`van der Bellen`, `von der Leyen`)."""
    start = len(words) - 1
    while start > 0 and words[start - 1].lower() in _PARTICLES and words[start - 1].lower() != "und":
        start -= 1
    return tuple(words[max(start, 0) :])


def is_particle(word: str) -> bool:
    """`von`, `van`, `bin` and their like, which stand small inside a name."""
    return word.lower() in _PARTICLES and word.lower() != "und"


def same_name(left: Sequence[str], right: Sequence[str]) -> bool:
    """Word for word the same name: `Wolodymyr Selenskyj` and `Volodymyr Zelenskyy`."""
    return len(left) == len(right) and all(same_word(a, b) for a, b in zip(left, right, strict=True))


def shortens(short: Sequence[str], full: Sequence[str]) -> bool:
    """Can `short` stand for `full`? The family name must agree, given names may be missing or be initials.

    >>> shortens(["Singh"], ["Sabrina", "Singh"]), shortens(["S.", "Singh"], ["Sabrina", "Singh"])
    (True, True)
    >>> shortens(["Anna", "Singh"], ["Sabrina", "Singh"])
    False
    """
    if not short or not full or len(short) > len(full):
        return False
    if len(short) == 1:
        tail = family_name(full)
        return same_word(short[0], tail[-1]) or any(
            "-" in word and len(short[0]) > 3 and same_word(short[0], word.rsplit("-", 1)[-1]) for word in full[-1:]
        )
    if not same_word(short[-1], full[-1]):
        return False
    at = 0
    for word in short[:-1]:
        while at < len(full) - 1 and not (same_word(word, full[at]) or _initial_of(word, full[at])):
            at += 1
        if at >= len(full) - 1:
            return False
        at += 1
    return True


def _initial_of(short: str, full: str) -> bool:
    return len(short.rstrip(".")) == 1 and short.endswith(".") and fold(full).startswith(fold(short))


def same_body(left: str, right: str) -> bool:
    """Two names of an institution that differ only in spelling, hyphens, case endings or an article."""
    return body_key(left) == body_key(right)


@lru_cache(maxsize=8192)
def body_key(name: str) -> str:
    """A key for names of institutions: `der Deutschen Bahn` and `Deutsche Bahn` share one, `UN-Rat` and `UN Rat` too."""
    words = [fold(w) for w in re.split(r"[\s\-/]+", name) if w.strip(_MARKS)]
    if len(words) > 1 and words[0] in {"der", "die", "das", "des", "dem", "den", "the"}:
        words = words[1:]
    front = [re.sub(r"e[nmrs]?$", "", w) if len(w) > 4 else w for w in words[:-1]]
    last = [re.sub(r"s$", "", re.sub(r"(?<=[^aeiou])es$", "", w)) if len(w) > 3 else w for w in words[-1:]]
    return " ".join(front + last)


def acronym_of(acronym: str, words: Sequence[str]) -> bool:
    """Do the letters of an acronym come from these words? `NUB` from `Nationale Umweltbehörde`.

    Every letter must be found in order, the first at the start of the first word, most at the start of a word or of a
    part of a compound: generous, because it is only asked of what stands in brackets right behind.
    """
    letters = [c for c in fold(acronym) if c.isalpha()]
    if not 2 <= len(letters) <= 10 or not words:
        return False
    text = " ".join(fold(w) for w in words)
    if not text.startswith(letters[0]):
        return False
    at = 0
    for letter in letters:
        found = text.find(letter, at)
        if found < 0:
            return False
        at = found + 1
    return True
