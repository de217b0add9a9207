"""CSV: one row per statement, true to the text, or safe for a spreadsheet."""

from __future__ import annotations

import csv
import io

from fakes import FLOOD, article, flood
from reportedly.export import Look
from reportedly.export.rows import COLUMNS, rows_of, write


def _written(*readings, excel: bool = False) -> str:  # type: ignore[no-untyped-def]
    out = io.StringIO(newline="")
    write(readings, out, Look(excel=excel))
    return out.getvalue()


def test_one_row_per_statement_under_one_header() -> None:
    rows = list(csv.DictReader(io.StringIO(_written(flood(), flood()), newline="")))
    assert len(rows) == 16
    assert tuple(rows[0]) == COLUMNS
    assert [r["statement"] for r in rows[:3]] == ["s1", "s2", "s3"]
    second = rows[1]
    assert second["content"] == "Wir haben zu spät gewarnt"
    assert second["speaker_name"] == "Jörn Hallstein"
    assert second["speaker"] == "Umweltminister Jörn Hallstein"
    assert second["addressee"] == "der Nachrichtenagentur NPA"
    assert second["times"] == "am Montag = 2024-06-03"
    assert rows[3]["authority"] == "unter Berufung auf das Postbuch des Ministeriums"
    assert rows[3]["authority_name"] == "Ministerium"
    assert rows[5]["within"] == "s5"


def test_the_words_stand_where_the_spans_say() -> None:
    for row in rows_of(flood()):
        for column in ("content", "cue", "speaker", "quoted", "frame", "addressee"):
            places = [p.split("-") for p in str(row[f"{column}_spans"]).split(";") if p]
            assert " … ".join(FLOOD[int(a) : int(b)] for a, b in places) == row[column]


def test_line_ends_and_quotes_follow_rfc_4180() -> None:
    reading = article('Er sagte, "a;b",\r\nsei\nda.').says("Er", '"a;b",\r\nsei\nda', cue="sagte").reading()
    written = _written(reading)
    assert written.count("\r\n") == 2 + 1  # header, row, and the one inside the content
    row = next(csv.DictReader(io.StringIO(written, newline="")))
    assert row["content"] == '"a;b",\r\nsei\nda'


def test_plain_cells_are_true_to_the_text_and_excel_cells_are_no_formulas() -> None:
    text = "=HYPERLINK(1) sagte sie. +49 sei gewählt worden."
    reading = (
        article(text, title="@SUM(A1)")
        .says("Sie", "=HYPERLINK(1)", cue="sagte")
        .says("X", "+49 sei gewählt worden", sure=0.5)
        .reading()
    )
    plain = list(csv.DictReader(io.StringIO(_written(reading), newline="")))
    assert plain[0]["content"] == "=HYPERLINK(1)"
    excel = _written(reading, excel=True)
    assert excel.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(excel[1:], newline=""), delimiter=";"))
    assert rows[0]["content"] == "'=HYPERLINK(1)"
    assert rows[0]["title"] == "'@SUM(A1)"
    assert rows[1]["content"] == "'+49 sei gewählt worden"
    assert rows[1]["confidence"] == "0,5"
    assert rows[1]["content_spans"].startswith("'")
    assert not any(v and v[0] in "=+-@\t\r" for r in rows for v in r.values())


def test_half_a_surrogate_pair_does_not_stop_the_file() -> None:
    reading = article("Er sagte: a\ud800b").says("Er", "a\ud800b", cue="sagte").reading()
    _written(reading).encode("utf-8")
