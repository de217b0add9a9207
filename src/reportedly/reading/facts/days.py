"""What is a match worth that names a day: a date, a weekday, a night, "gestern"?

One reader for a word in the column `reader` of `moments.tsv`. A reader gives the value, `UNKNOWN` where the words are
a time but nobody can tell which, or None where they are no time after all ("die Welt am Sonntag").
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from reportedly.reading.facts import calendar
from reportedly.reading.facts.grammar import UNKNOWN, Context, Found, Reader


def on_day(day: date, m: re.Match[str], c: Context) -> Found:
    """The day itself, or the part of it that the match names ("Montagabend")."""
    hours = c.words.hours(m)
    return Found(calendar.part_of_day(day, hours) if hours else day.isoformat())


def year_of(m: re.Match[str], c: Context, month: int, group: str = "year") -> int | None:
    """The year of a match, or the one that a month without a year means."""
    groups = m.groupdict()
    if groups.get(group):
        written = groups[group]
        return int(written) + (0 if len(written) > 2 else 1900 if int(written) > 50 else 2000)
    if groups.get("dir") and c.anchor:
        return c.anchor.year + (c.words.number(m, "dir") or 0)
    return calendar.year_for(c.anchor, month, future=c.future, past=c.past) if c.anchor else None


def month_of(m: re.Match[str], c: Context, group: str = "month") -> int:
    written = m.groupdict().get("mon")
    return int(written) if written else c.words.number(m, "month", group) or 0


def _iso(m: re.Match[str], c: Context) -> Found | None:
    return Found(m["iso"]) if calendar.valid(m["iso"]) else None


def _date(m: re.Match[str], c: Context) -> Found | None:
    month = month_of(m, c)
    number = int(m["day"]) if "day" in m.groupdict() else c.words.number(m, "dayword") or 0
    year = year_of(m, c, month)
    if year is None:
        return UNKNOWN if calendar.real_day(2024, month, number) else None
    day = calendar.real_day(year, month, number)
    if day is None:
        return None
    return on_day(day, m, c)


def _days(m: re.Match[str], c: Context) -> Found | None:
    groups = m.groupdict()
    last_month = c.words.number(m, "month", "month2") or month_of(m, c)
    last_year = year_of(m, c, last_month, "year2" if groups.get("year2") else "year")
    if last_year is None:
        return UNKNOWN
    first_month = month_of(m, c)
    first_year = int(groups["year"]) if groups.get("year") else last_year - (first_month > last_month)
    first = calendar.real_day(first_year, first_month, int(m["day"]))
    last = calendar.real_day(last_year, last_month, int(m["day2"]))
    return Found(calendar.interval(first.isoformat(), last.isoformat())) if first and last and first <= last else None


def _weekday(m: re.Match[str], c: Context) -> Found | None:
    if c.words.ends("paper", m.string[max(0, m.start("weekday") - 12) : m.start("weekday")]):
        return None
    if m["weekday"].islower() or c.anchor is None:  # "montags" comes back every week
        return UNKNOWN
    number = c.words.number(m, "weekday") or 1
    adjective = c.words.number(m, "dayadj")
    if adjective is None:
        return on_day(calendar.weekday(c.anchor, number, c.words.number(m, "dir"), future=c.future), m, c)
    day = c.anchor + timedelta(days=adjective)
    return on_day(day, m, c) if day.isoweekday() == number else UNKNOWN


def _weekday_of_week(m: re.Match[str], c: Context) -> Found | None:
    if c.anchor is None:
        return UNKNOWN
    weeks = c.words.number(m, "dir") or 0
    return on_day(calendar.weekday_of_week(c.anchor, c.words.number(m, "weekday") or 1, weeks), m, c)


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
        month = month_of(m, c)
        year = year_of(m, c, month)
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
    return on_day(day, m, c) if day else UNKNOWN


def _opens_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip(' \t„“»"')
    return not before or before[-1] in ".!?:\n"


READERS: dict[str, Reader] = {
    "iso": _iso,
    "date": _date,
    "days": _days,
    "weekday": _weekday,
    "weekday-of-week": _weekday_of_week,
    "weekdays": _weekdays,
    "night": _night,
    "relday": _relday,
}
