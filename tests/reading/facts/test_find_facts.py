"""All facts of an article, through the entry point: places of the original text, nothing out of what was not read."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clock import seconds
from reportedly.languages import load
from reportedly.model.analysis import Analysis, Sentence, Token
from reportedly.model.article import Article
from reportedly.model.fact import Facts
from reportedly.model.span import Span
from reportedly.reading.facts import calendar, find_facts

GERMAN = load("de")
RELATIONS = {"exact", "about", "more", "less", "at_least", "at_most", "between"}
TEXT = "Am Montag kamen rund 200 Gäste nach Berlin. Am Dienstag blieben 30 Wagen in Wien stehen."


def analysis(text, unreadable=(), removed=()):
    """One sentence a line, one paragraph a line, words as tokens."""
    tokens, sentences, at = [], [], 0
    for n, line in enumerate(text.split("\n")):
        first, place = len(tokens), at
        for word in line.split(" "):
            if word:
                tokens.append(Token(len(tokens), place, place + len(word), word, word.lower(), word, frozenset(), n))
            place += len(word) + 1
        at += len(line) + 1
        if len(tokens) > first:
            sentences.append(Sentence(len(sentences), first, len(tokens), n, n not in unreadable))
    return Analysis(text, tuple(tokens), tuple(sentences), (), tuple(removed))


def facts(text, published="2024-10-29", **kind) -> Facts:
    return find_facts(Article(text, published=published), analysis(text, **kind), GERMAN)


def words(text, found):
    return [f.span.of(text) for f in found]


def test_all_three_kinds():
    found = facts(TEXT)
    assert words(TEXT, found.moments) == ["Am Montag", "Am Dienstag"]
    assert words(TEXT, found.places) == ["nach Berlin", "in Wien"]
    assert words(TEXT, found.quantities) == ["rund 200", "30"]
    assert [m.value for m in found.moments] == ["2024-10-28", "2024-10-29"]


def test_captions_are_not_read():
    text = TEXT.replace(". ", ".\n")
    found = facts(text, unreadable=[0])
    assert words(text, [*found.moments, *found.places, *found.quantities]) == ["Am Dienstag", "in Wien", "30"]


def test_removed_words_are_not_read():
    gap = Span(TEXT.index("rund"), TEXT.index("rund") + 14)
    assert words(TEXT, facts(TEXT, removed=[gap]).quantities) == ["30"]


def test_nothing_runs_over_a_paragraph():
    text = "Es waren mehr als\n200 Gäste kamen"
    assert words(text, facts(text).quantities) == ["200"]


def test_a_language_without_tables_has_no_facts():
    assert find_facts(Article(TEXT), analysis(TEXT), load("und")) == Facts()


ALPHABET = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "am",
            "Am",
            "Montag",
            "28.",
            "Oktober",
            "2024",
            "um",
            "14:30",
            "Uhr",
            "vor",
            "drei",
            "Tagen",
            "zwischen",
            "und",
            "bis",
            "rund",
            "10.000",
            "3,5",
            "Millionen",
            "Euro",
            "%",
            "ein",
            "Drittel",
            "Hälfte",
            "der",
            "Hunderte",
            "mehrere",
            "Dutzend",
            "minus",
            "-5",
            "§",
            "5",
            "(42)",
            "in",
            "Berlin",
            "Region",
            "Kursk",
            "nach",
            "Russlands",
            "Osten",
            "Jahre",
            "vergangenen",
            "Woche",
            "Ende",
            "des",
            "31.",
            "Februar",
            "9999",
            "0000",
            "halb",
            "Nacht",
            "zum",
            "\xa0",
            "\u202f",
            "\u200b",
            "🙂",
            "\r\n",
            "²",
            "٣",
            "Ⅷ",
            "½",
            "1e9",
            "00:00",
            "24",
            "99.99.",
            "Jahrhundert",
            "1.",
            "1.000.000.000.000.000,5",
        ]
    ),
)


@settings(max_examples=150, deadline=None)
@example(["zwischen", "10.000", "und", "3", "Millionen"], None)
@example(["am", "31.", "Februar", "9999", "um", "24", "Uhr"], "9999-12-31")
@example(["vor", "drei", "Jahrhundert"], "0001-01-01")
@given(st.lists(ALPHABET, max_size=14), st.sampled_from([None, "2024-10-29", "0001-01-01", "9999-12-31"]))
def test_every_fact_lies_in_the_text_and_means_something(parts, published):
    text = " ".join(parts)
    found = facts(text, published)
    for kind in (found.moments, found.places, found.quantities):
        spans = [f.span for f in kind]
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
        assert spans == sorted(spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(f.by for f in kind)
    for m in found.moments:
        assert m.value is None or calendar.valid(m.value), m.value
        assert m.resolved <= (m.value is not None)
    for q in found.quantities:
        assert q.relation in RELATIONS
        known = [b for b in (q.min, q.value, q.max) if b is not None]
        assert known == sorted(known)
        assert known


@pytest.mark.parametrize(
    "unit",
    [
        "10.000 ",
        "am Montag ",
        "zwischen ",
        "1 bis ",
        "2024 ",
        "in der ",
        "zwei",
        "12.",
        "mehr als ",
        "in Berlin, ",
        "1,",
        "Jahr ",
        "ein ",
    ],
)
def test_long_input_takes_linear_time(unit):
    facts(unit * 100)
    small, large = (seconds(partial(facts, unit * times)) for times in (600, 4_800))
    assert large < 0.3 + 30 * small
