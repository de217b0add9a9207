"""No two statements share an underline lane where they overlap."""

from __future__ import annotations

import itertools
import random

from reportedly.export.lanes import LANES, lanes_of
from reportedly.model.span import Span, pieces


def _random_contents(rnd: random.Random) -> list[tuple[str, tuple[Span, ...]]]:
    out = []
    for n in range(rnd.randint(1, 25)):
        start = rnd.randint(0, 200)
        parts = []
        for _ in range(rnd.choice((1, 1, 1, 2, 3))):
            end = start + rnd.randint(1, 60)
            parts.append(Span(start, end))
            start = end + rnd.randint(1, 30)
        out.append((f"s{n}", pieces(parts)))
    return out


def test_no_collision_on_ten_thousand_random_interval_sets() -> None:
    rnd = random.Random(20_241_028)
    drawn = crowded = 0
    for _ in range(10_000):
        contents = _random_contents(rnd)
        lanes = lanes_of(contents)
        assert set(lanes) == {id_ for id_, _ in contents}
        by_lane: dict[int, list[Span]] = {}
        for id_, parts in contents:
            if lanes[id_] < LANES:
                by_lane.setdefault(lanes[id_], []).extend(parts)
                drawn += 1
            else:
                crowded += 1
        for parts in by_lane.values():
            parts.sort()
            assert all(a.end <= b.start for a, b in itertools.pairwise(parts)), contents
    assert drawn > 50_000
    assert crowded > 1_000


def test_a_statement_without_lane_really_found_all_lanes_taken() -> None:
    rnd = random.Random(7)
    for _ in range(500):
        contents = _random_contents(rnd)
        lanes = lanes_of(contents)
        for id_, parts in contents:
            if lanes[id_] == LANES:
                for lane in range(LANES):
                    others = [p for other, ps in contents if lanes[other] == lane for p in ps]
                    assert any(p.overlaps(q) for p in parts for q in others)


def test_the_outer_statement_lies_nearest_to_the_words() -> None:
    lanes = lanes_of([("inner", (Span(10, 20),)), ("outer", (Span(0, 50),)), ("innermost", (Span(12, 15),))])
    assert lanes == {"outer": 0, "inner": 1, "innermost": 2}


def test_touching_is_no_overlap_and_gaps_are_free() -> None:
    lanes = lanes_of([("a", (Span(0, 10), Span(30, 40))), ("b", (Span(10, 30),)), ("c", (Span(40, 50),))])
    assert set(lanes.values()) == {0}


def test_ten_thousand_nested_statements_are_quick() -> None:
    contents = [(f"s{n}", (Span(n, 30_000 - n),)) for n in range(10_000)]
    lanes = lanes_of(contents)
    assert [lanes[f"s{n}"] for n in range(5)] == [0, 1, 2, 3, 3]
