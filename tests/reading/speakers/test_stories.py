"""Who is meant, over several sentences? Each story has one thing that is new in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportedly.model.speaker import Cast

Names = Callable[..., list[str | None]]
Resolve = Callable[..., Cast]


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        # full name, family name, office, pronoun are one
        (
            "[speaker Pentagon-Sprecherin Sabrina Lenz] [cue sagte], [content es regne]. [2.speaker Lenz] [2.cue erklärte], "
            "[2.content es schneie]. [3.speaker Die Sprecherin] [3.cue betonte], [3.content es taue]. [4.speaker Sie] "
            "[4.cue fügte hinzu], [4.content es stürme].",
            ["Sabrina Lenz"] * 4,
        ),
        # the full name comes only later
        (
            "[speaker Lenz] [cue sagte], [content es regne]. Später trat Anna Lenz zurück.",
            ["Anna Lenz"],
        ),
        # genitive of a name
        (
            "[speaker Jonas Berger] [cue sagte], [content es regne]. Nach [2.speaker Bergers] [2.cue Ansicht] [2.content schneit es].",
            ["Jonas Berger"] * 2,
        ),
        # two people of different gender: the pronoun chooses
        (
            "[speaker Minister Jonas Berger] [cue sagte] zu Anna Lenz, [content es regne]. [2.speaker Sie] [2.cue widersprach], [2.content es schneie].",
            ["Jonas Berger", "Anna Lenz"],
        ),
        # the party in the bracket behind a name is not whom a pronoun means
        (
            "So dürfen wir Entwicklungsminister Gerd Lenz (CSU) verstehen. [speaker Der] [cue sagte], [content es regne].",
            ["Gerd Lenz"],
        ),
        # the party tells which politician
        (
            "Wenn ein deutscher Politiker kommt, regnet es. [speaker Minister Gerd Lenz (CSU)] [cue sagte], [content es regne]. "
            "[2.speaker Der CSU-Politiker] [2.cue warnte], [2.content es schneie].",
            ["Gerd Lenz"] * 2,
        ),
        # the letters in the bracket say how far the name goes
        (
            "Die Gewerkschaft Tanz und Musik (GTM) legte Zahlen vor. [speaker Die Gewerkschaft] [cue warnte], [content es regne].",
            ["Gewerkschaft Tanz und Musik"],
        ),
        # what stands behind `ist` tells what the first one is
        (
            "Die „Kran-Garde“ ist eine Vereinigung der Lotsen von Fellin. [speaker Sie] [cue warnte], [content es regne].",
            ["Kran-Garde"],
        ),
        # a demonym means whom the sentence before tells of
        (
            "Chefin Ida Rehm sah zu. Teamchef Jean Petit stellte sich vor Karl Lund. [speaker Der Franzose] [cue sagte], [content es regne].",
            ["Jean Petit"],
        ),
        # somebody who is only thought of is not who `er` means
        (
            "Der Chef der Behörde, Michael Griebel, reiste ab. Es ist der erste Besuch eines Behördenchefs dort. [speaker Er] [cue sagte], "
            "[content es regne].",
            ["Michael Griebel"],
        ),
        # `diese` is the group named last
        (
            "Die Stimmen kamen aus der Opposition; [speaker diese] [cue befürchtet], [content es regne].",
            ["Opposition"],
        ),
        # the police in a town after the police
        (
            "[speaker Die Polizei] [cue sagte], [content es regne]. [2.speaker Die Polizei in Bern] [2.cue warnte], [2.content es schneie].",
            ["Polizei", "Polizei"],
        ),
        # a description means the one person in sight
        (
            "Peter Ahrens lebt in Bern. [speaker Der Familienvater] [cue sagte], [content es regne].",
            ["Peter Ahrens"],
        ),
        # a member of a council by the name of the council
        (
            "[speaker Betriebsrat Bayram Yerly] [cue sagte], [content es regne]. [2.speaker Yerly] [2.cue warnte], [2.content es schneie]. "
            "[3.speaker Der Betriebsrat] [3.cue betonte], [3.content es taue].",
            ["Bayram Yerly"] * 3,
        ),
        # a body with its acronym
        (
            "[speaker Die Nationale Umweltbehörde (NUB)] [cue warnte], [content es regne]. [2.speaker Die NUB] [2.cue sagte], [2.content es taue]. "
            "[3.speaker Die Behörde] [3.cue betonte], [3.content es schneie].",
            ["Nationale Umweltbehörde"] * 3,
        ),
        # two names of one body
        (
            "Nach Angaben [speaker des Pentagons] [content regnet es]. [2.speaker Das US-Verteidigungsministerium] [2.cue erklärte], [2.content es taue].",
            ["Pentagon", "Pentagon"],
        ),
        # a shorter word for the same court
        (
            "[speaker Das Landgericht Lübeck] [cue entschied], [content es regne]. [2.speaker Das Gericht] [2.cue betonte], [2.content es taue].",
            ["Landgericht Lübeck"] * 2,
        ),
        # a mere label for the only firm in sight
        (
            "[speaker Die Firma Norvik] [cue teilte mit], [content es regne]. [2.speaker Das Unternehmen] [2.cue erklärte], [2.content es taue].",
            ["Norvik"] * 2,
        ),
        # two capital words that the article has called a magazine are that magazine
        (
            "[cue Laut] [speaker dem Fachmagazin Fern Reise] [content regnet es]. [2.speaker Fern Reise] [2.cue berichtet], [2.content es taue].",
            ["Fern Reise"] * 2,
        ),
        # whose mayor he is, in front and with a capital adjective
        (
            "[speaker Dorfens Regierender Bürgermeister Jonas Berger] [cue sagte], [content es regne]. [2.speaker Berger] [2.cue betonte], [2.content es taue].",
            ["Jonas Berger"] * 2,
        ),
        # two particles in a name
        (
            "[speaker Präsidentin Ursula von der Heyden] [cue sagte], [content es regne]. [2.speaker Von der Heyden] [2.cue betonte], [2.content es taue]. "
            "[3.speaker Pieter van den Bosch] [3.cue widersprach], [3.content es schneie]. [4.speaker Anna von der Polizei] [4.cue sagte], [4.content es stürme].",
            ["Ursula von der Heyden", "Ursula von der Heyden", "Pieter van den Bosch", "Anna"],
        ),
        # the genitive of a known family name tells whose lawyer it is
        (
            "[speaker Ali Taran] [cue sagte], [content es regne]. [2.speaker Die Anwältin Tarans] [2.cue widersprach], [2.content es schneie].",
            ["Ali Taran", "Anwältin Tarans"],
        ),
        # his own account: the pronoun beside it says whose
        (
            "[speaker Michael Berger] [cue sagte], [content es regne]. [2.cue Nach eigener Aussage] [2.content will er die Forscher kennenlernen].",
            ["Michael Berger", "Michael Berger"],
        ),
        # two offices in the genitive are one person
        (
            "[cue Nach Ansicht] [speaker des erfahrenen Arztes und Beraters von US-Präsidentin Anna Lenz, Jonas Berger], [content regnet es].",
            ["Jonas Berger"],
        ),
        # one unnamed source is one speaker
        (
            "[speaker Ein Beamter der Polizei] [cue sagte], [content es regne]. [2.speaker Der Beamte] [2.cue betonte], [2.content es taue].",
            ["Beamter der Polizei"] * 2,
        ),
        # a plural pronoun, told by the verb
        (
            "[speaker Anwohner] [cue klagten], [content es regne]. [2.speaker Sie] [2.cue forderten], [2.content es müsse tauen].",
            ["Anwohner", "Anwohner"],
        ),
        # the two of them
        (
            "[speaker Anna Lenz und Jonas Berger] [cue sagten], [content es regne]. [2.speaker Die beiden] [2.cue forderten] [2.content Tau].",
            ["Anna Lenz und Jonas Berger"] * 2,
        ),
        # possessive
        (
            "[speaker Die Gewerkschaft Norvik] [cue sagte], [content es regne]. [2.speaker Ihrer] [2.cue Ansicht nach] [2.content taut es].",
            ["Norvik", "Norvik"],
        ),
        # a family name that is a common noun
        (
            "[speaker Verfassungsrichter Jonas Papier] [cue sagte], [content es regne]. [2.speaker Papier] [2.cue betonte], [2.content es taue].",
            ["Jonas Papier"] * 2,
        ),
        # transliterations
        (
            "[speaker Wolodymyr Selenskyj] [cue sagte], [content es regne]. [2.speaker Zelenskyy] [2.cue betonte], [2.content es taue].",
            ["Wolodymyr Selenskyj"] * 2,
        ),
        # the speaker lies in the cue
        ("[cue Polizeiangaben zufolge] [content regnet es].", ["Polizei"]),
    ],
)
def test_who_is_meant(story: str, expected: list[str], names: Names) -> None:
    assert names(story) == expected


@pytest.mark.parametrize(
    "story",
    [
        # hearsay
        "[content Es [cue soll] regnen].",
        # nobody in particular
        "[speaker Man] [cue sagt], [content es regne].",
        # a pronoun before anybody was named
        "[speaker Er] [cue sagte], [content es regne].",
        # no woman in sight
        "Jonas Berger kam nach Hagenau. [speaker Sie] [cue sagte], [content es regne].",
    ],
)
def test_rather_silent_than_wrong(story: str, names: Names) -> None:
    assert names(story) == [None]


def test_two_equal_candidates_are_none(names: Names) -> None:
    story = "Es trafen sich Jonas Berger, Peter Lenz. [speaker Er] [cue sagte], [content es regne]."
    assert names(story) == [None] or names(story) == ["Jonas Berger"]


def test_speech_goes_on_without_a_place(names: Names) -> None:
    story = "[speaker Anna Lenz] [cue sagte], [content es regne]. [2.content Es werde bald tauen]. [3.cue hieß es], [3.content es taue]."
    assert names(story, {2: 1}) == ["Anna Lenz", "Anna Lenz", None]


def test_a_free_sentence_may_go_on_with_a_free_sentence(names: Names) -> None:
    story = "[speaker Anna Lenz] [cue sagte], [content es regne]. [2.content Es werde tauen]. [3.content Es werde schneien]."
    assert names(story, {2: 1, 3: 2}) == ["Anna Lenz"] * 3


@pytest.mark.parametrize(
    ("story", "told"),
    [
        (
            "Karl Moor kam mit Otto Brandt. [speaker Moor] [cue sagte] [addressee ihm], [content es reiche].",
            "Otto Brandt",
        ),
        ("Karl Moor kam. [speaker Moor] [cue sagte] [addressee ihm], [content es reiche].", None),
        ("Karl Moor lehrt. [speaker Er] [cue bot] [addressee dem Beamten] [cue an], [content zu gehen].", "Beamter"),
    ],
)
def test_nobody_speaks_to_himself(story: str, told: str | None, resolve: Resolve) -> None:
    cast = resolve(story)
    to = next(a for a in cast.attributions if a.role == "addressee")
    assert next((s.name for s in cast.speakers if s.id == to.speaker), None) == told
