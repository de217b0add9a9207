"""Which feeds does an archive follow, and what is new in them? Where each was left is a setting of the archive."""

from __future__ import annotations

import json
import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from reportedly.archive.archive import Archive, Step
from reportedly.intake.carried import Carried
from reportedly.intake.parcel import Order
from reportedly.intake.tongue import short_code
from reportedly.model.answers import Looked, Progress
from reportedly.model.article import Article, Refusal

if TYPE_CHECKING:
    from reportedly.intake.fetch import Fetcher
    from reportedly.intake.watch import FeedState

_FEED = "feed:"
_LONGEST_REST = 24 * 60.0
"""Minutes until a feed that keeps failing is looked at again, at most."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a look is done: so many feeds at once, by so many processes that read; `every` minutes, and so long at most."""

    at_once: int = 64
    workers: int = 1
    every: float = 15.0


class Watching:
    """The feeds of an archive. A look that was broken off is taken up where it stood: an entry counts as seen once it is safe.

    `now` and `chance` (a number from 0 to 1) are there for tests.
    """

    def __init__(
        self,
        archive: Archive,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._archive, self._store = archive, archive.store
        self._now, self._chance = now, chance
        self._first: list[str] = []  # put off in the last look

    def feeds(self) -> list[str]:
        """The addresses that are followed."""
        return [name.removeprefix(_FEED) for name in self._store.settings(_FEED)]

    def follow(self, places: Iterable[str]) -> list[str]:
        """Follow these addresses, and those in these OPML files; gives those that are new. Raises InputError."""
        named = dict.fromkeys(url for place in places for url in _addresses(place))
        new = [url for url in named if self._store.setting(_FEED + url) is None]
        self._store.settle_all({_FEED + url: _written(_state(url, None)) for url in new})
        return new

    def forget(self, places: Iterable[str]) -> list[str]:
        """Follow these no longer; gives those that were followed. Raises InputError."""
        named = dict.fromkeys(url for place in places for url in _addresses(place))
        gone = [url for url in named if self._store.setting(_FEED + url) is not None]
        self._store.settle_all(dict.fromkeys(_FEED + url for url in gone))
        return gone

    def look(
        self, fetcher: Fetcher, *, language: str | None = None, progress: Step | None = None, pace: Pace | None = None
    ) -> Looked:
        """One look at every feed that is due: what is new is read and kept."""
        from reportedly.intake.rounds import Ended, Round  # late: who only asks which feeds there are need not fetch

        pace, begin = pace or Pace(), time.monotonic()
        order = Order(said=Carried(language=short_code(language)))
        due, resting = self._due()
        done = Looked(feeds=len(due), resting=resting)
        given: deque[list[FeedState]] = deque()  # for each item that is not safe yet, what may be kept with it

        def keep(state: FeedState) -> None:
            if given:
                given[-1].append(state)
            else:
                self._keep(state)

        def items() -> Iterator[Article | Refusal]:
            nonlocal done
            round_ = Round(fetcher, order, at_once=pace.at_once, until=begin + 60 * pace.every)
            self._first = []
            for step in round_.steps(due, self._state):
                if isinstance(step, Ended):
                    if step.put_off:
                        self._first.append(step.url)
                        done = replace(done, put_off=done.put_off + 1)
                    continue
                if step.taken is not None:
                    given.append([step.state])
                    yield step.taken
                    continue
                state = step.state
                if state.failed:
                    done = replace(done, failed=done.failed + 1)
                    state = replace(state, due=self._again(state.failed, pace.every))
                keep(state)

        def safe(so_far: Progress) -> None:
            for state in given.popleft():
                self._keep(state)
            if progress:
                progress(so_far)

        taken = self._archive.add(items(), progress=safe, workers=pace.workers)
        return replace(done, taken=taken, seconds=time.monotonic() - begin)

    def _due(self) -> tuple[list[str], int]:
        """The feeds whose turn it is, those first that were put off; and how many rest because they failed."""
        now, due, resting = self._now().isoformat(), [], 0
        for name, kept in self._store.settings(_FEED).items():
            if (json.loads(kept).get("due") or "") <= now:
                due.append(name.removeprefix(_FEED))
            else:
                resting += 1
        before = set(self._first)
        return sorted(due, key=lambda url: url not in before), resting

    def _again(self, failed: int, every: float) -> str:
        """When a feed that failed so often in a row is looked at again: twice as long each time, and not all at the same moment."""
        minutes = min(every * 2 ** min(failed - 1, 12), _LONGEST_REST) * (0.5 + 0.5 * self._chance())
        return (self._now() + timedelta(minutes=minutes)).isoformat()

    def _state(self, url: str) -> FeedState:
        return _state(url, self._store.setting(_FEED + url))

    def _keep(self, state: FeedState) -> None:
        """A transaction only where something has changed; a feed that somebody took off the list meanwhile stays off it."""
        before = self._store.setting(_FEED + state.url)
        written = _written(state)
        if before is not None and before != written:
            self._store.settle(_FEED + state.url, written)


def _written(state: FeedState) -> str:
    return json.dumps({name: value for name, value in asdict(state).items() if value})


def _state(url: str, kept: str | None) -> FeedState:
    from reportedly.intake.watch import FeedState

    data = {} if kept is None else json.loads(kept)
    return FeedState(**{"url": url, **data, "seen": tuple(data.get("seen", ()))})


def _addresses(place: str) -> list[str]:
    """An address, or the feeds that a file lists."""
    if place.lower().startswith(("http://", "https://")):
        return [place]
    from reportedly.intake.watch import feeds_at

    return feeds_at(place)
