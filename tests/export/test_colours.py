"""Text keeps 4.5:1 and lines 3:1, by day and by night."""

from __future__ import annotations

import re

import pytest

from reportedly.export.colours import BEHIND, DARK, LIGHT, LINES, TEXT, contrast
from reportedly.export.page import style_sheet


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize(("name", "scheme"), [("light", LIGHT), ("dark", DARK)])
def test_every_text_and_line_stands_out_from_what_lies_behind_it(name: str, scheme: dict[str, str]) -> None:
    for behind in BEHIND:
        for text in TEXT:
            assert contrast(scheme[text], scheme[behind]) >= 4.5, (name, text, behind)
        for drawn in LINES:
            assert contrast(scheme[drawn], scheme[behind]) >= 3, (name, drawn, behind)


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_numbers_on_coloured_badges_can_be_read(scheme: dict[str, str]) -> None:
    for behind in (f"c{n}" for n in range(9)):
        assert contrast(scheme["badge"], scheme[behind]) >= 3, behind
    assert contrast(scheme["badge"], scheme["amber"]) >= 4.5


def test_both_schemes_name_the_same_colours_and_the_style_uses_only_them() -> None:
    assert LIGHT.keys() == DARK.keys()
    style = style_sheet()
    declared = set(re.findall(r"--([a-z0-9]+):", style))
    used = set(re.findall(r"var\(--([a-z0-9]+)", style))
    assert used <= declared
    assert set(LIGHT) <= used | {"badge"}
