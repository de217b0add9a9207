"""Table, damage list and reasons: what people see in a terminal."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import pytest
from rich.cells import cell_len

import reportedly.reading.health
from fakes import FLOOD, article, flood
from reportedly.export import FORMATS, Look
from reportedly.export.damage import context
from reportedly.export.damage_words import GERMAN
from reportedly.export.words import WORDS
from reportedly.languages import load
from reportedly.model.span import Span

TEXTS = ("table", "damage", "why")


def shown(form: str, *readings, **look) -> str:  # type: ignore[no-untyped-def]
    out = io.StringIO()
    FORMATS[form].write(readings, out, Look(**{"tongue": "de", **look}))
    return out.getvalue()


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("width", [40, 60, 80, 84, 100, 160, 250])
def test_no_line_is_wider_than_the_terminal(form: str, width: int) -> None:
    long_word = article("Er sagte: " + "Donau" * 60).says("Er" * 60, "Donau" * 60, cue="sagte", speaker="Er").reading()
    for reading in (flood(), long_word):
        for line in shown(form, reading, width=width).splitlines():
            assert cell_len(line) <= width, line


@pytest.mark.parametrize("form", TEXTS)
def test_no_colour_means_no_escape_sequence_and_no_padding(form: str) -> None:
    plain = shown(form, flood())
    assert "\x1b" not in plain
    assert not any(line.endswith(" ") for line in plain.splitlines())
    coloured = shown(form, flood(), colour=True)
    assert "\x1b[" in coloured
    assert [x.rstrip() for x in re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines()] == plain.splitlines()


def test_the_table_tells_everything_in_the_order_of_the_text() -> None:
    table = shown("table", flood(), width=140)
    places = [
        table.index(w) for w in ("seien rund", "„Wir haben zu spät gewarnt“", "der Bericht des", "Der Verband habe")
    ]
    assert places == sorted(places)
    for words in ("(Umweltminister", "an der Nachrichtenagentur NPA", "am Montag → 2024-06-03", "≈ 1.200 Menschen", "⚑distanzierend",
                  "⚑Dementi", "Beleg das Postbuch", "↳6", "0,94", "8 Aussagen · 4 Sprecher · 2 Schäden", "Hinweis: als cp1252 gelesen",
                  "⚠ d1 doppelter Satz", "⚠ d2 Verweis auf andere Texte"):  # fmt: skip
        assert words in table, words


def test_english_by_choice() -> None:
    table = shown("table", flood(), width=140, tongue="en")
    assert "8 statements · 4 speakers · 2 damages" in table
    assert "≈ 1,200 Menschen" in table
    assert "“Wir haben zu spät gewarnt”" in table


def test_both_tongues_know_the_same_words() -> None:
    assert WORDS["de"].keys() - WORDS["en"].keys() == set()
    assert WORDS["en"].keys() - WORDS["de"].keys() == set()
    assert all(name and sentence.endswith((".", "?")) for name, sentence in GERMAN.values())


def test_every_kind_of_damage_has_a_german_name() -> None:
    health = Path(reportedly.reading.health.__file__).parent
    kinds = {row["kind"] for row in load("de").rows("leftovers")}
    for file in health.glob("*.py"):
        kinds |= set(re.findall(r'(?:Damage\(\s*"|"health/)(\w+)"', file.read_text("utf-8")))
    assert len(kinds) > 20
    assert not kinds - GERMAN.keys(), "give these kinds a name and a sentence in export/damage_words.py"


def test_contents_are_shortened_at_words_and_wide_shows_all() -> None:
    content = "man habe " + "sehr " * 120 + "lange gewartet"
    reading = article(f"Er sagte, {content}.").says("Er", content, cue="sagte").reading()
    short = shown("table", reading, width=100)
    assert "lange gewartet" not in short
    assert "sehr …" in re.sub(r"\s+", " ", short)
    assert "lange gewartet" in re.sub(r"\s+", " ", shown("table", reading, width=100, wide=True))


def test_brief_shows_the_findings_alone() -> None:
    table = shown("table", flood(), brief=True)
    assert "Ahlauer Bote" not in table
    assert "8 Aussagen" not in table
    assert "Wir haben zu spät gewarnt" in table


def test_unknown_speakers_stay_unknown() -> None:
    reading = article("Es hieß, man warte. Einer sagte, es regne.").says(None, "man warte", cue="hieß").says(
        None, "es regne", cue="sagte", speaker="Einer"
    )  # fmt: skip
    table = shown("table", reading.reading(), width=120)
    assert re.search(r"^ 1 +indirekt +– ", table, re.M)
    assert "Einer ?" in table


def test_nothing_found_is_said() -> None:
    assert "Keine Aussage gefunden." in shown("table", article("Es regnet.").reading())
    assert "Kein Schaden gefunden." in shown("damage", article("Es regnet.").reading())
    assert "Keine Aussage gefunden." in shown("why", article("Es regnet.").reading())


HOSTILE = "\x1b]0;böse\x07\x1b[2J\x9b31m[bold red]x[/]\u202e\u2066\n\r[link=https://evil.example]:boom:"


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("width", [60, 120])
def test_hostile_text_is_shown_and_not_obeyed(form: str, width: int) -> None:
    text = f"Er sagte, {HOSTILE} sei da."
    reading = (
        article(text, title=HOSTILE, outlet=HOSTILE, origin=HOSTILE, published=HOSTILE)
        .says(
            HOSTILE,
            f"{HOSTILE} sei da",
            cue="sagte",
            speaker="Er",
            by=HOSTILE,
            trace=(HOSTILE,),
            when=HOSTILE,
            to=HOSTILE,
        )
        .damaged(HOSTILE, "kind_of_" + HOSTILE, message=HOSTILE, cause=HOSTILE, suggestion=HOSTILE)
        .noted(HOSTILE)
        .reading()
    )
    for wide in (True, False):
        out = shown(form, reading, width=width, wide=wide)
        bad = {c for c in out if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n"}
        assert not bad
        joined = re.sub(r"\s+", "", out)
        assert "[boldred]x[/]" in joined
        assert "␛[2J" in joined
        assert ":boom:" in joined


def test_the_line_under_damage_stands_under_it() -> None:
    for words in ("Sicher.", "Lesen Sie auch: So schützen Sie Ihren Keller", "🌊"):
        start = FLOOD.rindex(words)
        shown_words, under = context(FLOOD, Span(start, start + len(words)), 90)
        at = len(under) - len(under.lstrip())
        columns = "".join(c * cell_len(c) for c in shown_words)
        assert columns[at:].startswith(words[0])
        assert len(under.strip()) == cell_len(words)
        assert cell_len(shown_words) <= 90


def test_the_place_of_something_missing_gets_one_mark() -> None:
    line, under = context("Er sagte: Komm.", Span(10, 10), 60)
    assert line == "Er sagte: Komm."
    assert under == " " * 10 + "^"


def test_damage_tells_place_action_and_suggestion() -> None:
    out = shown("damage", flood(), width=100)
    assert "Zeile 5" in out
    assert f"Zeichen {FLOOD.index('Sicher.')}–" in out
    assert "leicht, vermerkt" in out
    assert "Vorschlag: weglassen" in out
    english = shown("damage", flood(), width=100, tongue="en")
    assert "cause: doppelt eingefügt" in english


def test_why_names_row_trace_cue_and_speaker() -> None:
    out = shown("why", flood(), width=120)
    for words in ("gefunden durch: de/phrases.tsv#nach-angaben", "Spur: Zitat und Verb im selben Satz", "wies … zurück [", "Dementi",
                  "„Er“ → Jörn Hallstein [p2], speakers/name, 0,71", "an: nicht aufgelöst", "Konjunktiv I"):  # fmt: skip
        assert words in out, words


def test_no_statement_is_lost_between_the_parts_of_a_long_table() -> None:
    text = " ".join(f"Anna{n} sagte, es regne{n}." for n in range(900))
    builder = article(text, title="Regen")
    at = 0
    for n in range(900):
        builder.says("Anna", f"es regne{n}", cue="sagte", after=at)
        at = text.index(f"es regne{n}", at)
    out = shown("table", builder.reading(), width=120)
    assert [int(n) for n in re.findall(r"es regne(\d+)", out)] == list(range(900))
