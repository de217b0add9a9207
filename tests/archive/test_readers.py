"""Is what several processes read the same as what one reads?"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from reportedly.archive import Archive, open_archive
from reportedly.intake import take_in_text
from reportedly.model.answers import Progress
from reportedly.model.article import Article, Refusal

AT = "2024-06-05T08:00:00+00:00"


def text(n: int) -> str:
    return (
        f"Der Deich {n} halte, sagte Landrätin Maike Thoms am Montag. „Wir haben {n} Säcke gefüllt“, fügte sie hinzu."
    )


def items() -> list[Article | Refusal]:
    """Forty articles among them twins, new versions of an address, and what cannot be read."""
    found: list[Article | Refusal] = []
    for n in range(40):
        found.append(
            take_in_text(text(n % 33), language="de", url=f"https://talbote.example/{n % 11}", origin=f"texte/{n}.txt")
        )
        if n % 9 == 4:
            found.append(Refusal(f"texte/{n}.png", "is a PNG image; give the article's text"))
    return found


@pytest.mark.parametrize("workers", [2, 5])
def test_any_number_of_processes_gives_the_same_archive(workers: int, tmp_path: Path) -> None:
    told: dict[int, list[Progress]] = {1: [], workers: []}
    prints = []
    for count, steps in told.items():
        with open_archive(tmp_path / f"{count}.db") as archive:
            archive._clock = lambda: AT
            archive.add(items(), progress=steps.append, expected=len(items()), workers=count)
            archive.add(items(), workers=count)
            prints.append(archive.fingerprint())
            assert not list(archive.check())
    assert prints[0] == prints[1]
    assert [replace(p, left=0) for p in told[1]] == [replace(p, left=0) for p in told[workers]]
    assert (told[1][-1].read, told[1][-1].there, told[1][-1].refused, told[1][-1].left) == (33, 7, 4, 0)


def test_all_are_read_anew_by_several_processes(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        archive.add(items())
        archive.weights = "tables"
        assert len(archive.outdated()) == 33
        done = archive.reread(workers=2)
        assert (done.read, done.refused, done.left) == (33, 0, 0)
        assert archive.outdated() == []
        assert all("tables" in signature for _, signature in archive.store.signatures())


def test_the_weights_of_an_archive_are_remembered(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        assert archive.weights == "open"
        archive.weights = "tables"
    with open_archive(tmp_path / "a.db") as archive:
        assert archive.weights == "tables"


def test_how_many_there_will_be_may_be_known_late(tmp_path: Path) -> None:
    known: list[int] = []
    left = []

    def step(now: Progress) -> None:
        left.append(now.left)
        if len(left) == 2:
            known.append(5)

    with Archive(open_archive(tmp_path / "a.db").store) as archive:
        articles = [take_in_text(text(n), language="de") for n in range(5)]
        archive.add(articles, progress=step, expected=lambda: known[0] if known else None)
    assert left == [None, None, 2, 1, 0]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_killed_while_several_read_it_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "texte"
    folder.mkdir()
    for n in range(60):
        (folder / f"{n:03}.txt").write_text(text(n), "utf-8")
    db = tmp_path / "archiv.db"
    command = [sys.executable, "-m", "reportedly", "add", str(folder), "-a", str(db), "--workers", "2"]
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and running.poll() is None:
        time.sleep(0.1)
        if db.exists() and held(db) > 20:
            break
    running.send_signal(signal.SIGKILL)
    running.wait()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "refused 0" in done.stderr
    with open_archive(db) as archive:
        assert archive.figures().articles == 60
        assert not list(archive.check())


def held(db: Path) -> int:
    try:
        with open_archive(db, create=False) as archive:
            return archive.figures().articles
    except Exception:  # not made yet
        return 0
