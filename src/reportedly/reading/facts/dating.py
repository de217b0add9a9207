"""What is a match of a time pattern worth? One reader for each word in the column `reader` of `moments.tsv`.

A reader gives the value, `UNKNOWN` where the words are a time but nobody can tell which, or None where they are no
time after all ("der August" may be a person).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from reportedly.reading.facts import calendar
from reportedly.reading.facts.grammar import UNKNOWN, Context, Found, Reader


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


def _on(day: date, m: re.Match[str], c: Context) -> Found:
    """The day itself, or the part of it that the match names ("Montagabend")."""
    hours = c.words.hours(m)
    return Found(calendar.part_of_day(day, hours) if hours else day.isoformat())


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
    return _on(day, m, c)


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
    if steps is None or m.groupdict().get("unit"):
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
    lead = m.string[m.start() : m.start("year")].strip().lower()
    if not (m["unit"] or where) and (
        lead in c.words.forms["article"] or not c.words.numerals.is_year(m.string, m.start("year"), m.end("year"))
    ):
        return None  # "die 1983 gegründete Firma": the article belongs to the noun
    return Found(calendar.edge(m["year"], where) if where else m["year"])


def _year_old(m: re.Match[str], c: Context) -> Found | None:
    return Found(f"{int(m['n']):04}")


def _years(m: re.Match[str], c: Context) -> Found | None:
    first, last = m["year"], m.groupdict().get("year2") or m["year"][:2] + m["short"]
    if m.groupdict().get("und") and m.start() == m.start("year") and int(last) != int(first) + 1:
        return None
    near = int(first) < int(last) if "short" not in m.groupdict() else int(last) == int(first) + 1
    if not near or (
        "short" not in m.groupdict() and not c.words.numerals.is_year(m.string, m.start("year2"), m.end("year2"))
    ):
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
    if not 1 <= int(m["n"]) <= 30 or c.words.starts("before-christ", m.string[m.end() : m.end() + 12]):
        return None
    return Found(_narrowed(calendar.century(int(m["n"])), m, c))


def _decade(m: re.Match[str], c: Context) -> Found | None:
    number = int(m.groupdict().get("n") or c.words.get(m, "decade") or 0)
    if not number:
        return None
    first = number if number > 99 else (1900 if number >= 20 else 2000) + number
    return Found(_narrowed(f"{first:04}/{first + 9:04}", m, c))


def _narrowed(value: str, m: re.Match[str], c: Context) -> str | None:
    where = c.words.get(m, "edge") or c.words.get(m, "stretch")
    return calendar.edge(value, where) if where else value


def _weekday(m: re.Match[str], c: Context) -> Found | None:
    if c.words.ends("paper", m.string[max(0, m.start("weekday") - 12) : m.start("weekday")]):
        return None
    if m["weekday"].islower() or c.anchor is None:  # "montags" comes back every week
        return UNKNOWN
    number = c.words.number(m, "weekday") or 1
    adjective = c.words.number(m, "dayadj")
    if adjective is None:
        return _on(calendar.weekday(c.anchor, number, c.words.number(m, "dir"), future=c.future), m, c)
    day = c.anchor + timedelta(days=adjective)
    return _on(day, m, c) if day.isoweekday() == number else UNKNOWN


def _weekday_of_week(m: re.Match[str], c: Context) -> Found | None:
    if c.anchor is None:
        return UNKNOWN
    weeks = c.words.number(m, "dir") or 0
    return _on(calendar.weekday_of_week(c.anchor, c.words.number(m, "weekday") or 1, weeks), m, c)


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
    word = m.groupdict().get("relday") or ""
    opens = bool(word) and m.start("relday") == m.start() and _opens_sentence(m.string, m.start())
    if word[:1].isupper() and word.lower() in c.words.forms["part"] and not opens:
        return None  # "Morgen" inside a sentence is the morning
    if c.anchor is None:
        return UNKNOWN
    steps = c.words.number(m, "relday") if word else c.words.number(m, "dayadj")
    day = calendar.day_of(calendar.shift(c.anchor, "day", steps or 0))
    return _on(day, m, c) if day else UNKNOWN


def _opens_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip(' \t„“»"')
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


def _hour(m: re.Match[str], c: Context, digits: str, word: str) -> float | None:
    groups = m.groupdict()
    return c.words.numerals.count(groups.get(digits) or groups.get(word) or "")


def _clock(m: re.Match[str], c: Context) -> Found | None:
    groups = m.groupdict()
    hour = _hour(m, c, "h", "count")
    if hour is None or hour > 24:
        return None
    day, named = c.day
    minute = int(groups.get("min") or groups.get("min2") or 0)
    value = _clock_value(day, hour, minute)
    return Found(value, named) if value else UNKNOWN


def _clock_half(m: re.Match[str], c: Context) -> Found | None:
    hour = c.words.numerals.count(m["count"])
    if hour is None or not 1 <= hour <= 12:
        return None
    day, named = c.day
    value = _clock_value(day, hour - 1, 30)
    return Found(value, named) if value else UNKNOWN


def _clocks(m: re.Match[str], c: Context) -> Found | None:
    groups, (day, named) = m.groupdict(), c.day
    hours = _hour(m, c, "h", "count"), _hour(m, c, "h2", "count2")
    if None in hours:
        return None
    first = _clock_value(day, hours[0], int(groups.get("min") or 0))
    last = _clock_value(day, hours[1], int(groups.get("min2") or 0))
    if first and last and first > last and day:
        last = _clock_value(day + timedelta(days=1), hours[1], int(groups.get("min2") or 0))
    return Found(f"{first}/{last}", named) if first and last else UNKNOWN


def _midnight(m: re.Match[str], c: Context) -> Found | None:
    day, named = c.day
    return Found(f"{day.isoformat()}T24:00", named) if day else UNKNOWN


_SINGULAR = re.compile(
    r"(?:Wochenende|Woche|Monate?s?|Quartals?|Halbjahre?s?|Jahre?s?|Jahrzehnte?s?|Jahrhunderte?s?)", re.IGNORECASE
)
_PLURAL = re.compile(
    r"(?:die|den|der) .*(?:Jahre|Jahren|Monate|Monaten|Wochen|Tage|Tagen|Jahrzehnte|Jahrzehnten)$", re.IGNORECASE
)


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
    unit, count, steps = c.words.get(m, "unit") or "", c.words.numerals.count(m["count"]), c.words.number(m, "dir") or 0
    if count is None and not c.words.is_vague(m["count"]):
        return None
    if c.anchor is None or count is None or count != int(count) or not steps or unit in ("minute", "hour", "weekend"):
        return UNKNOWN
    if unit in ("decade", "century"):
        unit, count = "year", count * (10 if unit == "decade" else 100)
    there, here = (
        calendar.shift(c.anchor, unit, int(count) * (1 if steps > 0 else -1)),
        calendar.shift(c.anchor, unit, 0),
    )
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
    unit, count = c.words.get(m, "unit") or "", c.words.numerals.count(m["count"])
    if count is None:
        return UNKNOWN if c.words.is_vague(m["count"]) else None
    if c.anchor is None or unit in ("minute", "hour"):
        return UNKNOWN
    if count != int(count):
        unit, count = {"year": ("month", count * 12), "month": ("week", count * 4), "week": ("day", count * 7)}.get(
            unit, ("", 0)
        )
        if not unit or count != int(count):
            return UNKNOWN
    value = calendar.shift(c.anchor, unit, sign * int(count))
    return Found(value) if value else UNKNOWN


def _unknown(m: re.Match[str], c: Context) -> Found | None:
    word = m.groupdict().get("count")
    return None if word and c.words.numerals.count(word) is None and not c.words.is_vague(word) else UNKNOWN


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
        year = (
            c.anchor.year + steps
            if steps is not None
            else calendar.year_for(c.anchor, number * size, future=c.future, past=c.past)
        )
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


READERS: Mapping[str, Reader] = {
    "iso": _iso, "date": _date, "days": _days, "month": _month_found, "months": _months, "year": _year_found,
    "years": _years, "year-old": _year_old, "season": _season, "century": _century, "decade": _decade, "weekday": _weekday,
    "weekday-of-week": _weekday_of_week, "weekdays": _weekdays, "night": _night, "relday": _relday, "part": _part,
    "clock": _clock, "clock-half": _clock_half, "clocks": _clocks, "midnight": _midnight, "dir-unit": _dir_unit,
    "dir-count": _dir_count, "edge-unit": _edge_unit, "weekend": _weekend, "edgeword": _edgeword, "relunit": _relunit,
    "ago": lambda m, c: _counted(m, c, -1), "ahead": lambda m, c: _counted(m, c, 1), "unknown": _unknown,
    "quarter": _quarter, "feast": _feast,
}  # fmt: skip
