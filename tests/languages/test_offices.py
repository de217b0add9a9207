"""Which office is it, and whose? Every row of the tables, and what must not be taken for an office."""

from __future__ import annotations

import pytest

from reportedly.languages import load
from reportedly.languages.offices import Office, offices_of

GERMAN = offices_of(load("de"))


@pytest.mark.parametrize("row", load("de").rows("offices"), ids=lambda r: r["id"])
def test_the_example_of_a_row_names_its_office(row) -> None:  # type: ignore[no-untyped-def]
    found = GERMAN.office_of(row["example"])
    assert found is not None
    assert found.name == row["office"]


@pytest.mark.parametrize("row", load("de").rows("owners"), ids=lambda r: r["id"])
def test_the_example_of_an_owner_names_it(row) -> None:  # type: ignore[no-untyped-def]
    found = GERMAN.office_of(row["example"])
    assert found is not None
    assert found.owner == row["code"]


@pytest.mark.parametrize("row", load("de").rows("stands_for"), ids=lambda r: r["id"])
def test_a_seat_stands_for_its_body(row) -> None:  # type: ignore[no-untyped-def]
    for name in (row["id"], *row.list("aliases", "|")):
        assert GERMAN.body(name) == (Office(row["body"], row["code"]), row["alone"] == "yes")


@pytest.mark.parametrize("row", load("de").rows("state_bodies"), ids=lambda r: r["id"])
def test_a_body_of_a_state_is_called_as_its_example(row) -> None:  # type: ignore[no-untyped-def]
    assert GERMAN.title(f"{row['id']} IS") == row["example"]


def test_every_seat_stands_for_a_body_that_has_a_title() -> None:
    titled = {row["id"] for row in load("de").rows("state_bodies")}
    assert {row["body"] for row in load("de").rows("stands_for")} <= titled


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("der russische Präsident", "president RU"), ("Russlands Präsident", "president RU"), ("Kremlchef", "president RU"),
        ("Präsident der Ukraine", "president UA"), ("Präsident der Vereinigten Staaten", "president US"), ("US-Präsidentin", "president US"),
        ("österreichischer Bundeskanzler", "head_of_government AT"), ("Bundeskanzlerin", "head_of_government DE"),
        ("Bayerns Ministerpräsident", "head_of_government DE-BY"), ("Präsident", "president"), ("UN-Generalsekretär", "secretary_general UN"),
        ("ehemaliger US-Präsident", None), ("Ex-Präsident", None), ("Noch-Präsident", None), ("designierter Außenminister", None),
        ("Präsident der Ärztekammer", None), ("Sprecher des Präsidenten", None), ("Ministerpräsident der Deutschen Presse-Agentur", None),
        ("deutscher Präsident Russlands", None), ("stellvertretender Ministerpräsident", None), ("", None), ("Wanderer", None),
    ],
)  # fmt: skip
def test_which_office_words_name(words: str, office: str | None) -> None:
    found = GERMAN.office_of(words)
    assert (found.key if found else None) == office


def test_titles_in_the_genitive_of_their_owner() -> None:
    assert [GERMAN.title(key) for key in ("president RU", "president UA", "president NL", "government US", "president IR", "pope VA")] == [
        "Präsident Russlands", "Präsident der Ukraine", "Präsident der Niederlande", "Regierung der USA", "Präsident des Iran", "Papst",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right"),
    [("Wolodymyr Selenskyj", "Selenski"), ("Volodymyr Zelenskyy", "Selenskyj"), ("Ali Chamenei", "Khamenei"), ("Sergej Lawrow", "Lavrov"),
     ("Anna Müller", "Mueller"), ("Kim Jong-un", "Kim Jong Un"), ("Ursula von der Leyen", "von der Leyen"), ("Lea Brandt-Ohm", "Ohm")],
)  # fmt: skip
def test_spellings_of_a_family_name_share_a_block(left: str, right: str) -> None:
    assert set(GERMAN.blocks(left, "person", True, (), ())) & set(GERMAN.blocks(right, "person", True, (), ()))
