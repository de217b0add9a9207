"""Thousands of feeds at once: whose turn is it? Some threads look, each host is dealt with by one of them at a time.

A host waits for its pause outside the threads, so that a hundred feeds of one site, or a site that wants a minute between two questions,
hold no thread. What a thread has found waits until it is taken: who reads slowly makes the looking slow, not the memory large.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from heapq import heappop, heappush
from queue import Empty, Full, Queue
from threading import Event, Thread
from urllib.parse import urlsplit

from reportedly.intake.fetch import Fetcher
from reportedly.intake.gather import Gathering
from reportedly.intake.parcel import Order
from reportedly.intake.watch import FeedState, Step, look_at
from reportedly.model.article import Refusal

_WAITING = 4
"""Steps for each thread that were found and are not taken yet."""
_SLOW = 5.0
"""A feed that came to nothing after so many seconds, or with the wish to be left alone for so long, speaks for its whole host: the others of
it are put off."""
_A_WHILE = 0.2


@dataclass(frozen=True, slots=True)
class Ended:
    """The look at this feed is over; `put_off`: it was not looked at, for its host is silent or the time of the round is over."""

    url: str
    put_off: bool = False


@dataclass(slots=True)
class _Said:
    """What a thread says: a step, or (None) that it is free again, and whether the host was silent."""

    host: str
    step: Step | None = None
    silent: bool = False


class Round:
    """One look at many feeds. `state_of` is asked for the state of a feed when its turn comes, in the thread that iterates.

    `until` (as `clock` counts) is when no further feed is begun: one site must not hold up the next round.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        order: Order,
        *,
        at_once: int = 64,
        until: float = float("inf"),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetcher, self._order, self._at_once = fetcher, order, max(at_once, 1)
        self._until, self._clock = until, clock

    def steps(self, urls: Iterable[str], state_of: Callable[[str], FeedState]) -> Iterator[Step | Ended]:
        """The steps of all feeds as they come; those of one feed in their order, then its `Ended`. Close it to stop early."""
        lanes: dict[str, deque[str]] = {}
        for url in urls:
            lanes.setdefault(_host(url), deque()).append(url)
        if not lanes:
            return
        count = min(self._at_once, len(lanes))
        tasks: Queue[FeedState | None] = Queue()
        said: Queue[_Said] = Queue(_WAITING * count)
        stop = Event()
        for n in range(count):
            Thread(target=self._work, args=(tasks, said, stop), name=f"feeds {n}", daemon=True).start()
        try:
            yield from self._led(lanes, state_of, tasks, said, count)
        finally:
            stop.set()
            for _ in range(count):
                tasks.put(None)

    def _led(
        self,
        lanes: dict[str, deque[str]],
        state_of: Callable[[str], FeedState],
        tasks: Queue[FeedState | None],
        said: Queue[_Said],
        idle: int,
    ) -> Iterator[Step | Ended]:
        """Hand out, take what was found, until every lane is empty."""
        start = self._clock()
        ready = [
            (start, n, host) for n, host in enumerate(lanes)
        ]  # a heap already: all may be asked now, in their order
        number, busy = len(ready), 0
        while ready or busy:
            over = self._clock() >= self._until
            while ready and (over or (idle and ready[0][0] <= self._clock())):
                _, _, host = heappop(ready)
                if over:
                    yield from self._put_off(lanes[host])
                    continue
                state = state_of(lanes[host][0])
                left = self._fetcher.left(state.moved or state.url)
                if left > 0:  # its last answer, or an article of another site, was a moment ago
                    number += 1
                    heappush(ready, (self._clock() + left, number, host))
                    continue
                tasks.put(state)
                idle, busy = idle - 1, busy + 1
            if not busy and not ready:
                return
            wait = max(0.0, min(ready[0][0], self._until) - self._clock()) if ready and idle else None
            try:
                word = said.get(timeout=wait)
            except Empty:
                continue
            if word.step is not None:
                yield word.step
                continue
            idle, busy = idle + 1, busy - 1
            yield Ended(lanes[word.host].popleft())
            if word.silent:
                yield from self._put_off(lanes[word.host])
            elif lanes[word.host]:
                number += 1
                heappush(ready, (self._clock(), number, word.host))

    def _put_off(self, lane: deque[str]) -> Iterator[Ended]:
        while lane:
            yield Ended(lane.popleft(), put_off=True)

    def _work(self, tasks: Queue[FeedState | None], said: Queue[_Said], stop: Event) -> None:
        """A thread: one feed after the other, until there are no more."""
        with self._fetcher.beside() as fetcher:
            gathering = Gathering(self._order, fetcher, None, None)
            while not stop.is_set() and (state := tasks.get()) is not None:
                host, begin, got = _host(state.url), time.monotonic(), False
                for step in _safely(state, fetcher, gathering):
                    got = got or step.state.failed == 0
                    if not _put(said, _Said(host, step), stop):
                        return
                held_up = max(time.monotonic() - begin, fetcher.left(state.url)) > _SLOW
                if not _put(said, _Said(host, silent=not got and held_up), stop):
                    return


def _safely(state: FeedState, fetcher: Fetcher, gathering: Gathering) -> Iterator[Step]:
    """A fault of ours on a strange feed must not stop the others, nor go unseen."""
    try:
        yield from look_at(state, fetcher, gathering)
    except Exception as fault:
        why = f"could not be read because of a fault in reportedly ({type(fault).__name__}: {fault}); please report it"
        yield Step(state, Refusal(state.url, why))
        yield Step(state)


def _put(said: Queue[_Said], word: _Said, stop: Event) -> bool:
    """Waits until there is room; False where nobody will take it any more."""
    while not stop.is_set():
        with suppress(Full):
            said.put(word, timeout=_A_WHILE)
            return True
    return False


def _host(url: str) -> str:
    """What a feed waits with: all feeds of a host are asked one after the other."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
