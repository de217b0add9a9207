"""Which word changes a figure, and what does it make of it? ("rund 200" is 180 to 220, "mehr als 200" has no upper end)"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from reportedly.languages import Language

_REACH = 40


@dataclass(frozen=True, slots=True)
class Modifier:
    """A row of `modifiers.tsv`. `least`: only with figures from this one on; `unit`: only before a unit."""

    relation: str
    low: float | None
    high: float | None
    least: float = 0.0
    unit: bool = False
    address: str = ""

    def bounds(self, value: float) -> tuple[float | None, float | None]:
        """The least and the largest that a figure can be with this modifier."""
        low, high = (
            None if f is None else value if f == 1 else float(f"{value * f:.12g}") for f in (self.low, self.high)
        )
        return (low, high) if value >= 0 else (high, low)

    def fits(self, value: float, symbol: str | None, noun: str | None) -> bool:
        """ "gegen 3.000 Menschen" counts, "gegen zwei Männer" does not; nor does "unter vier Augen"."""
        if self.least and (value < self.least or value % 100):
            return False
        return not (self.unit and symbol is None and noun is not None)


EXACT = Modifier("exact", 1.0, 1.0)


class Modifiers:
    """The modifiers of a language, by the side of the number on which they stand."""

    def __init__(self, language: Language) -> None:
        sides: dict[str, dict[str, Modifier]] = {"before": {}, "after": {}}
        for row in language.rows("modifiers"):
            low, high = (float(row[c]) if row[c] else None for c in ("low", "high"))
            unit = row["at"] == "unit"
            least = 0.0 if unit else float(row["at"] or 0)
            modifier = Modifier(row["relation"], low, high, least, unit, row.address)
            sides[row["place"]].update(dict.fromkeys(row.list("forms", "|"), modifier))
        self._sides = sides
        self._before = re.compile(rf"(?<![\w-])(?P<word>{_any(sides['before'])})\s{{1,2}}$", re.IGNORECASE)
        self._after = re.compile(rf"\s(?P<word>{_any(sides['after'])})(?!\w)", re.IGNORECASE)

    def ending_at(self, text: str, at: int, floor: int) -> tuple[Modifier, int] | None:
        """The longest modifier that ends right before `at`, and where it starts."""
        room = max(floor, at - _REACH)
        m = self._before.search(text[room:at])
        return (self._sides["before"][_plain(m["word"])], room + m.start()) if m else None

    def starting_at(self, text: str, at: int, stop: int) -> tuple[Modifier, int] | None:
        """The modifier that follows a number ("200 oder mehr"), and where it ends."""
        m = self._after.match(text, at, stop)
        return (self._sides["after"][_plain(m["word"])], m.end()) if m else None


def _plain(word: str) -> str:
    return " ".join(word.lower().split())


def _any(forms: dict[str, Modifier]) -> str:
    return "|".join(re.escape(f).replace(r"\ ", r"\s") for f in sorted(forms, key=len, reverse=True)) or "(?!)"


@lru_cache(maxsize=8)
def modifiers_of(language: Language) -> Modifiers:
    return Modifiers(language)
