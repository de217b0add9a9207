"""The commands by which an archive is kept safe: looked over, copied, filled from a copy. One command is one call on the archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli import FOUND, NOTHING, _fail, _say, _stdout, app
from reportedly.cli.desk import Json, Lang, Where, examples, finish, look_of, opened


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
