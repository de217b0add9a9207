"""What is to be said of a run over many articles: how it went, or how long it would take."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.model.answers import Record


@dataclass(frozen=True, slots=True)
class Unread(Record):
    """What could not be done at all: an input that cannot be opened, or a shard that failed each time it was tried."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class WorkerRow(Record):
    """What one process did. `memory` is the most it ever held, in MiB; `seconds` are those it worked."""

    worker: str
    shards: int
    articles: int
    words: int
    statements: int
    seconds: float
    articles_per_second: float
    words_per_second: float
    statements_per_second: float
    memory: float


@dataclass(frozen=True, slots=True)
class Counted(Record):
    """How much was read and found."""

    shards: int = 0
    articles: int = 0
    refused: int = 0
    words: int = 0
    characters: int = 0
    statements: int = 0
    speakers: int = 0
    damages: int = 0


@dataclass(frozen=True, slots=True)
class RunReport(Record):
    """How a run went. `now` is what it did itself, `whole` what the output holds; `outdated` shards were read by other tables, weights or
    another version; `replaced` shards were taken away because their input changed. `stages` in seconds of all workers, `damage` by outlet
    and kind, `bytes` of the files that it wrote by table."""

    output: str
    seconds: float
    now: Counted
    whole: Counted
    outdated: int = 0
    replaced: int = 0
    quarantined: tuple[Unread, ...] = ()
    unread: tuple[Unread, ...] = ()
    workers: tuple[WorkerRow, ...] = ()
    memory: float = 0.0
    stages: dict[str, float] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    damage: dict[str, dict[str, int]] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunStep(Record):
    """How far a run is. `left` and `total` are bytes of the inputs, about."""

    shards: int
    articles: int
    words: int
    statements: int
    refused: int
    total: int
    left: int
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Estimate(Record):
    """What the whole would take, from a sample. Lower and upper bounds hold the figure with 95 % probability, as far as the sample is
    like the rest; `exact` where all articles were counted."""

    files: int
    input_bytes: int
    sampled: int
    refused: int
    exact: bool
    articles: tuple[int, int]
    words: int
    statements: int
    words_per_second: float
    workers: int
    hours: tuple[float, float]
    output_bytes: int
    memory: float
    unread: tuple[Unread, ...] = ()
