"""Can any line be typed into a search? Random and hostile ones: no error, no answer that takes longer than two seconds."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import hostile
from promises import promise, times
from reportedly.archive import Archive, open_archive
from reportedly.archive.found import Found
from reportedly.cli import app
from reportedly.errors import ReportedlyError
from victims import items

SEED = 2026
SORTS = ("newest", "oldest", "relevance")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(tmp_path_factory.mktemp("small") / "archiv.db") as archive:
        archive.add(items(0, 4))
        yield archive


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("larger") / "archiv.db"
    with open_archive(path) as archive:
        archive.add(items(0, times(40, 400)))
    return path


def test_any_line_is_a_query(small: Archive) -> None:
    """Counts, hits, and why there are none."""
    chance, slowest = random.Random(SEED), (0.0, "")
    with promise("hostile queries: counts and hits", "queries", SEED) as tried:
        for _ in range(times(1000, 100_000)):
            line = hostile.line(chance)
            began = time.monotonic()
            try:
                page = small.search(line, sort=chance.choice(SORTS)).page(0, 5)
                tried.held(page.statements >= len(page.hits), f"{line[:200]!r}: more hits than there are")
            except Exception as error:
                tried.failed(f"{line[:200]!r}: {type(error).__name__}: {error}")
            slowest = max(slowest, (time.monotonic() - began, line[:60]))
            tried.once()
        tried.held(slowest[0] < 2, f"{slowest[1]!r} took {slowest[0]:.1f} s")
        tried.remark(f"slowest {slowest[0]:.2f} s")


def test_any_line_through_the_whole_search(larger: Path) -> None:
    """Hits, facets, notes, relevance, and what an export of it would hold."""
    chance, slowest = random.Random(SEED + 1), (0.0, "")
    with (
        promise("hostile queries: the whole search over some hundred articles", "queries", SEED + 1) as tried,
        open_archive(larger) as archive,
    ):
        for n in range(times(150, 20_000)):
            line = hostile.line(chance)
            began = time.monotonic()
            try:
                found = archive.search(line, sort=chance.choice(SORTS))
                page = found.page(0, 20, facets=8)
                tried.held((len(page.facets) > 0) == (page.statements > 0), f"{line[:200]!r}: facets")
                if n % 50 == 0:
                    tried.held(
                        _exported(found) == page.statements, f"{line[:200]!r}: exports something else than it shows"
                    )
                    began = time.monotonic()  # an export may take its time
            except Exception as error:
                tried.failed(f"{line[:200]!r}: {type(error).__name__}: {error}")
            slowest = max(slowest, (time.monotonic() - began, line[:60]))
            tried.once()
        tried.held(slowest[0] < 2, f"{slowest[1]!r} took {slowest[0]:.1f} s")
        tried.remark(f"slowest {slowest[0]:.2f} s")


def _exported(found: Found) -> int:
    return sum(len(reading.statements) for reading in found.readings())


def test_any_line_at_the_command_line(larger: Path) -> None:
    chance = random.Random(SEED + 2)
    with promise("hostile queries: `reportedly who` and `export`", "commands", SEED + 2) as tried:
        for n in range(times(25, 1000)):
            line = hostile.line(chance)
            command = (
                ["export", "--format", "jsonl"]
                if n % 10 == 0
                else ["who", *(["--facets"] if n % 3 == 0 else []), *(["--json"] if n % 7 == 0 else [])]
            )
            given = [*command, "--archive", str(larger), "--", line]
            ran = CliRunner().invoke(app, given)
            fault = ran.exception if not isinstance(ran.exception, SystemExit | None) else None
            tried.held(
                ran.exit_code in (0, 1) and not fault,
                f"{line[:100]!r}: exit code {ran.exit_code}, {fault or ran.stderr[:200]}",
            )
            tried.once()


def test_bytes_that_are_no_text_at_the_command_line(larger: Path) -> None:
    chance = random.Random(SEED + 3)
    with promise("hostile queries: any bytes as arguments, in a shell's C locale too", "commands", SEED + 3) as tried:
        for n in range(times(2, 40)):
            line = bytes(chance.randrange(1, 256) for _ in range(chance.randrange(1, 60)))
            env = {**os.environ, **({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"} if n % 2 else {})}
            command = [sys.executable, "-m", "reportedly", "who", "--archive", str(larger), "--", line]
            ran = subprocess.run(command, capture_output=True, env=env, check=False)
            tried.held(
                ran.returncode in (0, 1) and b"Traceback" not in ran.stderr,
                f"{line!r}: {ran.returncode} {ran.stderr[-300:]!r}",
            )
            tried.once()


def test_a_search_that_takes_too_long_says_so_and_is_never_an_empty_answer(
    small: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportedly.store.sqlite.tables.LONGEST_QUESTION", -1.0)
    monkeypatch.setattr("reportedly.store.sqlite.tables._STEPS", 1)
    with pytest.raises(ReportedlyError, match="takes longer than"):
        small.search("Deich").page()
