"""Tables: any separator, any encoding, any text in a cell; a quote that never closes; a file larger than the memory it may take."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import InputError
from reportedly.intake import take_in_from
from reportedly.intake.columns import NAMES, chosen, columns_of
from reportedly.intake.csv_rows import lines_of, unpack
from reportedly.intake.parcel import Item, Label, Manuscript, Order, Parcel
from reportedly.model.article import Article, Refusal

BRIDGE = "Die Stadt teilte am Montag mit, die Brücke bleibe bis Ostern gesperrt."
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)


def items(data: bytes, **columns: str) -> list[Item]:
    return list(unpack(Parcel("t.csv", io.BytesIO(data), Label(data[:65_536], "t.csv")), Order(columns)))


def written(rows: list[list[str]], mark: str = ",", ends: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    # before Python 3.13 the writer leaves a lone carriage return unquoted where rows end otherwise
    quoting = csv.QUOTE_MINIMAL if ends == "\r\n" else csv.QUOTE_ALL
    csv.writer(out, delimiter=mark, lineterminator=ends, quoting=quoting).writerows(rows)
    return out.getvalue()


@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8),
    mark=st.sampled_from(",;\t|"),
    ends=st.sampled_from(["\n", "\r\n"]),
    charset=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read_to_the_character(rows: list[list[str]], mark: str, ends: str, charset: str) -> None:
    """Line breaks, quotes, separators, emoji in a cell: the text that comes out is the text that went in."""
    rows = [["Eins", BRIDGE, "28.10.2024"], *rows]  # so that the encoding and the separator can be told
    data = written([["titel", "text", "datum"], *rows], mark, ends).encode(charset)
    found = items(data)
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    assert len(found) == len(filled)
    for row, item in zip(filled, found, strict=True):
        if row[1].strip():
            assert isinstance(item, Manuscript)
            assert item.content == row[1]
        else:
            assert isinstance(item, Refusal)


@given(
    names=st.permutations(["körper", "kopf", "wann", "wer", "wo"]),
    cells=st.fixed_dictionaries(
        {"körper": st.just(BRIDGE), "kopf": st.sampled_from(["", "Brücke zu"]), "wer": st.sampled_from(["", "Talbote"])}
    ),
    wanted=st.sets(st.sampled_from(["title", "outlet", "published", "url"])),
)
def test_columns_are_what_the_user_says_whatever_their_order(
    names: list[str], cells: dict[str, str], wanted: set[str]
) -> None:
    said = {"title": "kopf", "outlet": "wer", "published": "wann", "url": "wo"}
    row = {**cells, "wann": "2024-10-28", "wo": "https://talbote.example/1"}
    mapping = {"text": "körper", **{field: said[field] for field in wanted}}
    assert columns_of(",".join(f"{field} = {column}" for field, column in mapping.items())) == mapping
    (found,) = items(written([names, [row[name] for name in names]]).encode(), **mapping)
    assert isinstance(found, Manuscript)
    assert found.content == BRIDGE
    known = found.known
    assert (known.title, known.outlet) == (
        (row["kopf"] or None) if "title" in wanted else None,
        (row["wer"] or None) if "outlet" in wanted else None,
    )
    assert known.published == ("2024-10-28" if "published" in wanted else None)
    assert known.url == ("https://talbote.example/1" if "url" in wanted else None)


@pytest.mark.parametrize("field", NAMES)
def test_every_usual_name_is_recognised_however_it_is_written(field: str) -> None:
    for name in NAMES[field]:
        for spelling in (name, name.upper(), f" {name.title()} ", name.replace("_", "-")):
            assert chosen(["id", spelling], {}) == {field: spelling}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("text", "no pair"),
        ("text=", "no pair"),
        ("wort=a", "no field of an article; there are text, html"),
        ("text=a,text=b", "said twice"),
    ],
)
def test_a_mapping_that_cannot_be_is_answered_with_one_that_can(said: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        columns_of(said)


def test_a_table_without_a_text_says_what_it_has() -> None:
    assert items(b"nummer;name\n1;a\n") == [
        Refusal(
            "t.csv",
            "has no column that holds a text; it has nummer, name; say which one is the text, for example text=body",
        )
    ]
    assert items(b"text;name\n1;a\n", text="koerper") == [
        Refusal("t.csv", 'has no column "koerper"; it has text, name; say which one is the text, for example text=body')
    ]


def test_a_quote_that_never_closes_costs_one_row() -> None:
    rows = [f"Titel {n},{BRIDGE.replace(',', '')}\n" for n in range(20_000)]
    rows[700] = f'Titel 700,"{BRIDGE}\n'
    rows[19_990] = f'Titel 19990,"{BRIDGE}\n'
    found = items(("title,text\n" + "".join(rows)).encode())
    refused = [item for item in found if isinstance(item, Refusal)]
    assert [item.origin for item in refused] == ["t.csv#line=702", "t.csv#line=19992"]
    assert all("never closed" in item.reason for item in refused)
    assert len(found) == 20_000


def test_rows_with_other_numbers_of_cells_are_refused_one_by_one() -> None:
    found = items(f'title,text\nA,"{BRIDGE}"\nB\nC,"{BRIDGE}",zu viel\n"D"x,y\nE,"{BRIDGE}"\n'.encode())
    assert [item.origin for item in found] == [f"t.csv#line={n}" for n in range(2, 7)]
    assert [item.reason for item in found if isinstance(item, Refusal)] == [
        "has 1 cells where the first row names 2 columns",
        "has 3 cells where the first row names 2 columns",
        "is a row that cannot be read (something stands behind a closing quotation mark); close the mark, or double the marks inside",
    ]


def test_lines_of_two_encodings() -> None:
    data = "text\nFür\n".encode() + "Über\n".encode("cp1252") + "Öl\n".encode()
    assert [line for _, line in lines_of(io.BytesIO(data), data)] == ["text\n", "Für\n", "Über\n", "Öl\n"]


def test_an_excel_export_with_windows_letters(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(
        f'Überschrift;Text;Datum;Quelle\r\nBrücke;"{BRIDGE}\r\nZwei.";28.10.2024;Talbote\r\n'.encode("cp1252")
    )
    (found,) = take_in_from([path])
    assert isinstance(found, Article)
    assert (found.title, found.published, found.outlet) == ("Brücke", "2024-10-28", "Talbote")
    assert found.text == f"{BRIDGE}\r\nZwei."
    assert list(take_in_from([found.origin or ""])) == [found]


def test_a_date_nobody_understands_is_noted() -> None:
    (found,) = items(f'text,date\n"{BRIDGE}",neulich\n'.encode())
    assert isinstance(found, Manuscript)
    assert found.notes == ('date "neulich" not understood',)


MEMORY = """
import re, sys
from reportedly.intake import take_in_from

def peak():  # of this program alone: ru_maxrss would count what the tests held when they started it
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])

next(take_in_from(["-"], stdin=__import__("io").BytesIO(b'{"text": "Er sagte, es regne."}'), language="de"))
before = peak()
count = size = 0
for item in take_in_from([sys.argv[1]], language="de"):
    count += 1
    size += len(item.text)
grown = peak() - before
whole = open(sys.argv[1], "rb").read()
print(count, size, grown, peak() - before)  # the last to show that the measure would see a file held in memory
"""


@pytest.mark.parametrize("name", ["gross.jsonl", "gross.csv"])
def test_a_large_file_is_read_line_by_line(tmp_path: Path, name: str) -> None:
    """A hundred megabytes of articles in 30: the reader holds one article, not the file."""
    path = tmp_path / name
    text = f"{BRIDGE} " * 1400
    row = f'{{"text": "{text}", "title": "Brücke"}}\n' if name.endswith("jsonl") else f'"{text}",Brücke\n'
    with path.open("w", encoding="utf-8") as file:
        file.write("" if name.endswith("jsonl") else "text,title\n")
        for _ in range(1000):
            file.write(row)
    assert path.stat().st_size > 95_000_000
    done = subprocess.run([sys.executable, "-c", MEMORY, str(path)], capture_output=True, text=True, check=True)
    count, size, grown, if_held = map(int, done.stdout.split())
    assert (count, size) == (1000, 1000 * len(text))
    print(f"\n{path.stat().st_size:,} bytes of {name}: memory grew by {grown:,} kB")
    assert grown < 30_000
    assert if_held > 90_000


def test_a_line_without_end_is_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(40):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n{"text": "' + BRIDGE.encode() + b'"}\n')
    first, second = take_in_from([path])
    assert first == Refusal(f"{path}#line=1", "is a line of more than 32,000,000 bytes; split it into single articles")
    assert isinstance(second, Article)
    assert second.origin == f"{path}#line=2"
