"""The record itself: one JSON object per article and line (JSON Lines)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from reportedly.export import PLAIN, Look

if TYPE_CHECKING:
    from reportedly.model.reading import Reading


def write(readings: Iterable[Reading], out: TextIO, look: Look = PLAIN) -> None:
    """`reportedly/1`, as docs/data-format.md describes it. Nothing in `look` changes it."""
    for reading in readings:
        out.write(reading.to_json())
        out.write("\n")
