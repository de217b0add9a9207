"""The command line: `reportedly read FILE…`. One command is one call; what it prints is made in `export`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

if TYPE_CHECKING:
    from reportedly.export import Format, Look
    from reportedly.model.article import Article, Refusal
    from reportedly.model.reading import Reading

FOUND, NOTHING, BAD, SOME_REFUSED, FAULT, STOPPED, PIPE_CLOSED = 0, 1, 2, 3, 70, 130, 141

app = typer.Typer(
    name="reportedly",
    help="Who said what, to whom, on whose authority, and when: every attributed statement of a news article.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)

FORMAT_NAMES = "txt, jsonl, csv, excel, html, why, damage, parquet, jsonld, w3c, tei, xmi, spacy (docs/export.md)"
"""As in `export.NAMES`, which is not loaded for showing help."""

_EPILOG = """\b
Examples:
  reportedly read artikel.txt
  reportedly read --html --output artikel.html artikel.txt
  reportedly read --json *.txt | jq -r '.speakers[].name'
  reportedly read --published 2024-10-28 - < artikel.html

\b
Exit codes:
  0    found what was asked for
  1    everything read, nothing found
  2    bad input or usage; nothing was read, or the output could not be written
  3    some of several inputs could not be read; each is named with its reason, the rest is done
  70   a fault in reportedly itself; please report it
  130  stopped with Ctrl-C
  141  the reader of the pipe went away"""


def _version(asked: bool) -> None:
    if not asked:
        return
    from reportedly import __version__
    from reportedly.languages import available, load
    from reportedly.weights import card, digest, shipped

    typer.echo(f"reportedly {__version__}")
    typer.echo("tables: " + ", ".join(f"{code}-{load(code).digest}" for code in available()))
    for name, line in shipped():
        typer.echo(f"weights: {name} {line} {digest(name, line)} ({card(name, line)['licence']})")
    typer.echo("licence: Apache-2.0 (code and tables); sources of word forms in NOTICE")
    raise typer.Exit


@app.callback()
def _reportedly(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show version, tables and licence.")
    ] = False,
) -> None:
    """Who said what, to whom, on whose authority, and when: every attributed statement of a news article."""


@app.command(epilog=_EPILOG)
def read(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Text, Markdown or HTML files; - is standard input.")
    ],
    json: Annotated[bool, typer.Option("--json", help="The record, one JSON object per article and line.")] = False,
    html: Annotated[
        bool, typer.Option("--html", help="One self-contained page with the statements underlined.")
    ] = False,
    csv: Annotated[bool, typer.Option("--csv", help="One row per statement: UTF-8, commas, RFC 4180.")] = False,
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV for spreadsheets: BOM, semicolons, no cell is taken for a formula.")
    ] = False,
    form: Annotated[str | None, typer.Option("--format", metavar="NAME", help=FORMAT_NAMES)] = None,
    damage: Annotated[bool, typer.Option("--damage", help="The damage of the text, each in its context.")] = False,
    why: Annotated[bool, typer.Option("--why", help="For each statement the row or rule that found it.")] = False,
    wide: Annotated[bool, typer.Option("--wide", help="Show contents in full.")] = False,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it was published (2024-10-28): anchors “gestern”.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Language of the articles (de); told from the text if not given.")
    ] = None,
    weights: Annotated[
        str,
        typer.Option(
            metavar="LINE", help="Learned numbers: open, research (non-commercial use only), tables (none), hub:FOLDER."
        ),
    ] = "open",
    lang: Annotated[
        str | None, typer.Option(metavar="de|en", help="Language of headings and notes; else from LC_ALL or LANG.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write there; the file is whole or not at all."),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="The findings alone: no head, summary, notes, progress.")
    ] = False,
) -> None:
    """Read articles and show every attributed statement: a table, or one of the formats below."""
    from reportedly.errors import ReportedlyError

    chosen = [
        name
        for name, on in (("lines", json), ("page", html), ("rows", csv or excel), ("damage", damage), ("why", why))
        if on
    ]
    if len(chosen) + (form is not None) > 1:
        _fail("choose one of --json, --html, --csv, --damage, --why, --format")
    if lang not in (None, "de", "en"):
        _fail(f'--lang "{lang}" is not known; give de or en')
    known = format_of(form, output) if form else None
    written = known.name if known else chosen[0] if chosen else "table"
    try:
        look = _look(lang, output, wide, quiet, excel or form == "excel")
        code = _read(files, written, look, published, language, weights, output)
    except KeyboardInterrupt:
        _say("stopped")
        code = STOPPED
    except BrokenPipeError:
        _drop_stdout()
        code = PIPE_CLOSED
    except OSError as error:
        _drop_stdout()
        where = output or "standard output"
        _fail(f"cannot write to {where}: {error.strerror or error}")
    except ReportedlyError as error:
        _fail(str(error))
    raise typer.Exit(code)


def _read(
    files: list[str],
    form: str,
    look: Look,
    published: str | None,
    language: str | None,
    weights: str,
    output: Path | None,
) -> int:
    """Take in, read, write; the exit code says how it went."""
    from reportedly.export import FORMATS
    from reportedly.export.target import same_file, whole_file
    from reportedly.intake import LONGEST, published_of, take_in_all
    from reportedly.weights import check_name

    check_name(weights)
    if published is not None:
        published = published_of(published)
    if output is not None and (lost := same_file(output, files)):
        _fail(f"--output would overwrite the input {lost}; choose another name")
    stdin = sys.stdin.buffer.read(4 * LONGEST + 1) if "-" in files and sys.stdin else b""
    taken = take_in_all(files, stdin=stdin, published=published, language=language)
    run = _Run(form, len(files), weights)
    with _progress(len(files), look, output) as step:
        readings = run.readings(taken, step)
        first = next(readings, None)
        if first is not None:
            binary = FORMATS[form].binary
            with whole_file(output, binary=binary) if output else nullcontext(_stdout(form)) as out:
                FORMATS[form].write(chain([first], readings), out, look)
                out.flush()
    if run.refused and len(files) > 1 and not look.brief:
        _say(f"{len(run.refused)} of {len(files)} inputs not read")
    return run.code()


class _Run:
    """What one call has met so far: how much was found, and which inputs were refused."""

    def __init__(self, form: str, inputs: int, weights: str) -> None:
        self.form, self.inputs, self.weights = form, inputs, weights
        self.found = 0
        self.refused: list[str] = []

    def readings(self, taken: Iterator[Article | Refusal], step: _Step) -> Iterator[Reading]:
        """The readings in order. What cannot be read is named on stderr and counted; the rest goes on."""
        from reportedly.errors import ReportedlyError
        from reportedly.model.article import Refusal
        from reportedly.pipeline import STANDARD
        from reportedly.pipeline import read as read_article

        recipe = replace(STANDARD, weights=self.weights)
        for item in taken:
            step(item.origin or "")
            if isinstance(item, Refusal):
                self._refuse(item.origin, item.reason)
                continue
            try:
                reading = read_article(item, recipe)
            except ReportedlyError as problem:
                self._refuse(item.origin, str(problem))
                continue
            except Exception as fault:
                self._refuse(item.origin, _our_fault(fault))
                continue
            self.found += len(reading.damages if self.form == "damage" else reading.statements)
            yield reading

    def code(self) -> int:
        if self.refused:
            return SOME_REFUSED if len(self.refused) < self.inputs else BAD
        return FOUND if self.found else NOTHING

    def _refuse(self, origin: str | None, reason: str) -> None:
        self.refused.append(origin or "-")
        _say(f"{origin or '-'}: {reason}")


def _our_fault(fault: Exception) -> str:
    """One sentence about a mistake of ours, with the place where it happened."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"could not be read because of a fault in reportedly ({type(fault).__name__} in {place}: {fault}); please report it"


def _look(lang: str | None, output: Path | None, wide: bool, quiet: bool, excel: bool) -> Look:
    """Options, locale and terminal as a `Look`: the only place that asks the environment."""
    import shutil

    from reportedly.export import Look
    from reportedly.export.words import tongue_of

    environment = os.environ
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG")
    if environment.get("NO_COLOR"):
        colour = False
    elif environment.get("FORCE_COLOR", "0") not in ("", "0"):
        colour = True
    else:
        colour = output is None and sys.stdout.isatty() and environment.get("TERM") != "dumb"
    width = shutil.get_terminal_size((100, 24)).columns
    return Look(lang or tongue_of(locale), width, colour, wide, quiet, excel)


def format_of(name: str, output: Path | None = None, advice: str = "name a file: ") -> Format:
    """The format that a user names; a binary one must have a file to go to, else `advice` says where there is one."""
    from reportedly.export import FORMATS, NAMES

    if name not in NAMES:
        _fail(f'--format "{name}" is not known; give {", ".join(NAMES)}')
    chosen = FORMATS[NAMES[name]]
    if chosen.binary and output is None:
        _fail(f"{name} is not text for a terminal; {advice}--output NAME{chosen.suffix}")
    return chosen


class _Step:
    """Tells a progress bar which input is being read; by itself it tells nobody."""

    def __call__(self, origin: str) -> None: ...


@contextmanager
def _progress(inputs: int, look: Look, output: Path | None) -> Iterator[_Step]:
    """A bar on stderr for many inputs, where a person looks at it and the findings do not run through it."""
    if inputs < 2 or look.brief or not sys.stderr.isatty() or (output is None and sys.stdout.isatty()):
        yield _Step()
        return
    from rich.console import Console
    from rich.progress import Progress

    from reportedly.export.safe import line, shorten

    with Progress(console=Console(stderr=True, markup=False), transient=True) as bar:
        task = bar.add_task("", total=inputs)

        class Bar(_Step):
            def __call__(self, origin: str) -> None:
                bar.update(task, advance=1, description=shorten(line(Path(origin).name), 30).replace("[", "\\["))

        yield Bar()


def _stdout(form: str) -> TextIO:
    """Standard output: machine formats are UTF-8 wherever they go, tables make do with what the terminal can show."""
    out = sys.stdout
    reconfigure = getattr(out, "reconfigure", None)
    if reconfigure is not None:
        if form in ("lines", "page", "rows", "jsonld", "annotations", "tei"):
            reconfigure(encoding="utf-8", newline="")
        else:
            reconfigure(errors="replace")
    return out


def _drop_stdout() -> None:
    """Nobody reads us any more: what is left in the buffer goes nowhere, so that Python does not complain at the end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return


def _say(sentence: str) -> None:
    from reportedly.export.safe import line

    typer.echo(f"reportedly: {line(sentence)}", err=True)


def _fail(sentence: str) -> NoReturn:
    _say(sentence)
    raise typer.Exit(BAD)


def main() -> None:
    """The entry point of the command `reportedly`. A fault of ours must not look like "nothing found"."""
    try:
        app()
    except Exception:
        import traceback

        traceback.print_exc()
        sys.exit(FAULT)


# below what they use: their commands enter themselves into `app`
from reportedly.cli import filling as filling  # noqa: E402, I001
from reportedly.cli import keeping as keeping  # noqa: E402
from reportedly.cli import asking as asking  # noqa: E402
from reportedly.cli import people as people  # noqa: E402
from reportedly.cli import room as room  # noqa: E402
from reportedly.cli import many as many  # noqa: E402
