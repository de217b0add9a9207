"""Does a reading come back whole from what is kept of it?"""

from __future__ import annotations

import json

import pytest

import reportedly
from fakes import article, flood
from reportedly.example import example_text
from reportedly.model.kept import again, kept
from reportedly.model.reading import Reading

HARD = (
    "Überschrift 🌊\r\n\r\n"
    "„Wir bleiben“, sagte Jo\u0308rn Hallstein\u200f am Montag.\u202e Er habe 👩‍👩‍👧 gesehen.\r\n"
    "Der Rat teilte mit, \u05d0\u05d1\u05d2 sei \0 und \ud800 nicht gemeint.\r"
)


def through_json(reading: Reading) -> Reading:
    return again(json.loads(json.dumps(kept(reading))), reading.text)


@pytest.mark.parametrize(
    "reading",
    [flood(), article("").reading(), reportedly.read(HARD, published="2024-06-04"), reportedly.read(example_text())],
    ids=["made by hand", "empty", "emoji, CRLF, combining, right to left, NUL, half a pair", "the example"],
)
def test_all_layers_come_back(reading: Reading) -> None:
    back = through_json(reading)
    assert back.to_dict() == reading.to_dict()
    assert back.to_json() == reading.to_json()
    assert back.article == reading.article
    assert (back.damages, back.statements, back.cast, back.facts) == (
        reading.damages,
        reading.statements,
        reading.cast,
        reading.facts,
    )
    assert back.analysis.removed == reading.analysis.removed
    assert kept(back) == kept(reading)


def test_the_text_is_not_kept_twice() -> None:
    assert "zweimal und gegen Quittung" not in json.dumps(kept(flood()), ensure_ascii=False)
