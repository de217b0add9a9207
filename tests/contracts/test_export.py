"""Does every format for other programs keep the same promise? What goes in comes back: all statements, all places, the text."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes import article, flood
from readback import READERS, Said, expected
from reportedly.export import FORMATS, Look
from reportedly.model.analysis import Analysis
from reportedly.model.article import Article
from reportedly.model.damage import Action, Damage, Severity
from reportedly.model.fact import Facts
from reportedly.model.reading import Reading
from reportedly.model.span import Span, pieces
from reportedly.model.speaker import Attribution, Cast, Speaker
from reportedly.model.statement import Authority, Form, Medium, Statement

EACH = pytest.mark.parametrize("form", sorted(READERS))
NO_TIME = {"lines", "rows", "excel", "parquet"}
"""Their places of saying time are resolved times; the place as such is not theirs to hold."""
ROWS = {"rows", "excel", "parquet"}
NO_TEXT = {"rows", "excel", "annotations"}
ODD = "Er\r\nsagte 🌊🏴\u200d☠️ o\u0308: „a\u202eb\0c\ud800d ]]> <&\"'\ufffe“,\u00a0\u200fsie\x85kam\u2028zu =1+1.\tTeil\x0b\u200bzwei 🌊\n"


def odd() -> Reading:
    """Everything that breaks files: crossing, nested and torn statements in a text of emoji, marks, controls, half a pair."""
    return (
        article(ODD, title="=A&\0„<\ud800>", outlet="'Bote", url="https://example.org/ü?a=1&b=<2>", language="de")
        .says("Er", "a\u202eb\0c\ud800d", cue="sagte", speaker="Er", form="direct", quoted="b\0c … d")
        .says("Sie\0", "c\ud800d ]]> <&\"'\ufffe“,\u00a0\u200fsie", cue="kam", within="s1", frame="kam\u2028zu", kind="group")
        .says(None, "🏴\u200d☠️ o\u0308 … =1+1 … zwei 🌊", form="mixed", to="sie", when="Teil\x0b")
        .says("Er", "b", speaker="Er", on_authority=("zu", "=1+1", "Amt"), occasion="d ]]>", medium="thought", negated=True)
        .damaged("", after=5)
        .damaged("\0c\ud800", kind="control_character")
        .noted("als\0cp1252 gelesen")
        .reading()
    )  # fmt: skip


def data(form: str, *readings: Reading) -> bytes:
    """What the format's writer makes of them, as the bytes of a file."""
    name = "rows" if form == "excel" else form
    look = Look(excel=form == "excel")
    if FORMATS[name].binary:
        out = io.BytesIO()
        FORMATS[name].write(readings, out, look)
        return out.getvalue()
    text = io.StringIO(newline="")
    FORMATS[name].write(readings, text, look)
    return text.getvalue().encode("utf-8")


def wanted(form: str, reading: Reading) -> dict[str, Said]:
    """The statements as this format should give them back."""
    found = expected(reading)
    for said in found.values():
        if form in NO_TIME:
            said.places.pop("time", None)
        if form in ROWS:
            both = said.places.pop("authority", []) + said.places.pop("authority_marker", [])
            if both:
                said.places["authority and marker"] = sorted(both)
        if said.speaker is not None and form != "lines":
            cannot = "\0\x0b\ufffe" if form in ("tei", "xmi") else ""
            said.speaker = "".join("\ufffd" if c in cannot or "\ud800" <= c <= "\udfff" else c for c in said.speaker)
    return found


def put_back(text: str, listed: str) -> str:
    """As docs/export.md tells readers to do it."""
    letters = list(text)
    for entry in listed.split():
        place, _, code = entry.partition(":U+")
        assert letters[int(place)] == "\ufffd"
        letters[int(place)] = chr(int(code, 16))
    return "".join(letters)


def check(form: str, *readings: Reading) -> None:
    # a row format has no row for an article without statements; W3C no annotation
    kept = [r for r in readings if r.statements or form not in (ROWS | {"annotations"})]
    found = READERS[form](data(form, *readings))
    assert len(found) == len(kept)
    for back, reading in zip(found, kept, strict=True):
        right = wanted(form, reading)
        assert back.statements.keys() == right.keys()
        for id_, said in back.statements.items():
            assert (said.form, said.speaker, said.places) == (right[id_].form, right[id_].speaker, right[id_].places)
            if said.words is not None:
                text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in reading.text)
                assert said.words == " … ".join(text[a:b] for a, b in right[id_].places["content"])
        if form in NO_TEXT:
            assert back.text is None
        else:
            assert back.text is not None
            assert len(back.text) == len(reading.text)
            assert put_back(back.text, back.replaced) == reading.text


@EACH
def test_all_comes_back_from_an_ordinary_article(form: str) -> None:
    check(form, flood())


@EACH
def test_all_comes_back_from_a_hostile_text(form: str) -> None:
    check(form, odd())


@EACH
def test_all_comes_back_from_several_articles(form: str) -> None:
    check(form, flood(), odd(), article("Es regnet.").reading(), article("").reading())


@EACH
def test_the_same_readings_give_the_same_bytes(form: str) -> None:
    assert data(form, flood(), odd()) == data(form, flood(), odd())


@EACH
def test_a_statement_that_is_not_there_is_not_exported(form: str) -> None:
    """What was rejected or filtered out leaves no trace: the formats write the reading that they are given."""
    less = replace(flood(), statements=flood().statements[:2])
    check(form, less)


LETTERS = "ab „“\r\n\t\0\x0b\x85\u2028🌊o\u0308\u202e\ud800\ufffe<&\"'=;-\u200d"


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A short text of nasty letters and statements whose places lie anywhere in it, crossing, nested, torn."""
    text = draw(st.text(st.sampled_from(LETTERS), min_size=2, max_size=40))

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    def some(least: int, most: int = 3) -> tuple[Span, ...]:
        return pieces(span() for _ in range(draw(st.integers(least, most))))

    def maybe() -> Span | None:
        return span() if draw(st.booleans()) else None

    statements = tuple(
        Statement(
            f"s{n}",
            draw(st.sampled_from(list(Form))),
            some(1),
            quoted=some(0, 2),
            cue=some(0, 2),
            frame=some(0, 1),
            speaker=maybe(),
            addressee=maybe(),
            authority=tuple(Authority(some(0, 1), some(1, 2), "document") for _ in range(draw(st.integers(0, 2)))),
            occasion=some(0, 1),
            time=some(0, 1),
            medium=draw(st.sampled_from(list(Medium))),
        )
        for n in range(1, draw(st.integers(1, 4)) + 1)
    )
    speakers = (
        Speaker(
            "p1", draw(st.text(st.sampled_from(LETTERS[:-1]), min_size=1, max_size=5)).strip() or "A", "person", True
        ),
    )
    cast = Cast(speakers, tuple(Attribution(s.id, "speaker", "p1", "fake", 0.5) for s in statements[::2]))
    damages = tuple(
        Damage("mark", d, Severity.LOW, Action.FLAG, "", "")
        for d in sorted(Span(s.start, draw(st.sampled_from([s.start, s.end]))) for s in some(0, 2))
    )
    return Reading(
        Article(text), damages, Analysis(text, (), (), (), ()), statements, cast, Facts(), "0|de-0", {}
    )  # fmt: skip


@EACH
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
@given(reading=readings())
def test_all_comes_back_wherever_the_places_lie(form: str, reading: Reading) -> None:
    check(form, reading)
