"""From which folder was a file named? An origin stays as somebody wrote it; the archive remembers the folders it was written in.

A file `artikel/1.txt` that could not be read is found again from anywhere, and what then is read carries the origin that it had.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.intake import take_in_from
from reportedly.intake.place import Place, opened_again
from reportedly.model.article import Article, Refusal

if TYPE_CHECKING:
    from reportedly.archive.archive import Archive

SETTING = "folders"
_MOST = 100


def remember(archive: Archive, folder: Path, origins: Iterable[str]) -> None:
    """Names were given in this folder; kept where one of them means a file by the folder, and is not known yet."""
    known = folders(archive)
    here = str(folder.absolute())
    if here not in known and any(_is_relative(origin) for origin in origins):
        archive.store.settle(SETTING, json.dumps([here, *known][:_MOST]))


def folders(archive: Archive) -> list[str]:
    """The folders in which files were named, the latest first."""
    found = json.loads(archive.store.setting(SETTING) or "[]")
    return [str(folder) for folder in found] if isinstance(found, list) else []


def found_again(archive: Archive, origin: str) -> str:
    """The origin as it can be opened here: as it is, or in the first of the known folders that has such a file."""
    if not _is_relative(origin) or _there(Path(), origin):
        return origin
    for folder in folders(archive):
        if _there(Path(folder), origin):
            return str(Path(folder, origin))
    return origin


def named_as(items: Iterable[Article | Refusal], real: str, origin: str) -> Iterator[Article | Refusal]:
    """What was taken in from a place, under the name by which the archive knows it."""
    for item in items:
        was = item.origin
        yield replace(item, origin=origin + was[len(real) :]) if was and was.startswith(real) else item


def taken_again(places: list[str], named: Mapping[str, str], about: Mapping[str, Any]) -> Iterator[Article | Refusal]:
    """What is at these places, those that the archive knows by another name under that; `about` is what `take_in_from` is told."""
    if all(real == name for real, name in named.items()):
        return take_in_from(places, **about)
    return chain.from_iterable(named_as(take_in_from([p], **about), p, named.get(p, p)) for p in places)


def _is_relative(origin: str) -> bool:
    place = opened_again(origin)
    path = place.path if isinstance(place, Place) else place
    return not (path.startswith("<") or path.lower().startswith(("http://", "https://")) or Path(path).is_absolute())


def _there(folder: Path, origin: str) -> bool:
    place = opened_again(str(folder / origin))
    try:
        return Path(place.path if isinstance(place, Place) else place).exists()
    except (OSError, ValueError):
        return False
