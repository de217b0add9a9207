"""Dates of publication: what is taken, and what is refused in one clear sentence."""

from __future__ import annotations

import pytest

from reportedly.errors import InputError
from reportedly.intake import published_of
from reportedly.intake.published import carried_date


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("2024-10-28", "2024-10-28"),
        (" 2024-10-28 ", "2024-10-28"),
        ("20241028", "2024-10-28"),
        ("2024-W44-1", "2024-10-28"),
        ("2024-10-28T14:05", "2024-10-28T14:05:00"),
        ("2024-10-28 14:05", "2024-10-28T14:05:00"),
        ("2024-10-28T14:05+01:00", "2024-10-28T14:05:00+01:00"),
        ("2024-10-28T14:05:06.789+0100", "2024-10-28T14:05:06+01:00"),
        ("2024-10-28T13:05:00Z", "2024-10-28T13:05:00+00:00"),
    ],
)
def test_iso_dates_keep_their_time_and_zone(value: str, published: str) -> None:
    assert published_of(value) == published


@pytest.mark.parametrize(
    "value",
    ["", "gestern", "2024", "2024-13-45", "2024-02-30", "28. Oktober", "2024-10-28T25:00", "1" * 500, "9999999999"],
)
def test_anything_else_is_an_error_that_says_what_to_write(value: str) -> None:
    with pytest.raises(
        InputError, match=r"^--published: .*not a date I can read; give an ISO date, for example 2024-10-28"
    ):
        published_of(value)


def test_a_german_date_is_answered_with_its_iso_form() -> None:
    with pytest.raises(InputError, match=r"write 2024-10-28$"):
        published_of("28.10.2024")


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("Mon, 28 Oct 2024 14:05:00 +0100", "2024-10-28T14:05:00+01:00"),
        ("28.10.2024", "2024-10-28"),
        ("8. 1. 2024", "2024-01-08"),
        ("31.02.2024", None),
        ("vor drei Stunden", None),
        ("", None),
    ],
)
def test_carriers_may_write_more_forms(value: str, published: str | None) -> None:
    assert carried_date(value) == published
