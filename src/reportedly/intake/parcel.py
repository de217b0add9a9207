"""What holds several articles, and what comes out of it: the nouns that all unpackers share.

A parcel is anything with more than one article inside: a folder, a feed, a table, a web archive. Every unpacker has the same
shape, and only `kinds.py` knows them all:

    is_this(label: Label) -> bool                                    by its first bytes, its name, its media type
    unpack(parcel: Parcel, order: Order) -> Iterator[Item]           one item after the other, never the whole in memory
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO

from reportedly.intake.capture import LONGEST
from reportedly.intake.carried import NOTHING, Carried
from reportedly.model.article import Refusal

HEAD = 65_536
"""Bytes by which a parcel is known."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the user wants: how columns are called (`{"text": "body"}`), what is known of every article, the limit."""

    columns: Mapping[str, str] = field(default_factory=dict)
    said: Carried = NOTHING
    longest: int = LONGEST


@dataclass(frozen=True, slots=True)
class Label:
    """What can be seen of a parcel from outside; `name` is lower case and without `.gz`."""

    head: bytes
    name: str = ""
    media_type: str = ""

    def named(self, *suffixes: str) -> bool:
        return self.name.endswith(suffixes)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A stream of bytes with its origin. `hints` is what is known of the articles inside, from outside."""

    origin: str
    stream: BinaryIO
    label: Label
    hints: Carried = NOTHING
    base: str | None = None
    """The address it was fetched from, for relative links."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One article still to be read. `known` goes before what its text says of itself, `hints` behind it."""

    content: bytes | str
    origin: str
    media_type: str | None = None
    known: Carried = NOTHING
    hints: Carried = NOTHING
    notes: tuple[str, ...] = ()
    body_only: bool = False
    """The HTML is the body of an article, not a page around one: nothing in it is left out."""


class Leads(StrEnum):
    """What is expected behind a link."""

    ARTICLE = "article"
    LIST = "list"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class Link:
    """An article or a list that lies elsewhere: `url` was found at `origin`. `instead` is read where nothing may be fetched."""

    url: str
    origin: str
    hints: Carried = NOTHING
    leads: Leads = Leads.ARTICLE
    instead: Manuscript | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """What is no article and does not claim to be one: a hidden file, the picture in a web archive. Counted, not refused."""

    origin: str
    why: str


Item = Manuscript | Link | Refusal | Passed


class Rewound(io.RawIOBase):
    """A stream whose first bytes were looked at already: they come again, then the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            size = min(len(buffer), len(self._head))
            buffer[:size] = self._head[:size]
            self._head = self._head[size:]
            return size
        data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def head_of(stream: BinaryIO, size: int = HEAD) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and the stream from its beginning; pipes may give them in small portions."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    head = b"".join(parts)
    return head, io.BufferedReader(Rewound(head, stream), 1 << 17)
