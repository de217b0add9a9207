"""Is the example article read as a careful reader marked it, and does no change of its reading go unseen?

`expected.txt` is the right answer, `known.txt` the list of what is still read otherwise. A line of `known.txt` that has
become true must go; a difference that is not listed there fails.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from expected import Expected, differences, pair, told
from reportedly.example import example_text
from reportedly.intake import take_in_text
from reportedly.languages.marked import Marked, read_marked
from reportedly.model.reading import Reading
from reportedly.model.span import pieces, text_of
from reportedly.pipeline import read

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def answer() -> tuple[Marked, dict[int, Expected], dict[int, str]]:
    """The marked article, its statements by number, the kinds of its damage by number."""
    head, _, body = (HERE / "expected.txt").read_text("utf-8").partition("---\n")
    marked = read_marked(body)
    statements: dict[int, Expected] = {}
    damage: dict[int, str] = {}
    for line in head.splitlines():
        if line.startswith("#"):
            continue
        number, form, *rest = (cell.strip() for cell in line.split("|"))
        if form == "damage":
            damage[int(number)] = rest[0]
            continue
        cue_class, speaker, by = rest
        facts = {"form": form, "cue_class": cue_class, "speaker_is": "" if speaker == "-" else speaker}
        if by != "-":
            facts["by"] = by
        roles = {role: spans for role, spans in marked.roles[int(number)].items() if role not in {"time", "occasion"}}
        statements[int(number)] = Expected(roles, facts)
    return marked, statements, damage


@lru_cache(maxsize=1)
def reading() -> Reading:
    return read(take_in_text(example_text()))


def known() -> list[str]:
    lines = (HERE / "known.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def found() -> dict[str, str]:
    """Everything that is read otherwise: a short name of it ("7 cue", "not expected: …") and what was found."""
    _, statements, damage = answer()
    text = example_text()
    names = {id(e): n for n, e in statements.items()}
    out: dict[str, str] = {}
    for wanted, got in pair(list(statements.values()), reading().statements):
        if wanted is None:
            assert got is not None
            out["not expected: " + text_of(got.content, text)] = told(reading(), got)
        elif got is None:
            out[f"{names[id(wanted)]} not found"] = text_of(wanted.roles["content"], text)
        else:
            for line in differences(wanted, reading(), got):
                role, _, what = line.partition(": ")
                out[f"{names[id(wanted)]} {role}"] = what
    marked_damage = {
        (kind, pieces(s.trimmed(text) if s.of(text).strip() else s for s in answer()[0].roles[n]["damage"])): n
        for n, kind in damage.items()
    }
    read_damage = {
        (d.kind, pieces([d.span.trimmed(text) if d.span.of(text).strip() else d.span])): d for d in reading().damages
    }
    for key, n in marked_damage.items():
        if key not in read_damage:
            out[f"{n} damage"] = f"{key[0]} not found at {key[1]}"
    for key, d in read_damage.items():
        if key not in marked_damage:
            out[f"not expected: {d.kind} at {d.span.start}"] = repr(d.span.of(text))
    return out


def test_the_marks_belong_to_the_article_that_is_shipped() -> None:
    assert answer()[0].text == example_text()
    assert set(answer()[0].roles) == set(answer()[1]) | set(answer()[2])


def test_the_article_holds_every_form_and_most_classes() -> None:
    facts = [e.facts for e in answer()[1].values()]
    assert {f["form"] for f in facts} == {"direct", "indirect", "mixed", "reported", "free_indirect"}
    assert len({f["cue_class"] for f in facts}) >= 10
    assert len(set(answer()[2].values())) == 8
    assert 450 <= len(example_text().split()) <= 600


def test_what_is_read_otherwise_is_listed() -> None:
    unlisted = {name: what for name, what in found().items() if name not in known()}
    assert not unlisted


@pytest.mark.parametrize("name", known())
def test_what_is_listed_is_still_wrong(name: str) -> None:
    assert name in found(), f'"{name}" is read right now: take the line out of known.txt'
