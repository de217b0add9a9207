"""Do the examples in the docs still give what they say? Runs every example; `--update` writes down what it gives now.

    python -m lab.docs_run                 says where page and program differ
    python -m lab.docs_run --update        rewrites the outputs in the pages

An example is a block marked `python`, or `console` with lines that start with `$ `. What a Python block prints stands in
a block marked `text` right below it; what a command prints stands below its line. Blocks of one page share their names.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"^```(python|console|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """A runnable block of a page: where its code stands, and where its output (start = end where the page shows none)."""

    page: Path
    kind: str
    code: str
    line: int
    output: str
    start: int
    end: int


def pages() -> list[Path]:
    """All pages that may hold examples."""
    top = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "lab/README.md")]
    found = [*top, *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "examples").glob("*.md"))]
    return [page for page in found if page.exists()]


def examples(page: Path) -> list[Example]:
    """The runnable blocks of a page in order."""
    text = page.read_text("utf-8")
    blocks = list(_BLOCK.finditer(text))
    found = []
    for at, block in enumerate(blocks):
        line = text.count("\n", 0, block.start()) + 1
        if block[1] == "console":
            found.append(Example(page, "console", block[2], line, block[2], block.start(2), block.end(2)))
        elif block[1] == "python":
            shown = blocks[at + 1] if at + 1 < len(blocks) else None
            if shown and shown[1] == "text" and not text[block.end() : shown.start()].strip():
                found.append(Example(page, "python", block[2], line, shown[2], shown.start(2), shown.end(2)))
            else:
                found.append(Example(page, "python", block[2], line, "", block.end(), block.end()))
    return found


def ran(page: Path) -> Iterator[tuple[Example, str]]:
    """Every example of a page with what it gives now, in the form in which the page shows it."""
    names: dict[str, Any] = {"__name__": "__docs__"}
    with tempfile.TemporaryDirectory() as folder:
        for example in examples(page):
            if example.kind == "python":
                yield example, _python(example, names, Path(folder))
            else:
                yield example, _console(example, Path(folder))


def _python(example: Example, names: dict[str, Any], folder: Path) -> str:
    """What the block prints; the last line of the error where it raises. It runs in a folder of its own."""
    out = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out):
        try:
            exec(compile(example.code, f"{example.page.name}:{example.line}", "exec"), names)
        except Exception as error:
            out.write(traceback.format_exception_only(error)[-1])
    return out.getvalue()


def _console(example: Example, folder: Path) -> str:
    """The block as a terminal of 100 columns without colour would show it, in the folder of the project. Commands that need an
    archive share one, which the page need not name."""
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "FORCE_COLOR", "LANGUAGE")}
    environment |= {"LC_ALL": "C.UTF-8", "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    environment["REPORTEDLY_ARCHIVE"] = str(folder / "archiv.db")
    environment["OUT"] = str(folder)  # where Python blocks run: what a command writes there they can read
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    shown = []
    for line in example.code.splitlines():
        if not line.startswith("$ "):
            continue
        done = subprocess.run(
            ["bash", "-c", line[2:]],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        printed = "\n".join(part.rstrip() for part in done.stdout.strip("\n").split("\n"))
        shown.append(f"{line}\n{printed}\n" if printed else f"{line}\n")
    return "".join(shown)


def update(page: Path) -> bool:
    """Write down in the page what its examples give now; True where that changed it."""
    text = before = page.read_text("utf-8")
    for example, given in reversed(list(ran(page))):
        if given != example.output:
            if example.start == example.end:
                given = f"\n\n```text\n{given}```"
            text = text[: example.start] + given + text[example.end :]
    if text != before:
        page.write_text(text, "utf-8")
    return text != before


def main() -> int:
    """Exit code 1 where an example gives something else than its page says."""
    wrong = 0
    for page in pages():
        if "--update" in sys.argv[1:]:
            if update(page):
                print(f"{page.relative_to(ROOT)}: outputs written anew")
            continue
        for example, given in ran(page):
            if given != example.output:
                wrong += 1
                print(f"{page.relative_to(ROOT)}:{example.line}: gives now\n{given}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
