"""How many does the text say, of what, and how exactly?

"Rund 10.000 nordkoreanische Soldaten" is 10000, about, between 9000 and 11000, of Soldaten. The place of a quantity
holds modifier and number ("Rund 10.000"); noun and unit stand in fields of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportedly.languages import Language
from reportedly.model.fact import Quantity
from reportedly.model.span import Span
from reportedly.reading.facts.numbers import Numeral, Numerals, numerals_of

_JOIN = re.compile(r"\s?[-–—]\s?|\s(?:bis|bis zu|bis hin zu)\s")
_AND = re.compile(r"\s(?:und|bis)\s")
_BETWEEN = re.compile(r"(?<!\w)zwischen\s$", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)(?:von|auf)\s$", re.IGNORECASE)
_ADJECTIVE = re.compile(r"(?:[a-zäöüß][\w-]{1,30}(?:e|en|er|es|em)|[A-Z]{2,4}-[a-zäöüß]\w{2,30}e[nrms]?|[A-ZÄÖÜ][a-zäöüß]{2,20}(?:er|es|sche|schen))$")
_NOT_ADJECTIVE = frozenset(
    "alle als an auch auf aus bei bis dabei dann daran das dass dem den der derer des deren die dies diese dieser durch eine einen einem einer"
    " er es gegen haben hatten heute ihre ihrer immer in keine kamen konnten leben liegen mehr mussten nach oder ohne sagen sagte seien seine"
    " sie sind sowie später starben um und unter unser unsere von vor waren weder wegen welche wenige wer werden wie wieder wir wurde wurden zu zwischen"
    " über hätten hatte habe wollen würden sollen müssen gab gebe entfielen weiter jeder dafür davon darunter ebenso kosteten fielen seiner ihren".split()
)
_LEAD = re.compile(r"(?:der|dieser|ihrer|seiner|unserer|insgesamt|von ihnen)\s")
_HALF = re.compile(r"(?:die|der)\s$")
_OF = re.compile(r"\s(?:von|der|an)\s")
_WORD = re.compile(r"[^\W\d_][\w-]*(?:\*innen|:innen|_innen)?")
_GENITIVE = re.compile(
    r"\s(?:(?:der|des|aller|dieser|ihrer|seiner|unserer|jener|von|vom|unter|an|am)\s)(?:(?:den|dem|allen|der|ihren|seinen|insgesamt)\s)?"
)


@dataclass(frozen=True, slots=True)
class Modifier:
    """A row of `modifiers.tsv`: what a word makes of the figure that it stands with."""

    relation: str
    low: float | None
    high: float | None
    least: float
    unit: bool
    address: str


class Modifiers:
    def __init__(self, language: Language) -> None:
        self.before: dict[str, Modifier] = {}
        self.after: dict[str, Modifier] = {}
        for row in language.rows("modifiers"):
            low, high = (float(row[c]) if row[c] else None for c in ("low", "high"))
            least, unit = (0.0, True) if row["at"] == "unit" else (float(row["at"] or 0), False)
            modifier = Modifier(row["relation"], low, high, least, unit, row.address)
            for form in row.list("forms", "|"):
                (self.before if row["place"] == "before" else self.after)[form] = modifier
        self._before = re.compile(rf"(?<![\w-])(?P<word>{_any(self.before)})\s{{1,2}}$", re.IGNORECASE)
        self._after = re.compile(rf"\s(?P<word>{_any(self.after)})(?!\w)", re.IGNORECASE)

    def ending_at(self, text: str, at: int, floor: int) -> tuple[Modifier, int] | None:
        """The longest modifier that ends right before `at`, and where it starts."""
        m = self._before.search(text[max(floor, at - 40) : at])
        if m is None:
            return None
        return self.before[_plain(m["word"])], max(floor, at - 40) + m.start()

    def starting_at(self, text: str, at: int, stop: int) -> tuple[Modifier, int] | None:
        m = self._after.match(text, at, stop)
        return (self.after[_plain(m["word"])], m.end()) if m else None


def _plain(word: str) -> str:
    return re.sub(r"\s+", " ", word.lower())


def _any(forms: dict[str, Modifier]) -> str:
    return "|".join(re.escape(f).replace(r"\ ", r"\s") for f in sorted(forms, key=len, reverse=True)) or "(?!)"


@lru_cache(maxsize=8)
def modifiers_of(language: Language) -> Modifiers:
    return Modifiers(language)


@lru_cache(maxsize=8)
def _symbols(language: Language) -> dict[str, tuple[str, str, str]]:
    """Symbol, kind and row address of each written form of a unit."""
    return {f: (row["symbol"], row["kind"], row.address) for row in language.rows("units") for f in row.list("forms", "|")}


def find_quantities(
    text: str, stretches: Sequence[tuple[int, int]], ends: Sequence[int], taken: Sequence[Span], language: Language
) -> Iterator[Quantity]:
    """All quantities within the stretches. `taken` are the times, in order: their numbers count nothing."""
    if not language.rows("numbers"):
        return
    numerals, modifiers, symbols = numerals_of(language), modifiers_of(language), _symbols(language)
    sentence_ends = frozenset(ends)
    for start, stop in stretches:
        found = [
            n for n in numerals.scan(text, start, stop, sentence_ends)
            if n.kind in ("cardinal", "vague", "fraction", "article") and not _inside(n, taken)
        ]  # fmt: skip
        at, floor = 0, start
        while at < len(found):
            reader = _Reader(text, floor, stop, numerals, modifiers, symbols)
            pair = reader.range_of(found[at], found[at + 1]) if at + 1 < len(found) else None
            quantity = pair or reader.quantity_of(found[at])
            if quantity:
                yield quantity
                floor = max(floor, quantity.span.end)
            at += 2 if pair else 1


def _inside(numeral: Numeral, taken: Sequence[Span]) -> bool:
    i = bisect_right(taken, numeral.start, key=lambda s: s.start) - 1
    return i >= 0 and numeral.start < taken[i].end


@dataclass(frozen=True, slots=True)
class _Reader:
    """What stands around a number, between `floor` (the end of the last quantity) and `stop`."""

    text: str
    floor: int
    stop: int
    numerals: Numerals
    modifiers: Modifiers
    symbols: dict[str, tuple[str, str, str]]

    def range_of(self, first: Numeral, second: Numeral) -> Quantity | None:
        """ "3 bis 4 Millionen", "zwischen 10 und 20 Soldaten", "10-15 Prozent", "von 3 auf 5" is none."""
        if "cardinal" not in (first.kind, second.kind) or first.kind not in ("cardinal", "article") or second.kind != "cardinal":
            return None
        if second.start - first.end > 30:
            return None
        unit = self.numerals.unit_after(self.text, first.end, second.start)
        gap_start = first.end + (self.text[first.end : second.start].index(unit) + len(unit) if unit else 0)
        between = _BETWEEN.search(self.text[max(self.floor, first.start - 10) : first.start])
        gap = self.text[gap_start : second.start]
        if not (_JOIN.fullmatch(gap) or (between and _AND.fullmatch(gap))):
            return None
        low = first.value * (second.scale if first.scale == 1 and first.value < 1000 and second.scale > 1 else 1)
        if not low < second.value:
            return None
        start, modifier, by = first.start, None, "facts/range"
        if between:
            start, modifier = first.start - (between.end() - between.start()), between[0].strip()
        elif self.modifiers.ending_at(self.text, first.start, self.floor):
            found, start = self.modifiers.ending_at(self.text, first.start, self.floor) or (None, start)
            modifier = self.text[start : first.start].strip()
        elif gap.strip() not in ("-", "–", "—"):
            modifier = gap.strip()
        symbol, noun, _ = self.counted(second)
        if symbol is None and noun is None and second.digits and gap.strip() in ("-", "–", "—"):
            return None  # a score, a number of pages
        return Quantity(Span(start, second.end), None, low, second.value, "between", modifier, noun, symbol, by)

    def quantity_of(self, numeral: Numeral) -> Quantity | None:
        joined = self.text[numeral.start - 1 : numeral.start] in ("-", "–") and self.text[numeral.start - 2 : numeral.start - 1].isdigit()
        if numeral.start and joined:
            return None
        symbol, noun, kind = self.counted(numeral)
        if numeral.kind == "article" and (symbol is None or kind == "time" or numeral.start < self.floor):
            return None
        start, end, value = numeral.start, numeral.end, numeral.value
        low: float | None = value
        high: float | None = value
        relation, word, by = "exact", None, "de/numbers.tsv" if numeral.kind == "vague" else "facts/number"
        by = "facts/number"
        article = _HALF.search(self.text[max(self.floor, start - 5) : start]) if numeral.kind == "fraction" else None
        found = self.modifiers.ending_at(self.text, start - len(article[0]) if article else start, self.floor)
        if found and (found[0].least and (value < found[0].least or value % 100) or (found[0].unit and not symbol and noun)):
            found = None
        if numeral.kind == "vague":
            written = self.text[numeral.start : numeral.few and numeral.end or numeral.end]
            few = written.split()[0] if numeral.few is not None else None
            start = found[1] if found else start
            word = self.text[start : numeral.start].strip() or few
            return Quantity(Span(start, end), None, value, None, "at_least", word or None, noun, symbol, by)
        if found:
            modifier, start = found
            word, relation, by = self.text[start : numeral.start].strip(), modifier.relation, modifier.address
            start, word = self._wider(start, numeral.start, relation, word)
        else:
            after = self.modifiers.starting_at(self.text, end, self.stop)
            if after:
                modifier, end = after
                word, relation, by = self.text[numeral.end : end].strip(), modifier.relation, modifier.address
                symbol, noun, kind = self.counted(Numeral(numeral.start, end, value, numeral.kind))
            else:
                modifier = Modifier("exact", 1.0, 1.0, 0.0, False, by)
        bounds = [None if f is None else _tidy(value * f) for f in (modifier.low, modifier.high)]
        if value < 0:
            bounds.reverse()
        low, high = bounds
        if not (symbol or noun or word) and not self._counts(numeral):
            return None
        return Quantity(Span(start, end), value, low, high, relation, word, noun, symbol, by)

    def _wider(self, start: int, number: int, relation: str, word: str) -> tuple[int, str]:
        """ "schätzungsweise rund 200": a second modifier of the same kind before the first one belongs to it."""
        more = self.modifiers.ending_at(self.text, start, self.floor)
        if more and more[0].relation == relation and not more[0].least:
            return more[1], self.text[more[1] : number].strip()
        return start, word

    def _counts(self, numeral: Numeral) -> bool:
        """A bare number without noun and unit: taken where it can only be a count."""
        if numeral.kind == "fraction" or numeral.scale > 1 or not numeral.digits:
            return numeral.kind != "fraction"
        written = self.text[numeral.start : numeral.end]
        before = self.text[max(0, numeral.start - 30) : numeral.start].rstrip()
        named = before.rsplit(None, 1)[-1].lstrip("„“\"»(")[:1].isupper() if before else False
        if before.endswith("(") and self.text[numeral.end : numeral.end + 1] == ")":
            return False  # "(42)": an age, a number in a list
        return bool(re.search(r"\d[.,'’\s]\d", written)) or not named

    def counted(self, numeral: Numeral) -> tuple[str | None, str | None, str]:
        """Unit symbol, counted noun and kind of unit of what stands behind a number.

        With a share the noun is that of the whole: "12 Prozent der Befragten" has the noun Befragten.
        """
        at = numeral.end
        unit = self.numerals.unit_after(self.text, at, self.stop)
        if unit is None and self.text[numeral.start - 1 : numeral.start] == " " and self.text[numeral.start - 2 : numeral.start - 1] in ("€", "$", "£"):
            return self.symbols[self.text[numeral.start - 2]][0], None, "money"
        symbol = kind = None
        if unit:
            at = self.text.index(unit, at) + len(unit)
            symbol, kind, _ = self.symbols[unit]
        if kind == "share" or numeral.kind == "fraction":
            m = _GENITIVE.match(self.text, at, self.stop)
            if numeral.kind == "fraction" and not m:
                return symbol, None, ""
            return symbol, self.noun_at(m.end()) if m else self.noun_at(at + 1, adjectives=0), kind or ""
        noun_from = at + 1
        if numeral.kind == "vague" or numeral.scale > 1:
            m = _OF.match(self.text, at, self.stop)
            noun_from = m.end() if m else noun_from
        if self.text[at : at + 1] not in (" ", "\u00a0", "\u202f", "\n"):
            return symbol, None, kind or ""
        return symbol, self.noun_at(noun_from, adjectives=0 if unit else 3), kind or ""

    def noun_at(self, at: int, adjectives: int = 3) -> str | None:
        """The head of the noun group that starts here, its adjectives (and "der", "ihrer" in front) skipped."""
        lead = _LEAD.match(self.text, at, self.stop) if adjectives else None
        at = lead.end() if lead else at
        for _ in range(adjectives + 1):
            m = _WORD.match(self.text, at, min(self.stop, at + 60))
            if m is None:
                return None
            word = m[0]
            follows = self.text[m.end() : m.end() + 2]
            adjective = bool(_ADJECTIVE.match(word)) and word not in _NOT_ADJECTIVE
            if word[0].isupper() and not (word.endswith(("er", "es", "sche", "schen")) and adjective and follows[:1] == " " and follows[1:].isupper() and len(word) > 5):
                return word.rstrip("-") if len(word) > 1 else None
            if not adjective and word != "und":
                return None
            at = m.end() + 1
            if self.text[m.end() : at] == "," and self.text[at : at + 1] == " ":
                at += 1
        return None


def _tidy(value: float) -> float:
    """Ten digits are enough: 9000, not 9000.000000000001."""
    return float(f"{value:.10g}")
