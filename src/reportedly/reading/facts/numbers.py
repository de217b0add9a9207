"""Which numbers does a stretch of text write, in digits or in words, and which of its digits count nothing?

German style: `10.000`, `1.234,56`, `10'000`, `10 000`, `3,5 Millionen`, `zweieinhalb Milliarden`, `ein halbes Dutzend`,
`Zehntausende`, `zwei Drittel`. Dates, ordinals, scores, sections and the numbers of things ("Boeing 737") are numbers
too, but of a kind of their own: whoever counts leaves them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from text_to_num import text2num

from reportedly.languages import Language

_DIGITS = (
    r"\d{1,3}(?:\.\d{3}){1,8}(?!\d)(?:,\d{1,12})?"
    r"|\d{1,3}(?:['’]\d{3}){1,8}(?!\d)(?:[.,]\d{1,12})?"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3}){1,8}(?!\d)(?:,\d{1,12})?"
    r"|\d{1,3}(?:,\d{3}){2,8}(?!\d)"
    r"|\d{1,15},\d{1,12}|\d{1,15}\.\d{1,2}(?![\d.])|\d{1,15}"
)
_MORPHEMES = (
    "null|einund|hunderteins|tausendeins|ein|zwei|zwo|drei|vier|fünf|fuenf|sechs|sechzehn|sechzig|sech|siebzehn|siebzig|sieben|sieb|acht|neun"
    "|zehn|elf|zwölf|zwoelf|zwanzig|zig|dreißig|dreissig|ßig|und|hundert|tausend"
)
_GLUED = re.compile(r"[\w§#$/:.,'’‑-]")


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
    few: int | None = None
    """Where the "mehrere" of "mehrere Hundert" starts."""


class Numerals:
    """The number words of a language, compiled."""

    def __init__(self, language: Language) -> None:
        self.values: dict[str, dict[str, Decimal]] = {}
        self.labels: frozenset[str] = frozenset()
        for row in language.rows("numbers"):
            kind = self.values.setdefault(row["kind"], {})
            for form in row.list("forms", "|"):
                kind[form if row["kind"] in ("vague", "fraction", "label") else form.lower()] = Decimal(row["value"] or 0)
        self.labels = frozenset(self.values.get("label", {}))
        self.units = frozenset(f for row in language.rows("units") for f in row.list("forms", "|"))
        self.yearish = frozenset(self.values.get("yearish", {}))
        firm = {f: Decimal(0) for row in language.rows("modifiers") if row["place"] == "before" for f in row.list("forms", "|")}
        self._firm = re.compile(rf"(?<!\w)(?:{_alternatives({f: v for f, v in firm.items() if f not in self.yearish})})\s$")
        self._numeral = self._compile()

    def _compile(self) -> re.Pattern[str]:
        words = {kind: _alternatives(forms) for kind, forms in self.values.items()}
        for kind in ("one", "scale", "whole", "vague", "few", "half", "mixed", "mixed-end", "fraction", "sign", "point"):
            words.setdefault(kind, "(?!)")
        return re.compile(
            rf"""(?<!\w)(?:(?P<sign>(?i:{words["sign"]})\s|(?:(?<=[\s(])|\A)[-–−](?=\d)))?
            (?: (?P<digits>{_DIGITS})
              | (?:(?P<one2>(?i:{words["one"]}))\s)? (?P<half>(?i:{words["half"]})) (?=\s(?:{words["scale"]})(?!\w))
              | (?P<few>(?i:{words["few"]})) (?=\s(?:{words["scale"]})(?!\w))
              | (?:(?P<one3>(?i:{words["one"]}))\s)? (?P<whole>{words["whole"]})
              | (?P<mixed>(?i:{words["mixed"]}))
              | (?P<word>(?i:(?:{_MORPHEMES}){{1,14}}) (?P<end>(?i:{words["mixed-end"]}))?(?!\w))
              | (?P<one>(?i:{words["one"]}))
              | (?P<alone>(?:{words["fraction"]}))
              | (?P<vague>{words["vague"]}) )
            (?: \s?(?P<scale>{words["scale"]}) (?!\w) )?
            (?: \s(?P<fraction>{words["fraction"]}) (?!\w) )?
            """.replace("\n            ", "\n"),
            re.VERBOSE,
        )

    def scan(self, text: str, start: int, stop: int, ends: frozenset[int] = frozenset()) -> Iterator[Numeral]:
        """All numbers between two places. `ends` are the places where sentences end ("Es waren 25. Dann …")."""
        for m in self._numeral.finditer(text, start, stop):
            found = self._read(m, text, stop, ends)
            if found:
                yield found

    def _read(self, m: re.Match[str], text: str, stop: int, ends: frozenset[int]) -> Numeral | None:
        scale = self.values["scale"][m["scale"].lower()] if m["scale"] else Decimal(1)
        end = m.end()
        if m["digits"]:
            return self._read_digits(m, text, stop, ends, scale)
        if end < stop and (text[end].isalnum() or text[end] in "_"):
            return None
        compound = text[end : end + 1] in ("-", "‑") and text[end + 1 : end + 2].isalpha()
        kind = "compound" if compound else "cardinal"
        first = m.start()
        if m["fraction"] or m["alone"]:
            if m["scale"]:
                return None
            parts = Decimal(1) if m["alone"] else self._base(m)
            form = m["fraction"] or m["alone"]
            whole = self.values["fraction"][form]
            if parts is None or parts >= whole or (m["alone"] and whole != 2 and not m["alone"].startswith("Dreiv")):
                return None
            return Numeral(first, end, float(round(parts / whole, 4)), "fraction")
        if m["vague"]:
            if compound or text[first - 1 : first] in ("-", "‑"):
                return None
            return Numeral(first, end, float(self.values["vague"][m["vague"]]), "vague")
        if m["whole"]:
            return Numeral(first, end, float(self.values["whole"][m["whole"].lower()]), kind)
        if m["half"]:
            value = self.values["half"][m["half"].lower()] * scale
            return Numeral(m.start("one2") if m["one2"] else m.start("half"), end, float(value), kind, float(scale)) if m["scale"] else None
        if m["few"]:
            value = self.values["few"][m["few"].lower()] * scale
            return Numeral(m.start("few"), end, float(value), "vague", float(scale), few=m.start("few")) if m["scale"] else None
        base = self._base(m)
        if base is None:
            return None
        if m["scale"] is None and m["end"] is None and (m["one"] or (m["word"] or "").lower() in self.values["one"]):
            return Numeral(first, end, 1.0, "article")
        if m["word"] and m["scale"] is None and self._is_label(text, first):
            kind = "label"
        return Numeral(first, end, _plain(base * scale * (-1 if m["sign"] else 1)), kind, float(scale))

    def _base(self, m: re.Match[str]) -> Decimal | None:
        if m["one"]:
            return Decimal(1)
        if m["mixed"]:
            return self.values["mixed"][m["mixed"].lower()]
        if m["word"]:
            return self.word(m["word"])
        return None

    def word(self, written: str) -> Decimal | None:
        """The value of one number word: `zweieinhalb` is 2.5, `zehntausend` 10000; None where it is none."""
        lower = written.lower()
        for form, value in self.values.get("mixed", {}).items():
            if lower == form:
                return value
        for form, value in self.values.get("mixed-end", {}).items():
            if lower.endswith(form) and len(lower) > len(form):
                stem = lower[: -len(form)]
                whole = Decimal(1) if stem in ("ein", "und") else _spelled(stem)
                return whole + value if whole is not None else None
        return _spelled(lower)

    def count(self, written: str) -> float | None:
        """Like `word`, for digits and "einem" too: what counts the days of "vor drei Tagen"."""
        if written[:1].isdigit():
            return float(written.replace(".", "").replace(",", "."))
        if written.lower() in self.values.get("one", {}):
            return 1.0
        value = self.word(written)
        return float(value) if value is not None else None

    def _read_digits(self, m: re.Match[str], text: str, stop: int, ends: frozenset[int], scale: Decimal) -> Numeral | None:
        start, after_digits, end = m.start("digits"), m.end("digits"), m.end("scale") if m["scale"] else m.end("digits")
        before = text[start - 1 : start]
        if not m["sign"] and before and _GLUED.match(before) and (before.isalnum() or not text[max(0, start - 2) : start - 1].isspace()):
            joined = before in "-–" and text[start - 2 : start - 1].isdigit()
            if not joined and not (before in "/-–" and not text[start - 2 : start - 1].isalnum()) and before not in "$":
                return None
        written = m["digits"]
        value = _digits(written)
        if re.fullmatch(r"\d+\.\d{1,2}", written) and not m["scale"] and self.unit_after(text, after_digits, stop) is None:
            return Numeral(start, end, float(value), "date", digits=True)
        if len(written) > 1 and written[0] == "0" and written[1].isdigit():
            return None
        rest = text[end : end + 3]
        kind = "cardinal"
        if m["fraction"]:
            whole = self.values["fraction"][m["fraction"]]
            return Numeral(start, m.end(), float(round(value / whole, 4)), "fraction", digits=True) if value < whole else None
        if not m["scale"]:
            if rest[:1] and rest[0] in ":/" and rest[1:2].isdigit():
                return None
            if rest[:1] in ("-", "‑", "–") and rest[1:2].isalpha():
                kind = "compound"
            elif rest[:1].isalpha() or rest[:1] == "_":
                if self.unit_after(text, end, stop) is None:
                    return None
            elif rest[:1] == "." and self._is_ordinal(text, start, end, ends, value):
                kind = "ordinal"
            elif self._is_label(text, start):
                kind = "label"
            elif re.fullmatch(r"\d{4}", written) and self.is_year(text, start, end):
                kind = "year"
        first = m.start("sign") if m["sign"] else start
        return Numeral(first, end, _plain(value * scale * (-1 if m["sign"] else 1)), kind, float(scale), digits=True)

    def unit_after(self, text: str, at: int, stop: int) -> str | None:
        """The longest unit that is written right behind a number ("Grad Celsius", "%", "km/h")."""
        m = _UNIT_ROOM.match(text, at, stop)
        if not m:
            return None
        room = m[1]
        for cut in range(len(room), 0, -1):
            if cut < len(room) and room[cut].isalnum() and room[cut - 1].isalnum():
                continue
            if room[:cut] in self.units:
                return room[:cut]
        return None

    def _is_ordinal(self, text: str, start: int, end: int, ends: frozenset[int], value: Decimal) -> bool:
        """A full stop behind a number: "der 25. Versuch" against "Es waren 25. Dann …"."""
        if value != int(value) or value > 400 or end + 1 in ends:
            return False
        follows = text[end + 1 : end + 3]
        return len(follows) == 2 and follows[0].isspace() and follows[0] != "\n" and follows[1].isalnum()

    def _is_label(self, text: str, start: int) -> bool:
        """A number that names something: "Artikel 5", "Boeing 737", "Platz drei"."""
        before = text[max(0, start - 24) : start].rstrip()
        word = before.rsplit(None, 1)[-1].lstrip("(„\"»“") if before else ""
        return word in self.labels or word == "§"

    def is_year(self, text: str, start: int, end: int) -> bool:
        """Whether the four digits are a year: "1998 kam er" against "2000 Menschen", "rund 1500 Euro"."""
        number = int(text[start:end])
        if not 1000 <= number <= 2100 or self.unit_after(text, end, len(text)):
            return False
        before = _WORD_BEFORE.search(text, max(0, start - 24), start)
        word = before[1].lower() if before else ""
        if self._firm.search(text[max(0, start - 40) : start]):
            return False
        ranged = _RANGE_AFTER.match(text, end)
        if ranged and self.unit_after(text, ranged.end(), len(text)):
            return False
        noun = _NOUN_AFTER.match(text, end)
        if noun and number % 50 == 0 and number not in (1950, 1900, 2000):
            return False
        if noun and number in (1900, 2000) and word not in self.yearish:
            return False
        if noun and not 1700 <= number <= 2060:
            return False
        return word in self.yearish or (1500 <= number <= 2060 and (number % 100 > 0 or number in (1900, 2000)))


_UNIT_ROOM = re.compile(r"[\s-]?(\S[^\n,;:!?()]{0,23})")
_RANGE_AFTER = re.compile(r"\s?(?:bis|–|-|und|oder)\s?\d[\d.,]{0,12}")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s*$")
_NOUN_AFTER = re.compile(r"\s(?:[a-zäöüß]{3,20}(?:e|en|er|es|em)\s){0,2}[A-ZÄÖÜ][a-zäöüß]{2,}")


def _alternatives(forms: dict[str, Decimal]) -> str:
    both = {f for form in forms for f in (form, form.capitalize() if form.islower() else form)}
    return "|".join(re.escape(f) for f in sorted(both, key=len, reverse=True))


def _plain(value: Decimal) -> float:
    return float(value)


def _digits(written: str) -> Decimal:
    """`1.234,56`, `10'000`, `10 000` and `3,5` the German way; `1,234,567` can only be English."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", written):
        return Decimal(written.replace(",", ""))
    plain = re.sub(r"['’\u00a0\u202f\u2009 ]", "", written)
    if re.fullmatch(r"\d+\.\d{1,2}", plain):
        return Decimal(plain)
    return Decimal(plain.replace(".", "").replace(",", "."))


@lru_cache(maxsize=4096)
def _spelled(word: str) -> Decimal | None:
    try:
        value = text2num(word.replace("fuenf", "fünf").replace("zwoelf", "zwölf"), "de")
    except ValueError:
        return None
    return Decimal(value) if word not in ("eins", "hunderteine") else Decimal(1)


@lru_cache(maxsize=8)
def numerals_of(language: Language) -> Numerals:
    return Numerals(language)
