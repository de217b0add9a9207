"""Does a search find what a reader of German would expect, and not what only looks alike?"""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportedly.languages import load
from reportedly.languages.searching import plain_form, searching_of

SEARCH = searching_of(load("de"))


def finds(query: str, text: str) -> bool:
    """Is each word of the query met by a word of the text?"""
    plain, keys = SEARCH.indexed([text])
    there = {*plain.split(), *keys.split()}
    return all(
        all(there & {p, *k} for p, k in word) or "".join(p for p, _ in word) in there for word in SEARCH.sought(query)
    )


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Haus", "in den Häusern"), ("Häuser", "ein Haus"), ("häuser", "das Haus"), ("gehen", "er ging"),
        ("mitteilen", "es wurde mitgeteilt"), ("Forderung", "die Forderungen"), ("Putin", "Putins Sprecher"),
        ("Ministerium", "des Verteidigungsministeriums"), ("Verteidigung", "das Verteidigungsministerium"),
        ("Nobelpreis", "der Friedensnobelpreis"), ("Frieden", "der Friedensnobelpreis"), ("Schule", "das Schulhaus"), ("Rat", "im Sicherheitsrat"),
        ("Straße", "Strasse"), ("Strasse", "Hauptstraße"), ("Mueller", "Müllers"), ("Müller", "Mueller"),
        ("Muller", "Müller"), ("Kim Jong Un", "Kim Jong-un"), ("Kim Jong-un", "Kim Jong Un"), ("10000", "10.000"),
        ("10.000", "10 000".replace(" ", "\u202f")), ("1,5", "1,5 Prozent"), ("E-Mail", "eine Email"),
        ("Email", "per E-Mail"), ("US-Präsident", "des US-Präsidenten"), ("Soldat", "die Sol\u00addaten"),
        ("Mu\u0308ller", "MÜLLER"), ("ukrainisch", "ukrainischen"),
    ],
)  # fmt: skip
def test_forms_of_one_word_meet(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Sicherheit", "er freut sich"), ("Seite", "seit Montag"), ("Nichte", "nicht heute"), ("10.000", "10 und 000"),
        ("Rat", "der Verrat"), ("Haus", "Hausse"), ("Wille", "sie will"), ("1.000", "10.000"), ("Ei", "Polizei"),
        ("Deichverband", "der Verband und der Deich"),
    ],
)  # fmt: skip
def test_look_alikes_do_not(query: str, text: str) -> None:
    assert not finds(query, text)


def test_a_date_is_its_numbers_and_a_decimal_is_one_word() -> None:
    assert SEARCH.indexed(["28.10.2024"])[0] == "28 10 2024"
    assert SEARCH.indexed(["3,5 und 3.5"])[0].split()[::2] == ["3d5", "3d5"]


def test_no_phrase_runs_from_one_piece_into_the_next() -> None:
    assert SEARCH.indexed(["die Lage", "sei ernst"])[0] == "die lage 0break0 sei ernst"


@example("0_")
@given(st.text(max_size=80))
def test_any_text_has_words_of_letters_and_digits_at_their_places(text: str) -> None:
    for word in SEARCH.words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.plain
        assert all(form and form.isalnum() for form in (*word.plain, *word.keys))
    for word in SEARCH.sought(text):
        assert all(plain.isalnum() for plain, _ in word)


@given(st.text(max_size=30))
def test_the_plain_form_of_a_plain_form_is_itself_but_for_umlauts(word: str) -> None:
    once = plain_form(word)
    assert once == "" or once.isalnum()
    assert plain_form(once.upper()) in {once, plain_form(once)}


def test_a_word_without_end_takes_no_time() -> None:
    """Compounds in compounds: without a memory each further part doubled the time."""
    searching = searching_of(load("de"))
    for word in ("Deich" * 19, "Deich" * 3000, "Ältestenrat" * 9, "A" * 1_000_000, "Haus" * 200_000):
        began = time.process_time()
        searching.indexed([word])
        searching.sought(word)
        assert time.process_time() - began < 3, word[:20]
