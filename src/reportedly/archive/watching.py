"""Which feeds does an archive follow, and what is new in them? Where each was left is a setting of the archive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from reportedly.archive.archive import Archive, Step
from reportedly.intake.carried import Carried
from reportedly.intake.parcel import Order
from reportedly.intake.tongue import short_code
from reportedly.model.answers import Progress
from reportedly.model.article import Article, Refusal

if TYPE_CHECKING:
    from reportedly.intake.fetch import Fetcher
    from reportedly.intake.watch import FeedState

_FEED = "feed:"


class Watching:
    """The feeds of an archive. A look that was broken off is taken up where it stood: an entry counts as seen once it is safe."""

    def __init__(self, archive: Archive) -> None:
        self._archive, self._store = archive, archive.store

    def feeds(self) -> list[str]:
        """The addresses that are followed."""
        return [name.removeprefix(_FEED) for name in self._store.settings(_FEED)]

    def follow(self, places: Iterable[str]) -> list[str]:
        """Follow these addresses, and those in these OPML files; gives those that are new. Raises InputError."""
        new = [url for place in places for url in _addresses(place) if self._store.setting(_FEED + url) is None]
        for url in dict.fromkeys(new):
            self._keep(_state(url, None))
        return new

    def forget(self, places: Iterable[str]) -> list[str]:
        """Follow these no longer; gives those that were followed. Raises InputError."""
        gone = [url for place in places for url in _addresses(place) if self._store.setting(_FEED + url) is not None]
        for url in gone:
            self._store.settle(_FEED + url, None)
        return gone

    def look(self, fetcher: Fetcher, *, language: str | None = None, progress: Step | None = None) -> Progress:
        """One look at every feed: what is new is read and kept."""
        from reportedly.intake.watch import look  # late: who only asks which feeds there are need not fetch

        states = [_state(name.removeprefix(_FEED), kept) for name, kept in self._store.settings(_FEED).items()]
        order = Order(said=Carried(language=short_code(language)))
        safe: list[FeedState] = []

        def items() -> Iterator[Article | Refusal]:
            for step in look(states, fetcher, order):
                # asked for the next one: what was given before is in the archive
                if safe:
                    self._keep(safe.pop())
                if step.taken is not None:
                    safe.append(step.state)
                    yield step.taken
                else:
                    self._keep(step.state)
            if safe:
                self._keep(safe.pop())

        return self._archive.add(items(), progress=progress)

    def _keep(self, state: FeedState) -> None:
        self._store.settle(_FEED + state.url, json.dumps(asdict(state)))


def _state(url: str, kept: str | None) -> FeedState:
    from reportedly.intake.watch import FeedState

    if kept is None:
        return FeedState(url)
    data = json.loads(kept)
    return FeedState(**{**data, "seen": tuple(data["seen"])})


def _addresses(place: str) -> list[str]:
    """An address, or the feeds that a file lists."""
    if place.lower().startswith(("http://", "https://")):
        return [place]
    from reportedly.intake.watch import feeds_at

    return feeds_at(place)
