"""Does each row of grammar.tsv and clitics.tsv do what its example shows, and does no rule ask for a row that is not there?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import reportedly
from reportedly.languages import load
from reportedly.languages.grammar import grammar_of, mark_of
from reportedly.languages.lexicon import lexicon_of
from reportedly.languages.segment import tokenise
from reportedly.languages.tables import Row

DE = load("de")
GRAMMAR = grammar_of(DE)
ROWS = DE.rows("grammar")
SOURCE = Path(reportedly.__file__).parent
ROOMS = [
    *sorted((SOURCE / "reading" / "statements").glob("*.py")),
    *sorted((SOURCE / "reading" / "analysis").glob("*.py")),
    SOURCE / "languages" / "segment.py",
    SOURCE / "languages" / "grammar.py",
]
ASKED = re.compile(r'\.is_\("(\w+)"\)')
TAKEN = re.compile(r'\bgrammar\.(?:words|ends|titled|phrases)\(\s*"(\w+)"\s*\)')
EITHER = re.compile(r'\.is_\("(\w+)" if \w+ else "(\w+)"\)')


def marks_in(example: str) -> set[str]:
    """The marks of all words of a sentence."""
    found: set[str] = set()
    for a, b in tokenise(example):
        word = example[a:b]
        noun = lexicon_of(DE).noun(word)
        found |= GRAMMAR.marks_of(word, noun[0] if noun else word, noun is not None)
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["id"])
def test_the_example_holds_a_word_of_its_row(row: Row) -> None:
    words = [row["example"][a:b].lower() for a, b in tokenise(row["example"])]
    fixed = [tuple(word.split("_")) for word in row.list("words") if "_" in word]
    if fixed:
        assert any(tuple(words[i : i + len(f)]) == f for f in fixed for i in range(len(words)))
    elif row["id"] == "own_voice":  # the words are lemmas, those of particle verbs with a stroke: geben|zu
        assert any(lemma in row.list("words") for word in words for lemma, _ in lexicon_of(DE).verb(word))
    else:
        assert mark_of(row["id"]) in marks_in(row["example"])


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["id"])
def test_the_words_of_a_row_are_small_and_stand_there_once(row: Row) -> None:
    words = row.list("words")
    assert words
    assert len(words) == len(set(words))
    assert all(word == word.lower() for word in words)


def test_no_two_rows_have_one_id() -> None:
    names = [row["id"] for row in ROWS]
    assert len(names) == len(set(names))


def test_no_rule_asks_for_a_row_that_is_not_there() -> None:
    asked: set[str] = set()
    taken: set[str] = set()
    for path in ROOMS:
        source = path.read_text("utf-8")
        asked |= set(ASKED.findall(source)) | {mark for pair in EITHER.findall(source) for mark in pair}
        taken |= set(TAKEN.findall(source))
        assert source.count(".is_(") == len(ASKED.findall(source)) + len(EITHER.findall(source)), (
            f"{path.name}: a mark is asked for in a way that this test cannot read"
        )
    assert len(asked) > 50
    assert asked <= GRAMMAR.names, f"no such mark: {sorted(asked - GRAMMAR.names)}"
    ids = {row["id"] for row in ROWS}
    assert taken <= ids, f"no such row: {sorted(taken - ids)}"
    unused = {i for i in ids if mark_of(i) not in asked and i not in taken}
    assert not unused, f"rows that no rule asks for: {sorted(unused)}"


def test_an_unknown_row_is_no_empty_one() -> None:
    for ask in (GRAMMAR.words, GRAMMAR.ends, GRAMMAR.titled, GRAMMAR.phrases):
        with pytest.raises(KeyError):
            ask("negatoin")


def test_a_word_has_the_marks_of_all_its_rows() -> None:
    assert {"oblique_determiner", "genitive_determiner", "genitive_article"} <= GRAMMAR.marks("des")
    assert "negation" not in GRAMMAR.marks("des")
    assert GRAMMAR.marks("mühle") == frozenset()


@pytest.mark.parametrize(
    ("text", "lemma", "noun", "mark", "has"),
    [
        ("Dienstagabend", "Dienstagabend", True, "time_noun", True),
        ("Wochen", "Woche", True, "time_noun", True),
        ("morgen", "morgen", False, "time_noun", False),  # the adverb: tomorrow
        ("Polizeibeamte", "Polizeibeamter", True, "adjectival", True),
        ("Polizeibeamter", "Polizeibeamter", True, "adjectival", False),
        ("Sprecherinnen", "Sprecherin", True, "role", True),
        ("Zeitungsleser", "Zeitungsleser", True, "audience", True),
        ("Wochenzeitung", "Wochenzeitung", True, "audience", True),
        ("Mühle", "Mühle", True, "audience", False),
    ],
)
def test_endings_and_nouns(text: str, lemma: str, noun: bool, mark: str, has: bool) -> None:
    assert (mark in GRAMMAR.marks_of(text, lemma, noun)) is has


def test_fixed_expressions_are_no_marks_of_their_words() -> None:
    assert ("es", "sei", "denn") in GRAMMAR.phrases("fixed_konjunktiv")
    assert "fixed_konjunktiv" not in GRAMMAR.marks("denn")


@pytest.mark.parametrize("row", DE.rows("clitics"), ids=lambda r: r["id"])
def test_a_clitic_holds_its_preposition(row: Row) -> None:
    words = [row["example"][a:b].lower() for a, b in tokenise(row["example"])]
    assert row["id"] in words
    assert GRAMMAR.preposition(row["id"]) == row["preposition"]
    assert GRAMMAR.preposition(row["preposition"]) == row["preposition"]


def test_a_language_without_the_tables_has_no_marks() -> None:
    und = grammar_of(load("und"))
    assert und.marks_of("des", "des", False) == frozenset()
    assert und.words("negation") == frozenset()
    assert und.titled("month") == frozenset()
    assert und.ends("inflection_end") == und.phrases("fixed_konjunktiv") == ()
    assert und.preposition("zur") == "zur"
