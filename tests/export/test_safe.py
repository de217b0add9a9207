"""Foreign text is shown, never obeyed."""

from __future__ import annotations

import unicodedata

import pytest

from reportedly.export.safe import block, cell, escape, flow, line, link, shorten


def test_no_control_or_direction_character_gets_through() -> None:
    for code in (*range(0x20), 0x7F, *range(0x80, 0xA0), 0x200E, 0x202E, 0x2066, 0x2028, 0xE0041, 0xD800):
        for filtered in (line(f"a{chr(code)}b"), flow(f"a{chr(code)}b")):
            assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in filtered), hex(code)
            assert chr(code) not in filtered


def test_what_was_there_stays_visible() -> None:
    assert line("Kurier\x1b[31m\nrot") == "Kurier␛[31m⏎rot"
    assert line("a\u202eb") == "a‹202E›b"
    assert flow("erste\nZeile  hier\n\nAbsatz") == "erste Zeile hier ¶ Absatz"
    assert block("eins\r\n\tzwei\x00") == "eins\r\n\tzwei␀"


def test_ordinary_text_is_left_alone() -> None:
    text = "„Wir müssen“, sagte Łukasz Żak – 10.000 € für 👩‍🚒 und שלום"
    assert line(text) == text == block(text)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+49 30", "-5 Grad", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "\ufeff=1", "＝1+1", "＋1", "－1", "＠A", "|calc", "%0A",
     "10-12", "1.2", "12/3/2024", "1e5", "8583e10293847561", "2024", "27-128;140-150"[:6]],
)  # fmt: skip
def test_cells_that_a_spreadsheet_would_take_for_something_else_are_protected(text: str) -> None:
    assert cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Soldaten", "s12", "rund 10.000 Soldaten", "„=“ heißt gleich", "d1 d2"])
def test_other_cells_are_not(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example", "vbscript:x",
     "https://a b", "https://x\n", "http:", "java\nscript:x", None, ""],
)  # fmt: skip
def test_only_ordinary_web_addresses_become_links(url: str | None) -> None:
    assert link(url) is None


def test_web_addresses_become_links() -> None:
    assert link("https://example.org/a?b=c&d=ü") == "https://example.org/a?b=c&d=ü"


def test_escaping_covers_attributes() -> None:
    assert escape("<a href='x'>\"&") == "&lt;a href=&#x27;x&#x27;&gt;&quot;&amp;"


def test_shortening_keeps_whole_words() -> None:
    assert shorten("Der Landrat sprach von Fehlern", 30) == "Der Landrat sprach von Fehlern"
    assert shorten("Der Landrat sprach von Fehlern", 25) == "Der Landrat sprach von …"
    assert len(shorten("Donaudampfschifffahrtsgesellschaft", 12)) <= 12
