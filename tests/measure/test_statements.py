"""Does the comparison of a record with a gold record count what it says, and forgive what it says?"""

from __future__ import annotations

from typing import Any

from reportedly.measure.statements import alike, match, same_name, sheet

TEXT = "Die Ärztin Vera Kolb sagte, das Haus sei voll. Laut Stadtrat fehlt Geld. Ein Wirt forderte mehr Parkplätze."


def said(content: str, form: str = "indirect", *, who: str | None = None, **more: Any) -> dict[str, Any]:
    start = TEXT.index(content)
    out: dict[str, Any] = {
        "form": form, "content": [[start, start + len(content)]], "quoted": [], "cue": [], "frame": None,
        "speaker": {"span": None, "id": who} if who else None, "addressee": None, "authority": [], "occasion": None,
        "medium": "speech", "cue_class": "neutral", "negated": False,
    }  # fmt: skip
    for role in ("cue", "frame"):
        if role in more:
            words = more.pop(role)
            out[role] = [[TEXT.index(words), TEXT.index(words) + len(words)]]
    return {**out, **more}


def record(*statements: dict[str, Any], **names: str) -> dict[str, Any]:
    return {"text": TEXT, "statements": list(statements), "speakers": [{"id": i, "name": n} for i, n in names.items()]}


def test_gold_against_itself() -> None:
    gold = record(said("das Haus sei voll", who="p1", cue="sagte"), said("fehlt Geld"), p1="Vera Kolb")
    sums = sheet(gold, gold)
    assert all(t.f1 == 1.0 for name, t in sums.items() if t.gold), sums
    assert sums["content"].gold == 2
    assert sums["speaker exact"].gold == 1


def test_words_count_and_marks_do_not() -> None:
    gold, found = record(said("das Haus sei voll")), record(said("sagte, das Haus sei voll."))
    sums = sheet(gold, found)
    assert sums["content"].precision == 4 / 5
    assert sums["content"].recall == 1.0
    assert sums["exact"].f1 == 0.0
    assert sheet(gold, record(said(" das Haus sei voll.")))["exact"].f1 == 1.0


def test_missed_and_invented() -> None:
    sums = sheet(record(said("das Haus sei voll"), said("fehlt Geld")), record(said("mehr Parkplätze", "reported")))
    assert (sums["content"].found, sums["content"].gold, sums["content"].f1) == (1, 2, 0.0)
    assert sums["form/reported"].found == 1


def test_optional_statements_count_neither_as_missed_nor_as_wrong() -> None:
    gold = record(said("das Haus sei voll"), said("mehr Parkplätze", "reported", optional=True))
    for found in (
        record(said("das Haus sei voll")),
        record(said("das Haus sei voll"), said("mehr Parkplätze", "reported")),
    ):
        sums = sheet(gold, found)
        assert (sums["content"].f1, sums["content"].found, sums["content"].gold) == (1.0, 1, 1)


def test_the_form_decides_between_equal_contents() -> None:
    gold = record(said("fehlt Geld", "reported"), said("fehlt Geld", "indirect"))
    found = record(said("fehlt Geld", "indirect"), said("fehlt Geld", "reported"))
    assert [m.gold["form"] == m.found["form"] for m in match(gold, found) if m.gold and m.found] == [True, True]


def test_who_spoke_is_a_question_of_names() -> None:
    gold = record(said("das Haus sei voll", who="p1"), p1="Vera Kolb")
    found = record(said("das Haus sei voll", who="p7"), p7="Ärztin Vera Kolb")
    sums = sheet(gold, found)
    assert sums["speaker exact"].f1 == 0.0
    assert sums["speaker lenient"].f1 == 1.0
    wrong = sheet(gold, record(said("das Haus sei voll", who="p7"), p7="Stadtrat"))
    assert wrong["speaker lenient"].f1 == 0.0


def test_the_right_name_under_the_wrong_statement_is_not_right() -> None:
    gold = record(said("das Haus sei voll", who="p1"), p1="Vera Kolb")
    sums = sheet(gold, record(said("fehlt Geld", who="p1"), p1="Vera Kolb"))
    assert (sums["speaker exact"].found, sums["speaker exact"].gold, sums["speaker exact"].f1) == (1, 1, 0.0)


def test_labels_are_asked_only_where_the_content_was_found() -> None:
    gold = record(said("das Haus sei voll", cue_class="denial", negated=True), said("fehlt Geld"))
    sums = sheet(gold, record(said("das Haus sei voll", cue_class="neutral", negated=True)))
    assert (sums["cue_class"].gold, sums["cue_class"].f1) == (1, 0.0)
    assert sums["negated"].f1 == 1.0


def test_names() -> None:
    articles = frozenset({"die", "ein"})
    assert same_name("die Polizei", "Polizei", articles)
    assert not same_name("die Polizei", "Polizei")
    assert not same_name(None, None)
    assert alike("Sabine Ott", "Ministerin Ott")
    assert alike("Landgericht Halle", "Landgericht")
    assert not alike("Landgericht Halle", "Oberlandesgericht")
    assert not alike("die", "Polizei", articles)
