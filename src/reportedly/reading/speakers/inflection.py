"""Which form does a noun group take in the nominative, without its definite article?

`des Staatlichen Veterinäramts` -> `Staatliches Veterinäramt`, `politischen Kreisen` -> `politische Kreise`.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.languages.lexicon import Lexicon

Readings = frozenset[tuple[str, str]]
"""Pairs of gender (m, f, n, p for plural) and case (n, g, d, a)."""

ANY: Readings = frozenset((g, c) for g in "mfnp" for c in "ngda")
_ENDINGS = ("em", "en", "er", "es", "e")
_STRONG = {"m": "er", "f": "e", "n": "es", "p": "e"}


def read_readings(cell: str) -> Readings:
    """`m:n f:gd` as pairs; empty means anything."""
    pairs = [(part.split(":")[0], c) for part in cell.split() for c in part.split(":")[1]]
    return frozenset(pairs) if pairs else ANY


def stem(adjective: str) -> str | None:
    """`staatlichen` -> `staatlich`; None where the word has no adjective ending."""
    for ending in _ENDINGS:
        if adjective.endswith(ending) and len(adjective) - len(ending) >= 2:
            return adjective[: -len(ending)]
    return None


def nominative_adjective(adjective: str, gender: str, weak: bool = False) -> str:
    """The adjective as it stands without article before a nominative noun; `Berliner`, `drei`, `rosa` stay."""
    base = stem(adjective)
    if base is None or (weak and adjective[0].isupper() and adjective.endswith("er")):
        return adjective
    return base + _STRONG.get(gender, "e")


def strong_fits(adjective: str) -> Readings:
    """What an adjective without article tells: `politischen Kreisen` is dative plural (or accusative singular)."""
    if adjective.endswith("em"):
        return frozenset({("m", "d"), ("n", "d")})
    if adjective.endswith("es"):
        return frozenset({("n", "n"), ("n", "a")})
    if adjective.endswith("er"):
        return frozenset({("m", "n"), ("f", "g"), ("f", "d"), ("p", "g")})
    if adjective.endswith("en"):
        return frozenset({("m", "a"), ("m", "g"), ("n", "g"), ("p", "d")})
    if adjective.endswith("e"):
        return frozenset({("f", "n"), ("f", "a"), ("p", "n"), ("p", "a")})
    return ANY


def nominative_noun(word: str, readings: Readings, lexicon: Lexicon) -> tuple[str, str]:
    """The nominative of a noun that stands in no table, and its gender (p: plural, "" where nobody can tell)."""
    known = lexicon.noun(word)
    genders = {g for g, _ in readings}
    cases = {c for _, c in readings}
    plural = genders == {"p"}
    if known is None or (not known[1] and known[0] == word):
        gender = next(iter(genders)) if len(genders) == 1 else ""
        if cases == {"g"} and genders <= {"m", "n"}:
            return without_s(word), gender
        if plural and cases == {"d"} and word.endswith("n"):
            return word[:-1] if word.endswith(("ern", "eln")) else word, "p"
        return word, gender
    lemma, gender = known
    shorter = lexicon.noun(word[:-1]) if readings == ANY and word.endswith("n") else None
    if shorter and word[:-1] != lemma and shorter[0] == lemma:
        return word[:-1], "p"  # `Kreisen` without article can only be a dative
    if gender not in genders and genders and gender:
        # `den Forderungen`: the determiner excludes the singular
        if "p" in genders:
            return _plural(word, lemma, cases), "p"
        gender = next(iter(genders)) if len(genders) == 1 else gender
    if plural or (not _is_singular(word, lemma) and "p" in genders):
        return _plural(word, lemma, cases), "p"
    return lemma, gender


def _is_singular(word: str, lemma: str) -> bool:
    return word in {lemma, lemma + "s", lemma + "es", lemma + "e"} or not word.startswith(lemma[:3])


def _plural(word: str, lemma: str, cases: Iterable[str]) -> str:
    """`Forderungen` stays, `Kreisen` becomes `Kreise`, `Mitarbeitern` becomes `Mitarbeiter`."""
    if set(cases) == {"d"} and word.endswith("n") and not lemma.endswith("n"):
        bare = word[:-1]
        if bare.endswith(("er", "el", "er")) or (bare.endswith("e") and not lemma.endswith("e") and not _weak(lemma)):
            return bare
    return word


def _weak(lemma: str) -> bool:
    """Nouns whose plural ends in -en anyway: `Forderung`, `Behörde`, `Student`."""
    return lemma.endswith(
        ("ung", "heit", "keit", "schaft", "ion", "tät", "ist", "ent", "ant", "or", "ik", "ei", "at", "ur", "in")
    )


def without_s(word: str) -> str:
    """`Amtes` and `Amts` without the ending of the genitive."""
    if word.endswith("es") and len(word) > 5 and word[-3] in "sßxztdkgf":
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def possessive_fits(word: str) -> Readings:
    """The ending of `seines`, `ihrer` … agrees like that of `eines`, `einer`."""
    lower = word.lower()
    if lower in {"sein", "ihr"}:
        return frozenset({("m", "n"), ("n", "n"), ("n", "a")})
    if lower.endswith("er"):
        return frozenset({("f", "g"), ("f", "d"), ("p", "g")})
    if lower.endswith("es"):
        return frozenset({("m", "g"), ("n", "g")})
    if lower.endswith("en"):
        return frozenset({("m", "a"), ("p", "d")})
    return strong_fits(lower)
