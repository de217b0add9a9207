"""Work on several cores of this machine: tasks in, results out, in order, with no more of them waiting than needed.

Each worker is a process of its own with one pipe. It may die or take too long: then its task is tried once more in another
process, and comes back as `Lost` when that one dies too. When the program that started them goes away, however that
happens, their pipes end and so do they.
"""

from __future__ import annotations

import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Generic, TypeVar

from reportedly.engines.base import Lost, UnfitError

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 3
"""Tasks per worker that are taken from the source before their turn: enough that none waits behind a long one."""


def cores() -> int:
    """How many processes can run at once here."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers(Generic[T, R]):
    """Processes that all do the same: `with Workers(make, 2) as workers: for result in workers.results(tasks)`.

    `make` is called once in every process and gives the function that does a task; it, tasks and results must be
    picklable. `seconds` says how long a task may take. Processes are started when there is something to do. A task that
    raises comes back as `Lost` too; work should answer for its own faults.
    """

    def __init__(
        self, make: Callable[[], Callable[[T], R]], count: int, seconds: Callable[[T], float] | None = None
    ) -> None:
        self._make, self._count = make, max(count, 1)
        self._seconds = seconds or (lambda _: float("inf"))
        self._idle: list[_Worker] = []
        self._busy: dict[Any, _Worker] = {}

    def __enter__(self) -> Workers[T, R]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes, whatever they are doing."""
        for worker in [*self._idle, *self._busy.values()]:
            worker.end()
        self._idle.clear()
        self._busy.clear()

    def results(self, tasks: Iterable[T | R], done: Callable[[T | R], bool] = lambda _: False) -> Iterator[R | Lost]:
        """One result for each task, in order. What is `done` already goes through as it is, in its place."""
        line: deque[_Place] = deque()  # everything taken and not yet given out
        waiting: deque[_Place] = deque()  # of these, what no process has yet
        source, more = iter(tasks), True
        while True:
            while more and len(line) < _AHEAD * self._count:
                task = next(source, _END)
                if task is _END:
                    more = False
                    break
                place = _Place(task)
                line.append(place)
                if done(task):
                    place.result, place.ready = task, True
                else:
                    waiting.append(place)
                    self._hand_out(waiting)
            while line and line[0].ready:
                yield line.popleft().result
            if not line and not more:
                return
            if line and not line[0].ready:
                self._hand_out(waiting)
                self._gather(waiting)

    def _hand_out(self, waiting: deque[_Place]) -> None:
        while waiting and (self._idle or len(self._busy) < self._count):
            worker = self._idle.pop() if self._idle else _Worker(self._make)
            place = waiting.popleft()
            worker.take(place, self._seconds(place.task))
            self._busy[worker.pipe] = worker

    def _gather(self, waiting: deque[_Place]) -> None:
        """Wait until something has happened: a result, a death, a time that is over."""
        until = min(worker.until for worker in self._busy.values())
        left = None if until == float("inf") else max(until - time.monotonic(), 0)
        for pipe in wait(list(self._busy), left):
            worker = self._busy.pop(pipe)
            place = worker.place
            try:
                place.result, place.ready = worker.give(), True
                self._idle.append(worker)
            except (EOFError, OSError):
                self._again(worker, waiting, worker.how_it_ended())
        now = time.monotonic()
        for worker in [w for w in self._busy.values() if w.until <= now]:
            del self._busy[worker.pipe]
            place = worker.place
            worker.end()
            place.result, place.ready = given_up(self._seconds(place.task)), True

    def _again(self, worker: _Worker, waiting: deque[_Place], how: str) -> None:
        worker.end()
        place = worker.place
        place.deaths += 1
        if place.deaths > 1:
            place.result, place.ready = ended_twice(how), True
        else:
            waiting.appendleft(place)


def given_up(seconds: float) -> Lost:
    return Lost(f"was given up after {seconds:.0f} seconds", ended=True)


def ended_twice(how: str) -> Lost:
    return Lost(f"ended the process that worked on it, twice ({how})", ended=True)


_END: Any = object()


@dataclass(slots=True, eq=False)
class _Place:
    """A task in the line, and what came of it."""

    task: Any
    result: Any = None
    ready: bool = False
    deaths: int = 0


class _Worker:
    """One process, and the task that it has."""

    def __init__(self, make: Callable[[], Callable[[Any], Any]]) -> None:
        context = get_context("spawn")  # forked processes would share what libraries hold in locks
        self.pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=_work, args=(theirs, make), daemon=True)
        self._process.start()
        theirs.close()
        self.place = _Place(None)
        self.until = float("inf")

    def take(self, place: _Place, seconds: float) -> None:
        self.place, self.until = place, time.monotonic() + seconds
        with suppress(OSError):  # it is dead: whoever waits for its answer sees that
            self.pipe.send(place.task)

    def give(self) -> Any:
        return self.pipe.recv()

    def how_it_ended(self) -> str:
        self._process.join(5)
        code = self._process.exitcode
        if code is not None and code < 0:
            return "out of memory?" if -code == signal.SIGKILL else signal.Signals(-code).name
        return f"exit code {code}"

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _begun(make: Callable[[], Callable[[Any], Any]]) -> Callable[[Any], Any]:
    """What does a task; where this process is unfit, what says so to each."""
    try:
        return make()
    except UnfitError as fault:
        unfit = Lost(str(fault), unfit=True)
        return lambda _: unfit


def _work(pipe: Connection, make: Callable[[], Callable[[Any], Any]]) -> None:
    """What a process does until its pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that started us; it ends us
    do = _begun(make)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            result = do(task)
        except Exception as fault:
            result = Lost(f"could not be done ({type(fault).__name__}: {fault})")
        try:
            pipe.send(result)
        except (pickle.PicklingError, TypeError, AttributeError) as fault:
            pipe.send(Lost(f"gave a result that cannot be handed over ({fault})"))
        except OSError:
            return
