"""The joins between layers find what a slow comparison of everything with everything finds."""

from __future__ import annotations

import random

import reportedly
from fakes import article, flood
from reportedly.model.joins import Joins, Near
from reportedly.model.span import Span


def test_near_is_as_right_as_comparing_everything() -> None:
    rnd = random.Random(3)

    def span() -> Span:
        start = rnd.randint(0, 5_000)
        return Span(start, start + rnd.choice((0, 1, 5, 80, 3_000)))

    met = 0
    for _ in range(600):
        spans, parts = [span() for _ in range(rnd.randint(0, 12))], [span() for _ in range(rnd.randint(0, 4))]
        slow = tuple(i for i, s in enumerate(spans) if any(s.overlaps(p) or s == p for p in parts))
        assert Near(spans).touching(parts) == slow
        met += len(slow)
    assert met > 500


def test_joins_agree_with_the_reading() -> None:
    reading = flood()
    joins = Joins(reading)
    for s in reading.statements:
        assert joins.damage_ids(s) == reading.damage_ids(s)
        assert joins.who(s) == reading.speaker_of(s)
    assert [joins.depth(s) for s in reading.statements] == [0, 0, 0, 0, 0, 1, 0, 0]
    assert [q.noun for q in joins.quantities(reading.statements[0])] == ["Menschen"]
    assert [m.value for m in joins.moments(reading.statements[1])] == ["2024-06-03"]
    owner = joins.who(reading.statements[3], "authority")
    assert owner
    assert owner.name == "Ministerium"


def test_damage_is_told_to_the_statement_that_it_touches() -> None:
    text = "Er sagte, es regne regne."
    reading = article(text).says("Er", "es regne regne", cue="sagte").damaged("regne regne", "doubled_word").reading()
    assert reading.damage_ids(reading.statements[0]) == ("d1",)


def test_statements_that_hold_each_other_have_a_depth_all_the_same() -> None:
    reading = article("ab").says("X", "ab", within="s2").says("X", "a", within="s1").reading()
    assert [Joins(reading).depth(s) for s in reading.statements] == [1, 1]


def test_displaced_words_damage_the_quotation_that_they_were_torn_from() -> None:
    text = "Er sagte, dass „ein Teil bereits da ist.“ Halvor.“ Dann schwieg er lange."
    reading = reportedly.read(text, language="de")
    assert [d.kind for d in reading.damages] == ["displaced_text"]
    assert reading.damage_ids(reading.statements[0]) == ("d1",)
