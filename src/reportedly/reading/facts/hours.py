"""What is a match worth that names a time of day: "gegen 14.30 Uhr", "am Abend"?

It belongs to the day that was named last; where the sentence names none, the value is not final.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from reportedly.reading.facts import calendar
from reportedly.reading.facts.grammar import UNKNOWN, Context, Found, Reader


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


READERS: dict[str, Reader] = {
    "part": _part,
    "clock": _clock,
    "clock-half": _clock_half,
    "clocks": _clocks,
    "midnight": _midnight,
}
