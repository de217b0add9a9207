"""Following feeds: only what is new, each look taken up where the last one stood."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

import pytest

import webserver
from reportedly.intake.watch import FeedState, Step, look
from reportedly.model.article import Article, Refusal
from webserver import Web, says


@pytest.fixture
def web() -> Iterator[Web]:
    with webserver.web() as running:
        for n in range(1, 6):
            body = f"Der Hafen {n} werde im Mai vertieft, sagte Hafenmeister Enno Sieg am Montag. " * 3
            running.put(
                f"/{n}",
                says(f"<html><body><article><h1>Hafen {n}</h1><p>{body}</p><p>{body}</p></article></body></html>"),
            )
        yield running


def feed(web: Web, *numbers: int, updated: str = "", **headers: str) -> str:
    """Newest first, as feeds are."""
    items = "".join(
        f"<entry><id>{n}</id><updated>{updated}</updated><link href='{web.address(f'/{n}')}'/></entry>" for n in numbers
    )
    return web.put("/feed", says(f"<feed><title>Talbote</title>{items}</feed>", "application/atom+xml", **headers))


def looked(web: Web, *states: FeedState) -> list[Step]:
    with web.fetcher(robots=False) as fetcher:
        return list(look(states, fetcher))


def titles(steps: list[Step]) -> list[str | None]:
    return [step.taken.title for step in steps if isinstance(step.taken, Article)]


def test_a_first_look_takes_all_the_second_only_what_is_new(web: Web) -> None:
    url = feed(web, 2, 1)
    first = looked(web, FeedState(url))
    assert titles(first) == ["Hafen 1", "Hafen 2"]  # oldest first
    assert first[-1].taken is None
    feed(web, 4, 3, 2, 1)
    second = looked(web, first[-1].state)
    assert titles(second) == ["Hafen 3", "Hafen 4"]
    assert titles(looked(web, second[-1].state)) == []


def test_the_state_is_plain_data_that_json_holds(web: Web) -> None:
    state = looked(web, FeedState(feed(web, 2, 1, ETag='"7"')))[-1].state
    kept = FeedState(**{**json.loads(json.dumps(dataclasses.asdict(state))), "seen": tuple(state.seen)})
    assert kept == state
    assert state.etag == '"7"'


def test_a_feed_that_has_not_changed_is_not_sent_again(web: Web) -> None:
    state = looked(web, FeedState(feed(web, 1, ETag='"7"', Last_Modified="Tue, 17 Mar 2026 08:00:00 GMT")))[-1].state
    web.put("/feed", says(b"", "", 304))
    assert looked(web, state) == [Step(state)]
    assert (web.headers[-1]["if-none-match"], web.headers[-1]["if-modified-since"]) == (
        '"7"',
        "Tue, 17 Mar 2026 08:00:00 GMT",
    )


def test_a_look_that_was_broken_off_is_taken_up_where_it_stood(web: Web) -> None:
    url = feed(web, 3, 2, 1, ETag='"7"')
    with web.fetcher(robots=False) as fetcher:
        steps = look([FeedState(url)], fetcher)
        kept = next(steps)
        assert isinstance(kept.taken, Article)
        assert kept.taken.title == "Hafen 1"
    assert kept.state.etag is None  # so the feed is asked for anew, though it has not changed
    assert titles(looked(web, kept.state)) == ["Hafen 2", "Hafen 3"]


def test_an_entry_that_the_feed_calls_updated_is_taken_again(web: Web) -> None:
    state = looked(web, FeedState(feed(web, 1, updated="2026-03-18T09:00:00Z")))[-1].state
    feed(web, 1, updated="2026-03-18T11:00:00Z")
    assert titles(looked(web, state)) == ["Hafen 1"]


def test_a_feed_that_fails_does_not_stop_the_others_and_keeps_its_state(web: Web) -> None:
    state = FeedState(web.address("/gibt-es-nicht"), etag='"7"', seen=("x",))
    web.put("/kein-feed", says("<html><p>Wartung</p></html>"))
    steps = looked(web, state, FeedState(web.address("/kein-feed")), FeedState(feed(web, 1)))
    refused = [step for step in steps if isinstance(step.taken, Refusal)]
    assert [step.taken.reason for step in refused] == ["does not exist (status 404)", "is XML, but no feed (<html>)"]
    assert refused[0].state == dataclasses.replace(state, failed=1)
    assert titles(steps) == ["Hafen 1"]


def test_a_feed_that_is_sent_again_as_it_was_is_not_read_again(web: Web) -> None:
    state = looked(web, FeedState(feed(web, 1)))[-1].state
    assert state.same is not None
    assert looked(web, dataclasses.replace(state, seen=())) == [Step(dataclasses.replace(state, seen=()))]


def test_a_feed_that_moved_for_good_is_asked_for_where_it_stands_now(web: Web) -> None:
    new = feed(web, 1)
    for status, expected in ((301, new), (308, new), (302, None), (307, None)):
        old = web.put("/alt", webserver.leads_to(new, status))
        state = looked(web, FeedState(old))[-1].state
        assert (state.url, state.moved) == (old, expected)
    web.asked.clear()
    state = looked(web, FeedState(old, moved=new))[-1].state
    assert web.asked == [("talbote.example", "/feed"), ("talbote.example", "/1")]
    web.put("/feed", says("weg", status=404))
    assert looked(web, state)[-1].state.moved is None, "asked for where it stood at first"


def test_an_entry_that_cannot_be_fetched_is_refused_once(web: Web) -> None:
    first = looked(web, FeedState(feed(web, 99, 1)))
    assert [step.taken.reason for step in first if isinstance(step.taken, Refusal)] == [
        f"does not exist (status 404) (found at {web.address('/feed')} fetched=2026-03-18T12:00:00Z#item=1)"
    ]
    assert [step for step in looked(web, first[-1].state) if step.taken] == []


def test_what_is_remembered_does_not_grow_for_ever(web: Web) -> None:
    state = FeedState(feed(web, 1), seen=tuple(str(n) for n in range(10_000)))
    assert len(looked(web, state)[-1].state.seen) == 300
