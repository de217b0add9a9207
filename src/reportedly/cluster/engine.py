"""How is work done by the machines of a Dask cluster? Hand tasks to its scheduler, take results back, outlive what goes away.

The scheduler is a go-between that may be lost at any time: which tasks are out is known here alone. When it is gone, a new connection is
looked for, and what was out is handed in again. So a task may be done twice; it must come to the same (docs/batch.md says how shards do).
"""

from __future__ import annotations

import logging
import os
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from reportedly.cluster.node import do, leave, packed
from reportedly.engines import Lost
from reportedly.errors import BatchError

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2
"""Tasks per process that are handed in before their turn."""
_LOOK, _FETCH = 3.0, 30.0
"""Seconds between two looks at who is in the cluster; how long a result may take from there to here."""
_DEATHS = 2
"""A task that Dask has given up so many times (each time after four of its workers went away) is given up here."""
PATIENCE = 600.0
"""Seconds to wait for a cluster that went away, or has no machine any more, before the run ends."""
START = 10.0
"""The same at the beginning of a run."""


def is_cluster(engine: str) -> bool:
    """Is this the address of a cluster, or the file in which its scheduler says where it is?

    >>> is_cluster("tcp://10.0.0.1:8786"), is_cluster("shared/scheduler.json"), is_cluster("local")
    (True, True, False)
    """
    return "://" in engine or engine.endswith(".json")


@dataclass(slots=True)
class _Out:
    """A task that was handed in."""

    task: Any
    data: bytes
    seconds: float
    number: int
    tries: int = 0
    deaths: int = 0
    future: Any = None


class ClusterEngine:
    """The machines of the cluster whose scheduler is at `address` (tcp://HEAD:8786, tls://…, or the file it wrote).

    `say` is told what a person should know meanwhile. `start` and `patience` are seconds, as `START` and `PATIENCE`. Raises BatchError
    where the extra is missing or no cluster answers.
    """

    elsewhere = True

    def __init__(
        self,
        address: str,
        say: Callable[[str], None] = lambda _: None,
        start: float | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self.address, self._say, self._patience = address, say, patience
        start = START if start is None else start
        self._client = connected(address, start)
        self._unfit: dict[str, str] = {}
        self._threads: dict[str, int] = {}
        until = time.monotonic() + start
        while not self._look():
            if time.monotonic() > until:
                self._drop()
                raise BatchError(
                    f"{address}: the cluster has no workers; start one on each machine: reportedly join {address}"
                )
            time.sleep(0.2)

    @property
    def workers(self) -> int:
        """How many tasks are done at once, as far as known at the last look."""
        return max(sum(n for name, n in self._threads.items() if name not in self._unfit), 1)

    def close(self) -> None:
        self._drop()

    def done(
        self, make: Callable[[], Callable[[T], R]], tasks: Iterable[T], seconds: Callable[[T], float] | None = None
    ) -> Iterator[tuple[T, R | Lost]]:
        """As `Engine` says. Raises BatchError where the cluster went away and did not come back."""
        work = _Work(self, packed(make), seconds or (lambda _: float("inf")))
        try:
            yield from work.done(tasks)
        finally:
            work.end()

    def submit(self, out: _Out, run: str, make: bytes, finished: SimpleQueue[tuple[_Out, Any]]) -> None:
        """Hand one in; its future comes into the queue when something has become of it."""
        workers = [name for name in self._threads if name not in self._unfit] if self._unfit else None
        key = f"reportedly-{run}-{out.number}-{out.tries}"
        future = self._client.submit(do, run, make, out.data, out.seconds, key=key, workers=workers)
        out.future = future
        future.add_done_callback(lambda future: finished.put((out, future)))

    def unfit(self, address: str, reason: str) -> None:
        """This worker gets no more tasks. Raises BatchError where no other is left."""
        if address not in self._unfit:
            self._unfit[address] = reason
            self._say(f"{address}: gets no more work: {reason}")
        if not set(self._threads) - set(self._unfit):
            raise BatchError(f"{self.address}: no machine of the cluster can do the work: {reason}")

    @property
    def somebody(self) -> bool:
        """Was anybody in the cluster at the last look?"""
        return bool(self._threads)

    def look(self) -> bool:
        """Who is there now? False where tasks that may go to some workers only must be handed in anew, because one has gone."""
        before = set(self._threads)
        self._look()
        return not (self._unfit and before - set(self._threads))

    def forget(self, run: str) -> None:
        """The processes of a run are no longer needed."""
        with suppress(Exception):  # who cannot be told ends them by itself after a while
            self._client.run(leave, run, on_error="ignore")

    def reconnect(self) -> None:
        """The scheduler is gone: wait until it is back. Raises BatchError where it stays away."""
        self._say(f"{self.address}: the connection is lost; waiting for it up to {self._patience:.0f} seconds")
        self._drop()
        until = time.monotonic() + self._patience
        while True:
            try:
                self._client = connected(self.address, min(START, max(until - time.monotonic(), 1.0)))
                self._unfit.clear()
                if self._look() or time.monotonic() > until:
                    return
                self._drop()
            except BatchError:
                if time.monotonic() > until:
                    raise BatchError(
                        f"{self.address}: the cluster went away and did not come back in {self._patience:.0f} seconds; run it again"
                        " when it is there, it goes on"
                    ) from None
            time.sleep(0.5)

    def nobody_for(self, seconds: float) -> None:
        """Raises BatchError where nobody was in the cluster for too long."""
        if seconds > self._patience:
            raise BatchError(
                f"{self.address}: no machine is left in the cluster; start some (reportedly join {self.address}) and run it again,"
                " it goes on"
            )

    def _look(self) -> bool:
        try:
            self._threads = dict(self._client.nthreads())
        except Exception:  # whatever Dask raises where its connection is gone; that shows in the futures
            self._threads = {}
        return bool(self._threads)

    def _drop(self) -> None:
        with suppress(Exception):
            self._client.close(timeout=1)


class _Work:
    """One `done` of the engine: what is out, and what came back."""

    def __init__(self, engine: ClusterEngine, make: bytes, seconds: Callable[[Any], float]) -> None:
        self._engine, self._make, self._seconds = engine, make, seconds
        self._run = uuid.uuid4().hex[:12]
        self._out: dict[int, _Out] = {}
        self._finished: SimpleQueue[tuple[_Out, Any]] = SimpleQueue()
        self._ready: deque[tuple[Any, Any]] = deque()
        self._looked = self._somebody = time.monotonic()

    def done(self, tasks: Iterable[T]) -> Iterator[tuple[T, Any]]:
        source, more, number = iter(tasks), True, 0
        while True:
            while more and len(self._out) < _AHEAD * self._engine.workers:
                try:
                    task = next(source)
                except StopIteration:
                    more = False
                    break
                out = _Out(task, packed(task), self._seconds(task), number)
                number += 1
                self._out[out.number] = out
                self._submit(out)
                if not self._finished.empty():
                    break  # what is finished is told of before more is looked for
            while self._ready:
                yield self._ready.popleft()
            if not self._out:
                if more:
                    continue
                return
            self._gather()

    def end(self) -> None:
        """Nobody waits any more for what is still out."""
        self._out.clear()
        self._engine.forget(self._run)

    def _submit(self, out: _Out) -> None:
        try:
            self._engine.submit(out, self._run, self._make, self._finished)
        except Exception:  # the connection has just gone: Dask raises this and that
            self._engine.reconnect()
            self._anew()

    def _gather(self) -> None:
        """Wait until something has happened, or it is time to look around."""
        try:
            out, future = self._finished.get(timeout=_LOOK)
        except Empty:
            pass
        else:
            if self._out.get(out.number) is out and future is out.future:
                self._take(out, future)
        if time.monotonic() - self._looked > _LOOK:
            self._look()

    def _take(self, out: _Out, future: Any) -> None:
        status = future.status
        if status == "finished":
            try:
                address, result = future.result(timeout=_FETCH)
            except Exception:  # its worker went away with the result
                self._again(out)
                return
            if isinstance(result, Lost) and result.unfit:
                self._engine.unfit(address, result.reason)
                self._again(out)
                return
            del self._out[out.number]
            out.future = None
            self._ready.append((out.task, result))
        elif status == "error":
            self._failed(out, future.exception(timeout=_FETCH))
        else:  # cancelled, lost: not by us
            self._engine.reconnect()
            self._anew()

    def _failed(self, out: _Out, fault: BaseException) -> None:
        """Dask could not have it done."""
        if type(fault).__name__ != "KilledWorker":
            raise BatchError(
                f"{self._engine.address}: the cluster cannot run reportedly ({type(fault).__name__}: {' '.join(str(fault).split())[:200]});"
                " install the same version with its extra on all machines, the head too"
            ) from None
        out.deaths += 1
        if out.deaths < _DEATHS:
            self._again(out)
            return
        del self._out[out.number]
        self._ready.append((out.task, Lost("lost the machine that worked on it, again and again", ended=True)))

    def _again(self, out: _Out) -> None:
        out.tries += 1
        self._submit(out)

    def _anew(self) -> None:
        """Everything that is out is handed in again."""
        for out in list(self._out.values()):
            self._again(out)

    def _look(self) -> None:
        """Is somebody there? Where tasks wait for a worker that went away, they are handed in to others."""
        stays = self._engine.look()
        self._looked = now = time.monotonic()
        if self._engine.somebody:
            self._somebody = now
            if not stays:
                self._anew()
        else:
            self._engine.nobody_for(now - self._somebody)


def connected(address: str, seconds: float) -> Any:
    """A client of the cluster. Raises BatchError where the extra is missing or nobody answers there."""
    try:
        import distributed
    except ImportError:
        raise missing() from None
    import dask

    hush()
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})  # a task carries its articles
    place: dict[str, Any] = {"scheduler_file": address} if address.endswith(".json") else {"address": address}
    if "scheduler_file" in place and not os.path.exists(address):
        raise BatchError(f"{address}: does not exist; a scheduler writes it: dask scheduler --scheduler-file {address}")
    try:
        return distributed.Client(**place, timeout=seconds, set_as_default=False, name="reportedly")  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError, RuntimeError) as error:
        why = " ".join(str(error).split())[:200]
        raise BatchError(
            f"{address}: no cluster answers there ({why}); start its head (dask scheduler) and workers (reportedly join {address}), or check the address"
        ) from None


def hush() -> None:
    """What there is to say about connections is said here, in one sentence each; Dask tells the same by tracebacks."""
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


def missing() -> BatchError:
    return BatchError(
        'a cluster needs "distributed", which is not installed; install it with: pip install "reportedly[cluster]"'
    )
