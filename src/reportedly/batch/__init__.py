"""The same reading for millions of articles: cut work into shards, do one shard, gather shard files (docs/batch.md)."""

from __future__ import annotations

from reportedly.batch.estimate import estimate
from reportedly.batch.gather import count_output, read_output
from reportedly.batch.run import FORMATS, SHARD_SIZE, Wish, run
from reportedly.batch.tables import PARTITIONS, SCHEMA

__all__ = ["FORMATS", "PARTITIONS", "SCHEMA", "SHARD_SIZE", "Wish", "count_output", "estimate", "read_output", "run"]
