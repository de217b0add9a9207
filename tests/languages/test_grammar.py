"""Does each row of grammar.tsv, speaker_words.tsv and clitics.tsv do what its example shows, and does no rule ask for a row that is not there?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import reportedly
from reportedly.languages import load
from reportedly.languages.grammar import grammar_of, mark_of
from reportedly.languages.lexicon import lexicon_of
from reportedly.languages.segment import tokenise
from reportedly.languages.tables import Row, read_table
from reportedly.model.speaker import KINDS
from reportedly.reading.speakers.vocabulary import vocabulary_of
from reportedly.reading.speakers.wordsets import WordSets

DE = load("de")
GRAMMAR = grammar_of(DE)
ROWS = DE.rows("grammar")
SPEAKER_ROWS = DE.rows("speaker_words")
VOCABULARY = vocabulary_of(DE)
SOURCE = Path(reportedly.__file__).parent
ROOMS = [
    *sorted((SOURCE / "reading" / "statements").glob("*.py")),
    *sorted((SOURCE / "reading" / "analysis").glob("*.py")),
    SOURCE / "languages" / "segment.py",
    SOURCE / "languages" / "grammar.py",
    SOURCE / "languages" / "offices.py",
]
SPEAKERS = sorted((SOURCE / "reading" / "speakers").glob("*.py"))
ASKED = re.compile(r'\.is_\("(\w+)"\)')
TAKEN = re.compile(r'\bgrammar\.(?:words|word|ends|titled|phrases)\(\s*"(\w+)"\s*\)')
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


@pytest.mark.parametrize("row", SPEAKER_ROWS, ids=lambda r: r["id"])
def test_the_example_holds_a_speaker_word_of_its_row(row: Row) -> None:
    words = row.list("words")
    written = [row["example"][a:b] for a, b in tokenise(row["example"])]
    written += [part for word in written for part in word.split("-") if "-" in word]
    lower = [word.lower() for word in written]
    ends = tuple(word.lower() for word in words)
    if row["id"].endswith("_phrase"):
        rest = [iter(lower) for _ in words]
        assert any(all(part in left for part in end.split("_")) for end, left in zip(ends, rest, strict=True))
    elif row["id"].endswith("_end"):
        stems = [stem for word in lower if (stem := VOCABULARY.inflection.stem(word))]
        assert any(word.endswith(ends) for word in (*lower, *stems))
    elif row["id"].endswith("_start"):
        assert any(word.startswith(ends) for word in lower)
    else:
        heads = [noun.head for word in written for noun in VOCABULARY.nouns(word)]
        assert {*written, *lower, *heads} & set(words)


@pytest.mark.parametrize("row", SPEAKER_ROWS, ids=lambda r: r["id"])
def test_the_words_of_a_speaker_row_stand_there_once(row: Row) -> None:
    words = row.list("words")
    assert words
    assert len(words) == len(set(words))
    assert len(words) == 1 or not row["id"].endswith("_word")


def test_no_two_rows_have_one_id() -> None:
    names = [row["id"] for row in (*ROWS, *SPEAKER_ROWS)]
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
    taken |= {field.name for field in fields(WordSets)}  # those that reading/speakers fetches, row by row
    assert len(asked) > 50
    assert asked <= GRAMMAR.names, f"no such mark: {sorted(asked - GRAMMAR.names)}"
    ids = {row["id"] for row in (*ROWS, *SPEAKER_ROWS)}
    assert taken <= ids, f"no such row: {sorted(taken - ids)}"
    unused = {i for i in ids if mark_of(i) not in asked and i not in taken}
    assert not unused, f"rows that no rule asks for: {sorted(unused)}"


def test_every_set_of_the_speakers_is_of_its_kind_and_used() -> None:
    kinds = {"Words": frozenset, "Ends": tuple, "Fixed": tuple, "str": str}
    source = "\n".join(path.read_text("utf-8") for path in SPEAKERS if path.stem != "wordsets")
    for field in fields(WordSets):
        found = getattr(VOCABULARY.sets, field.name)
        assert type(found) is kinds[str(field.type)], field.name
        assert found, field.name
        assert re.search(rf"sets\.{field.name}\b", source), f"no rule asks for {field.name}"


CODES = frozenset(["start", *KINDS])
"""Words of our own that happen to be German ones, too: how a row is read, kinds of speakers."""
DOMAINS = "de com org net at ch eu info tv"


def words_of_ours() -> set[str]:
    """Names of tables, columns, rows and paradigms."""
    ours = {*CODES, DOMAINS, *(row["paradigm"] for row in DE.rows("declensions"))}
    ours |= {path.stem for path in DE.folder.iterdir()} | {row["id"] for row in (*ROWS, *SPEAKER_ROWS)}
    for path in DE.folder.glob("*.tsv"):
        if path.stem not in {"nounforms", "verbforms"}:  # made by a program, read without their heads
            ours |= {column for row in read_table(path, "de")[:1] for column in row.cells}
    return ours


def german_words() -> set[str]:
    """The words of the tables that reading/speakers asks; those of the lexicon are asked for one by one."""
    found = {part for row in (*ROWS, *SPEAKER_ROWS) for word in row.list("words") for part in (word, *word.split("_"))}
    found |= {word for row in DE.rows("words") for word in row.list("words")}
    found |= {row["id"].split(" ")[0] for name in ("pronouns", "clitics") for row in DE.rows(name)}
    for name in ("roles", "institutions"):
        found |= {row[cell] for row in DE.rows(name) for cell in ("id", "plural")}
    return found | {row["id"] for row in DE.rows("titles")}


def literals(source: str) -> Iterator[tuple[int, str, bool]]:
    """Line, text, whether it is compared with the end or the beginning of a word: all strings that are no docstrings."""
    tree = ast.parse(source)
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    compared: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in {"endswith", "startswith", "removesuffix", "removeprefix"}:
                for given in node.args:
                    compared |= {id(part) for part in (given.elts if isinstance(given, ast.Tuple) else [given])}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.lineno, node.value, id(node) in compared


def german_literals(source: str) -> list[str]:
    """Strings of code that hold a German word or ending. Names of rules (`speakers/role`) are none."""
    lexicon, known, ours = lexicon_of(DE), german_words(), words_of_ours()
    found = []
    for line, text, compared in literals(source):
        words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 1]
        german = [
            w
            for w in words
            if w in known
            or lexicon.knows(w)
            or lexicon.is_small(w)
            or lexicon.verb(w)
            or re.search("[äöüß]", w.lower())
        ]
        if (compared and text.isalpha()) or (german and text not in ours and not text.startswith("speakers/")):
            found.append(f"{line}: {text!r}")
    return found


@pytest.mark.parametrize(
    "path", [*SPEAKERS, SOURCE / "languages" / "offices.py"], ids=lambda p: f"{p.parent.name}/{p.name}"
)
def test_the_code_about_speakers_holds_no_german(path: Path) -> None:
    assert german_literals(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        'COURT = frozenset(["Richter", "Anwalt"])',
        'if word in {"der", "des"}: pass',
        'x = "viele manche einige".split()',
        'x = f"{a} und {b}"',
        'word.endswith("en")',
        'word.endswith(("ung", "heit"))',
        'word.removesuffix("s")',
    ],
)
def test_that_test_would_see_german(code: str) -> None:
    assert german_literals(code)
    assert not german_literals('"""`der`, `des`"""\nx = Link(None, "speakers/both", 0.3)\nrow["plural"].endswith("-")')


def test_an_unknown_row_is_no_empty_one() -> None:
    for ask in (GRAMMAR.words, GRAMMAR.word, GRAMMAR.ends, GRAMMAR.titled, GRAMMAR.phrases):
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
    assert und.word("joining_word") == ""
    assert und.preposition("zur") == "zur"
    sets = vocabulary_of(load("und")).sets
    assert not any(getattr(sets, field.name) for field in fields(WordSets))
