"""What does a machine of the cluster do with a task? It hands it to a process of its own, as the local engine does, and waits for it.

So Dask never runs our code in its own process: a task that dies, hangs or needs too much memory costs its process alone, weights are
loaded once in each (and mapped into memory, so that a machine holds them once), and the thread with which Dask answers its scheduler
is never kept waiting by us.
"""

from __future__ import annotations

import os
import pickle
import socket
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import current_process
from threading import Lock, Timer
from typing import Any

from reportedly.engines import Pool, UnfitError

_LONE = 60.0
"""Seconds after which the processes of a run that gives no more tasks are ended."""
_PACKED_FROM = 100_000


@dataclass(slots=True)
class _Run:
    """The processes that this machine has for one run, and how many tasks they have."""

    pool: Pool[Any, Any]
    tasks: int = 0
    last: float = field(default_factory=time.monotonic)


_RUNS: dict[str, _Run] = {}
_LOCK = Lock()


def packed(thing: Any) -> bytes:
    """Something picklable as bytes that Dask carries without looking into them; much is packed, for it goes over a wire, twice."""
    data = pickle.dumps(thing)
    return b"z" + zlib.compress(data, 1) if len(data) > _PACKED_FROM else b"-" + data


def unpacked(data: bytes) -> Any:
    return pickle.loads(zlib.decompress(data[1:]) if data[:1] == b"z" else data[1:])


@dataclass(frozen=True, slots=True)
class Unpacking:
    """`make` for a process that is given tasks as bytes."""

    make: bytes

    def __call__(self) -> Callable[[tuple[bytes, float]], Any]:
        try:
            make = unpacked(self.make)
        except (ImportError, AttributeError) as error:
            raise UnfitError(
                f"{socket.gethostname()} lacks what the work is made of ({error}); install the same on all machines"
            ) from None
        do = make()
        return lambda task: do(unpacked(task[0]))


def do(run: str, make: bytes, task: bytes, seconds: float, processes: int | None = None) -> tuple[str, Any]:
    """The result of a task, or `Lost`, and the address of the worker of Dask that did it. Runs in a thread of that worker, of which
    there are as many as it has processes for us."""
    address, threads = _about_here()
    mine = _run(run, make, processes or threads)
    try:
        result = mine.pool.submit((task, seconds)).result()
    finally:
        with _LOCK:
            mine.tasks -= 1
            mine.last = time.monotonic()
        _later()
    return address, result


def leave(run: str) -> None:
    """The run is over: its processes are ended, whatever they are doing."""
    with _LOCK:
        mine = _RUNS.pop(run, None)
    if mine:
        mine.pool.close()


def leave_all() -> None:
    """This machine leaves the cluster, or has lost it."""
    for run in list(_RUNS):
        leave(run)


def _run(name: str, make: bytes, processes: int) -> _Run:
    with _LOCK:
        mine = _RUNS.get(name)
        if mine is None:
            _may_have_children()
            mine = _RUNS[name] = _Run(Pool(Unpacking(make), processes, lambda task: task[1]))
        mine.tasks += 1
        return mine


def _later() -> None:
    """Look again in a while whether a run gives no more tasks: the program that led it may be gone."""
    timer = Timer(_LONE, _end_lone)
    timer.daemon = True
    timer.start()


def _end_lone() -> None:
    with _LOCK:
        now = time.monotonic()
        lone = [name for name, run in _RUNS.items() if not run.tasks and now - run.last >= _LONE]
        over = [_RUNS.pop(name) for name in lone]
    for run in over:
        run.pool.close()


def _may_have_children() -> None:
    """Dask's nannies mark their workers as processes that may have none; ours end by themselves when the worker does."""
    current_process()._config.pop("daemon", None)  # type: ignore[attr-defined]


def _about_here() -> tuple[str, int]:
    """The address of this worker, and how many threads it has; outside of one, that of the process."""
    from distributed import get_worker

    try:
        worker = get_worker()
    except ValueError:
        return f"here:{os.getpid()}", 1
    return str(worker.address), int(worker.state.nthreads)
