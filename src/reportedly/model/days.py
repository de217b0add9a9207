"""Which days does a time of ISO 8601 cover? Days are numbers that sort: 20241028."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[Tt ].{0,40})?")
_WEEK = re.compile(r"(\d{4})-?W(\d{2})(?:-?(\d))?")


def days_of(value: str | None) -> tuple[int, int] | None:
    """The first and the last day; None where the value is no time.

    >>> days_of("2024-02"), days_of("2024-W43"), days_of("2024-10-28T14:05:00+01:00"), days_of("2024-10-01/2024-11")
    ((20240201, 20240229), (20241021, 20241027), (20241028, 20241028), (20241001, 20241130))
    """
    if not value:
        return None
    if "/" in value:
        left, _, right = value.partition("/")
        first, last = days_of(left), days_of(right)
        return (first[0], last[1]) if first and last else None
    try:
        if m := _WEEK.fullmatch(value):
            start = date.fromisocalendar(int(m[1]), int(m[2]), int(m[3] or 1))
            return number(start), number(start if m[3] else start + timedelta(days=6))
        if not (m := _DATE.fullmatch(value)):
            return None
        year, month, day = int(m[1]), m[2], m[3]
        start = date(year, int(month or 1), int(day or 1))
        if day:
            return number(start), number(start)
        if month:
            return number(start), number((start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1))
        return number(start), number(date(year, 12, 31))
    except (ValueError, OverflowError):
        return None


def number(day: date) -> int:
    """20241028 for the 28th of October 2024."""
    return day.year * 10_000 + day.month * 100 + day.day


def iso(day: int | None) -> str | None:
    """A day as the calendar writes it.

    >>> iso(20241028), iso(None)
    ('2024-10-28', None)
    """
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}" if day else None
