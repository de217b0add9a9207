"""The commands about speakers across articles. One command is one call on the archive."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli import BAD, FOUND, NOTHING, SOME_REFUSED, _fail, _say, app
from reportedly.cli.desk import Json, Lang, Quiet, Where, examples, finish, look_of, opened, printed

if TYPE_CHECKING:
    from reportedly.archive import Archive
    from reportedly.model.answers import SpeakerPage

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="A name in all articles, NAME@ID in one, or the id of a gazetteer.")
]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who decides; else the name of the user.")]
Why = Annotated[str, typer.Option(metavar="WORDS", help="Why.")]


@app.command(
    epilog=examples(
        "reportedly speakers --archive archiv.db",
        "reportedly speakers 'Jörn Hallstein' -a archiv.db",
        "reportedly speakers Minister --unnamed -a archiv.db",
        "reportedly speakers --doubts -a archiv.db",
    )
)
def speakers(
    archive: Where,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="The page of who is called so; where nobody is, all names with these words."
        ),
    ] = "",
    unnamed: Annotated[bool, typer.Option("--unnamed", help="Those without a name, each in its own article.")] = False,
    doubts: Annotated[
        bool, typer.Option("--doubts", help="Names that may be one and that nobody has decided.")
    ] = False,
    match: Annotated[bool, typer.Option("--match", help="Compare first those that nobody has compared yet.")] = False,
    most: Annotated[int, typer.Option("--most", "-n", min=1, metavar="N", help="Show so many.")] = 30,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Who says most, in which roles, under which names; or all about one of them."""
    from reportedly.export import people as told

    look = look_of(lang)
    with opened(archive) as desk:
        if match:
            _say(told.matched(desk.match_speakers(), look.tongue))
        if doubts:
            printed("doubts", desk.doubts(most), json, look, told)
        elif name and not unnamed and (page := _page(desk, name)) is not None:
            printed("page", [page], json, look, told)
        else:
            printed("speakers", desk.speakers(name, most=most, named=not unnamed), json, look, told)


def _page(desk: Archive, name: str) -> SpeakerPage | None:
    """The page of a speaker; None where nobody is called just so."""
    from reportedly.errors import ArchiveError

    try:
        return desk.speaker(name)
    except ArchiveError:
        if "@" in name:
            raise
        return None


def _decide(
    left: str, right: str, verdict: str, archive: str, by: str | None, why: str, json: bool, lang: str | None
) -> None:
    by = by or os.environ.get("USER") or os.environ.get("USERNAME") or ""
    with opened(archive) as desk:
        printed("judgements", [desk.same(left, right, by=by, why=why, verdict=verdict)], json, look_of(lang))


@app.command(
    epilog=examples(
        "reportedly same Selenskij 'Wolodymyr Selenskyj' --by mk --why 'other spelling' --archive archiv.db"
    )
)
def same(
    left: Name, right: Name, archive: Where, by: By = None, why: Why = "", json: Json = False, lang: Lang = None
) -> None:
    """Two names are one speaker. Decisions are only added; a person's goes before the program's, the last one counts."""
    _decide(left, right, "same", archive, by, why, json, lang)


@app.command(
    epilog=examples("reportedly different Thoms@3f2a9c01 'Maike Thoms' --by mk --why 'her brother' --archive archiv.db")
)
def different(
    left: Name, right: Name, archive: Where, by: By = None, why: Why = "", json: Json = False, lang: Lang = None
) -> None:
    """Two names are two speakers; nothing brings them together but another decision."""
    _decide(left, right, "different", archive, by, why, json, lang)


@app.command(epilog=examples("reportedly unsure Thoms@3f2a9c01 'Maike Thoms' --by mk --archive archiv.db"))
def unsure(
    left: Name, right: Name, archive: Where, by: By = None, why: Why = "", json: Json = False, lang: Lang = None
) -> None:
    """Looked at two names and could not tell: they are not one because of each other, and are asked no more."""
    _decide(left, right, "unsure", archive, by, why, json, lang)


@app.command(epilog=examples("reportedly withdraw Thoms@3f2a9c01 'Maike Thoms' --by mk --archive archiv.db"))
def withdraw(
    left: Name, right: Name, archive: Where, by: By = None, why: Why = "", json: Json = False, lang: Lang = None
) -> None:
    """What persons decided about two names no longer counts; what the program says holds again."""
    _decide(left, right, "withdraw", archive, by, why, json, lang)


@app.command(epilog=examples("reportedly gazetteer wikidata.jsonl --archive archiv.db"))
def gazetteer(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="JSON Lines: id, names, roles with dates; see docs/speakers.md.")
    ],
    archive: Where,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Take in who is who, and link the speakers to its identifiers. Exit codes: 1 no entry, 2 no line is one, 3 some are none."""
    from reportedly.across import entries_in
    from reportedly.export import people as told

    look = look_of(lang, quiet=quiet)
    if not file.is_file():
        _fail(f"{file}: there is no such file")
    with opened(archive) as desk, file.open(encoding="utf-8-sig", errors="replace") as lines:
        new, there, refused = desk.know(entries_in(lines, str(file)))
        for line in refused:
            _say(f"{line.origin}: {line.reason}")
        if not quiet:
            _say(told.known(new, there, len(refused), look.tongue))
    if refused:
        finish(SOME_REFUSED if new or there else BAD)
    finish(FOUND if new or there else NOTHING)
