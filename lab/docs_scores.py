"""Which scores does the README show? Copies them out of docs/quality.md: `python -m lab.docs_scores`."""

from __future__ import annotations

import re
from pathlib import Path

from lab.page import page_with

ROOT = Path(__file__).resolve().parent.parent
QUALITY = ROOT / "docs" / "quality.md"
PAGE = ROOT / "README.md"
OPENING, CLOSING = "<!-- scores: copied from docs/quality.md by lab/docs_scores.py -->", "<!-- end of scores -->"

SECTION = "side by side"
ROWS = (
    # row of the quality page, what the README calls it
    ("GNQA dev: Messages", "statements found and cut (GNQA dev, *Messages*)"),
    ("GNQA dev: Roles", "speaker, cue, frame, addressee (GNQA dev, *Roles*)"),
    ("GNQA dev: Joint", "both together (GNQA dev, *Joint*)"),
    ("own gold dev: content", "statements found and cut (our gold, in words)"),
    ("own gold dev: Form", "found, with the right form (our gold)"),
    ("own gold dev: who spoke (resolved name)", "who spoke, the resolved name (our gold)"),
)


def figures(quality: str, section: str, row: str) -> tuple[str, ...]:
    """The cells of a row in the section whose heading holds `section`. Raises LookupError where there is none."""
    for part in re.split(r"^## ", quality, flags=re.MULTILINE)[1:]:
        if section in part.split("\n", 1)[0]:
            found = re.search(rf"^\| {re.escape(row)} \|([^\n]*)\|$", part, re.MULTILINE)
            if found:
                return tuple(cell.strip() for cell in found[1].split("|"))
    raise LookupError(f'docs/quality.md has no row "{row}" in a section "{section}"; run `make gate`')


def _lines(quality: str) -> list[str]:
    """The lines of weights, as the table names them."""
    part = quality.split(SECTION, 1)[-1]
    head = next(line for line in part.splitlines() if line.startswith("| | "))
    return [cell.strip() for cell in head.split("|")[2:-1]]


def block() -> str:
    """The table of the README."""
    quality = QUALITY.read_text("utf-8")
    rows = [f"| | {' | '.join(_lines(quality))} |"]
    rows.append("|---|" + "---|" * (rows[0].count("|") - 2))
    rows += [f"| {name} | {' | '.join(figures(quality, SECTION, row))} |" for row, name in ROWS]
    return "\n".join(rows)


def page() -> str:
    """README.md with the scores of today between its marks."""
    return page_with(PAGE, OPENING, block(), CLOSING)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
