"""Processes that are killed in the middle of their work. `with Victims() as victims: victims.run("add", path, told, kill_after=0.3)`

A process that has loaded everything forks one child for each run, so that a kill costs no start of Python. The child does one of the deeds
below and writes what it has been told as done into the file `told`; the parent kills it after so many seconds.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import apsw

ARTICLES = 40


def article_text(number: int) -> str:
    """An article of our own, no two alike, with three statements."""
    return (
        f"Der Deich {number} halte, sagte Landrätin Maike Thoms am Montag. „Wir bauen {number} Häuser“, räumte Umweltminister Jörn "
        f"Hallstein ein. Nach Angaben der Polizei seien {number + 1000} Menschen dort."
    )


def items(first: int, last: int, suffix: str = "") -> Iterator[Any]:
    """Articles and, now and then, a refusal."""
    from reportedly.intake import take_in_text
    from reportedly.model.article import Refusal

    for n in range(first, last):
        origin = f"{n}.txt{suffix}"
        if n % 10 == 9:
            yield Refusal(origin, "is empty; give an article as text or HTML")
        else:
            yield take_in_text(
                article_text(n),
                origin=origin,
                outlet=("Talbote", "Ahlauer Bote", "Küstenfunk")[n % 3],
                url=f"https://talbote.example/{n % 25}",
                published=f"2024-06-{n % 28 + 1:02}",
                language="de",
            )


def add(path: str, tell: Callable[[object], None], first: int = 0, last: int = ARTICLES) -> None:
    from reportedly.archive import open_archive

    with open_archive(path) as archive:
        archive.add(items(first, last), progress=lambda done: tell(done.read + done.there + done.refused))


def judge(path: str, tell: Callable[[object], None], first: int = 0, last: int = 200) -> None:
    from reportedly.archive import open_archive

    with open_archive(path) as archive:
        hit = archive.search("")[0]
        for n in range(first, last):
            archive.judge(hit, ("accept", "reject")[n % 2], by="mk", why=str(n))
            tell(n)


def reread(path: str, tell: Callable[[object], None]) -> None:
    from reportedly.archive import open_archive

    with open_archive(path) as archive:
        archive.reread(everything=True, progress=lambda done: tell(done.read))


def opened(path: str, tell: Callable[[object], None]) -> None:
    from reportedly.archive import open_archive

    with open_archive(path, create=False):
        tell("open")


def backup(path: str, tell: Callable[[object], None], to: str = "") -> None:
    from reportedly.archive import open_archive

    with open_archive(path, create=False) as archive:
        archive.backup(to)
        tell("done")


class FullDisk(apsw.VFS):
    """A disk that has room for `writes` more writes, and then none."""

    def __init__(self, writes: int) -> None:
        self.left = writes
        super().__init__("full disk", "unix", makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802
        return _FullFile(self, name, flags)


class _FullFile(apsw.VFSFile):
    def __init__(self, disk: FullDisk, name: Any, flags: list[int]) -> None:
        self._disk = disk
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._disk.left -= 1
        if self._disk.left < 0:
            raise apsw.FullError("no room")
        super().xWrite(data, offset)


def for_ever(data: bytes) -> bytes:
    """What a process apart is asked to do: nothing but one word ever comes to an end."""
    while data != b"ende":
        data = data[:]
    return data


def hungry(data: bytes) -> bytes:
    return bytes(int(data))


def crowd_adds(path: str, seconds: float, seed: int) -> None:
    """One of several importers: the same articles as the others, in another order, until the time is over; and it renews readings."""
    import random

    from reportedly.archive import open_archive

    end, chance, first = time.monotonic() + seconds, random.Random(seed), 0
    with open_archive(path) as archive:
        while time.monotonic() < end:
            batch = list(items(first, first + 20))
            chance.shuffle(batch)
            archive.add(batch)
            if chance.random() < 0.2:
                archive.reread(everything=True)
            if chance.random() < 0.3:
                archive.judge(archive.search("von:Thoms")[0], "accept", by=str(seed))
            first += 10
    print(json.dumps({"asked": first, "slowest": 0}))


def crowd_asks(path: str, seconds: float, seed: int) -> None:
    """One of several readers: pages, lists, checks, exports, by the library and by the command line."""
    import io
    import random

    from typer.testing import CliRunner

    from reportedly.archive import open_archive
    from reportedly.cli import app

    end, chance, asked, slowest = time.monotonic() + seconds, random.Random(seed), 0, 0.0
    archive = open_archive(path)
    while time.monotonic() < end:
        began = time.monotonic()
        how = chance.randrange(8)
        if how == 0:
            archive.close()
            archive = open_archive(path, create=False)
        elif how == 1:
            problems = list(archive.check())
            if problems:
                raise AssertionError(problems[:3])
        elif how == 2:
            ran = CliRunner().invoke(app, ["who", "--facets", "--archive", path, "von:Thoms OR Deich"])
            if ran.exit_code not in (0, 1):
                raise AssertionError(ran.output)
        elif how == 3:
            archive.speakers(), archive.outlets(), archive.refused(), archive.figures()
        elif how == 4:
            archive.search("form:direct").write("lines", io.StringIO())
        else:
            page = archive.search(chance.choice(("Deich", "von:Hallstein", "", "zahl:1000.."))).page(0, 50, facets=5)
            if how == 5:
                for hit in page.hits[:3]:
                    archive.judged(hit.article)
        asked += 1
        if how not in (1, 4):
            slowest = max(slowest, time.monotonic() - began)
    archive.close()
    print(json.dumps({"asked": asked, "slowest": slowest}))


def ask(path: str, tell: Callable[[object], None]) -> None:
    from reportedly.archive import open_archive

    with open_archive(path, create=False) as archive:
        tell(len(archive.search("Deich").page(facets=5).hits))


DEEDS: dict[str, Callable[..., None]] = {
    "ask": ask,
    "add": add,
    "judge": judge,
    "reread": reread,
    "opened": opened,
    "backup": backup,
}


class Victims:
    """Runs deeds in processes of their own, one after the other."""

    def __enter__(self) -> Victims:
        folder = Path(__file__).parent
        path = os.pathsep.join([str(folder), *filter(None, sys.path)])
        self._run = subprocess.Popen(
            [sys.executable, str(folder / "victims.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._run.stdin
        self._run.stdin.close()
        self._run.wait(60)
        if self._run.stdout:
            self._run.stdout.close()

    def run(
        self, deed: str, path: Path, told: Path, *, kill_after: float | None = None, **how: object
    ) -> dict[str, Any]:
        """`status` (negative: the signal that killed it), `seconds`, `letter` where it ended with a ReportedlyError, `fault` for any other.

        `file_limit`: no file may be larger (RLIMIT_FSIZE). `writes`: so many writes find room on the disk, then none.
        """
        assert self._run.stdin
        assert self._run.stdout
        limit, writes = how.pop("file_limit", None), how.pop("writes", None)
        order = {
            "deed": deed,
            "path": str(path),
            "told": str(told),
            "kill_after": kill_after,
            "how": how,
            "limit": limit,
            "writes": writes,
        }
        self._run.stdin.write(json.dumps(order) + "\n")
        self._run.stdin.flush()
        answer: dict[str, Any] = json.loads(self._run.stdout.readline())
        return answer


def told_by(told: Path) -> list[str]:
    """What the victim said was done; a line that it did not finish was not said."""
    return told.read_text("utf-8").split("\n")[:-1] if told.exists() else []


def _do(order: dict[str, Any], out: int) -> int:
    """The deed, in the child. 0 done, 2 a letter to the user, 70 a fault of ours."""
    from reportedly.errors import ReportedlyError

    if order["limit"] is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["limit"], resource.RLIM_INFINITY))
    kept = [FullDisk(order["writes"])] if order["writes"] is not None else []
    told = os.open(order["told"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        DEEDS[order["deed"]](order["path"], lambda what: os.write(told, f"{what}\n".encode()), **order["how"])
    except ReportedlyError as error:
        os.write(out, json.dumps({"letter": str(error)}).encode())
        return 2
    except BaseException as error:
        os.write(out, json.dumps({"fault": f"{type(error).__name__}: {error}"}).encode())
        return 70
    finally:
        kept.clear()  # so long the disk was full
    return 0


def _serve() -> None:
    from reportedly.archive import open_archive  # noqa: F401
    from reportedly.intake import take_in_text
    from reportedly.pipeline import read

    read(take_in_text(article_text(0), language="de"))
    for line in sys.stdin:
        order = json.loads(line)
        reading, writing = os.pipe()
        began = time.monotonic()
        child = os.fork()
        if not child:
            os._exit(_do(order, writing))
        os.close(writing)
        if order["kill_after"] is not None:
            time.sleep(order["kill_after"])
            os.kill(child, signal.SIGKILL)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(child, 0)
        answer = {"status": os.waitstatus_to_exitcode(status), "seconds": time.monotonic() - began}
        print(json.dumps({**answer, **(json.loads(said) if said else {})}), flush=True)


if __name__ == "__main__":
    _serve()
