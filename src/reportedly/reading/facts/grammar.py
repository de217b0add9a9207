"""How do the tables of time expressions become patterns, and what do their words mean?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from reportedly.languages import Language
from reportedly.reading.facts.numbers import Numerals, numerals_of

_BLANK = re.compile(r" (?![?{*])")
_WORDS = [
    "month",
    "weekday",
    "season",
    "part",
    "relday",
    "dayadj",
    "unit",
    "edgeword",
    "relunit",
    "contextual",
    "feast",
    "decade",
    "hour",
]
_FIGURES = {"dots": r"\d\d?\.\s?\d\d?\.", "colon": r"\d\d?:\d\d", "tens": r"\d{2,4}er", "year": r"[12]\d{3}(?!\d)"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader made of a match: the value (None: a time, but nobody can tell which) and whether it is final."""

    value: str | None
    final: bool = True


UNKNOWN = Found(None, False)


@dataclass(slots=True)
class Context:
    """What the words around a match tell: the anchor day, the day named last, whether the clause looks ahead or back."""

    anchor: date | None
    words: Words
    future: bool = False
    past: bool = False
    today: date | None = None
    fresh: bool = False
    """Whether `today` was named in this very sentence."""

    @property
    def day(self) -> tuple[date | None, bool]:
        """The day that a time of day belongs to, and whether the sentence names it."""
        return (self.today, True) if self.today and self.fresh else (self.today or self.anchor, False)


Reader = Callable[[re.Match[str], Context], Found | None]


class Words:
    """`calendar.tsv` by kind: what does a form mean there?"""

    def __init__(self, language: Language) -> None:
        self.forms: dict[str, dict[str, str]] = {}
        for row in language.rows("calendar"):
            kind = self.forms.setdefault(row["kind"], {})
            for form in row.list("forms", "|"):
                kind[form.lower()] = row["value"]
        self.numerals: Numerals = numerals_of(language)

    def alternatives(self, kind: str, value: str | None = None) -> str:
        """The forms of a kind (with this value) as alternatives of a regular expression, longest first."""
        forms = [f for f, v in self.forms.get(kind, {}).items() if value is None or v == value]
        return "|".join(re.escape(f).replace(r"\ ", " ") for f in sorted(forms, key=len, reverse=True)) or "(?!)"

    def get(self, m: re.Match[str], kind: str, group: str = "") -> str | None:
        """The value of the word that stands in a group, None where the group is empty."""
        word = m.groupdict().get(group or kind)
        return self.forms[kind].get(" ".join(word.lower().split())) if word else None  # a line may end inside

    def number(self, m: re.Match[str], kind: str, group: str = "") -> int | None:
        value = self.get(m, kind, group)
        return int(value) if value else None

    def hours(self, m: re.Match[str]) -> str | None:
        """The part of the day that a match names: "Montagabend", "gestern Abend", "Montag früh"."""
        return self.get(m, "part", "wpart") or self.get(m, "part") or self.get(m, "early")

    def is_vague(self, word: str) -> bool:
        return any(word.lower().startswith(stem) for stem in self.forms.get("vague", ()))

    def starts(self, kind: str, text: str) -> bool:
        return text.lstrip().lower().startswith(tuple(self.forms.get(kind, ())) or ("\0",))

    def ends(self, kind: str, text: str) -> bool:
        return text.rstrip().lower().endswith(tuple(self.forms.get(kind, ())) or ("\0",))


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: re.Pattern[str]
    reader: Reader
    near: frozenset[str]
    address: str


@dataclass(frozen=True, slots=True)
class Grammar:
    rules: tuple[Rule, ...]
    trigger: re.Pattern[str]
    """Any word of the calendar, in a group of its kind: patterns are tried only near the kinds that they need."""
    ahead: re.Pattern[str]
    """Words that look ahead whatever else the clause holds: "soll", "will", "geplant"."""
    present: re.Pattern[str]
    """Verbs in the present, which look ahead unless a participle follows: "ist", "steht"."""
    past: re.Pattern[str]
    perfect: re.Pattern[str]
    words: Words = field(repr=False)

    def looks_ahead(self, clause: str) -> bool:
        """Does a clause speak of the future? ("will am Freitag reisen", not "soll am Freitag gereist sein")"""
        if self.past.search(clause) or self.perfect.search(clause):
            return False
        return bool(self.ahead.search(clause) or (self.present.search(clause) and not _PARTICIPLE.search(clause)))


_PARTICIPLE = re.compile(r"(?<!\w)(?:\w{0,8}ge|ver|be|er|ent|zer|miss|\w{2,12}i)\w{2,20}(?:t|en)\s{0,3}$")


@lru_cache(maxsize=8)
def words_of(language: Language) -> Words:
    return Words(language)


def compile_grammar(language: Language, readers: Mapping[str, Reader]) -> Grammar | None:
    """The patterns of a language, None where it has none."""
    rows = language.rows("moments")
    if not rows:
        return None
    words = words_of(language)
    kinds = {kind: words.alternatives(kind) for kind in _WORDS} | _FIGURES
    trigger = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items())
    return Grammar(
        tuple(
            Rule(
                re.compile(_expand(r["pattern"], words), re.I),
                readers[r["reader"]],
                frozenset(r.list("near")),
                r.address,
            )
            for r in rows
        ),
        re.compile(_BLANK.sub(lambda _: r"\s{1,2}", rf"(?<!\w)(?:{trigger})"), re.I),
        _word(words.alternatives("future", "strong")),
        _word(words.alternatives("future", "weak")),
        _word(words.alternatives("past")),
        re.compile(rf"(?:en|[^b]t)\s(?:{words.alternatives('perfect')})(?!\w)"),
        words,
    )


def _word(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.I)


def _expand(pattern: str, words: Words) -> str:
    """A pattern of the table as a regular expression: `{month2}` becomes a group of that name over all month forms."""
    pre, article = words.alternatives("pre"), words.alternatives("article")
    fixed = {
        "pre": f"(?:(?:{pre}) (?:(?:{article}) )?|(?:{article}) )?",
        "on": f"(?:{pre}) (?:(?:{article}) )?",
        "at": f"(?:(?:{words.alternatives('clock')}) )?",
        "at!": f"(?:{words.alternatives('clock-sure')}) ",
        "about": f"(?:(?:{words.alternatives('about')}) )?",
        "wpart": f"(?:-?(?P<wpart>{words.alternatives('part')}))?",
        "stretch": f"(?P<stretch>{words.alternatives('stretch')})e[nrms]?",
    }
    numbers = {
        "day": r"(?<!\d)(?P<{}>0?[1-9]|[12]\d|3[01])",
        "mon": r"(?P<{}>0?[1-9]|1[0-2])",
        "year": r"(?<![\d.,])(?P<{}>1[2-9]\d\d|20\d\d)(?!\d|[.,:]\d|er\b)",
        "count": r"(?P<{}>\d{{1,3}}(?:,\d{{1,3}})?|ein paar|[a-zäöüß]{{2,30}})",
    }

    def group(m: re.Match[str]) -> str:
        name = m[1]
        if name in fixed:
            return fixed[name]
        kind = name.rstrip("23")
        if kind in numbers:
            return numbers[kind].format(name)
        if kind == "dir":
            return f"(?P<{name}>{words.alternatives('dir')})e[nrms]?"
        return f"(?P<{name}>{words.alternatives(kind)})"

    expanded = re.sub(r"\{([a-z]+[23]?!?)\}", group, pattern)
    return r"(?<![\w§-])(?<!\d[.,:/])" + _BLANK.sub(lambda _: r"\s{1,2}", expanded) + r"(?!\w|-\w)"
