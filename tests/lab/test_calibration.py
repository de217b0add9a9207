"""Is the calibration error what it is defined to be?"""

from __future__ import annotations

import random

import pytest
from lab.calibration import Said, bins_of, chance_of, debiased_error_of, error_of, plot


def said(*pairs: tuple[float, bool]) -> list[Said]:
    return [Said("probe", p, right) for p, right in pairs]


def test_who_says_what_is_true_has_no_error() -> None:
    assert error_of(said(*[(1.0, True)] * 10, *[(0.0, False)] * 10), 2) == 0
    assert error_of(said(*[(0.5, True), (0.5, False)] * 10), 2) == pytest.approx(0)


def test_who_is_always_sure_and_half_right_is_off_by_half() -> None:
    assert error_of(said(*[(1.0, True), (1.0, False)] * 10), 2) == pytest.approx(0.5)


def test_bins_have_equal_counts_and_grow() -> None:
    dice = random.Random(1)
    honest = [Said("a", p, dice.random() < p) for p in (dice.random() for _ in range(20_000))]
    found = bins_of(honest[:503])
    assert {n for _, _, n in found} <= {50, 51}
    assert [p for p, _, _ in found] == sorted(p for p, _, _ in found)
    assert error_of(honest) < 0.02


def test_the_plot_shows_both() -> None:
    lines = plot(said(*[(0.25, False)] * 10, *[(0.75, True)] * 10)).splitlines()
    assert len(lines) == 10
    assert "said 0.25  true 0.00" in lines[0]
    assert "█" not in lines[0]
    assert lines[-1].count("█") == 39


def test_a_perfect_confidence_is_not_without_error_on_few_statements() -> None:
    few, many = said(*[(0.5, True)] * 100), said(*[(0.5, True)] * 10_000)
    mean, most = chance_of(few, 100)
    assert 0.08 < mean < 0.16
    assert mean < most < 0.25
    assert chance_of(many, 20)[0] < 0.02


def test_without_the_part_of_chance_a_perfect_confidence_has_hardly_an_error() -> None:
    import random

    dice = random.Random(7)
    perfect, boasting = [], []
    for _ in range(4000):
        p = dice.random()
        perfect.append(Said("", p, dice.random() < p))
        boasting.append(Said("", min(1.0, p + 0.2), dice.random() < p))
    few = [debiased_error_of(perfect[k : k + 200]) for k in range(0, 4000, 200)]
    assert sum(few) / len(few) < 0.5 * sum(error_of(perfect[k : k + 200]) for k in range(0, 4000, 200)) / 20
    assert abs(debiased_error_of(boasting) - 0.17) < 0.04
