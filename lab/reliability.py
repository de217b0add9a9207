"""Are the promises of docs/reliability.md kept? Puts each to the test at its full count: `python -m lab.reliability`.

Runs the tests of tests/reliability (and the tricks with addresses) with their full counts, prints one row for each promise, and with
`--write` puts the rows into docs/reliability.md. `--share 0.1` runs a tenth of the counts; `--only kill` what has that word in its name.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import apsw

from lab.page import page_with
from reportedly import __version__

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reliability.md"
TESTS = ("tests/reliability", "tests/cluster", "tests/intake/test_guard.py")
OPENING, CLOSING = "<!-- promises: written by lab/reliability.py -->", "<!-- end of promises -->"


def tried(share: float, only: str, tally: Path) -> int:
    """Run the tests; their rows go to `tally`. The exit code of pytest."""
    environment = {**os.environ, "REPORTEDLY_COUNTS": str(share), "REPORTEDLY_TALLY": str(tally)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *TESTS, *(["-k", only] if only else [])]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def rows_of(tally: Path) -> list[dict[str, Any]]:
    """One row a promise, the last one where it was tried several times, in the order of their names."""
    lines = tally.read_text("utf-8").splitlines() if tally.exists() else []
    found = {row["promise"]: row for row in map(json.loads, lines)}
    return [found[name] for name in sorted(found)]


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The rows in Markdown."""
    lines = ["| promise | tried | failures | seconds | seed | measured |", "|---|---:|---:|---:|---|---|"]
    for row in rows:
        seed, measured = row["seed"] or "–", "; ".join(row["remarks"]).replace("|", "/") or "–"
        lines.append(
            f"| {row['promise']} | {row['count']:,} {row['what']} | {row['failures']} | {row['seconds']:,} | {seed} | {measured} |"
        )
    return "\n".join(lines)


def machine() -> str:
    """Where and with what: figures without that say nothing."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return (
        f"{date.today().isoformat()}, reportedly {__version__}, Python {platform.python_version()}, SQLite {apsw.sqlite_lib_version()},"
        f" {platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory} GiB"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--share", type=float, default=1.0, help="how much of the full counts")
    options.add_argument(
        "--only", default="", metavar="WORDS", help="the tests with these words in their names (pytest -k)"
    )
    options.add_argument("--tally", type=Path, help="keep the rows there, and take those that are there already")
    options.add_argument("--write", action="store_true", help="put the rows into docs/reliability.md")
    options.add_argument("--shown", action="store_true", help="run nothing, only show the rows of --tally")
    given = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        tally = given.tally.absolute() if given.tally else Path(place) / "tally.jsonl"
        code = 0 if given.shown else tried(given.share, given.only, tally)
        rows = rows_of(tally)
    print(f"\n{table(rows)}\n\n{machine()}")
    if given.write and rows:
        PAGE.write_text(page_with(PAGE, OPENING, f"{table(rows)}\n\nMeasured {machine()}.", CLOSING), "utf-8")
    return code or int(any(row["failures"] for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
