"""How is one shard done? Its articles are read and written down as files; what comes back is the receipt."""

from __future__ import annotations

import faulthandler
import os
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from reportedly.batch.receipt import Receipt
from reportedly.batch.room import Room, Written
from reportedly.batch.tables import (
    LINES,
    TABLES,
    arrow,
    lines_writer,
    parquet_writer,
    partition_of,
    refused_row,
    schemas,
    tabled,
)
from reportedly.engines import UnfitError
from reportedly.errors import BatchError
from reportedly.intake.parcel import Order
from reportedly.intake.pieces import Piece, read_piece
from reportedly.intake.storage import Source, opened
from reportedly.languages import available, load
from reportedly.model.article import Article, Refusal

if TYPE_CHECKING:
    from reportedly.model.reading import Reading
    from reportedly.pipeline import Recipe

_ASK_AGAIN = 10.0
"""Seconds until a process that reads asks again whether anybody waits for its shard."""
_SECONDS, _CHARACTERS_A_SECOND = 120.0, 200
"""The time an article may take: a hundred times what the slowest known text needs."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for all shards of a run: how inputs are understood, what reads them, what is written where.

    `claim` is that of the program that leads. `seen` are some inputs that it saw, and `versions` what decides about the bytes that are
    written: a process on another machine has to see and to have the same.
    """

    output: str
    recipe: Recipe
    maker: str
    order: Order = field(default_factory=Order)
    formats: tuple[str, ...] = ("parquet",)
    partition: str = "year"
    claim: str = ""
    seen: tuple[Source, ...] = ()
    versions: str = ""


@dataclass(frozen=True, slots=True)
class Make:
    """What every process of an engine begins with. What it has to load, it loads once."""

    job: Job

    def __call__(self) -> Callable[[Piece], Receipt]:
        room = Room(self.job.output)
        if self.job.versions:
            _check(self.job, room)
        wanted = _Wanted(room, self.job.claim)
        here = f"{socket.gethostname()}:{os.getpid()}"
        return lambda piece: Shard(piece, self.job, room, here, wanted).done()


class _Wanted:
    """Does anybody wait for the shard that this process works on? Not when the program that asked for it is gone, or another one has
    claimed the folder."""

    def __init__(self, room: Room, claim: str) -> None:
        self._room, self._claim, self._parent = room, claim, os.getppid()
        self._asked = time.monotonic()

    def __call__(self) -> bool:
        self._asked = time.monotonic()
        return os.getppid() == self._parent and (not self._claim or self._room.is_claimed(self._claim))

    def still(self) -> bool:
        """The same, asked every now and then only."""
        return time.monotonic() - self._asked < _ASK_AGAIN or self()


def _check(job: Job, room: Room) -> None:
    """Raises UnfitError where this machine would write something else than the others, or somewhere else."""
    host = socket.gethostname()
    if not room.is_claimed(job.claim):
        raise UnfitError(
            f"{host} does not see what the program that leads has written to {job.output}, or another run has begun there; give an"
            " output that all machines share: a shared folder under its full path, or an object store"
        )
    for source in job.seen:
        file = opened(source.path)
        if isinstance(file, Refusal):
            raise UnfitError(
                f"{host} cannot read {source.path}, which {file.reason}; give inputs that all machines share"
            )
        file.close()
    for ours, theirs in ((maker_of(job.recipe), job.maker), (versions(), job.versions)):
        if ours != theirs:
            raise UnfitError(f"{host} has {ours}, the program that leads {theirs}; install the same on all machines")


def maker_of(recipe: Recipe) -> str:
    """What a reading made now would be signed with, for all languages that have tables."""
    from reportedly.pipeline import signature_now

    return " ".join(signature_now(recipe, load(code)) for code in sorted(available()))


def versions() -> str:
    """Of what else decides about the bytes of the output."""
    import numpy

    return f"pyarrow {arrow()[0].__version__}, numpy {numpy.__version__}"


class Shard:
    """One piece of the input on its way to files."""

    def __init__(self, piece: Piece, job: Job, room: Room, worker: str, wanted: _Wanted) -> None:
        self.piece, self.job, self._room, self._worker, self._wanted = piece, job, room, worker, wanted
        self._stages: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._damage: Counter[str] = Counter()
        self._rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self._lines: list[str] = []

    def done(self) -> Receipt:
        """Read, write, sign. Raises BatchError where nobody waits for it any more."""
        begin = time.perf_counter()
        recipe = timed(self.job.recipe, self._stages)
        articles = iter(read_piece(self.piece, self.job.order))
        while True:
            start = time.perf_counter()
            item = next(articles, None)
            self._stages["take in"] += time.perf_counter() - start  # type: ignore[assignment]
            if item is None:
                break
            if not self._wanted.still():
                raise BatchError("nobody waits for it any more")
            answer = item if isinstance(item, Refusal) else read_here(item, recipe)
            if isinstance(answer, Refusal):
                self._refuse(answer)
            else:
                self._take(answer)
        start = time.perf_counter()
        files = tuple(self._written())
        self._room.settle(file.name for file in files)
        if not self._wanted():  # then its files are not there
            raise BatchError("nobody waits for it any more")
        self._stages["write"] += time.perf_counter() - start  # type: ignore[assignment]
        return Receipt(
            self.piece.id,
            str(self.piece),
            self.job.maker,
            seconds=round(time.perf_counter() - begin, 4),
            memory=round(peak_memory(), 1),
            worker=self._worker,
            stages={name: round(seconds, 4) for name, seconds in sorted(self._stages.items())},
            reasons=dict(sorted(self._reasons.items())),
            damage=dict(sorted(self._damage.items())),
            files=files,
            **{name: self._counts[name] for name in _COUNTED},
        )

    def _refuse(self, refusal: Refusal) -> None:
        self._counts["refused"] += 1
        self._reasons[refusal.reason] += 1
        self._rows.setdefault(("refused", ""), []).append(refused_row(refusal))

    def _take(self, reading: Reading) -> None:
        start = time.perf_counter()
        part = partition_of(reading.article.published, self.job.partition)
        rows = tabled(reading)
        for table, found in rows.items():
            self._rows.setdefault((table, part), []).extend(found)
        if "jsonl" in self.job.formats:
            self._lines.append(reading.to_json())
        (about,) = rows["articles"]
        self._counts.update(
            articles=1, words=about["words"], characters=about["characters"], statements=len(rows["statements"]),
            speakers=len(rows["speakers"]), damages=len(rows["damage"]),
        )  # fmt: skip
        for damage in rows["damage"]:
            self._damage[f"{about['outlet'] or ''}\0{damage['kind']}"] += 1
        self._stages["record"] += time.perf_counter() - start  # type: ignore[assignment]

    def _written(self) -> Iterator[Written]:
        pa, _ = arrow()
        known = schemas(pa)
        for (table, part), rows in sorted(self._rows.items()):
            if rows and ("parquet" in self.job.formats or table == "refused"):
                name = f"{table}/{part}{self.piece.id}.parquet"
                yield self._room.put(name, parquet_writer(rows, known[table]), self._wanted)
        if self._lines:
            yield self._room.put(f"{LINES}/{self.piece.id}.jsonl.gz", lines_writer(self._lines), self._wanted)


_COUNTED = ("articles", "refused", "words", "characters", "statements", "speakers", "damages")
assert {"articles", "statements", "speakers", "damage", "refused"} == set(TABLES)


def read_here(article: Article, recipe: Recipe) -> Reading | Refusal:
    """One article; a fault of ours must not stop the others, and what never ends must not keep the shard from its end: then the process
    ends itself, and the shard is tried again."""
    from reportedly.pipeline import read  # late: who only plans need not wait for what reads

    try:
        with open(os.devnull, "w") as nowhere:
            limit = _SECONDS + len(article.text) / _CHARACTERS_A_SECOND
            faulthandler.dump_traceback_later(limit, exit=True, file=nowhere)
            try:
                return read(article, recipe)
            finally:
                faulthandler.cancel_dump_traceback_later()
    except Exception as fault:
        reason = (
            f"could not be read because of a fault in reportedly ({type(fault).__name__}: {fault}); please report it"
        )
        return Refusal(article.origin or article.url or article.id, reason)


def timed(recipe: Recipe, spent: Counter[str]) -> Recipe:
    """The recipe with a clock on each of its stages."""

    def clocked(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            start = time.perf_counter()
            try:
                return stage(*arguments)
            finally:
                spent[name] += time.perf_counter() - start  # type: ignore[assignment]

        return run

    stages = {f.name: getattr(recipe, f.name) for f in fields(recipe)}
    named: dict[str, Any] = {name: clocked(name, stage) for name, stage in stages.items() if callable(stage)}
    return replace(recipe, **named)


def peak_memory() -> float:
    """The most that this process ever held, in MiB; 0 where nobody can tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
