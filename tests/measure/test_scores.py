"""Are sums, figures, intervals and signatures what they say?"""

from __future__ import annotations

import pytest

from reportedly.measure.scores import Tally, intervals, signature, total


def test_figures_come_from_the_sum_and_not_from_the_mean() -> None:
    summed = total([{"a": Tally(1, 1, 1, 1)}, {"a": Tally(0, 3, 0, 1), "b": Tally(1, 1, 1, 1)}])
    assert (summed["a"].precision, summed["a"].recall) == (0.25, 0.5)
    assert summed["a"].f1 == pytest.approx(1 / 3)
    assert summed["b"].f1 == 1.0


def test_nothing_found_nothing_to_find() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (0.0, 0.0, 0.0)


def test_intervals_hold_the_figure_are_repeatable_and_narrow_with_more_articles() -> None:
    few = [{"a": Tally(n % 2, 1, n % 2, 1)} for n in range(10)]
    many = few * 40
    low, high = intervals(few, ["a"], rounds=400)["a"]
    assert low < total(few)["a"].f1 < high
    assert intervals(few, ["a"], rounds=400)["a"] == (low, high)
    low_many, high_many = intervals(many, ["a"], rounds=400)["a"]
    assert high_many - low_many < (high - low) / 3


def test_articles_that_agree_leave_no_doubt() -> None:
    assert intervals([{"a": Tally(1, 2, 1, 1)}] * 5, ["a"], rounds=50)["a"] == pytest.approx((2 / 3, 2 / 3))


def test_intervals_of_nothing() -> None:
    assert intervals([], ["a"]) == {"a": (0.0, 0.0)}


def test_a_signature_is_one_line() -> None:
    assert signature({"version": "0.1.0", "articles": 3}) == "version:0.1.0|articles:3"
