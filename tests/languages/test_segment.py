"""Where do words and sentences begin and end?"""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.languages import load
from reportedly.languages.segment import sentences, tokenise

GERMAN = load("de")


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in tokenise(text)]


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text, GERMAN)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er kam.", ["Er", "kam", "."]),
        ("z.B. um 14:30 Uhr", ["z.B.", "um", "14:30", "Uhr"]),
        ("10.000 Soldaten, 3,5 Prozent", ["10.000", "Soldaten", ",", "3,5", "Prozent"]),
        ("US-Präsident Müller-Lüdenscheidt", ["US-Präsident", "Müller-Lüdenscheidt"]),
        ("ein 19-Jähriger", ["ein", "19-Jähriger"]),
        ("Ein- und Ausfuhr", ["Ein-", "und", "Ausfuhr"]),
        ("„Nein“, sagt’s", ["„", "Nein", "“", ",", "sagt’s"]),
        ("''Nein''", ["''", "Nein", "''"]),
        ("Warum?! Ach …", ["Warum", "?", "!", "Ach", "…"]),
        ("Öl & Gas (beides)", ["Öl", "&", "Gas", "(", "beides", ")"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_words_and_marks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "parts",
    [
        ["Er kam.", "Sie ging."],
        ["Kam er?", "Ja!", "Nein …", "Doch."],
        ["Er zahlte ca. 300 Euro an Dr. Meier.", "Dann ging er."],
        ["Am 3. Mai beginnt das Fest.", "Alle kommen."],
        ["Im 19. Jahrhundert stand hier ein Turm.", "Er fiel um."],
        ["Der Brief von J. Kern kam an.", "Niemand las ihn."],
        ["„Wir gehen.", "Ihr bleibt“, sagte er.", "Alle lachten."],
        ["„Warum?“ fragte sie.", "Er schwieg."],
        ["Er sagte: „Es regnet.“", "Dann ging er."],
        ["Das kostet z. B. 3.500 Euro.", "Viel Geld."],
        ["Der Wirt, d. h. der neue, kocht.", "Es schmeckt."],
        ["Das galt im Jahr 300 v. Chr. auch hier.", "Heute nicht."],
    ],
)
def test_sentences(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_a_line_break_ends_a_sentence_without_a_stop() -> None:
    assert split("Neue Brücke eröffnet\nDie Brücke ist offen.") == ["Neue Brücke eröffnet", "Die Brücke ist offen."]


def test_a_hard_wrapped_text_is_read_across_its_lines() -> None:
    text = "Der alte Müller ging an jedem Morgen um sechs Uhr an den Fluss und sah nach dem Wasser, das in jenem Sommer so niedrig stand wie nie zuvor."
    wrapped = "\n".join(textwrap.wrap(text, 30) + textwrap.wrap("Danach ging er heim.", 30))
    assert wrapped.count("\n") >= 5
    assert [" ".join(s.split()) for s in split(wrapped)] == [text, "Danach ging er heim."]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120) | st.text(alphabet="Er kam. „“!?\n\r3", max_size=80))
def test_places_lie_in_the_text_in_order(text: str) -> None:
    for found in (tokenise(text), sentences(text, GERMAN)):
        at = 0
        for a, b in found:
            assert at <= a < b <= len(text)
            assert not text[a].isspace()
            assert not text[b - 1].isspace()
            at = b
    covered = {i for a, b in tokenise(text) for i in range(a, b)}
    inside = {i for a, b in sentences(text, GERMAN) for i in range(a, b)}
    letters = {i for i, c in enumerate(text) if not c.isspace()}
    assert letters <= covered
    assert letters <= inside
