"""The marked text is cut into flat pieces that are the text again."""

from __future__ import annotations

import random

from fakes import article, flood
from reportedly.export.pieces import cut, paragraphs
from reportedly.model.joins import Joins
from reportedly.model.span import Span


def test_pieces_are_the_text_and_carry_their_marks() -> None:
    reading = flood()
    text = reading.text
    cutting = list(cut(Joins(reading), {"s4": 2, "s5": 1, "s6": 3}, [50, 52]))
    assert "".join(p.span.of(text) for p in cutting) == text
    marks = {p.span.of(text): p.marks for p in cutting}
    assert marks["zweimal und gegen Quittung"] == ("a2", "ad")
    assert marks["“ übergeben"] == ("a2", "ai")
    assert marks["die Deiche seien sicher"] == ("a1", "af", "b3", "bi")
    assert marks["Lesen Sie auch: So schützen Sie Ihren Keller"] == ("g", "r")
    assert marks["behauptete"] == ("q",)
    boxes = {p.span.of(text): p.boxes for p in cutting if p.boxes}
    assert boxes["der Nachrichtenagentur NPA"] == ("addressee",)
    assert boxes["das Postbuch des Ministeriums"] == ("authority",)
    assert {id_ for p in cutting for id_ in p.starts} == {f"s{n}" for n in range(1, 9)} | {"d1", "d2"}


def test_more_than_three_lanes_are_counted() -> None:
    text = "abcdefghijklmnop"
    builder = article(text)
    for n in range(6):
        builder.says("X", text[n : 16 - n], cue=None)
    most = max(p.more for p in cut(Joins(builder.reading()), {}, ()))
    assert most == 3


def test_random_marks_never_lose_or_double_a_character() -> None:
    rnd = random.Random(11)
    for _ in range(400):
        text = "".join(rnd.choice("ab \n„“🌊") for _ in range(rnd.randint(1, 60)))
        builder = article(text)
        for _ in range(rnd.randint(0, 6)):
            a, b = sorted((rnd.randint(0, len(text)), rnd.randint(0, len(text))))
            if a < b:
                builder.says(
                    "X", text[a:b], cue=text[a:b], speaker=text[a:b], form=rnd.choice(("direct", "mixed")), after=a
                )
            builder.damaged(text[a:b], after=a, action=rnd.choice(("flag", "remove")))
        ends = [e for pair in paragraphs(text, ()) for e in (pair[0].end, pair[1].end)]
        pieces = list(cut(Joins(builder.reading()), {}, ends))
        assert "".join(p.span.of(text) for p in pieces) == text
        assert all(len(p.span) for p in pieces[:-1])
        borders = {p.span.end for p in pieces}
        assert {e for e in ends if e} <= borders


def test_paragraphs_cover_the_text_and_their_gaps_are_blank() -> None:
    for seed in range(2_000):
        rnd = random.Random(seed)
        text = "".join(rnd.choice(("\n", "\r\n", " ", "a", "b" * 120, "\t", "\n\n")) for _ in range(rnd.randint(0, 30)))
        at = sorted(rnd.randint(0, len(text)) for _ in range(4))
        given = [Span(at[0], at[1]), Span(at[2], at[3])] if rnd.random() < 0.5 else []
        found = paragraphs(text, given)
        assert "".join(s.of(text) for pair in found for s in pair) == text
        assert not any(gap.of(text).strip() for _, gap in found)


def test_hard_wrapped_lines_stay_one_paragraph_and_long_lines_are_several() -> None:
    wrapped = "Der Deich habe gehalten,\nsagte der Landrat.\n\nMehr wisse er nicht."
    assert [body.of(wrapped) for body, _ in paragraphs(wrapped, ())] == [
        "Der Deich habe gehalten,\nsagte der Landrat.",
        "Mehr wisse er nicht.",
    ]
    long = "Der Deich habe gehalten. " * 6
    assert len(paragraphs(f"{long}\n{long}\n{long}", ())) == 3
