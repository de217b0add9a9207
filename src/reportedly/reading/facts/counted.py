"""What does a number count: which unit stands behind it, which noun?"""

from __future__ import annotations

import re
from functools import lru_cache

from reportedly.languages import Language
from reportedly.reading.facts.numbers import Numeral, Numerals, numerals_of

_WORD = re.compile(r"[^\W\d_][\w-]*(?:[*:]innen)?")
_PREFIXED = re.compile(r"[A-Z]{2,4}-[a-zäöüß]")
_BLANKS = " \u00a0\u202f\u2009\n"
_ADJECTIVES = 3


class Counted:
    """Units and the words between a number and its noun, compiled for a language."""

    def __init__(self, language: Language) -> None:
        self.numerals: Numerals = numerals_of(language)
        self._units = {
            form: (row["symbol"], row["kind"]) for row in language.rows("units") for form in row.list("forms", "|")
        }
        words = self.numerals.words
        self._whole = re.compile(rf"\s(?:{words('whole-of')})\s".replace(r"\ ", r"\s"))
        self._of = re.compile(rf"\s(?:{words('of')})\s")
        self._lead = re.compile(rf"(?:{words('lead')})\s")
        self._adjective = re.compile(rf"[a-zäöüß][\w-]{{1,30}}(?:{words('adjective-ending')})$")
        self._of_place = re.compile(rf"[^\W\d_a-zäöüß]\w{{3,20}}(?:{words('name-ending')})$")
        self._no_adjective = frozenset(self.numerals.forms.get("no-adjective", {}))

    def behind(
        self, text: str, numeral: Numeral, stop: int, at: int | None = None
    ) -> tuple[str | None, str | None, str]:
        """Symbol of the unit, noun, and kind of the unit.

        With a share the noun is that of the whole: "12 Prozent der Befragten" has the noun Befragten. With a measure
        it is what is measured: "zwei Tonnen Kokain".
        """
        at = numeral.end if at is None else at
        unit = self.numerals.unit_after(text, at, stop)
        if unit is None and (sign := self._sign_before(text, numeral.start)):
            return sign, None, "money"
        symbol, kind = self._units[unit] if unit else (None, "")
        at = text.index(unit, at) + len(unit) if unit else at
        whole = self._whole.match(text, at, stop)
        if numeral.kind == "fraction":
            return symbol, self.noun_at(text, whole.end(), stop) if whole else None, kind
        if kind == "share" and whole:
            return symbol, self.noun_at(text, whole.end(), stop), kind
        if text[at : at + 1] not in _BLANKS or at >= stop:
            return symbol, None, kind
        of = self._of.match(text, at, stop) if numeral.kind == "vague" or numeral.scale > 1 else None
        return symbol, self.noun_at(text, of.end() if of else at + 1, stop, not unit), kind

    def _sign_before(self, text: str, start: int) -> str | None:
        """ "$ 30", "€20": the symbol of a currency sign in front."""
        before = text[max(0, start - 2) : start].strip()[-1:]
        return (
            self._units[before][0]
            if before and not before.isalnum() and before in self._units and before != "%"
            else None
        )

    def noun_at(self, text: str, at: int, stop: int, adjectives: bool = True) -> str | None:
        """The head of the noun group that starts here, its adjectives (and "der", "ihrer" in front) skipped."""
        lead = self._lead.match(text, at, stop) if adjectives else None
        at = lead.end() if lead else at
        for _ in range(_ADJECTIVES + 1 if adjectives else 1):
            m = _WORD.match(text, at, min(stop, at + 60))
            if m is None:
                return None
            word, follows = m[0], text[m.end() : m.end() + 2]
            names_more = follows[:1] in _BLANKS and follows[1:].isupper() and self._of_place.match(word)
            if _PREFIXED.match(word):
                names_more = self._adjective.match(word.split("-", 1)[1])
            if word[0].isupper() and not names_more:
                return word.rstrip("-") if len(word) > 1 else None
            if not (names_more or (self._adjective.match(word) and word not in self._no_adjective)):
                return None
            at = m.end() + (2 if follows == ", " else 1)
        return None


@lru_cache(maxsize=8)
def counted_of(language: Language) -> Counted:
    return Counted(language)
