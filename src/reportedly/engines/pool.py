"""Processes that are handed tasks one by one from anywhere in this program: a pipe, a server, a run over many shards.

The processes are those of `local.py`: one that dies or takes too long is replaced, its task is tried once more. A thread of the pool
deals with them; who hands in a task gets a `Future` at once, whose result never raises: it is `Lost` where there is none.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import wait
from queue import SimpleQueue
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Generic, TypeVar

from reportedly.engines.base import Lost
from reportedly.engines.local import _Place, _Worker, ended_twice, given_up

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2
"""Tasks per process that are taken before their turn."""
_CLOSED = Lost("was not done: the work was stopped")


class Pool(Generic[T, R]):
    """`count` processes: `with Pool(make, 2) as pool: pool.submit(task).result()`. `make`, `seconds` as in `Workers`.

    Nothing here holds back who submits; whoever takes tasks from outside must bound how many are out.
    """

    def __init__(
        self, make: Callable[[], Callable[[T], R]], count: int, seconds: Callable[[T], float] | None = None
    ) -> None:
        self._make, self.count = make, max(count, 1)
        self._seconds = seconds or (lambda _: float("inf"))
        self._lock, self._closing = Lock(), False
        self._waiting: deque[tuple[_Place, Future[R | Lost]]] = deque()
        self._idle: list[_Worker] = []
        self._busy: dict[Any, tuple[_Worker, Future[R | Lost]]] = {}
        self._bell, self._rung = get_context("spawn").Pipe(duplex=False)
        self._thread = Thread(target=self._serve, name="pool", daemon=True)
        self._thread.start()

    def __enter__(self) -> Pool[T, R]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def submit(self, task: T) -> Future[R | Lost]:
        """The result to come, or why there is none. After `close` everything is lost. `cancel()` takes it back, as long as no process
        has begun with it."""
        future: Future[R | Lost] = Future()
        with self._lock:
            if not self._closing:
                self._waiting.append((_Place(task), future))
                self._ring()
                return future
        future.set_result(_CLOSED)
        return future

    def close(self) -> None:
        """End all processes, whatever they are doing; what was not done is lost."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
            self._ring()
        self._thread.join()
        for worker in [*self._idle, *(worker for worker, _ in self._busy.values())]:
            worker.end()
        for future in [*(f for _, f in self._busy.values()), *(f for _, f in self._waiting)]:
            if future.running() or future.set_running_or_notify_cancel():
                future.set_result(_CLOSED)
        self._idle.clear()
        self._busy.clear()
        self._waiting.clear()
        self._bell.close()
        self._rung.close()

    def _ring(self) -> None:
        with suppress(OSError):
            self._rung.send_bytes(b"!")

    def _serve(self) -> None:
        """The thread: hand out, wait until something has happened, look what it was."""
        while not self._closing:
            self._hand_out()
            until = min((worker.until for worker, _ in self._busy.values()), default=float("inf"))
            left = None if until == float("inf") else max(until - time.monotonic(), 0)
            for pipe in wait([self._bell, *self._busy], left):
                if pipe is self._bell:
                    self._bell.recv_bytes()
                else:
                    self._take_back(*self._busy.pop(pipe))
            self._give_up()

    def _hand_out(self) -> None:
        while self._waiting and (self._idle or len(self._busy) < self.count):
            with self._lock:
                place, future = self._waiting.popleft()
            if not (future.running() or future.set_running_or_notify_cancel()):
                continue  # nobody waits for it any more
            worker = self._idle.pop() if self._idle else _Worker(self._make)
            worker.take(place, self._seconds(place.task))
            self._busy[worker.pipe] = (worker, future)

    def _take_back(self, worker: _Worker, future: Future[R | Lost]) -> None:
        try:
            result = worker.give()
        except (EOFError, OSError):
            how, place = worker.how_it_ended(), worker.place
            worker.end()
            place.deaths += 1
            if place.deaths > 1:
                future.set_result(ended_twice(how))
                return
            with self._lock:
                self._waiting.appendleft((place, future))
            return
        self._idle.append(worker)
        future.set_result(result)

    def _give_up(self) -> None:
        now = time.monotonic()
        for worker, future in [pair for pair in self._busy.values() if pair[0].until <= now]:
            del self._busy[worker.pipe]
            worker.end()
            future.set_result(given_up(self._seconds(worker.place.task)))


class LocalEngine:
    """The engine that every machine has: processes of its own."""

    elsewhere = False

    def __init__(self, workers: int) -> None:
        self.workers = max(workers, 1)

    def done(
        self, make: Callable[[], Callable[[T], R]], tasks: Iterable[T], seconds: Callable[[T], float] | None = None
    ) -> Iterator[tuple[T, R | Lost]]:
        """As `Engine` says."""
        finished: SimpleQueue[tuple[T, R | Lost]] = SimpleQueue()
        source, more, out = iter(tasks), True, 0
        with Pool(make, self.workers, seconds) as pool:
            while True:
                while more and out < _AHEAD * self.workers:
                    try:
                        task = next(source)
                    except StopIteration:
                        more = False
                        break
                    pool.submit(task).add_done_callback(
                        lambda future, task=task: finished.put((task, future.result()))  # type: ignore[misc]
                    )
                    out += 1
                    if not finished.empty():
                        break  # what is finished is told of before more is looked for
                if not out:
                    return
                yield finished.get()
                out -= 1
