"""Does every export say what persons decided, and is nothing rejected in it that nobody asked for?"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

import reportedly
from fakes import flood
from reportedly.archive import Archive
from reportedly.export import FORMATS, Look
from reportedly.schema import record_schema

DECIDED = {"s2": "accept", "s3": "reject", "s4": "corrected"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with reportedly.open_archive(tmp_path / "archiv.db") as made:
        made.store.write(flood(), "2024-06-05")
        for statement, verdict in (("s2", "accept"), ("s3", "reject"), ("s4", "speaker")):
            made.judge(
                (flood().article.id, statement), verdict, by="mk", speaker="Ilse Brandt" if verdict == "speaker" else ""
            )
        yield made


def written(archive: Archive, query: str, name: str) -> str:
    binary = FORMATS[name].binary
    out = io.BytesIO() if binary else io.StringIO()
    archive.search(query).write(name, out, Look("en", wide=True))
    if isinstance(out, io.StringIO):
        return out.getvalue()
    with zipfile.ZipFile(out) as parcel:
        return "".join(parcel.read(part).decode("utf-8") for part in parcel.namelist() if part.endswith(".xmi"))


def test_the_table_has_a_last_column(archive: Archive) -> None:
    rows = list(csv.DictReader(io.StringIO(written(archive, "judged:yes", "rows"))))
    assert {row["statement"]: row["judged"] for row in rows} == DECIDED
    assert list(rows[0])[-1] == "judged"
    assert {row["judged"] for row in csv.DictReader(io.StringIO(written(archive, "", "rows")))} == {
        "",
        "accept",
        "corrected",
    }


def test_the_record_says_it_and_is_what_the_schema_describes(archive: Archive) -> None:
    (record,) = map(json.loads, written(archive, "judged:yes", "lines").splitlines())
    assert {s["id"]: s.get("judged") for s in record["statements"]} == DECIDED
    jsonschema.validate(record, record_schema())
    assert all("judged" not in s for s in flood().to_dict()["statements"]), "a reading as it was made says nothing"


def test_a_data_frame_has_it_too(archive: Archive) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet

    out = io.BytesIO()
    archive.search("judged:yes").write("parquet", out)
    table = pyarrow.parquet.read_table(io.BytesIO(out.getvalue()))
    assert dict(zip(table["statement"].to_pylist(), table["judged"].to_pylist(), strict=True)) == DECIDED


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("jsonld", '"judged"'),
        ("annotations", '"rep:judged": "reject"'),
        ("tei", "#judged.reject"),
        ("xmi", 'judged="reject"'),
        ("page", "rejected"),
        ("table", "rejected"),
        ("why", "rejected"),
    ],
)
def test_every_other_format_has_a_place_for_it(archive: Archive, name: str, sign: str) -> None:
    assert sign in written(archive, "judged:reject", name)
    assert sign not in written(archive, "judged:accept" if name != "jsonld" else "judged:no", name)


def test_what_was_rejected_can_be_left_out_of_what_was_judged(archive: Archive) -> None:
    def ids(query: str) -> set[str]:
        return {hit.statement for hit in archive.search(query)}

    assert ids("judged:yes rejected:no") == ids("geprüft:ja verworfen:nein") == {"s2", "s4"}
    assert ids("rejected:yes") == ids("verworfen:ja") == ids("judged:reject") == {"s3"}
    assert ids("rejected:no") == ids("") == {f"s{n}" for n in range(1, 9)} - {"s3"}
