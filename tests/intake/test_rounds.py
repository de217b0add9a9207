"""Many feeds in one round: nobody is asked too soon, no bad feed holds up another, nothing is taken twice or lost."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from lab import many_feeds
from reportedly.archive import open_archive
from reportedly.archive.watching import Pace, Watching
from reportedly.intake.parcel import Order
from reportedly.intake.rounds import Ended, Round
from reportedly.intake.watch import FeedState, Step
from reportedly.model.answers import Looked
from reportedly.model.article import Article, Refusal

FEEDS, HOSTS, PAUSE = 200, 160, 0.05
MANNERS = {"pause": PAUSE, "total": 2.0, "idle": 2.0}
WELL = [n for n in range(FEEDS) if many_feeds.habit(n) in ("well", "moved", "plain")]


def looked(archive: Path, port: int) -> Looked:
    found: Looked = many_feeds.look(archive, port, Pace(16, 1, 5), lambda line: None, **MANNERS)
    return found


def following(archive: Path, feeds: list[str]) -> None:
    with open_archive(archive) as desk:
        desk.weights = "tables"
        assert Watching(desk).follow(feeds) == feeds


def articles(archive: Path) -> int:
    with open_archive(archive) as desk:
        assert list(desk.check()) == []
        return desk.figures().articles


def test_two_hundred_feeds_of_which_many_are_bad(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    with many_feeds.server(PAUSE) as port:
        following(archive, many_feeds.addresses(FEEDS, HOSTS, port))
        first = looked(archive, port)
        assert (first.feeds, first.resting) == (FEEDS, 0)
        assert first.taken.read + first.put_off == len(WELL), "put off: those whose host wants to be left alone"
        assert first.put_off < 5
        assert first.failed == FEEDS - len(WELL) == first.taken.refused
        assert first.seconds < 20, "the silent ones are waited for beside the others"
        told = many_feeds.told_by(port)
        assert told["too_soon"] == 0, "no host is asked again before its pause is over"
        assert told["most_open"] > 8
        second = looked(archive, port)
        assert first.taken.read + second.taken.read == len(WELL) + FEEDS // 20
        assert second.taken.there == 0
        assert (second.feeds, second.resting) == (len(WELL), FEEDS - len(WELL)), "who failed rests for a while"
        statuses = many_feeds.told_by(port)["statuses"]
        unchanged = len([n for n in WELL if many_feeds.habit(n) != "plain" and n % 20 != 19])
        assert unchanged - first.put_off <= statuses["304"] <= unchanged
    assert articles(archive) == len(WELL) + FEEDS // 20


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_round_that_is_killed_is_taken_up_and_takes_nothing_twice(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    with many_feeds.server(PAUSE) as port:
        following(archive, many_feeds.addresses(FEEDS, HOSTS, port))
        child = os.spawnv(
            os.P_NOWAIT,
            sys.executable,
            [sys.executable, "-c", f"import sys; sys.path.insert(0, '.')\nfrom pathlib import Path\n"
             f"from lab import many_feeds\nfrom reportedly.archive.watching import Pace\n"
             f"many_feeds.look(Path({str(archive)!r}), {port}, Pace(16, 1, 5), print, **{MANNERS!r})"],
        )  # fmt: skip
        until = time.monotonic() + 60
        while articles(archive) < 20 and time.monotonic() < until:
            time.sleep(0.05)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        before = articles(archive)
        assert 20 <= before < len(WELL)
        done = looked(archive, port)
        assert before + done.taken.read == articles(archive) == len(WELL) - done.put_off


def state(url: str, **more: object) -> FeedState:
    return FeedState(url, **more)  # type: ignore[arg-type]


def test_one_that_never_answers_costs_the_others_nothing_and_speaks_for_its_host(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("reportedly.intake.rounds._SLOW", 0.5)
    with many_feeds.server(0.0) as port, many_feeds.fetcher(port, pause=0.0, total=1.0, robots=False) as fetcher:
        silent = [many_feeds.address("stumm", n, port) for n in (100, 200, 300)]
        well = [many_feeds.address(n, n, port) for n in range(10, 50)]
        order = []
        for said in Round(fetcher, Order(), at_once=2).steps([*silent, *well], state):
            if isinstance(said, Ended):
                order.append((said.url, said.put_off))
        assert sorted(url for url, _ in order) == sorted([*silent, *well])
        assert [url for url, off in order if off] == silent[1:]
        assert len([o for o in order[: order.index((silent[0], False))] if o[0] in well]) == len(well)


def test_when_the_time_is_over_what_is_left_is_put_off_and_comes_first_next_time(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    with many_feeds.server(0.2) as port:
        feeds = [many_feeds.address("gross", n, port) for n in range(10, 40)]
        following(archive, feeds)
        with open_archive(archive) as desk, many_feeds.fetcher(port, pause=0.2) as fetcher:
            watching = Watching(desk)
            first = watching.look(fetcher, pace=Pace(4, 1, 2 / 60), language="de")
            assert first.put_off > 15
            assert first.seconds < 4
            assert first.put_off + first.taken.read == 30
            second = watching.look(fetcher, pace=Pace(4, 1, 2 / 60), language="de")
            assert second.taken.read > 0, "it begins with those that were put off"


def test_who_keeps_failing_is_asked_less_and_less_often_and_not_all_at_once(tmp_path: Path) -> None:
    from datetime import UTC, datetime, timedelta

    archive, times = tmp_path / "a.db", [datetime(2026, 3, 1, tzinfo=UTC)]
    with many_feeds.server(0.0) as port:
        url = many_feeds.address("weg", 3, port)
        following(archive, [url])
        with open_archive(archive) as desk, many_feeds.fetcher(port, pause=0.0) as fetcher:
            watching = Watching(desk, now=lambda: times[0], chance=lambda: 0.5)
            rests = []
            for _ in range(10):
                assert watching.look(fetcher).failed == 1
                kept = json.loads(desk.store.setting(f"feed:{url}") or "")
                due = datetime.fromisoformat(kept["due"])
                rests.append((due - times[0]) / timedelta(minutes=1))
                times[0] = due - timedelta(seconds=1)
                assert (watching.look(fetcher).feeds, watching.look(fetcher).resting) == (0, 1)
                times[0] = due + timedelta(seconds=1)
            assert rests[:4] == pytest.approx([11.25, 22.5, 45, 90])
            assert rests[-1] == pytest.approx(0.75 * 24 * 60)
            early, late = (Watching(desk, now=lambda: times[0], chance=lambda at=at: at) for at in (0.0, 1.0))
            assert early._again(1, 15) < late._again(1, 15)


def test_a_fault_of_ours_on_one_feed_is_told_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly.intake import watch

    real = watch.feed_of

    def broken(data: bytes, *more: object) -> object:
        if b"Kanal 12<" in data:
            raise ZeroDivisionError("zwölf")
        return real(data, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(watch, "feed_of", broken)
    with many_feeds.server(0.0) as port, many_feeds.fetcher(port, pause=0.0, robots=False) as fetcher:
        feeds = [many_feeds.address(n, n, port) for n in (11, 12, 13)]
        taken = [s.taken for s in Round(fetcher, Order()).steps(feeds, state) if isinstance(s, Step) and s.taken]
        assert len([t for t in taken if isinstance(t, Article)]) == 2
        (refused,) = [t for t in taken if isinstance(t, Refusal)]
        assert "fault in reportedly (ZeroDivisionError: zwölf)" in refused.reason


def test_who_stops_early_leaves_nothing_running() -> None:
    import threading

    with many_feeds.server(0.0) as port, many_feeds.fetcher(port, pause=0.0, robots=False) as fetcher:
        feeds = [many_feeds.address(n, n, port) for n in range(10, 60)]
        steps = Round(fetcher, Order(), at_once=4).steps(feeds, state)
        assert isinstance(next(steps), Step)
        steps.close()  # type: ignore[attr-defined]
        until = time.monotonic() + 10
        while any(t.name.startswith("feeds ") for t in threading.enumerate()):
            assert time.monotonic() < until
            time.sleep(0.05)
