"""Which found unit stands for which gold unit? One to one, so that the total agreement is as large as it can be."""

from __future__ import annotations

from collections.abc import Mapping


def pair_up(weights: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Pairs (left, right) of greatest total weight; only pairs with a weight above 0 are made.

    `weights` names the pairs that may be made; whatever stands alone is left alone. Two gold statements and one found
    statement that touches both: the one that agrees better gets it.

    >>> pair_up({(0, 0): 0.9, (1, 0): 0.4, (1, 1): 0.2})
    [(0, 0), (1, 1)]
    """
    edges = {pair: weight for pair, weight in weights.items() if weight > 0}
    out: list[tuple[int, int]] = []
    for lefts, rights in _islands(edges):
        out.extend(_best(lefts, rights, edges))
    return sorted(out)


def _islands(edges: Mapping[tuple[int, int], float]) -> list[tuple[list[int], list[int]]]:
    """Groups that share no pair can be solved alone: nearly all of them are one to one."""
    by_left: dict[int, list[int]] = {}
    by_right: dict[int, list[int]] = {}
    for left, right in sorted(edges):
        by_left.setdefault(left, []).append(right)
        by_right.setdefault(right, []).append(left)
    seen: set[int] = set()
    out = []
    for start in by_left:
        if start in seen:
            continue
        lefts, rights, waiting = {start}, set[int](), [start]
        while waiting:
            for right in by_left[waiting.pop()]:
                if right not in rights:
                    rights.add(right)
                    new = [left for left in by_right[right] if left not in lefts]
                    lefts.update(new)
                    waiting.extend(new)
        seen |= lefts
        out.append((sorted(lefts), sorted(rights)))
    return out


def _best(lefts: list[int], rights: list[int], edges: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The Hungarian method with potentials (Kuhn 1955, in the shortest-path form), over one island."""
    if len(lefts) > len(rights):
        turned = {(right, left): weight for (left, right), weight in edges.items()}
        return [(left, right) for right, left in _best(rights, lefts, turned)]
    n, m = len(lefts), len(rights)
    cost = [[-edges.get((left, right), 0.0) for right in rights] for left in lefts]
    row_price, column_price = [0.0] * (n + 1), [0.0] * (m + 1)
    owner = [0] * (m + 1)  # owner[j]: the row (from 1) that holds column j; column 0 is the row being placed
    for row in range(1, n + 1):
        owner[0] = row
        column = 0
        least = [float("inf")] * (m + 1)
        came_from = [0] * (m + 1)
        done = [False] * (m + 1)
        while owner[column]:
            done[column] = True
            here, step, following = owner[column], float("inf"), 0
            for j in range(1, m + 1):
                if done[j]:
                    continue
                reduced = cost[here - 1][j - 1] - row_price[here] - column_price[j]
                if reduced < least[j]:
                    least[j], came_from[j] = reduced, column
                if least[j] < step:
                    step, following = least[j], j
            for j in range(m + 1):
                if done[j]:
                    row_price[owner[j]] += step
                    column_price[j] -= step
                else:
                    least[j] -= step
            column = following
        while column:
            owner[column] = owner[came_from[column]]
            column = came_from[column]
    pairs = [(lefts[owner[j] - 1], rights[j - 1]) for j in range(1, m + 1) if owner[j]]
    return [pair for pair in pairs if pair in edges]
