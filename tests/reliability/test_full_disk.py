"""What happens when the disk is full? One sentence, nothing lost, and it goes on when there is room. Three ways to fill one."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from promises import Tried, promise, times
from reportedly.archive import open_archive
from victims import Victims, told_by

SEED = 2026
FULL_WORDS = "the disk is full; what was added so far is safe. Make room and run it again"
BALLAST = "ballast"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 12 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "none", str(place)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("no file system can be mounted here (it needs the rights of root); the two other ways are tried")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def whole(victims: Victims, tmp_path: Path) -> tuple[str, int]:
    """The fingerprint of an archive that always had room, and its size."""
    path = tmp_path / "whole.db"
    assert victims.run("add", path, tmp_path / "told")["status"] == 0
    with open_archive(path) as archive:
        return archive.fingerprint(), path.stat().st_size


def held(tried: Tried, run: dict[str, object], words: str) -> None:
    """It was stopped by one sentence, not by a fault."""
    tried.once()
    letter = str(run.get("letter"))
    tried.held(run["status"] == 2 and words in letter and "\n" not in letter, f"no clear sentence: {run}")


def kept(tried: Tried, victims: Victims, path: Path, told: Path, fingerprint: str) -> None:
    """What was told as done is there; with room the rest comes, and it is the archive that it would have been."""
    done = told_by(told)
    with open_archive(path) as archive:
        refused = archive.figures().refused
        origins = {v.origin for id_ in archive.store.ids() for v in archive.store.versions(id_)}
        tried.held(not done or len(origins) + refused >= int(done[-1]), f"told {done[-1:]}, there {len(origins)}")
        tried.held(not list(archive.check()), "check")
    run = victims.run("add", path, told)
    tried.held(run["status"] == 0, f"did not go on: {run}")
    with open_archive(path) as archive:
        tried.held(archive.fingerprint() == fingerprint, "another archive than with room")
        tried.held(not list(archive.check()), "check afterwards")


def test_a_small_disk(small_disk: Path, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    with promise("disk full: a small file system", "moments", SEED) as tried, Victims() as victims:
        fingerprint, size = whole(victims, tmp_path)
        path, told = small_disk / "archiv.db", tmp_path / "told"
        while tried.count < times(3, 20):
            for file in small_disk.iterdir():
                file.unlink()
            if chance.random() < 0.7:  # sometimes on a disk that is full from the start
                victims.run("add", path, told, last=chance.randrange(1, 15))
            used = sum(file.stat().st_size for file in small_disk.iterdir())
            room = chance.randrange(0, size - used + 100_000) if chance.random() < 0.8 else 0
            (small_disk / BALLAST).write_bytes(bytes(max(0, shutil.disk_usage(small_disk).free - room)))
            run = victims.run("add", path, told)
            if run["status"] == 0:
                continue  # there was room enough
            held(tried, run, FULL_WORDS)
            if path.exists() and path.stat().st_size:  # asking needs hardly any room; where it does, a sentence says so
                asked = victims.run("ask", path, tmp_path / "asked")
                tried.held(asked["status"] == 0 or FULL_WORDS in str(asked.get("letter")), f"asking: {asked}")
            (small_disk / BALLAST).unlink()
            kept(tried, victims, path, told, fingerprint)


def test_every_nth_write_finds_no_room(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    with promise("disk full: the n-th write fails", "moments", SEED) as tried, Victims() as victims:
        fingerprint, _ = whole(victims, tmp_path)
        path, told = tmp_path / "archiv.db", tmp_path / "told"
        first = [0, 1, 2, 3, 5, 8, 13, 21]
        while tried.count < times(4, 40):
            for file in tmp_path.glob("archiv.db*"):
                file.unlink()
            n = first.pop(0) if first and tried.count % 2 else chance.randrange(0, 1500)
            run = victims.run("add", path, told, writes=n)
            if run["status"] == 0:
                continue
            held(tried, run, FULL_WORDS)
            kept(tried, victims, path, told, fingerprint)


def test_files_may_not_grow_beyond_a_limit(tmp_path: Path) -> None:
    """As a quota does it; SQLite calls that an I/O error."""
    chance = random.Random(SEED)
    with promise("disk full: a limit on the size of files", "moments", SEED) as tried, Victims() as victims:
        fingerprint, size = whole(victims, tmp_path)
        path, told = tmp_path / "archiv.db", tmp_path / "told"
        while tried.count < times(2, 20):
            for file in tmp_path.glob("archiv.db*"):
                file.unlink()
            run = victims.run("add", path, told, file_limit=chance.randrange(0, 2 * size))
            if run["status"] == 0:
                continue
            held(tried, run, "cannot be read or written")
            kept(tried, victims, path, told, fingerprint)


def test_a_backup_that_finds_no_room(small_disk: Path, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    with promise("disk full: while backing up", "moments", SEED) as tried, Victims() as victims:
        _, size = whole(victims, tmp_path)
        for _ in range(times(2, 20)):
            room = chance.randrange(0, size)
            (small_disk / BALLAST).write_bytes(bytes(shutil.disk_usage(small_disk).free - room))
            run = victims.run("backup", tmp_path / "whole.db", tmp_path / "told", to=str(small_disk / "copy.db"))
            held(tried, run, "disk is full")
            (small_disk / BALLAST).unlink()
            tried.held(not list(small_disk.iterdir()), "half a copy lies about")
