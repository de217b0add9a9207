"""Is a line understood as it was meant, and is every line understood somehow?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.model.query import Choice, Days, Figures, How, Where, Words
from reportedly.query import MOST_CLAUSES, parse


def conditions(line: str) -> list[object]:
    return [c for clause in parse(line).clauses for c in clause.any]


def kinds(line: str) -> list[str]:
    return [note.kind for note in parse(line).notes]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("von:Rutte", Words("Rutte", Where.SPEAKER)), ("BY:Rutte", Words("Rutte", Where.SPEAKER)),
        ('von:="Mark Rutte"', Choice("speaker", "Mark Rutte")), ("u\u0308ber:Kursk", Words("Kursk", Where.ABOUT)),
        ("an:Journalisten", Words("Journalisten", Where.ADDRESSEE)), ("to:Rat", Words("Rat", Where.ADDRESSEE)),
        ("laut:Bericht", Words("Bericht", Where.AUTHORITY)), ("via:NPA", Words("NPA", Where.AUTHORITY)),
        ("über:Kursk", Words("Kursk", Where.ABOUT)), ("about:Kursk", Words("Kursk", Where.ABOUT)),
        ("ort:Kursk", Words("Kursk", Where.PLACE)),
        ("bei:taz", Choice("outlet", "taz", exact=False)), ('outlet:"taz.de"', Choice("outlet", "taz.de")),
        ("form:direkt", Choice("form", "direct")), ("kind:free_indirect", Choice("form", "free_indirect")),
        ("art:Dementi", Choice("cue_class", "denial")), ("class:warning", Choice("cue_class", "warning")),
        ("seit:2024-10", Days(20241001, None)), ("since:28.10.2024", Days(20241028, None)),
        ("bis:2024", Days(None, 20241231)), ("am:2024-02", Days(20240201, 20240229)),
        ("gesagt:2024-10..2024-11", Days(20241001, 20241130, said=True)), ("said:..2024", Days(None, 20241231, said=True)),
        ("zahl:8000..12.000", Figures(8000, 12000)), ("figure:>5000", Figures(5000, None)),
        ("zahl:3,5%", Figures(3.5, 3.5, "%")), ("zahl:~100", Figures(90, 110)), ("zahl:ja", Figures(None, None)),
        ("schaden:ja", Choice("damage", "yes")), ("damage:displaced_text", Choice("damage", "displaced_text")),
        ("benannt:nein", Choice("named", "no")), ("judged:rejected", Choice("judged", "reject")),
        ("Solda*", Words("Solda", how=How.PREFIX)), ('"a b"~5', Words("a b", how=How.NEAR, reach=5)),
    ],
)  # fmt: skip
def test_fields_in_both_languages(line: str, expected: object) -> None:
    assert conditions(line) == [expected]
    assert kinds(line) == []


@pytest.mark.parametrize(
    "marks", ["„%s“", "“%s”", '"%s"', "»%s«", "«%s»", "‚%s‘", "‘%s’", "›%s‹", "‹%s›", "'%s'", "„%s”", "”%s”"]
)
def test_all_quotation_marks_are_the_same(marks: str) -> None:
    assert conditions(marks % "Deutsche Bahn") == [Words("Deutsche Bahn", how=How.PHRASE)]
    assert conditions("von:" + marks % "Mark Rutte") == [Words("Mark Rutte", Where.SPEAKER, How.PHRASE)]


def test_or_joins_its_neighbours_and_minus_excludes() -> None:
    first, second = parse("Kursk ODER Donezk -von:Putin").clauses
    assert [c.text for c in first.any] == ["Kursk", "Donezk"]  # type: ignore[union-attr]
    assert second.negated
    assert parse("NICHT Kursk").clauses[0].negated
    assert not parse("oder nicht und").clauses[0].negated


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        ("von: Rutte", "empty_field", ["von", "Rutte"]), ("quelle:Rutte", "unknown_field", ["quelle:Rutte"]),
        ("seit:gestern", "bad_value", ["seit gestern"]), ("„Kursk", "lone_quote", ["Kursk"]),
        ("Kursk OR", "lone_operator", ["Kursk"]), ("OR", "lone_operator", ["OR"]), ("(Kursk)", "brackets", ["Kursk"]),
        ("Kursk 🙂", "wordless", ["Kursk"]), ("a*", "short_prefix", ["a*"]), ("zahl:viele", "bad_value", ["zahl viele"]),
        ("bis:2024..", "bad_value", ["bis 2024.."]), ("seit:..2024", "bad_value", ["seit ..2024"]),
    ],
)  # fmt: skip
def test_what_is_no_operator_is_words_and_a_note_says_so(line: str, kind: str, words: list[str]) -> None:
    assert [c.text for c in conditions(line)] == words  # type: ignore[attr-defined]
    assert kind in kinds(line)


@pytest.mark.parametrize(
    "line", ["Kim Jong-un", "10.000", "don't", "https://example.org/a?b=c", "12:30 Uhr", "Rock 'n' Roll"]
)
def test_everyday_words_need_no_note(line: str) -> None:
    assert kinds(line) == []


def test_a_text_is_cut_to_what_a_search_can_hold() -> None:
    query = parse("wort " * 5000)
    assert len(query.clauses) == MOST_CLAUSES
    assert "too_many" in [note.kind for note in query.notes]


PIECES = st.sampled_from(
    ["von:", "über:", "zahl:", "seit:", "-", "OR", "NOT", '"', "„", "“", "»", "'", "*", "~5", "..", "(", ")", " ", "\0", "\n",
     "Kursk", "10.000", "2024-13-45", "🙂", "\ud800", "ſ", "%", ";", "--", "\\", "\u202e"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join)))
def test_every_string_is_a_query(line: str) -> None:
    query = parse(line)
    assert query == parse(line)
    assert all(clause.any and clause.written for clause in query.clauses)
