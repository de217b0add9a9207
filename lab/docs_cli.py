"""Which words does docs/cli.md take from the program? Writes the page from `--help`: `python -m lab.docs_cli`."""

from __future__ import annotations

from pathlib import Path

from typer.main import get_command
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.export import FORMATS, NAMES

PAGE = Path(__file__).parent.parent / "docs" / "cli.md"

_HEAD = """# The command line

This page is made from the program's own help (`python -m lab.docs_cli`); a test holds the two together.

`reportedly read` takes text, Markdown and HTML files in any encoding and prints one table per article. On a terminal narrower
than 84 columns each statement gets a small paragraph instead of a row. In a pipe the table is 100 columns wide (or `COLUMNS`)
and has no colour. Headings are German or English by `LC_ALL`, `LC_MESSAGES` or `LANG`, or by `--lang`.

What a captured text may hold is shown, never obeyed: control characters appear as `␛`, direction marks as `‹202E›`, a line
break in a title as `⏎`.

## Marks in the table

| mark | meaning |
|---|---|
| `↳` | lies in the content of the statement above it |
| `(…)` | the words of the text for the speaker, where they differ from the resolved name |
| `?` | the text names somebody, but nobody can be told who it is |
| `–` | the text names nobody |
| `⚑` | the cue keeps a distance or denies |
| `⚠ d3` | damage touches this statement; `--damage` shows it |
| `¶` | a paragraph ends within the content |
| `…` | shortened; `--wide` shows all |

## Colour

`NO_COLOR` switches colour off, `FORCE_COLOR` on (also in a pipe); `NO_COLOR` wins.

## Files

`--output FILE` writes `FILE.part` first and renames it when it is complete, so that a half file never carries the name. If the disk
is full or the program is stopped, the old file stays as it was.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD, "## Formats\n", "| option | format | usual ending |", "|---|---|---|"]
    options = {"table": "(none)", "lines": "`--json`", "page": "`--html`", "rows": "`--csv`, `--excel`"}
    options |= {name: f"`--{name}`" for name in ("damage", "why")}
    called = {name: user for user, name in NAMES.items() if user != "excel"}
    for name, form in FORMATS.items():
        option = f"{options[name]}, `--format {called[name]}`" if name in options else f"`--format {called[name]}`"
        parts.append(f"| {option} | {form.purpose} | `{form.suffix}` |")
    for command in ((), *((name,) for name in get_command(app).commands)):
        parts.append(f"\n## `{' '.join(('reportedly', *command))} --help`\n\n```text\n{help_of(*command)}\n```")
    return "\n".join(parts) + "\n"


def help_of(*command: str) -> str:
    """What `--help` prints, 100 columns wide."""
    runner = CliRunner(env={"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"})
    result = runner.invoke(app, [*command, "--help"], prog_name="reportedly", terminal_width=100, max_content_width=100)
    if result.exit_code:
        raise SystemExit(result.output)
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
