"""Which places does a statement have, under which names? One list for all formats that mark them in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly.model.span import Pieces

if TYPE_CHECKING:
    from reportedly.model.statement import Statement

ROLES = (
    "content", "quoted", "cue", "frame", "speaker", "addressee", "authority", "authority_marker", "occasion", "time",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """A role and its pieces; `nth` counts the authorities of the statement from 0."""

    role: str
    pieces: Pieces
    nth: int = 0


def places_of(s: Statement) -> Iterator[Placed]:
    """Every role that has a place in the text, in the order of `ROLES`, authorities one by one."""
    yield Placed("content", s.content)
    for role, pieces in (("quoted", s.quoted), ("cue", s.cue), ("frame", s.frame)):
        if pieces:
            yield Placed(role, pieces)
    if s.speaker:
        yield Placed("speaker", (s.speaker,))
    if s.addressee:
        yield Placed("addressee", (s.addressee,))
    for n, a in enumerate(s.authority):
        if a.span:
            yield Placed("authority", a.span, n)
        if a.marker:
            yield Placed("authority_marker", a.marker, n)
    for role, pieces in (("occasion", s.occasion), ("time", s.time)):
        if pieces:
            yield Placed(role, pieces)
