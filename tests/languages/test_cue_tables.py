"""Are the German cue tables well formed, and do their marked examples hold the cue that the row describes?"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest

from reportedly.languages import load
from reportedly.languages.lexicon import lexicon_of
from reportedly.languages.marked import Marked, read_marked
from reportedly.languages.tables import Row
from reportedly.model.statement import CUE_CLASSES, Medium

GERMAN = load("de")
TABLES = ("cues", "nouns", "phrases", "adjectives")
ROWS = [row for name in TABLES for row in GERMAN.rows(name)]
CUES, NOUNS, PHRASES, ADJECTIVES = (GERMAN.rows(name) for name in TABLES)

SIMPLE = frozenset(
    ["quote", "dass", "konj", "ob", "inf", "acc", "als", "für", "nennt", "pass", "das", "hearsay", "media"]
)
ADDRESS = re.compile(r"[~=]?(nom|gen|dat|acc|gegenüber)|[=!]?(an|auf|aus|in|zu|von|mit|bei|vor):(dat|acc)")
KINDS = frozenset(
    ["before", "after", "so", "alone", "with_words", "label", "authority", "occasion", "addressee", "group"]
)
CASES = frozenset(["nom", "gen", "dat", "acc", "von", "mit", "vor", "an:acc"])
NEEDS = {"authority": {"authority", "marker"}, "occasion": {"occasion"}, "addressee": {"addressee"}}
VERB_LIST = re.compile(r"[a-zäöüß]+(\|[a-zäöüß]+)?(#(acc|dat))?( [a-zäöüß]+(\|[a-zäöüß]+)?(#(acc|dat))?)*")


def address(row: Row) -> str:
    return row.address


def never(row: Row) -> bool:
    return row.cells.get("takes") == "never"


def marked(row: Row) -> Marked:
    return read_marked(row["example"])


def said(row: Row, role: str) -> list[str]:
    """The pieces of a role in the first statement of the row's example, as words."""
    example = marked(row)
    return [piece.of(example.text) for piece in example.roles.get(1, {}).get(role, ())]


def lemmas_in(words: str) -> Iterator[str]:
    """Every verb that a word of the cue may be a form of, without particle: `mitteilte` gives `mitteilen`, `teilen`."""
    lexicon = lexicon_of(GERMAN)
    for word in re.findall(r"\w+", words.lower()):
        for lemma, _ in lexicon.verb(word):
            yield lemma.replace("|", "")
            yield lemma.split("|")[-1]


def fits(cue: str, verbs: set[str]) -> bool:
    """Is a word of the cue a form of one of these verbs, or at least no form of any other?"""
    lexicon = lexicon_of(GERMAN)
    unknown = [w for w in re.findall(r"\w+", cue.lower()) if not lexicon.verb(w)]
    return bool(verbs & set(lemmas_in(cue))) or any(w[:2] == v[:2] for w in unknown for v in verbs)


@pytest.mark.parametrize("row", ROWS, ids=address)
def test_ids_classes_and_media(row: Row) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"])
    if row.cells.get("kind") in NEEDS:
        assert row["class"] == ""
        assert row["medium"] in {"", *Medium}
    else:
        assert row["class"] in CUE_CLASSES
        assert row["medium"] in set(Medium)


@pytest.mark.parametrize("row", ROWS, ids=address)
def test_the_example_is_one_statement_or_none(row: Row) -> None:
    example = marked(row)
    if never(row):
        assert not example.roles
        return
    roles = example.roles[1]
    assert set(example.roles) == {1}
    assert {"content", "cue"} <= set(roles)
    assert NEEDS.get(row.cells.get("kind", ""), set()) <= set(roles)
    assert re.search(r"[.!?]“?$", example.text), "an example is a whole sentence"
    assert not re.search(r"\] ?\.\S|  |,,|\s[,.]", example.text)


@pytest.mark.parametrize("row", [r for r in ROWS if not never(r)], ids=address)
def test_spans_follow_the_guide(row: Row) -> None:
    example = marked(row)
    text = example.text
    for role, pieces in example.roles[1].items():
        for piece in pieces:
            words = piece.of(text)
            assert words == words.strip(" ,;:"), f"{role}: {words!r}"
        for left, right in itertools.pairwise(pieces):
            assert text[left.end : right.start].strip(), f"{role} in one piece: {left.of(text)} {right.of(text)}"
    for piece in example.roles[1]["content"]:
        words, after = piece.of(text), text[piece.end : piece.end + 1]
        assert not re.match(r"(dass|ob) ", words)
        assert not (words.startswith("„") and words.endswith("“"))
        assert not words.endswith((".", "!", "?")) or after == "“"
    for piece in example.roles[1]["cue"]:
        assert not re.search(r"\bsich\b", piece.of(text)) or "sich" in row.cells.get("with", "")


@pytest.mark.parametrize("row", CUES, ids=address)
def test_cue_verb_columns(row: Row) -> None:
    assert re.fullmatch(r"([a-zäöü]+\|)?[a-zäöüß]+n", row["lemma"])
    assert row["reflexive"] in {"", "acc", "dat"}
    takes = row.list("takes")
    assert takes
    assert takes == ("never",) or all(t in SIMPLE or re.fullmatch(r"pp:[a-zäöüß]+", t) for t in takes)
    assert len(set(takes)) == len(takes)
    assert all(ADDRESS.fullmatch(t) for t in row.list("to"))
    assert all(re.fullmatch(r"~da[a-zü]+|[A-Za-zÄÖÜäöüß]+", w) for w in row.list("with"))


@pytest.mark.parametrize("row", [r for r in CUES if not never(r)], ids=address)
def test_the_cue_of_the_example_is_the_verb_of_the_row(row: Row) -> None:
    particle, _, base = row["lemma"].rpartition("|")
    pieces = said(row, "cue")
    cue = " ".join(pieces)
    assert fits(cue, {base, particle + base}), f"{cue!r} is no form of {row['lemma']}"
    assert particle in cue, f"{cue!r} lacks the particle {particle}"
    for fixed in (w for w in row.list("with") if not w.startswith("~")):
        assert fixed in cue.split(), f"{cue!r} lacks {fixed!r}"
    if row["reflexive"]:
        assert re.search(r"\bsich\b", marked(row).text)


@pytest.mark.parametrize("row", NOUNS, ids=address)
def test_the_cue_of_the_example_is_the_noun_of_the_row(row: Row) -> None:
    assert row["gender"] in {"m", "f", "n"}
    assert VERB_LIST.fullmatch(row["verbs"])
    cue = " ".join(said(row, "cue"))
    # before a preposition the noun stands in the content: übte [Kritik an der Planung]
    holder = (
        cue
        if not any(f" {t[3:]} " in row["example"] for t in row.list("takes") if t.startswith("pp:"))
        else marked(row).text
    )
    assert row["noun"] in holder or row["plural"] in holder
    light = row.list("verbs")
    rest = " ".join(w for w in cue.split() if w[0].islower())
    bases = {verb.split("|")[-1] for verb in light} | {verb.replace("|", "") for verb in light}
    assert not rest or fits(rest, bases), f"{rest!r} is none of {light}"
    assert all(t in SIMPLE or re.fullmatch(r"pp:[a-zü]+|~da[a-zü]+", t) for t in row.list("takes"))


@pytest.mark.parametrize("row", PHRASES, ids=address)
def test_the_words_of_a_phrase_stand_in_its_example(row: Row) -> None:
    assert row["kind"] in KINDS
    assert set(row.list("case")) <= CASES
    role = {"authority": "marker"}.get(row["kind"], "cue")
    spoken = marked(row).text.lower() if row["kind"] in {"occasion", "addressee"} else " ".join(said(row, role)).lower()
    forms = [" ".join(form.replace("_", " ").split()).lower() for form in row.list("words", "|")]
    assert any(form in spoken for form in forms), f"none of {forms} in {spoken!r}"
    assert len(set(row.list("words", "|"))) == len(row.list("words", "|"))
    if row["kind"] in {"before", "after", "so"}:
        assert said(row, "speaker")
    if row["kind"] in {"alone", "group"}:
        assert not said(row, "speaker")


@pytest.mark.parametrize("row", ADJECTIVES, ids=address)
def test_the_cue_of_the_example_is_the_adjective_of_the_row(row: Row) -> None:
    assert VERB_LIST.fullmatch(row["verbs"])
    if never(row):
        return
    cue = " ".join(said(row, "cue"))
    plain = [[w for w in words.split() if not w.startswith("~")] for words in row.list("words", "|")]
    assert any(all(w in cue.split() for w in words) for words in plain)
    assert fits(cue, {verb.split("#")[0] for verb in row.list("verbs")})


def test_the_lexicon_is_as_large_as_promised() -> None:
    assert len({r["lemma"] + r["reflexive"] for r in CUES if not never(r)}) >= 330
    assert len(NOUNS) >= 60
    assert len(PHRASES) >= 90


def test_every_class_has_verbs() -> None:
    assert {r["class"] for r in CUES if not never(r)} == set(CUE_CLASSES)
