"""Which underline lane does each statement get, so that no two run into each other?"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from reportedly.model.span import Pieces, Span

LANES = 3
"""Lanes that are drawn. A statement in no lane is counted in the margin (+1)."""


def lanes_of(contents: Iterable[tuple[str, Pieces]], most: int = LANES) -> dict[str, int]:
    """The lane of each statement, from 0; `most` where all lanes are taken at one of its places.

    An outer statement comes before the ones inside it, so it lies nearest to the words. No two statements of one lane
    share a character; touching is allowed.

    >>> lanes_of([("s1", (Span(0, 50),)), ("s2", (Span(10, 20),)), ("s3", (Span(20, 30),))])
    {'s1': 0, 's2': 1, 's3': 1}
    """
    taken: list[list[Span]] = [[] for _ in range(most)]
    out: dict[str, int] = {}
    order = [(id_, tuple(p for p in pieces if len(p))) for id_, pieces in contents]
    for id_, pieces in sorted(order, key=lambda c: (c[1][0].start, -c[1][-1].end) if c[1] else (0, 0)):
        for lane in range(most):
            if all(_free(taken[lane], piece) for piece in pieces):
                for piece in pieces:
                    insort(taken[lane], piece)
                out[id_] = lane
                break
        else:
            out[id_] = most
    return out


def _free(taken: list[Span], piece: Span) -> bool:
    """Nothing in the sorted lane overlaps `piece`: only its two neighbours can."""
    i = bisect_left(taken, piece)
    return not ((i < len(taken) and taken[i].overlaps(piece)) or (i > 0 and taken[i - 1].overlaps(piece)))
