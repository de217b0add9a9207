"""How does each outlet introduce what several sides say?"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.model.answers import Count, SideRow
from reportedly.query import parse
from reportedly.store.base import Store
from reportedly.store.listing import in_quotes


def sides(store: Store, queries: Sequence[str]) -> list[SideRow]:
    """One row an outlet and side, outlets with most statements first; every count with the query for the list behind it."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for side in queries:
        for outlet, cue, n in store.cues(parse(side)):
            found.setdefault(outlet, {}).setdefault(side, {})[cue] = n
    totals = {outlet: sum(sum(cues.values()) for cues in sides.values()) for outlet, sides in found.items()}
    rows = []
    for outlet in sorted(found, key=lambda name: (-totals[name], name)):
        for side in queries:
            cues = found[outlet].get(side, {})
            query = f"{side} bei:{in_quotes(outlet)}"
            classes = {c: Count(n, f"{query} cue:{c}") for c, n in sorted(cues.items(), key=lambda i: (-i[1], i[0]))}
            rows.append(SideRow(outlet, side, Count(sum(cues.values()), query), classes))
    return rows
