"""The command that opens the reading room: the archive in the browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli import FOUND, STOPPED, _fail, _say, app
from reportedly.cli.desk import examples, finish


@app.command(
    epilog=examples(
        "reportedly serve archiv.db",
        "reportedly serve archiv.db --no-browser --port 9000",
        "reportedly serve archiv.db --read-only --host 0.0.0.0 --name lesesaal.example",
    )
)
def serve(
    archive: Annotated[
        Path,
        typer.Argument(metavar="ARCHIVE", envvar="REPORTEDLY_ARCHIVE", help="The archive; made where there is none."),
    ] = Path("archiv.db"),
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; by default this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0: any free one.")] = 8374,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Nothing can be added or decided; needed for sharing on a network.")
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST", help="A further name under which browsers may call it; can be given several times."
        ),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Make a new key; addresses and cookies of the old one no longer work.")
    ] = False,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who decides in review; else the name of the user.")
    ] = None,
) -> None:
    """The reading room: read, search, review and import in the browser. Ctrl-C closes it."""
    from reportedly.errors import ReportedlyError
    from reportedly.web.serving import serve as serve_archive

    def opened(address: str) -> None:
        _say(f"{archive} · Ctrl-C closes")
        typer.echo(address)
        if browser:
            import webbrowser

            webbrowser.open(address)

    try:
        serve_archive(
            archive, host=host, port=port, read_only=read_only, names=tuple(name or ()), new_key=new_key,
            by=by or os.environ.get("USER") or os.environ.get("USERNAME") or "", opened=opened,
        )  # fmt: skip
    except KeyboardInterrupt:
        finish(STOPPED)
    except (ReportedlyError, OSError) as error:
        _fail(str(error))
    finish(FOUND)
