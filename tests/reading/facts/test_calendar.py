"""Which ISO value has a day, a week, a part of a period? Plain arithmetic."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportedly.reading.facts import calendar

DAYS = st.dates()


@pytest.mark.parametrize("published", [None, "", "2024", "2024-10", "gestern", "2024-13-40"])
def test_no_anchor_day(published):
    assert calendar.day_of(published) is None


def test_anchor_day_of_a_full_timestamp():
    assert calendar.day_of("2024-10-29T06:00:00+02:00") == date(2024, 10, 29)


@pytest.mark.parametrize(
    ("value", "where", "part"),
    [
        ("2024", "start", "2024-01/2024-03"),
        ("2024", "middle", "2024-05/2024-08"),
        ("2024", "end", "2024-10/2024-12"),
        ("2024-02", "end", "2024-02-21/2024-02-29"),
        ("2024-W44", "start", "2024-10-28/2024-10-29"),
        ("2024-W44", "end", "2024-11-01/2024-11-03"),
        ("1990/1999", "middle", "1993/1996"),
        ("1901/2000", "end", "1968/2000"),
    ],
)
def test_edges_of_periods(value, where, part):
    assert calendar.edge(value, where) == part


@given(DAYS, st.sampled_from(calendar.UNITS), st.integers(-400, 400))
@example(date(2000, 1, 1), "century", 80)
def test_every_shift_is_a_valid_value_or_none(day, unit, steps):
    value = calendar.shift(day, unit, steps)
    assert value is None or calendar.valid(value)


@given(
    DAYS.filter(lambda d: 2 <= d.year <= 9990),
    st.integers(1, 7),
    st.sampled_from([None, -2, -1, 0, 1, 2]),
    st.booleans(),
)
def test_a_weekday_is_that_weekday_on_the_right_side(anchor, number, direction, future):
    day = calendar.weekday(anchor, number, direction, future=future)
    assert day.isoweekday() == number
    distance = (day - anchor).days
    wanted = {
        None: range(0, 7) if future else range(-6, 1),
        0: range(0, 7),
        -1: range(-7, 0),
        1: range(1, 8),
        -2: range(-14, -7),
        2: range(8, 15),
    }
    assert distance in wanted[direction]


@given(DAYS.filter(lambda d: 2 <= d.year <= 9990), st.integers(1, 12))
def test_a_month_without_year_looks_the_right_way(anchor, month):
    ahead = calendar.year_for(anchor, month, future=True) * 12 + month - (anchor.year * 12 + anchor.month)
    back = calendar.year_for(anchor, month, future=False, past=True) * 12 + month - (anchor.year * 12 + anchor.month)
    assert 0 <= ahead < 12
    assert -12 < back <= 0


@pytest.mark.parametrize(
    "value", ["2024-10-32", "2024-W54", "24-10", "2024-10-28T25:00", "2024/2023", "", "a/b", "2024//2025", "2023-02-29"]
)
def test_what_is_no_value(value):
    assert not calendar.valid(value)


def test_easter_moves():
    assert calendar.feast("easter+0", 2024) == "2024-03-31"
    assert calendar.feast("easter+0/+1", 2025) == "2025-04-20/2025-04-21"
    assert calendar.feast("12-24/12-26", 2025) == "2025-12-24/2025-12-26"
    assert calendar.feast("easter+0", 1200) is None
