"""Is the time of reading linear in the length of the text, whatever the text is?

Twice the text may take at most three times as long: anything quadratic takes four. The texts are small to keep the
suite quick; what is too quick to be measured passes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from clock import seconds
from expected import read_text
from reportedly.example import example_text

ARTICLE = example_text()
LINE = ARTICLE.replace("\n", " ")
TEXTS: dict[str, tuple[int, Callable[[int], str]]] = {
    "articles": (30_000, lambda n: (ARTICLE * (n // len(ARTICLE) + 1))[:n]),
    "one line": (30_000, lambda n: (LINE * (n // len(LINE) + 1))[:n]),
    "one word": (200_000, lambda n: "a" * n),
    "no stop": (100_000, lambda n: "Haus " * (n // 5)),
    "line breaks": (100_000, lambda n: "\n" * n),
    "opening marks": (5_000, lambda n: "„" * n),
    "straight marks": (5_000, lambda n: '"' * n),
    "pairs of marks": (5_000, lambda n: "„“" * (n // 2)),
    "deep nesting": (6_000, lambda n: "„Er sagte: " * (n // 12) + "“" * (n // 12)),
    "brackets": (20_000, lambda n: "(" * n),
    "digits": (100_000, lambda n: "1" * n),
    "dass upon dass": (20_000, lambda n: "Er sagte, dass " * (n // 15)),
    "commas": (20_000, lambda n: "sagte er, " * (n // 10)),
    "relative clauses": (20_000, lambda n: "der Mann, der sagte, " * (n // 21)),
    "one speaker goes on": (20_000, lambda n: "Man habe es gesehen. " * (n // 21)),
    "one sentence of und": (20_000, lambda n: "und " * (n // 4)),
}


@pytest.mark.parametrize("name", TEXTS)
def test_twice_the_text_takes_at_most_three_times_as_long(name: str) -> None:
    length, text = TEXTS[name]
    read_text(ARTICLE[:200])
    for _ in range(3):
        one, two = (seconds(partial(read_text, text(n)), times=2) for n in (length, 2 * length))
        if two <= 3 * one + 0.1:
            return
    pytest.fail(f"{length} characters: {one:.2f} s, twice as many: {two:.2f} s")
