"""What is learned from a cue? The arrays that training sees."""

from __future__ import annotations

import numpy as np
import pytest
from lab.train.network.articles import Known, Labelled, analysed

from reportedly.reading.statements.learned.shape import CUE, LEFT, PARTS, POINTERS, WINDOW, Outline

TEXT = "Den Umbau schlug Anna vor, und alle waren überrascht."
"""Words 0 to 10; the cue is word 2, the Message stands before it."""
PARTS_OF_IT = {"cue": [2], "frame": [4], "speaker": [3], "content": [0, 1]}


def labelled(*known: Known, parts_only: bool = False) -> Labelled:
    _, words, tables = analysed(TEXT)
    return Labelled("a", "gepade", TEXT, words, tables, list(known), frozenset(PARTS), parts_only=parts_only)


def arrays(article: Labelled) -> dict[str, np.ndarray]:
    pytest.importorskip("torch", reason="needs PyTorch: make testtrain")
    from lab.train.network.batches import Chance, batch_of

    made = batch_of([article], Chance(1, 0.0, 0.0, 0.0, 0.0))
    return {k: v.numpy() for k, v in made.items() if k != "texts"}


def test_the_pointers_of_a_cue_find_a_message_that_stands_before_it() -> None:
    b = arrays(labelled(Known(Outline(CUE, PARTS_OF_IT), 2)))
    place = dict(zip(POINTERS, (b["pointer"][0] + 2 - LEFT).tolist(), strict=True))
    assert (place["speaker_start"], place["speaker_end"]) == (3, 3)
    assert (place["source_start"], place["source_end"]) == (0, 1)


def test_a_cue_without_message_points_at_nothing() -> None:
    b = arrays(labelled(Known(Outline(CUE, {"cue": [2], "speaker": [3]}), 2)))
    assert b["pointer"][0, POINTERS.index("source_start")] == WINDOW


def test_a_cue_is_compared_with_words_of_other_clauses() -> None:
    """Speeches come without paragraphs; what is learned in their place is how many commas lie between."""
    b = arrays(labelled(Known(Outline(CUE, PARTS_OF_IT), 2)))
    away = b["paragraph"][0][LEFT - 2 : LEFT + 9].tolist()
    assert away == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2]


def test_where_only_the_parts_are_learned_no_word_is_called_a_cue_or_none() -> None:
    b = arrays(labelled(Known(Outline(CUE, PARTS_OF_IT), 2), parts_only=True))
    assert b["weight"].sum() == 0
    assert b["valid"].tolist() == [1]
