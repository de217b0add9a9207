"""When was it published? Dates as carriers write them -> ISO 8601, as precise as they are."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from reportedly.errors import InputError

_WEEK = re.compile(r"\d{4}-?W\d\d(?:-?\d)?")
_DAY = re.compile(r"\d{4}-?\d\d-?\d\d")
_MOMENT = re.compile(r"\d{4}-?\d\d-?\d\d[Tt ]\d\d\S{0,24}")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_ADVICE = "give an ISO date, for example 2024-10-28, or 2024-10-28T14:05:00+01:00 with time and zone"


def published_of(value: str) -> str:
    """The publication date a user gives, checked: `2024-10-28`, or with time `2024-10-28T14:05:00+01:00`.

    A zone is kept as it is, never converted: "gestern" is counted in the writer's zone. Raises InputError for
    anything that is not an ISO 8601 date.
    """
    found = _iso(value.strip())
    if found is None:
        german = carried_date(value)
        advice = f"write {german}" if german else _ADVICE
        raise InputError("--published", f'"{value.strip()[:60]}" is not a date I can read; {advice}')
    return found


def carried_date(value: str) -> str | None:
    """The date that a page or a front matter carries, None where it has none that can be relied on.

    More forms than a user may give: "Mon, 28 Oct 2024 14:05:00 +0100" (mail, feeds), "28.10.2024".
    """
    value = value.strip()[:80]
    if (found := _iso(value)) is not None:
        return found
    if match := _GERMAN_DAY.fullmatch(value):
        day, month, year = (int(part) for part in match.groups())
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return None
    try:
        return parsedate_to_datetime(value).replace(microsecond=0).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _iso(value: str) -> str | None:
    try:
        if _DAY.fullmatch(value) or _WEEK.fullmatch(value):
            return date.fromisoformat(value).isoformat()
        if not _MOMENT.fullmatch(value):
            return None
        return datetime.fromisoformat(value).replace(microsecond=0).isoformat()
    except (ValueError, OverflowError):
        return None
