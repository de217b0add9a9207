"""How good is it, and how sure are we? Sums per article, the figures they give, their intervals, their signature."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Four sums of one article. Those of many articles add up; precision, recall and F1 come from the total only.

    A found statement of which 8 of 10 words are right and a gold statement of which 8 of 16 words are found:
    `Tally(0.8, 1, 0.5, 1)`. Plain counts are the same thing with 0 or 1 for every unit.
    """

    right_found: float = 0.0
    found: float = 0.0
    right_gold: float = 0.0
    gold: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right_found + other.right_found,
            self.found + other.found,
            self.right_gold + other.right_gold,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        return self.right_found / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right_gold / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Sheet = Mapping[str, Tally]
"""What one article gives: a tally a measure ("messages", "speaker", "form/direct")."""


def total(sheets: Iterable[Sheet]) -> dict[str, Tally]:
    """The sums over all articles, measure by measure."""
    out: dict[str, Tally] = {}
    for sheet in sheets:
        for name, tally in sheet.items():
            out[name] = out.get(name, Tally()) + tally
    return out


def intervals(
    sheets: Sequence[Sheet], names: Sequence[str], *, rounds: int = 1000, seed: int = 20241028, width: float = 0.95
) -> dict[str, tuple[float, float]]:
    """Where F1 would lie with other articles of the same kind: percentile bootstrap over articles, repeatable by seed."""
    if not sheets:
        return dict.fromkeys(names, (0.0, 0.0))
    dice = random.Random(seed)
    columns = {
        name: [(t.right_found, t.found, t.right_gold, t.gold) for t in (s.get(name, Tally()) for s in sheets)]
        for name in names
    }
    drawn: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(rounds):
        picks = dice.choices(range(len(sheets)), k=len(sheets))
        for name, rows in columns.items():
            right_found, found, right_gold, gold = (sum(c) for c in zip(*(rows[i] for i in picks), strict=True))
            drawn[name].append(Tally(right_found, found, right_gold, gold).f1)
    out = {}
    for name, values in drawn.items():
        values.sort()
        edge = int(rounds * (1 - width) / 2)
        out[name] = (values[edge], values[-edge - 1])
    return out


def signature(parts: Mapping[str, str | int | float]) -> str:
    """One line that says how a score was made; a score never travels without it.

    >>> signature({"version": "0.1.0", "tables": "de-1a2b3c4d", "seed": 7})
    'version:0.1.0|tables:de-1a2b3c4d|seed:7'
    """
    return "|".join(f"{name}:{value}" for name, value in parts.items())
