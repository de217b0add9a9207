"""Which form does a noun group take in the nominative, without its definite article?

`des Staatlichen Veterinäramts` -> `Staatliches Veterinäramt`, `politischen Kreisen` -> `politische Kreise`.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.languages import Language
from reportedly.languages.lexicon import Lexicon
from reportedly.reading.speakers.wordsets import WordSets

Readings = frozenset[tuple[str, str]]
"""Pairs of gender (m, f, n, p for plural) and case (n, g, d, a)."""

ANY: Readings = frozenset((g, c) for g in "mfnp" for c in "ngda")
_BARE = "-"
"""The row of adjective_endings.tsv for a word without an ending."""


def read_readings(cell: str) -> Readings:
    """`m:n f:gd` as pairs; empty means anything."""
    pairs = [(part.split(":")[0], c) for part in cell.split() for c in part.split(":")[1]]
    return frozenset(pairs) if pairs else ANY


class Inflection:
    """The endings of one language: those of adjectives stand in adjective_endings.tsv, those of nouns among the word sets."""

    def __init__(self, language: Language, sets: WordSets, lexicon: Lexicon) -> None:
        self._sets, self._lexicon = sets, lexicon
        rows = {row["id"]: row for row in language.rows("adjective_endings")}
        self._endings = tuple(ending for ending in rows if ending != _BARE)
        self._nominative = {gender: ending for ending, row in rows.items() for gender in row.list("nominative")}
        self._strong = {ending: read_readings(row["strong"]) for ending, row in rows.items()}
        self._weak = {ending: read_readings(row["weak"]) for ending, row in rows.items()}
        self._after_ein = {ending: read_readings(row["after_ein"]) for ending, row in rows.items()}
        self._possessive = {ending: read_readings(row["possessive"]) for ending, row in rows.items()}

    def stem(self, adjective: str) -> str | None:
        """`staatlichen` -> `staatlich`; None where the word has no adjective ending."""
        for ending in self._endings:
            if adjective.endswith(ending) and len(adjective) - len(ending) >= 2:
                return adjective[: -len(ending)]
        return None

    def _ending(self, word: str) -> str:
        return next((ending for ending in self._endings if word.endswith(ending)), _BARE)

    def nominative_adjective(self, adjective: str, gender: str, weak: bool = False) -> str:
        """The adjective as it stands without article before a nominative noun; `Berliner`, `drei`, `rosa` stay."""
        base = self.stem(adjective)
        if base is None or (weak and adjective[0].isupper() and self.of_place(adjective)):
            return adjective
        return base + self._nominative.get(gender, self._nominative["p"])

    def is_nominative(self, adjective: str, gender: str) -> bool:
        """Does it end as it would without an article, or a noun that bends like it? `Vorsitzender`, m, and `Vorsitzende`, f."""
        return gender in self._nominative and adjective.endswith(self._nominative[gender])

    def of_place(self, adjective: str) -> bool:
        """Does it end like `Berliner`, which never bends?"""
        return adjective.endswith(self._sets.place_adjective_end)

    def strong_fits(self, adjective: str) -> Readings:
        """What an adjective without article tells: `politischen Kreisen` is dative plural (or accusative singular)."""
        return self._strong.get(self._ending(adjective), ANY)

    def weak_fits(self, adjective: str) -> Readings:
        """What an adjective behind a definite article tells: `die neuen` is no singular nominative."""
        return self._weak.get(self._ending(adjective), ANY)

    def fits_after_ein(self, adjective: str) -> Readings:
        """What an adjective behind `ein` tells: `ein neuer`, `ein neues`."""
        return self._after_ein.get(self._ending(adjective), ANY)

    def possessive_fits(self, word: str) -> Readings:
        """The ending of `seines`, `ihrer` … agrees like that of `eines`, `einer`."""
        return self._possessive.get(self._ending(word.lower()), ANY)

    def nominative_noun(self, word: str, readings: Readings) -> tuple[str, str]:
        """The nominative of a noun that stands in no table, and its gender (p: plural, "" where nobody can tell)."""
        sets, known = self._sets, self._lexicon.noun(word)
        genders = {g for g, _ in readings}
        cases = {c for _, c in readings}
        plural = genders == {"p"}
        if known is None or (not known[1] and known[0] == word):
            gender = next(iter(genders)) if len(genders) == 1 else ""
            if cases == {"g"} and genders <= {"m", "n"}:
                return self.without_s(word), gender
            if plural and cases == {"d"} and word.endswith(sets.dative_plural_n_end):
                return word[:-1] if word.endswith(sets.dative_alike_end) else word, "p"
            return word, gender
        lemma, gender = known
        shorter = self._lexicon.noun(word[:-1]) if readings == ANY and word.endswith(sets.dative_plural_n_end) else None
        if shorter and word[:-1] != lemma and shorter[0] == lemma:
            return word[:-1], "p"  # `Kreisen` without article can only be a dative
        if gender not in genders and genders and gender:
            # `den Forderungen`: the determiner excludes the singular
            if "p" in genders:
                return self._plural(word, lemma, cases), "p"
            gender = next(iter(genders)) if len(genders) == 1 else gender
        if plural or (not self._is_singular(word, lemma) and "p" in genders):
            return self._plural(word, lemma, cases), "p"
        return lemma, gender

    def _is_singular(self, word: str, lemma: str) -> bool:
        case_forms = (lemma + end for end in self._sets.singular_case_end)
        return word == lemma or word in case_forms or not word.startswith(lemma[:3])

    def _plural(self, word: str, lemma: str, cases: Iterable[str]) -> str:
        """`Forderungen` stays, `Kreisen` becomes `Kreise`, `Mitarbeitern` becomes `Mitarbeiter`."""
        sets = self._sets
        dative = set(cases) == {"d"} and word.endswith(sets.dative_plural_n_end)
        if not dative or lemma.endswith(sets.dative_plural_n_end):
            return word
        bare = word[:-1]
        plural_e = bare.endswith(sets.plural_e_end) and not lemma.endswith((*sets.plural_e_end, *sets.plural_en_end))
        return bare if plural_e or bare.endswith(sets.unbent_plural_end) else word

    def without_s(self, word: str) -> str:
        """`Amtes` and `Amts` without the ending of the genitive."""
        sets = self._sets
        if word.endswith(sets.long_genitive_end) and len(word) > 5:
            return word[:-2]
        return word[:-1] if word.endswith(sets.genitive_s_end) and not word.endswith(sets.never_genitive_end) else word
