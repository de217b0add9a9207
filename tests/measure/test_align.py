"""Does the pairing find the greatest total, without making pairs that nobody allowed?"""

from __future__ import annotations

import random

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from reportedly.measure.align import pair_up


def test_the_better_one_gets_it() -> None:
    assert pair_up({(0, 0): 0.4, (1, 0): 0.9}) == [(1, 0)]


def test_a_worse_pair_is_taken_where_the_sum_gains() -> None:
    assert pair_up({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.7}) == [(0, 1), (1, 0)]


def test_no_pair_without_weight() -> None:
    assert pair_up({}) == []
    assert pair_up({(0, 0): 0.0, (1, 1): -1.0}) == []


@pytest.mark.parametrize("seed", range(60))
def test_as_good_as_scipy(seed: int) -> None:
    dice = random.Random(seed)
    rows, columns = dice.randint(1, 9), dice.randint(1, 9)
    share = dice.choice((0.2, 0.6, 1.0))
    weights = {(i, j): dice.random() for i in range(rows) for j in range(columns) if dice.random() < share}
    matrix = np.zeros((rows, columns))
    for pair, weight in weights.items():
        matrix[pair] = weight
    best = matrix[linear_sum_assignment(matrix, maximize=True)].sum()
    made = pair_up(weights)
    assert sum(weights[pair] for pair in made) == pytest.approx(best)
    assert len({i for i, _ in made}) == len({j for _, j in made}) == len(made)
