"""Which language is it? Short, Swiss, foreign, right-to-left, damaged text."""

from __future__ import annotations

import socket

import pytest

from reportedly.intake.tongue import short_code, tongue_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Die Polizei teilte mit, der Verdächtige sei flüchtig.", "de"),
        ("DIE POLIZEI TEILTE AM MONTAG MIT: KEINE VERLETZTEN", "de"),
        ("„Nein“, sagte sie, „das machen wir nicht.“", "de"),
        ("Der Gmeindrat het am Mäntig gseit, er well das nöd mache.", "de"),
        ("Der Bürgermeister soll laut Mitteilung heuer im Jänner zurücktreten.", "de"),
        ("Das wÃ¼rde die StÃ¤dte belasten, sagte der BÃ¼rgermeister.", "de"),
        ("The minister said on Monday that the bridge would stay closed until Easter.", "en"),
        ("Le ministre a déclaré lundi que le pont resterait fermé jusqu'à Pâques.", "fr"),
        ("De minister zei maandag dat de brug tot Pasen gesloten blijft.", "nl"),
        ("Il ministro ha detto che il ponte resterà chiuso fino a Pasqua.", "it"),
        ("Министр заявил в понедельник, что мост останется закрытым.", "ru"),
        ("قال الوزير يوم الاثنين إن الجسر سيبقى مغلقا حتى عيد الفصح", "ar"),
        ("השר אמר ביום שני כי הגשר יישאר סגור עד חג הפסח", "he"),
    ],
)
def test_language_of_a_sentence(text: str, code: str) -> None:
    assert tongue_of(text).code == code


@pytest.mark.parametrize("text", ["", "Ja.", "He said no.", "12.12. 14:00", "„“" * 10_000, "\0" * 100])
def test_too_little_text_is_read_as_german_and_says_so(text: str) -> None:
    found = tongue_of(text)
    assert (found.code, found.sure) == ("de", 0.0)
    assert found.note == "too short to tell the language, read as de"


def test_the_carrier_decides_where_the_words_do_not() -> None:
    assert tongue_of("He said no.", "en-GB").code == "en"
    assert tongue_of("Die Stadt teilte am Montag mit, die Brücke bleibe zu.", "en").code == "de"


def test_an_unclear_text_is_read_as_german_and_says_so() -> None:
    found = tongue_of("Mir gönd hüt uf Züri go luege, was d Lüüt säged.")
    assert found.code == "de"
    assert found.note is not None
    assert found.note.startswith("language not clear")


def test_one_quoted_passage_does_not_decide() -> None:
    german = "Die Ministerin sagte am Montag in der Hauptstadt, man werde die Regeln nicht ändern. " * 30
    english = "We will not change the rules, and nobody should expect us to do so at this point. " * 8
    assert tongue_of(german + english + german).code == "de"


def test_lone_surrogates_do_no_harm() -> None:
    assert tongue_of("\ud800 Die Stadt teilte am Montag mit, sie prüfe das.").code == "de"


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("language identification opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert tongue_of("Die Stadt teilte am Montag mit, sie prüfe das.").code == "de"


def test_language_tags() -> None:
    assert [short_code(t) for t in ("de-CH", "DE", "en_GB", "", None, "x", "d€")] == [
        "de",
        "de",
        "en",
        None,
        None,
        None,
        None,
    ]
