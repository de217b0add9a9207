"""Do the examples of the tables for times, figures and places say what they promise?"""

from __future__ import annotations

import re
from datetime import date

import pytest

from reportedly.languages import load
from reportedly.languages.marked import read_marked
from reportedly.languages.tables import Row
from reportedly.reading.facts import calendar
from reportedly.reading.facts.moments import find_moments
from reportedly.reading.facts.numbers import numerals_of
from reportedly.reading.facts.places import find_places
from reportedly.reading.facts.quantities import find_quantities

GERMAN = load("de")
TUESDAY = date(2024, 10, 29)
HELPERS = {"pre", "future", "past", "perfect", "article", "clock", "clock-sure", "clock-word", "about", "vague"}


def moments(text, anchor=TUESDAY):
    return list(find_moments(text, [(0, len(text))], [len(text)], anchor, GERMAN))


def quantities(text):
    return list(find_quantities(text, [(0, len(text))], [len(text)], [m.span for m in moments(text)], GERMAN))


def places(text):
    return list(find_places(text, [(0, len(text))], GERMAN))


def rows(name):
    return pytest.mark.parametrize("row", GERMAN.rows(name), ids=lambda r: r["id"])


def bounds(written):
    """`180..220`, `200..`, `..200` or one figure."""
    low, dots, high = written.partition("..")
    return (float(low) if low else None, float(high) if high else None) if dots else (float(low), float(low))


@rows("moments")
def test_each_pattern_reads_its_example(row: Row):
    marked, _, value = row["example"].partition(" = ")
    example = read_marked(marked)
    (place,) = example.roles[1]["time"]
    wanted = place.trimmed(example.text, ",")
    found = {m.span: m for m in moments(example.text)}
    assert wanted in found, [s.of(example.text) for s in found]
    moment = found[wanted]
    assert (moment.value, moment.by) == (value or None, row.address)
    assert moment.resolved == bool(value)


@rows("calendar")
def test_each_word_of_the_calendar_stands_in_its_example(row: Row):
    forms = [f for f in row.list("forms", "|") if f.lower() in row["example"].lower()]
    assert forms
    found = moments(row["example"])
    if row["kind"] == "paper":
        assert not found
    elif row["kind"] == "before-christ":
        assert not [m for m in found if m.value]
    else:
        assert found
        assert all(m.value is None or calendar.valid(m.value) for m in found)
        if row["kind"] not in HELPERS:
            assert any(f.lower() in m.span.of(row["example"]).lower() for m in found for f in forms)


@rows("numbers")
def test_each_number_word_reads_its_example(row: Row):
    text, _, value = row["example"].partition(" = ")
    found = quantities(text)
    if row["kind"] == "label":
        assert found == []
    elif value:
        assert [(q.min, q.max) for q in found] == [bounds(value)]
    else:
        assert found == []


@rows("units")
def test_each_unit_is_found_in_its_example(row: Row):
    found = quantities(row["example"])
    assert [q.unit for q in found] == [row["symbol"]]
    assert any(f in row["example"] for f in row.list("forms", "|"))


@rows("modifiers")
def test_each_modifier_reads_its_example(row: Row):
    text, _, value = row["example"].partition(" = ")
    (found,) = quantities(text)
    assert (found.min, found.max) == bounds(value)
    assert (found.relation, found.by) == (row["relation"], row.address)
    assert found.modifier in row.list("forms", "|") or found.modifier.lower() in row.list("forms", "|")
    assert found.modifier in found.span.of(text)


@rows("places")
def test_each_place_is_found_in_its_example(row: Row):
    (found,) = places(row["example"])
    assert (found.name, found.country, found.by) == (row["name"], row["country"] or None, row.address)
    assert any(found.span.of(row["example"]).endswith(f) for f in row.list("forms", "|"))


@rows("place_words")
def test_each_word_of_place_stands_in_its_example(row: Row):
    found, *more = places(row["example"])
    if row["kind"] in ("row", "agency"):
        assert any(f" {f} " in row["example"] or f"({f})" in row["example"] for f in row.list("forms", "|"))
        assert bool(more) == (row["kind"] == "row")
        return
    assert not more
    words = found.span.of(row["example"])
    assert any(re.search(rf"\b{re.escape(f)}(?:e[mnrs])?\b", words, re.IGNORECASE) for f in row.list("forms", "|"))
    if row["kind"] == "adjective":
        assert found.country == row["value"]


def test_number_words_of_the_table_are_read_alone():
    numerals = numerals_of(GERMAN)
    assert [numerals.count(w) for w in ("drei", "zweieinhalb", "anderthalb", "einem", "12", "3,5", "paar")] == [
        3, 2.5, 1.5, 1, 12, 3.5, None,
    ]  # fmt: skip
