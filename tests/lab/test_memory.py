"""Does a process that reads hold on to nothing of what it has read?"""

from __future__ import annotations

import sys

import pytest
from lab.memory import changed, samples

import crowd


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc")
def test_six_hundred_articles_take_no_more_memory_than_three_hundred() -> None:
    texts = [crowd.row(n)["text"] * 4 for n in range(50)]
    memory = [at.memory for at in samples(texts, 600, "tables")]
    # 300 analyses that somebody held would be more than 100 MiB; caches of words, all of them bounded, may still fill
    assert memory[-1] - memory[9] < 25


def test_no_two_numbers_give_the_same_words() -> None:
    text = "Die Hafenmeisterin sprach am Donnerstag von Schleusen."
    assert len({changed(text, n) for n in range(1_000)}) == 1_000
    assert changed(text, 3).split()[0] == "Die"
