"""What does an answer of the archive look like, and does foreign text in it stay text?"""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pytest

from reportedly.export import Look, answers, people
from reportedly.export.archive_words import ENGLISH, GERMAN
from reportedly.model.answers import (
    Alone,
    Count,
    Facet,
    FacetRow,
    Figures,
    Hit,
    OutletRow,
    Page,
    Problem,
    Progress,
    Refused,
    SpeakerRow,
    Version,
)
from reportedly.model.judgement import Judgement, Verdict
from reportedly.model.query import Note
from reportedly.model.span import Span
from reportedly.query import parse

EVIL = "Bote\x1b[2J\r\n\u202e=cmd\x9b"
HIT = Hit(
    "0123456789abcdef", "s3", EVIL, EVIL, None, "2024-06-04T10:00:00", "direct", "denial", EVIL, True, EVIL, EVIL,
    f"Wir haben {EVIL} den Deich zu spät gesehen", (Span(0, 9),), 0.7, True, "accept", (Span(4, 9),),
)  # fmt: skip


def told(kind: str, *what: object, **look: object) -> str:
    out = io.StringIO()
    module = people if kind == "speakers" else answers
    getattr(module, kind)(*what, out, Look(**look))  # type: ignore[arg-type]
    return out.getvalue()


EVERY = {
    "hits": Page((HIT,), 0, 2, 1, (), (Facet("outlet", (FacetRow(EVIL, 2, f'bei:"{EVIL}"'),), 3),)),
    "speakers": [SpeakerRow(EVIL, "person", True, 2, 1, None, "2024-06-04", (EVIL,), EVIL, "0123456789abcdef")],
    "outlets": [OutletRow(EVIL, 1, Count(3, EVIL), {"direct": Count(3, EVIL)}, {"denial": Count(1, EVIL)}, Count(0, EVIL), 0, Count(3, EVIL))],
    "refused": [Refused(EVIL, EVIL, EVIL, EVIL, 3)],
    "versions": [Version("0123456789abcdef", 2, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL)],
    "judgements": [Judgement("0123456789abcdef", (Span(1, 2),), Verdict.SPEAKER, EVIL, EVIL, EVIL, speaker=EVIL)],
}  # fmt: skip


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("tongue", ["de", "en"])
def test_foreign_text_is_shown_and_never_obeyed(kind: str, tongue: str) -> None:
    text = told(kind, EVERY[kind], tongue=tongue, width=60)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert "Bote" in text


def test_a_hit_on_its_lines() -> None:
    plain = replace(
        HIT, outlet="Talbote", speaker="Maike Thoms", content="Der Deich hielt.", marks=(), judged=None, damaged=False
    )
    page = Page((plain,), 0, 212, 87)
    assert told("hits", page, tongue="de").splitlines() == [
        "2024-06-04  Maike Thoms · Talbote · direkt ⚑Dementi · 01234567/s3",
        "            „Der Deich hielt.“",
        "",
        "212 Aussagen in 87 Artikeln · 1 gezeigt (--all zeigt alle)",
    ]


def test_the_words_of_the_query_are_marked_in_colour() -> None:
    hit = replace(HIT, content="Der Deich hielt.", marks=(Span(4, 9),))
    assert re.search("Der \x1b\\[30;43mDeich\x1b\\[0m hielt", told("hits", Page((hit,), 0, 1, 1), colour=True))


def test_a_long_content_is_cut_and_wide_shows_all() -> None:
    hit = replace(HIT, content="sehr " * 200, marks=())
    assert len(told("hits", Page((hit,), 0, 1, 1)).splitlines()) <= 6
    assert told("hits", Page((hit,), 0, 1, 1), wide=True).count("sehr") == 200


def test_nothing_found_names_the_culprit() -> None:
    page = Page((), 0, 0, 0, why_none=(Alone("von:Singh", 41, 0), Alone("Kursk", 88, 6)))
    assert told("hits", page, tongue="de").splitlines() == [
        "Nichts gefunden.", "  von:Singh  allein 41 · ohne das 0", "  Kursk  allein 88 · ohne das 6"
    ]  # fmt: skip


def test_problems_and_none() -> None:
    figures = Figures(2, 34, 0, 0, 100, 1000, 2, "SQLite 3.54.1 (wal)")
    assert told("problems", [], figures).startswith("All is well. 2 articles · 34 statements")
    assert "words: 3 lost; advice: reread" in told("problems", [Problem("words", "3 lost", "reread")], None)


def test_progress_is_counts_and_never_a_share() -> None:
    done = Progress(1204, 2, 37, 9, 20000, 3150)
    line = answers.progress(done, 501.7, "de")
    assert (
        line == "gelesen 1.204 · schon da 37 · neue Fassungen 2 · abgelehnt 9 · übrig 3.150 · 2,4/s · noch etwa 21:04"
    )
    assert answers.progress(Progress(1, left=None), 0, "en") == "read 1 · already there 0 · refused 0"
    assert "%" not in line


def test_json_twins_are_plain_data() -> None:
    out = io.StringIO()
    answers.as_json([HIT, EVERY["hits"], *EVERY["outlets"]], out)  # type: ignore[list-item,misc]
    first, page, _ = (json.loads(row) for row in out.getvalue().splitlines())
    assert first["place"] == [[0, 9]]
    assert page["hits"] == [first]


@pytest.mark.parametrize("words", [GERMAN, ENGLISH])
def test_both_tongues_have_every_word(words: dict[str, str]) -> None:
    assert words.keys() == GERMAN.keys()


@pytest.mark.parametrize("line", ["von: x", "foo:x", "seit:x", "„x", "OR", "(x)", "🌊", "x " * 99, "a*"])
def test_every_note_is_a_sentence(line: str) -> None:
    for tongue, stop in (("de", "."), ("en", ".")):
        for note in parse(line).notes:
            sentence = answers.note(note, tongue)
            assert sentence.endswith(stop)
            assert "{" not in sentence
            assert "query." not in sentence
    assert parse(line).notes
    assert answers.note(Note("lone_quote", "„"), "de") == "Anführungszeichen „ ohne Gegenstück – übergangen."
