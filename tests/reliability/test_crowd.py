"""Can several people work with one archive? Two importers, who also renew and judge, and five readers at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from promises import promise, times
from reportedly.archive import open_archive
from reportedly.archive.archive import verify

SECONDS = times(3, 60)


def started(deed: str, path: Path, seed: int) -> subprocess.Popen[str]:
    folder = Path(__file__).parent.parent
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), *filter(None, sys.path)])}
    code = f"import victims; victims.{deed}({str(path)!r}, {SECONDS}, {seed})"
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
    )


def test_two_importers_and_five_readers(tmp_path: Path) -> None:
    path = tmp_path / "archiv.db"
    with promise("two importers and five readers at once", "questions", "1-7") as tried:
        runs = [started("crowd_adds" if n <= 2 else "crowd_asks", path, n) for n in range(1, 8)]
        backups = 0
        while any(run.poll() is None for run in runs):
            if path.exists() and backups < times(1, 20):
                copy = tmp_path / f"copy{backups}.db"
                with open_archive(path) as archive:
                    archive.backup(copy)
                tried.held(not list(verify(copy)), "a backup taken meanwhile is not whole")
                copy.unlink()
                backups += 1
        slowest = 0.0
        for run in runs:
            out, error = run.communicate()
            tried.held(run.returncode == 0, error[-500:])
            if run.returncode == 0:
                said = json.loads(out)
                slowest = max(slowest, said["slowest"])
                tried.once(said["asked"])
        with open_archive(path) as archive:
            tried.held(not list(archive.check()), "check")
            origins = [v.origin for id_ in archive.store.ids() for v in archive.store.versions(id_) if v.article == id_]
            tried.held(len(origins) == len(set(origins)), "articles doubled")
            tried.held(archive.figures().articles == len(set(origins)), "articles lost")
        tried.remark(f"{SECONDS} s, slowest answer {slowest:.1f} s, {backups} backups meanwhile")
