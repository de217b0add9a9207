"""What time or figure is meant by this value of a field? None where it is none."""

from __future__ import annotations

import re

from reportedly.model.days import days_of

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_GERMAN = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})[./](\d{4})")
_APART = re.compile(r"\.\.\.?|…|–|—")
_NUMBER = re.compile(r"\d{1,3}(?:[.'’\u00a0\u202f]\d{3}){1,6}(?:,\d{1,9})?|\d{1,18}(?:[.,]\d{1,9})?")
_FIGURE = re.compile(r"(>=|<=|≥|≤|>|<|=|~|≈|rund|etwa)?\s{0,3}([^\s%]{1,40})\s{0,3}(%)?")
_ABOUT = 0.1


def days(value: str) -> tuple[int, int] | None:
    """The first and the last day of a time: `2024`, `2024-10`, `2024-10-28`, `10.2024`, `28.10.2024`.

    >>> days("2024-02"), days("28.10.2024"), days("bald")
    ((20240201, 20240229), (20241028, 20241028), None)
    """
    value = value.strip()
    if m := _GERMAN.fullmatch(value):
        value = "-".join(part.zfill(2) for part in (m[3], m[2], m[1]) if part)
    elif m := _ISO.fullmatch(value):
        value = "-".join(part.zfill(2) for part in m.groups() if part)
    else:
        return None
    return days_of(value)


def period(value: str) -> tuple[int | None, int | None] | None:
    """A time or two with `..` between them; an open end is None: `2024-10..2024-12`, `2024..`."""
    ends = _APART.split(value, maxsplit=1)
    if len(ends) == 1:
        return days(value)
    found = [days(end) if end.strip() else None for end in ends]
    if any(end.strip() and f is None for end, f in zip(ends, found, strict=True)) or found == [None, None]:
        return None
    return (found[0][0] if found[0] else None), (found[1][1] if found[1] else None)


def figures(value: str) -> tuple[float | None, float | None, str | None] | None:
    """The least and the most of a figure, and its unit: `8000..12.000`, `>5000`, `~10.000`, `3,5%`.

    >>> figures("8.000–12.000"), figures(">5000"), figures("~100"), figures("3,5%"), figures("viele")
    ((8000.0, 12000.0, None), (5000.0, None, None), (90.0, 110.0, None), (3.5, 3.5, '%'), None)
    """
    unit = "%" if value.rstrip().endswith("%") else None
    ends = _APART.split(value.strip(), maxsplit=1)
    if len(ends) == 1 and (m := re.fullmatch(r"([\d.,']{1,30})-([\d.,']{1,30})\s?%?", value.strip())):
        ends = [m[1], m[2]]
    if len(ends) == 2:
        low, high = (_figure(end.strip().rstrip("% ")) for end in ends)
        wrong = any(end.strip() and f is None for end, f in zip(ends, (low, high), strict=True))
        return None if wrong or (low is None and high is None) else (low, high, unit)
    m = _FIGURE.fullmatch(value.strip())
    exact = _figure(m[2]) if m else None
    if m is None or exact is None:
        return None
    match m[1]:
        case ">" | ">=" | "≥":
            return exact, None, unit
        case "<" | "<=" | "≤":
            return None, exact, unit
        case "~" | "≈" | "rund" | "etwa":
            return exact - exact * _ABOUT, exact + exact * _ABOUT, unit
    return exact, exact, unit


def _figure(words: str) -> float | None:
    if not _NUMBER.fullmatch(words):
        return None
    if re.search(r"[.'’\u00a0\u202f]\d{3}(?:\D|$)", words):
        words = re.sub(r"[.'’\u00a0\u202f](?=\d{3})", "", words)
    return float(words.replace(",", "."))
