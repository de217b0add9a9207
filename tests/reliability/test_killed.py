"""What is left when the program is killed in the middle of its work? kill -9 while adding, judging, renewing, backing up, migrating."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

from promises import promise, times
from reportedly.archive import Archive, open_archive
from reportedly.archive.archive import verify
from victims import ARTICLES, Victims, told_by

SEED = 2026
OLD = sorted((Path(__file__).parent.parent / "store" / "archives").glob("version*.db.gz"))


def answered(archive: Archive) -> int:
    """How many inputs the archive has an answer for. Every origin was met once, and is kept or refused."""
    figures = archive.figures()
    return len({v.origin for id_ in archive.store.ids() for v in archive.store.versions(id_)}) + figures.refused


def test_killed_while_adding_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    whole = tmp_path / "whole.db"
    with promise("kill -9 while adding", "kills", SEED) as tried, Victims() as victims:
        never = victims.run("add", whole, tmp_path / "told")
        assert never["status"] == 0
        with open_archive(whole) as archive:
            fingerprint, articles = archive.fingerprint(), archive.figures().articles
        number = before = 0
        while tried.count < times(4, 200):
            path = tmp_path / f"killed{number}.db"
            run = victims.run("add", path, tmp_path / "told", kill_after=chance.random() * never["seconds"])
            tried.once(run["status"] == -9)
            told = told_by(tmp_path / "told")
            with open_archive(path) as archive:
                problems = list(archive.check())
                tried.held(not problems, f"check: {problems[:2]}")
                there = answered(archive)
                tried.held(there >= before, f"{before} were there, {there} are left")
                tried.held(not told or there >= int(told[-1]), f"told {told[-1:]} as done, {there} there")
                before = there
            if before == ARTICLES or tried.count == times(4, 200):  # complete: compare it, and begin with another one
                last = victims.run("add", path, tmp_path / "told")
                with open_archive(path) as archive:
                    tried.held(last["status"] == 0, f"the last run: {last}")
                    tried.held(archive.figures().articles == articles, "articles lost or doubled")
                    tried.held(archive.fingerprint() == fingerprint, "is not what an import without kills gives")
                path.unlink()
                number, before = number + 1, 0


def test_killed_while_judging_no_judgement_is_lost(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    path = tmp_path / "archiv.db"
    with promise("kill -9 while judging", "kills", SEED) as tried, Victims() as victims:
        victims.run("add", path, tmp_path / "told", last=5)
        first = 0
        while tried.count < times(3, 50):
            run = victims.run("judge", path, tmp_path / "told", kill_after=chance.random() * 0.4, first=first)
            tried.once(run["status"] == -9)
            told = [int(line) for line in told_by(tmp_path / "told")]
            with open_archive(path) as archive:
                kept = [int(j.why) for j in archive.judgements()]
                tried.held(kept == list(range(len(kept))), "judgements lost or doubled")
                tried.held(not told or kept[-1:] >= told[-1:], f"judgement {told[-1:]} was told as kept")
                tried.held(not list(archive.check()), "check")
            first = len(kept)


def test_killed_while_renewing_every_reading_is_whole(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    path = tmp_path / "archiv.db"
    with promise("kill -9 while rereading", "kills", SEED) as tried, Victims() as victims:
        victims.run("add", path, tmp_path / "told")
        with open_archive(path) as archive:
            archive.judge(archive.search("von:Thoms")[0], "reject", by="mk")
            fingerprint, found = archive.fingerprint(), len(archive.search("Deich"))
        while tried.count < times(3, 50):
            run = victims.run("reread", path, tmp_path / "told", kill_after=chance.random() * 0.5)
            tried.once(run["status"] == -9)
            with open_archive(path) as archive:
                tried.held(archive.fingerprint() == fingerprint, "another fingerprint")
                tried.held(len(archive.search("Deich")) == found, "other hits")
                tried.held(not list(archive.check()), "check")


def test_killed_while_backing_up_there_is_a_whole_copy_or_none(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    path, copy = tmp_path / "archiv.db", tmp_path / "copy.db"
    with promise("kill -9 while backing up", "kills", SEED) as tried, Victims() as victims:
        victims.run("add", path, tmp_path / "told")
        with open_archive(path) as archive:
            fingerprint = archive.fingerprint()
        took = victims.run("backup", path, tmp_path / "told", to=str(copy))["seconds"]
        copy.unlink()
        while tried.count < times(3, 50):
            run = victims.run("backup", path, tmp_path / "told", kill_after=chance.random() * took, to=str(copy))
            tried.once(run["status"] == -9)
            if copy.exists():
                tried.held(not list(verify(copy)), "a copy that is not whole has its name")
                copy.unlink()
        run = victims.run("backup", path, tmp_path / "told", to=str(copy))
        tried.held(run["status"] == 0, f"no backup afterwards: {run}")
        tried.held(not list(tmp_path.glob("*.part*")), "half copies of dead processes lie about")
        with open_archive(copy) as archive:
            tried.held(archive.fingerprint() == fingerprint, "another fingerprint")
        with open_archive(path) as archive:
            tried.held(not list(archive.check()), "check")


def test_killed_while_an_old_archive_is_brought_forward(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    with promise("kill -9 while migrating", "kills", SEED) as tried, Victims() as victims:
        for old in OLD:
            data = gzip.decompress(old.read_bytes())
            path = tmp_path / f"{old.stem}"
            path.write_bytes(data)
            took = victims.run("opened", path, tmp_path / "told")["seconds"]
            with open_archive(path) as archive:
                fingerprint, judgements = archive.fingerprint(), archive.judgements()
            for n in range(times(3, 20)):
                path = tmp_path / f"{n}-{old.stem}"
                path.write_bytes(data)
                tried.once(
                    victims.run("opened", path, tmp_path / "told", kill_after=chance.random() * took)["status"] == -9
                )
                with open_archive(path, create=False) as archive:
                    tried.held(archive.fingerprint() == fingerprint, "another fingerprint")
                    tried.held(archive.judgements() == judgements, "judgements lost")
                    found = [p.what for p in archive.check() if "reread" not in p.advice]
                    tried.held(not found, f"check: {found}")
                before = sorted(p.name.removeprefix(f"{path.name}.") for p in tmp_path.glob(f"{path.name}.version*"))
                # killed between two steps, the next run keeps a copy of what it finds as well
                tried.held(before[:1] == [old.name.split(".")[0]], f"the copy from before: {before}")
                tried.held(all(name.removeprefix("version").isdecimal() for name in before), f"left lying: {before}")
