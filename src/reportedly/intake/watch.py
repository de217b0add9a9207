"""What is new in these feeds? One look at each: the state of last time goes in, new articles and the new state come out.

No loop, no clock, no storage: whoever calls decides when to look again, and keeps each state once what came with it is safe. A look that
was broken off is taken up where it stood: an entry counts as seen from the step that gave it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from reportedly.errors import InputError
from reportedly.intake.feeds import Entry, Feed, feed_of, item_of
from reportedly.intake.fetch import Fetcher, Unchanged, Validators
from reportedly.intake.gather import Gathering
from reportedly.intake.parcel import Order, Passed
from reportedly.intake.place import inside
from reportedly.intake.unpacked import DamagedError
from reportedly.model.article import Article, Refusal

_REMEMBERED, _AT_LEAST, _LISTS = 5_000, 300, 3
"""Marks of entries that are kept: three times as many as the feed lists, at least 300, never more than 5,000. What is forgotten too early
is fetched once more, and found to be there."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed as it was left: the server's validators, and marks of the entries that were taken. JSON can hold it."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    seen: tuple[str, ...] = ()
    moved: str | None = None
    """Where it is asked for, since its server said that it stands there from now on."""
    same: str | None = None
    """Digest of what the server sent last: many never say that nothing has changed."""
    failed: int = 0
    """How many looks in a row came to nothing."""
    due: str | None = None
    """No look before this time (ISO 8601, UTC): whoever decides when to look writes it, and keeps to it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was taken from a feed (None: the look at this feed is over), and the state to be kept with it."""

    state: FeedState
    taken: Article | Refusal | None = None


def feeds_at(path: str) -> list[str]:
    """The addresses of the feeds that a file lists, as OPML or line by line. Raises InputError where there is none, or one is wrong."""
    addresses = []
    for item in Gathering(Order(), None, None, None).links(path):
        if isinstance(item, Refusal):
            raise InputError(item.origin, item.reason)
        addresses.append(item.url)
    if not addresses:
        raise InputError(
            path, "lists no feeds; give the address of a feed, an OPML file, or a text with one address a line"
        )
    return addresses


def look(
    feeds: Iterable[FeedState],
    fetcher: Fetcher,
    order: Order | None = None,
    passed: Callable[[Passed], None] | None = None,
) -> Iterator[Step]:
    """New entries of each feed, oldest first, each article fetched. The last step of a feed has nothing taken."""
    gathering = Gathering(order or Order(), fetcher, None, passed)
    for state in feeds:
        yield from look_at(state, fetcher, gathering)


def look_at(state: FeedState, fetcher: Fetcher, gathering: Gathering) -> Iterator[Step]:
    """One feed of `look`. It is asked once: who says "later" is asked in the next look."""
    known = Validators(state.etag, state.last_modified)
    found = fetcher.fetch_if_changed(state.moved or state.url, known, tries=1)
    if isinstance(found, Refusal):
        failed = replace(state, failed=state.failed + 1)
        yield Step(failed, replace(found, origin=state.url))
        yield Step(
            replace(failed, moved=None)
        )  # asked where it stood at first: addresses that others gave may be given up
        return
    if isinstance(found, Unchanged):
        yield Step(replace(state, failed=0, due=None, moved=found.moved or state.moved))
        return
    given, moved = found.validators, found.moved or state.moved
    digest = hashlib.sha256(found.data).hexdigest()[:16]
    done = replace(
        state, etag=given.etag, last_modified=given.last_modified, moved=moved, same=digest, failed=0, due=None
    )
    if digest == state.same:
        yield Step(done)
        return
    try:
        feed = feed_of(found.data, found.media_type, found.url)
    except DamagedError as error:
        failed = replace(state, failed=state.failed + 1)
        yield Step(failed, Refusal(state.url, str(error)))
        yield Step(failed)
        return
    there = [mark(entry) for entry in feed.entries]
    seen = set(state.seen)
    for number, entry in reversed(list(enumerate(feed.entries, 1))):
        if there[number - 1] in seen:
            continue
        seen.add(there[number - 1])
        # the validators of this answer are kept only with its last step: after a break the feed is asked for anew
        state = replace(state, seen=(there[number - 1], *state.seen)[:_REMEMBERED])
        yield from _entry(entry, feed, inside(found.origin, "item", number), state, gathering)
    most = min(_REMEMBERED, max(_AT_LEAST, _LISTS * len(there)))
    yield Step(replace(done, seen=tuple(dict.fromkeys([*there, *state.seen]))[:most]))


def _entry(entry: Entry, feed: Feed, origin: str, state: FeedState, gathering: Gathering) -> Iterator[Step]:
    for taken in gathering.item(item_of(entry, feed, origin), 1):
        yield Step(state, taken)


def mark(entry: Entry) -> str:
    """What tells an entry from all others; an entry that its feed calls updated is a new one."""
    return hashlib.sha256(f"{entry.id}\n{entry.updated or ''}".encode("utf-8", "replace")).hexdigest()[:16]
