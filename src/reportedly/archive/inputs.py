"""Which articles does somebody mean who names files and folders?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from reportedly.intake import take_in_all
from reportedly.model.article import Article, Refusal

_ENDINGS = frozenset((".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml"))


def files_of(places: Iterable[str | Path]) -> list[str]:
    """Files as they are named; of folders all texts and pages in them, in the same order on every machine."""
    found: list[str] = []
    for place in places:
        path = Path(place)
        if str(place) != "-" and path.is_dir():
            inside = (p for p in path.rglob("*") if p.suffix.lower() in _ENDINGS and p.is_file())
            found += sorted(
                str(p) for p in inside if not any(part.startswith(".") for part in p.relative_to(path).parts)
            )
        else:
            found.append(str(place))
    return found


def take_in_files(
    files: Iterable[str],
    *,
    stdin: bytes = b"",
    published: str | None = None,
    language: str | None = None,
    outlet: str | None = None,
) -> Iterator[Article | Refusal]:
    """One answer for each file, in order; read when it is asked for."""
    return take_in_all(files, stdin=stdin, published=published, language=language, outlet=outlet)
