"""What is proposed before it becomes a statement? Roles as token numbers, with the row or rule that proposes."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.model.statement import Form
from reportedly.reading.statements.units import Line

Range = tuple[int, int]
"""Tokens first to last, end exclusive."""


@dataclass(slots=True, eq=False)
class AuthorityFound:
    marker: list[Range]
    span: list[Range]
    kind: str
    owner: Range | None = None


@dataclass(slots=True, eq=False)
class Candidate:
    """One proposal. `sure` ranks proposals that claim the same words; `carried` says that the speaker is to be taken
    from the statement before it in reading order."""

    form: Form
    content: list[Range]
    line: Line
    by: str
    sure: float
    cue: list[int] = field(default_factory=list)
    frame: list[Range] = field(default_factory=list)
    speaker: Range | None = None
    addressee: Range | None = None
    authority: list[AuthorityFound] = field(default_factory=list)
    occasion: list[Range] = field(default_factory=list)
    time: list[Range] = field(default_factory=list)
    cue_class: str = "neutral"
    medium: str = "speech"
    negated: bool = False
    carried: bool = False
    hearsay: bool = False
    judges: bool = False
    """A verdict (`nannte das „Wahnsinn“`): here even a single quoted word is the speaker's own."""
    trace: list[str] = field(default_factory=list)

    @property
    def start(self) -> int:
        return min(a for a, _ in self.content)

    @property
    def stop(self) -> int:
        return max(b for _, b in self.content)
