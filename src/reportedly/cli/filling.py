"""The commands by which an archive is filled. One command is one call on the archive."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportedly.cli import (
    BAD,
    FOUND,
    NOTHING,
    SOME_REFUSED,
    _fail,
    _say,
    app,
)
from reportedly.cli.desk import (
    Json,
    Lang,
    Quiet,
    Where,
    counted,
    examples,
    finish,
    look_of,
    opened,
    orderly,
    printed,
)
from reportedly.engines import cores

if TYPE_CHECKING:
    from reportedly.archive import Archive
    from reportedly.export import Look
    from reportedly.intake.fetch import Fetcher
    from reportedly.model.answers import Progress


Outlet = Annotated[str | None, typer.Option(metavar="NAME", help="Who published them, where they do not say.")]
Language = Annotated[
    str | None, typer.Option(metavar="CODE", help="Language of the articles (de); told from the text if not given.")
]
Weights = Annotated[
    str | None,
    typer.Option(
        metavar="LINE",
        help="Learned numbers, from now on for all of this archive: open (at first), research (non-commercial use only),"
        " tables (none), hub:FOLDER.",
    ),
]
Processes = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, help="Processes that read; as many as cores if not given."),
]
Contact = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS", envvar="REPORTEDLY_CONTACT", show_envvar=True, help="Told to the servers that are asked."
    ),
]

Allow = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NETWORK", help="Fetch also from this network that is not public (10.1.2.0/24). May be repeated."
    ),
]


@app.command(
    epilog=examples(
        "reportedly add artikel.txt seiten/ --archive archiv.db",
        "reportedly add --columns text=Langtext,published=Datum export.csv -a archiv.db",
        "reportedly add crawl.warc.gz https://talbote.example/feed.xml -a archiv.db",
        "reportedly add --outlet Kurier --published 2024-10-28 *.html -a archiv.db",
    )
)
def add(
    places: Annotated[
        list[str],
        typer.Argument(
            metavar="PLACE",
            help="Files, folders, addresses: texts, Markdown, pages, JSON, CSV, ninjs, feeds, OPML, sitemaps, WARC, WACZ, lists of"
            " addresses, packed or not; - is standard input.",
        ),
    ],
    archive: Where,
    columns: Annotated[
        str | None, typer.Option(metavar="text=A,title=B", help="How the columns of tables and JSON are called.")
    ] = None,
    outlet: Outlet = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="When they were published (2024-10-28).")
    ] = None,
    language: Language = None,
    weights: Weights = None,
    workers: Processes = None,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing; addresses are refused.")] = False,
    contact: Contact = None,
    allow: Allow = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Read articles into an archive. What is there already stays as it is; stopped, it goes on where it was."""
    from reportedly.intake import published_of
    from reportedly.intake.columns import columns_of
    from reportedly.weights import check_name

    look = look_of(lang, quiet=quiet)
    # what is wrong with the order is told before an archive is made
    with orderly():
        if weights:
            check_name(weights)
        order = Order(
            columns=columns_of(columns) if columns else {},
            about={
                "published": published_of(published) if published else None,
                "language": language,
                "outlet": outlet,
            },
        )
    with (
        orderly(),
        _fetching(places, contact, allow, offline=offline) as fetcher,
        opened(archive, create=True) as desk,
    ):
        if weights:
            desk.weights = weights
        done = _taken_in(desk, places, fetcher, order, workers, look)
    finish(_how(done))


@app.command(epilog=examples("reportedly retry --archive archiv.db"))
def retry(
    archive: Where,
    workers: Processes = None,
    contact: Contact = None,
    allow: Allow = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Try again what was refused; what can be read now leaves the list."""
    from reportedly.archive.whence import found_again

    look = look_of(lang, quiet=quiet)
    with opened(archive) as desk:
        again = {found_again(desk, row.origin): row.origin for row in desk.refused()}
        with _fetching(list(again), contact, allow) as fetcher:
            done = _taken_in(desk, list(again), fetcher, Order(named=again), workers, look)
    finish(_how(done))


@app.command(
    epilog=examples(
        "reportedly watch https://talbote.example/feed.xml --archive archiv.db",
        "reportedly watch feeds.opml --every 30 -a archiv.db",
        "reportedly watch --once -a archiv.db",
        "reportedly watch --forget https://talbote.example/feed.xml -a archiv.db",
    )
)
def watch(
    archive: Where,
    feeds: Annotated[
        list[str] | None,
        typer.Argument(metavar="FEED", help="Addresses of feeds, or OPML files; the archive remembers them."),
    ] = None,
    every: Annotated[float, typer.Option(metavar="MINUTES", min=1, help="Time between two looks.")] = 15,
    once: Annotated[bool, typer.Option("--once", help="One look at each feed, then stop.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Watch these no longer; what was read stays.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Only show which feeds are watched.")] = False,
    at_once: Annotated[
        int, typer.Option("--at-once", metavar="N", min=1, max=500, help="So many feeds are asked at the same time.")
    ] = 64,
    workers: Processes = None,
    language: Language = None,
    contact: Contact = None,
    allow: Allow = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Follow feeds: new articles are read into the archive as they appear. Stopped, it goes on where it was."""
    from reportedly.archive.watching import Pace, Watching
    from reportedly.export import answers

    look = look_of(lang, quiet=quiet)
    with opened(archive, create=bool(feeds) and not forget) as desk:
        watching = Watching(desk)
        if forget:
            gone = watching.forget(feeds or [])
            finish(FOUND if gone else NOTHING)
        watching.follow(feeds or [])
        if listed:
            for url in watching.feeds():
                typer.echo(url)
            finish(FOUND if watching.feeds() else NOTHING)
        if not watching.feeds():
            _fail("no feed is watched; give the address of one, for example https://talbote.example/feed.xml")
        with _fetching(watching.feeds(), contact, allow) as fetcher:
            assert fetcher is not None
            pace = Pace(at_once, workers or cores(), every)
            while True:
                begin = time.monotonic()
                done = watching.look(fetcher, language=language, pace=pace)
                if not look.brief:
                    _say(f"{time.strftime('%H:%M')} {answers.looked(done, _megabytes(), look.tongue)}")
                if once:
                    finish(_how(done.taken) if done.taken.refused else FOUND)
                time.sleep(max(0.0, 60 * every - (time.monotonic() - begin)))


def _megabytes() -> float:
    """The most that this process ever held; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)


@app.command(epilog=examples("reportedly reread --archive archiv.db", "reportedly reread --all -a archiv.db"))
def reread(
    archive: Where,
    everything: Annotated[bool, typer.Option("--all", help="Also the readings that are up to date.")] = False,
    workers: Processes = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Renew readings made by older tables, weights or versions. Judgements stay and hold for the new readings."""
    look = look_of(lang, quiet=quiet)
    with opened(archive) as desk:
        each = workers or cores()
        done = counted(lambda step: desk.reread(everything=everything, progress=step, workers=each), look)
    finish(FOUND if done.read or done.there else NOTHING)


@app.command(epilog=examples("reportedly refused --archive archiv.db"))
def refused(archive: Where, json: Json = False, lang: Lang = None) -> None:
    """The inputs that could not be read, each with its reason."""
    with opened(archive) as desk:
        printed("refused", desk.refused(), json, look_of(lang))


_FEW = 3
"""So many refusals are told at once; of more the list is told."""


@dataclass(frozen=True)
class Order:
    """How what is taken in is to be understood: names of columns, and what is known of all articles."""

    columns: dict[str, str] = field(default_factory=dict)
    about: dict[str, str | None] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    """Places that the archive knows by another name."""


def _taken_in(
    desk: Archive, places: list[str], fetcher: Fetcher | None, order: Order, workers: int | None, look: Look
) -> Progress:
    """Everything at these places into the archive; how much there is, is counted meanwhile."""
    from reportedly.archive.whence import remember, taken_again
    from reportedly.intake import count_of

    stdin = sys.stdin.buffer if sys.stdin else None
    about: dict[str, Any] = {"fetcher": fetcher, "stdin": stdin, "columns": order.columns, **order.about}
    items = taken_again(places, order.named, about)
    total: list[int | None] = []

    def count() -> None:
        try:
            total.append(count_of(places, fetches=fetcher, columns=order.columns))
        except Exception:  # a count is a comfort: what is wrong with an input is said where it is read
            total.append(None)

    Thread(target=count, daemon=True).start()
    done = counted(
        lambda step: desk.add(
            items, progress=step, expected=lambda: total[0] if total else None, workers=workers or cores()
        ),
        look,
    )
    if done.refused:
        remember(desk, Path(), places)
    if 0 < done.refused <= _FEW and not look.brief:
        for row in sorted(desk.refused(), key=lambda row: row.last)[-done.refused :]:
            _say(f"{row.origin}: {row.reason}")
    return done


@contextmanager
def _fetching(
    places: list[str], contact: str | None, allow: list[str] | None, *, offline: bool = False
) -> Iterator[Fetcher | None]:
    """What fetches, where anything may have to be fetched: an address is named, or may stand in a list."""
    from reportedly.errors import InputError
    from reportedly.intake import open_fetcher
    from reportedly.intake.polite import Manners

    if offline:
        yield None
        return
    try:
        fetcher = open_fetcher(Manners(contact=contact, allowed=tuple(allow or ())))
    except InputError:
        if any(place.lower().startswith(("http://", "https://")) for place in places):
            raise
        yield None  # lists that lead to the web say what is missing
        return
    with fetcher:
        yield fetcher


def _how(done: Progress) -> int:
    """The exit code of an import."""
    if done.refused:
        return SOME_REFUSED if done.read or done.there else BAD
    return FOUND if done.read or done.there else NOTHING
