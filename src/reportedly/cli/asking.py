"""The commands that ask and judge. One command is one call; what it prints is made in `export.answers`."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportedly.cli import (
    FORMAT_NAMES,
    FOUND,
    NOTHING,
    _fail,
    _say,
    _stdout,
    app,
    format_of,
)
from reportedly.cli.desk import (
    Json,
    Lang,
    Quiet,
    Where,
    Wide,
    examples,
    finish,
    joined,
    look_of,
    opened,
    printed,
)

if TYPE_CHECKING:
    from reportedly.model.span import Pieces

Query = Annotated[
    list[str] | None, typer.Argument(metavar="QUERY", help="As docs/query.md tells it; nothing: everything.")
]
Id = Annotated[
    str, typer.Argument(metavar="ID", help="An article, or ARTICLE/STATEMENT; four signs of the id are enough.")
]


@app.command(
    epilog=examples(
        "reportedly who 'von:Hallstein über:Hochwasser seit:2024-06' --archive archiv.db",
        "reportedly who 'cue:denial zahl:1000..2000' --facets -a archiv.db",
        "reportedly who 'form:direct' --all --json -a archiv.db | jq -r .speaker | sort | uniq -c",
    )
)
def who(
    archive: Where,
    query: Query = None,
    sort: Annotated[
        str, typer.Option(metavar="newest|oldest|unsure|relevance|said|speaker", help="In which order.")
    ] = "newest",
    most: Annotated[int, typer.Option("--most", "-n", min=1, metavar="N", help="Show so many.")] = 20,
    skip: Annotated[int, typer.Option(min=0, metavar="N", help="Leave out the first ones.")] = 0,
    everything: Annotated[bool, typer.Option("--all", help="Show all.")] = False,
    facets: Annotated[bool, typer.Option("--facets", help="Counts by outlet, speaker, form, cue and year.")] = False,
    json: Json = False,
    wide: Wide = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Who said what: the statements that a query finds, newest first."""
    from reportedly.export import answers

    look = look_of(lang, wide, quiet)
    with opened(archive) as desk:
        found = desk.search(joined(query), sort=sort)
        for note in () if quiet else found.notes:
            _say(answers.note(note, look.tongue))
        page = found.page(skip, sys.maxsize // 2 if everything else most, facets=8 if facets else 0)
        if json:
            answers.as_json(page.hits, _stdout("lines"))
        else:
            answers.hits(page, _stdout("table"), look)
        sys.stdout.flush()
    finish(FOUND if page.statements else NOTHING)


@app.command(
    epilog=examples(
        "reportedly export 'von:Hallstein' --format csv --output hallstein.csv --archive archiv.db",
        "reportedly export 'seit:2024-10' -a archiv.db | jq .statements",
        "reportedly export 'form:direct' --format parquet --output zitate.parquet -a archiv.db",
    )
)
def export(
    archive: Where,
    query: Query = None,
    form: Annotated[str, typer.Option("--format", metavar="NAME", help=FORMAT_NAMES)] = "jsonl",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write there; the file is whole or not at all."),
    ] = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """All that a query finds, in a format for other programs: what it shows is what it exports, all of it."""
    from reportedly.export import answers
    from reportedly.export.target import same_file, whole_file

    chosen = format_of(form, output)
    if output is not None and same_file(output, [archive]):
        _fail("--output would overwrite the archive; choose another name")
    look = look_of(lang, excel=form == "excel", output=output)
    with opened(archive) as desk:
        found = desk.search(joined(query))
        for note in () if quiet else found.notes:
            _say(answers.note(note, look.tongue))
        statements, articles = desk.store.count(found.query)
        if statements:
            with whole_file(output, binary=chosen.binary) if output else nullcontext(_stdout(chosen.name)) as out:
                found.write(chosen.name, out, look)
                out.flush()
        if not quiet:
            _say(answers.total_of(statements, articles, look.tongue))
    finish(FOUND if statements else NOTHING)


@app.command(
    epilog=examples(
        "reportedly outlets --archive archiv.db",
        "reportedly outlets --side von:Rabe --side von:Ohm -a archiv.db",
        "reportedly outlets --json -a archiv.db",
    )
)
def outlets(
    archive: Where,
    side: Annotated[
        list[str] | None,
        typer.Option("--side", metavar="QUERY", help="Compare the cues of sides: one query for each. May be repeated."),
    ] = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """What each outlet quotes: forms, cues, speakers without a name. Counts with the query for the list behind them, no verdict."""
    with opened(archive) as desk:
        if side:
            printed("sides", desk.sides(*side), json, look_of(lang))
        else:
            printed("outlets", desk.outlets(), json, look_of(lang))


@app.command(
    epilog=examples(
        "reportedly show 3f2a9c01 --archive archiv.db", "reportedly show 3f2a9c01/s3 --format why -a archiv.db"
    )
)
def show(
    id: Id,
    archive: Where,
    form: Annotated[str, typer.Option("--format", metavar="NAME", help=FORMAT_NAMES)] = "txt",
    versions: Annotated[
        bool, typer.Option("--versions", help="Where it was met, and the other versions of its address.")
    ] = False,
    original: Annotated[bool, typer.Option("--unjudged", help="As it was read, without what persons decided.")] = False,
    wide: Wide = False,
    lang: Lang = None,
) -> None:
    """One article with its statements, as persons left it; or one statement of it."""
    from reportedly.model.judgement import only

    chosen = format_of(form, None, f"use reportedly export --format {form} ")
    look = look_of(lang, wide, excel=form == "excel")
    with opened(archive) as desk:
        article, _, statement = id.partition("/")
        if versions:
            printed("versions", desk.versions(article), False, look)
            finish(FOUND)
        reading = desk.reading(article) if original else desk.judged(article)
        if statement:
            reading = only(reading, {statement})
        chosen.write([reading], _stdout(chosen.name), look)
        sys.stdout.flush()
    finish(FOUND if reading.statements else NOTHING)


@app.command(
    epilog=examples(
        "reportedly judge 3f2a9c01/s3 reject --by mk --why 'irony' --archive archiv.db",
        "reportedly judge 3f2a9c01/s3 speaker --speaker 'Jörn Hallstein' --by mk -a archiv.db",
        "reportedly judge 3f2a9c01/s3 span --content '27-128;140-150' --by mk -a archiv.db",
        "reportedly judge 3f2a9c01 add --content 27-128 --speaker 'Ilse Brandt' --by mk -a archiv.db",
    )
)
def judge(
    id: Annotated[
        str, typer.Argument(metavar="ARTICLE/STATEMENT", help="As `reportedly who` shows it at the end of a line.")
    ],
    verdict: Annotated[
        str, typer.Argument(metavar="VERDICT", help="accept, reject, span, speaker, form, add or withdraw.")
    ],
    archive: Where,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who decides; else the name of the user.")] = None,
    why: Annotated[str, typer.Option(metavar="WORDS", help="Why.")] = "",
    content: Annotated[
        str, typer.Option(metavar="PLACES", help="With span and add: where the content stands, in characters.")
    ] = "",
    speaker: Annotated[str, typer.Option(metavar="NAME", help="With speaker and add: who said it.")] = "",
    form: Annotated[
        str, typer.Option(metavar="FORM", help="With form and add: direct, indirect, mixed, reported, free_indirect.")
    ] = "",
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Decide about a statement. Decisions are only added, the last one counts, no new reading touches them."""
    article, _, statement = id.partition("/")
    by = by or os.environ.get("USER") or os.environ.get("USERNAME") or ""
    with opened(archive) as desk:
        judgement = desk.judge(
            (article, statement), verdict, by=by, why=why, content=_places(content), speaker=speaker, form=form
        )
        printed("judgements", [judgement], json, look_of(lang))


@app.command(
    epilog=examples(
        "reportedly judgements --json --archive archiv.db > urteile.jsonl",
        "reportedly judgements --import urteile.jsonl -a neu.db",
    )
)
def judgements(
    archive: Where,
    taken: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Add those that another archive gave out.")
    ] = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """What persons decided, about statements and about names; with --json as lines that another archive can take."""
    from reportedly.model.sameness import Sameness

    with opened(archive) as desk:
        if taken is not None:
            given = _read_judgements(taken)
            new, there = desk.take_judgements(j for j in given if not isinstance(j, Sameness))
            more, known = desk.take_sameness(j for j in given if isinstance(j, Sameness))
            _say(f"{new + more} new, {there + known} already there")
        else:
            by_hand = [j for j in desk.sameness() if not j.by_program]
            printed("judgements", [*desk.judgements(), *by_hand], json, look_of(lang))


def _places(written: str) -> Pieces:
    """Places as a user writes them: 27-128;140-150."""
    from reportedly.model.span import Span, pieces

    try:
        return pieces(Span(int(a), int(b)) for a, b in (part.split("-") for part in written.split(";") if part.strip()))
    except ValueError:
        _fail(f'--content "{written}" is no place; write first-last in characters, as in 27-128;140-150')


def _read_judgements(path: Path) -> list[Any]:
    import json

    from reportedly.model.judgement import Judgement
    from reportedly.model.sameness import Sameness

    found: list[Any] = []
    for n, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            if line.strip():
                data = json.loads(line)
                found.append(Sameness.of(data) if "left" in data else Judgement.of(data))
        except (ValueError, KeyError, TypeError) as error:
            _fail(f"{path}:{n}: is no judgement ({error}); give what `reportedly judgements --json` wrote")
    return found
