"""What is a match worth that names a stretch of time: a month, a year, a season, "vergangene Woche", "vor drei Tagen"?"""

from __future__ import annotations

import re
from datetime import date

from reportedly.reading.facts import calendar
from reportedly.reading.facts.days import month_of, year_of
from reportedly.reading.facts.grammar import UNKNOWN, Context, Found, Reader


def _month_found(m: re.Match[str], c: Context) -> Found | None:
    groups = m.groupdict()
    where = c.words.get(m, "edge")
    if not (groups.get("year") or groups.get("dir") or where) and m.start("month") == m.start():
        return None  # a bare "August" may be a person, "Mai" a ballad
    month, steps = month_of(m, c), c.words.number(m, "dir")
    if steps is None or m.groupdict().get("unit"):
        year = year_of(m, c, month)
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
    first, last = month_of(m, c), c.words.number(m, "month", "month2") or 0
    if m.start("month") == m.start() and not (m["year"] or m["year2"]):
        return None
    last_year = year_of(m, c, last, "year2")
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
            year = c.anchor.year - (c.anchor.month < month) if running else year_of(m, c, month) or 0
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


def _dir_unit(m: re.Match[str], c: Context) -> Found | None:
    unit = c.words.get(m, "unit") or ""
    if unit in ("minute", "hour"):
        return None
    if unit == "day" or m["unit"].lower() in c.words.forms["plural"] or c.anchor is None:
        return UNKNOWN
    value = calendar.shift(c.anchor, unit, c.words.number(m, "dir") or 0)
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
    there = calendar.shift(c.anchor, unit, int(count) * (1 if steps > 0 else -1))
    here = calendar.shift(c.anchor, unit, 0)
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


_FINER = {"year": ("month", 12), "month": ("week", 4), "week": ("day", 7)}


def _counted(m: re.Match[str], c: Context, sign: int) -> Found | None:
    unit, count = c.words.get(m, "unit") or "", c.words.numerals.count(m["count"])
    if count is None:
        return UNKNOWN if c.words.is_vague(m["count"]) else None
    if c.anchor is None or unit in ("minute", "hour"):
        return UNKNOWN
    if count != int(count):
        unit, parts = _FINER.get(unit, ("", 0))
        count *= parts
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
        if steps is not None:
            year = c.anchor.year + steps
        elif not c.future and (number - 1) * size < c.anchor.month:  # it has begun
            year = c.anchor.year
        else:
            year = calendar.year_for(c.anchor, number * size, future=c.future, past=c.past)
    return Found(calendar.months(year, (number - 1) * size + 1, size))


def _feast(m: re.Match[str], c: Context) -> Found | None:
    kind = c.words.get(m, "feast")
    if kind is None:
        return None
    if m["year"]:
        year = int(m["year"])
    elif c.anchor is None:
        return UNKNOWN
    else:
        month = 4 if kind.startswith("easter") else int(kind[:2])
        year = calendar.year_for(c.anchor, month, future=c.future, past=c.past)
    value = calendar.feast(kind, year)
    return Found(value) if value else UNKNOWN


READERS: dict[str, Reader] = {
    "month": _month_found,
    "months": _months,
    "year": _year_found,
    "years": _years,
    "year-old": _year_old,
    "season": _season,
    "century": _century,
    "decade": _decade,
    "dir-unit": _dir_unit,
    "dir-count": _dir_count,
    "edge-unit": _edge_unit,
    "weekend": _weekend,
    "edgeword": _edgeword,
    "relunit": _relunit,
    "ago": lambda m, c: _counted(m, c, -1),
    "ahead": lambda m, c: _counted(m, c, 1),
    "unknown": _unknown,
    "quarter": _quarter,
    "feast": _feast,
}
