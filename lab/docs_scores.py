"""Which scores does the README show? Copies them out of docs/quality.md: `python -m lab.docs_scores`."""

from __future__ import annotations

import re
from pathlib import Path

from lab.page import page_with

ROOT = Path(__file__).resolve().parent.parent
QUALITY = ROOT / "docs" / "quality.md"
PAGE = ROOT / "README.md"
OPENING, CLOSING = "<!-- scores: copied from docs/quality.md by lab/docs_scores.py -->", "<!-- end of scores -->"

ROWS = (
    # section of the quality page, row there, what the README calls it
    ("GNQA", "Messages", "statements found and cut (GNQA dev, *Messages*)"),
    ("GNQA", "Roles", "speaker, cue, frame, addressee (GNQA dev, *Roles*)"),
    ("GNQA", "Joint", "both together (GNQA dev, *Joint*)"),
    ("Our own gold", "content", "statements found and cut (our gold, in words)"),
    ("Our own gold", "Form", "found, with the right form (our gold)"),
    ("Our own gold", "who spoke (resolved name)", "who spoke, the resolved name (our gold)"),
)


def figures(quality: str, section: str, row: str) -> tuple[str, ...]:
    """P, R, F1 and interval of a row in the section whose heading holds `section`. Raises LookupError where there is none."""
    for part in re.split(r"^## ", quality, flags=re.MULTILINE)[1:]:
        if section in part.split("\n", 1)[0]:
            found = re.search(rf"^\| {re.escape(row)} \|([^\n]*)\|$", part, re.MULTILINE)
            if found:
                return tuple(cell.strip() for cell in found[1].split("|"))[:4]
    raise LookupError(f'docs/quality.md has no row "{row}" in a section "{section}"; run `make gate`')


def block() -> str:
    """The table of the README."""
    quality = QUALITY.read_text("utf-8")
    rows = ["| | P | R | F1 | 95 % |", "|---|---:|---:|---:|---|"]
    rows += [f"| {name} | {' | '.join(figures(quality, section, row))} |" for section, row, name in ROWS]
    return "\n".join(rows)


def page() -> str:
    """README.md with the scores of today between its marks."""
    return page_with(PAGE, OPENING, block(), CLOSING)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
