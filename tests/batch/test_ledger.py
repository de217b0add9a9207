"""Are the rows of a ledger there once, whatever a crash left, and are ids told apart?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from reportedly.batch import ledger
from reportedly.batch.ledger import Ids, Ledger, first_of_each
from reportedly.batch.room import Room


def schema(pa: Any) -> Any:
    return pa.schema([("id", pa.binary(16)), ("n", pa.int64())])


def rows(*numbers: int) -> list[dict[str, Any]]:
    return [{"id": n.to_bytes(16, "big"), "n": n} for n in numbers]


def column(*numbers: int) -> Any:
    return pa.chunked_array([pa.array([n.to_bytes(16, "big")], pa.binary(16)) for n in numbers], pa.binary(16))


def test_ids_are_told_apart_also_where_half_of_them_is_the_same() -> None:
    half = 7 << 64
    known = Ids(column(half + 1, half + 3, half + 3, 5, 1 << 127))
    asked = (half + 3, half + 2, 5, 6, half + 1, 1 << 127, 0)
    assert known.has(column(*asked)).tolist() == [True, False, True, False, True, True, False]
    assert [known.has_one(f"{n:032x}") for n in asked] == [True, False, True, False, True, True, False]
    assert not Ids(column()).has(column(1, 2)).any()
    assert not Ids(column()).has_one("0" * 32)
    assert first_of_each(column(half + 1, 5, half + 2, 5, half + 1)).tolist() == [True, True, True, False, False]
    some = np.random.default_rng(1).integers(0, 60, 400)
    ids = [int(n) << 64 | int(n) % 3 for n in some]
    assert first_of_each(column(*ids)).tolist() == [n not in ids[:at] for at, n in enumerate(ids)]
    sliced = pa.chunked_array([pa.array([n.to_bytes(16, "big") for n in ids], pa.binary(16)).slice(100, 50)])
    assert Ids(sliced).has(column(*ids[100:150])).all()


def test_rows_are_added_united_and_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_FILES", 3)
    table = Ledger(Room(str(tmp_path)), "receipts", schema)
    for n in range(6):
        table.add(rows(n), now=True)
    assert len(list((tmp_path / "receipts").iterdir())) == 6
    table.add(rows(6))
    assert sorted(table.read(["n"]).column("n").to_pylist()) == list(range(7)), "what is held counts"
    table.settle()
    assert len(list((tmp_path / "receipts").iterdir())) == 1
    again = Ledger(Room(str(tmp_path)), "receipts", schema)
    again.add(rows(2, 9), now=True)  # 2 is there twice, as after a crash
    again.unite()
    assert sorted(again.read().column("n").to_pylist()) == [*range(7), 9]
    again.add(rows(20, 21), now=True)
    again.keep(lambda t: np.array([n % 2 == 1 for n in t.column("n").to_pylist()]))
    assert sorted(again.read().column("n").to_pylist()) == [1, 3, 5, 9, 21]
    ids = again.read(["n"]).column("n").to_pylist()
    assert [row["n"] for row in again.rows(np.array([n == 9 for n in ids]))] == [9]
