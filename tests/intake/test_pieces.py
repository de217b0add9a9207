"""Do the pieces of an input give exactly what the whole gives, whatever the size of the pieces?"""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import random
from dataclasses import replace
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

import webarchive
from reportedly.intake import take_in_from
from reportedly.intake.parcel import Order
from reportedly.intake.pieces import Piece, cut, grouped, read_piece
from reportedly.intake.storage import Source, opened, sources
from reportedly.model.article import Article, Refusal

ROWS = [
    {"text": f"Der Deich {n} halte, sagte Landrätin Maike Thoms. " * (n % 4 + 1), "title": f"T{n}"} for n in range(40)
]
LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
DAMAGED = LINES[:1000] + "\n{ kaputt\n\n" + LINES[1000:] + '{"title": "ohne Text"}'


def inputs(folder: Path) -> dict[str, Path]:
    made: dict[str, Path] = {}

    def write(name: str, data: bytes) -> None:
        made[name] = folder / name
        made[name].write_bytes(data)

    packed, starts = webarchive.archive(12)
    plain, _ = webarchive.archive(12, packed=False)
    write("a.jsonl", LINES.encode())
    write("damaged.jsonl", DAMAGED.encode())
    write("a.jsonl.gz", gzip.compress(LINES.encode()))
    write("a.jsonl.xz", lzma.compress(LINES.encode()))
    chance = random.Random(1)  # so large, also when packed, that it is not read in one go
    large = [{"text": f"Der Deich halte, sagte sie. {chance.randbytes(4_000).hex()}"} for _ in range(60)]
    write("large.jsonl.gz", gzip.compress("".join(json.dumps(row) + "\n" for row in large).encode()))
    write("list.json", json.dumps(ROWS, indent=1).encode())
    write("a.warc.gz", packed)
    write("a.warc", plain)
    broken = bytearray(packed)
    broken[starts[5] + 40 : starts[5] + 60] = bytes(20)
    write("broken.warc.gz", bytes(broken) + b"\x1f\x8b\x08 cut off")
    with (folder / "a.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["text", "title"])
        table.writeheader()
        table.writerows({**row, "text": row["text"] + "\n\nEnde."} for row in ROWS)
    made["a.csv"] = folder / "a.csv"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(ROWS), folder / "a.parquet", row_group_size=7)
    made["a.parquet"] = folder / "a.parquet"
    write("einer.txt", b"Der Pegel sinke, teilte die Stadt mit.")
    return made


def source(path: Path) -> Source:
    (found,) = sources(str(path))
    assert isinstance(found, Source)
    return found


def answers(pieces: list[Piece | Refusal]) -> list[Article | Refusal]:
    return [a for p in pieces for a in ([p] if isinstance(p, Refusal) else read_piece(p, Order()))]


@pytest.mark.parametrize("size", [1, 300, 1500, 10**9])
def test_all_pieces_together_are_the_whole(tmp_path: Path, size: int) -> None:
    for name, path in inputs(tmp_path).items():
        whole = list(take_in_from([str(path)]))
        pieces = list(cut(source(path), Order(), size))
        assert answers(pieces) == whole, name
        assert len(pieces) == 1 or size < 10**9
        assert len(pieces) > 2 or size > 1500 or name == "einer.txt", name
        again = [replace(p, items=None) for p in pieces if isinstance(p, Piece)]
        assert answers([*again]) == whole, f"{name}, without what was carried along"
        assert len({p.id for p in again}) == len(again)


def test_a_file_that_grew_keeps_the_pieces_that_are_the_same(tmp_path: Path) -> None:
    packed, starts = webarchive.archive(12)
    for name, short, long in [
        ("a.jsonl", LINES[: LINES.index("\n", 3000) + 1].encode(), LINES.encode()),
        ("a.warc.gz", packed[: starts[8]], packed),
    ]:
        path = tmp_path / name
        path.write_bytes(short)
        before = [p.id for p in cut(source(path), Order(), 500) if isinstance(p, Piece)]
        path.write_bytes(long)
        after = [p.id for p in cut(source(path), Order(), 500) if isinstance(p, Piece)]
        assert before[:-1] == after[: len(before) - 1]
        assert len(after) > len(before)


def test_small_files_go_together(tmp_path: Path) -> None:
    for n in range(10):
        (tmp_path / f"{n}.txt").write_text(f"Der Deich {n} halte, sagte Maike Thoms.", "utf-8")
    found = [s for s in sources(str(tmp_path)) if isinstance(s, Source)]
    pieces = list(grouped(found, 3 * found[0].size))
    assert [len(p.files) for p in pieces] == [3, 3, 3, 1]
    assert answers([*pieces]) == list(take_in_from([str(tmp_path)]))
    changed = replace(pieces[0], files=(replace(found[0], stamp="other"), *found[1:3]))
    assert changed.id != pieces[0].id


def test_an_object_store_is_read_like_a_folder() -> None:
    import fsspec

    store = fsspec.filesystem("memory")
    store.pipe("/presse/b/2.jsonl", LINES.encode())
    store.pipe("/presse/1.txt", b"Der Pegel sinke, teilte die Stadt mit.")
    found = list(sources("memory://presse"))
    assert [s.path for s in found if isinstance(s, Source)] == ["memory:///presse/1.txt", "memory:///presse/b/2.jsonl"]
    assert len(list(sources("memory://presse/*/*.jsonl"))) == 1
    pieces = [p for s in found if isinstance(s, Source) for p in cut(s, Order(), 500)]
    assert len(pieces) > 5
    read = answers(pieces)
    assert len(read) == 41
    assert isinstance(read[0], Article)
    assert read[40].origin == "memory:///presse/b/2.jsonl#line=40"
    assert isinstance(opened("memory://presse/none"), Refusal)
    (refused,) = sources("memory://niemand")
    assert isinstance(refused, Refusal)
    assert "does not exist" in refused.reason
