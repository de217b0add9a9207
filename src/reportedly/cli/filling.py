"""The commands by which an archive is filled and kept safe. One command is one call on the archive."""

from __future__ import annotations

import sys
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
    printed,
)

if TYPE_CHECKING:
    from reportedly.model.answers import Progress


@app.command(
    epilog=examples(
        "reportedly add artikel.txt seiten/ --archive archiv.db",
        "reportedly add --outlet Kurier --published 2024-10-28 *.html -a archiv.db",
    )
)
def add(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE|FOLDER", help="Texts, Markdown, web pages, folders of them; - is standard input."),
    ],
    archive: Where,
    outlet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who published them, where they do not say.")
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="When they were published (2024-10-28).")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Language of the articles (de); told from the text if not given.")
    ] = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Read articles into an archive. What is there already stays as it is; stopped, it goes on where it was."""
    from reportedly.archive.inputs import files_of, take_in_files
    from reportedly.intake import published_of

    look = look_of(lang, quiet=quiet)
    with opened(archive, create=True) as desk:
        day = published_of(published) if published else None
        named = files_of(files)
        stdin = sys.stdin.buffer.read() if "-" in named else b""
        items = take_in_files(named, stdin=stdin, published=day, language=language, outlet=outlet)
        done = counted(lambda step: desk.add(items, progress=step, expected=len(named)), look)
    finish(_how(done))


@app.command(epilog=examples("reportedly retry --archive archiv.db"))
def retry(archive: Where, lang: Lang = None, quiet: Quiet = False) -> None:
    """Try again what was refused; what can be read now leaves the list."""
    from reportedly.archive.inputs import take_in_files

    look = look_of(lang, quiet=quiet)
    with opened(archive) as desk:
        origins = [row.origin for row in desk.refused()]
        done = counted(lambda step: desk.add(take_in_files(origins), progress=step, expected=len(origins)), look)
    finish(_how(done))


@app.command(epilog=examples("reportedly reread --archive archiv.db", "reportedly reread --all -a archiv.db"))
def reread(
    archive: Where,
    everything: Annotated[bool, typer.Option("--all", help="Also the readings that are up to date.")] = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Renew readings made by older tables, weights or versions. Judgements stay and hold for the new readings."""
    look = look_of(lang, quiet=quiet)
    with opened(archive) as desk:
        done = counted(lambda step: desk.reread(everything=everything, progress=step), look)
    finish(FOUND if done.read or done.there else NOTHING)


@app.command(epilog=examples("reportedly refused --archive archiv.db"))
def refused(archive: Where, json: Json = False, lang: Lang = None) -> None:
    """The inputs that could not be read, each with its reason."""
    with opened(archive) as desk:
        printed("refused", desk.refused(), json, look_of(lang))


@app.command(epilog=examples("reportedly check --archive archiv.db"))
def check(archive: Where, json: Json = False, lang: Lang = None) -> None:
    """Is the archive whole? Pages, rows, words, every place inside its text. Exit code 1: something is not as it should be."""
    from reportedly.export import answers

    look = look_of(lang)
    with opened(archive) as desk:
        problems = list(desk.check())
        if json:
            answers.as_json(problems, _stdout("lines"))
        else:
            answers.problems(problems, desk.figures(), _stdout("table"), look)
    finish(NOTHING if problems else FOUND)


@app.command(
    epilog=examples("reportedly backup sicherung.db --archive archiv.db", "reportedly backup sicherung.db --verify")
)
def backup(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="The copy.")],
    archive: Annotated[
        str | None,
        typer.Option("--archive", "-a", metavar="FILE|ADDRESS", envvar="REPORTEDLY_ARCHIVE", help="The archive."),
    ] = None,
    verify: Annotated[bool, typer.Option("--verify", help="Only look whether the copy is whole.")] = False,
    lang: Lang = None,
) -> None:
    """A whole, verified copy while others go on working. A plain copy of the file is none."""
    from reportedly.archive.archive import verify as verified
    from reportedly.errors import ReportedlyError
    from reportedly.export import answers
    from reportedly.export.words import word

    look = look_of(lang)
    if verify:
        try:
            problems = list(verified(to))
        except ReportedlyError as error:
            _fail(str(error))
        answers.problems(problems, None, _stdout("table"), look)
        if not problems:
            _say(f"{to}: {word(look.tongue, 'backup.whole')}")
        finish(NOTHING if problems else FOUND)
    if archive is None:
        _fail("say which archive is to be backed up: --archive FILE")
    with opened(archive) as desk:
        desk.backup(to)
        _say(f"{to}: {word(look.tongue, 'backup.done')}")


@app.command(
    epilog=examples(
        "reportedly restore sicherung.db --archive neu.db",
        "reportedly restore archiv.db --archive postgresql://mk@archive.example.org/presse",
    )
)
def restore(
    backup: Annotated[Path, typer.Argument(metavar="FILE", help="A backup, or the archive that is to move.")],
    archive: Where,
    lang: Lang = None,
) -> None:
    """Fill an empty archive with all that a backup holds: readings, versions, judgements, refusals."""
    from reportedly.export.words import word

    look = look_of(lang)
    if not backup.is_file():
        _fail(f"{backup}: there is no such file; `reportedly backup FILE` makes one")
    with opened(archive, create=True) as desk:
        desk.restore(backup)
        _say(f"{backup}: {word(look.tongue, 'restore.done')}")
    finish(FOUND)


def _how(done: Progress) -> int:
    """The exit code of an import."""
    if done.refused:
        return SOME_REFUSED if done.read or done.there else BAD
    return FOUND if done.read or done.there else NOTHING
