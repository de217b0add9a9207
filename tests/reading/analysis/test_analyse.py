"""Does the analysis tell its places in the original text, whatever was repaired on the way?"""

from __future__ import annotations

from reportedly.languages import load
from reportedly.model.analysis import Analysis
from reportedly.model.article import Article, Block, Role
from reportedly.model.damage import Action, Damage, Severity
from reportedly.model.span import Span, text_of
from reportedly.reading.analysis import analyse

GERMAN = load("de")


def damage(start: int, end: int, action: Action, suggestion: str | None = None) -> Damage:
    return Damage("test", Span(start, end), Severity.LOW, action, "", "", suggestion, "test/damage")


def read(text: str, *damages: Damage, blocks: tuple[Block, ...] = ()) -> Analysis:
    return analyse(Article(text, blocks=blocks), damages, GERMAN)


def test_tokens_and_sentences_of_a_plain_text() -> None:
    found = read("Er kam. „Nein“, sagte sie.")
    assert [t.text for t in found.tokens] == ["Er", "kam", ".", "„", "Nein", "“", ",", "sagte", "sie", "."]
    assert [found.tokens[s.first].text for s in found.sentences] == ["Er", "„"]
    assert [q.inner.of(found.text) for q in found.quotes] == ["Nein"]
    assert all(t.span.of(found.text) == t.text for t in found.tokens)
    assert [t.i for t in found.tokens] == list(range(10))


def test_a_repaired_word_keeps_its_place_in_the_original() -> None:
    text = "Die North Koreanische Armee kam ."
    found = read(text, damage(4, 21, Action.MASK, "Nordkoreanische"), damage(31, 32, Action.MASK, ""))
    assert [t.text for t in found.tokens] == ["Die", "Nordkoreanische", "Armee", "kam", "."]
    assert found.tokens[1].span.of(text) == "North Koreanische"
    assert found.tokens[4].span.of(text) == "."


def test_removed_text_has_no_tokens_and_splits_places() -> None:
    text = "Der Wirt Lesen Sie auch: Bier kam."
    found = read(text, damage(9, 29, Action.REMOVE))
    assert [t.text for t in found.tokens] == ["Der", "Wirt", "kam", "."]
    assert text_of(found.places(0, 3), text) == "Der Wirt … kam"
    assert found.span(0, 3).of(text) == text[:-1]


def test_flagged_text_is_read() -> None:
    found = read("Der Wirt kam.", damage(4, 8, Action.FLAG))
    assert len(found.tokens) == 4
    assert found.removed == ()


def test_captions_and_teasers_are_not_readable() -> None:
    text = "Der Wirt kam.\nEin Bild.\nDer Koch ging."
    blocks = (
        Block(Span(0, 13), Role.PARAGRAPH),
        Block(Span(14, 23), Role.CAPTION),
        Block(Span(24, 38), Role.PARAGRAPH),
    )
    found = read(text, blocks=blocks)
    assert [s.readable for s in found.sentences] == [True, False, True]
    assert [s.paragraph for s in found.sentences] == [0, 1, 2]


def test_looking_up_tokens_by_place() -> None:
    text = "Er kam. Sie ging."
    found = read(text)
    assert found.tokens[found.token_at(4)].text == "kam"
    assert found.tokens[found.token_at(7)].text == "Sie"
    assert found.token_at(len(text)) == len(found.tokens)
    assert [found.tokens[i].text for i in found.tokens_in(Span(3, 11))] == ["kam", ".", "Sie"]


def test_an_empty_text_has_nothing() -> None:
    found = read("")
    assert (found.tokens, found.sentences, found.quotes) == ((), (), ())
