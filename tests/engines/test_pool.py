"""Do tasks that are handed in one by one all get their result, whatever happens to a process?"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportedly.engines import LocalEngine, Lost, Pool


def moody() -> Callable[[str], str]:
    def do(task: str) -> str:
        kind, _, path = task.partition(" ")
        if kind == "die" or (kind == "die-once" and not Path(path).exists()):
            Path(path).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "sleep":
            time.sleep(60)
        if kind == "raise":
            raise ValueError("no")
        return task.upper()

    return do


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_each_task_gets_its_own_result(tmp_path: Path) -> None:
    tasks = ["a", f"die {tmp_path}/1", f"die-once {tmp_path}/2", "raise", "sleep", "b"]
    with Pool(moody, 2, lambda task: 2.0 if task == "sleep" else 60.0) as pool:
        a, dies, once, raises, sleeps, b = [future.result() for future in [pool.submit(task) for task in tasks]]
    assert (a, once, b) == ("A", f"DIE-ONCE {tmp_path}/2".upper(), "B")
    assert dies == Lost("ended the process that worked on it, twice (out of memory?)", ended=True)
    assert raises == Lost("could not be done (ValueError: no)")
    assert sleeps == Lost("was given up after 2 seconds", ended=True)


def test_what_is_left_when_it_is_closed_is_lost_and_nobody_waits_for_it() -> None:
    pool = Pool(moody, 1)
    late = [pool.submit("sleep") for _ in range(3)]
    time.sleep(0.2)
    pool.close()
    pool.close()
    late.append(pool.submit("a"))
    assert [future.result(timeout=1) for future in late] == [Lost("was not done: the work was stopped")] * 4


def test_an_engine_gives_every_task_back_and_takes_no_more_than_needed() -> None:
    taken: list[str] = []

    def tasks() -> Iterator[str]:
        for n in range(40):
            taken.append(str(n))
            yield str(n)

    seen = []
    for task, result in LocalEngine(2).done(moody, tasks()):
        seen.append(task)
        assert result == task
        assert len(taken) <= len(seen) + 4
    assert sorted(seen, key=int) == taken
    assert list(LocalEngine(1).done(moody, [])) == []


def test_what_is_taken_back_before_anybody_began_with_it_is_not_done() -> None:
    with Pool(moody, 1) as pool:
        first = pool.submit("a")
        first.result()
        slow, left, last = pool.submit("sleep"), pool.submit("b"), pool.submit("c")
        until = time.monotonic() + 10
        while not slow.running() and time.monotonic() < until:
            time.sleep(0.01)
        assert left.cancel()
        assert not slow.cancel(), "somebody is at work on it"
        pool.close()
        assert left.cancelled()
        assert slow.result(1) == last.result(1) == Lost("was not done: the work was stopped")
    with Pool(moody, 1) as pool:
        futures = [pool.submit(str(n)) for n in range(20)]
        taken = [future for future in futures if future.cancel()]
        assert [f.result(60) for f in futures if f not in taken] == [
            str(f) for f in range(20) if futures[f] not in taken
        ]
        assert pool.submit("d").result(60) == "D"
