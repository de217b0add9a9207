"""What does the output of a run hold? Its readings and refusals again, one after the other, as they were."""

from __future__ import annotations

import json
from collections.abc import Iterator

from reportedly.batch.ledger import Ledger, first_of_each
from reportedly.batch.receipt import schema
from reportedly.batch.room import Room
from reportedly.batch.tables import SCHEMA, arrow
from reportedly.errors import BatchError
from reportedly.export.held import put_back
from reportedly.model.article import Refusal
from reportedly.model.kept import again
from reportedly.model.reading import Reading

_AT_ONCE = 200


def count_output(output: str) -> int:
    """How many readings and refusals there are. Raises BatchError where there is no output."""
    import pyarrow.compute as pc

    table = _receipts(Room(output)).read(["id", "articles", "refused"])
    table = table.filter(first_of_each(table.column("id")))
    return sum(pc.sum(table.column(name)).as_py() or 0 for name in ("articles", "refused"))


def read_output(output: str) -> Iterator[Reading | Refusal]:
    """Every reading of a finished or unfinished run, and what was refused. Raises BatchError where there is none, or a file is missing."""
    room = Room(output)
    _, parquet = arrow()
    receipts = _receipts(room).read(["id", "files"])
    once = receipts.filter(first_of_each(receipts.column("id"))).select(["files"])
    for batch in once.to_batches(1_000):
        for row in batch.to_pylist():
            for file in row["files"]:
                table = file["name"].partition("/")[0]
                if table not in ("articles", "refused"):
                    continue
                try:
                    with room.opened(file["name"]) as opened:
                        for some in parquet.ParquetFile(opened).iter_batches(_AT_ONCE):
                            for found in some.to_pylist():
                                yield _reading(found) if table == "articles" else Refusal(**found)
                except FileNotFoundError:
                    raise BatchError(f"{output}/{file['name']}: is missing; run `reportedly batch` again") from None


def _reading(row: dict[str, str]) -> Reading:
    text = put_back(row["text"], row["replaced"]) if row["replaced"] else row["text"]
    return again(json.loads(row["reading"]), text)


def _receipts(room: Room) -> Ledger:
    found = room.get("run.json")
    if found is None:
        raise BatchError(f"{room.address}: holds no output of `reportedly batch`; give the folder that it wrote to")
    wish = json.loads(found)
    if wish.get("schema") != SCHEMA:
        raise BatchError(f"{room.address}: was written as {wish.get('schema')}, this version reads {SCHEMA}")
    if "parquet" not in wish.get("formats", ()):
        raise BatchError(f"{room.address}: holds lines only, no tables; run `reportedly batch` with --format parquet")
    return Ledger(room, "receipts", schema)
