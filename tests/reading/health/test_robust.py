"""Does the text health stand any text at all, in linear time, and does every place come home?"""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clock import seconds
from reportedly.languages import load
from reportedly.model.article import Article
from reportedly.model.damage import Action, Damage, Severity
from reportedly.model.repair import removed_places, repaired_view
from reportedly.model.span import Span
from reportedly.reading.health import inspect

DE = load("de")
PIECES = st.sampled_from(
    [
        "„", "“", "”", '"', "‚", "‘", "’", "»", "«", ".", ". ", ", ", " ", "\n", "\n\n", "\r\n", "Ã¼", "&amp;", "\u200b",
        "North Koreanische ", "dass ", "Truppen ", "wurden ", "stationiert", "LESEN SIE MEHR: ", "(dpa)", "[...]", "+++",
        "10,000 ", "Er fügte hinzu", "sagte der Beamte", " - ", "- ", "z ", "abc-def", "The mayor said that the bridge ",
        "🙂", "\ud800", "\x00", "Ankunft der Helfer. ", "Foto: ", "Brücke ", "Brücke ", "\u202e",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_gives_places_inside_it(text):
    found = inspect(Article(text), DE)
    assert list(found) == sorted(found, key=lambda d: (d.span.start, d.span.end, d.kind))
    for damage in found:
        assert damage.span.end <= len(text)
        assert len(damage.span)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_every_place_of_the_view_comes_home(text):
    found = inspect(Article(text), DE)
    view, home = repaired_view(text, found)
    assert home.view_length == len(view)
    edited = [d.span for d in found if d.action is not Action.FLAG]
    for at, letter in enumerate(view):
        origin = home.home(at, at + 1)
        assert 0 <= origin.start < origin.end <= len(text)
        if not any(e.covers(origin) for e in edited):
            assert origin.of(text) == letter


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="ab \n", max_size=40),
    st.lists(
        st.tuples(
            st.integers(0, 40), st.integers(0, 8), st.sampled_from(list(Action)), st.sampled_from(["", "xy", None])
        ),
        max_size=8,
    ),
)
def test_any_set_of_damages_gives_a_view(text, marks):
    damages = [
        Damage("made_up", Span(a, min(a + n, len(text))), Severity.LOW, action, "m", "c", suggestion)
        for a, n, action, suggestion in marks
        if a <= len(text)
    ]
    view, home = repaired_view(text, damages)
    assert home.home(0, len(view)).end <= len(text)
    gone = [d.span for d in damages if d.action is Action.REMOVE]
    kept = "".join(c for i, c in enumerate(text) if not any(d.span.start <= i < d.span.end for d in damages))
    assert all(any(p.covers(g) for p in removed_places(damages)) for g in gone if len(g))
    if all(d.action is Action.FLAG for d in damages):
        assert view == text
    else:
        position = 0
        for letter in (c for c in kept if c in "ab"):
            position = view.find(letter, position) + 1
            assert position > 0


def repair(text: str) -> str:
    return repaired_view(text, inspect(Article(text), DE))[0]


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("Er kam in Altenau an . Danach ging er.", "Er kam in Altenau an. Danach ging er."),
        ("Er sagte, dass „sie frei ist.“ Altenau.“ Man schwieg.", "Er sagte, dass „sie frei ist.“ Man schwieg."),
        ("Die North Koreanische Armee kam.", "Die nordkoreanische Armee kam."),
        ("Der Rat tagte.\nMehr zum Thema: Der Hafen\nMan ging.", "Der Rat tagte.\n\nMan ging."),
        ("Meier &amp; Sohn kamen.", "Meier & Sohn kamen."),
        ("Die Par\u200btei wählte.", "Die Partei wählte."),
        ("Rund 10,000 Menschen kamen.", "Rund 10.000 Menschen kamen."),
        ("Der Rat tagte lange.Die Bürger warteten.", "Der Rat tagte lange. Die Bürger warteten."),
    ],
)
def test_the_view_that_the_analysis_reads(text, view):
    assert repair(text) == view


def test_removed_places_are_what_is_not_read():
    text = "Er sagte, dass „sie frei ist.“ Altenau.“ Man schwieg in Altenau .\nMehr zum Thema: Der Hafen"
    places = removed_places(inspect(Article(text), DE))
    assert [p.of(text) for p in places] == [" Altenau.“", " ", "Mehr zum Thema: Der Hafen"]


@pytest.mark.parametrize(
    "piece",
    [
        '"', "„a“ ", "„", "(", "(dpa) ", "&amp;", "&", "<a ", "Ã¼", "a\u200b", "ab- ", "abc.Abc", "1,000 ", "z ", "a\n",
        "wort wort ", "Mehr dazu: ", "+++ ", "dass wurde ", "Er ging. Ankunft der Helfer. ", "“, sagte der Sprecher. ",
    ],
)  # fmt: skip
def test_long_texts_take_linear_time(piece):
    inspect(Article(piece * (1_000 // len(piece))), DE)
    assert seconds(partial(inspect, Article(piece * (40_000 // len(piece))), DE)) < 3


def test_two_hundred_kilobytes_of_quotation_marks():
    assert seconds(partial(inspect, Article("„“" * 100_000), DE)) < 2
