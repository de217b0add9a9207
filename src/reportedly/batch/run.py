"""How is a run led from its inputs to a finished output? Cut, hand out, note what came back, try again, put in order, report.

Whatever happens to a worker, to the program that leads, or to the machine: run again, it goes on, and the output is that of a run nobody
disturbed. Three things see to that. A shard's files are called after the shard and are put in place whole, so doing it twice writes the
same twice. Its receipt is written when its files are there. And at the end, what no shard of the plan names is taken away.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from reportedly.batch.ledger import Ids, Ledger, first_of_each
from reportedly.batch.plan import Plan
from reportedly.batch.receipt import COUNTS, Sum, row_of, schema
from reportedly.batch.room import Room, is_unfinished
from reportedly.batch.shard import Job, Make, maker_of, versions
from reportedly.batch.tables import LINES, PARTITIONS, SCHEMA, TABLES, arrow
from reportedly.engines import Engine, Lost
from reportedly.errors import BatchError
from reportedly.intake.parcel import Order
from reportedly.intake.pieces import Piece
from reportedly.intake.split import split
from reportedly.intake.storage import is_stored
from reportedly.model.run import Counted, RunReport, RunStep, Unread, WorkerRow

if TYPE_CHECKING:
    from reportedly.pipeline import Recipe

SHARD_SIZE = 8_000_000
"""Bytes of input that make a shard: some minutes of work, which is what is lost when a machine goes away."""
FORMATS = ("parquet", "jsonl")
_SEEN = 5
"""So many inputs are looked for by every process on another machine before it begins."""
_SECONDS, _BYTES_A_SECOND = 900.0, 500
"""The time a shard may take, if it takes more than its articles may."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of a run: it is the same for all runs into one folder, and a digest of it is part of nothing, because it is
    compared as it is."""

    order: Order = field(default_factory=Order)
    formats: tuple[str, ...] = ("parquet",)
    partition: str = "year"
    shard_size: int = SHARD_SIZE

    def __post_init__(self) -> None:
        if self.partition not in PARTITIONS:
            raise BatchError(f'--partition "{self.partition}" is not known; give {", ".join(PARTITIONS)}')
        if not self.formats or set(self.formats) - set(FORMATS):
            raise BatchError(f'--format "{",".join(self.formats)}" is not known; give {", ".join(FORMATS)}')
        if self.shard_size < 1:
            raise BatchError("--shard-size must be one byte at least")

    def told(self, weights: str) -> dict[str, Any]:
        """As it stands in run.json."""
        said = self.order.said
        return {
            "schema": SCHEMA, "weights": weights, "formats": sorted(self.formats), "partition": self.partition,
            "shard_size": self.shard_size, "columns": dict(self.order.columns), "outlet": said.outlet,
            "published": said.published, "language": said.language,
        }  # fmt: skip


def run(
    inputs: Iterable[str],
    output: str,
    engine: Engine,
    wish: Wish | None = None,
    recipe: Recipe | None = None,
    *,
    renew: bool = False,
    tell: Callable[[RunStep], None] | None = None,
) -> RunReport:
    """Everything at these inputs, read into a folder or an object store; what is there already stays as it is.

    `renew` does again what other tables, weights or versions have read. Raises BatchError where the output cannot be used.
    """
    from reportedly.pipeline import STANDARD

    arrow()  # missing, it is told before there is a folder
    room = Room(output if is_stored(output) else os.path.abspath(output))
    with room.alone():
        return _Run(room, wish or Wish(), recipe or STANDARD, engine, tell).led(list(inputs), renew)


class _Run:
    def __init__(
        self, room: Room, wish: Wish, recipe: Recipe, engine: Engine, tell: Callable[[RunStep], None] | None
    ) -> None:
        self.room, self.wish, self.engine, self._tell = room, wish, engine, tell
        self.job = Job(room.address, recipe, maker_of(recipe), wish.order, wish.formats, wish.partition)
        self._sum, self._workers = Sum(), dict[str, Sum]()
        self._failed: list[tuple[Piece, Lost]] = []

    def led(self, inputs: list[str], renew: bool) -> RunReport:
        begin = time.monotonic()
        self._begin()
        receipts = Ledger(self.room, "receipts", schema)
        plan = Plan(self.room, self.wish.order, self.wish.shard_size)
        plan.look(inputs)
        self.job = replace(self.job, claim=self.room.claim())
        if self.engine.elsewhere:
            self.job = replace(self.job, seen=plan.some(_SEEN), versions=versions())
        replaced = self._forget(receipts, plan, renew)
        done = Ids(receipts.read(["id"]).column("id"))
        try:
            self._round(plan.missing(done), receipts, plan)
            again, self._failed = [piece for piece, _ in self._failed], []
            self._round(again, receipts, plan)
            self._isolate(receipts, plan)
        finally:
            receipts.add([], now=True)
        receipts.settle()
        plan.settle()
        self._tidy(receipts, plan)
        report = self._report(receipts, plan, replaced, time.monotonic() - begin)
        self._put_json("report.json", report.to_dict())
        return report

    def _begin(self) -> None:
        """The folder is new, or was begun with the same wish. Raises BatchError."""
        wish = self.wish.told(self.job.recipe.weights)
        found = self.room.get("run.json")
        if found is None:
            strange = next((n for n in self.room.names("") if not is_unfinished(n)), None)
            if strange is not None:
                raise BatchError(f"{self.room.address}: is not empty and holds no run; give another folder")
            self._put_json("run.json", wish)
            return
        before = json.loads(found)
        if before.get("schema") != SCHEMA:
            raise BatchError(
                f"{self.room.address}: was written as {before.get('schema')}, this version writes {SCHEMA}; give another folder"
            )
        for name, value in wish.items():
            if before.get(name) != value:
                raise BatchError(
                    f"{self.room.address}: was begun with {name} {before.get(name)}, not {value}; go on with the same, or give another folder"
                )

    def _isolate(self, receipts: Ledger, plan: Plan) -> None:
        """What cannot be done is cut into parts, and what of these cannot be done again, until what is to blame stands alone. A shard of
        which not one part can be done is left as it is: then it is not an article that is to blame. What failed for a reason outside is
        tried once more as it is."""
        hopeless: list[tuple[Piece, Lost]] = []
        divided: set[str] = set()
        while self._failed:
            failed, self._failed = self._failed, []
            parts: dict[str, list[Piece]] = {}
            for piece, lost in failed:
                if lost.ended and (found := split(piece, self.wish.order)):
                    parts[piece.id] = found
                elif lost.ended or piece.id in divided:
                    hopeless.append((piece, lost))
                else:
                    parts[piece.id] = [piece]
            self._round((part for found in parts.values() for part in found), receipts, plan)
            lost_now = {piece.id for piece, _ in self._failed}
            for piece, lost in failed:
                mine = {part.id for part in parts.get(piece.id, ())}
                if not mine:
                    continue
                if mine == {piece.id}:
                    divided.add(piece.id)
                elif mine <= lost_now and piece.id not in divided:
                    self._failed = [one for one in self._failed if one[0].id not in mine]
                    hopeless.append((piece, lost))
                else:
                    plan.divide(piece, parts[piece.id])
                    divided |= mine
        self._failed = hopeless

    def _round(self, pieces: Iterable[Piece], receipts: Ledger, plan: Plan) -> None:
        """Hand out, note what comes back; what is lost is kept for the next round."""
        for piece, result in self.engine.done(Make(self.job), pieces, _allowance):
            if isinstance(result, Lost):
                if not self.room.is_claimed(self.job.claim):
                    raise BatchError(
                        f"{self.room.address}: another run has begun to work there; this one ends, that one goes on"
                    )
                self._failed.append((piece, result))
            else:
                receipts.add([row_of(result)])
                self._sum.add(result)
                self._workers.setdefault(result.worker, Sum()).add(result)
                plan.left -= piece.weight
            if self._tell:
                counts = self._sum.counts
                self._tell(
                    RunStep(
                        self._sum.shards, counts["articles"], counts["words"], counts["statements"], counts["refused"],
                        plan.total, max(plan.left, 0), len(self._failed),
                    )
                )  # fmt: skip

    def _forget(self, receipts: Ledger, plan: Plan, renew: bool) -> int:
        """Output of inputs that have changed, and with `renew` of other makers, is taken away before its successor comes."""
        import pyarrow.compute as pc

        if plan.dropped is None and not renew:
            return 0
        dropped, stays, gone = plan.dropped, plan.ids(), 0

        def lost(table: Any) -> Any:
            ids = table.column("id")
            found = pc.not_equal(table.column("maker"), self.job.maker if renew else "").to_numpy() & renew
            return found if dropped is None else found | (dropped.has(ids) & ~stays.has(ids))

        for table in receipts.parts(["id", "maker", "files"]):
            taken = table.filter(receipts.pa.array(lost(table)))
            gone += taken.num_rows
            for row in taken.select(["files"]).to_pylist():
                for file in row["files"]:
                    self.room.drop(file["name"])
        if gone:
            receipts.keep(lambda table: ~lost(table))
        return gone

    def _tidy(self, receipts: Ledger, plan: Plan) -> None:
        """What lies in the folder is what the receipts of the plan name: the rest was left by processes that were ended."""
        pa = receipts.pa
        planned = plan.ids()
        ids = receipts.read(["id"]).column("id")
        if not planned.has(ids).all():
            receipts.keep(lambda table: planned.has(table.column("id")))
            ids = receipts.read(["id"]).column("id")
        if not first_of_each(ids).all():  # a crash left some twice
            receipts.unite()
            ids = receipts.read(["id"]).column("id")
        known = Ids(ids)
        for folder in (*TABLES, LINES):
            names = self.room.names(folder)
            while some := list(islice(names, 100_000)):
                stems = [_id_in(name) for name in some]
                there = known.has(pa.array([stem or bytes(16) for stem in stems], pa.binary(16)))
                for name, stem, stays in zip(some, stems, there, strict=True):
                    if stem is None or not stays:
                        self.room.drop(name)

    def _report(self, receipts: Ledger, plan: Plan, replaced: int, seconds: float) -> RunReport:
        import pyarrow.compute as pc

        table = receipts.read(["maker", *COUNTS])
        whole = {name: pc.sum(table.column(name)).as_py() or 0 for name in COUNTS if name != "seconds"}
        outdated = pc.sum(pc.not_equal(table.column("maker"), self.job.maker)).as_py() or 0
        damage: dict[str, dict[str, int]] = {}
        for key, number in sorted(self._sum.damage.items()):
            outlet, _, kind = key.partition("\0")
            damage.setdefault(outlet, {})[kind] = number
        now = {name: self._sum.counts[name] for name in whole}
        return RunReport(
            self.room.address,
            round(seconds, 2),
            Counted(shards=self._sum.shards, **now),
            Counted(shards=table.num_rows, **whole),
            outdated,
            replaced,
            tuple(_quarantined(piece, lost, self.wish.order) for piece, lost in self._failed),
            tuple(Unread(refusal.origin, refusal.reason) for refusal in plan.refused),
            tuple(_worker_row(name, done) for name, done in sorted(self._workers.items())),
            self._sum.memory,
            {name: round(spent, 2) for name, spent in sorted(self._sum.stages.items())},
            dict(self._sum.reasons.most_common(100)),
            damage,
            dict(sorted(self._sum.bytes.items())),
        )

    def _put_json(self, name: str, value: dict[str, Any]) -> None:
        def write(out: IO[bytes]) -> None:
            out.write(json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n")

        self.room.put(name, write)


def _allowance(piece: Piece) -> float:
    return _SECONDS + piece.weight / _BYTES_A_SECOND


def _quarantined(piece: Piece, lost: Lost, order: Order) -> Unread:
    """As precise as it can be said: where nothing smaller can be cut, the article."""
    alone = lost.ended and not split(piece, order)
    return Unread(piece.place if alone else str(piece), lost.reason)


def _id_in(name: str) -> bytes | None:
    """The shard that a file is called after."""
    stem = name.rpartition("/")[2].partition(".")[0]
    try:
        found = bytes.fromhex(stem)
    except ValueError:
        return None
    return found if len(found) == 16 else None


def _worker_row(name: str, done: Sum) -> WorkerRow:
    seconds = done.counts["seconds"] or 1e-9
    articles, words, statements = (done.counts[what] for what in ("articles", "words", "statements"))
    return WorkerRow(
        name, done.shards, articles, words, statements, round(seconds, 2), round(articles / seconds, 2),
        round(words / seconds, 2), round(statements / seconds, 2), done.memory,
    )  # fmt: skip
