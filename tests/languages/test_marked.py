"""Are the marks of examples and cases read as they are meant?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.languages.marked import ROLES, read_marked
from reportedly.model.span import text_of


def test_the_marks_go_and_their_places_stay() -> None:
    found = read_marked("[speaker Der Minister] [cue teilte] gestern [cue mit], dass [content die Lage ernst sei].")
    assert found.text == "Der Minister teilte gestern mit, dass die Lage ernst sei."
    assert {role: text_of(s, found.text) for role, s in found.roles[1].items()} == {
        "speaker": "Der Minister",
        "cue": "teilte … mit",
        "content": "die Lage ernst sei",
    }


def test_a_number_names_the_statement_and_marks_may_nest() -> None:
    found = read_marked("[content [2.speaker X] [2.cue sagt], [2.content es brenne]], [cue meldet] Y.")
    assert list(found.roles) == [1, 2]
    assert text_of(found.roles[1]["content"], found.text) == "X sagt, es brenne"
    assert text_of(found.roles[2]["content"], found.text) == "es brenne"


def test_one_stretch_may_serve_two_statements() -> None:
    found = read_marked("[speaker [2.speaker Er]] [cue ruft] und [2.cue fragt].")
    assert found.roles[1]["speaker"] == found.roles[2]["speaker"]


def test_literal_brackets_are_escaped() -> None:
    found = read_marked(r"„[content Er \[der Wirt\] kam]“")
    assert found.text == "„Er [der Wirt] kam“"
    assert text_of(found.roles[1]["content"], found.text) == "Er [der Wirt] kam"


@pytest.mark.parametrize("bare", ["[…]", "[der Wirt", "[2 kamen"])
def test_a_bracket_without_a_role_must_be_escaped(bare: str) -> None:
    with pytest.raises(ValueError, match=r"unknown role|no partner"):
        read_marked(f"Er {bare} kam]")


@pytest.mark.parametrize("wrong", ["[content Er kam", "Er kam]", "[speach Er] kam"])
def test_a_slip_in_the_marks_is_an_error(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"no partner|unknown role"):
        read_marked(wrong)


@given(
    st.text(alphabet="abc „“.\n", max_size=20),
    st.sampled_from(sorted(ROLES)),
    st.text(alphabet="xyz ", min_size=1, max_size=9),
)
def test_marking_a_stretch_gives_that_stretch(before: str, role: str, words: str) -> None:
    found = read_marked(f"{before}[3.{role} {words}]{before}")
    assert found.text == before + words + before
    assert [s.of(found.text) for s in found.roles[3][role]] == [words]
