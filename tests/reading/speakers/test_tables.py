"""Is every row of the speaker tables read as its example says?"""

from __future__ import annotations

import pytest

from reportedly.languages import load
from reportedly.languages.segment import tokenise
from reportedly.languages.tables import Row
from reportedly.model.speaker import KINDS
from reportedly.reading.speakers.forms import Form, Forms
from reportedly.reading.speakers.inflection import ANY, Readings, read_readings
from reportedly.reading.speakers.phrase import Phrase
from reportedly.reading.speakers.phrases import read_phrase
from reportedly.reading.speakers.vocabulary import vocabulary_of

GERMAN = load("de")
VOCABULARY = vocabulary_of(GERMAN)


def read(text: str) -> Phrase:
    phrase = read_phrase([text[a:b] for a, b in tokenise(text)], VOCABULARY)
    assert phrase is not None, text
    return phrase


def wrong(rows: tuple[Row, ...], told: str, read_as: str) -> list[str]:
    """One line a row whose example is read otherwise."""
    out = []
    for row in rows:
        phrase = read(row["example"])
        if getattr(phrase, read_as) != row[told]:
            out.append(f"{row.address}: {row['example']} -> {getattr(phrase, read_as)}, not {row[told]}")
    return out


@pytest.mark.parametrize("table", ["roles", "institutions", "titles"])
def test_examples_have_the_name_of_their_row(table: str) -> None:
    assert wrong(GERMAN.rows(table), "name", "name") == []


@pytest.mark.parametrize("table", ["metonyms", "states"])
def test_every_alias_leads_to_its_body(table: str) -> None:
    assert wrong(GERMAN.rows(table), "id", "head") == []


def test_offices_have_gender_and_kind() -> None:
    for row in GERMAN.rows("roles"):
        phrase = read(row["example"])
        assert phrase.gender == (row["gender"] if row["gender"] in {"m", "f"} else None), row.address
        assert phrase.kind in {row["kind"], "person", "group"}, row.address


def test_first_names_stand_before_a_family_name() -> None:
    for row in GERMAN.rows("firstnames"):
        phrase = read(row["example"])
        assert (phrase.form, phrase.kind, phrase.gender or "") == ("name", "person", row["gender"]), row.address


def test_pronouns_point_and_determiners_agree() -> None:
    for row in GERMAN.rows("pronouns"):
        word = row["id"].split(" ")[0]
        assert word in row["example"].lower().replace(",", " ").replace(".", " ").split(), row.address
        if row["type"] in {"definite", "indefinite_article", "quantity"}:
            assert read(row["example"]).form in {"role", "body"}, row.address


def all_forms() -> list[Form]:
    forms = Forms(GERMAN, VOCABULARY.sets)
    roles = [form for row in GERMAN.rows("roles") for form in forms.of_role(row)]
    return roles + [form for row in GERMAN.rows("institutions") for form in forms.of_body(row)]


def test_nouns_have_the_forms_of_their_declension() -> None:
    found = all_forms()
    for row in GERMAN.rows("declensions"):
        words = {row["example"][a:b] for a, b in tokenise(row["example"])}
        assert words & {form.text for form in found if form.by == row.address}, row.address


def test_every_paradigm_is_one_that_a_noun_has() -> None:
    assert {row.address for row in GERMAN.rows("declensions")} == {form.by for form in all_forms()}


@pytest.mark.parametrize(
    ("text", "nominative", "gender", "cases"),
    [
        ("Ministers", "Minister", "m", "g"),
        ("Zeugen", "Zeuge", "m", "gda"),
        ("Vorsitzende", "Vorsitzender", "m", "n"),
        ("Vorsitzende", "Vorsitzende", "f", "na"),
        ("Ministerinnen", "Ministerinnen", "p", "ngda"),
        ("Verbänden", "Verbände", "p", "d"),
        ("Ausschuß", "Ausschuss", "m", "nda"),
        ("Bündnisses", "Bündnis", "n", "g"),
    ],
)
def test_a_form_tells_nominative_gender_and_cases(text: str, nominative: str, gender: str, cases: str) -> None:
    assert (text, nominative, gender, cases) in {form[:4] for form in all_forms()}


def test_endings_of_adjectives_tell_what_their_row_says() -> None:
    inflection = VOCABULARY.inflection
    for row in GERMAN.rows("adjective_endings"):
        words = [row["example"][a:b].lower() for a, b in tokenise(row["example"])]
        if row["id"] == "-":
            bare = [w for w in words if VOCABULARY.pointer(w, "possessive") and inflection.stem(w) is None]
            assert {inflection.possessive_fits(w) for w in bare} == {read_readings(row["possessive"])}
            continue
        bent = [w for w in words if w.endswith(row["id"]) and inflection.stem(w) == w.removesuffix(row["id"])]
        assert bent, row.address
        for gender in row.list("nominative"):
            assert any(inflection.is_nominative(w, gender) for w in bent)
            assert inflection.nominative_adjective("alten", gender) == "alt" + row["id"]
        told: dict[str, Readings] = {
            "strong": inflection.strong_fits(bent[-1]),
            "weak": inflection.weak_fits(bent[-1]),
            "after_ein": inflection.fits_after_ein(bent[-1]),
            "possessive": inflection.possessive_fits(bent[-1]),
        }
        assert told == {cell: read_readings(row[cell]) for cell in told}, row.address
    assert inflection.strong_fits("drei") == ANY


def test_kinds_are_those_of_the_record() -> None:
    for table in ("roles", "institutions", "metonyms"):
        assert {row["kind"] for row in GERMAN.rows(table)} <= set(KINDS)
