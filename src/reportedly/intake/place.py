"""Where exactly was it? The origin of an article inside a parcel, written so that it can be opened again.

articles.jsonl#line=12                            the line where it begins, counted from 1
crawl.warc.gz#offset=10240                        the byte where its record begins
crawl.wacz#member=archive/data.warc.gz&offset=0   a file inside a WACZ, then the byte
items.json#item=3                                 the third item of a JSON list
https://talbote.example/a fetched=2026-11-22T14:05:00Z
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from reportedly.model.article import source_of

_DETAIL = re.compile(r"#(?:member=(?P<member>[^\n]{1,1000})&)?(?P<kind>line|offset|item)=(?P<number>\d{1,18})$")


@dataclass(frozen=True, slots=True)
class Place:
    """One place in a file: `line`, `offset` or `item` number, perhaps in a member of it."""

    path: str
    kind: str
    number: int
    member: str | None = None


def inside(origin: str, kind: str, number: int, member: str | None = None) -> str:
    """The origin of something inside `origin`.

    >>> inside("crawl.warc.gz", "offset", 10240)
    'crawl.warc.gz#offset=10240'
    """
    named = f"member={member}&" if member else ""
    return f"{origin}#{named}{kind}={number}"


def fetched(url: str, at: str) -> str:
    """The origin of what was fetched."""
    return f"{url} fetched={at}"


def opened_again(origin: str) -> str | Place:
    """An origin as something that can be taken in again: a path, an address, or a place in a file.

    >>> opened_again("rows.csv#line=7")
    Place(path='rows.csv', kind='line', number=7, member=None)
    >>> opened_again("https://talbote.example/a fetched=2026-11-22T14:05:00Z")
    'https://talbote.example/a'
    """
    if origin.lower().startswith(("http://", "https://")):
        return source_of(origin) or origin
    found = _DETAIL.search(origin)
    if not found or _exists(origin):
        return origin
    return Place(origin[: found.start()], found["kind"], int(found["number"]), found["member"])


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False
