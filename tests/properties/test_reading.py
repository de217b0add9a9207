"""Does reading stand any text at all: never an exception, every place in the text, the same text the same reading?"""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from expected import read_text
from reportedly.example import example_text
from reportedly.model.reading import Reading
from reportedly.model.span import Pieces
from reportedly.schema import record_schema

VALID = Draft202012Validator(record_schema())
SCRAPS = st.sampled_from(
    [
        "Der Minister ", "Anna Kern ", "sie ", "er ", "man ", "die Polizei ", "sagte", " sagte ", "teilte ", "mit", "warnte vor ", "habe ", "sei ",
        "soll ", "gewesen sein", ", dass ", ", ob ", "wie ", "laut ", "Nach Angaben ", "zufolge ", ", so ", "heißt es ", "unter Berufung auf ",
        "nicht ", "rund 300 ", "Euro ", "am Montag ", "in Kiel ", "gefragt wurde", "die Forderung ", "zu gehen", "ist überzeugt", "und ", "der ",
        "„", "“", "”", '"', "‚", "‘", "»", "«", "''", ".", ". ", ", ", ": ", "? ", "! ", " - ", "(", ")", "\n", "\n\n", "\r\n", " ", "\t",
        "🌊", "e\u0301", "\u202e", "\u200b", "\x00", "\ud800", "ß", "ﬁ", "שלום ", "Lesen Sie auch: ", "North Koreanische ", "Demnach ", "Das ",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(SCRAPS, max_size=40).map("".join),
    st.text(max_size=150),
    st.tuples(st.integers(0, 3600), st.integers(0, 300)).map(lambda p: example_text()[p[0] : p[0] + p[1]]),
)


def all_pairs(node: Any) -> list[list[int]]:
    """Every [start, end) pair of a record."""
    if isinstance(node, list) and len(node) == 2 and all(isinstance(n, int) for n in node):
        return [node]
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [pair for child in children for pair in all_pairs(child)]


def check(reading: Reading) -> None:
    """What must hold for the reading of any text."""
    text = reading.text
    record = reading.to_dict()
    assert not list(VALID.iter_errors(record))
    for start, end in all_pairs({k: v for k, v in record.items() if k != "text"}):
        assert 0 <= start <= end <= len(text)
    ids = [s.id for s in reading.statements]
    assert ids == [f"s{n}" for n in range(1, len(ids) + 1)]
    for statement in reading.statements:
        for role in (
            statement.content,
            statement.quoted,
            statement.cue,
            statement.frame,
            statement.occasion,
            statement.time,
        ):
            in_order(role)
        assert statement.content
        assert statement.by
        assert 0 < statement.sure <= 1
        assert statement.within in {None, *ids} - {statement.id}
        assert statement.implied in {None, *ids} - {statement.id}
        if statement.speaker:
            assert statement.speaker.of(text).strip()


def in_order(role: Pieces) -> None:
    """Pieces are sorted, apart from each other, and none is empty."""
    assert all(len(s) for s in role)
    assert all(a.end < b.start for a, b in itertools.pairwise(role))


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_every_place_lies_in_it(text: str) -> None:
    reading = read_text(text)
    assert reading.text == text
    check(reading)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_reading_and_survives_json(text: str) -> None:
    first, second = read_text(text).to_json(), read_text(text).to_json()
    assert first == second
    assert json.loads(first)["text"] == text
    assert json.loads(first) == read_text(text).to_dict()


ODD = {
    "nothing": "",
    "white space": " \n\t\r\n ",
    "one mark": "„",
    "carriage returns": example_text().replace("\n", "\r\n"),
    "no umlauts composed": example_text().replace("ü", "u\u0308").replace("ö", "o\u0308").replace("ä", "a\u0308"),
    "emoji everywhere": example_text().replace(" ", " 🌊 "),
    "zero width": example_text().replace("e", "e\u200b"),
    "right to left": "אמר המלך: „" + example_text()[:400] + "\u202e“ שלום",
    "nul bytes": example_text().replace(".", ".\x00"),
    "half a surrogate": "Der Wirt sagte, \ud83d es sei gut.",
    "another language": "The mayor said that the bridge would be closed. “We will see,” he said.",
    "only capitals": example_text()[:900].upper(),
    "no capitals": example_text()[:900].lower(),
    "brackets": "Er sagte: (((((" * 40,
    "nested clauses": "Er sagte, dass sie sagte, " * 60 + "es regne.",
    "nested quotations": "„Er sagte: " * 60 + "Halt" + "“" * 60,
}


@pytest.mark.parametrize("name", ODD)
def test_odd_texts(name: str) -> None:
    check(read_text(ODD[name]))


def test_line_ends_change_no_statement() -> None:
    """CRLF moves the places but not the words."""
    plain, windows = read_text(example_text()), read_text(ODD["carriage returns"])
    said = [[s.of(plain.text) for s in found.content] for found in plain.statements]
    assert [[s.of(windows.text) for s in found.content] for found in windows.statements] == said


def test_places_count_code_points() -> None:
    """An emoji before a statement moves its places by one, not by two or four."""
    text = "Der Wirt sagte, dass der Keller voll sei."
    (plain,), (moved,) = read_text(text).statements, read_text("🌊 " + text).statements
    assert [(s.start + 2, s.end + 2) for s in plain.content] == [(s.start, s.end) for s in moved.content]
    assert moved.content[0].of("🌊 " + text) == "der Keller voll sei"
