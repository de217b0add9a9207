"""Is every row of the speaker tables read as its example says?"""

from __future__ import annotations

import pytest

from reportedly.languages import load
from reportedly.languages.segment import tokenise
from reportedly.languages.tables import Row
from reportedly.model.speaker import KINDS
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


def test_kinds_are_those_of_the_record() -> None:
    for table in ("roles", "institutions", "metonyms"):
        assert {row["kind"] for row in GERMAN.rows(table)} <= set(KINDS)
