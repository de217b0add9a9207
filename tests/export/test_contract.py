"""Every format keeps the same promises."""

from __future__ import annotations

import io
import json

import pytest

from fakes import article, flood
from reportedly.export import FORMATS, Look

EACH = pytest.mark.parametrize("form", sorted(FORMATS))


def written(form: str, readings, **look) -> str | bytes:  # type: ignore[no-untyped-def]
    if FORMATS[form].binary:
        packed = io.BytesIO()
        FORMATS[form].write(readings, packed, Look(**look))
        return packed.getvalue()
    out = io.StringIO(newline="")
    FORMATS[form].write(readings, out, Look(**look))
    return out.getvalue()


@EACH
def test_same_readings_same_bytes(form: str) -> None:
    assert written(form, [flood(), flood()]) == written(form, iter([flood(), flood()]))


@EACH
def test_no_reading_and_empty_reading(form: str) -> None:
    written(form, [])
    written(form, [article("").reading(), article("Es regnet.").reading()])


@EACH
def test_nothing_is_lost_between_articles(form: str) -> None:
    both = written(form, [flood(), article("Er sagte: „Ja.“").says("Er", "Ja.", cue="sagte", form="direct").reading()])
    one = written(form, [flood()])
    assert both != one
    assert FORMATS[form].binary or len(both) > len(one)  # what is packed may well shrink


@EACH
@pytest.mark.parametrize("tongue", ["de", "en"])
@pytest.mark.parametrize("flag", ["wide", "brief", "colour", "excel"])
def test_every_look_works(form: str, tongue: str, flag: str) -> None:
    assert written(form, [flood()], tongue=tongue, **{flag: True})


@EACH
def test_it_says_what_it_is_for(form: str) -> None:
    found = FORMATS[form]
    assert found.suffix.startswith(".")
    assert found.purpose


def test_lines_are_json_whatever_the_text() -> None:
    odd = article("Er sagte: a\u2028b\ud800\x00").says("Er", "a\u2028b\ud800\x00", cue="sagte").reading()
    lines = written("lines", [flood(), odd]).encode("utf-8").decode("utf-8").split("\n")
    assert len(lines) == 3
    assert json.loads(lines[1])["text"] == odd.text


def test_readings_are_written_as_they_come() -> None:
    out = io.StringIO()

    def readings():  # type: ignore[no-untyped-def]
        yield flood()
        assert out.getvalue().count("\n") == 1
        yield flood()

    FORMATS["lines"].write(readings(), out, Look())
