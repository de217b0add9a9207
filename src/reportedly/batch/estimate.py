"""How long will the whole take, and how large will it be? Told from a sample, before anything is written."""

from __future__ import annotations

import io
import math
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from reportedly.batch.plan import all_sources
from reportedly.batch.run import Wish
from reportedly.batch.shard import peak_memory
from reportedly.batch.tables import arrow, lines_writer, parquet_writer, partition_of, schemas, tabled
from reportedly.intake.gather import Gathering
from reportedly.intake.parcel import Item, Manuscript, Passed
from reportedly.intake.pieces import unread
from reportedly.intake.storage import Source, identity
from reportedly.model.article import Article, Refusal
from reportedly.model.run import Estimate, Unread

if TYPE_CHECKING:
    from reportedly.pipeline import Recipe

_FILES, _COUNTED, _READ = 12, 3_000, 48
"""So many files are opened, so many articles counted in each, so many read in all."""
_NORMAL = 1.96
_UNLIKE = 0.03
"""The beginning of a file is not quite like the rest of it."""
_WARM = 3
"""Articles read before the clock counts: the first ones load tables and weights."""


@dataclass(slots=True)
class _Sample:
    """What was seen of one file."""

    seen: int = 0
    bytes: int = 0
    whole: bool = False
    items: list[Item] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)


def estimate(inputs: Iterable[str], wish: Wish, recipe: Recipe, workers: int) -> Estimate:
    """A sample of the inputs, counted and read in this process."""
    refused: list[Refusal] = []
    sources = list({identity(s.path): s for s in all_sources(inputs, refused)}.values())
    total = sum(s.size for s in sources)
    chosen = _spread(sources, _FILES)
    samples = [_look(source, wish, _READ // max(len(chosen), 1) + 1) for source in chosen]
    seen, consumed = sum(s.seen for s in samples), sum(s.bytes for s in samples)
    exact = len(chosen) == len(sources) and all(s.whole for s in samples)
    articles = seen if exact else round(seen * total / consumed) if consumed else 0
    each_shard = max(1, round(wish.shard_size * articles / total)) if total else 1
    read = _read([item for s in samples for item in s.items], wish, recipe, each_shard)
    doubt = 0.0 if exact else math.hypot(_UNLIKE, _NORMAL * _relative([n for s in samples for n in s.lengths]))
    slow = _NORMAL * _relative(read.seconds)
    each = statistics.fmean(read.seconds) if read.seconds else 0.0
    hours = articles * each / workers / 3600
    together = math.hypot(doubt, slow)
    share = articles / max(len(read.seconds), 1)
    return Estimate(
        len(sources), total, len(read.seconds), read.refused, exact,
        (round(articles * max(1 - doubt, 0)), round(articles * (1 + doubt))),
        round(read.words * share), round(read.statements * share),
        round(read.words / sum(read.seconds), 1) if read.seconds else 0.0,
        workers, (hours * max(1 - together, 0), hours * (1 + together)), round(read.size * share),
        round(peak_memory(), 1), tuple(Unread(r.origin, r.reason) for r in refused),
    )  # fmt: skip


def _spread(sources: Sequence[Source], most: int) -> list[Source]:
    """Files that lie evenly over the bytes of all, large ones before small ones."""
    if len(sources) <= most:
        return list(sources)
    total, at, found = sum(s.size for s in sources) or 1, 0, dict[str, Source]()
    marks = [(n + 0.5) * total / most for n in range(most)]
    for source in sources:
        at += source.size
        while marks and marks[0] <= at:
            found[source.path] = source
            marks.pop(0)
    return list(found.values())


def _look(source: Source, wish: Wish, wanted: int) -> _Sample:
    """Count articles from the beginning of a file on, keep some of them."""
    sample = _Sample()
    items: list[Item] = []
    found = unread(source, wish.order)
    for item, upto in islice(found, _COUNTED):
        sample.bytes = upto
        if isinstance(item, Passed):
            continue
        items.append(item)
        sample.seen += 1
        if isinstance(item, Manuscript):
            sample.lengths.append(len(item.content))
    sample.whole = next(found, None) is None
    if sample.whole:
        sample.bytes = source.size
    every = max(1, len(items) // wanted)
    sample.items = items[every // 2 :: every][:wanted]
    return sample


@dataclass(slots=True)
class _Found:
    seconds: list[float] = field(default_factory=list)
    words: int = 0
    statements: int = 0
    refused: int = 0
    size: int = 0


def _read(items: list[Item], wish: Wish, recipe: Recipe, each_shard: int) -> _Found:
    """Read them and write them down as a run does: files of so many articles each, apart by partition; many small files are larger."""
    from reportedly.pipeline import read

    gathering, found = Gathering(wish.order, None, None, None), _Found()
    rows: dict[tuple[str, int, str], list[dict[str, Any]]] = {}
    lines: dict[int, list[str]] = {}
    for item in items[:_WARM]:
        for answer in gathering.item(item):
            if isinstance(answer, Article):
                read(answer, recipe)
    for n, item in enumerate(items):
        shard = n // each_shard
        start = time.perf_counter()
        for answer in gathering.item(item):
            if isinstance(answer, Refusal):
                found.refused += 1
                continue
            reading = read(answer, recipe)
            part = partition_of(reading.article.published, wish.partition)
            for table, some in tabled(reading).items():
                rows.setdefault((table, shard, part), []).extend(some)
            if "jsonl" in wish.formats:
                lines.setdefault(shard, []).append(reading.to_json())
            found.words += len(reading.text.split())
            found.statements += len(reading.statements)
        found.seconds.append(time.perf_counter() - start)
    known = schemas(arrow()[0])
    written = rows.items() if "parquet" in wish.formats else ()
    writers = [parquet_writer(some, known[table]) for (table, _, _), some in written if some]
    for write in [*writers, *map(lines_writer, lines.values())]:
        out = io.BytesIO()
        write(out)
        found.size += out.tell()
    return found


def _relative(values: Sequence[float]) -> float:
    """The standard error of a mean, as a share of it."""
    if len(values) < 2 or not sum(values):
        return 1.0
    return statistics.stdev(values) / statistics.fmean(values) / math.sqrt(len(values))
