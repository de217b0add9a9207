"""Which times does the text name, and what day is that, seen from the day of publication?

The words and patterns stand in `calendar.tsv` and `moments.tsv`; here is what a pattern's finding is worth. A bare
weekday is the latest one up to the day of publication ("am Montag", printed on a Tuesday, is yesterday), unless the
clause looks ahead ("am Montag soll die Messe beginnen"). Where no anchor day is known only absolute dates get a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from reportedly.languages import Language
from reportedly.model.fact import Moment
from reportedly.model.span import Span
from reportedly.reading.facts import calendar
from reportedly.reading.facts.numbers import Numerals, numerals_of

_CLAUSE_END = re.compile(r"[,;:!?()„“”\"»«–\n]|\.\s")
_PARTICIPLE = re.compile(r"(?<!\w)(?:\w{0,8}ge|ver|be|er|ent|zer|miss|\w{2,12}i)\w{2,20}(?:t|en)\s*$")
_NEAR = 140
_LONGEST = 20_000
_BLANK = re.compile(r" (?![?{*])")
_PART_HOURS = {"früh": "05:00-09:00"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader made of a match: the value (None: a time, but nobody can tell which) and whether it is final."""

    value: str | None
    final: bool = True


UNKNOWN = Found(None, False)


@dataclass(slots=True)
class Context:
    """What the words around a match tell: the anchor day, the day named last in this sentence, a look ahead."""

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


class Words:
    """`calendar.tsv` by kind: what does a form mean there?"""

    def __init__(self, language: Language) -> None:
        self.forms: dict[str, dict[str, str]] = {}
        for row in language.rows("calendar"):
            kind = self.forms.setdefault(row["kind"], {})
            for form in row.list("forms", "|"):
                kind[form.lower()] = row["value"]
        self.numerals: Numerals = numerals_of(language)

    def alternatives(self, kind: str) -> str:
        return "|".join(re.escape(f).replace(r"\ ", " ") for f in sorted(self.forms.get(kind, ()), key=len, reverse=True)) or r"(?!)"

    def get(self, m: re.Match[str], kind: str, group: str = "") -> str | None:
        """The value of the word that stands in a group, None where the group is empty."""
        word = m.groupdict().get(group or kind)
        return self.forms[kind].get(word.lower()) if word else None

    def number(self, m: re.Match[str], kind: str, group: str = "") -> int | None:
        value = self.get(m, kind, group)
        return int(value) if value else None

    def count(self, word: str) -> float | None:
        return self.numerals.count(word)

    def is_vague(self, word: str) -> bool:
        return any(word.lower().startswith(stem) for stem in self.forms.get("vague", ()))


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: re.Pattern[str]
    reader: Callable[[re.Match[str], Context], Found | None]
    address: str


@dataclass(frozen=True, slots=True)
class Grammar:
    rules: tuple[Rule, ...]
    trigger: re.Pattern[str]
    ahead: re.Pattern[str]
    """Words that look ahead whatever else the clause holds: "soll", "will", "geplant"."""
    present: re.Pattern[str]
    """Verbs in the present, which look ahead unless a participle follows: "ist", "steht"."""
    past: re.Pattern[str]
    perfect: re.Pattern[str]
    words: Words = field(repr=False)


@lru_cache(maxsize=8)
def grammar_of(language: Language) -> Grammar | None:
    """The compiled patterns of a language, None where it has none."""
    rows = language.rows("moments")
    if not rows:
        return None
    words = Words(language)
    rules = tuple(
        Rule(re.compile(_expand(row["pattern"], words), re.IGNORECASE), _READERS[row["reader"]], row.address) for row in rows
    )
    kinds = "month weekday season part relday dayadj unit edge edgeword relunit contextual feast decade".split()
    stems = "|".join(words.alternatives(kind) for kind in kinds)
    trigger = re.compile(rf"(?<!\w)(?:{stems}|[12]\d{{3}}(?!\d)|\d\d?\.\s?\d\d?\.|\d\d?:\d\d|\d{{2,4}}er|Uhr|Jh|halb)", re.IGNORECASE)
    strong = "|".join(f for f, value in words.forms.get("future", {}).items() if value == "strong")
    weak = "|".join(f for f, value in words.forms.get("future", {}).items() if value == "weak")
    return Grammar(
        rules,
        trigger,
        re.compile(rf"(?<!\w)(?:{strong or '(?!)'})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{weak or '(?!)'})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{words.alternatives('past')})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?:en|[^b]t) (?:{words.alternatives('perfect')})(?!\w)"),
        words,
    )


def _expand(pattern: str, words: Words) -> str:
    """A pattern of the table as a regular expression: `{month2}` becomes a group of that name over all month forms."""
    pre = words.alternatives("pre")
    article = "(?:den|dem|der|des|die|das|diesen|diesem|dieser) "
    fixed = {
        "pre": f"(?:(?:{pre}) (?:{article})?|{article})?",
        "on": f"(?:{pre}) (?:{article})?",
        "at": "(?:(?:um|gegen|ab|bis|seit|von|vor|nach|zwischen|kurz vor|kurz nach|bis gegen) )?",
        "at!": "(?:um|gegen|ab|seit|kurz vor|kurz nach|bis gegen) ",
        "stretch": "(?P<stretch>früh|spät|ausgehend|beginnend|mittler)e[nrms]?",
        "about": f"(?:(?:{words.alternatives('about')}) )?",
        "longago": "(?:(?:noch|erst|schon|bereits|kurz) )?",
        "dayadj": f"(?P<dayadj>{words.alternatives('dayadj')})",
    }
    numbers = {
        "day": r"(?<!\d)(?P<{}>0?[1-9]|[12]\d|3[01])",
        "mon": r"(?P<{}>0?[1-9]|1[0-2])",
        "year": r"(?<![\d.,])(?P<{}>1[2-9]\d\d|20\d\d)(?![\d]|[.,:]\d|er\b)",
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
        if kind == "wpart":
            return rf"(?:-?(?P<wpart>{words.alternatives('part')}))?"
        return f"(?P<{name}>{words.alternatives(kind)})"

    expanded = re.sub(r"\{([a-z]+[23]?!?)\}", group, pattern)
    return r"(?<![\w§-])(?<!\d[.,:/])" + _BLANK.sub(lambda _: r"\s{1,2}", expanded) + r"(?!\w|-\w)"


def find_moments(
    text: str, stretches: list[tuple[int, int]], ends: list[int], anchor: date | None, language: Language
) -> Iterator[Moment]:
    """All times within the stretches, in order and without overlap; `ends` are the places where sentences end."""
    grammar = grammar_of(language)
    if grammar is None:
        return
    at, context = 0, Context(anchor, grammar.words)
    for start, stop in _windows(text, stretches, grammar.trigger):
        hits = sorted(
            ((m, rule) for rule in grammar.rules for m in _matches(rule.pattern, text, start, stop)),
            key=lambda hit: (hit[0].start(), -hit[0].end()),
        )
        done = 0
        for m, rule in hits:
            if m.start() < done:
                continue
            while at < len(ends) and ends[at] <= m.start():
                at, context.fresh = at + 1, False
            clause = _clause(text, m.start(), m.end())
            context.past = bool(grammar.past.search(clause))
            context.future = not context.past and _looks_ahead(clause, grammar)
            found = rule.reader(m, context)
            if found is None:
                continue
            done = m.end()
            if found.value and re.fullmatch(r"\d{4}-\d\d-\d\d", found.value[:10]) and len(found.value) in (10, 16, 33):
                context.today, context.fresh = calendar.day_of(found.value), True
            yield Moment(Span(m.start(), m.end()), found.value, found.final and found.value is not None, rule.address)


def _matches(pattern: re.Pattern[str], text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """Like finditer, but a match that begins inside another one is found too."""
    m = pattern.search(text, start, stop)
    while m:
        yield m
        m = pattern.search(text, m.start() + 1, stop)


def _windows(text: str, stretches: list[tuple[int, int]], trigger: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The parts of the stretches that lie near a word of the calendar; patterns run only there."""
    for start, stop in stretches:
        first = last = -1
        for m in trigger.finditer(text, start, stop):
            if first >= 0 and (m.start() - 80 > last or last - first > _LONGEST):
                yield first, last
                first = -1
            if first < 0:
                first = _word_start(text, max(start, last, m.start() - 80), m.start())
            last = _word_end(text, min(stop, m.end() + 80), stop)
        if first >= 0:
            yield first, last


def _word_start(text: str, at: int, limit: int) -> int:
    while at < limit and at and text[at].isalnum() and text[at - 1].isalnum():
        at += 1
    return at


def _word_end(text: str, at: int, limit: int) -> int:
    while at < limit and text[at - 1].isalnum() and text[at].isalnum():
        at += 1
    return at


def _clause(text: str, start: int, end: int) -> str:
    """The clause around a time, without the time itself, as far as marks and a bounded look tell."""
    before = text[max(0, start - _NEAR) : start]
    after = text[end : end + _NEAR]
    cut = [m.end() for m in _CLAUSE_END.finditer(before)]
    stop = _CLAUSE_END.search(after)
    return f"{before[cut[-1] :] if cut else before} {after[: stop.start()] if stop else after}"


def _looks_ahead(clause: str, grammar: Grammar) -> bool:
    """Does a clause speak of the future? ("will am Freitag reisen", not "soll am Freitag gereist sein")"""
    if grammar.ahead.search(clause):
        return not grammar.perfect.search(clause)
    return bool(grammar.present.search(clause)) and not _PARTICIPLE.search(clause)


def _year(m: re.Match[str], c: Context, month: int, group: str = "year") -> int | None:
    """The year of a match, or the one that a month without a year means."""
    groups = m.groupdict()
    if groups.get(group):
        written = groups[group]
        return int(written) + (0 if len(written) > 2 else 1900 if int(written) > 50 else 2000)
    if groups.get("dir") and c.anchor:
        return c.anchor.year + (c.words.number(m, "dir") or 0)
    return calendar.year_for(c.anchor, month, future=c.future, past=c.past) if c.anchor else None


def _month(m: re.Match[str], c: Context, group: str = "month") -> int:
    written = m.groupdict().get("mon")
    return int(written) if written else c.words.number(m, "month", group) or 0


def _iso(m: re.Match[str], c: Context) -> Found | None:
    return Found(m["iso"]) if calendar.valid(m["iso"]) else None


def _date(m: re.Match[str], c: Context) -> Found | None:
    month = _month(m, c)
    number = int(m["day"]) if "day" in m.groupdict() else c.words.number(m, "dayword") or 0
    year = _year(m, c, month)
    if year is None:
        return UNKNOWN if calendar.real_day(2024, month, number) else None
    day = calendar.real_day(year, month, number)
    if day is None:
        return None
    hours = c.words.get(m, "part", "wpart")
    return Found(calendar.part_of_day(day, hours) if hours else day.isoformat())


def _days(m: re.Match[str], c: Context) -> Found | None:
    groups = m.groupdict()
    last_month = c.words.number(m, "month", "month2") or _month(m, c)
    last_year = _year(m, c, last_month, "year2" if groups.get("year2") else "year")
    if last_year is None:
        return UNKNOWN
    first_month = _month(m, c)
    first_year = int(groups["year"]) if groups.get("year") else last_year - (first_month > last_month)
    first = calendar.real_day(first_year, first_month, int(m["day"]))
    last = calendar.real_day(last_year, last_month, int(m["day2"]))
    return Found(calendar.interval(first.isoformat(), last.isoformat())) if first and last and first <= last else None


def _month_found(m: re.Match[str], c: Context) -> Found | None:
    groups = m.groupdict()
    where = c.words.get(m, "edge")
    if not (groups.get("year") or groups.get("dir") or where) and m.start("month") == m.start():
        return None  # a bare "August" may be a person, "Mai" a ballad
    month, steps = _month(m, c), c.words.number(m, "dir")
    if "Jahr" in m[0] or steps is None:
        year = _year(m, c, month)
    else:
        year = _stepped(c.anchor, month, steps) if c.anchor else None
    if year is None:
        return UNKNOWN
    value = f"{year:04}-{month:02}"
    return Found(calendar.edge(value, where) if where else value)


def _stepped(anchor: date, month: int, steps: int) -> int:
    """The year of "im vergangenen Dezember" (-1), "im kommenden Januar" (1), "diesen Sommer" (0)."""
    if steps < 0:
        return anchor.year - (month >= anchor.month) + steps + 1
    return anchor.year + (month <= anchor.month) + steps - 1 if steps else anchor.year


def _months(m: re.Match[str], c: Context) -> Found | None:
    first, last = _month(m, c), c.words.number(m, "month", "month2") or 0
    if m.start("month") == m.start() and not (m["year"] or m["year2"]):
        return None
    last_year = _year(m, c, last, "year2")
    if last_year is None:
        return UNKNOWN
    first_year = int(m["year"]) if m["year"] else last_year - (first > last)
    value = f"{first_year:04}-{first:02}/{last_year:04}-{last:02}"
    return Found(value) if calendar.valid(value) else None


def _year_found(m: re.Match[str], c: Context) -> Found | None:
    where = c.words.get(m, "edge")
    named = "ahr" in m[0] or bool(where)
    if not named and not c.words.numerals.is_year(m.string, m.start("year"), m.end("year")):
        return None
    return Found(calendar.edge(m["year"], where) if where else m["year"])


def _year_old(m: re.Match[str], c: Context) -> Found | None:
    return Found(f"{int(m['n']):04}")


def _years(m: re.Match[str], c: Context) -> Found | None:
    first, last = m["year"], m.groupdict().get("year2") or m["year"][:2] + m["short"]
    if " und " in m[0] and "zwischen" not in m[0].lower() and int(last) != int(first) + 1:
        return None
    near = int(first) < int(last) if "short" not in m.groupdict() else int(last) == int(first) + 1
    if not near or ("short" not in m.groupdict() and not c.words.numerals.is_year(m.string, m.start("year2"), m.end("year2"))):
        return None
    return Found(f"{first}/{last}")


def _season(m: re.Match[str], c: Context) -> Found | None:
    groups = m.groupdict()
    where = c.words.get(m, "edge")
    if not (groups["year"] or groups["dir"] or groups["dir2"] or where) and m.start("season") == m.start():
        return None
    month = c.words.number(m, "season") or 0
    if groups["year"]:
        year = int(groups["year"])
    elif c.anchor is None:
        return UNKNOWN
    elif groups["dir2"]:
        year = c.anchor.year + (c.words.number(m, "dir", "dir2") or 0)
    else:
        steps = c.words.number(m, "dir")
        if steps is None:
            running = (c.anchor.month - month) % 12 < 3
            year = c.anchor.year - (c.anchor.month < month) if running else _year(m, c, month) or 0
        else:  # a season that has not ended is not yet a past one
            year = _stepped(c.anchor, month + 2 if steps < 0 else month, steps)
    value = calendar.months(year, month, 3)
    if where:
        value = value.split("/")[{"start": 0, "end": 1}.get(where, 0)]
    return Found(value) if calendar.valid(value) else UNKNOWN


def _century(m: re.Match[str], c: Context) -> Found | None:
    if not 1 <= int(m["n"]) <= 30 or m.string[m.end() : m.end() + 5].lstrip().startswith("v."):
        return None
    return Found(_narrowed(calendar.century(int(m["n"])), m, c))


def _decade(m: re.Match[str], c: Context) -> Found | None:
    number = int(m.groupdict().get("n") or c.words.get(m, "decade") or 0)
    if not number:
        return None
    first = number if number > 99 else (1900 if number >= 20 else 2000) + number
    return Found(_narrowed(f"{first:04}/{first + 9:04}", m, c))


def _narrowed(value: str, m: re.Match[str], c: Context) -> str | None:
    stretch = m["stretch"]
    early = {"früh": "start", "beginnend": "start", "mittler": "middle"}.get(stretch.lower(), "end") if stretch else None
    where = c.words.get(m, "edge") or early
    return calendar.edge(value, where) if where else value


def _weekday(m: re.Match[str], c: Context) -> Found | None:
    if re.search(r"(?:Bild|Welt|Presse|NZZ) am $", m.string[max(0, m.start("weekday") - 9) : m.start("weekday")]):
        return None  # newspapers
    if m.string[m.end() : m.end() + 1] == "-" or m["weekday"].islower():
        return None if m.string[m.end() : m.end() + 1] == "-" else UNKNOWN
    if c.anchor is None:
        return UNKNOWN
    number = c.words.number(m, "weekday") or 1
    groups = m.groupdict()
    if groups.get("dayadj"):
        day = c.anchor + timedelta(days=c.words.number(m, "dayadj") or 0)
        if day.isoweekday() != number:
            return UNKNOWN
    else:
        day = calendar.weekday(c.anchor, number, c.words.number(m, "dir"), future=c.future)
    hours = c.words.get(m, "part", "wpart") or c.words.get(m, "part")
    if hours is None and m[0].endswith(" früh"):
        hours = _PART_HOURS["früh"]
    return Found(calendar.part_of_day(day, hours) if hours else day.isoformat())


def _weekday_of_week(m: re.Match[str], c: Context) -> Found | None:
    if c.anchor is None:
        return UNKNOWN
    day = calendar.weekday_of_week(c.anchor, c.words.number(m, "weekday") or 1, c.words.number(m, "dir") or 0)
    hours = c.words.get(m, "part", "wpart")
    return Found(calendar.part_of_day(day, hours) if hours else day.isoformat())


def _weekdays(m: re.Match[str], c: Context) -> Found | None:
    if c.anchor is None:
        return UNKNOWN
    last = calendar.weekday(c.anchor, c.words.number(m, "weekday", "weekday2") or 1, None, future=c.future)
    first = calendar.weekday(last, c.words.number(m, "weekday") or 1, -1)
    return Found(f"{first.isoformat()}/{last.isoformat()}")


def _night(m: re.Match[str], c: Context) -> Found | None:
    if m.groupdict().get("weekday"):
        if c.anchor is None:
            return UNKNOWN
        day: date | None = calendar.weekday(c.anchor, c.words.number(m, "weekday") or 1, None, future=c.future)
    else:
        month = _month(m, c)
        year = _year(m, c, month)
        if year is None:
            return UNKNOWN
        day = calendar.real_day(year, month, int(m["day"]))
    return Found(calendar.part_of_day(day - timedelta(days=1), "22:00-06:00")) if day else None


def _relday(m: re.Match[str], c: Context) -> Found | None:
    groups = m.groupdict()
    word = groups.get("relday") or ""
    if word == "Morgen" and (m.start("relday") != m.start() or not _opens_sentence(m.string, m.start())):
        return None  # the morning
    if word.lower() == "morgen" and groups.get("part"):
        return None
    if c.anchor is None:
        return UNKNOWN
    steps = c.words.number(m, "relday") if word else c.words.number(m, "dayadj")
    value = calendar.shift(c.anchor, "day", steps or 0)
    hours = c.words.get(m, "part") or (_PART_HOURS["früh"] if m[0].lower().endswith("früh") else None)
    day = calendar.day_of(value)
    return Found(calendar.part_of_day(day, hours) if hours and day else value)


def _opens_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip(" \t„“»\"")
    return not before or before[-1] in ".!?:\n"


def _part(m: re.Match[str], c: Context) -> Found | None:
    day, named = c.day
    if day is None:
        return UNKNOWN
    return Found(calendar.part_of_day(day, c.words.get(m, "part") or ""), named)


def _clock_value(day: date | None, hour: float | None, minute: int) -> str | None:
    if day is None or hour is None or hour != int(hour) or not 0 <= hour <= 24 or (hour == 24 and minute):
        return None
    return f"{day.isoformat()}T{int(hour):02}:{minute:02}"


def _clock(m: re.Match[str], c: Context) -> Found | None:
    groups = m.groupdict()
    hour = float(groups["h"]) if groups.get("h") else c.words.count(groups.get("count") or "")
    if hour is None or hour > 24:
        return None
    day, named = c.day
    minute = int(groups.get("min") or groups.get("min2") or 0)
    value = _clock_value(day, hour, minute)
    return Found(value, named) if value else UNKNOWN


def _clock_half(m: re.Match[str], c: Context) -> Found | None:
    hour = c.words.count(m["count"])
    if hour is None or not 1 <= hour <= 12:
        return None
    day, named = c.day
    value = _clock_value(day, hour - 1, 30)
    return Found(value, named) if value else UNKNOWN


def _clocks(m: re.Match[str], c: Context) -> Found | None:
    day, named = c.day
    first = _clock_value(day, float(m["h"]), int(m["min"] or 0))
    last = _clock_value(day, float(m["h2"]), int(m["min2"] or 0))
    if first and last and first > last and day:
        last = _clock_value(day + timedelta(days=1), float(m["h2"]), int(m["min2"] or 0))
    return Found(f"{first}/{last}", named) if first and last else UNKNOWN


def _midnight(m: re.Match[str], c: Context) -> Found | None:
    day, named = c.day
    return Found(f"{day.isoformat()}T24:00", named) if day else UNKNOWN


_SINGULAR = re.compile(r"(?:Wochenende|Woche|Monate?s?|Quartals?|Halbjahre?s?|Jahre?s?|Jahrzehnte?s?|Jahrhunderte?s?)", re.IGNORECASE)
_PLURAL = re.compile(r"(?:die|den|der) .*(?:Jahre|Jahren|Monate|Monaten|Wochen|Tage|Tagen|Jahrzehnte|Jahrzehnten)$", re.IGNORECASE)


def _dir_unit(m: re.Match[str], c: Context) -> Found | None:
    unit = c.words.get(m, "unit") or ""
    if unit in ("minute", "hour"):
        return None
    steps = c.words.number(m, "dir") or 0
    if unit == "day" or not _SINGULAR.fullmatch(m["unit"]) or _PLURAL.search(m[0]) or c.anchor is None:
        return UNKNOWN
    value = calendar.shift(c.anchor, unit, steps)
    where = c.words.get(m, "edge")
    return Found(calendar.edge(value, where) if where and value else value) if value else UNKNOWN


def _dir_count(m: re.Match[str], c: Context) -> Found | None:
    unit, count, steps = c.words.get(m, "unit") or "", c.words.count(m["count"]), c.words.number(m, "dir") or 0
    if count is None and not c.words.is_vague(m["count"]):
        return None
    if c.anchor is None or count is None or count != int(count) or not steps or unit in ("minute", "hour", "weekend"):
        return UNKNOWN
    if unit in ("decade", "century"):
        unit, count = "year", count * (10 if unit == "decade" else 100)
    there, here = calendar.shift(c.anchor, unit, int(count) * (1 if steps > 0 else -1)), calendar.shift(c.anchor, unit, 0)
    if there is None or here is None:
        return UNKNOWN
    ends = sorted(part for value in (there, here) for part in value.split("/"))
    return Found(f"{ends[0]}/{ends[-1]}")


def _edge_unit(m: re.Match[str], c: Context) -> Found | None:
    unit = c.words.get(m, "unit") or ""
    if unit not in ("week", "month", "quarter", "halfyear", "year", "decade", "century"):
        return None
    value = calendar.shift(c.anchor, unit, 0) if c.anchor else None
    return Found(calendar.edge(value, c.words.get(m, "edge") or "end")) if value else UNKNOWN


def _weekend(m: re.Match[str], c: Context) -> Found | None:
    if c.anchor is None:
        return UNKNOWN
    steps = c.words.number(m, "dir")
    if steps is None:  # on Saturday and Sunday the one at hand, else the one before, unless the clause looks ahead
        steps = 0 if c.future or c.anchor.isoweekday() >= 6 else -1
    value = calendar.shift(c.anchor, "weekend", steps)
    return Found(value) if value else UNKNOWN


def _edgeword(m: re.Match[str], c: Context) -> Found | None:
    unit, where = (c.words.get(m, "edgeword") or "year end").split()
    value = m["year"] or (calendar.shift(c.anchor, unit, 0) if c.anchor else None)
    return Found(calendar.edge(value, where)) if value else UNKNOWN


def _relunit(m: re.Match[str], c: Context) -> Found | None:
    unit, steps = (c.words.get(m, "relunit") or "year 0").split()
    return Found(calendar.shift(c.anchor, unit, int(steps))) if c.anchor else UNKNOWN


def _counted(m: re.Match[str], c: Context, sign: int) -> Found | None:
    unit, count = c.words.get(m, "unit") or "", c.words.count(m["count"])
    if count is None:
        return UNKNOWN if c.words.is_vague(m["count"]) else None
    if c.anchor is None or unit in ("minute", "hour"):
        return UNKNOWN
    if count != int(count):
        unit, count = {"year": ("month", count * 12), "month": ("week", count * 4), "week": ("day", count * 7)}.get(unit, ("", 0))
        if not unit or count != int(count):
            return UNKNOWN
    value = calendar.shift(c.anchor, unit, sign * int(count))
    return Found(value) if value else UNKNOWN


def _unknown(m: re.Match[str], c: Context) -> Found | None:
    word = m.groupdict().get("count")
    return None if word and c.words.count(word) is None and not c.words.is_vague(word) else UNKNOWN


def _quarter(m: re.Match[str], c: Context) -> Found | None:
    unit, number = c.words.get(m, "unit"), c.words.number(m, "ordinal") or 1
    size = {"quarter": 3, "halfyear": 6}.get(unit or "")
    if size is None or number * size > 12:
        return None
    if m["year"]:
        year = int(m["year"])
    elif c.anchor is None:
        return UNKNOWN
    else:
        steps = c.words.number(m, "dir")
        year = c.anchor.year + steps if steps is not None else calendar.year_for(c.anchor, number * size, future=c.future, past=c.past)
        if steps is None and not c.future and (number - 1) * size < c.anchor.month:
            year = c.anchor.year
    return Found(calendar.months(year, (number - 1) * size + 1, size))


def _feast(m: re.Match[str], c: Context) -> Found | None:
    kind = c.words.get(m, "feast") or ""
    if m["year"]:
        year = int(m["year"])
    elif c.anchor is None:
        return UNKNOWN
    else:
        month = 4 if kind.startswith("easter") else int(kind[:2])
        year = calendar.year_for(c.anchor, month, future=c.future, past=c.past)
    value = calendar.feast(kind, year)
    return Found(value) if value else UNKNOWN


_READERS: Mapping[str, Callable[[re.Match[str], Context], Found | None]] = {
    "iso": _iso, "date": _date, "days": _days, "month": _month_found, "months": _months, "year": _year_found,
    "years": _years, "year-old": _year_old, "season": _season, "century": _century, "decade": _decade, "weekday": _weekday,
    "weekday-of-week": _weekday_of_week, "weekdays": _weekdays, "night": _night, "relday": _relday, "part": _part,
    "clock": _clock, "clock-half": _clock_half, "clocks": _clocks, "midnight": _midnight, "dir-unit": _dir_unit,
    "dir-count": _dir_count, "edge-unit": _edge_unit, "weekend": _weekend, "edgeword": _edgeword, "relunit": _relunit,
    "ago": lambda m, c: _counted(m, c, -1), "ahead": lambda m, c: _counted(m, c, 1), "unknown": _unknown,
    "quarter": _quarter, "feast": _feast,
}  # fmt: skip
