"""Which ISO 8601 value has a day, a week, a season, an end of a month, seen from an anchor day?

A value is as precise as the words: `2024-10-28` a day, `2024-W43` a week, `2024-10` a month, `2024` a year, and an
interval `first/last` for whatever ISO has no short form for (a quarter, a weekend, the 1990s, the end of October).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

from dateutil.easter import easter

UNITS = ("day", "weekend", "week", "month", "quarter", "halfyear", "year", "decade", "century")


def day_of(published: str | None) -> date | None:
    """The anchor day of an article, None where the publication date is unknown or coarser than a day."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has none (30 February, month 13, year 0)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def interval(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"


def months(year: int, month: int, count: int) -> str:
    """`count` months from `month` on: `months(2023, 12, 3)` is `2023-12/2024-02`."""
    last = year * 12 + month - 1 + count - 1
    return interval(f"{year:04}-{month:02}", f"{last // 12:04}-{last % 12 + 1:02}")


def century(number: int) -> str:
    return f"{(number - 1) * 100 + 1:04}/{number * 100:04}"


def shift(anchor: date, unit: str, steps: int) -> str | None:
    """The unit that lies `steps` after (before) the one that holds the anchor, at the precision of the unit.

    From Tuesday, 2024-10-29: week -1 is `2024-W43`, month +3 is `2025-01`, year -1 is `2023`. None where the calendar
    ends.
    """
    try:
        if unit == "day":
            return (anchor + timedelta(days=steps)).isoformat()
        if unit == "week":
            year, week, _ = (anchor + timedelta(weeks=steps)).isocalendar()
            return f"{year:04}-W{week:02}"
        if unit == "weekend":
            saturday = anchor + timedelta(days=5 - anchor.weekday(), weeks=steps)
            return interval(saturday.isoformat(), (saturday + timedelta(days=1)).isoformat())
        if unit in _MONTHS:
            size = _MONTHS[unit]
            first = ((anchor.year * 12 + anchor.month - 1) // size + steps) * size
            value = months(first // 12, first % 12 + 1, size)
            return value if 1 <= first // 12 <= 9990 else None
        size = _YEARS[unit]
        offset = 1 if unit == "century" else 0
        first_year = ((anchor.year - offset) // size + steps) * size + offset
        if first_year < 1 or first_year + size - 1 > MAXYEAR:
            return None
        return interval(f"{first_year:04}", f"{first_year + size - 1:04}")
    except OverflowError:
        return None


_MONTHS = {"month": 1, "quarter": 3, "halfyear": 6}
_YEARS = {"year": 1, "decade": 10, "century": 100}


def weekday(anchor: date, number: int, direction: int | None, *, future: bool = False) -> date:
    """The weekday (Monday 1) that news prose means.

    Without a direction: the latest one up to and including the anchor ("am Montag", read on a Monday, is today), or
    with `future` the next one from the anchor on. Direction -1 is the last one before the anchor, +1 the next after
    it, 0 ("diesen Freitag") the next one from the anchor on, +2 and -2 a week further.
    """
    back = (anchor.isoweekday() - number) % 7
    ahead = (number - anchor.isoweekday()) % 7
    if direction is None:
        return anchor + timedelta(days=ahead) if future else anchor - timedelta(days=back)
    if direction == 0:
        return anchor + timedelta(days=ahead)
    if direction < 0:
        return anchor - timedelta(days=(back or 7) + 7 * (-direction - 1))
    return anchor + timedelta(days=(ahead or 7) + 7 * (direction - 1))


def weekday_of_week(anchor: date, number: int, weeks: int) -> date:
    """That weekday in the calendar week `weeks` after the anchor's."""
    return anchor + timedelta(days=number - anchor.isoweekday(), weeks=weeks)


def year_for(anchor: date, month: int, *, future: bool, past: bool = False) -> int:
    """The year of a month that is named without one.

    With a word of future in the clause the next such month, with one of the past the last one; without either the
    nearest, the past preferred: up to three months ahead lie ahead, everything further is over.
    """
    ahead = (month - anchor.month) % 12
    if future:
        return anchor.year + (anchor.month + ahead > 12)
    if ahead <= 3 and not past:
        return anchor.year + (anchor.month + ahead > 12) if ahead else anchor.year
    return anchor.year - (month > anchor.month)


def feast(kind: str, year: int) -> str | None:
    """`12-24/12-26` fixed days, `easter-2` days counted from Easter Sunday."""
    moved = re.fullmatch(r"easter([+-]\d+)(?:/([+-]\d+))?", kind)
    if moved:
        if not 1583 <= year <= 4099:
            return None
        sunday = easter(year)
        first = sunday + timedelta(days=int(moved[1]))
        last = sunday + timedelta(days=int(moved[2] or moved[1]))
        return interval(first.isoformat(), last.isoformat())
    return "/".join(f"{year:04}-{part}" for part in kind.split("/"))


def part_of_day(day: date, hours: str) -> str | None:
    """`18:00-22:00` on that day; an end before the start lies on the next day."""
    first, last = hours.split("-")
    try:
        until = day + timedelta(days=1) if last <= first else day
    except OverflowError:
        return None
    return f"{day.isoformat()}T{first}/{until.isoformat()}T{last}"


def edge(value: str, where: str) -> str | None:
    """Begin, middle or end of a period: `edge("2024-10", "end")` is `2024-10-21/2024-10-31`."""
    third = {"start": 0, "middle": 1, "end": 2}[where]
    if re.fullmatch(r"\d{4}", value):
        return months(int(value), (1, 5, 10)[third], (3, 4, 3)[third])
    if re.fullmatch(r"\d{4}/\d{4}", value):
        first, last = (int(part) for part in value.split("/"))
        step = (last - first + 1) / 3
        return interval(f"{first + round(step * third):04}", f"{first + round(step * (third + 1)) - 1:04}")
    if re.fullmatch(r"\d{4}-\d\d", value):
        year, month = int(value[:4]), int(value[5:])
        first, last = (1, 11, 21)[third], (10, 20, monthrange(year, month)[1])[third]
        return f"{value}-{first:02}/{value}-{last:02}"
    if week := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        first, last = ((1, 2), (3, 3), (5, 7))[third]
        days = [date.fromisocalendar(int(week[1]), int(week[2]), n).isoformat() for n in (first, last)]
        return interval(*days)
    return value


_PART = re.compile(r"(\d{4})(?:-W(\d\d)|(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d))?)?)?)?)")


def valid(value: str) -> bool:
    """Whether this is a value as described on top; intervals must run forwards."""
    parts = value.split("/")
    if len(parts) > 2:
        return False
    for part in parts:
        m = _PART.fullmatch(part)
        if not m or not int(m[1]) >= 1:
            return False
        try:
            if m[2]:
                date.fromisocalendar(int(m[1]), int(m[2]), 1)
            else:
                date(int(m[1]), int(m[3] or 1), int(m[4] or 1))
        except ValueError:
            return False
        if int(m[5] or 0) > 24 or int(m[6] or 0) > 59:
            return False
    return parts[0] <= parts[-1]
