"""What does a noun group say about its bearer?"""

from __future__ import annotations

import pytest

from reportedly.languages import load
from reportedly.languages.segment import tokenise
from reportedly.reading.speakers.phrase import Phrase
from reportedly.reading.speakers.phrases import read_phrase
from reportedly.reading.speakers.vocabulary import vocabulary_of

VOCABULARY = vocabulary_of(load("de"))


def read(text: str, *surnames: str) -> Phrase:
    phrase = read_phrase([text[a:b] for a, b in tokenise(text)], VOCABULARY, frozenset(surnames))
    assert phrase is not None, text
    return phrase


@pytest.mark.parametrize(
    ("text", "name", "kind", "named"),
    [
        # people: the name alone, whatever stands around it
        ("Pentagon-Sprecherin Anna Lenz", "Anna Lenz", "person", True),
        ("der Leiter des Kriminaldienstes, Jonas Berger", "Jonas Berger", "person", True),
        ("Jonas Berger, der Leiter des Kriminaldienstes", "Jonas Berger", "person", True),
        ("dem Direktor der peruanischen Luftfahrtbehörde Roberto Lenz", "Roberto Lenz", "person", True),
        ("der in Hagenau geborene Sänger Jonas Berger", "Jonas Berger", "person", True),
        ("Lenz' wissenschaftlicher Mitarbeiter Jonas Berger", "Jonas Berger", "person", True),
        ("Milliardär Sir Jonas Berger", "Jonas Berger", "person", True),
        ("Jonas Berger (CDU)", "Jonas Berger", "person", True),
        ("der frühere Bürgermeister und Senator, Jonas Berger", "Jonas Berger", "person", True),
        ("Frau Lenz", "Lenz", "person", True),
        ("Country-Megastar Morgan Lenz", "Morgan Lenz", "person", True),
        ("Spielgestalter Maodo Lenz", "Maodo Lenz", "person", True),
        ("Sandra Lenz, Fachbereichsleitung Kinder und Jugendliche", "Sandra Lenz", "person", True),
        ("Jonas Berger, angehender Arzt, Koch und Autor", "Jonas Berger", "person", True),
        ("Patrick Berger von der IG Metall Trier", "Patrick Berger", "person", True),
        # descriptions: nominative, without the definite article
        ("einem Sprecher der Polizei", "Sprecher der Polizei", "person", False),
        ("des behandelnden Arztes", "behandelnder Arzt", "person", False),
        ("eines 64 Jahre alten Deutschen", "64 Jahre alter Deutscher", "person", False),
        ("den Anwohnern", "Anwohner", "group", False),
        ("mehreren friedlichen Demonstranten", "mehrere friedliche Demonstranten", "group", False),
        ("politischen Kreisen", "politische Kreise", "group", False),
        ("die afghanischen und ausländischen Soldaten", "afghanische und ausländische Soldaten", "group", False),
        ("Politikern von SPD und Grünen", "Politiker von SPD und Grünen", "group", False),
        # bodies: the name where one follows a mere label, else noun and name
        ("der Zeitung „Norvik Kurier“", "Norvik Kurier", "medium", True),
        ("der italienischen Nachrichtenagentur Arva", "Arva", "medium", True),
        ("der US-Weltraumbehörde NASA", "NASA", "organisation", True),
        ("der Staatsanwaltschaft Lübeck", "Staatsanwaltschaft Lübeck", "organisation", True),
        ("des Staatlichen Veterinäramtes Hagenau", "Staatliches Veterinäramt Hagenau", "organisation", True),
        (
            "des Bundesministeriums für Arbeit und Umwelt",
            "Bundesministerium für Arbeit und Umwelt",
            "organisation",
            True,
        ),
        ("der türkischen Regierung", "türkische Regierung", "organisation", True),
        ("der Polizei", "Polizei", "organisation", False),
        ("den Behörden", "Behörden", "organisation", False),
        ("des Pentagons", "Pentagon", "organisation", True),
        ("dem Weißen Haus", "Weißes Haus", "organisation", True),
        ("der zur Universität gehörenden Norvik Institution", "Norvik Institution", "organisation", True),
        # states, papers, several at once
        ("Frankreichs", "Frankreich", "state", True),
        ("den Vereinigten Staaten", "Vereinigte Staaten", "state", True),
        ("einem Bericht der Kommission", "Bericht der Kommission", "document", False),
        ("der Studie „Leben im Watt“", "Studie „Leben im Watt“", "document", True),
        ("Die EU und die USA", "EU und USA", "group", True),
        ("Anna Lenz und Jonas Berger", "Anna Lenz und Jonas Berger", "group", True),
    ],
)
def test_name_kind_and_whether_named(text: str, name: str, kind: str, named: bool) -> None:
    phrase = read(text)
    assert (phrase.name, phrase.kind, phrase.named) == (name, kind, named)


@pytest.mark.parametrize(
    ("text", "roles", "affiliation", "gender"),
    [
        ("Pentagon-Sprecherin Sabrina Lenz", ("Pentagon-Sprecherin",), "Pentagon", "f"),
        ("CDU-Politiker Jonas Berger", ("CDU-Politiker",), "CDU", "m"),
        ("der Leiter der Polizei, Jonas Berger", ("Leiter der Polizei",), "Polizei", "m"),
        ("Anna Lenz (SPD)", (), "SPD", "f"),
        ("die Grünen-Vorsitzende Lenz", ("Grünen-Vorsitzende",), "Die Grünen", "f"),
    ],
)
def test_office_and_affiliation(text: str, roles: tuple[str, ...], affiliation: str, gender: str) -> None:
    phrase = read(text)
    assert (phrase.roles, phrase.affiliation, phrase.gender) == (roles, affiliation, gender)


def test_a_family_name_may_be_a_noun() -> None:
    assert read("Richter").kind != "person"
    assert (read("Richter", "Richter").name, read("Richter", "Richter").form) == ("Richter", "name")


def test_compounds_that_only_look_like_people() -> None:
    assert VOCABULARY.nouns("Fahrzeuge") == ()
    assert VOCABULARY.nouns("Hoffmann") == ()
    assert [n.head for n in VOCABULARY.nouns("Augenzeugen")][:1] == ["Zeuge"]


@pytest.mark.parametrize(
    ("word", "pointer"), [("er", "personal"), ("Dieser", "demonstrative"), ("seiner", "possessive"), ("man", "nobody")]
)
def test_pronouns(word: str, pointer: str) -> None:
    assert (read(word).form, read(word).pointer) == ("pronoun", pointer)


def test_acronym_in_brackets_is_an_alias() -> None:
    assert read("die Nationale Umweltbehörde (NUB)").alias == "NUB"
    swapped = read("die NUB (Nationale Umweltbehörde)")
    assert (swapped.name, swapped.alias) == ("Nationale Umweltbehörde", "NUB")


def test_nothing_to_read() -> None:
    assert read_phrase([], VOCABULARY) is None
    assert read_phrase([",", "–"], VOCABULARY) is None


@pytest.mark.parametrize(
    "text", ["Anna Lenz", "der neue Minister der Partei", "40 % aller Wirte", "A und B", "Lenz' Leiter"]
)
def test_a_language_without_tables_reads_on(text: str) -> None:
    assert read_phrase(text.split(), vocabulary_of(load("und"))) is not None
