"""What came of a shard? The receipt: how much was read and found, how long it took, and which files hold it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from reportedly.batch.room import Written


@dataclass(frozen=True, slots=True)
class Receipt:
    """One shard that was done. `seconds` of the worker, `stages` of these by name, `memory` the most it ever held in MiB, `reasons` why
    inputs were refused, `damage` of each outlet by kind ("outlet\\0kind"), `maker` the version, tables and weights that read."""

    id: str
    shard: str
    maker: str
    articles: int = 0
    refused: int = 0
    words: int = 0
    characters: int = 0
    statements: int = 0
    speakers: int = 0
    damages: int = 0
    seconds: float = 0.0
    memory: float = 0.0
    worker: str = ""
    stages: dict[str, float] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    damage: dict[str, int] = field(default_factory=dict)
    files: tuple[Written, ...] = ()


COUNTS = ("articles", "refused", "words", "characters", "statements", "speakers", "damages", "seconds")


def row_of(receipt: Receipt) -> dict[str, Any]:
    """The receipt as a row of its table: counts as columns, the rest as JSON."""
    row = asdict(receipt)
    details = {name: row.pop(name) for name in ("stages", "reasons", "damage")}
    row["files"] = [asdict(file) for file in receipt.files]
    return {**row, "id": bytes.fromhex(receipt.id), "details": json.dumps(details, ensure_ascii=False, sort_keys=True)}


def schema(pa: Any) -> Any:
    """The columns of the table of receipts."""
    file = pa.struct([("name", pa.string()), ("size", pa.int64()), ("sha256", pa.string())])
    return pa.schema(
        [
            ("id", pa.binary(16)),
            ("shard", pa.string()),
            ("maker", pa.string()),
            *((name, pa.float64() if name == "seconds" else pa.int64()) for name in COUNTS),
            ("memory", pa.float64()),
            ("worker", pa.string()),
            ("files", pa.list_(file)),
            ("details", pa.string()),
        ]
    )


@dataclass(slots=True)
class Sum:
    """Many receipts added up."""

    shards: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    damage: Counter[str] = field(default_factory=Counter)
    bytes: Counter[str] = field(default_factory=Counter)
    memory: float = 0.0

    def add(self, receipt: Receipt) -> None:
        self.shards += 1
        self.memory = max(self.memory, receipt.memory)
        for name in COUNTS:
            self.counts[name] += getattr(receipt, name)
        for name, seconds in receipt.stages.items():
            self.stages[name] += seconds  # type: ignore[assignment]
        self.reasons.update(receipt.reasons)
        self.damage.update(receipt.damage)
        for file in receipt.files:
            self.bytes[file.name.partition("/")[0]] += file.size
