"""Which damages have one cause in one place, and are told once?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from reportedly.model.damage import Action, Damage, Severity
from reportedly.model.span import Span

_RANK = {Severity.LOW: 0, Severity.MEDIUM: 1, Severity.HIGH: 2}
_ABSORBS: dict[str, frozenset[str]] = {
    "displaced_text": frozenset({"unopened_quotation", "unclosed_quotation", "stray_space", "verbless_remnant", "wrong_quotation_mark"}),
    "half_translated_name": frozenset({"main_clause_after_dass", "stray_space", "truncated_word"}),
    "verbless_remnant": frozenset({"lost_antecedent", "stray_space"}),
    "truncated_word": frozenset({"stray_space"}),
    "lost_space": frozenset({"unopened_quotation", "unclosed_quotation"}),
}  # fmt: skip
"""A kind, and the kinds beside it that the same accident explains."""
_NEAR = 2


def together(damages: Iterable[Damage]) -> tuple[Damage, ...]:
    """The damages in reading order, each accident once.

    What lies inside a place that is left out anyway is not told; neither is the same place twice for one kind. Where
    one accident left several marks (a link cut a sentence: displaced word and torn quotation) the chief one tells all.
    """
    ordered = sorted(damages, key=lambda d: (d.span.start, -d.span.end, -_RANK[d.severity], d.kind))
    ordered = _outside_removed(ordered)
    chiefs = [d for d in ordered if d.kind in _ABSORBS]
    told: dict[int, list[Damage]] = {}
    gone: set[int] = set()
    positions = {id(d): i for i, d in enumerate(ordered)}
    for chief in chiefs:
        c = positions[id(chief)]
        if c in gone:
            continue
        for i in _neighbours(ordered, c):
            other = ordered[i]
            if i not in gone and other.kind in _ABSORBS[chief.kind] and _touch(chief.span, other.span):
                told.setdefault(c, []).append(other)
                gone.add(i)
    out = [_merged(d, told[i]) if i in told else d for i, d in enumerate(ordered) if i not in gone]
    return tuple(sorted(out, key=lambda d: (d.span.start, d.span.end, d.kind)))


def _neighbours(ordered: list[Damage], at: int) -> Iterable[int]:
    """Indices near `at` in reading order: all that can lie in the same place."""
    return (i for i in range(max(0, at - 6), min(len(ordered), at + 7)) if i != at)


def _touch(a: Span, b: Span) -> bool:
    return a.start <= b.end + _NEAR and b.start <= a.end + _NEAR


def _outside_removed(ordered: list[Damage]) -> list[Damage]:
    """Drop what lies inside a removed place, and all but the first of one kind in one place."""
    removed: list[Span] = []  # apart and in order
    for damage in ordered:
        if damage.action is Action.REMOVE and (not removed or damage.span.end > removed[-1].end):
            removed.append(damage.span)
    starts = [s.start for s in removed]
    out: list[Damage] = []
    last: dict[str, Damage] = {}
    for damage in ordered:
        i = bisect_right(starts, damage.span.start) - 1
        if i >= 0 and removed[i].covers(damage.span) and removed[i] != damage.span:
            continue
        twin = last.get(damage.kind)
        if twin is not None and (twin.span.overlaps(damage.span) or twin.span == damage.span):
            continue
        last[damage.kind] = damage
        out.append(damage)
    return out


def _merged(chief: Damage, others: list[Damage]) -> Damage:
    """The chief damage, telling also what else the same accident broke."""
    severity = max([chief.severity, *(o.severity for o in others)], key=lambda s: _RANK[s])
    also = " ".join(o.message for o in sorted(others, key=lambda d: d.span.start))
    return replace(chief, severity=severity, message=f"{chief.message} The same accident: {also}")
