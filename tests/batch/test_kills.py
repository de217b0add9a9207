"""Killed at random, again and again: is the output that of a run nobody disturbed, byte for byte?

REPORTEDLY_KILLS=50 kills fifty times; a few do for every day.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

import crowd

KILLS = int(os.environ.get("REPORTEDLY_KILLS", "4"))
LEADER = 0.2
"""How often the program that leads is killed, and not one of its workers."""

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc")


def start(output: Path, *inputs: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, crowd.__file__, str(output), *map(str, inputs)])


def workers_of(leader: int) -> list[int]:
    """Its processes that read; Python keeps one more, which looks after what they share."""
    with suppress(OSError):
        children = Path(f"/proc/{leader}/task/{leader}/children").read_text().split()
        threads = [t.name for t in Path(f"/proc/{leader}/task").iterdir()]
        for thread in threads:
            children += Path(f"/proc/{leader}/task/{thread}/children").read_text().split()
        return sorted({int(c) for c in children if b"spawn_main" in Path(f"/proc/{c}/cmdline").read_bytes()})
    return []


def test_killed_at_random_the_output_is_that_of_an_undisturbed_run(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "a.jsonl").write_text(crowd.lines(0, 60 + 4 * KILLS), "utf-8")
    for n in range(12):
        (tmp_path / "in" / f"{n}.txt").write_text(crowd.row(1000 + n)["text"], "utf-8")
    inputs = (tmp_path / "a.jsonl", tmp_path / "in")
    calm = crowd.go(tmp_path / "calm", *inputs)
    assert calm.whole.articles == 72 + 4 * KILLS
    assert calm.whole.shards > 15

    chance, killed, leaders, output = random.Random(6), 0, 0, tmp_path / "killed"
    run = start(output, *inputs)
    deadline = time.monotonic() + 120 + 20 * KILLS
    while killed < KILLS:
        assert time.monotonic() < deadline
        time.sleep(chance.uniform(0.05, 1.5))
        if run.poll() is not None:  # done before the last kill: the rest is killed at work on nothing
            run = start(output, *inputs)
            continue
        victims = workers_of(run.pid)
        if chance.random() < LEADER:
            run.kill()
            run.wait()
            killed, leaders = killed + 1, leaders + 1
            run = start(output, *inputs)
        elif victims:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(victims), signal.SIGKILL)
                killed += 1
    run.wait()
    while (last := crowd.go(output, *inputs)).quarantined:
        assert time.monotonic() < deadline

    assert last.whole == calm.whole
    assert crowd.held(output) == crowd.held(tmp_path / "calm")
    for table in ("articles", "statements", "speakers"):
        rows = crowd.sorted_rows(output, table)
        assert rows == crowd.sorted_rows(tmp_path / "calm", table)
        assert len(rows) == len(set(rows))
    print(f"{killed} kills, {leaders} of them of the leader: {len(crowd.held(output))} files, all the same")
