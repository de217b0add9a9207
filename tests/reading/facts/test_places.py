"""Which names are places, and which are powers that act?"""

from __future__ import annotations

import pytest

from reportedly.languages import load
from reportedly.reading.facts.places import find_places

GERMAN = load("de")


def places(text):
    return [(p.span.of(text), p.name, p.country) for p in find_places(text, [(0, len(text))], GERMAN)]


@pytest.mark.parametrize(
    ("text", "span", "name", "country"),
    [
        ("Die Soldaten wurden nach Russland geschickt.", "nach Russland", "Russland", "RU"),
        ("Sie kämpfen in der russischen Region Kursk.", "in der russischen Region Kursk", "Kursk", "RU"),
        ("Sie kämpfen in Kursk.", "in Kursk", "Kursk", "RU"),
        ("Im Osten Deutschlands schneite es.", "Im Osten Deutschlands", "Deutschland", "DE"),
        ("Im Norden der Ukraine schneite es.", "Im Norden der Ukraine", "Ukraine", "UA"),
        ("In Kiew heulten die Sirenen.", "In Kiew", "Kiew", "UA"),
        ("In Kyjiw heulten die Sirenen.", "In Kyjiw", "Kiew", "UA"),
        ("An der Grenze zu Polen stauten sich Wagen.", "An der Grenze zu Polen", "Polen", "PL"),
        ("Auf der Krim brannte ein Lager.", "Auf der Krim", "Krim", "UA"),
        ("Sie floh in die USA.", "in die USA", "USA", "US"),
        ("Sie floh in die Vereinigten Staaten.", "in die Vereinigten Staaten", "USA", "US"),
        ("In Bosnien und Herzegowina wird gewählt.", "In Bosnien und Herzegowina", "Bosnien und Herzegowina", "BA"),
        ("Das Schiff sank im Schwarzen Meer.", "im Schwarzen Meer", "Schwarzes Meer", None),
        ("Die Region Belgorod wurde beschossen.", "Die Region Belgorod", "Belgorod", "RU"),
        ("In der Nähe von Köln brannte es.", "In der Nähe von Köln", "Köln", "DE"),
        ("Berlin (dpa) – Der Rat tagt.", "Berlin", "Berlin", "DE"),
        ("Berlin, 3. Mai (AFP) Der Rat tagt.", "Berlin", "Berlin", "DE"),
    ],
)
def test_a_place(text, span, name, country):
    assert (span, name, country) in places(text)


def test_names_in_a_row():
    found = places("In Berlin, Hamburg und München wurde gestreikt.")
    assert [name for _, name, _ in found] == ["Berlin", "Hamburg", "München"]


@pytest.mark.parametrize(
    "text",
    [
        "Moskau betrachtet das als Angriff.",
        "Washington erklärte, man prüfe das.",
        "Russland wies das zurück.",
        "Der Krieg gegen Russland dauert an.",
        "Der Präsident der Ukraine sprach mit Polen.",
        "Nach Angaben Russlands ist das falsch.",
        "Nach Berliner Angaben ist das falsch.",
        "Sie spielt für Deutschland.",
        "Er las aus dem Berlin-Roman.",
        "Der Ukrainer schwieg.",
        "Nach Ansicht Moskaus ist das falsch.",
    ],
)
def test_powers_and_people_are_no_places(text):
    assert places(text) == []


def test_an_unlisted_name_needs_a_class_and_a_country():
    assert places("Im ukrainischen Dorf Beispielka brannte es.") == [
        ("Im ukrainischen Dorf Beispielka", "Beispielka", "UA"),
    ]  # fmt: skip
    assert places("Im kleinen Dorf Beispielka brannte es.") == []
    assert places("In der Stadt Menschen zu finden, ist leicht.") == []


def test_every_country_of_the_world_can_be_a_place():
    assert places("Sie reiste nach Tuvalu und nach Burkina Faso.") == [
        ("nach Tuvalu", "Tuvalu", "TV"), ("nach Burkina Faso", "Burkina Faso", "BF"),
    ]  # fmt: skip
