"""Does a row of the tables still count where the network reads beside it? Whoever adds a row must see it work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportedly import weights
from reportedly.intake import take_in_text
from reportedly.languages import load
from reportedly.languages.marked import read_marked
from reportedly.pipeline import STANDARD, read

EVERY = 25


def found_by_row(line: str) -> tuple[int, int]:
    """Of the examples of every 25th row of cues, nouns and phrases that the tables read: how many, and how many the line
    reads by the same row."""
    tables = language_rows()
    seen = kept = 0
    for row in tables:
        article = take_in_text(read_marked(row["example"]).text, language="de")
        alone = {s.by for s in read(article, replace(STANDARD, weights=weights.TABLES)).statements}
        if row.address in alone:
            seen += 1
            kept += any(s.by == row.address for s in read(article, replace(STANDARD, weights=line)).statements)
    return seen, kept


def language_rows():  # type: ignore[no-untyped-def]
    german = load("de")
    return [row for name in ("cues", "nouns", "phrases") for row in german.rows(name)][::EVERY]


@pytest.mark.parametrize("line", [weights.OPEN, weights.RESEARCH])
def test_the_network_does_not_talk_a_new_row_away(line: str) -> None:
    seen, kept = found_by_row(line)
    assert seen > 20
    assert kept >= 0.95 * seen
