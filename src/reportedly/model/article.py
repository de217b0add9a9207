"""What came in: bytes with their origin, the article read from them, or the reason why there is none."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum

from reportedly.model.span import Span


class Role(StrEnum):
    """What a block of an article is. Only the first four are read for statements; all stay in the text."""

    HEADLINE = "headline"
    LEAD = "lead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    TEASER = "teaser"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like stretch of the text with its role."""

    span: Span
    role: Role


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as they came and where they came from; `charset` is what the carrier said, not what is true."""

    data: bytes
    origin: str
    media_type: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its untouched text and what the carrier says about it.

    `published` is ISO 8601 as precise as known ("2024-10-28" or with time and zone). `blocks` cover the text in order
    without overlap; where they are empty the whole text is one paragraph.
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str = "de"
    blocks: tuple[Block, ...] = ()
    origin: str | None = None
    notes: tuple[str, ...] = field(default=())
    """What the intake had to decide and a user may want to know ("decoded as cp1252")."""

    @property
    def id(self) -> str:
        """Stable: the same text has the same id on every machine."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def source_of(origin: str | None) -> str | None:
    """Where something came from without the moment of fetching: the same for every visit to an address.

    >>> source_of("https://talbote.example/a fetched=2026-11-22T14:05:00Z")
    'https://talbote.example/a'
    """
    return origin and re.sub(r"^(https?://\S*) fetched=\S{1,40}$", r"\1", origin, flags=re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that could not be read: where it came from, what was wrong, what to do. Data, not an exception."""

    origin: str
    reason: str
