"""Which times, and which day is that for an article of Tuesday, 29 October 2024?"""

from __future__ import annotations

from datetime import date

import pytest

from reportedly.languages import load
from reportedly.reading.facts.moments import find_moments

GERMAN = load("de")
TUESDAY = date(2024, 10, 29)


def moments(text, anchor=TUESDAY):
    ends = [
        i + 1
        for i, c in enumerate(text)
        if c in ".!?" and (i + 1 == len(text) or text[i + 1 : i + 3].strip().istitle())
    ]
    return list(find_moments(text, [(0, len(text))], ends, anchor, GERMAN))


def values(text, anchor=TUESDAY):
    return {m.span.of(text): m.value for m in moments(text, anchor)}


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("Sie sagte am Montag, dass …", "am Montag", "2024-10-28"),
        ("Am Dienstag tagte der Rat.", "Am Dienstag", "2024-10-29"),
        ("Am Mittwoch hatte er noch geschwiegen.", "Am Mittwoch", "2024-10-23"),
        ("Am Mittwoch soll der Gipfel beginnen.", "Am Mittwoch", "2024-10-30"),
        ("Der Gipfel beginnt am Freitag.", "am Freitag", "2024-11-01"),
        ("Er will am Freitag reisen, teilte er am Montag mit.", "am Freitag", "2024-11-01"),
        ("Er will am Freitag reisen, teilte er am Montag mit.", "am Montag", "2024-10-28"),
        ("Er soll am Freitag geflohen sein.", "am Freitag", "2024-10-25"),
        ("Der Wagen ist am Freitag gefunden worden.", "am Freitag", "2024-10-25"),
        ("Sie wurde am Freitag freigelassen.", "am Freitag", "2024-10-25"),
        ("Kommenden Freitag ist Schluss.", "Kommenden Freitag", "2024-11-01"),
        ("Am kommenden Dienstag ist Schluss.", "Am kommenden Dienstag", "2024-11-05"),
        ("Am vergangenen Dienstag war Schluss.", "Am vergangenen Dienstag", "2024-10-22"),
        ("An diesem Donnerstag stimmt der Rat ab.", "An diesem Donnerstag", "2024-10-31"),
        ("Er kam am Montagabend an.", "am Montagabend", "2024-10-28T18:00/2024-10-28T22:00"),
        ("Er kam am Montag früh an.", "am Montag früh", "2024-10-28T05:00/2024-10-28T09:00"),
        ("Am Mittwoch vergangener Woche kam er an.", "Am Mittwoch vergangener Woche", "2024-10-23"),
        ("Gestern Abend brannte es.", "Gestern Abend", "2024-10-28T18:00/2024-10-28T22:00"),
        ("Vorgestern brannte es.", "Vorgestern", "2024-10-27"),
        ("Er reist morgen ab.", "morgen", "2024-10-30"),
        ("Heute entscheidet das Gericht.", "Heute", "2024-10-29"),
        ("Vor drei Tagen brannte es.", "Vor drei Tagen", "2024-10-26"),
        ("Vor einer Woche brannte es.", "Vor einer Woche", "2024-W43"),
        ("Vor zwei Monaten brannte es.", "Vor zwei Monaten", "2024-08"),
        ("Vor rund zehn Jahren brannte es.", "Vor rund zehn Jahren", "2014"),
        ("Vor anderthalb Jahren brannte es.", "Vor anderthalb Jahren", "2023-04"),
        ("In zwei Wochen wird gewählt.", "In zwei Wochen", "2024-W46"),
        ("Seit fünf Jahren wird gebaut.", "Seit fünf Jahren", "2019"),
        ("Am 28. Oktober brannte es.", "Am 28. Oktober", "2024-10-28"),
        ("Am 24. Dezember brannte es.", "Am 24. Dezember", "2024-12-24"),
        ("Am 24. Dezember wurde er entlassen.", "Am 24. Dezember", "2023-12-24"),
        ("Am 3. Mai soll gewählt werden.", "Am 3. Mai", "2025-05-03"),
        ("Am 3. Mai brannte es.", "Am 3. Mai", "2024-05-03"),
        ("Am 3. Mai 1998 brannte es.", "Am 3. Mai 1998", "1998-05-03"),
        ("Am 03.05.1998 brannte es.", "Am 03.05.1998", "1998-05-03"),
        ("Am 3.5. brannte es.", "Am 3.5.", "2024-05-03"),
        ("Am Freitag, dem 25. Oktober, brannte es.", "Am Freitag, dem 25. Oktober", "2024-10-25"),
        ("Am 11., 12. und 13. Oktober brannte es.", "Am 11., 12. und 13. Oktober", "2024-10-11/2024-10-13"),
        ("Vom 28. Dezember bis 3. Januar 2024 war zu.", "Vom 28. Dezember bis 3. Januar 2024", "2023-12-28/2024-01-03"),
        ("Im Oktober 2023 begann der Krieg.", "Im Oktober 2023", "2023-10"),
        ("Ende Oktober begann der Umbau.", "Ende Oktober", "2024-10-21/2024-10-31"),
        ("Im Mai vergangenen Jahres begann es.", "Im Mai vergangenen Jahres", "2023-05"),
        ("Im vergangenen Dezember begann es.", "Im vergangenen Dezember", "2023-12"),
        ("Im kommenden Januar beginnt es.", "Im kommenden Januar", "2025-01"),
        ("Im Herbst 2023 begann es.", "Im Herbst 2023", "2023-09/2023-11"),
        ("Im vergangenen Sommer begann es.", "Im vergangenen Sommer", "2024-06/2024-08"),
        ("Im Winter 2023 begann es.", "Im Winter 2023", "2023-12/2024-02"),
        ("2019 begann es.", "2019", "2019"),
        ("Er kam als Kind 1956 nach Linz.", "1956", "1956"),
        ("Ende 2022 begann es.", "Ende 2022", "2022-10/2022-12"),
        ("Das war im Jahr 843.", "im Jahr 843", "0843"),
        ("Das Haus stammt aus dem 18. Jahrhundert.", "aus dem 18. Jahrhundert", "1701/1800"),
        ("Anfang des 20. Jahrhunderts stand es leer.", "Anfang des 20. Jahrhunderts", "1901/1933"),
        ("In den 1990er Jahren stand es leer.", "In den 1990er Jahren", "1990/1999"),
        ("In den 80er-Jahren stand es leer.", "In den 80er-Jahren", "1980/1989"),
        ("In den siebziger Jahren stand es leer.", "In den siebziger Jahren", "1970/1979"),
        ("In den Neunzigerjahren stand es leer.", "In den Neunzigerjahren", "1990/1999"),
        ("Zwischen 2019 und 2021 stand es leer.", "Zwischen 2019 und 2021", "2019/2021"),
        ("Von 2019 bis 2021 stand es leer.", "Von 2019 bis 2021", "2019/2021"),
        ("Von Montag bis Mittwoch streikten sie.", "Von Montag bis Mittwoch", "2024-10-21/2024-10-23"),
        ("Vergangene Woche streikten sie.", "Vergangene Woche", "2024-W43"),
        ("Anfang kommender Woche streiken sie.", "Anfang kommender Woche", "2024-11-04/2024-11-05"),
        ("Im nächsten Jahr wird gebaut.", "Im nächsten Jahr", "2025"),
        ("Ende des Jahres läuft die Frist ab.", "Ende des Jahres", "2024-10/2024-12"),
        ("Bis Jahresende läuft die Frist.", "Bis Jahresende", "2024-10/2024-12"),
        ("Im dritten Quartal 2023 sank der Umsatz.", "Im dritten Quartal 2023", "2023-07/2023-09"),
        ("Im ersten Halbjahr sank der Umsatz.", "Im ersten Halbjahr", "2024-01/2024-06"),
        ("In den vergangenen zwei Jahrzehnten wuchs er.", "In den vergangenen zwei Jahrzehnten", "2004/2024"),
        ("In der Nacht zum Montag brannte es.", "In der Nacht zum Montag", "2024-10-27T22:00/2024-10-28T06:00"),
        ("Am Ostermontag 2024 brannte es.", "Am Ostermontag 2024", "2024-04-01"),
        ("An Weihnachten 2023 brannte es.", "An Weihnachten 2023", "2023-12-24/2023-12-26"),
        ("Am Wochenende brannte es.", "Am Wochenende", "2024-10-26/2024-10-27"),
        ("Am Wochenende soll es schneien.", "Am Wochenende", "2024-11-02/2024-11-03"),
        ("Im Vorjahr waren es mehr.", "Im Vorjahr", "2023"),
    ],
)
def test_a_time_and_its_value(text, span, value):
    assert values(text)[span] == value


def test_an_hour_belongs_to_the_day_of_its_sentence():
    text = "Am Montag brannte es gegen 14.30 Uhr. Um 18 Uhr war alles vorbei."
    assert [(m.value, m.resolved) for m in moments(text)] == [
        ("2024-10-28", True), ("2024-10-28T14:30", True), ("2024-10-28T18:00", False),
    ]  # fmt: skip


def test_without_an_anchor_only_absolute_dates_have_a_value():
    text = "Am Montag, am 3. Mai, vergangene Woche und im Herbst; am 3. Mai 2020, 1998 und in den 1980er Jahren."
    found = moments(text, None)
    assert [m.value for m in found] == [None, None, None, None, "2020-05-03", "1998", "1980/1989"]
    assert [m.resolved for m in found] == [False] * 4 + [True] * 3


@pytest.mark.parametrize(
    "text",
    [
        "August wohnt bei den Eltern.",
        "Das schrieb die Welt am Sonntag.",
        "Sie hat 2000 Euro bezahlt.",
        "Das Spiel endete 3:1.",
        "Rund 1900 Gäste kamen.",
        "Die Sonntag-Ausgabe ist dünn.",
        "Der Fall ist am Ende ungeklärt.",
        "Version 10.2 ist neu.",
        "Die Partei hat Sommerpause.",
    ],
)
def test_no_time(text):
    assert moments(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Jeden Montag ist Markt.",
        "Am Tag zuvor schwieg er.",
        "In den vergangenen Wochen war Ruhe.",
        "Zwei Tage später kam er.",
    ],
)
def test_a_time_that_nobody_can_date(text):
    (found,) = moments(text)
    assert (found.value, found.resolved) == (None, False)


def test_an_impossible_date_is_none():
    assert "Am 31. Februar 2024" not in values("Am 31. Februar 2024 war nichts.")


def test_the_calendar_may_end():
    assert values("Vor 3 Jahren brannte es.", date(2, 1, 1)) == {"Vor 3 Jahren": None}
    assert values("Kommendes Jahrhundert brennt es.", date(9999, 12, 31)) == {"Kommendes Jahrhundert": None}


@pytest.mark.parametrize("gap", [" ", "\n", "\n ", "\u00a0"])
def test_a_line_may_end_inside_the_name_of_a_day(gap: str) -> None:
    (value,) = values(f"Am Tag{gap}der Arbeit blieb es still.").values()
    assert value == "2024-05-01"
    assert list(values(f"Er kam am zweiten{gap}Weihnachtsfeiertag an.").values()) == ["2024-12-26"]
