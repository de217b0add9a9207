"""Which numbers does a stretch of text write, in digits or in words, and which of its digits count nothing?

German style: `10.000`, `1.234,56`, `10'000`, `10 000`, `3,5 Millionen`, `zweieinhalb Milliarden`, `ein halbes Dutzend`,
`Zehntausende`, `zwei Drittel`. Dates, ordinals, scores, sections and the numbers of things ("Boeing 737") are numbers
too, but of a kind of their own: whoever counts leaves them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from text_to_num import text2num

from reportedly.languages import Language

_DIGITS = (
    r"[1-9]\d{0,2}(?:\.\d{3}){1,8}(?!\d)(?:,\d{1,12})?"
    r"|[1-9]\d{0,2}(?:['’]\d{3}){1,8}(?!\d)(?:[.,]\d{1,12})?"
    r"|[1-9]\d{0,2}(?:[\u00a0\u202f\u2009 ]\d{3}){1,8}(?!\d)(?:,\d{1,12})?"
    r"|[1-9]\d{0,2}(?:,\d{3}){2,8}(?!\d)"
    r"|\d{1,15},\d{1,12}|\d{1,15}\.\d{1,2}(?![\d.])|\d{1,15}"
)
_GLUED = re.compile(r"[\w§#/:.,'’‑-]")
_UNIT_ROOM = re.compile(r"[\s-]{0,2}(\S[^\n,;:!?()]{0,23})")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s*$")
_LABEL_BEFORE = re.compile(r"([^\W\d_]+\.?|§)\s?$")
_RANGE_AFTER = re.compile(r"\s?(?:[–-]|[^\W\d_]{2,4}\s)\s?\d[\d.,]{0,12}")
_NOUN_AFTER = re.compile(r"\s(?:[^\W\d_A-ZÄÖÜ]\w{2,20}\s){0,2}[A-ZÄÖÜ]\w{2,}")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as the text writes it. `scale` is what its scale word multiplied it by (1 without one).

    `kind`: cardinal, vague (Hunderte: `value` is the least it can be), fraction, article (a bare "ein", which only a
    unit makes a number), ordinal, compound ("34-Jährige"), label ("Artikel 5"), date, year.
    """

    start: int
    end: int
    value: float
    kind: str
    scale: float = 1.0
    digits: bool = False
    few: str | None = None
    """The word that makes "mehrere Hundert" vague."""


class Numerals:
    """The number words of a language, compiled."""

    def __init__(self, language: Language) -> None:
        self.code = language.code
        self.forms: dict[str, dict[str, Decimal]] = {}
        for row in language.rows("numbers"):
            kind = self.forms.setdefault(row["kind"], {})
            for form in row.list("forms", "|"):
                kind[form] = Decimal(row["value"] or 0)
                kind.setdefault(form.lower(), kind[form])
        self.units = frozenset(f for row in language.rows("units") for f in row.list("forms", "|"))
        yearish = self.forms.get("yearish", {})
        before = (f for row in language.rows("modifiers") if row["place"] == "before" for f in row.list("forms", "|"))
        self._firm = re.compile(rf"(?<!\w)(?i:{_any(f for f in before if f not in yearish)})\s$")
        self._numeral = self._compile()

    def words(self, kind: str) -> str:
        """The forms of a kind as alternatives of a regular expression."""
        return _any(self.forms.get(kind, ()))

    def _compile(self) -> re.Pattern[str]:
        upper = {kind: _any(f for f in forms if f[0].isupper()) for kind, forms in self.forms.items()}
        nothing, spelled = "(?!)", f"(?:{self.words('morpheme')}){{1,14}}"
        one, scale, fraction = self.words("one"), self.words("scale"), upper.get("fraction", nothing)
        return re.compile(
            rf"""(?<![\w/])(?P<sign>(?i:{self.words("sign")})\s|(?:(?<=[\s(])|\A)[-–−](?=\d))?
            (?: (?P<digits>{_DIGITS})
              | (?:(?i:{one})\s)? (?P<half>(?i:{self.words("half")})) (?=\s(?:{scale})(?!\w))
              | (?P<few>(?i:{self.words("few")})) (?=\s(?:{scale})(?!\w))
              | (?:(?i:{one})\s)? (?P<whole>{upper.get("whole", nothing)})
              | (?P<word>(?i:{self.words("mixed")}|{spelled}(?:{self.words("mixed-end")})?)(?!\w))
                (?:\s(?:{self.words("point")})\s(?P<tenths>(?i:{spelled}))(?!\w))?
              | (?P<one>(?i:{one}))
              | (?P<alone>{fraction})
              | (?P<vague>{self.words("vague")})(?!\w) )
            (?: \s{{0,2}}(?P<scale>{scale}) (?!\w) )?
            (?: \s(?P<fraction>{fraction}) (?!\w) )?""",
            re.VERBOSE,
        )

    def scan(self, text: str, start: int, stop: int, ends: frozenset[int] = frozenset()) -> Iterator[Numeral]:
        """All numbers between two places. `ends` are the places where sentences end ("Es waren 25. Dann …")."""
        for m in self._numeral.finditer(text, start, stop):
            found = self._digits(m, stop, ends) if m["digits"] else self._spelled(m, stop)
            if found:
                yield found

    def _spelled(self, m: re.Match[str], stop: int) -> Numeral | None:
        """A number that begins with a word."""
        text, first, end = m.string, m.start(), m.end()
        if end < stop and (text[end].isalnum() or text[end] == "_"):
            return None
        compound = text[end : end + 1] in ("-", "‑") and text[end + 1 : end + 2].isalpha()
        kind = "compound" if compound else "cardinal"
        scale = self.forms["scale"][m["scale"]] if m["scale"] else Decimal(1)
        if m["fraction"] or m["alone"]:
            parts = Decimal(1) if m["alone"] else self.word(m["word"] or m["one"] or "")
            whole = self.forms["fraction"][m["fraction"] or m["alone"]]
            if m["scale"] or parts is None or parts >= whole or (m["alone"] and whole != 2):
                return None
            return Numeral(first, end, float(round(parts / whole, 4)), "fraction")
        if m["vague"]:
            if compound or text[first - 1 : first] in ("-", "‑"):
                return None
            return Numeral(first, end, float(self.forms["vague"][m["vague"]] * scale), "vague", float(scale))
        if m["whole"]:
            return Numeral(first, end, float(self.forms["whole"][m["whole"]]), kind)
        if m["half"] or m["few"]:
            value = self.forms["half" if m["half"] else "few"][(m["half"] or " ".join(m["few"].split())).lower()]
            if not m["scale"]:
                return None
            return Numeral(first, end, float(value * scale), "vague" if m["few"] else kind, float(scale), few=m["few"])
        word = m["word"] or m["one"]
        if not m["scale"] and word.lower() in self.forms["one"]:
            return Numeral(first, end, 1.0, "article")
        base = self.word(word)
        tenths = self.word(m["tenths"]) if m["tenths"] else Decimal(0)
        if base is None or tenths is None or tenths > 9:
            return None
        base += tenths / 10
        if not m["scale"] and kind == "cardinal" and self._is_label(text, first):
            kind = "label"
        return Numeral(first, end, float(base * scale * (-1 if m["sign"] else 1)), kind, float(scale))

    def word(self, written: str) -> Decimal | None:
        """The value of one number word: `zweieinhalb` is 2.5, `zehntausend` 10000; None where it is none."""
        lower = written.lower()
        for kind in ("one", "mixed"):
            if lower in self.forms.get(kind, {}):
                return self.forms[kind][lower]
        for form, value in self.forms.get("mixed-end", {}).items():
            if lower.endswith(form) and len(lower) > len(form):
                stem = lower[: -len(form)]
                whole = self.forms["one"].get(stem) or _whole_number(stem, self.code)
                return whole + value if whole is not None else None
        return _whole_number(lower, self.code)

    def count(self, written: str) -> float | None:
        """Like `word`, for digits too: what counts the days of "vor drei Tagen"."""
        if written[:1].isdigit():
            return float(written.replace(".", "").replace(",", "."))
        value = self.word(written)
        return float(value) if value is not None else None

    def _digits(self, m: re.Match[str], stop: int, ends: frozenset[int]) -> Numeral | None:
        """A number that begins with digits: what stands before and behind them tells what kind it is."""
        text, start, written = m.string, m.start("digits"), m["digits"]
        end = m.end("scale") if m["scale"] else m.end("digits")
        if not m["sign"] and self._hangs_on(text, start):
            return None
        if len(written) > 1 and written[0] == "0" and written[1].isdigit():
            return None
        value = _value(written)
        unit = self.unit_after(text, end, stop)
        if re.fullmatch(r"\d+\.\d{1,2}", written) and not m["scale"] and unit is None:
            return Numeral(start, end, float(value), "date", digits=True)
        if m["fraction"]:
            whole = self.forms["fraction"][m["fraction"]]
            share = round(value / whole, 4)
            return Numeral(start, m.end(), float(share), "fraction", digits=True) if value < whole else None
        scale = self.forms["scale"][m["scale"]] if m["scale"] else Decimal(1)
        kind = "cardinal" if m["scale"] else self._kind(text, start, end, written, value, unit, ends)
        first = m.start("sign") if m["sign"] else start
        number = float(value * scale * (-1 if m["sign"] else 1))
        return Numeral(first, end, number, kind, float(scale), digits=True) if kind else None

    @staticmethod
    def _hangs_on(text: str, start: int) -> bool:
        """Digits that are the rest of something else: "F-16", "3:1", "08382/727"; not the second half of "10-15"."""
        before, second = text[start - 1 : start], text[max(0, start - 2) : start - 1]
        if not start or not _GLUED.match(before):
            return False
        if before in "-–" and second.isdigit():
            return False
        return before.isalnum() or not (second.isspace() or not second) or before in "§#"

    def _kind(
        self, text: str, start: int, end: int, written: str, value: Decimal, unit: str | None, ends: frozenset[int]
    ) -> str | None:
        rest = text[end : end + 2]
        if rest[:1] and rest[0] in ":/" and rest[1:2].isdigit():
            return None
        if rest[:1] in ("-", "‑", "–") and rest[1:2].isalpha():
            return "compound"
        if rest[:1].isalpha() or rest[:1] == "_":
            return "cardinal" if unit else None
        if rest[:1] == "." and (rest[1:].isalpha() or _is_ordinal(text, end, ends, value)):
            return "ordinal"
        if self._is_label(text, start):
            return "label"
        if re.fullmatch(r"\d{4}", written) and self.is_year(text, start, end):
            return "year"
        return "cardinal"

    def unit_after(self, text: str, at: int, stop: int) -> str | None:
        """The longest unit that is written right behind a number ("Grad Celsius", "%", "km/h")."""
        m = _UNIT_ROOM.match(text, at, stop)
        room = m[1] if m else ""
        for cut in range(len(room), 0, -1):
            inside = cut < len(room) and room[cut].isalnum() and room[cut - 1].isalnum()
            if not inside and room[:cut] in self.units:
                return room[:cut]
        return None

    def _is_label(self, text: str, start: int) -> bool:
        """A number that names something: "Artikel 5", "Boeing 737", "Platz drei"."""
        m = _LABEL_BEFORE.search(text[max(0, start - 24) : start])
        return bool(m) and m[1] in self.forms.get("label", {}) if m else False

    def is_year(self, text: str, start: int, end: int) -> bool:
        """Whether the four digits are a year: "1998 kam er" against "2000 Menschen", "rund 1500 Euro"."""
        number = int(text[start:end])
        if not 1000 <= number <= 2100 or self.unit_after(text, end, len(text)):
            return False
        ranged = _RANGE_AFTER.match(text, end)
        if ranged and self.unit_after(text, ranged.end(), len(text)):
            return False
        if self._firm.search(text[max(0, start - 40) : start]):
            return False
        before = _WORD_BEFORE.search(text[max(0, start - 24) : start])
        leads = bool(before) and before[1].lower() in self.forms.get("yearish", {}) if before else False
        if _NOUN_AFTER.match(text, end):
            if not 1700 <= number <= 2060 or (number % 50 == 0 and number not in (1900, 1950, 2000)):
                return False
            if number in (1900, 2000) and not leads:
                return False
        return leads or (1500 <= number <= 2060 and (number % 100 > 0 or number in (1900, 2000)))


def _is_ordinal(text: str, end: int, ends: frozenset[int], value: Decimal) -> bool:
    """A full stop behind a number: "der 25. Versuch" against "Es waren 25. Dann …"."""
    if value != int(value) or value > 400 or end + 1 in ends:
        return False
    follows = text[end + 1 : end + 3]
    return len(follows) == 2 and follows[0].isspace() and follows[0] != "\n" and follows[1].isalnum()


def _any(forms: Iterable[str]) -> str:
    """Alternatives of a regular expression, longest first; lower-case words may open a sentence."""
    both = {g for form in forms for g in (form, form[:1].upper() + form[1:])}
    return "|".join(re.escape(f) for f in sorted(both, key=len, reverse=True)) or "(?!)"


def _value(written: str) -> Decimal:
    """`1.234,56`, `10'000`, `10 000` and `3,5` the German way; `1,234,567` can only be English."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", written):
        return Decimal(written.replace(",", ""))
    plain = re.sub(r"['’\u00a0\u202f\u2009 ]", "", written)
    if re.fullmatch(r"\d+\.\d{1,2}", plain):
        return Decimal(plain)
    return Decimal(plain.replace(".", "").replace(",", "."))


@lru_cache(maxsize=4096)
def _whole_number(word: str, code: str) -> Decimal | None:
    try:
        return Decimal(text2num(word, code))
    except ValueError:
        return None


@cache
def numerals_of(language: Language) -> Numerals:
    return Numerals(language)
