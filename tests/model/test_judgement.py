"""Do decisions of persons hold for the reading they were taken on, and for the next one?"""

from __future__ import annotations

from dataclasses import replace

from fakes import flood
from reportedly.model.judgement import Judgement, Verdict, put_right, standing
from reportedly.model.span import Span


def judged(n: int, verdict: str, **more: object) -> Judgement:
    reading = flood()
    return Judgement(
        reading.article.id, reading.statements[n - 1].content, Verdict(verdict), "mk", "2024-06-05", **more
    )  # type: ignore[arg-type]


def test_the_last_decision_counts_and_may_be_withdrawn() -> None:
    statements = flood().statements
    assert standing([judged(3, "accept"), judged(3, "reject")], statements)["s3"].verdict is Verdict.REJECT
    assert standing([judged(3, "reject"), judged(3, "withdraw")], statements) == {}


def test_a_rejected_statement_is_gone_and_nothing_points_to_it() -> None:
    right = put_right(flood(), [judged(5, "reject")])
    assert [s.id for s in right.statements] == ["s1", "s2", "s3", "s4", "s6", "s7", "s8"]
    assert right.statements[4].within is None
    assert "s5" not in {a.statement for a in right.cast.attributions} | right.confidence.keys()
    assert right.to_dict()["text"] == flood().text


def test_a_corrected_span_and_speaker_say_who_put_them_right() -> None:
    longer = (Span(0, 9),)
    right = put_right(flood(), [judged(1, "span", content=longer), judged(7, "speaker", speaker="Grüne Liste")])
    first, seventh = right.statements[0], right.statements[6]
    assert (first.content, first.by) == (longer, "person/mk")
    assert right.speaker_of(seventh).name == "Grüne Liste"  # type: ignore[union-attr]
    assert right.cast.of("s7").by == "person/mk"  # type: ignore[union-attr]


def test_a_decision_finds_its_statement_where_a_new_reading_cut_it_otherwise() -> None:
    reading = flood()
    old = reading.statements[2].content[0]
    moved = replace(reading.statements[2], id="s9", content=(Span(old.start + 4, old.end),))
    assert standing([judged(3, "reject")], [moved]).keys() == {"s9"}
    elsewhere = replace(moved, content=(Span(old.start, old.start + 5),))
    assert standing([judged(3, "reject")], [elsewhere]) == {}


def test_a_judgement_goes_through_json() -> None:
    one = judged(3, "span", content=(Span(1, 2), Span(4, 6)), why="„Ironie“")
    assert Judgement.of(one.to_dict()) == one
