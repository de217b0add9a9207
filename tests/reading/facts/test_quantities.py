"""How many, of what, how exactly? Own sentences with every modifier, and numbers that count nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.languages import load
from reportedly.model.fact import Quantity
from reportedly.reading.facts.moments import find_moments
from reportedly.reading.facts.quantities import find_quantities

GERMAN = load("de")
HERE = Path(__file__).parent


def lines(name):
    return [line for line in (HERE / name).read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]


def quantities(text, ends=None) -> list[Quantity]:
    ends = ends or [len(text)]
    times = [m.span for m in find_moments(text, [(0, len(text))], ends, None, GERMAN)]
    return list(find_quantities(text, [(0, len(text))], ends, times, GERMAN))


def number(cell):
    return float(cell) if cell else None


@pytest.mark.parametrize("line", lines("figures.tsv")[1:])
def test_a_figure_with_its_modifier(line):
    marked, relation, low, high, noun, unit = line.split("\t")
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    (found,) = quantities(text)
    assert found.span.of(text) == text[start:end]
    assert (found.relation, found.min, found.max) == (relation, number(low), number(high))
    assert (found.noun, found.unit) == (noun or None, unit or None)
    assert found.by


def test_there_are_enough_cases():
    assert len(lines("figures.tsv")) > 150


@pytest.mark.parametrize("text", lines("uncounted.txt"))
def test_numbers_that_count_nothing(text):
    assert quantities(text) == []


def test_the_figure_of_the_contract():
    text = "Nach Angaben des Amtes seien rund 10.000 Soldaten angekommen."
    (found,) = quantities(text)
    assert found.span.of(text) == "rund 10.000"
    assert (found.value, found.min, found.max) == (10000, 9000, 11000)
    assert (found.modifier, found.relation, found.noun, found.unit) == ("rund", "about", "Soldaten", None)
    assert found.by == "de/modifiers.tsv#rund"


def test_a_full_stop_may_end_the_sentence_or_make_an_ordinal():
    text = "Am Ende waren es 25. Dann kam der 26. Besucher."
    assert [q.value for q in quantities(text, [text.index("Dann") - 1, len(text)])] == [25]


def test_two_figures_stay_apart():
    text = "Die Preise stiegen von 3 auf 5 Prozent, und 200 der 500 Läden schlossen."
    assert [(q.value, q.unit, q.noun) for q in quantities(text)] == [
        (3, None, None), (5, "%", None), (200, None, None), (500, None, "Läden"),
    ]  # fmt: skip


def test_a_time_is_no_figure_but_a_span_of_years_is():
    text = "Vor drei Jahren begann der Bau, er dauert sechs Jahre."
    (found,) = quantities(text)
    assert (found.span.of(text), found.unit) == ("sechs", "a")
