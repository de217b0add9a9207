"""Where does a very large run break first? Plans, lists and continues one of ten million shards on this machine: `python -m lab.scale`.

Nothing is read: the plan and all receipts but a thousand are made up, the inputs are empty files that say they are large, and the engine
signs at once. What is timed is what the program that leads a run has to do itself.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from reportedly.batch import Wish, plan, receipt, run
from reportedly.batch.ledger import Ledger
from reportedly.batch.receipt import Receipt
from reportedly.batch.room import Room
from reportedly.batch.run import maker_of
from reportedly.engines import Lost
from reportedly.intake.pieces import Piece
from reportedly.intake.storage import Source, sources
from reportedly.model.run import RunReport
from reportedly.pipeline import STANDARD

_FILES, _MISSING, _AT_ONCE = 2_000, 1_000, 500_000
_SHARD = 8_000_000


class Signs:
    """An engine that does nothing and says that it is done."""

    workers = 1
    elsewhere = False

    def done(
        self,
        make: Callable[[], Callable[[Any], Any]],
        tasks: Iterable[Any],
        seconds: Callable[[Any], float] | None = None,
    ) -> Iterator[tuple[Any, Any | Lost]]:
        for piece in tasks:
            yield piece, Receipt(piece.id, str(piece), "", articles=2_000, words=600_000, worker="nobody")


def made_up(folder: Path, shards: int) -> None:
    """The inputs, a plan, and the receipts of all shards but the last thousand."""
    (folder / "in").mkdir()
    files = max(1, min(_FILES, shards // (2 * _MISSING)))
    each = -(-shards // files)
    for n in range(files):
        with (folder / "in" / f"{n:05}.jsonl").open("wb") as file:
            file.truncate(each * _SHARD)
    found = [s for s in sources(str(folder / "in")) if isinstance(s, Source)]
    room = Room(str(folder / "out"))
    run([], room.address, Signs(), Wish(shard_size=_SHARD))  # the folder as a run begins it
    plans, receipts = Ledger(room, "plan", plan.schema), Ledger(room, "receipts", receipt.schema)
    chance = np.random.default_rng(6)
    maker = maker_of(STANDARD)
    done = shards - _MISSING
    for begin in range(0, done, _AT_ONCE):
        count = min(_AT_ONCE, done - begin)
        ids = pa.FixedSizeBinaryArray.from_buffers(pa.binary(16), count, [None, pa.py_buffer(chance.bytes(16 * count))])
        number = np.arange(begin, begin + count)
        file, place = number // each, number % each

        def column(values: list[str], at: Any = file) -> Any:
            return pa.DictionaryArray.from_arrays(pa.array(at), pa.array(values)).cast(pa.string())

        def same(value: Any, type_: Any, n: int = count) -> Any:
            return pa.nulls(n, type_) if value is None else pa.repeat(pa.scalar(value, type_), n)

        plans.add_table(
            pa.Table.from_arrays(
                [
                    ids, same("lines", pa.string()), column([s.path for s in found]), column([s.stamp for s in found]),
                    same(each * _SHARD, pa.int64()), pa.array(place * _SHARD), pa.array((place + 1) * _SHARD),
                    pa.array(place * 2_000 + 1), column(["0" * 32]* len(found)), same(_SHARD, pa.int64()),
                    pa.nulls(count, plans.schema.field("files").type), pa.nulls(count, pa.binary(16)),
                ],
                schema=plans.schema,
            )
        )  # fmt: skip
        figures = {name: pa.array(chance.integers(1, 10_000, count)) for name in receipt.COUNTS}
        figures["seconds"] = pa.array(chance.random(count) * 200)
        names = pa.array(
            [[{"name": "articles/x.parquet", "size": 1, "sha256": "0" * 64}]], receipts.schema.field("files").type
        )
        rest = {
            "id": ids, "shard": column([s.path for s in found]), "maker": same(maker, pa.string()),
            "memory": pa.array(chance.random(count) * 300), "worker": same("w1", pa.string()),
            "files": names.take(pa.array(np.zeros(count, "i8"))), "details": same("{}", pa.string()),
        }  # fmt: skip
        receipts.add_table(pa.table({n: {**figures, **rest}[n] for n in receipts.schema.names}, receipts.schema))
    last = found[-1]
    pieces = [
        Piece("lines", (last,), n * _SHARD, (n + 1) * _SHARD, n * 2_000 + 1, f"{n:032x}", _SHARD)
        for n in range(_MISSING)
    ]
    plans.add([plan.row_of(piece) for piece in pieces], now=True)


def timed(name: str, work: Callable[[], Any]) -> Any:
    start, cpu = time.perf_counter(), time.process_time()
    found = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:46}{time.perf_counter() - start:8.1f} s{time.process_time() - cpu:8.1f} s CPU{peak:8.0f} MiB at most")
    return found


def listed(out: str) -> dict[str, int]:
    """Counts of the whole output, from its receipts."""
    import pyarrow.compute as pc

    table = Ledger(Room(out), "receipts", receipt.schema).read(["articles", "statements", "damages"])
    return {name: pc.sum(table.column(name)).as_py() for name in table.column_names}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shards", type=int, default=10_000_000)
    options.add_argument("--folder", type=Path, help="where there is room for about 2 GB; else the usual place")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        print(f"{given.shards:,} shards, {os.cpu_count()} cores")
        timed("making them up (no part of a run)", lambda: made_up(folder, given.shards))
        size = sum(p.stat().st_size for p in (folder / "out").rglob("*") if p.is_file())
        print(f"{'plan and receipts on disk':46}{size / 1e6:8.0f} MB")
        inputs, out = [str(folder / "in")], str(folder / "out")

        def planned() -> int:
            found = plan.Plan(Room(out), Wish().order, _SHARD)
            found.look(inputs)
            return len(found.ids())

        assert timed("planning: inputs compared with the plan", planned) == given.shards
        timed("listing: counts of all receipts", lambda: listed(out))
        report: RunReport = timed(
            "continuing: the last 1,000 shards to the report",
            lambda: run(inputs, out, Signs(), Wish(shard_size=_SHARD)),
        )
        assert (report.now.shards, report.whole.shards) == (_MISSING, given.shards)
        assert report.quarantined == report.unread == ()


if __name__ == "__main__":
    main()
