"""Into which smaller pieces does a piece fall? For finding out which of its articles is to blame when it can never be done."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from reportedly.intake.gather import BROKEN
from reportedly.intake.parcel import Order
from reportedly.intake.pieces import Piece, cut, grouped, lines, records
from reportedly.intake.storage import opened
from reportedly.model.article import Refusal

PARTS = 16
"""So many, about: four cuts find one article of sixty thousand, and few good ones are read once more."""


def split(piece: Piece, order: Order) -> list[Piece]:
    """Smaller pieces that hold the same articles, each of them once, in order; none where it is one article, or cannot be cut now."""
    try:
        found = list(_split(piece, order))
    except BROKEN:
        return []
    return found if len(found) > 1 and all(isinstance(part, Piece) for part in found) else []


def _split(piece: Piece, order: Order) -> Iterator[Piece]:
    size = max(piece.weight // PARTS, 1)
    source = piece.files[0]
    if len(piece.files) > 1:
        each = max(len(piece.files) // PARTS, 1)
        for at in range(0, len(piece.files), each):
            yield from grouped(piece.files[at : at + each], piece.weight + 1)
    elif piece.kind == "files":
        for part in cut(source, order, size):
            if isinstance(part, Refusal):
                raise OSError(part.reason)
            yield part
    elif piece.kind in ("rows", "items"):
        step = max((piece.end - piece.start) // PARTS, 1)
        for start in range(piece.start, piece.end, step):
            end = min(start + step, piece.end)
            items = piece.items and piece.items[start - piece.start : end - piece.start]
            yield replace(piece, start=start, end=end, items=items, weight=size)
    else:
        yield from _stretches(piece, size)


def _stretches(piece: Piece, size: int) -> Iterator[Piece]:
    """Bytes of a file cut at smaller distances; they are counted from the beginning of the piece, so their places are put right."""
    source = piece.files[0]
    file = opened(source.path)
    if isinstance(file, Refusal):
        raise OSError(file.reason)
    with file:
        file.seek(piece.start)
        stretch = io.BytesIO(file.read(piece.end - piece.start))
    for part in (lines if piece.kind == "lines" else records)(source, stretch, size):
        yield replace(
            part, start=part.start + piece.start, end=part.end + piece.start, first=part.first + piece.first - 1
        )
