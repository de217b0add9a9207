"""What do the commands of an archive have in common? The file they open, the words they print, the counts they tell."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from reportedly.cli import (
    NOTHING,
    PIPE_CLOSED,
    STOPPED,
    _drop_stdout,
    _fail,
    _look,
    _say,
    _stdout,
)

if TYPE_CHECKING:
    from reportedly.archive import Archive
    from reportedly.export import Look
    from reportedly.model.answers import Progress

Where = Annotated[
    str,
    typer.Option(
        "--archive",
        "-a",
        metavar="FILE|ADDRESS",
        envvar="REPORTEDLY_ARCHIVE",
        help="The archive: one SQLite file, or postgresql://USER@HOST/DATABASE.",
        show_envvar=True,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Lang = Annotated[
    str | None, typer.Option(metavar="de|en", help="Language of headings and notes; else from LC_ALL or LANG.")
]
Wide = Annotated[bool, typer.Option("--wide", help="Show contents in full.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="The findings alone: no counts, notes, progress.")]


def examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


@contextmanager
def orderly() -> Iterator[None]:
    """What goes wrong in a command is one sentence and an exit code."""
    from reportedly.errors import ReportedlyError

    try:
        yield
    except KeyboardInterrupt:
        _say("stopped; what was done is safe, run it again to go on")
        raise typer.Exit(STOPPED) from None
    except BrokenPipeError:
        _drop_stdout()
        raise typer.Exit(PIPE_CLOSED) from None
    except ReportedlyError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename or 'standard output'}: {error.strerror or error}")


@contextmanager
def opened(path: str, *, create: bool = False) -> Iterator[Archive]:
    """The archive for one command."""
    from reportedly.archive import open_archive

    with orderly(), open_archive(path, create=create) as archive:
        yield archive


def finish(code: int) -> NoReturn:
    raise typer.Exit(code)


def look_of(
    lang: str | None, wide: bool = False, quiet: bool = False, excel: bool = False, output: Path | None = None
) -> Look:
    if lang not in (None, "de", "en"):
        _fail(f'--lang "{lang}" is not known; give de or en')
    return _look(lang, output, wide, quiet, excel)


def joined(query: list[str] | None) -> str:
    return " ".join(query or ())


def printed(kind: str, rows: list[Any], json: bool, look: Look, told: Any = None) -> None:
    """The answer of a list, in words as `told` (else `export.answers`) has them; nothing in it is exit code 1."""
    from reportedly.export import answers

    if json:
        answers.as_json(rows, _stdout("lines"))
    else:
        getattr(told or answers, kind)(rows, _stdout("table"), look)
    sys.stdout.flush()
    if not rows:
        finish(NOTHING)


def counted(run: Any, look: Look) -> Progress:
    """Run with counts on stderr: on a terminal one line that changes, else only how it ended, also where it is stopped."""
    from reportedly.export import answers
    from reportedly.export.words import word
    from reportedly.model.answers import Progress

    start = last = time.monotonic()
    live = sys.stderr.isatty() and not look.brief
    done = Progress()

    def step(now: Progress) -> None:
        nonlocal done, last
        done = now
        if live and time.monotonic() - last > 0.2:
            last = time.monotonic()
            sys.stderr.write(f"\r\x1b[K{answers.progress(done, last - start, look.tongue)[: look.width - 1]}")
            sys.stderr.flush()

    try:
        run(step)
    finally:
        if live:
            sys.stderr.write("\r\x1b[K")
        if not look.brief:
            seconds = time.monotonic() - start
            tail = f" ({answers.clock(seconds)})" if live else ""
            _say(answers.progress(done, seconds if live else 0, look.tongue) + tail)
            if done.refused:
                _say(word(look.tongue, "add.list"))
    return done
