"""Which shards does the work have? What was planned before stays, so that what is done need not be done again.

The plan is the truth of a run: output that belongs to no shard of it is taken away. A shard of an input that has changed leaves the plan;
one of an input that is no longer named, or no longer there, stays. A shard that falls into parts (`Plan.divide`) stays in the plan for
the record, but it is its parts that count.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from reportedly.batch.ledger import Ids, Ledger, first_of_each
from reportedly.batch.room import Room
from reportedly.intake.parcel import Order, Passed
from reportedly.intake.pieces import Piece, cut, grouped
from reportedly.intake.storage import Source, identity, is_stored, sources
from reportedly.model.article import Refusal

_ONE_ARTICLE = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml")


def schema(pa: Any) -> Any:
    """The columns of the plan: a row is a piece."""
    file = pa.struct([("path", pa.string()), ("size", pa.int64()), ("stamp", pa.string())])
    return pa.schema(
        [
            ("id", pa.binary(16)), ("kind", pa.string()), ("path", pa.string()), ("stamp", pa.string()), ("size", pa.int64()),
            ("start", pa.int64()), ("end", pa.int64()), ("first", pa.int64()), ("digest", pa.string()), ("weight", pa.int64()),
            ("files", pa.list_(file)), ("parent", pa.binary(16)),
        ]
    )  # fmt: skip


@dataclass(slots=True)
class Plan:
    """All shards that are known, and what is to be said of the inputs. `size` bytes of input make a shard."""

    room: Room
    order: Order
    size: int
    refused: list[Refusal] = field(default_factory=list)
    total: int = 0
    """Bytes of all inputs that are named."""
    left: int = 0
    """Bytes of the inputs that are still to be done, about."""
    dropped: Ids | None = None
    """Shards that left the plan because their input changed."""
    _ledger: Ledger = field(init=False)
    _named: dict[str, Source] = field(default_factory=dict)
    _uncut: list[Source] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ledger = Ledger(self.room, "plan", schema)

    def look(self, inputs: Iterable[str]) -> None:
        """Look at the inputs: drop the shards of those that changed, put small new files together. Nothing is read yet but names,
        and what has changed."""
        for source in all_sources(inputs, self.refused):
            self._named.setdefault(identity(source.path), source)
        self.total = sum(source.size for source in self._named.values())
        known, changed = self._known()
        small: list[Source] = []
        large: list[Source] = []
        for name, source in self._named.items():
            if known.get(name) != source.stamp:
                (small if self._is_small(source) else large).append(source)
        if changed:
            self._drop(changed)
        self._ledger.add((row_of(p) for p in grouped(small, self.size)), now=True)
        # what has grown is cut before any of it is done, so that nothing of its old end is doubled
        for source in [s for s in large if identity(s.path) in known]:
            self._ledger.add([row_of(p) for p in self._cut(source)], now=True)
        self._uncut = [s for s in large if identity(s.path) not in known]

    def some(self, number: int) -> tuple[Source, ...]:
        """A few of the inputs that are named, from all over them."""
        found = list(self._named.values())
        return tuple(found[:: max(len(found) // number, 1)][:number])

    def missing(self, done: Ids) -> Iterator[Piece]:
        """The shards that are still to be done. Inputs that were never cut are cut meanwhile."""
        self._ledger.add([], now=True)
        table = self._ledger.read(["id", "parent"])
        ids = table.column("id")
        wanted = ~done.has(ids) & first_of_each(ids) & ~_parents(table).has(ids)
        del table, ids
        self.left = sum(source.size for source in self._uncut)
        waiting: dict[str, set[str]] = {}
        found = [(piece, row["parent"]) for row in self._ledger.rows(wanted) if self._is_named(piece := piece_of(row))]
        self.left += sum(piece.weight for piece, _ in found)
        for piece, parent in found:
            if piece.kind == "items" and parent is None:
                waiting.setdefault(piece.files[0].path, set()).add(piece.id)
            else:
                yield piece
        for path, ids in waiting.items():  # from its beginning once more, for those that are missing
            for part in cut(replace(self._named[identity(path)], path=path), self.order, self.size):
                if isinstance(part, Piece) and part.id in ids:
                    yield part
        for source in self._uncut:
            rows = []
            for piece in self._cut(source):
                rows.append(row_of(piece))
                if not done.has_one(piece.id):
                    yield piece
            self._ledger.add(rows, now=True)

    def ids(self) -> Ids:
        """All shards of the plan that are to be done; of one that fell into parts, these."""
        table = self._ledger.read(["id", "parent"])
        parents = _parents(table)
        return Ids(
            table.filter(self._ledger.pa.array(~parents.has(table.column("id")))).column("id")
            if len(parents)
            else table.column("id")
        )

    def divide(self, piece: Piece, parts: Iterable[Piece]) -> None:
        """From now on these count in place of the piece: all at once, whatever happens meanwhile."""
        self._ledger.add(({**row_of(part), "parent": bytes.fromhex(piece.id)} for part in parts), now=True)

    def settle(self) -> None:
        self._ledger.settle()

    def _cut(self, source: Source) -> Iterator[Piece]:
        for piece in cut(source, self.order, self.size):
            if isinstance(piece, Refusal):
                self.refused.append(piece)
            else:
                yield piece

    def _is_small(self, source: Source) -> bool:
        return source.size <= self.size // 4 or source.path.lower().endswith(_ONE_ARTICLE)

    def _is_named(self, piece: Piece) -> bool:
        """Is one of its files named in this run? Then all of them are done."""
        return any(identity(file.path) in self._named for file in piece.files)

    def _known(self) -> tuple[dict[str, str], set[str]]:
        """The stamp that each file of the plan had, by its identity, and the paths of those that have another now."""
        pc = _compute()
        known: dict[str, str] = {}
        changed: set[str] = set()

        def met(path: str, stamp: str) -> None:
            name = identity(path)
            known[name] = stamp
            if name in self._named and self._named[name].stamp != stamp:
                changed.add(path)

        for table in self._ledger.parts(["kind", "path", "stamp", "files"]):
            group = pc.equal(table.column("kind"), "files")
            single = table.filter(pc.invert(group)).select(["path", "stamp"])
            for row in single.group_by(["path", "stamp"]).aggregate([]).to_pylist():
                met(row["path"], row["stamp"])
            for batch in table.filter(group).select(["files"]).to_batches(1_000):
                for row in batch.to_pylist():
                    for file in row["files"]:
                        met(file["path"], file["stamp"])
        return known, changed

    def _drop(self, changed: set[str]) -> None:
        """Shards with a file that changed leave the plan. Files that were in one of them without having changed go into others."""
        pa, pc = self._ledger.pa, _compute()
        paths = pa.array(sorted(changed), pa.string())
        gone: set[bytes] = set()
        left: list[Source] = []
        parents = _parents(self._ledger.read(["parent"]))
        for table in self._ledger.parts(["id", "kind", "path", "files"]):
            group = pc.equal(table.column("kind"), "files")
            single = pc.and_(pc.invert(group), pc.is_in(table.column("path"), paths))
            gone.update(table.filter(single).column("id").to_pylist())
            for row in table.filter(group).select(["id", "files"]).to_pylist():
                if any(file["path"] in changed for file in row["files"]):
                    gone.add(row["id"])
                    if parents.has_one(row["id"].hex()):
                        continue  # its parts tell of the same files
                    left += [Source(**file) for file in row["files"] if file["path"] not in changed]
        lost = pa.array(sorted(gone), pa.binary(16))
        self.dropped = Ids(lost)
        self._ledger.keep(lambda t: pc.invert(pc.is_in(t.column("id"), lost)))
        there = [s for s in left if isinstance(next(iter(sources(s.path)), None), Source)]
        self._named.update({identity(s.path): s for s in there})  # they are done again, with new neighbours
        self._ledger.add((row_of(p) for p in grouped(there, self.size)), now=True)


def row_of(piece: Piece) -> dict[str, Any]:
    """A piece as a row of the plan."""
    (first, *_), group = piece.files, piece.kind == "files"
    return {
        "id": bytes.fromhex(piece.id), "kind": piece.kind, "path": first.path, "stamp": first.stamp, "size": first.size,
        "start": piece.start, "end": piece.end, "first": piece.first, "digest": piece.digest,
        "weight": piece.weight,
        "files": [{"path": f.path, "size": f.size, "stamp": f.stamp} for f in piece.files] if group else None, "parent": None,
    }  # fmt: skip


def piece_of(row: dict[str, Any]) -> Piece:
    """The piece that a row of the plan tells of."""
    files = row["files"] or [{"path": row["path"], "size": row["size"], "stamp": row["stamp"]}]
    sources = tuple(Source(**f) for f in files)
    return Piece(row["kind"], sources, row["start"], row["end"], row["first"], row["digest"], row["weight"])


def all_sources(inputs: Iterable[str], refused: list[Refusal]) -> Iterator[Source]:
    """The files that are named; those on disks by their whole path, because who does the work may stand in another folder."""
    for place in inputs:
        if place.lower().startswith(("http://", "https://")):
            refused.append(Refusal(place, "is a web address, and nothing may be fetched in such a run; fetch it first"))
            continue
        for found in sources(place):
            if isinstance(found, Refusal):
                refused.append(found)
            elif not isinstance(found, Passed):
                yield found if is_stored(found.path) else replace(found, path=os.path.abspath(found.path))


def _parents(table: Any) -> Ids:
    """The shards that fell into parts."""
    return Ids(table.column("parent").drop_null())


def _compute() -> Any:
    import pyarrow.compute

    return pyarrow.compute
