"""Do spans, pieces, edits and the way home from a repaired view keep their promises?"""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model.span import Edit, Span, apply_edits, hull, overlap, pieces, text_of

TEXT = "Der Minister teilte gestern mit."
SPANS = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda p: Span(p[0], p[0] + p[1]))


def test_a_span_is_its_words() -> None:
    assert Span(13, 19).of(TEXT) == "teilte"
    assert len(Span(13, 19)) == 6
    assert Span(0, 1).of("😀e") == "😀"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (-3, -2)])
def test_a_span_runs_forwards_from_zero(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="forwards from 0"):
        Span(start, end)


def test_covering_and_overlapping_end_exclusive() -> None:
    assert Span(2, 8).covers(Span(2, 8))
    assert Span(2, 8).covers(Span(4, 4))
    assert not Span(2, 8).covers(Span(7, 9))
    assert Span(2, 8).overlaps(Span(7, 9))
    assert not Span(2, 8).overlaps(Span(8, 9))


def test_trimming_takes_white_space_and_the_marks_asked_for() -> None:
    text = " „Nein“, "
    assert Span(0, 9).trimmed(text).of(text) == "„Nein“,"
    assert Span(0, 9).trimmed(text, "„“,").of(text) == "Nein"
    assert len(Span(0, 1).trimmed(text)) == 0


def test_pieces_are_sorted_joined_and_never_empty() -> None:
    assert pieces([Span(13, 19), Span(5, 5), Span(0, 3), Span(3, 6)]) == (Span(0, 6), Span(13, 19))


def test_a_split_verb_is_told_with_its_gap() -> None:
    assert text_of([Span(13, 19), Span(28, 31)], TEXT) == "teilte … mit"
    assert hull([Span(28, 31), Span(13, 19)]) == Span(13, 31)
    assert hull([]) is None


@given(st.lists(SPANS, max_size=8))
def test_pieces_hold_the_same_places(spans: list[Span]) -> None:
    joined = pieces(spans)
    assert {i for s in spans for i in range(s.start, s.end)} == {i for s in joined for i in range(s.start, s.end)}
    assert all(a.end < b.start for a, b in itertools.pairwise(joined))
    assert pieces(joined) == joined


@given(st.lists(SPANS, max_size=6), st.lists(SPANS, max_size=6))
def test_overlap_counts_shared_code_points(left: list[Span], right: list[Span]) -> None:
    one, other = pieces(left), pieces(right)
    shared = {i for s in one for i in range(s.start, s.end)} & {i for s in other for i in range(s.start, s.end)}
    assert overlap(one, other) == overlap(other, one) == len(shared)


def test_an_edited_view_finds_its_way_home() -> None:
    view, home = apply_edits("in Brüssel . Er kam", [Edit(Span(10, 11), "")])
    assert view == "in Brüssel. Er kam"
    assert home.home(0, 11).of("in Brüssel . Er kam") == "in Brüssel ."
    assert home.home(12, 14).of("in Brüssel . Er kam") == "Er"


def test_a_replaced_word_comes_home_whole() -> None:
    text = "North Koreanische Truppen"
    view, home = apply_edits(text, [Edit(Span(0, 17), "Nordkoreanische")])
    assert view == "Nordkoreanische Truppen"
    assert home.home(0, 4).of(text) == home.home(9, 12).of(text) == "North Koreanische"
    assert home.home(16, 23).of(text) == "Truppen"


def test_of_edits_that_overlap_the_first_and_longest_is_kept() -> None:
    edits = [Edit(Span(2, 4), "Y"), Edit(Span(0, 3), "X"), Edit(Span(0, 1), "Z")]
    assert apply_edits("abcdef", edits)[0] == "Xdef"


def test_a_place_outside_the_view_is_an_error() -> None:
    with pytest.raises(ValueError, match="no such place"):
        apply_edits("abc", [])[1].home(2, 4)
    assert apply_edits("", [])[1].home(0, 0) == Span(0, 0)


@given(
    st.text(alphabet="ab c„“\n😀", max_size=30),
    st.lists(st.tuples(SPANS, st.sampled_from(["", "x", "yy zz", "„"])).map(lambda p: Edit(*p)), max_size=6),
)
def test_every_place_of_any_view_comes_home(text: str, edits: list[Edit]) -> None:
    view, home = apply_edits(text, edits)
    assert home.view_length == len(view)
    assert home.original_length == len(text)
    at = 0
    for i in range(len(view)):
        place = home.home(i, i + 1)
        assert place.end <= len(text)
        assert place.start >= at
        at = place.start
        for start, origin, origin_end, copied in home.segments:
            if copied and start <= i < start + origin_end - origin:
                assert place.of(text) == view[i]
