"""Which article comes before and after this one in the results of a search? Asked by the place of a hit, a window at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportedly.archive import Found
from reportedly.errors import ArchiveError
from reportedly.model.answers import Hit
from reportedly.model.span import hull
from reportedly.web.calls import Call, address
from reportedly.web.operations import Param

_WINDOW = 60
_WINDOWS = 5
"""One article has seldom more than a few hundred hits; beyond them the search page itself leads on."""
PARAMS = (
    Param("q", "A query whose words are marked."),
    Param("sort", "The order of its hits.", default="newest"),
    Param("hit", "Which of its hits this is, from 1; 0: none.", "integer", 0, high=10_000_000),
)


@dataclass(frozen=True, slots=True)
class Results:
    """The list that one comes from, and its neighbours; None where there is none."""

    back: str
    before: str | None
    after: str | None


def hit_path(hit: Hit, q: str, sort: str, n: int) -> str:
    """Where a hit stands, with the way back: `n` is its number in the list, from 1."""
    whole = hull(hit.place)
    path = f"/articles/{hit.article}/{whole.start}-{whole.end}" if whole else f"/articles/{hit.article}"
    return address(path, q=q, sort=sort if sort != "newest" else "", hit=n)


def results(call: Call, article: str) -> Results | None:
    """What stands around this article in the list that its address names."""
    q, sort, n = call.asked["q"], call.asked["sort"], call.asked["hit"]
    if not q and not n:
        return None
    back = address("/search", q=q, sort=sort if sort != "newest" else "", first=max(n - 1, 0) // 20 * 20)
    if not n:
        return Results(back, None, None)
    found = call.archive.search(q, sort=sort)
    try:
        return Results(back, _other(found, article, q, sort, n, -1), _other(found, article, q, sort, n, 1))
    except ArchiveError:  # too slow a question: the list is still there
        return Results(back, None, None)


def _other(found: Found, article: str, q: str, sort: str, n: int, way: int) -> str | None:
    """The first hit of another article on the way up or down from hit `n`."""
    for window in range(_WINDOWS):
        if way > 0:
            first, most = n + window * _WINDOW, _WINDOW
        else:
            first = n - 1 - (window + 1) * _WINDOW
            first, most = max(first, 0), _WINDOW + min(first, 0)
        if most <= 0:
            return None
        hits: list[tuple[int, Any]] = list(enumerate(found[first : first + most], first + 1))
        for at, hit in hits if way > 0 else reversed(hits):
            if hit.article != article:
                return hit_path(hit, q, sort, at)
        if len(hits) < most:
            return None
    return None
