"""Do the words of the closed classes get the readings that their rows promise, in the sentences given as examples?"""

from __future__ import annotations

import pytest

from reportedly.languages import load
from reportedly.languages.lexicon import lexicon_of
from reportedly.languages.segment import sentences, tokenise
from reportedly.languages.tables import Row
from reportedly.reading.analysis.tagger import tag

GERMAN = load("de")


def tags_of(text: str) -> list[tuple[str, frozenset[str], str]]:
    """Word, tags and lemma of every token."""
    spans = tokenise(text)
    starts = frozenset(next(i for i, (a, _) in enumerate(spans) if a >= begin) for begin, _ in sentences(text, GERMAN))
    words = [text[a:b] for a, b in spans]
    return [(word, *found) for word, found in zip(words, tag(words, starts, GERMAN), strict=True)]


@pytest.mark.parametrize("row", GERMAN.rows("words"), ids=lambda row: row["id"])
def test_the_words_of_the_example_have_the_tags_of_the_row(row: Row) -> None:
    listed = row.list("words")
    found = [(word, tags) for word, tags, _ in tags_of(row["example"]) if word.lower() in listed]
    assert found, "no word of the row stands in its example"
    for word, tags in found:
        assert set(row["tags"]) <= tags, word


@pytest.mark.parametrize(
    ("text", "word", "must", "may_not"),
    [
        ("Er teilte es mit.", "teilte", "f", "N"),
        ("Man habe gewartet.", "habe", "1", ""),
        ("Sie hätten gewartet.", "hätten", "2", ""),
        ("Er hat gewartet.", "gewartet", "p", "A"),
        ("Sie hofft zu gewinnen.", "gewinnen", "i", "A"),
        ("Er versprach anzurufen.", "anzurufen", "z", "f"),
        ("Das erklärte Ziel ist neu.", "erklärte", "A", "f"),
        ("Die Zahl der Toten stieg.", "Zahl", "N", "f"),
        ("Frau Tollef kam.", "Tollef", "E", "N"),
        ("Rund 300 Menschen kamen.", "300", "X", ""),
        ("Er rief: „Halt!“", "„", "Q", ""),
        ("Sein Hund bellt.", "Sein", "D", "i"),
        ("Es könne teuer sein.", "sein", "i", "D"),
    ],
)
def test_readings_in_a_sentence(text: str, word: str, must: str, may_not: str) -> None:
    tags = next(tags for found, tags, _ in tags_of(text) if found == word)
    assert set(must) <= tags
    assert not set(may_not) & tags


@pytest.mark.parametrize(
    ("form", "lemma", "tag"),
    [
        ("sagte", "sagen", "f"), ("sage", "sagen", "1"), ("gesagt", "sagen", "p"), ("mitgeteilt", "mit|teilen", "p"),
        ("mitzuteilen", "mit|teilen", "z"), ("sei", "sein", "1"), ("wäre", "sein", "2"), ("warnte", "warnen", "f"),
    ],
)  # fmt: skip
def test_verb_forms(form: str, lemma: str, tag: str) -> None:
    assert any(found == lemma and tag in tags for found, tags in lexicon_of(GERMAN).verb(form))


def test_compounds_are_looked_up_by_their_end() -> None:
    lexicon = lexicon_of(GERMAN)
    assert lexicon.noun("Verteidigungsministeriums") == ("Verteidigungsministerium", "n")
    assert lexicon.noun("Tollef") is None


@pytest.mark.parametrize("row", [r for r in GERMAN.rows("cues") if r["takes"] != "never"], ids=lambda row: row["id"])
def test_every_verb_that_attributes_is_in_the_lexicon(row: Row) -> None:
    lexicon = lexicon_of(GERMAN)
    base = row["lemma"].split("|")[-1]
    assert any(lexicon.is_verb(lemma) for lemma in (row["lemma"], base))
