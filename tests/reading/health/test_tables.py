"""Does every row of the damage tables find the damage of its own example, and nothing in an example without one?"""

from __future__ import annotations

import pytest

from reportedly.languages import load
from reportedly.languages.marked import read_marked
from reportedly.languages.tables import Row
from reportedly.model.article import Article
from reportedly.reading.health import inspect

DE = load("de")
NAMED = ("leftovers", "slips", "foreign", "reopenings", "neutral_roles")
ROWS = [row for name in (*NAMED, "remnants", "clauses") for row in DE.rows(name)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.address if isinstance(row, Row) else str(row))
def test_the_example_of_a_row(row):
    marked = read_marked(row["example"])
    wanted = marked.roles.get(1, {}).get("damage", ())
    found = inspect(Article(marked.text), DE)
    if not wanted:
        assert found == ()
        return
    hit = next((d for d in found if d.span == wanted[0]), None)
    assert hit is not None, [(d.kind, d.span.of(marked.text)) for d in found]
    if row.address.split("/")[1].split(".")[0] in NAMED:
        assert hit.by == row.address


def test_no_phrase_of_the_page_stands_twice():
    seen = [(row["phrase"].lower(), row["where"], row["case"]) for row in DE.rows("leftovers")]
    exact = [(row["phrase"], row["where"]) for row in DE.rows("leftovers")]
    assert len(exact) == len(set(exact)), sorted(e for e in exact if exact.count(e) > 1)
    assert len(seen) == len(exact)
