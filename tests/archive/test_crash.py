"""What is left when the program is killed in the middle of an import?"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from reportedly.archive import open_archive

IMPORT = """
import sys
from reportedly.archive import open_archive
from reportedly.intake import take_in_text
def items():
    for n in range(120):
        yield take_in_text(f"Der Deich {n} halte, sagte Landrätin Maike Thoms.", origin=f"{n}.txt", language="de")
with open_archive(sys.argv[1]) as archive:
    archive.add(items(), progress=lambda done: print(done.read + done.there, flush=True))
"""
KILLS = 6


def start(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", IMPORT, str(path)], stdout=subprocess.PIPE, text=True)


def test_killed_at_random_moments_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    path, whole = tmp_path / "killed.db", tmp_path / "whole.db"
    chance = random.Random(4)
    told = 0
    for _ in range(KILLS):
        run = start(path)
        assert run.stdout is not None
        for _ in range(chance.randint(told + 1, min(told + 15, 119))):
            run.stdout.readline()
        time.sleep(chance.random() * 0.02)
        run.send_signal(signal.SIGKILL)
        rest = run.stdout.read().split()
        run.wait()
        with open_archive(path) as archive:
            kept = archive.figures().articles
            assert kept >= told
            assert not rest or kept >= int(rest[-1]), "what was told as done is there"
            assert list(archive.check()) == []
            told = kept
    for place in (path, whole):
        run = start(place)
        run.communicate()
        assert run.returncode == 0
    with open_archive(path) as killed, open_archive(whole) as never:
        assert killed.figures().articles == never.figures().articles == 120
        assert killed.fingerprint() == never.fingerprint()
    print(f"{KILLS} kills: 0 articles lost, 0 doubled, check clean")
