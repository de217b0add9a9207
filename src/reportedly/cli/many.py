"""The commands for those who have outgrown one file and one machine: runs over millions, a pipe, a process that others feed."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli import (
    BAD,
    FOUND,
    NOTHING,
    SOME_REFUSED,
    _fail,
    _say,
    _stdout,
    app,
)
from reportedly.cli.desk import Json, Lang, Quiet, Where, counted, examples, finish, look_of, opened, orderly
from reportedly.cli.filling import Language, Outlet, Processes
from reportedly.engines import Engine, LocalEngine, cores

if TYPE_CHECKING:
    from reportedly.batch import Wish
    from reportedly.export import Look
    from reportedly.intake.parcel import Order
    from reportedly.model.run import RunReport, RunStep
    from reportedly.pipeline import Recipe

Line = Annotated[
    str,
    typer.Option(
        "--weights",
        metavar="LINE",
        help="Learned numbers: open, research (non-commercial use only), tables (none), hub:FOLDER.",
    ),
]
Columns = Annotated[
    str | None, typer.Option(metavar="text=A,title=B", help="How the columns of tables and JSON are called.")
]


@app.command(
    epilog=examples(
        "reportedly batch crawl/ korpus.jsonl ausgabe/",
        "reportedly batch --dry-run s3://presse/2024/ s3://presse/gelesen",
        "reportedly batch --format parquet --format jsonl --partition month crawl.warc.gz ausgabe/",
        "reportedly batch --engine tcp://10.0.0.1:8786 s3://presse/2024/ s3://presse/gelesen",
        "duckdb -c \"select outlet, count(*) from 'ausgabe/statements/**/*.parquet' group by outlet\"",
    )
)
def batch(
    places: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT... OUTPUT",
            help="Files, folders, object stores (s3://...): WARC, WACZ, JSONL, CSV, Parquet, texts, pages. Last the folder or"
            " the address for the output.",
        ),
    ],
    form: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="NAME", help="parquet (if none is given), jsonl. May be repeated."),
    ] = None,
    partition: Annotated[
        str, typer.Option(metavar="NAME", help="Folders by the day of publication: year, month, none.")
    ] = "year",
    shard_size: Annotated[str, typer.Option(metavar="SIZE", help="Input that is done in one go (8MB).")] = "8MB",
    columns: Columns = None,
    outlet: Outlet = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="When they were published (2024-10-28).")
    ] = None,
    language: Language = None,
    weights: Line = "open",
    workers: Processes = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Read a sample; say how long the whole will take and how large it will be."),
    ] = False,
    engine: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Who does the work: local (processes of this machine), or a cluster by the address of its head"
            " (tcp://HEAD:8786) or the file that its head wrote.",
        ),
    ] = "local",
    renew: Annotated[
        bool, typer.Option("--renew", help="Read again what was read by other tables, weights or versions.")
    ] = False,
    json: Json = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Read many articles into tables of Parquet. Stopped or killed, it goes on where it was; run again, it does what is new."""
    from reportedly.batch import Wish, estimate, run
    from reportedly.export import answers, runs

    look = look_of(lang, quiet=quiet)
    *inputs, output = places
    if not inputs:
        _fail("name at least one input, and last the folder for the output: reportedly batch INPUT... OUTPUT")
    count = workers or cores()
    with orderly():
        wish = Wish(
            _order(columns, outlet, published, language), tuple(form or ["parquet"]), partition, _bytes(shard_size)
        )
        with _engine(engine, count) as workforce:
            if dry_run:
                found = estimate(inputs, wish, _recipe(weights), workforce.workers)
            else:
                report = _led(run, inputs, output, wish, _recipe(weights), workforce, renew, look)
        if dry_run:
            if json:
                answers.as_json([found], _stdout("lines"))
            else:
                runs.estimate(found, _stdout("table"), look)
            finish(FOUND if found.articles[1] else NOTHING)
        if json:
            answers.as_json([report], _stdout("lines"))
        elif not quiet:
            runs.report(report, _stdout("table"), look)
        sys.stdout.flush()
    finish(_how(report))


@app.command(epilog=examples("reportedly load ausgabe/ --archive archiv.db"))
def load(
    output: Annotated[str, typer.Argument(metavar="OUTPUT", help="What `reportedly batch` wrote.")],
    archive: Where,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Take the output of `reportedly batch` into an archive. What is there already stays as it is."""
    from reportedly.batch import count_output, read_output

    look = look_of(lang, quiet=quiet)
    with opened(archive, create=True) as desk:
        total = count_output(output)
        done = counted(lambda step: desk.take(read_output(output), progress=step, expected=total), look)
    finish(FOUND if done.read or done.there else NOTHING)


@app.command(
    epilog=examples(
        "reportedly join tcp://10.0.0.1:8786",
        "reportedly join --workers 8 geteilt/scheduler.json",
    )
)
def join(
    head: Annotated[
        str,
        typer.Argument(metavar="HEAD", help="The address of the head (tcp://HEAD:8786), or the file that it wrote."),
    ],
    workers: Processes = None,
    host: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Under which the others reach this machine, where it has several."),
    ] = None,
    patience: Annotated[
        float, typer.Option(metavar="SECONDS", min=1, help="How long to wait for a head that went away.")
    ] = 600,
) -> None:
    """Work for a cluster with the cores of this machine, as long as it has a head (docs/batch.md)."""
    from reportedly.cluster import join

    with orderly():
        join(head, workers or cores(), _say, patience, host)
    finish(FOUND)


@app.command(
    epilog=examples(
        "zcat korpus.jsonl.gz | reportedly pipe > aussagen.jsonl",
        "tail -f neu.jsonl | reportedly pipe --carry id | jq .statements",
    )
)
def pipe(
    columns: Columns = None,
    carry: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help="A field of the input that comes back under `carried`. May be repeated."),
    ] = None,
    outlet: Outlet = None,
    language: Language = None,
    weights: Line = "open",
    workers: Processes = None,
) -> None:
    """JSON Lines in, JSON Lines out: one answer for each line, in their order, as soon as it is there."""
    from reportedly.batch.stream import Answering, piped

    with orderly():
        answering = Answering(_recipe(weights), _order(columns, outlet, None, language), tuple(carry or ()))
        descriptor = sys.stdin.fileno()
        done = piped(descriptor, _stdout("lines"), answering, workers or cores())
    if done.refused:
        _say(f"{done.refused} of {done.lines} lines not read; each has its reason in its place")
        finish(SOME_REFUSED if done.refused < done.lines else BAD)
    finish(FOUND if done.lines else NOTHING)


@app.command(
    epilog=examples(
        "reportedly worker --port 8377",
        'curl -H "Content-Type: application/json" -d \'{"text": "Der Deich halte, sagte sie."}\' localhost:8377/read',
        "reportedly worker --socket reportedly.sock",
    )
)
def worker(
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where it listens; others than this machine need a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="0 takes one that is free.")] = 8377,
    socket: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A local socket instead; only its owner may use it.")
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(metavar="TEXT", envvar="REPORTEDLY_TOKEN", show_envvar=True, help="Only who says it is answered."),
    ] = None,
    most_bytes: Annotated[str, typer.Option(metavar="SIZE", help="The largest request.")] = "32MB",
    most_articles: Annotated[int, typer.Option(metavar="N", min=1, help="Articles of one request.")] = 1_000,
    most_waiting: Annotated[
        int, typer.Option(metavar="N", min=1, help="Articles of all requests; more are sent away.")
    ] = 2_000,
    columns: Columns = None,
    language: Language = None,
    weights: Line = "open",
    workers: Processes = None,
) -> None:
    """A process that other programs feed: POST /read, GET /metrics, GET /health (docs/batch.md)."""
    from reportedly.batch.server import Limits, serve
    from reportedly.batch.stream import Answering

    with orderly():
        answering = Answering(_recipe(weights), _order(columns, None, None, language), ())
        limits = Limits(_bytes(most_bytes), most_articles, most_waiting, token)
        serve(answering, limits, workers or cores(), host=host, port=port, socket=socket, say=_say)
    finish(FOUND)


@contextmanager
def _engine(name: str, count: int) -> Iterator[Engine]:
    """Processes of this machine, or the cluster of that name."""
    from reportedly.cluster import ClusterEngine, is_cluster

    if name == "local":
        yield LocalEngine(count)
        return
    if not is_cluster(name):
        _fail(f'--engine "{name}" is not known; give local, or the address of a cluster: tcp://HEAD:8786')
    with closing(ClusterEngine(name, _say)) as cluster:
        yield cluster


def _led(
    run: object, inputs: list[str], output: str, wish: Wish, recipe: Recipe, engine: Engine, renew: bool, look: Look
) -> RunReport:
    """A run with one line on stderr that tells how far it is: on a terminal all the time, else every half a minute."""
    from reportedly.export import runs

    live = sys.stderr.isatty()
    start = last = time.monotonic()

    def tell(now: RunStep) -> None:
        nonlocal last
        at = time.monotonic()
        if look.brief or at - last < (0.5 if live else 30):
            return
        last = at
        told = runs.step(now, at - start, look.tongue)
        if live:
            sys.stderr.write(f"\r\x1b[K{told[: look.width - 1]}")
            sys.stderr.flush()
        else:
            _say(told)

    try:
        report: RunReport = run(inputs, output, engine, wish, recipe, renew=renew, tell=tell)  # type: ignore[operator]
    finally:
        if live and not look.brief:
            sys.stderr.write("\r\x1b[K")
    if not look.brief:
        _say(runs.ended(report, look.tongue))
    return report


def _how(report: RunReport) -> int:
    """The exit code of a run."""
    if report.quarantined or report.unread or report.whole.refused:
        return SOME_REFUSED if report.whole.articles else BAD
    return FOUND if report.whole.articles else NOTHING


def _recipe(weights: str) -> Recipe:
    from reportedly.pipeline import STANDARD
    from reportedly.weights import check_name

    check_name(weights)
    return replace(STANDARD, weights=weights)


def _order(columns: str | None, outlet: str | None, published: str | None, language: str | None) -> Order:
    from reportedly.intake import published_of
    from reportedly.intake.carried import Carried
    from reportedly.intake.columns import columns_of
    from reportedly.intake.parcel import Order
    from reportedly.intake.tongue import short_code

    said = Carried(None, outlet, None, published_of(published) if published else None, short_code(language))
    return Order(columns_of(columns) if columns else {}, said)


def _bytes(size: str) -> int:
    """8MB, 500 kB, 1000 -> bytes."""
    figure = size.strip().lower().removesuffix("b")
    scale = {"k": 1_000, "m": 1_000_000, "g": 1_000_000_000}.get(figure[-1:], 1)
    try:
        found = int(float(figure.rstrip("kmg ").strip()) * scale)
    except (ValueError, OverflowError):
        found = 0
    if found < 1:
        _fail(f'"{size}" is no size; write for example 8MB')
    return found
