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
from reportedly.reading.facts.counted import Counted, counted_of
from reportedly.reading.facts.modifiers import EXACT, Modifiers, modifiers_of
from reportedly.reading.facts.numbers import Numeral, Numerals, numerals_of

_DASHES = ("-", "–", "—")
_COUNTS = ("cardinal", "vague", "fraction", "article")
_GROUPED = re.compile(r"\d[.,'’\s]\d")
_FAR = 30


@dataclass(frozen=True, slots=True)
class _Tongue:
    """All that a language knows about quantities, compiled."""

    numerals: Numerals
    modifiers: Modifiers
    counted: Counted
    join: re.Pattern[str]
    between: re.Pattern[str]
    both: re.Pattern[str]
    article: re.Pattern[str]


@lru_cache(maxsize=8)
def _tongue_of(language: Language) -> _Tongue:
    words = numerals_of(language).words
    return _Tongue(
        numerals_of(language),
        modifiers_of(language),
        counted_of(language),
        re.compile(rf"\s?[-–—]\s?|\s(?:{words('range')})\s".replace(r"\ ", r"\s")),
        re.compile(rf"(?<!\w)(?:{words('between')})\s$"),
        re.compile(rf"\s(?:{words('range-and')})\s"),
        re.compile(rf"(?:{words('share-article')})\s$"),
    )


def find_quantities(
    text: str, stretches: Sequence[tuple[int, int]], ends: Sequence[int], taken: Sequence[Span], language: Language
) -> Iterator[Quantity]:
    """All quantities within the stretches. `taken` are the times, in order: their numbers count nothing."""
    if not language.rows("numbers"):
        return
    tongue, sentence_ends = _tongue_of(language), frozenset(ends)
    for start, stop in stretches:
        floor = start
        held: Numeral | None = None
        for numeral in tongue.numerals.scan(text, start, stop, sentence_ends):
            if numeral.kind not in _COUNTS or _inside(numeral, taken):
                continue
            reader = _Reader(text, floor, stop, tongue)
            pair = reader.range_of(held, numeral) if held else None
            single = reader.quantity_of(held) if held and not pair else None
            held = None if pair else numeral
            for quantity in (pair, single):
                if quantity:
                    yield quantity
                    floor = quantity.span.end
        last = _Reader(text, floor, stop, tongue).quantity_of(held) if held else None
        if last:
            yield last


def _inside(numeral: Numeral, taken: Sequence[Span]) -> bool:
    i = bisect_right(taken, numeral.start, key=lambda s: s.start) - 1
    return i >= 0 and numeral.start < taken[i].end


@dataclass(frozen=True, slots=True)
class _Reader:
    """What stands around a number, between `floor` (the end of the last quantity) and `stop`."""

    text: str
    floor: int
    stop: int
    tongue: _Tongue

    def range_of(self, first: Numeral, second: Numeral) -> Quantity | None:
        """ "3 bis 4 Millionen", "zwischen 10 und 20 Soldaten", "10-15 Prozent"; "von 3 auf 5" is none."""
        if second.start - first.end > _FAR or first.kind not in ("cardinal", "article") or second.kind != "cardinal":
            return None
        unit = self.tongue.numerals.unit_after(self.text, first.end, second.start)
        gap_start = self.text.index(unit, first.end) + len(unit) if unit else first.end
        gap = self.text[gap_start : second.start]
        between = self.tongue.between.search(self.text[max(self.floor, first.start - 12) : first.start])
        if not (self.tongue.join.fullmatch(gap) or (between and self.tongue.both.fullmatch(gap))):
            return None
        low = first.value * (second.scale if first.scale == 1 and first.value < 1000 else 1)
        symbol, noun, _ = self.tongue.counted.behind(self.text, second, self.stop)
        dashed = gap.strip() in _DASHES
        if not low < second.value or (dashed and not (symbol or noun)):  # a score, pages
            return None
        start, modifier = first.start, None if dashed else gap.strip()
        before = self.tongue.modifiers.ending_at(self.text, first.start, self.floor)
        if between:
            start -= len(between[0])
        elif before:
            start = before[1]
        if start < first.start:
            modifier = self.text[start : first.start].strip()
        return Quantity(
            Span(start, second.end), None, low, second.value, "between", modifier, noun, symbol, "facts/range"
        )

    def quantity_of(self, numeral: Numeral) -> Quantity | None:
        """The quantity of one number with its modifier, None where it counts nothing."""
        text, start, end = self.text, numeral.start, numeral.end
        if text[start - 1 : start] in _DASHES and text[max(0, start - 2) : start - 1].isdigit():
            return None
        symbol, noun, kind = self.tongue.counted.behind(text, numeral, self.stop)
        if numeral.kind == "article" and (symbol is None or kind == "time" or start < self.floor):
            return None
        article = (
            self.tongue.article.search(text[max(self.floor, start - 5) : start]) if numeral.kind == "fraction" else None
        )
        modifier, by = EXACT, "facts/number"
        before = self.tongue.modifiers.ending_at(text, start - len(article[0] if article else ""), self.floor)
        after = self.tongue.modifiers.starting_at(text, end, self.stop)
        if before and before[0].fits(numeral.value, symbol, noun):
            modifier, start = before
            start = self._wider(start, modifier.relation)
        elif after:
            modifier, end = after
            symbol, noun, _ = self.tongue.counted.behind(text, numeral, self.stop, end)
        by = modifier.address or by
        word = (text[start : numeral.start] or text[numeral.end : end]).strip() or numeral.few
        if numeral.kind == "vague":
            return Quantity(Span(start, end), None, numeral.value, None, "at_least", word, noun, symbol, by)
        if not (symbol or noun or word) and not self._counts(numeral):
            return None
        low, high = modifier.bounds(numeral.value)
        return Quantity(Span(start, end), numeral.value, low, high, modifier.relation, word, noun, symbol, by)

    def _wider(self, start: int, relation: str) -> int:
        """ "schätzungsweise rund 200": a second modifier of the same kind before the first one belongs to it."""
        more = self.tongue.modifiers.ending_at(self.text, start, self.floor)
        return more[1] if more and more[0].relation == relation and not more[0].least else start

    def _counts(self, numeral: Numeral) -> bool:
        """Whether a number without noun, unit and modifier is taken: not "(42)", not the number of a thing."""
        if numeral.kind == "fraction":
            return False
        if numeral.scale > 1 or not numeral.digits:
            return True
        before = self.text[max(0, numeral.start - 30) : numeral.start].rstrip()
        if before.endswith("(") and self.text[numeral.end : numeral.end + 1] == ")":
            return False
        named = before.rsplit(None, 1)[-1].lstrip('„“"»(')[:1].isupper() if before else False
        return bool(_GROUPED.search(self.text[numeral.start : numeral.end])) or not named
