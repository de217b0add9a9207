"""Do processes give every result, in order, whatever happens to one of them?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportedly.engines import Lost, Workers, cores


def squares() -> Callable[[int], int]:
    def square(n: int) -> int:
        time.sleep(0.002 * (n % 5))  # late ones must not overtake
        return n * n

    return square


def test_results_come_in_order_and_no_more_is_taken_than_needed() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for n in range(60):
            taken.append(n)
            yield n

    with Workers(squares, 2) as workers:
        for at, result in enumerate(workers.results(tasks())):
            assert result == at * at
            assert len(taken) <= at + 1 + 6
        assert len(taken) == 60
        assert list(workers.results([7])) == [49]


def test_what_is_done_goes_through_in_its_place() -> None:
    with Workers(squares, 2) as workers:
        assert list(workers.results([1, "a", 3, "b"], lambda task: isinstance(task, str))) == [1, "a", 9, "b"]
        assert list(workers.results(["a"], lambda _: True)) == ["a"]
        assert list(workers.results([])) == []


def moody() -> Callable[[str], str]:
    def do(task: str) -> str:
        kind, _, path = task.partition(" ")
        if kind == "die" or (kind == "die-once" and not Path(path).exists()):
            Path(path).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "leave":
            os._exit(3)
        if kind == "sleep":
            time.sleep(60)
        if kind == "raise":
            raise ValueError("no")
        return task

    return do


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_task_that_kills_its_process_is_lost_alone(tmp_path: Path) -> None:
    tasks = ["a", f"die {tmp_path}/1", "b", f"die-once {tmp_path}/2", "leave", "raise", "sleep", "c"]
    with Workers(moody, 2, lambda task: 2.0 if task == "sleep" else 60.0) as workers:
        found = list(workers.results(tasks))
    assert [r for r in found if isinstance(r, str)] == ["a", "b", f"die-once {tmp_path}/2", "c"]
    assert [f.reason for f in found if isinstance(f, Lost)] == [
        "ended the process that worked on it, twice (out of memory?)",
        "ended the process that worked on it, twice (exit code 3)",
        "could not be done (ValueError: no)",
        "was given up after 2 seconds",
    ]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc")
def test_when_the_program_is_killed_nothing_of_it_stays(tmp_path: Path) -> None:
    here = str(Path(__file__).parent)
    code = (
        f"import sys, time; sys.path.insert(0, {here!r})\n"
        "from test_local import moody\nfrom reportedly.engines import Workers\n"
        "if __name__ == '__main__':\n"
        "    with Workers(moody, 2) as workers:\n"
        "        for result in workers.results(['a', 'b', 'c', 'd']):\n"
        "            print([w._process.pid for w in [*workers._idle, *workers._busy.values()]], flush=True)\n"
        "        time.sleep(60)\n"
    )
    script = tmp_path / "program.py"
    script.write_text(code, "utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        for _ in range(4):
            line = program.stdout.readline()
        pids = [int(n) for n in line.strip("[]\n").split(",")]
        assert pids
        program.kill()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(Path(f"/proc/{pid}").exists() for pid in pids):
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_there_is_a_core() -> None:
    assert 1 <= cores() <= 4096
