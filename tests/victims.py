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


def for_ever(data: bytes) -> bytes:
    """What a process apart is asked to do: nothing but one word ever comes to an end."""
    while data != b"ende":
        data = data[:]
    return data


def hungry(data: bytes) -> bytes:
    return bytes(int(data))


DEEDS: dict[str, Callable[..., None]] = {
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
        """`status` (negative: the signal that killed it), `seconds`, `letter` where it ended with a ReportedlyError, `fault` for any other."""
        assert self._run.stdin
        assert self._run.stdout
        limit = how.pop("file_limit", None)
        order = {
            "deed": deed,
            "path": str(path),
            "told": str(told),
            "kill_after": kill_after,
            "how": how,
            "limit": limit,
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
    told = os.open(order["told"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        DEEDS[order["deed"]](order["path"], lambda what: os.write(told, f"{what}\n".encode()), **order["how"])
    except ReportedlyError as error:
        os.write(out, json.dumps({"letter": str(error)}).encode())
        return 2
    except BaseException as error:
        os.write(out, json.dumps({"fault": f"{type(error).__name__}: {error}"}).encode())
        return 70
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
