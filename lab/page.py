"""Where does a made part of a page begin and end? Puts it between its marks and leaves the rest alone."""

from __future__ import annotations

from pathlib import Path


def page_with(path: Path, opening: str, made: str, closing: str) -> str:
    """The text of `path` with `made` between the marks. ValueError where a mark does not stand there once."""
    head, rest = path.read_text("utf-8").split(opening)
    _, tail = rest.split(closing)
    return f"{head}{opening}\n\n{made}\n\n{closing}{tail}"
