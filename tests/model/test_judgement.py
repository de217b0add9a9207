"""Do decisions of persons hold for the reading they were taken on, and for the next one?"""

from __future__ import annotations

from dataclasses import replace

from fakes import flood
from reportedly.model.dispute import disputes
from reportedly.model.judgement import Judgement, Verdict, put_right, standing
from reportedly.model.reading import Reading
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


def test_a_missed_statement_stands_in_its_place_with_its_speaker() -> None:
    reading = flood()
    free = Span(0, 12)
    added = Judgement(
        reading.article.id, (free,), Verdict.ADD, "mk", "2024-06-05", speaker="Ilse Brandt", form="direct"
    )
    right = put_right(reading, [added])
    new = right.statements[0]
    assert (new.id, new.content, new.form.value, new.by) == (
        f"s{len(reading.statements) + 1}",
        (free,),
        "direct",
        "person/mk",
    )
    assert right.speaker_of(new).name == "Ilse Brandt"  # type: ignore[union-attr]
    assert right.confidence[new.id] == 1.0
    assert put_right(right, [added]) == right
    gone = replace(added, verdict=Verdict.WITHDRAW, speaker="", form="")
    assert put_right(reading, [added, gone]) == reading
    again = replace(added, place=(Span(2, 12),))
    assert put_right(reading, [added, gone, again]).statements[0].id == f"s{len(reading.statements) + 2}"


def test_what_a_machine_finds_later_is_not_there_twice() -> None:
    reading = flood()
    old = reading.statements[2]
    added = Judgement(reading.article.id, old.content, Verdict.ADD, "mk", "2024-06-05", speaker="Ilse Brandt")
    right = put_right(reading, [added])
    assert [s.id for s in right.statements] == [s.id for s in reading.statements]
    assert right.speaker_of(right.statements[2]).name == "Ilse Brandt"  # type: ignore[union-attr]


def test_a_form_is_put_right() -> None:
    right = put_right(flood(), [judged(1, "form", form="free_indirect")])
    assert (right.statements[0].form.value, right.statements[0].by) == ("free_indirect", "person/mk")


def test_old_lines_say_no_more_than_they_did() -> None:
    """A line that an older archive gave out is the same line when it comes back, so that it is not taken in twice."""
    assert set(judged(3, "accept").to_dict()) == {
        "article", "place", "verdict", "by", "at", "why", "content", "speaker", "signature",
    }  # fmt: skip


def test_what_a_new_reading_says_otherwise_is_disputed() -> None:
    reading = flood()
    s = reading.statements[2]
    who = reading.speaker_of(s)
    was = {"was_form": s.form.value, "was_speaker": who.name if who else "", "signature": "old"}
    fine = [judged(3, "accept", **was)]

    def about(judgements: list[Judgement], now: Reading = reading) -> list[tuple[str, ...]]:
        return [d.about for d in disputes(now, judgements)]

    assert about(fine) == []
    moved = replace(s, content=(Span(s.content[0].start + 3, s.content[0].end),))
    other = replace(reading, statements=(*reading.statements[:2], moved, *reading.statements[3:]))
    assert about(fine, other) == [("content",)]
    without = replace(reading, statements=(*reading.statements[:2], *reading.statements[3:]))
    assert about(fine, without) == [("gone",)]
    assert about([judged(3, "reject", **was)], without) == []
    assert about([judged(3, "span", content=moved.content, **was)], other) == []
    assert about([replace(fine[0], was_speaker="Jemand")]) == [("speaker",)]
    assert about([judged(3, "speaker", speaker=was["was_speaker"], **{**was, "was_speaker": "Jemand"})]) == []
    assert about([replace(fine[0], was_form="direct" if s.form != "direct" else "mixed")]) == [("form",)]
    assert about([*fine, judged(3, "withdraw")], without) == []
    assert about([*fine, replace(fine[0], signature=reading.signature)], without) == []
